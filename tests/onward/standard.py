"""What the publication standard 1.0 of the Algorithm Register asks, written down apart from the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

REQUIRED = ("name", "description_short", "organization", "status", "contact_email", "publication_category", "lang")
LENGTHS = {
    "name": 100, "description_short": 400, "organization": 100, "begin_date": 7, "end_date": 7, "contact_email": 500,
    "website": 500, "url": 500, "goal": 2500, "proportionality": 2500, "human_intervention": 2500, "risks": 2500,
    "lawful_basis": 2500, "process_index_url": 500, "impacttoetsen": 2500, "source_data": 2500,
    "methods_and_models": 5000, "provider": 200, "publiccode": 500, "source_id": 100,
}  # fmt: skip
LISTS = ("category", "lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping")
KEYS = {*LENGTHS, *LISTS, "status", "publication_category", "lang", "standard_version"}
HTML = (
    "goal", "proportionality", "human_intervention", "risks", "lawful_basis", "impacttoetsen", "source_data",
    "methods_and_models",
)  # fmt: skip
TAGS = {"div", "br", "p", "ul", "ol", "li"}
ENUMS = {
    "category": {
        "Organisatie en bedrijfsvoering", "Cultuur en recreatie", "Economie", "Overheidsfinanciën", "Wonen",
        "Internationaal", "Migratie en integratie", "Natuur en milieu", "Onderwijs en wetenschap",
        "Openbare orde en veiligheid", "Recht", "Ruimte en infrastructuur", "Sociale zekerheid", "Verkeer", "Werk",
        "Zorg en gezondheid",
    },
    "status": {"In ontwikkeling", "In gebruik", "Buiten gebruik"},
    "publication_category": {"Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"},
    "lang": {"nld"},
    "standard_version": {"1.0"},
}  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} with attributes" if attrs else tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read_html(value: str) -> tuple[list[str], list[str]]:
    """The tags and the texts, as the register's parser reads a field."""
    reader = _Reader()
    reader.feed(value)
    reader.close()
    return reader.tags, reader.texts


def faults_of(record: dict[str, Any]) -> Iterator[str]:
    """Everything that the register would refuse or change, but for fields that are not there."""
    yield from (f"unknown: {key}" for key in record.keys() - KEYS)
    yield from (f"empty: {key}" for key, value in record.items() if value in ("", None, []))
    for key, allowed in ENUMS.items():
        given = record.get(key, [])
        yield from (f"{key}: {one}" for one in ([given] if isinstance(given, str) else given) if one not in allowed)
    for key, most in LENGTHS.items():
        tags, texts = read_html(record.get(key, ""))
        if len((" " if key in HTML else "").join(texts)) > most:
            yield f"{key} is too long"
        if set(tags) - (TAGS if key in HTML else set()):
            yield f"{key} has tags: {tags}"
        if key not in HTML and "".join(texts) != record.get(key, ""):
            yield f"{key} would be read differently"
    for key in ("begin_date", "end_date"):
        if key in record and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", record[key]):
            yield f"{key} is no month"
    for one in record.get("impacttoetsen_grouping", []):
        if set(one) - {"title", "link"} or not one.get("title"):
            yield "an assessment without a title"
    yield from (f"{key} needs a link" for key in ("lawful_basis_grouping", "source_data_grouping") if key in record)


def missing_in(record: dict[str, Any]) -> list[str]:
    """The required fields that are not there, in the order of the standard."""
    return [key for key in REQUIRED if key not in record]
