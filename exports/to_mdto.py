"""MDTO metadata of a closed dossier: a record for the dossier, one for each version, one for each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from assistant.archive import DESTROY, KEEP, Happening, Package, PackedVersion
from exports.mdto import (
    ALGORITHMS,
    EVENT_TYPES,
    FORMATS,
    LEVELS,
    RESTRICTIONS,
    VALUATIONS,
    Node,
    concept,
    identification,
    moment,
    reference,
    shortened,
    write_record,
)

UNKNOWN: Final = "Nader te bepalen"
TOOI: Final = "TOOI register gemeenten compleet"
OWN_EVENTS: Final = "Gebeurtenissen van de ethische toets"
_VALUED: Final = {KEEP: ("Blijvend te bewaren", "B"), DESTROY: ("Tijdelijk te bewaren", "V"), "": (UNKNOWN, "N")}
_PRONOM: Final = {
    ".pdf": ("PDF/A-3a", "fmt/479"),
    ".json": ("JSON Data Interchange Format", "fmt/817"),
    ".txt": ("Plain Text File", "x-fmt/111"),
}
_EVENTS: Final = {  # ours -> a label, and whether it stands in MDTO's own list
    "created": ("Creatie", True),
    "copied": ("Creatie", True),
    "variant_made": ("Creatie", True),
    "handed_in": ("Bevriezing", True),
    "archived": ("Export", True),
    "advised": ("Advies gegeven", False),
    "advice_agreed": ("Advies gegeven", False),
    "standing_advice": ("Advies gegeven", False),
    "returned": ("Teruggegeven met vragen", False),
    "decided_go_on": ("Besluit: doorgaan", False),
    "decided_change": ("Besluit: aanpassen", False),
    "decided_stop": ("Besluit: stoppen", False),
    "closed": ("Gesloten", False),
    "reopened": ("Heropend", False),
    "redacted": ("Tekst weggelaten", False),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package by its bare name."""

    name: str
    body: bytes = field(repr=False)


def describe_dossier(package: Package, files: tuple[File, ...] = ()) -> bytes:
    """The record of the dossier as a whole; `files`: those beside its versions."""
    versions = tuple(("bevatOnderdeel", _of_version(package, one)) for one in package.versions)
    return write_record(
        _information_object(
            package, package.id, package.title, "Dossier", package.happenings, versions, files, package.number
        )
    )


def describe_version(package: Package, version: PackedVersion, files: tuple[str, ...]) -> bytes:
    """The record of one version, which is part of the dossier; `files`: the names of those it consists of."""
    name = f"{package.title}, versie {version.number}"
    part_of: tuple[Node, ...] = (("isOnderdeelVan", _of_dossier(package)),)
    shown = tuple(File(one, b"") for one in files)
    return write_record(
        _information_object(package, version.id, name, "Archiefstuk", version.happenings, part_of, shown)
    )


def describe_file(package: Package, file: File, version: PackedVersion | None = None) -> bytes:
    """The record of one file, of this version or of the dossier."""
    label, code = _PRONOM[file.name[file.name.rindex(".") :]]
    owner = _of_version(package, version) if version else _of_dossier(package)
    checksum: tuple[Node, ...] = (
        ("checksumAlgoritme", concept("SHA-256", "", ALGORITHMS)),
        ("checksumWaarde", sha256(file.body).hexdigest()),
        ("checksumDatum", moment(package.made_at)),
    )
    parts: tuple[Node, ...] = (
        ("identificatie", _identified(package, f"{version.id if version else package.id}/{file.name}")),
        ("naam", file.name),
        ("omvang", str(len(file.body))),
        ("bestandsformaat", concept(label, code, FORMATS)),
        ("checksum", checksum),
        ("isRepresentatieVan", owner),
    )
    return write_record(("bestand", parts))


def _information_object(
    package: Package,
    id: str,
    name: str,
    level: str,
    happenings: tuple[Happening, ...],
    related: tuple[Node, ...],
    files: tuple[File, ...],
    number: str = "",
) -> Node:
    settings = package.settings
    shown = tuple(("heeftRepresentatie", _of_file(package, id, one.name)) for one in files)
    parts: tuple[Node, ...] = (
        ("identificatie", _identified(package, id)),
        *((("identificatie", _identified(package, number)),) if number else ()),
        ("naam", shortened(name)),
        ("aggregatieniveau", concept(level, "", LEVELS)),
        ("omschrijving", name if shortened(name) != name else ""),
        ("taal", package.language),
        *(("event", _event(one)) for one in happenings),
        ("waardering", concept(*_VALUED[settings.valuation], VALUATIONS)),
        ("bewaartermijn", _term(package)),
        ("informatiecategorie", _category(package)),
        *related,
        *shown,
        ("archiefvormer", _creator(package)),
        ("beperkingGebruik", _restriction(package)),
    )
    return ("informatieobject", parts)


def _identified(package: Package, mark: str) -> tuple[Node, ...]:
    return identification(mark, package.settings.source.strip() or UNKNOWN)


def _of_dossier(package: Package) -> tuple[Node, ...]:
    return reference(package.title, *_identified(package, package.id))


def _of_version(package: Package, version: PackedVersion) -> tuple[Node, ...]:
    return reference(f"{package.number}, versie {version.number}", *_identified(package, version.id))


def _of_file(package: Package, id: str, name: str) -> tuple[Node, ...]:
    return reference(name, *_identified(package, f"{id}/{name}"))


def _event(happening: Happening) -> tuple[Node, ...]:
    label, is_mdto = _EVENTS[happening.kind]
    return (
        ("eventType", concept(label, "", EVENT_TYPES if is_mdto else OWN_EVENTS)),
        ("eventTijd", moment(happening.at)),
        ("eventVerantwoordelijkeActor", reference(happening.function) if happening.function.strip() else ""),
        ("eventResultaat", happening.result),
    )


def _term(package: Package) -> tuple[Node, ...]:
    """Only of what is kept for a time, and only where the time is known."""
    if package.settings.valuation != DESTROY or not package.years:
        return ()
    return (
        ("termijnStartdatumLooptijd", package.closed_on.isoformat()),
        ("termijnLooptijd", f"P{package.years}Y"),
        ("termijnEinddatum", package.ends_on.isoformat()),
    )


def _category(package: Package) -> tuple[Node, ...]:
    settings = package.settings
    if not all(map(str.strip, (settings.category, settings.category_title, settings.selection_list))):
        return ()
    return concept(settings.category_title, settings.category, settings.selection_list)


def _creator(package: Package) -> tuple[Node, ...]:
    settings = package.settings
    marked = identification(settings.code, TOOI) if settings.code else ()
    return reference(settings.municipality.strip() or UNKNOWN, *marked)


def _restriction(package: Package) -> tuple[Node, ...]:
    return (
        ("beperkingGebruikType", concept("Openbaarheidsbeperking", "", RESTRICTIONS)),
        ("beperkingGebruikNadereBeschrijving", package.settings.restriction.strip() or UNKNOWN),
    )
