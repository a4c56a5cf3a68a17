"""The order and number of elements in MDTO-XML 1.0.1, written down from its specification and not from the writer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

ONE, MAYBE, MANY, SOME = (1, 1), (0, 1), (0, 99_999), (1, 99_999)

REFERENCE: Final = (("verwijzingNaam", ONE, None), ("verwijzingIdentificatie", MAYBE, "identification"))
TYPES: Final = {
    "identification": (("identificatieKenmerk", ONE, None), ("identificatieBron", ONE, None)),
    "reference": REFERENCE,
    "concept": (("begripLabel", ONE, None), ("begripCode", MAYBE, None), ("begripBegrippenlijst", ONE, "reference")),
    "term": (
        ("termijnTriggerStartLooptijd", MAYBE, "concept"),
        ("termijnStartdatumLooptijd", MAYBE, None),
        ("termijnLooptijd", MAYBE, None),
        ("termijnEinddatum", MAYBE, None),
    ),
    "checksum": (
        ("checksumAlgoritme", ONE, "concept"),
        ("checksumWaarde", ONE, None),
        ("checksumDatum", ONE, None),
    ),
    "event": (
        ("eventType", ONE, "concept"),
        ("eventTijd", MAYBE, None),
        ("eventVerantwoordelijkeActor", MAYBE, "reference"),
        ("eventResultaat", MAYBE, None),
    ),
    "restriction": (
        ("beperkingGebruikType", ONE, "concept"),
        ("beperkingGebruikNadereBeschrijving", MAYBE, None),
        ("beperkingGebruikDocumentatie", MANY, "reference"),
        ("beperkingGebruikTermijn", MAYBE, "term"),
    ),
    "informatieobject": (
        ("identificatie", SOME, "identification"),
        ("naam", ONE, None),
        ("aggregatieniveau", MAYBE, "concept"),
        ("classificatie", MANY, "concept"),
        ("trefwoord", MANY, None),
        ("omschrijving", MANY, None),
        ("taal", MANY, None),
        ("event", MANY, "event"),
        ("waardering", ONE, "concept"),
        ("bewaartermijn", MAYBE, "term"),
        ("informatiecategorie", MAYBE, "concept"),
        ("isOnderdeelVan", MANY, "reference"),
        ("bevatOnderdeel", MANY, "reference"),
        ("heeftRepresentatie", MANY, "reference"),
        ("aanvullendeMetagegevens", MANY, "reference"),
        ("archiefvormer", SOME, "reference"),
        ("beperkingGebruik", SOME, "restriction"),
    ),
    "bestand": (
        ("identificatie", SOME, "identification"),
        ("naam", ONE, None),
        ("omvang", ONE, None),
        ("bestandsformaat", ONE, "concept"),
        ("checksum", SOME, "checksum"),
        ("URLBestand", MAYBE, None),
        ("isRepresentatieVan", ONE, "reference"),
    ),
}


def find_schema_faults(root: Element) -> list[str]:
    """What is wrong with a record, a line each."""
    if bare(root) != "MDTO" or [bare(one) for one in root] not in (["informatieobject"], ["bestand"]):
        return ["no MDTO with exactly one object"]
    return [*_faults(root[0], bare(root[0]))]


def bare(element: Element) -> str:
    """A name without its namespace, which has to be MDTO's."""
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace == "{https://www.nationaalarchief.nl/mdto" else f"foreign {name}"


def _faults(element: Element, type: str) -> Iterator[str]:
    rules, names = TYPES[type], [bare(one) for one in element]
    order = [name for name, _, _ in rules]
    unknown = [name for name in names if name not in order]
    yield from (f"{bare(element)}: {name} is not known" for name in unknown)
    if not unknown and names != sorted(names, key=order.index):
        yield f"{bare(element)}: not in order"
    for name, (least, most), _ in rules:
        if not least <= names.count(name) <= most:
            yield f"{bare(element)}: {name} {names.count(name)} times"
    kinds = {name: kind for name, _, kind in rules}
    for one in element:
        kind = kinds.get(bare(one))
        if kind:
            yield from _faults(one, kind)
        elif len(one) or not (one.text or "").strip():
            yield f"{bare(one)}: empty, or more than a text"
