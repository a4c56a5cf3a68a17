"""What goes into an archive package as plain Dutch text: the advices, the decisions, and what the package is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.archive import Asked, Decided, Given, Package, PackedVersion
from assistant.display import written_date

_KINDS: Final = {
    "po": "Advies van de privacy officer",
    "fg": "Advies van de functionaris gegevensbescherming",
    "part": "Advies over één thema",
}
_ADVICES: Final = {
    "go_on": "Kan doorgaan",
    "go_on_with_conditions": "Kan doorgaan, met voorwaarden",
    "dpia_first": "Eerst een beoordeling van risico's (DPIA)",
    "board_first": "Eerst naar het bestuur",
    "do_not": "Doe dit niet",
}
_DECISIONS: Final = {"go_on": "Doorgaan", "change": "Eerst aanpassen", "stop": "Stoppen"}
_ENDS: Final = {
    "returned": "teruggegeven met vragen",
    "advised": "advies gegeven",
}
_README: Final = """\
Archiefpakket van dossier {number}
{title}

In dit pakket zit het dossier zoals de privacy officer het kreeg. Het dossier is gesloten op {closed}.

Wat zit waar?
- Elke map "versie-..." is een versie die het team heeft ingediend.
- Het bestand dat op .pdf eindigt, is om te lezen (PDF/A-3a). De gegevens zitten er ook in.
- dossier.json bevat precies de bytes die zijn bewaard. De SHA-256 staat hieronder.
- adviezen.txt zegt wat er over die versie is geadviseerd. besluiten.txt zegt wat er is besloten.
- Elk bestand dat op .mdto.xml eindigt, bevat metagegevens volgens MDTO 1.0.1.

Zo controleer je een versie: maak de SHA-256 van dossier.json en vergelijk die met de regel hieronder.
Mensen staan in het dossier met hun functie, niet met hun naam.
"""


def write_readme(package: Package, unknown: Iterable[str]) -> bytes:
    """What the package is and how it is checked; `unknown`: what the municipality did not fill in, in words."""
    text = _README.format(
        number=package.number,
        title=" ".join(package.title.split()),
        closed=written_date(package.closed_on.isoformat(), "nl"),
    )
    versions = [f"- Versie {one.number}{_ended(one)}\n  SHA-256: {one.hash}" for one in package.versions]
    gaps = [f"- {one}" for one in unknown]
    parts = [text, "Versies", *versions]
    if gaps:
        parts += ["", "Nog in te vullen door de gemeente (in MDTO: nader te bepalen)", *gaps]
    return _joined(parts)


def write_advices(advices: Iterable[Given]) -> bytes:
    """The advices on one version, each with its conditions; nothing when there are none."""
    return _joined(line for one in advices for line in _advice(one))


def write_decisions(decisions: Iterable[Decided]) -> bytes:
    """The decisions, the newest first; nothing when there are none."""
    return _joined(line for one in decisions for line in _decision(one))


def _ended(version: PackedVersion) -> str:
    day = written_date(version.made_at.date().isoformat(), "nl")
    is_redacted = any(one.kind == "redacted" for one in version.happenings)
    ended = f", {_ENDS[version.ended_as]}" if version.ended_as else ""
    return f", vastgelegd op {day}{ended}" + (", daarna is er tekst weggelaten" if is_redacted else "")


def _advice(one: Given) -> Iterator[str]:
    yield f"{_KINDS[one.kind]}: {_ADVICES[one.outcome]}"
    yield from _labelled("Thema", one.theme)
    yield from _labelled("Gegeven door", one.function)
    yield from _labelled("Op", written_date(one.at.date().isoformat(), "nl"))
    yield from _labelled("SHA-256 van de versie", one.version_hash)
    if one.motivation:
        yield from ("", one.motivation)
    for number, asked in enumerate(one.conditions, start=1):
        yield from _condition(number, asked)
    yield ""


def _condition(number: int, asked: Asked) -> Iterator[str]:
    yield from ("", f"Voorwaarde {number}: {asked.text}")
    yield from _labelled("Wie", asked.owner)
    yield from _labelled("Uiterlijk", written_date(asked.due, "nl"))
    if asked.done_on:
        yield from _labelled("Gedaan op", written_date(asked.done_on, "nl"))
        yield from _labelled("Hoe", f"{asked.done_note} ({asked.done_reference})")
    else:
        yield "Nog niet gedaan."


def _decision(one: Decided) -> Iterator[str]:
    yield f"Besluit: {_DECISIONS[one.outcome]}"
    yield from _labelled("Genomen door", one.decided_by)
    yield from _labelled("Op", written_date(one.decided_on, "nl"))
    yield from _labelled("Wijkt af van het advies", "ja" if one.departs else "")
    yield from _labelled("Waarom", one.reason)
    yield from _labelled("Te vinden onder", one.reference)
    yield ""


def _labelled(label: str, text: str) -> Iterator[str]:
    if text:
        yield f"{label}: {text}"


def _joined(lines: Iterable[str]) -> bytes:
    text = "\n".join(lines).rstrip()
    return f"{text}\n".encode() if text else b""
