"""Tables that people send: rows of a CSV, XLSX or JSON file, each with the place it came from.

No cell is trusted: a formula is refused where it stands, and a file that unpacks to more than it should is not opened.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from country_reports.records import BadRecord, Plain, Problem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 512 * 2**20
"""Bytes that an XLSX file may unpack to."""
MAX_RATIO = 200
"""How much smaller than its content a packed part may be; real sheets stay far below."""
MAX_CELL = 32_767
"""Characters of a cell, as in the common spreadsheets."""


MAX_COLUMNS = 16_384
"""Columns of a table, as in the common spreadsheets."""
MAX_FIELD = 64 * 2**20
"""Characters after which a cell of a CSV file is taken for one whose quote was never closed."""
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
"""What a spreadsheet shows where a formula failed."""

MAX_SHEETS_UNPACKED = 16 * 2**20
"""Bytes that a workbook may unpack to where its sheets are read whole."""
MAX_REACH = 2_000_000
"""Cells between the first and the last of a sheet that is read whole, empty ones included."""


class MissingExtra(RuntimeError):
    """A library that an optional part needs is not installed; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the heading is 1), its cells by column, and what is wrong with it, if anything."""

    number: int
    cells: dict[str, Plain]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as it stands; ``fault`` says what is wrong with it as a whole, if anything."""

    number: int
    cells: list[str]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a table, blank where a column has none, and its lines, read as they are asked for. Empty ones are left out."""

    headings: tuple[str, ...]
    lines: Iterator[Line]


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
        raise _bad(path, None, f"the file is larger than {MAX_SHEETS_UNPACKED // 2**20} MiB; no record is")
    if path.suffix.casefold() == ".xlsx" and path.is_file():
        return _whole_sheets(path)
    if path.suffix.casefold() == ".csv" and path.is_file():
        return (_sheet("", ((number, cells) for number, (_, cells) in enumerate(_csv_lines(path), 1))),)
    if path.suffix.casefold() == ".ods":
        raise _bad(path, None, "an ODS file is not read; save it as XLSX (or as CSV UTF-8) and give that")
    rows = list(read_table(path))
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    table = [(row.number + 1, [_as_text(row.cells.get(name)) for name in names]) for row in rows]
    return (_sheet("", ((1, names), *table)),)


def read_table(path: Path, sheet: str | None = None) -> Iterator[Row]:
    """Every row of a file, in order.

    Raises:
        BadRecord: the file is missing, of another kind, or not whole; a cell that is wrong is told with its row instead.
        MissingExtra: XLSX without openpyxl.
    """
    suffix = path.suffix.casefold()
    if not path.is_file():
        raise _bad(path, None, "there is no such file")
    if suffix not in (".csv", ".json", ".xlsx"):
        raise _bad(path, None, f"{suffix or 'a file without an ending'} is not read; give .csv, .xlsx or .json")
    if suffix == ".json":
        return _json(path)
    table = open_table(path, sheet)
    return (_row(path, line, table.headings) for line in table.lines)


def open_table(path: Path, sheet: str | None = None) -> Table:
    """A CSV or XLSX file as it stands, line by line.

    Raises:
        BadRecord: as ``read_table``; while lines are read, too, where the file turns out not to be whole.
        MissingExtra: XLSX without openpyxl.
    """
    return _xlsx(path, sheet) if path.suffix.casefold() == ".xlsx" else _csv(path)


def fault_of(text: str) -> str | None:
    """Why the text of a cell is not taken for a value, if it is not."""
    if text.startswith("="):
        return f"a formula ({text[:30]!r}); give the value"
    if len(text) > MAX_CELL:
        return f"{len(text)} characters; a cell has at most {MAX_CELL}"
    return f"the spreadsheet shows an error here ({text}); give the value" if text in ERRORS else None


def write_table(rows: list[dict[str, str]], form: str, output: Path | None) -> None:
    """Write rows as CSV, JSON or XLSX, whole or not at all; without a file to the terminal. No cell can start a formula.

    Raises:
        MissingExtra: XLSX without openpyxl.
    """
    import io

    from transfers.documents.writing import write_whole

    columns = list(dict.fromkeys(name for row in rows for name in row))
    if form == "xlsx":
        assert output is not None
        _write_xlsx(rows, columns, output)
        return
    text = io.StringIO()
    if form == "json":
        json.dump(rows, text, indent=2, ensure_ascii=False)
        text.write("\n")
    else:
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: disarmed(value) for name, value in row.items()} for row in rows)
    if output is None:
        print(text.getvalue(), end="")
    else:
        write_whole(output, text.getvalue())


def disarmed(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _write_xlsx(rows: list[dict[str, str]], columns: list[str], output: Path) -> None:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("writing XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("importers")
    sheet.append(columns)
    for row in rows:
        sheet.append([disarmed(row.get(name, "")) for name in columns])
    beside = output.with_name(f".{output.name}.tmp")
    book.save(beside)
    beside.replace(output)


def _csv(path: Path) -> Table:
    lines = _csv_lines(path)
    _, heading = next(lines, (1, []))
    names = _headings(path, [name.strip() for name in heading])
    return Table(names, (_line(number, cells, len(names)) for number, cells in lines if any(map(str.strip, cells))))


def _line(number: int, cells: list[str], columns: int) -> Line:
    """A line that is ragged cannot be trusted: nobody knows which cell is missing."""
    if len(cells) < columns:
        return Line(number, cells, f"it has {len(cells)} cells, but the first line has {columns} columns")
    return _not_too_long(Line(number, cells), columns)


def _not_too_long(line: Line, columns: int) -> Line:
    if any(cell.strip() for cell in line.cells[columns:]):
        return Line(line.number, line.cells, "it has more cells than the first line has columns")
    return line


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every record of the file, with the line on which it ends."""
    csv.field_size_limit(MAX_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.read(65_536)
            file.seek(0)
            lines = csv.reader(file, delimiter=delimiter_of(sample), strict=True)
            for cells in lines:
                yield lines.line_num, list(cells)
    except UnicodeDecodeError:
        raise _bad(path, _line_not_in_utf8(path), "no UTF-8 text; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise _bad(path, None, f"not a whole CSV file: {error}") from None


def _line_not_in_utf8(path: Path) -> int | None:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def delimiter_of(sample: str) -> str:
    """Comma, semicolon or tab: whichever the first line has most of."""
    first = sample.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _json(path: Path) -> Iterator[Row]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _bad(path, getattr(error, "lineno", None), f"no JSON: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(path, None, "a list of objects is expected: [{...}, {...}]")
    for number, row in enumerate(rows, 1):
        yield Row(number, row)


def _whole_sheets(path: Path) -> tuple[Sheet, ...]:
    book = _workbook(path, MAX_SHEETS_UNPACKED, streamed=False)
    return tuple(_whole_sheet(path, sheet) for sheet in book.worksheets)


def _whole_sheet(path: Path, sheet: Worksheet) -> Sheet:
    if sheet.max_row * sheet.max_column > MAX_REACH:
        reach = f"the sheet {sheet.title!r} reaches to line {sheet.max_row}, column {sheet.max_column}"
        raise _bad(path, None, f"{reach}; delete what lies outside the record")
    lines = ((number, [_value(cell) for cell in cells]) for number, cells in enumerate(sheet.iter_rows(), 1))
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


def _workbook(path: Path, most: int, streamed: bool) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra("reading XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    _refuse_bombs(path, most)
    try:
        return load_workbook(path, read_only=streamed, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl tells damage in many ways
        raise _bad(path, None, f"no XLSX workbook that can be read: {error}") from None


def _xlsx(path: Path, sheet: str | None) -> Table:
    book = _workbook(path, MAX_UNPACKED, streamed=True)
    if sheet is not None and sheet not in book.sheetnames:
        raise _bad(path, None, f"no sheet is called {sheet!r}; there are: {', '.join(book.sheetnames)}")
    chosen: Any = book[sheet] if sheet is not None else book.worksheets[0]
    chosen.reset_dimensions()  # what a sheet says of its size is not to be trusted
    lines = chosen.iter_rows()
    names = _headings(path, [_value(cell).strip() for cell in next(lines, ())])
    return Table(names, _xlsx_lines(path, lines, len(names)))


def _xlsx_lines(path: Path, lines: Iterator[tuple[Cell, ...]], columns: int) -> Iterator[Line]:
    """Lines are as long as what stands in them."""
    try:
        for number, cells in enumerate(lines, 2):
            if any(cell.value is not None for cell in cells):
                texts = [_value(cell) for cell in cells]
                yield _not_too_long(Line(number, texts + [""] * (columns - len(texts))), columns)
    except (zipfile.BadZipFile, SyntaxError, ValueError, KeyError, EOFError) as error:
        raise _bad(path, None, f"the workbook is damaged: {error}") from None


def _value(cell: Cell | MergedCell) -> str:
    """What a person sees in the cell; a formula as it is written, so that it is refused."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) else f"={getattr(value, 'text', None) or ''}".replace("==", "=")
    if hasattr(value, "date") and callable(value.date):
        return str(value.date().isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _refuse_bombs(path: Path, most: int) -> None:
    """A workbook is a packed folder: one that unpacks to far more than a table could be is not opened."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise _bad(path, None, "no XLSX workbook: it is not a packed folder") from None
    total = sum(part.file_size for part in parts)
    dense = [part.filename for part in parts if part.compress_size and part.file_size / part.compress_size > MAX_RATIO]
    if total > most or (dense and total > 64 * 2**20):
        raise _bad(path, None, f"it would unpack to {total // 2**20} MiB; no table of ours is that large")


def _headings(path: Path, names: list[str]) -> tuple[str, ...]:
    """Every column has a name of its own; empty ones at the end are left."""
    while names and not names[-1]:
        names.pop()
    if not names:
        raise _bad(path, 1, "the first line must name the columns")
    if len(names) > MAX_COLUMNS:
        raise _bad(path, 1, f"{len(names)} columns; a table has at most {MAX_COLUMNS}")
    twice = sorted(name for name, count in Counter(names).items() if name and count > 1)
    if twice:
        raise _bad(path, 1, f"two columns are called {', '.join(twice)}")
    return tuple(names)


def _row(path: Path, line: Line, names: tuple[str, ...]) -> Row:
    problems = [] if line.fault is None else [Problem(str(path), line.number, "", line.fault)]
    problems += _cell_problems(path, line, names)
    cells = {name: cell.strip() for name, cell in zip(names, line.cells, strict=False) if name and cell.strip()}
    return Row(line.number, dict(cells), tuple(problems))


def _cell_problems(path: Path, line: Line, names: tuple[str, ...]) -> Iterator[Problem]:
    for name, cell in zip(names, line.cells, strict=False):
        fault = fault_of(cell)
        if fault is not None:
            yield Problem(str(path), line.number, name, fault)


def _bad(path: Path, line: int | None, message: str) -> BadRecord:
    return BadRecord([Problem(str(path), line, "", message)])
