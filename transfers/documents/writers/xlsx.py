"""A document as a workbook: a sheet for each chapter, its tables below each other. No cell can start a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from transfers.documents.blocks import (
    Blank,
    Block,
    Bullets,
    Callout,
    Cite,
    Content,
    Document,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Table,
    runs_of,
)
from transfers.documents.lines import plain
from transfers.documents.packed import settled
from transfers.documents.saying import _, in_its_language, told
from transfers.tables.reading import MAX_CELL, MissingExtra, disarmed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH = 110
"""Characters that all columns of a sheet have together."""


@in_its_language
def as_xlsx(document: Document) -> bytes:
    """One file, the same bytes for the same document.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("writing XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet | None = None
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            sheet = book.create_sheet(_sheet_name(block.text, book.sheetnames))
            _begin(sheet, document)
        elif sheet is None:
            sheet = book.create_sheet(_sheet_name(document.title, book.sheetnames))
            _begin(sheet, document)
            _add(sheet, block)
        else:
            _add(sheet, block)
    day = document.day or date(1980, 1, 1)
    book.properties.creator = "transborder"
    book.properties.title = plain(document.title)
    book.properties.created = datetime(day.year, day.month, day.day)
    packed = io.BytesIO()
    book.save(packed)
    return settled(packed.getvalue(), day)


def _begin(sheet: Worksheet, document: Document) -> None:
    """What the sheet belongs to, should it be printed or copied alone."""
    for line in (document.house.marking, document.title, document.version):
        if line:
            sheet.append([_cell(line)])
    _print(sheet, plain(document.house.marking))


def _print(sheet: Worksheet, marking: str) -> None:
    """Across A4, marked and numbered."""
    from openpyxl.worksheet.header_footer import HeaderFooter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    running = HeaderFooter()
    assert running.oddHeader is not None
    assert running.oddFooter is not None
    if marking:
        running.oddHeader.center.text = marking.replace("&", "&&")
    page, of = _("Page"), _("of")
    running.oddFooter.center.text = f"{page} &P {of} &N"
    sheet.HeaderFooter = running


def _add(sheet: Worksheet, block: Block) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    first = sheet.max_row + 1
    rows = list(_rows(block))
    line = Side(style="thin", color="8A94A0")
    for number, row in enumerate(rows):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=isinstance(block, Table | Notes), vertical="top")
            if isinstance(block, Table | Notes):
                cell.border = Border(top=line, bottom=line, left=line, right=line)
            if isinstance(block, Heading | Callout) or (isinstance(block, Table | Notes) and number == 0):
                cell.font = Font(bold=True)
            if isinstance(block, Table | Notes) and number == 0:
                cell.fill = PatternFill("solid", fgColor="E8EDF3")
    if isinstance(block, Table | Notes):
        _lay_out(sheet, block, first, len(rows))


def _lay_out(sheet: Worksheet, block: Table | Notes, first: int, rows: int) -> None:
    """The first table of a sheet sets the widths, can be filtered, and keeps its headings in view."""
    from openpyxl.utils import get_column_letter

    if sheet.auto_filter.ref is not None:
        return
    weights = (block.weights or (1,) * len(block.headings)) if isinstance(block, Table) else (5, 70, 35)
    for number, weight in enumerate(weights, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, _WIDTH * weight / sum(weights) * 1.3)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(weights))}{first + rows - 1}"
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"


def _rows(block: Block) -> Iterator[list[str]]:
    match block:
        case Heading(_level, text):
            yield from ([], [_cell(text)])
        case Paragraph(text):
            yield [_cell(text)]
        case Bullets(items):
            yield from ([_cell(item)] for item in items)
        case Table(headings, rows):
            yield [_cell(heading) for heading in headings]
            yield from ([_cell(cell) for cell in row] for row in rows)
        case Callout(title, lines):
            yield from ([_cell(title)], *([_cell(line)] for line in lines))
        case Figure(_svg, alt, caption):
            yield [_cell(told(_("{name}: {value}"), name=caption, value=alt))]
        case Notes(items):
            yield [_("Number"), _("Source"), _("Address")]
            for number, note in enumerate(items, 1):
                yield [str(number), _cell(note.text), _cell(note.url or "")]


def _cell(content: Content) -> str:
    """Text as a cell has it: on one line, disarmed, no longer than a cell can be."""
    parts: list[str] = []
    for run in runs_of(content):
        match run:
            case Cite(number):
                parts.append(f" [{number}]")
            case Blank(_):
                pass
            case _:
                parts.append(run.text)
    return disarmed(plain("".join(parts)))[:MAX_CELL]


def _sheet_name(text: str, taken: list[str]) -> str:
    """A name that a workbook allows, unlike those before it."""
    name = re.sub(r"[\[\]:*?/\\']", " ", plain(text))[:28].strip() or "Sheet"
    number = sum(one.startswith(name) for one in taken)
    return f"{name} {number + 1}" if number else name
