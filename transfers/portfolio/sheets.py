"""Writing results row by row: CSV, XLSX and Parquet. The same rows give the same bytes."""

from __future__ import annotations

import base64
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from country_reports.records import BadRecord, Problem
from transfers.tables.reading import MOST_ROWS, MissingExtra, disarmed

GROUP = 100_000
"""Rows of a Parquet file that are held before they are written."""


class ResultsFile(Protocol):
    """A table that is being written."""

    def add(self, cells: Sequence[str]) -> None: ...

    def close(self) -> None: ...


def results_file(path: Path, form: str, headings: Sequence[str]) -> ResultsFile:
    """A new table with these headings.

    Raises:
        MissingExtra: the form needs a library that is not installed.
    """
    kinds: dict[str, Callable[[Path, Sequence[str]], ResultsFile]] = {
        "csv": CsvFile,
        "xlsx": XlsxFile,
        "parquet": ParquetFile,
    }
    return kinds[form](path, headings)


class CsvFile:
    """CSV in UTF-8 with commas, quoted only where a cell needs it."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self.add(headings)

    def add(self, cells: Sequence[str]) -> None:
        self._file.write(",".join(map(csv_cell, cells)) + "\n")

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


_SPECIAL = re.compile(r'[",\n\r]')


def csv_cell(text: str) -> str:
    """A cell as it stands in a CSV file, with nothing in it that a spreadsheet would run."""
    text = disarmed(text)
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


class XlsxFile:
    """A workbook of one sheet."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            raise MissingExtra("writing XLSX needs openpyxl: pip install 'transborder[tables]'") from None
        self._path = path
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("results")
        self._lines = 0
        self.add(headings)

    def add(self, cells: Sequence[str]) -> None:
        self._lines += 1
        if self._lines > MOST_ROWS:
            message = f"a sheet holds {MOST_ROWS - 1} results and no more; ask for --results csv or parquet"
            raise BadRecord([Problem("results.xlsx", None, "", message)])
        self._sheet.append([_printable(disarmed(text))[:_LONGEST] for text in cells])

    def close(self) -> None:
        beside = self._path.with_name(f"{self._path.name}.new")
        self._book.save(beside)
        _without_clock(beside, self._path)
        beside.unlink()


_LONGEST = 32_767


def _printable(text: str) -> str:
    """A sheet cannot hold most control characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)


def _without_clock(source: Path, target: Path) -> None:
    """The same workbook without the day and hour at which it was written."""
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(packed.namelist()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(name) as old, written.open(entry, "w", force_zip64=True) as new:
                if name == "docProps/core.xml":
                    new.write(re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", old.read()))
                else:
                    while part := old.read(2**20):
                        new.write(part)


class ParquetFile:
    """Parquet with a column of text for each heading."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._arrow = arrow()
        self._schema = self._arrow.schema([(name, self._arrow.string()) for name in headings])
        self._writer = parquet_writer(path, self._schema)
        self._rows: list[Sequence[str]] = []

    def add(self, cells: Sequence[str]) -> None:
        self._rows.append(cells)
        if len(self._rows) >= GROUP:
            self._write()

    def close(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        columns = [[text or None for text in column] for column in zip(*self._rows, strict=True)]
        if columns:
            self._writer.write_table(self._arrow.table(columns, schema=self._schema))
        self._rows = []


def arrow() -> Any:
    """pyarrow, for which there are no types.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow: pip install 'transborder[batch]'") from None
    return pyarrow


def parquet_writer(path: Path, schema: Any, told: Any = None) -> Any:
    """Writes Parquet as every batch does. Texts of results repeat: a dictionary may be larger than is usual.

    Readers are given the types of ``told``, where these are others than those in which the columns are held here.
    """
    from pyarrow.parquet import ParquetWriter

    own = told is None
    writer = ParquetWriter(path, schema, compression="zstd", dictionary_pagesize_limit=2**28, store_schema=own)
    if not own:
        writer.add_key_value_metadata({b"ARROW:schema": base64.b64encode(told.serialize())})
    return writer
