"""The alternatives that were weighed, in every format: the same section, as text whatever was typed."""

from __future__ import annotations

import io
import json

import docx
import jsonschema
import lxml.html
import pytest
from pypdf import PdfReader

from assistant.cli import schema_text
from assistant.dossier import AUDIENCES, Audience, Dossier
from assistant.trees.model import LANGUAGES, Language
from exports import to_docx, to_html, to_json, to_markdown, to_pdf
from exports.arrange import build_paper
from exports.paper import Heading, Items, Table, Text

from .samples import squeezed, weighed_dossier
from .test_pdf import faults
from .test_pdf import text_of as pdf_text

TITLES = {"nl": "Afgewogen alternatieven", "en": "Alternatives that were weighed"}
HOSTILE = "<script>x</script> | *a* _b_ `c` #d $e$ \\ [f](g) {{ h }}"


def docx_text(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return squeezed(" ".join([*(one.text for one in document.paragraphs), *cells]))


def html_text(made: bytes) -> str:
    return squeezed(lxml.html.document_fromstring(made.decode()).text_content())


def in_every_format(dossier: Dossier) -> dict[str, str]:
    return {
        "pdf": pdf_text(to_pdf.render(dossier)),
        "docx": docx_text(to_docx.render(dossier)),
        "html": html_text(to_html.render(dossier)),
        "markdown": squeezed(to_markdown.render(dossier).decode().replace("&#124;", "|")),
    }


def parts_of(dossier: Dossier) -> list[Heading | Text | Items | Table]:
    """What the paper says from this section's heading to the next one."""
    parts = list(build_paper(dossier).parts)
    heads = [n for n, part in enumerate(parts) if isinstance(part, Heading) and part.level == 1]
    first = next(n for n in heads if parts[n].text == TITLES[dossier.language])  # type: ignore[union-attr]
    return parts[first : next(n for n in heads if n > first)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_has_the_section(language: Language) -> None:
    made = weighed_dossier(language)
    assert made.alternatives
    first, reopened, destroyed = made.alternatives.laid_aside
    said = [TITLES[language], "2026-015: Alleen tellen", reopened.stands_says, destroyed.stands_says]
    said += [text for each in first.differing for text in (each.ask, each.ours, each.theirs)]
    said += [one.says for one in (*first.raised_there, *first.raised_here)]
    said += [made.words["and_more"].format(n=n) for n in (first.more_differing, first.more_here)]
    for format, text in in_every_format(made).items():
        plain = text.replace("\\", "")
        assert [one for one in said if squeezed(one) not in plain and "'" not in one and "&" not in one] == [], format


def test_the_paper_has_one_table_for_each_alternative_that_differs() -> None:
    parts = parts_of(weighed_dossier())
    [table] = [part for part in parts if isinstance(part, Table)]
    assert table.header == ("Vraag", "Dit dossier", "Alternatief")
    assert len(table.rows) == 10
    lists = [part for part in parts if isinstance(part, Items)]
    assert [len(one.items) for one in lists] == [1, 5, 11]  # what the reason lists; what is raised there, and here
    assert lists[-1].items[-1][1].startswith("en nog ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_pdf_passes_both_standards(language: Language, audience: Audience) -> None:
    assert faults(to_pdf.render(weighed_dossier(language, audience))) == []


def test_the_archive_copy_passes_whatever_was_typed() -> None:
    assert faults(to_pdf.render(weighed_dossier(says=HOSTILE), archive=True)) == []


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_what_was_typed_stays_text(format: str) -> None:
    assert squeezed(HOSTILE) in in_every_format(weighed_dossier(says=HOSTILE))[format]
    assert b"<script>" not in to_html.render(weighed_dossier(says=HOSTILE))
    assert b"<script>" not in to_markdown.render(weighed_dossier(says=HOSTILE))


def test_the_page_of_who_decides_has_one_line_and_stays_one_page() -> None:
    made = weighed_dossier(audience="decider", says="Omdat het anders te laat is voor wie nu stopt. " * 40)
    lines = [part for part in build_paper(made).parts if isinstance(part, Text) and part.label == f"{TITLES['nl']}:"]
    assert len(lines) == 1
    assert len(lines[0].text) < 600
    assert len(PdfReader(io.BytesIO(to_pdf.render(made))).pages) == 1
    assert all(squeezed(TITLES["nl"]) in text for text in in_every_format(made).values())


def test_the_public_reads_nothing_of_it() -> None:
    made = weighed_dossier(audience="public", says="Kanariepiet")
    for text in in_every_format(made).values():
        assert squeezed(TITLES["nl"]) not in text
        assert "Kanariepiet" not in text


def test_the_json_keeps_to_the_published_schema() -> None:
    data = json.loads(to_json.render(weighed_dossier()))
    jsonschema.validate(data, json.loads(schema_text("dossier")), jsonschema.Draft202012Validator)
    assert [one["stands"] for one in data["alternatives"]["laid_aside"]] == ["weighed", "reopened", "destroyed"]
