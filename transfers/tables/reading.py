"""Tables that people send: rows of a CSV, XLSX or JSON file, each with the place it came from.

No cell is trusted: a formula is refused where it stands, and a file that unpacks to more than it should is not opened.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from country_reports.records import BadRecord, Plain, Problem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell

MAX_UNPACKED = 512 * 2**20
"""Bytes that an XLSX file may unpack to."""
MAX_RATIO = 200
"""How much smaller than its content a packed part may be; real sheets stay far below."""
MAX_CELL = 32_767
"""Characters of a cell, as in the common spreadsheets."""


MOST_ROWS = 1_048_576
"""Lines of a sheet, the headings included."""
MAX_COLUMNS = 16_384
"""Columns of a table, as in the common spreadsheets."""
MAX_FIELD = 64 * 2**20
"""Characters after which a cell of a CSV file is taken for one whose quote was never closed."""
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
"""What a spreadsheet shows where a formula failed."""


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


def read_table(path: Path, sheet: str | None = None) -> Iterator[Row]:
    """Every row of a file, in order.

    Raises:
        BadRecord: the file is missing, of another kind, or not whole; a cell that is wrong is told with its row instead.
        MissingExtra: XLSX without openpyxl.
    """
    suffix = path.suffix.casefold()
    if path.is_dir():
        raise refusal(path, None, "this is a folder; name a file in it")
    if not path.is_file():
        raise refusal(path, None, "there is no such file")
    if suffix not in (".csv", ".json", ".xlsx"):
        raise refusal(path, None, f"{suffix or 'a file without an ending'} is not read; give .csv, .xlsx or .json")
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

    from transfers.documents.writing import write_whole

    if form == "xlsx":
        assert output is not None
        write_workbook({"importers": rows}, output)
        return
    text = f"{json.dumps(rows, indent=2, ensure_ascii=False)}\n" if form == "json" else csv_text(rows)
    if output is None:
        print(text, end="")
    else:
        write_whole(output, text)


def csv_text(rows: list[dict[str, str]]) -> str:
    """Rows as CSV, with every column that one of them has. No cell can start a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: disarmed(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def disarmed(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_meant(cell: str) -> str:
    """The text that was disarmed for a cell."""
    return cell[1:] if cell[:1] == "'" and disarmed(cell[1:]) == cell else cell


def write_workbook(sheets: Mapping[str, list[dict[str, str]]], output: Path) -> None:
    """Write rows as an XLSX file with a sheet for each name, whole or not at all. No cell can start a formula.

    Raises:
        BadRecord: a sheet cannot hold so many.
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter
    except ImportError:
        raise MissingExtra("writing XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    from transfers.documents.writing import write_whole

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        if len(rows) >= MOST_ROWS:
            raise refusal(
                output, None, f"the sheet {name!r} would have {len(rows)} rows; one holds {MOST_ROWS - 1}: ask for csv"
            )
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _width(column, rows)
        sheet.append(columns)
        for row in rows:
            sheet.append([_cell(row.get(name, "")) for name in columns])
    packed = io.BytesIO()
    book.save(packed)
    write_whole(output, packed.getvalue())


def _width(column: str, rows: list[dict[str, str]]) -> int:
    """Letters that a column shows: as many as its first cells have, within reason."""
    return min(60, 2 + max(len(text) for text in (column, *(row.get(column, "") for row in rows[:100]))))


def _cell(text: str) -> str:
    """What a workbook can hold: no control characters, no more than a cell takes, and no formula."""
    plain = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    return disarmed(plain)[:MAX_CELL]


def _csv(path: Path) -> Table:
    lines = csv_lines(path)
    _, heading = next(lines, (1, []))
    names = headings_from(path, [name.strip() for name in heading])
    return Table(names, (_line(number, cells, len(names)) for number, cells in lines if any(map(str.strip, cells))))


def _line(number: int, cells: list[str], columns: int) -> Line:
    return Line(number, cells, ragged(cells, columns))


def ragged(cells: Sequence[str], columns: int) -> str | None:
    """What is wrong with a line that does not fit its columns: it cannot be trusted, since nobody knows which cell is missing."""
    if len(cells) < columns:
        return f"it has {len(cells)} cells, but the first line has {columns} columns"
    if any(cell.strip() for cell in cells[columns:]):
        return "it has more cells than the first line has columns"
    return None


def csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
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
        raise refusal(path, _line_not_in_utf8(path), "no UTF-8 text; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise refusal(path, None, f"not a whole CSV file: {error}") from None


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
    except json.JSONDecodeError as error:
        raise refusal(path, error.lineno, f"no JSON: {error.msg}") from None
    except UnicodeDecodeError:
        raise refusal(path, None, "no JSON: this is not text in UTF-8") from None
    except RecursionError:
        raise refusal(path, None, "no JSON that is read: it is nested too deep") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refusal(path, None, "a list of objects is expected: [{...}, {...}]")
    for number, row in enumerate(rows, 1):
        yield Row(number, row)


def open_workbook(path: Path, most: int, streamed: bool) -> Workbook:
    """A workbook that unpacks to no more than ``most`` bytes; ``streamed`` reads it row by row.

    Raises:
        BadRecord: it is none, or too large.
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra("reading XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    refuse_bombs(path, most, "XLSX workbook")
    try:
        return load_workbook(path, read_only=streamed, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl tells damage in many ways
        raise refusal(path, None, f"no XLSX workbook that can be read: {error}") from None


def _xlsx(path: Path, sheet: str | None) -> Table:
    book = open_workbook(path, MAX_UNPACKED, streamed=True)
    if sheet is not None and sheet not in book.sheetnames:
        raise refusal(path, None, f"no sheet is called {sheet!r}; there are: {', '.join(book.sheetnames)}")
    chosen: Any = book[sheet] if sheet is not None else book.worksheets[0]
    chosen.reset_dimensions()  # what a sheet says of its size is not to be trusted
    lines = chosen.iter_rows()
    names = headings_from(path, [shown(cell).strip() for cell in next(lines, ())])
    return Table(names, _xlsx_lines(path, lines, len(names)))


def _xlsx_lines(path: Path, lines: Iterator[tuple[Cell, ...]], columns: int) -> Iterator[Line]:
    """Lines are as long as what stands in them."""
    try:
        for number, cells in enumerate(lines, 2):
            if any(cell.value is not None for cell in cells):
                texts = [shown(cell) for cell in cells]
                yield _line(number, texts + [""] * (columns - len(texts)), columns)
    except (zipfile.BadZipFile, SyntaxError, ValueError, KeyError, EOFError) as error:
        raise refusal(path, None, f"the workbook is damaged: {error}") from None


def shown(cell: Cell | MergedCell) -> str:
    """What a person sees in the cell; a formula as it is written, so that it is refused."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return "=" + str(value if isinstance(value, str) else getattr(value, "text", "")).removeprefix("=")
    if hasattr(value, "date") and callable(value.date):
        return str(value.date().isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def refuse_bombs(path: Path, most: int, kind: str) -> None:
    """Office files are packed folders: one that unpacks to more than ``most`` bytes is not opened.

    Raises:
        BadRecord: it would, or it is no packed folder.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise refusal(
            path,
            None,
            f"no {kind}: it is not a packed folder, as the files of office programs are; save it anew from there",
        ) from None
    total = sum(part.file_size for part in parts)
    dense = [part.filename for part in parts if part.compress_size and part.file_size / part.compress_size > MAX_RATIO]
    if total > most or (dense and total > 64 * 2**20):
        raise refusal(path, None, f"it would unpack to {total // 2**20} MiB; no {kind} of ours is that large")


def headings_from(path: Path | str, names: list[str]) -> tuple[str, ...]:
    """The headings of a table: every column has a name of its own, and empty ones at the end are left.

    Raises:
        BadRecord: there are none, too many, or two of one name.
    """
    while names and not names[-1]:
        names.pop()
    if not names:
        raise refusal(path, 1, "the first line must name the columns")
    if len(names) > MAX_COLUMNS:
        raise refusal(path, 1, f"{len(names)} columns; a table has at most {MAX_COLUMNS}")
    twice = sorted(name for name, count in Counter(names).items() if name and count > 1)
    if twice:
        raise refusal(path, 1, f"two columns are called {', '.join(twice)}")
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


def refusal(path: Path | str, line: int | None, message: str) -> BadRecord:
    """The error that refuses a file as a whole."""
    return BadRecord([Problem(str(path), line, "", message)])
