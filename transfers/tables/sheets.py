"""Sheets read whole: records whose headings stand anywhere, forms, and the cells that were merged."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from country_reports.records import Plain
from transfers.tables.reading import csv_lines, open_workbook, read_table, refusal, refuse_bombs, shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_SHEETS_UNPACKED = 16 * 2**20
"""Bytes that a workbook may unpack to where its sheets are read whole."""
MAX_MERGED = 100_000
"""Cells that may be merged into others in the whole workbook."""
MAX_REACH = 2_000_000
"""Cells between the first and the last of a sheet that is read whole, empty ones included."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a cell, and where: ``Sheet 1!B7``, or ``B7`` in a file without sheets."""

    text: str
    where: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that the sheet shows as one."""

    name: str
    lines: range
    columns: range


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands: its cells that hold something, line by line, and the cells that were merged."""

    name: str
    lines: tuple[tuple[Said, ...], ...]
    merged: tuple[Merged, ...] = ()


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of a file whose headings may stand anywhere; a CSV or JSON file is one sheet without a name.

    A formula stands as it is written, with its equals sign: no result is taken for a value.

    Raises:
        BadRecord: the file is missing, of another kind, not whole, or larger than a sheet that is read whole may be.
        MissingExtra: XLSX without openpyxl.
    """
    if path.is_file() and path.stat().st_size > MAX_SHEETS_UNPACKED:
        raise refusal(path, None, f"the file is larger than {MAX_SHEETS_UNPACKED // 2**20} MiB; no record is")
    if path.suffix.casefold() == ".xlsx" and path.is_file():
        return _whole_sheets(path)
    if path.suffix.casefold() == ".csv" and path.is_file():
        return (_sheet("", ((number, cells) for number, (_, cells) in enumerate(csv_lines(path), 1))),)
    if path.suffix.casefold() == ".ods":
        raise refusal(path, None, "an ODS file is not read; save it as XLSX (or as CSV UTF-8) and give that")
    rows = list(read_table(path))
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    table = [(row.number + 1, [_as_text(row.cells.get(name)) for name in names]) for row in rows]
    return (_sheet("", ((1, names), *table)),)


def _whole_sheets(path: Path) -> tuple[Sheet, ...]:
    refuse_bombs(path, MAX_SHEETS_UNPACKED, "XLSX workbook")
    _refuse_wide_merges(path)
    book = open_workbook(path, MAX_SHEETS_UNPACKED, streamed=False)
    return tuple(_whole_sheet(path, sheet) for sheet in book.worksheets)


def _whole_sheet(path: Path, sheet: Worksheet) -> Sheet:
    if sheet.max_row * sheet.max_column > MAX_REACH:
        reach = f"the sheet {sheet.title!r} reaches to line {sheet.max_row}, column {sheet.max_column}"
        raise refusal(path, None, f"{reach}; delete what lies outside the record")
    lines = ((number, [shown(cell) for cell in cells]) for number, cells in enumerate(sheet.iter_rows(), 1))
    merged = tuple(
        Merged(str(one.coord), range(one.min_row, one.max_row + 1), range(one.min_col, one.max_col + 1))
        for one in sheet.merged_cells.ranges
    )
    return _sheet(sheet.title, lines, merged)


def _sheet(name: str, lines: Iterable[tuple[int, list[str]]], merged: tuple[Merged, ...] = ()) -> Sheet:
    before = f"{name}!" if name else ""
    said = (
        tuple(
            Said(text.strip(), f"{before}{_letters(column)}{number}", number, column)
            for column, text in enumerate(cells, 1)
            if text.strip()
        )
        for number, cells in lines
    )
    return Sheet(name, tuple(line for line in said if line), merged)


def _letters(column: int) -> str:
    """What a spreadsheet calls its nth column: A, B, ... Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _as_text(value: Plain) -> str:
    if isinstance(value, list):
        return "; ".join(_as_text(one) for one in value)
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value]
    return "" if value is None else str(value)


def _refuse_wide_merges(path: Path) -> None:
    """Merged cells are made one by one as a workbook is opened: a few letters that merge a whole sheet would fill the memory."""
    from xml.etree import ElementTree

    cells = 0
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if not name.casefold().endswith(".xml"):
                continue
            try:
                with packed.open(name) as part:
                    for _, element in ElementTree.iterparse(part):
                        if element.tag.rpartition("}")[2] == "mergeCell":
                            cells += _area(element.get("ref", ""))
                        element.clear()
            except ElementTree.ParseError as error:
                raise refusal(path, None, f"no XLSX workbook that can be read: {name}: {error}") from None
    if cells > MAX_MERGED:
        raise refusal(path, None, f"{cells} cells are merged; split them, since each row needs its own values")


def _area(reference: str) -> int:
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?", reference)
    if found is None or found[3] is None:
        return 1
    return (abs(_number(found[3]) - _number(found[1])) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _number(letters: str) -> int:
    """The place of a column that a spreadsheet calls by letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
