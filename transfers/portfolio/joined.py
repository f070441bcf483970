"""Rows joined with their answers and written, a batch at a time: answers are numbers until the last moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from transfers.portfolio.bytewise import Texts
from transfers.portfolio.results import RESULTS, Decision, Verdict
from transfers.portfolio.sheets import arrow, csv_cell, parquet_writer

GROUP = 2**18
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
    """Writes batches with their answers; ``texts`` gives the columns as cells, where they are wanted so. A file let go of is not whole."""

    def add(self, batch: Any, texts: Callable[[], Sequence[Texts]], numbers: Any, good: Any) -> None: ...

    def close(self) -> None: ...

    def let_go(self) -> None: ...


@contextmanager
def group_writer(path: Path, form: str, joined: Joined, headings: Sequence[str], own: Any | None) -> Iterator[Writer]:
    """A file of results; whole once the block is left without an error. ``own`` is the schema of a table of Parquet, None of CSV."""
    with ThreadPoolExecutor(1) as thread:
        beside = _Beside(thread)
        writer: Writer = (
            _Csv(path, joined, headings, beside) if form == "csv" else _Parquet(path, joined, headings, own, beside)
        )
        try:
            yield writer
            writer.close()
        except BaseException:
            thread.shutdown()
            with suppress(Exception):  # what went wrong first is what is told
                writer.let_go()
            raise


class _Beside:
    """Writes while the next rows are read: one thing after the other, and no more than one ahead."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._last: Future[None] | None = None

    def do(self, work: Callable[..., None], *arguments: object) -> None:
        self.wait()
        self._last = self._thread.submit(work, *arguments)

    def wait(self) -> None:
        """Until it is done. Errors of the writing come up here."""
        if self._last is not None:
            self._last.result()


class _Csv:
    def __init__(self, path: Path, joined: Joined, headings: Sequence[str], beside: _Beside) -> None:
        self._file = path.open("wb")
        self._file.write((",".join(map(csv_cell, (*headings, *RESULTS))) + "\n").encode())
        self._lines = joined.lines()
        self._beside = beside

    def add(self, batch: Any, texts: Callable[[], Sequence[Texts]], numbers: Any, good: Any) -> None:
        every = good.all()
        kept = [one.csv if every else one.csv.filter(arrow().array(good)) for one in texts()]
        self._beside.do(self._write, kept, numbers if every else numbers[good])

    def close(self) -> None:
        self._beside.wait()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def let_go(self) -> None:
        self._file.close()

    def _write(self, kept: Sequence[Any], numbers: Any) -> None:
        from pyarrow import compute

        whole = compute.binary_join_element_wise(*kept, self._lines.take(arrow().array(numbers)), ",")
        for chunk in whole.chunks if hasattr(whole, "chunks") else [whole]:
            self._file.write(Texts(chunk).data)


class _Parquet:
    """Columns of Parquet stay as they are; those of CSV are texts under their headings. A group is written while the next is read."""

    def __init__(self, path: Path, joined: Joined, headings: Sequence[str], own: Any | None, beside: _Beside) -> None:
        self._path = path
        self._columns = joined.columns()
        self._headings = headings
        self._own = own
        self._beside = beside
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
        if self._own is None:
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
        self._beside.wait()
        self._writer.close()

    def let_go(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def _write(self) -> None:
        pyarrow = arrow()
        if self._tables:
            table = pyarrow.concat_tables(self._tables).unify_dictionaries()
            self._open(table.schema)
            self._beside.do(self._writer.write_table, table, max(self._rows, 1))
        else:
            names = [*self._headings, *RESULTS]
            self._open(pyarrow.schema([(name, pyarrow.string()) for name in names]))
        self._tables, self._rows = [], 0

    def _open(self, schema: Any) -> None:
        if self._writer is None:
            types = {one.name: one.type for one in self._own or ()}
            told = [one.with_type(types.get(one.name, one.type)) for one in schema]
            self._writer = parquet_writer(self._path, schema, arrow().schema(told))
