"""The Word document: one that people go on in, that a screen reader reads, and that says only what the dossier says."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from pypdf import PdfReader

from assistant.dossier import AUDIENCES, Audience, Dossier
from assistant.trees.model import LANGUAGES, Language
from exports.to_docx import LANGUAGES as REGIONS
from exports.to_docx import render

from .samples import EXAMPLES, dossier_of, dossier_that_says
from .template_payloads import PAYLOADS
from .test_pdf import for_motivation, scenario, squeezed, with_sources

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
EVERY = [(language, audience) for language in LANGUAGES for audience in AUDIENCES]


def parts(made: bytes) -> dict[str, etree._Element]:
    """Every part of the package, parsed: all of them are XML."""
    with ZipFile(io.BytesIO(made)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def body(made: bytes) -> etree._Element:
    return parts(made)["word/document.xml"]


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def styled(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each paragraph with the id of its style."""
    for paragraph in element.iter(f"{W}p"):
        (style,) = paragraph.iterfind(f"{W}pPr/{W}pStyle")
        yield style.get(f"{W}val", ""), paragraph


@pytest.mark.parametrize(("language", "audience"), EVERY)
def test_every_part_is_named_and_every_named_part_is_there(language: Language, audience: Audience) -> None:
    made = parts(render(scenario(language, audience)))
    named = {part.get("PartName", "").lstrip("/") for part in made["[Content_Types].xml"] if part.get("PartName")}
    links = {name for name in made if name.endswith(".rels")}
    assert set(made) == named | links | {"[Content_Types].xml"}
    for name in links:
        folder = name.split("_rels/")[0]
        assert {folder + link.get("Target", "") for link in made[name]} <= set(made)


@pytest.mark.parametrize(("language", "audience"), EVERY)
def test_every_style_that_is_used_exists(language: Language, audience: Audience) -> None:
    made = parts(render(scenario(language, audience)))
    exist = {style.get(f"{W}styleId") for style in made["word/styles.xml"].iter(f"{W}style")}
    used = {style for name in ("word/document.xml", "word/footer.xml") for style, _ in styled(made[name])}
    used |= {table.get(f"{W}val", "") for table in made["word/document.xml"].iter(f"{W}tblStyle")}
    assert used <= exist


@pytest.mark.parametrize(("language", "audience"), EVERY)
def test_headings_step_down_one_at_a_time(language: Language, audience: Audience) -> None:
    levels = [int(style[-1]) for style, _ in styled(body(render(scenario(language, audience)))) if "Heading" in style]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert max(levels) == (1 if audience == "decider" else 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_header_row_and_says_what_it_holds(language: Language) -> None:
    tables = list(body(render(scenario(language))).iter(f"{W}tbl"))
    assert len(tables) == 7
    for table in tables:
        head, *rows = table.iterfind(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert {len(row.findall(f"{W}tc")) for row in (head, *rows)} == {columns}
        (caption,) = table.iterfind(f"{W}tblPr/{W}tblCaption")
        assert caption.get(f"{W}val")


def test_a_wide_table_is_turned_four_rows_abreast() -> None:
    document = body(render(with_sources(9)))
    tables = [table for table in document.iter(f"{W}tbl") if len(table.findall(f"{W}tr")) == 10]
    heads = [[text_of(cell) for cell in table.findall(f"{W}tr")[0].iterfind(f"{W}tc")] for table in tables]
    assert heads == [["k0", *"1234"], ["k0", *"5678"], ["k0", *"9"]]
    labels = [text_of(p) for style, p in styled(document) if style == "Label"]
    assert [label for label in labels if " / 9" in label] == ["k0 1–4 / 9", "k0 5–8 / 9", "k0 9–9 / 9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language(language: Language) -> None:
    made = parts(render(scenario(language)))
    (spoken,) = made["word/styles.xml"].iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert spoken.get(f"{W}val") == REGIONS[language]


@pytest.mark.parametrize(("language", "audience"), EVERY)
def test_no_paragraph_is_there_for_its_space(language: Language, audience: Audience) -> None:
    document = body(render(scenario(language, audience)))
    cells = {paragraph for cell in document.iter(f"{W}tc") for paragraph in cell.iter(f"{W}p")}
    assert [p for _, p in styled(document) if p not in cells and not text_of(p).strip()] == []


def test_its_properties_are_the_dossiers_and_nobody_elses() -> None:
    dossier = scenario("nl")
    made = render(dossier)
    about = docx.Document(io.BytesIO(made)).core_properties
    assert (about.title, about.author) == (dossier.project.title, dossier.project.organisation)
    assert about.last_modified_by == dossier.project.organisation
    assert (about.created, about.language) == (about.modified, "nl-NL")
    assert about.created
    assert about.created.date().isoformat() == dossier.made_on
    everything = b"".join(ZipFile(io.BytesIO(made)).read(name) for name in ZipFile(io.BytesIO(made)).namelist())
    assert re.findall(rb"(?i)python|docx\b|macintosh|jinja|thumbnail", everything) == []


def test_another_program_reads_headings_lists_and_tables() -> None:
    dossier = scenario("en")
    read = docx.Document(io.BytesIO(render(dossier)))
    styles = {paragraph.style.name for paragraph in read.paragraphs if paragraph.style}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number"} <= styles
    assert len(read.tables) == 7
    asked = [p.text for p in read.paragraphs if p.style and p.style.name == "Heading 3"]
    assert asked[: len(dossier.themes[0].answers)] == [f"{a.code} {a.ask}" for a in dossier.themes[0].answers]


def test_no_typed_text_is_obeyed() -> None:
    made = parts(render(dossier_that_says("\n".join(PAYLOADS))))
    text = squeezed(text_of(made["word/document.xml"]))
    assert [payload for payload in PAYLOADS if text.count(squeezed(payload)) < 100] == []
    assert not list(made["word/document.xml"].iter(f"{W}fldSimple", f"{W}instrText"))
    codes = [code.text for code in made["word/footer.xml"].iter(f"{W}instrText")]
    assert codes == [" PAGE ", " NUMPAGES "]
    assert made["docProps/core.xml"].find("{*}title").text == "\n".join(PAYLOADS)


def test_what_xml_can_not_hold_does_not_break_it() -> None:
    document = body(render(for_motivation("voor\x00\x01\x0b\x1f\ufffe\uffffna, 😀 漢字 العربية\r\nregel")))
    assert "voor\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdna, 😀 漢字 العربيةregel" in text_of(document)


def test_lines_and_lists_stay_lines_and_lists() -> None:
    document = body(render(for_motivation("een\ntwee\n- drie\n- vier")))
    (together,) = [p for _, p in styled(document) if "een" in text_of(p) and "twee" in text_of(p)]
    assert len(together.findall(f".//{W}br")) == 1
    assert {"drie", "vier"} <= {text_of(p) for style, p in styled(document) if style == "ListBullet"}


def test_the_public_reads_no_other_view_and_nobody_who_finds_out() -> None:
    whole, public = scenario("nl"), text_of(body(render(scenario("nl", "public"))))
    assert [view.view for view in whole.other_views if view.view not in text_of(body(render(whole)))] == []
    assert [view.view for view in whole.other_views if view.view in public] == []
    assert whole.words["who"] not in public


def test_the_same_dossier_gives_the_same_bytes() -> None:
    made = render(scenario("nl"))
    assert made == render(scenario("nl"))
    assert {part.date_time[0] for part in ZipFile(io.BytesIO(made)).infolist()} == {1980}  # no clock


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice (Debian: libreoffice-writer-nogui)")
@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_libreoffice_opens_it(audience: Audience, tmp_path: Path) -> None:
    dossiers = {language: scenario(language, audience) for language in LANGUAGES}
    for language, dossier in dossiers.items():
        (tmp_path / f"{language}.docx").write_bytes(render(dossier))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [str(OFFICE), home, "--headless", "--convert-to", "pdf", *(f"{language}.docx" for language in dossiers)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for language, dossier in dossiers.items():
        check_printed(dossier, PdfReader(tmp_path / f"{language}.pdf"))


def check_printed(dossier: Dossier, reader: PdfReader) -> None:
    text = squeezed("".join(sheet.extract_text() for sheet in reader.pages))
    assert squeezed(dossier.fixed_sentence) in text
    assert reader.metadata
    assert reader.metadata.title == dossier.project.title
    assert (len(reader.pages) == 1) == (dossier.audience == "decider")


def test_the_example_says_what_its_answers_make(update_examples: bool) -> None:
    example = EXAMPLES / "dossier.docx"
    made = render(dossier_of(EXAMPLES / "answers.yaml"))
    if update_examples:
        example.write_bytes(made)
    stands = {name: etree.tostring(part) for name, part in parts(example.read_bytes()).items()}
    now = {name: etree.tostring(part) for name, part in parts(made).items()}
    assert stands == now, "Run: make examples, then look at it before you commit it."


def test_how_long_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """No limit here, since machines differ; the figures are printed for who reads them."""
    dossier = scenario("nl")
    start = time.perf_counter()
    for _ in range(10):
        made = render(dossier)
    with capsys.disabled():
        sys.stdout.write(f"\nDOCX: {len(made):,} bytes, {100 * (time.perf_counter() - start):.0f} ms\n")
    assert made
