"""What a weekly mail says: kinds, numbers, days and links. It is given nothing else, so it can tell nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.display import written_date
from assistant.mail.words import KINDS, MAILS
from assistant.trees.model import Language
from assistant.words import word

PLACES: Final[Mapping[str, str]] = {  # where each kind is done; a test opens them all
    "review": "/desk/dossiers/{}",
    "early": "/desk",
    "question": "/dossiers/{}/remarks",
    "part": "/desk/dossiers/{}/theme",
    "advice": "/dossiers/{}/advice",
    "remark": "/dossiers/{}/remarks",
    "action": "/dossiers/{}/actions",
    "condition": "/dossiers/{}/conditions",
    "desk_condition": "/desk/conditions",
    "again": "/dossiers/{}/advice",
    "again_decided": "/dossiers/{}/decision",
    "desk_again": "/desk/dossiers/{}",
    "example": "/desk/dossiers/{}/example",
    "token": "/systems",
    "edition": "/dossiers/{}/edition",
}
WORK, CHOICE = "/my-work", "/account/mail"


@dataclass(frozen=True, slots=True)
class Due:
    """So many things of one kind in one dossier; `day` (ISO) is the first on which one is due, or empty.

    What is about no dossier in particular has an empty `dossier` and `number`.
    """

    kind: str
    dossier: str
    number: str
    day: str
    count: int


def build_digest(due: Iterable[Due], today: str, language: Language, base_url: str) -> str:
    """The text of the mail; empty when there is nothing to say. `today` in ISO, `base_url` without a slash behind."""
    of_kind: dict[str, list[Due]] = {kind: [] for kind in KINDS}
    for one in due:
        of_kind[one.kind].append(one)
    site = f"{base_url}/{language}"
    parts = [_part(kind, found, today, language, site) for kind, found in of_kind.items() if found]
    if not parts:
        return ""
    closing = [
        f"{word(MAILS, 'all_work', language)} {site}{WORK}",
        word(MAILS, "digest_closing", language),
        f"{word(MAILS, 'digest_choice', language)} {choice_url(base_url, language)}",
    ]
    return "\n\n".join([word(MAILS, "digest_opening", language), *parts, "\n".join(closing)]) + "\n"


def choice_url(base_url: str, language: Language) -> str:
    """Where one chooses another day, or no mail."""
    return f"{base_url}/{language}{CHOICE}"


def _part(kind: str, due: list[Due], today: str, language: Language, site: str) -> str:
    lines = [line for one in due for line in _lines(one, today, language, site)]
    return "\n".join([word(KINDS, kind, language), *lines])


def _lines(one: Due, today: str, language: Language, site: str) -> Iterator[str]:
    many = f"{one.count} x" if one.count > 1 or not one.number else ""
    yield "- " + ", ".join(filter(None, (one.number, many, _day(one, today, language))))
    yield f"  {site}{PLACES[one.kind].format(one.dossier)}"


def _day(one: Due, today: str, language: Language) -> str:
    if not one.day:
        return ""
    late, several = one.day < today, one.count > 1
    how = ("first_late" if late else "first") if several else ("late" if late else "on")
    return f"{word(MAILS, how, language)} {written_date(one.day, language)}"
