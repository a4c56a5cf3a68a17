"""What is kept of whom, and how well everyone can work with it: two pages that each installation owes its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, render_template

from assistant.store import drafts, org_settings, sessions, throttle
from assistant.web.shell import the_shell
from assistant.web.team.links import DAYS as LINK_DAYS

ASSESSED: Final = date(2026, 11, 26)  # when what the accessibility page says was last gone through; at most a year ago


@dataclass(frozen=True, slots=True)
class Method:
    """One way in which pages were tested: its words in the template, and the test files that do it."""

    name: str
    tests: tuple[str, ...]


METHODS: Final = (
    Method(
        "axe",
        tuple(
            f"tests/browser/test_access{part}.py"
            for part in ("", "_accounts", "_together", "_workshop", "_onward", "_statements")
        ),
    ),
    Method("keyboard", ("tests/browser/test_keyboard.py", "tests/browser/test_desk.py")),
    Method("narrow", ("tests/browser/looks.py",)),
    Method("colours", ("tests/browser/looks.py", "tests/test_theme.py")),
    Method("scripts", ("tests/web/test_pages.py",)),
    Method("documents", ("tests/exports/test_pdf.py", "tests/exports/test_docx.py")),
    Method("plain", ("tests/test_language.py",)),
)

blueprint = Blueprint("statements", __name__)


@blueprint.get("/privacy")
def privacy() -> str:
    """What is kept of a visitor, a participant and who has an account; why, how long, who sees it, whom to ask."""
    engine = the_shell().engine
    return render_template(
        "privacy.html",
        contacts=org_settings.find_contacts(engine),
        retention=org_settings.find_retention(engine),
        weeks=org_settings.find_workshop_weeks(engine),
        idle=int(sessions.IDLE.total_seconds() // 60),
        longest=int(sessions.LONGEST.total_seconds() // 3600),
        draft_days=drafts.LONGEST.days,
        link_days=LINK_DAYS,
        has_mail=the_shell().settings.has_mail,
        known_days=throttle.KNOWN_FOR.days,
    )


@blueprint.get("/accessibility")
def accessibility() -> str:
    """The standard, what was tested and how, what is known not to be right, and whom to tell."""
    contacts = org_settings.find_contacts(the_shell().engine)
    return render_template("accessibility.html", contacts=contacts, methods=METHODS, assessed=ASSESSED.isoformat())
