"""MDTO metadata: in the order of its schema, with what has to be there, whatever somebody typed."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from assistant.archive import ArchiveSettings
from exports.to_mdto import File, describe_dossier, describe_file, describe_version

from .archives import FILLED, package, packed, without
from .payloads import PAYLOADS
from .schema import find_schema_faults

NAMES: Final = {"m": "https://www.nationaalarchief.nl/mdto"}
HOSTILE: Final = (*PAYLOADS, "]]>&<!--", "\x00\x0b\ufffe\x1b", "<naam/>", " \n\t ", "é" * 300, "\U0001f600 漢字")


def read(record: bytes) -> Element:
    return ElementTree.fromstring(record)


def texts(record: bytes, path: str) -> list[str]:
    return [one.text or "" for one in read(record).findall(f".//m:{path.replace('/', '/m:')}", NAMES)]


@pytest.mark.parametrize("settings", [FILLED, ArchiveSettings(), without("code"), without("category_title")])
def test_every_record_keeps_to_the_schema(settings: ArchiveSettings) -> None:
    one = packed(1)
    whole = package(one, packed(2), packed(3), settings=settings)
    file = File("dossier.json", one.body)
    for record in (
        describe_dossier(whole, (File("besluiten.txt", b"x"),)),
        describe_version(whole, one, ("a.pdf", "dossier.json")),
        describe_file(whole, file, one),
        describe_file(whole, File("besluiten.txt", b"x")),
    ):
        assert find_schema_faults(read(record)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_stays_text(text: str) -> None:
    one = packed(1)
    settings = ArchiveSettings(municipality=text, source=text, restriction=text, selection_list=text)
    whole = package(one, title=f"x{text}", text=text, settings=settings)
    for record in (
        describe_dossier(whole),
        describe_version(whole, one, ("a.pdf",)),
        describe_file(whole, File("a.pdf", b"")),
    ):
        root = read(record)
        assert find_schema_faults(root) == [], text
        assert record == record.decode().encode()


def test_a_fault_is_found() -> None:
    root = read(describe_dossier(package(packed(1))))
    names = [one.tag for one in root[0]]
    root[0].remove(root[0][0])
    root[0].remove(root[0][0])
    assert find_schema_faults(root) == ["informatieobject: identificatie 0 times"]
    root[0].append(ElementTree.Element(names[0]))
    assert "informatieobject: not in order" in find_schema_faults(root)


def test_what_is_not_known_is_still_to_be_determined() -> None:
    record = describe_dossier(package(packed(1), settings=ArchiveSettings()))
    assert texts(record, "waardering/begripCode") == ["N"]
    assert texts(record, "archiefvormer/verwijzingNaam") == ["Nader te bepalen"]
    assert texts(record, "beperkingGebruikNadereBeschrijving") == ["Nader te bepalen"]
    assert not texts(record, "informatiecategorie/begripLabel")
    assert not texts(record, "bewaartermijn/termijnLooptijd")


def test_a_term_counts_from_closing() -> None:
    record = describe_dossier(package(packed(1)))
    assert texts(record, "waardering/begripCode") == ["V"]
    assert texts(record, "bewaartermijn/termijnStartdatumLooptijd") == ["2024-02-29"]
    assert texts(record, "bewaartermijn/termijnLooptijd") == ["P5Y"]
    assert texts(record, "bewaartermijn/termijnEinddatum") == ["2029-02-28"]
    assert texts(record, "informatiecategorie/begripCode") == ["1.1"]
    assert texts(record, "archiefvormer/verwijzingIdentificatie/identificatieKenmerk") == ["gm9999"]


def test_a_long_title_is_cut_and_stands_whole_beside_it() -> None:
    title = "Lang " * 40
    record = describe_dossier(package(packed(1), title=title))
    [name] = texts(record, "informatieobject/naam")
    assert len(name) == 80
    assert texts(record, "omschrijving") == [title]


def test_own_events_do_not_bear_the_name_of_the_standards_list() -> None:
    record = describe_dossier(package(packed(1)))
    lists = texts(record, "eventType/begripBegrippenlijst/verwijzingNaam")
    own, theirs = "Gebeurtenissen van de ethische toets", "Begrippenlijst EventTypeLijst MDTO"
    assert lists == [theirs, own, theirs]
