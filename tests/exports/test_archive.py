"""The package for the archive: everything in it, each file with its record, the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from assistant.archive import Happening
from exports import to_archive

from .archives import AT, package, packed, without
from .schema import find_schema_faults
from .template_payloads import PAYLOADS
from .test_pdf import faults

HOSTILE = 'A & B <script> ]]> "../../x" \x01 漢 ' + PAYLOADS[0]
FOLDER = "2026-014"


def unpacked(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_three_versions_each_with_its_files_and_records() -> None:
    versions = (packed(1), packed(2), packed(3))
    files = unpacked(to_archive.render(package(*versions)))
    bare = [name.removeprefix(f"{FOLDER}/") for name in files]
    each = [
        f"versie-{n}/{name}"
        for n in (1, 2, 3)
        for name in (
            f"2026-014-versie-{n}.pdf", f"2026-014-versie-{n}.pdf.mdto.xml", "dossier.json", "dossier.json.mdto.xml",
            "adviezen.txt", "adviezen.txt.mdto.xml", f"versie-{n}.mdto.xml",
        )
    ]  # fmt: skip
    assert bare == ["LEESMIJ.txt", *each, "besluiten.txt", "besluiten.txt.mdto.xml", "2026-014.mdto.xml"]
    for version in versions:
        data = files[f"{FOLDER}/versie-{version.number}/dossier.json"]
        assert sha256(data).hexdigest() == version.hash
        assert version.hash.encode() in files[f"{FOLDER}/LEESMIJ.txt"]
    for name, body in files.items():
        if name.endswith(".mdto.xml"):
            assert find_schema_faults(ElementTree.fromstring(body)) == [], name


def test_a_record_tells_size_and_checksum_of_its_file() -> None:
    files = unpacked(to_archive.render(package(packed(1))))
    for name, body in files.items():
        record = files.get(f"{name}.mdto.xml")
        if record:
            assert f"<omvang>{len(body)}</omvang>".encode() in record
            assert sha256(body).hexdigest().encode() in record
            assert f"<naam>{name.rpartition('/')[2]}</naam>".encode() in record


def test_the_pdf_holds_the_data_and_the_record_and_keeps_to_the_standards() -> None:
    files = unpacked(to_archive.render(package(packed(1))))
    pdf = files[f"{FOLDER}/versie-1/2026-014-versie-1.pdf"]
    assert faults(pdf) == []
    reader = PdfReader(io.BytesIO(pdf))
    held = {name: body for name, (body,) in reader.attachments.items()}
    assert held == {
        "dossier.json": files[f"{FOLDER}/versie-1/dossier.json"],
        "dossier.mdto.xml": files[f"{FOLDER}/versie-1/versie-1.mdto.xml"],
    }
    told = {}
    for one in reader.root_object["/AF"]:
        file = one.get_object()
        stream = file["/EF"]["/F"].get_object()
        told[file["/UF"]] = (file["/AFRelationship"], stream["/Subtype"])
        assert file["/Desc"]
        assert stream["/Params"]["/ModDate"]
    assert told == {
        "dossier.json": ("/Source", "/application/json"),
        "dossier.mdto.xml": ("/Supplement", "/application/xml"),
    }


def test_the_same_package_gives_the_same_bytes() -> None:
    assert to_archive.render(package(packed(1))) == to_archive.render(package(packed(1)))


def test_without_advice_and_decision_there_are_no_such_files() -> None:
    files = unpacked(to_archive.render(replace(package(replace(packed(1), advices=())), decisions=())))
    assert not [name for name in files if name.endswith((".txt", ".txt.mdto.xml")) and "LEESMIJ" not in name]


def test_the_readme_says_of_which_version_a_text_was_left_out() -> None:
    whole = packed(1)
    redacted = replace(whole, happenings=(*whole.happenings, Happening("redacted", AT, result="SHA-256 a, was b")))
    files = unpacked(to_archive.render(package(redacted)))
    assert "daarna is er tekst weggelaten" in files[f"{FOLDER}/LEESMIJ.txt"].decode()
    assert b"SHA-256 a, was b" in files[f"{FOLDER}/versie-1/versie-1.mdto.xml"]


def test_the_readme_names_what_is_not_filled_in() -> None:
    files = unpacked(to_archive.render(package(packed(1), settings=without("code"))))
    readme = files[f"{FOLDER}/LEESMIJ.txt"].decode()
    assert "code van de gemeente" in readme
    assert "identificatieBron" not in readme


@pytest.mark.slow
def test_hostile_texts_stay_texts() -> None:
    files = unpacked(to_archive.render(package(packed(1, HOSTILE), title=HOSTILE, text=HOSTILE)))
    assert all(name.startswith(f"{FOLDER}/") and ".." not in name for name in files)
    for name, body in files.items():
        if name.endswith(".mdto.xml"):
            assert find_schema_faults(ElementTree.fromstring(body)) == [], name
    assert faults(files[f"{FOLDER}/versie-1/2026-014-versie-1.pdf"]) == []
