"""Tables as files: exact for a program, harmless for a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile

import lxml.etree
import pytest

from exports.to_table import render_csv, render_excel_csv, render_xlsx

DANGEROUS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x",
    '=HYPERLINK("http://evil.nl")', "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2", "@evil", "=IMPORTXML(1)", "+A1", "=1;2", '="x"',
)  # fmt: skip
MILD = ("Camera's", "a;b", 'zegt "ja"', "regel\neinde", "", "é 漢 ", "10%", "https://toets.example.nl", "2026-11-25")


@pytest.mark.parametrize("text", [*DANGEROUS, *MILD])
def test_csv_is_read_back_exactly(text: str) -> None:
    rows = list(csv.reader(io.StringIO(render_csv(["a", "b"], [[text, "x"]]).decode(), newline="")))
    assert rows == [["a", "b"], [text, "x"]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_spreadsheet_gets_text_where_it_would_see_a_formula(text: str) -> None:
    raw = render_excel_csv(["a"], [[text]]).decode("utf-8-sig")
    [[_], [cell]] = list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", MILD)
def test_mild_text_stays_as_it_is(text: str) -> None:
    raw = render_excel_csv(["a", "b"], [[text, "x"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))[1] == [text, "x"]


def test_a_workbook_holds_texts_alone() -> None:
    rows = [[text, "x"] for text in (*DANGEROUS, *MILD)]
    with zipfile.ZipFile(io.BytesIO(render_xlsx(["a", "b"], rows, "Register"))) as book:
        names = book.namelist()
        sheet = lxml.etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = lxml.etree.fromstring(book.read("xl/sharedStrings.xml"))
    assert not [name for name in names if "externalLink" in name or "vba" in name.lower()]
    assert not sheet.xpath("//*[local-name()='f' or local-name()='hyperlink']")
    assert {cell.get("t") for cell in sheet.xpath("//*[local-name()='c'][*]")} == {"s"}
    kept = {"".join(one.itertext()) for one in texts}
    assert {text for text in DANGEROUS if "\r" not in text} <= kept


def test_an_empty_register_is_a_workbook_too() -> None:
    assert render_xlsx(["a"], [], "x" * 40)[:2] == b"PK"
