"""Packages for the archive to make and to look into."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from assistant.archive import ArchiveSettings, Asked, Decided, Given, Happening, Package, PackedVersion
from assistant.dossier import frozen

from .samples import EXAMPLES, dossier_of, dossier_that_says

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
FILLED = ArchiveSettings(
    municipality="Gemeente Oeverland",
    code="gm9999",
    source="Ethische toets Oeverland",
    selection_list="Selectielijst gemeenten en intergemeentelijke organen 2020",
    category="1.1",
    category_title="Voorbeeld",
    valuation="destroy",
    restriction="Adviezen zijn vertrouwelijk",
)


def packed(number: int, text: str = "") -> PackedVersion:
    """The small example as a version, or one that says this everywhere."""
    made = dossier_that_says(text) if text else dossier_of(EXAMPLES / "answers.yaml")
    made = made.model_copy(update={"project": made.project.model_copy(update={"version": number})})
    body = frozen(made)
    hash = sha256(body).hexdigest()
    asked = (Asked(text or "Vraag een DPIA", "beheerder", "2027-01-15", "2027-01-10", text or "Gedaan", "Z-1"),)
    advice = Given("po", "", "go_on_with_conditions", text, text or "privacy officer", AT, hash, asked)
    id = f"22222222-0000-4000-8000-00000000000{number}"
    done = (Happening("handed_in", AT, text, f"SHA-256 {hash}"), Happening("advised", AT))
    return PackedVersion(id, number, body, hash, AT, "advised", AT, (advice,), done)


def package(
    *versions: PackedVersion, title: str = "Bezoek per wijk", settings: ArchiveSettings = FILLED, text: str = ""
) -> Package:
    decided = Decided("stop", text or "directeur", "2026-12-01", departs=True, reason=text, reference="B-7")
    done = (Happening("created", AT, text), Happening("closed", AT), Happening("archived", AT))
    return Package(
        id="33333333-0000-4000-8000-000000000001",
        number="2026-014",
        title=title,
        language="nl",
        closed_on=date(2024, 2, 29),
        based_on=9,
        made_at=AT,
        years=5,
        settings=settings,
        versions=versions,
        decisions=(decided,),
        happenings=done,
    )


def without(*names: str) -> ArchiveSettings:
    return replace(FILLED, **dict.fromkeys(names, ""))
