"""A closed dossier as one package for the archive: PDF/A-3a, the frozen data, and MDTO metadata beside each file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from assistant.archive import Package, PackedVersion
from assistant.dossier.read import read_dossier
from exports import to_pdf
from exports.archive_texts import write_advices, write_decisions, write_readme
from exports.to_mdto import File, describe_dossier, describe_file, describe_version

SUFFIX: Final = ".mdto.xml"
README, DATA, ADVICES, DECISIONS = "LEESMIJ.txt", "dossier.json", "adviezen.txt", "besluiten.txt"
_WORDS: Final = {
    "municipality": "naam van de gemeente",
    "code": "code van de gemeente in het TOOI-register",
    "source": "waarbinnen de kenmerken uniek zijn (identificatieBron)",
    "selection_list": "naam van de selectielijst",
    "category": "nummer in de selectielijst",
    "category_title": "titel bij dat nummer",
    "valuation": "blijvend bewaren of na een termijn vernietigen",
    "restriction": "beperking van de openbaarheid",
}
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say; the moments are in the metadata


def render(package: Package) -> bytes:
    """A ZIP; a second a version, for the PDF. Raises NotReady without typst, Unavailable when it takes too long."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, body in _files(package):
            told = zipfile.ZipInfo(f"{package.number}/{name}", _NO_TIME)
            told.create_system, told.external_attr = 3, 0o644 << 16  # the same on every computer
            into.writestr(told, body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files(package: Package) -> Iterator[tuple[str, bytes]]:
    """Each file with its record behind it; the dossier's own record comes last."""
    yield README, write_readme(package, (_WORDS[name] for name in package.settings.missing))
    for version in package.versions:
        yield from _of_version(package, version)
    decided = write_decisions(package.decisions)
    files = (File(DECISIONS, decided),) if decided else ()
    for file in files:
        yield file.name, file.body
        yield file.name + SUFFIX, describe_file(package, file)
    yield f"{package.number}{SUFFIX}", describe_dossier(package, files)


def _of_version(package: Package, version: PackedVersion) -> Iterator[tuple[str, bytes]]:
    folder, pdf = f"versie-{version.number}", f"{package.number}-versie-{version.number}.pdf"
    texts = tuple(File(name, body) for name, body in ((ADVICES, write_advices(version.advices)),) if body)
    record = describe_version(package, version, (pdf, DATA, *(one.name for one in texts)))
    document = to_pdf.render(read_dossier(version.body), archive=True, mdto=record)
    for file in (File(pdf, document), File(DATA, version.body), *texts):
        yield f"{folder}/{file.name}", file.body
        yield f"{folder}/{file.name}{SUFFIX}", describe_file(package, file, version)
    yield f"{folder}/{folder}{SUFFIX}", record
