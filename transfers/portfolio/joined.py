"""Rows joined with their answers and written, a batch at a time: answers are numbers until the last moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from transfers.portfolio.bytewise import Texts
from transfers.portfolio.results import RESULTS, Decision, Verdict
from transfers.portfolio.sheets import arrow, csv_cell, parquet_writer

GROUP = 2**19
"""Rows of a Parquet file that are written together; each group repeats the texts of the answers once."""


class Joined:
    """The answers by number, column by column; the cells of a refused key are blank and are never shown."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self._cells = [one.cells if isinstance(one, Decision) else ("",) * len(RESULTS) for one in verdicts]

    def columns(self) -> list[tuple[Any, Any]]:
        """For each column the number of its text for each answer, and the distinct texts."""
        import numpy

        pyarrow, found = arrow(), []
        for column in zip(*self._cells, strict=True) if self._cells else ((),) * len(RESULTS):
            texts: dict[str, int] = {}
            numbers = [texts.setdefault(text, len(texts)) for text in column]
            found.append((numpy.array(numbers, numpy.int32), pyarrow.array(list(texts), pyarrow.string())))
        return found

    def lines(self) -> Any:
        """For each answer the end of a line of CSV."""
        ends = [",".join(map(csv_cell, cells)) + "\n" for cells in self._cells]
        return arrow().array(ends, arrow().string())


class Writer(Protocol):
    """Writes batches with their answers; ``texts`` gives the columns as cells, where they are wanted so."""

    def add(self, batch: Any, texts: Callable[[], Sequence[Texts]], numbers: Any, good: Any) -> None: ...

    def close(self) -> None: ...


@contextmanager
def group_writer(path: Path, form: str, joined: Joined, headings: Sequence[str], source: Path) -> Iterator[Writer]:
    """A file of results; whole once the block is left without an error."""
    of_csv = source.suffix.casefold() == ".csv"
    writer: Writer = _Csv(path, joined, headings) if form == "csv" else _Parquet(path, joined, headings, of_csv)
    yield writer
    writer.close()


class _Csv:
    def __init__(self, path: Path, joined: Joined, headings: Sequence[str]) -> None:
        self._file = path.open("wb")
        self._file.write((",".join(map(csv_cell, (*headings, *RESULTS))) + "\n").encode())
        self._lines = joined.lines()

    def add(self, batch: Any, texts: Callable[[], Sequence[Texts]], numbers: Any, good: Any) -> None:
        from pyarrow import compute

        every = good.all()
        kept = [one.csv if every else one.csv.filter(arrow().array(good)) for one in texts()]
        ends = self._lines.take(arrow().array(numbers if every else numbers[good]))
        whole = compute.binary_join_element_wise(*kept, ends, ",")
        for chunk in whole.chunks if hasattr(whole, "chunks") else [whole]:
            view = Texts(chunk).data
            self._file.write(view)

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class _Parquet:
    """Columns of Parquet stay as they are; those of CSV are texts under their headings."""

    def __init__(self, path: Path, joined: Joined, headings: Sequence[str], of_csv: bool) -> None:
        self._path = path
        self._columns = joined.columns()
        self._headings = headings
        self._of_csv = of_csv
        self._writer: Any = None
        self._tables: list[Any] = []
        self._rows = 0

    def add(self, batch: Any, texts: Callable[[], Sequence[Texts]], numbers: Any, good: Any) -> None:
        pyarrow = arrow()
        if not good.all():
            numbers = numbers[good]
            batch = batch.filter(pyarrow.array(good))
        names = [name for name in batch.schema.names if name not in RESULTS]
        kept = [batch.column(n) for n, name in enumerate(batch.schema.names) if name not in RESULTS]
        if self._of_csv:
            names = list(self._headings)
            kept = [one.column for one in texts()]
            kept = kept if good.all() else [one.filter(pyarrow.array(good)) for one in kept]
        answers = [
            pyarrow.DictionaryArray.from_arrays(pyarrow.array(of_text[numbers]), texts_)
            for of_text, texts_ in self._columns
        ]
        self._tables.append(pyarrow.Table.from_arrays([*kept, *answers], names=[*names, *RESULTS]))
        self._rows += len(numbers)
        if self._rows >= GROUP:
            self._write()

    def close(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        pyarrow = arrow()
        if self._tables:
            table = pyarrow.concat_tables(self._tables)
            if self._writer is None:
                self._writer = parquet_writer(self._path, table.schema)
            self._writer.write_table(table, row_group_size=max(self._rows, 1))
        elif self._writer is None:
            names = [*self._headings, *RESULTS]
            self._writer = parquet_writer(self._path, pyarrow.schema([(name, pyarrow.string()) for name in names]))
        self._tables, self._rows = [], 0
