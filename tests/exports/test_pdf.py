"""The PDF: for a screen reader, for the archive, the same each time, and never obeying what somebody typed."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import page
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from assistant.answers_file import read_answers
from assistant.dossier import AUDIENCES, Audience, Dossier, ProjectFacts, build_dossier, frozen
from assistant.errors import NotReady, Unavailable
from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language
from exports import fonts, to_pdf, typesetting
from exports.to_pdf import render

from .samples import EXAMPLES, SCENARIOS, TODAY, dossier_of, dossier_that_says
from .template_payloads import PAYLOADS

STANDARDS = {page.ValidationProfile.PDF_UA_1: 104, page.ValidationProfile.PDF_A_3A: 156}
A4_WIDTH = 595
FOREIGN = "Blij 😀 👨‍👩‍👧 ❤️ 🇳🇱, 漢字, العربية مُدَرِّس, עברית, हिन्दी, é e\u0301, 1\ufe0f\u20e3, \x07 \ue000 \t \u202e."


def scenario(language: Language, audience: Audience = "team") -> Dossier:
    """The school-leaving example, heavy: thirty signals, sixteen pages."""
    file = SCENARIOS / "early-school-leaving.yaml"
    read = read_answers(file.read_bytes(), file.name, shipped_edition())
    facts = ProjectFacts(read.title, read.organisation, "2026-014", 3)
    return build_dossier(shipped_edition(), read.answers, facts, TODAY, language, audience=audience)


def for_decider(text: str) -> Dossier:
    """The decider's page when everyone typed this."""
    whole = dossier_that_says(text)
    page = scenario("nl", "decider")
    assert page.decider
    said = {answer.question: answer for theme in whole.themes for answer in theme.answers}
    parts = {name: tuple(said[a.question] for a in answers) for name, answers in page.decider}
    return page.model_copy(
        update={"decider": page.decider.model_copy(update=parts), "other_views": scenario("nl", "decider").other_views}
    )


def text_of(pdf: bytes) -> str:
    """All text, without white space: where a line broke says nothing."""
    return squeezed("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def faults(pdf: bytes) -> list[str]:
    """What the checker has against it, by both standards."""
    found = []
    for profile, rules in STANDARDS.items():
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.rules.total == rules
        found += [f"{f.rule_id}: {f.message}" for f in report.failures if not misread(pdf, f)]
    return found


def misread(pdf: bytes, failure: page.ValidationFailure) -> bool:
    """The checker takes the last byte of a stream, when that is a carriage return, for the end of a line."""
    if failure.rule_id != "PDFA3A-STREAM-LENGTH-001" or failure.object_id is None:
        return False
    reader = PdfReader(io.BytesIO(pdf))
    stream = reader.get_object(IndirectObject(failure.object_id.object_number, 0, reader))
    assert isinstance(stream, StreamObject)
    return stream._data.endswith(b"\r")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_passes_both_standards(language: Language, audience: Audience) -> None:
    assert faults(render(scenario(language, audience))) == []


def test_the_archive_copy_passes_both_standards() -> None:
    assert faults(render(scenario("nl"), archive=True)) == []


def test_it_passes_both_standards_whatever_is_typed() -> None:
    assert faults(render(dossier_that_says(FOREIGN), archive=True)) == []


@pytest.mark.parametrize("joint", ["", " ", "\n"])
def test_every_character_the_typeface_draws_can_stand_anywhere(joint: str) -> None:
    every = joint.join(map(chr, sorted(fonts._drawn() - {0x0A})))
    assert faults(render(for_motivation(every))) == []


def for_motivation(text: str) -> Dossier:
    """A short dossier with this in one place."""
    small = dossier_of(EXAMPLES / "answers.yaml")
    theme = small.themes[0]
    answer = theme.answers[0].model_copy(update={"motivation": text})
    return small.model_copy(update={"themes": (theme.model_copy(update={"answers": (answer,)}),)})


def with_sources(rows: int) -> Dossier:
    """A short dossier with one table of ten columns."""
    small = for_motivation("")
    theme = small.themes[0]
    header = tuple(f"k{n}" for n in range(10))
    cells = tuple((str(row), *["W" * 300] * 9) for row in range(1, rows + 1))
    answer = theme.answers[0].model_copy(update={"header": header, "rows": cells})
    return small.model_copy(update={"themes": (theme.model_copy(update={"answers": (answer,)}),)})


def test_a_wide_table_stays_on_the_page() -> None:
    pdf = render(with_sources(9))
    assert faults(pdf) == []
    assert furthest_right(pdf) < A4_WIDTH


@pytest.mark.parametrize("text", ["W" * 20_000, "- a\n" * 300, "a" + "\u0301" * 9_000, "漢" * 20_000, "x/" * 9_000])
def test_a_strange_long_text_stays_on_the_page(text: str) -> None:
    pdf = render(for_motivation(text))
    assert faults(pdf) == []
    assert furthest_right(pdf) < A4_WIDTH


def furthest_right(pdf: bytes) -> float:
    """Where the last word begins, in points from the left."""
    places: list[float] = []
    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        sheet.extract_text(visitor_text=lambda text, _, at, *__: places.append(at[4] if text.strip() else 0))
    return max(places)


def test_a_long_run_breaks_but_a_word_a_hash_and_an_accent_stay_whole() -> None:
    assert typesetting.breakable("a/" * 30, 48) == "a/" * 24 + "\u200b" + "a/" * 6
    for whole in ("arbeidsongeschiktheidswet", hashlib.sha256().hexdigest(), "1" * 12 + "\u0301"):
        assert typesetting.breakable(whole, 12) == whole


def test_what_can_not_be_printed_becomes_one_sign_and_the_last_page_says_so() -> None:
    pdf = render(for_motivation("漢字 en 🦄, maar ❤️ niet"))
    assert squeezed(f"{fonts.SIGN * 2} en {fonts.SIGN}, maar ❤ niet") in text_of(pdf)
    last = squeezed(PdfReader(io.BytesIO(pdf)).pages[-1].extract_text())
    assert squeezed(f"Tekens die dit lettertype niet heeft: 3. Daarvoor staat het teken {fonts.SIGN}.") in squeezed(
        last
    )


def test_without_such_characters_nothing_is_said() -> None:
    assert "Overditbestand" not in text_of(render(scenario("nl")))


def test_the_character_map_is_read_as_fonttools_reads_it() -> None:
    for file in fonts.FILES:
        numbers = {n for low, high in fonts.ranges(file) for n in range(low, high + 1)}
        assert numbers == set(TTFont(fonts.FOLDER / file).getBestCmap())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_corpus_holds_forty_different_texts(payload: str) -> None:
    assert PAYLOADS.count(payload) == 1
    assert len(PAYLOADS) == 40


@pytest.mark.slow
def test_no_typed_text_is_obeyed() -> None:
    pdf = render(dossier_that_says("\n".join(PAYLOADS)))
    text = text_of(pdf)
    assert [payload for payload in PAYLOADS if text.count(squeezed(payload)) < 100] == []
    assert not PdfReader(io.BytesIO(pdf)).attachments


def test_the_same_dossier_gives_the_same_bytes() -> None:
    made = render(scenario("nl"), archive=True)
    assert made == render(scenario("nl"), archive=True)
    about = PdfReader(io.BytesIO(made)).root_object["/Metadata"].get_object()
    assert isinstance(about, StreamObject)
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", about.get_data().decode())) == {TODAY.isoformat()}  # no clock


def test_the_archive_copy_holds_the_canonical_dossier_and_says_its_hash() -> None:
    dossier = scenario("nl")
    reader = PdfReader(io.BytesIO(render(dossier, archive=True)))
    ((name, (held,)),) = reader.attachments.items()
    assert (name, held) == ("dossier.json", frozen(dossier))
    assert hashlib.sha256(held).hexdigest() in squeezed(reader.pages[-1].extract_text())
    (file,) = reader.root_object["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Source"


@pytest.mark.skipif(not shutil.which("pdfdetach"), reason="needs pdfdetach (Debian: poppler-utils)")
def test_another_program_takes_out_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "dossier.pdf").write_bytes(render(scenario("en"), archive=True))
    subprocess.run(["pdfdetach", "-saveall", "dossier.pdf"], cwd=tmp_path, check=True, capture_output=True)
    assert hashlib.sha256((tmp_path / "dossier.json").read_bytes()).hexdigest() in text_of(
        (tmp_path / "dossier.pdf").read_bytes()
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_embedded_unless_it_is_for_the_archive(audience: Audience) -> None:
    assert not PdfReader(io.BytesIO(render(scenario("nl", audience)))).attachments


@pytest.mark.parametrize("audience", ["decider", "public"])
def test_only_the_whole_dossier_goes_into_the_archive(audience: Audience) -> None:
    with pytest.raises(ValueError, match="archive"):
        render(scenario("nl", audience), archive=True)


def test_the_public_reads_no_other_view_and_nobody_who_finds_out() -> None:
    whole = scenario("nl")
    inward = [view.view for view in whole.other_views] + [point.owner for point in whole.open_points]
    team, public = text_of(render(whole)), text_of(render(scenario("nl", "public")))
    assert [text for text in inward if squeezed(text) not in team] == []
    assert [view.view for view in whole.other_views if squeezed(view.view) in public] == []
    assert squeezed(whole.words["who"]) not in public


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decider_gets_one_page(language: Language) -> None:
    dossier = scenario(language, "decider")
    reader = PdfReader(io.BytesIO(render(dossier)))
    assert len(reader.pages) == 1
    text = text_of(render(dossier))
    wanted = ["the_question", "does_to_people", "matters_most", "other_views", "asked", "fixed_sentence"]
    places = [text.find(squeezed(dossier.words[key])) for key in wanted]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["Een lange zin over jongeren. " * 690, "W" * 20_000, "- a\n" * 5_000])
def test_the_decider_gets_one_page_however_much_is_typed(text: str) -> None:
    pdf = render(for_decider(text))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert squeezed(scenario("nl").fixed_sentence) in text_of(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_the_order_of_the_table_of_contents(language: Language) -> None:
    dossier = scenario(language)
    text = text_of(render(dossier))
    sections = ["fixed_sentence", "first_page", "matters_most", "strengths", "open_points", "other_views"]
    places = [text.find(squeezed(dossier.words[key])) for key in sections]
    assert -1 not in places
    assert places == sorted(places)
    later = ["project", "answers", "signals", "not_asked", "accountability", "sources"]
    places = [text.rfind(squeezed(dossier.words[key])) for key in later[1:]]
    assert places == sorted(places)
    asks = [text.find(squeezed(f"{a.code} {a.ask}")) for theme in dossier.themes for a in theme.answers]
    assert -1 not in asks
    assert asks == sorted(asks)


def test_it_says_whose_it_is_and_can_be_leafed_through() -> None:
    dossier = scenario("nl")
    reader = PdfReader(io.BytesIO(render(dossier)))
    assert reader.metadata
    assert (reader.metadata.title, reader.metadata.author) == (dossier.project.title, dossier.project.organisation)
    assert reader.metadata.creation_date
    assert reader.metadata.creation_date.date() == TODAY
    assert reader.root_object["/Lang"] == "nl-NL"
    sections = [mark["/Title"] for mark in reader.outline if not isinstance(mark, list)]
    assert sections[:3] == ["Op één pagina", "Het project", "Antwoorden per thema"]
    assert f"Pagina 2 van {len(reader.pages)}" in reader.pages[1].extract_text()


def test_a_missing_typst_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NotReady, match=r"pip install 'ethical-review-assistant\[pdf\]'"):
        render(scenario("nl", "decider"))


def test_the_formats_are_there_without_loading_typst() -> None:
    loaded = "import exports, sys; sys.exit('typst' in sys.modules or 'docx' in sys.modules)"
    subprocess.run([sys.executable, "-c", loaded], check=True)


def test_a_third_pdf_waits_and_then_asks_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "WAIT", 0.01)
    for _ in range(typesetting.AT_ONCE):
        typesetting._PLACES.acquire()
    try:
        with pytest.raises(Unavailable, match="Try again"):
            render(scenario("nl", "decider"))
    finally:
        for _ in range(typesetting.AT_ONCE):
            typesetting._PLACES.release()
    assert render(scenario("nl", "decider"))


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, source: str) -> None:
    """Another program in the place of the typesetter."""
    (folder / "other.py").write_text(source)
    monkeypatch.setattr(typesetting, "_TYPESETTER", folder / "other.py")


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instead(monkeypatch, tmp_path, "import time; time.sleep(30)")
    monkeypatch.setattr(typesetting, "SECONDS", 0.3)
    with pytest.raises(Unavailable, match="not ready"):
        render(scenario("nl", "decider"))


def test_a_typesetter_that_is_killed_is_no_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instead(monkeypatch, tmp_path, "import os; os.abort()")
    with pytest.raises(Unavailable, match="cut short"):
        render(scenario("nl", "decider"))


def test_the_typesetter_gets_none_of_our_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_SECRET_KEY_FILE", "geheim")
    instead(monkeypatch, tmp_path, "import os; print(' '.join(os.environ))")
    assert "ASSISTANT" in " ".join(os.environ)
    assert b"ASSISTANT" not in render(scenario("nl", "decider"))


@pytest.mark.parametrize("source", ['#read("/etc/passwd")', '#read("../../../../etc/passwd")', "#sys.inputs.missing"])
def test_a_template_reaches_no_file_and_its_fault_is_loud(
    source: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other.typ").write_text(source)
    monkeypatch.setattr(to_pdf, "_TEMPLATE", tmp_path / "other.typ")
    with pytest.raises(RuntimeError, match="typst"):
        render(scenario("nl", "decider"))


def test_the_memory_of_the_typesetter_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = Path(typesetting._TYPESETTER).read_text().replace("MEMORY = 2 << 30", "MEMORY = 60 << 20")
    instead(monkeypatch, tmp_path, source)
    with pytest.raises((Unavailable, RuntimeError)):
        render(scenario("nl"))


def test_the_example_says_what_its_answers_make(update_examples: bool) -> None:
    example = EXAMPLES / "dossier.pdf"
    made = render(dossier_of(EXAMPLES / "answers.yaml"))
    if update_examples:
        example.write_bytes(made)
    assert text_of(example.read_bytes()) == text_of(made), "Run: make examples, then look at it before you commit it."


def test_how_long_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """No limit here, since machines differ; the figures are printed for who reads them."""
    dossier = scenario("nl")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        pdf = render(dossier)
        took.append(time.perf_counter() - start)
    pages, whole = len(PdfReader(io.BytesIO(pdf)).pages), statistics.median(took)
    figures = f"{pages} pages, {len(pdf):,} bytes, {whole:.2f} s in all, {1000 * whole / pages:.0f} ms a page"
    with capsys.disabled():
        sys.stdout.write(f"\nPDF: {figures}\n")
    assert pages > 10
