"""A table as a file: CSV as the standard has it, CSV for a spreadsheet, XLSX. What people typed is never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

Rows = Sequence[Sequence[str]]
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full width ones too
WIDEST: Final = 60  # characters of a column


def render_csv(header: Sequence[str], rows: Rows) -> bytes:
    """RFC 4180, UTF-8: every text exactly as it is, to be read back."""
    return _written(header, rows, ",").encode()


def render_excel_csv(header: Sequence[str], rows: Rows) -> bytes:
    """For who opens it with a double click: a byte order mark, semicolons, an apostrophe before a formula."""
    safe = [[_neutral(cell) for cell in row] for row in rows]
    return _written([_neutral(cell) for cell in header], safe, ";").encode("utf-8-sig")


def render_xlsx(header: Sequence[str], rows: Rows, sheet: str) -> bytes:
    """A workbook of texts alone; a header row that stays in sight, columns as wide as they need."""
    raw = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(raw, options) as book:
        page, bold = book.add_worksheet(sheet[:31]), book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, title in enumerate(header):
            page.write_string(0, column, title, bold)
            widest = max([len(title), *(len(row[column]) for row in rows)])
            page.set_column(column, column, min(widest, WIDEST) + 2)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, wrap)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
    return raw.getvalue()


def _written(header: Sequence[str], rows: Rows, separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
