"""The columnar engine: CSV and Parquet through pyarrow, batch by batch, each row a number that stands for its key.

It reads what is plain. A CSV file with anything odd in it, be it a ragged line or a line break in a cell, is left to the
row by row engine, which says of every row what is wrong with it; so there is one place that refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from transfers.portfolio.bytewise import Texts, hashes_of
from transfers.portfolio.cells import as_text, flat_columns, headings_of, keys_of, open_parquet
from transfers.portfolio.columns import NUMBERS, Columns, columns_of
from transfers.portfolio.joined import Joined, group_writer
from transfers.portfolio.results import Refusal, Trouble, Verdict
from transfers.portfolio.rows import Met, RejectedFile, Seen, Survey, Tally, repeated
from transfers.portfolio.sheets import arrow
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.reading import delimiter_of, open_table

BLOCK = 8 * 2**20
"""Bytes of a CSV file that are parsed at a time; a line must fit."""
BATCH = 65_536
"""Rows of a Parquet file that are held at a time."""


class NotPlain(Exception):
    """The file has something in it that only the row by row engine reads."""


class ColumnarEngine:
    """Reads a table twice: once for its keys, once to join what was found for them."""

    def __init__(self, path: Path, mapping: TableMapping, folder: Path) -> None:
        self._path = path
        self._numbers = folder / "numbers.bin"
        self._arrow = arrow()
        self._of_csv = path.suffix.casefold() == ".csv"
        names = open_table(path).headings if self._of_csv else headings_of(path)
        self.form: Columns = columns_of(names, mapping, path)
        self.headings = tuple(self.form.headings[n] for n in self.form.kept)
        self._places = {name: n for n, name in enumerate(self.form.headings)}
        self._hashes: Any = None
        self._keys: tuple[str, ...] = ()

    def survey(self, seen: Seen, met: Met) -> Survey:
        """Every distinct key, told to ``met`` as soon as it is; the number of each row's key is kept beside.

        Raises:
            NotPlain: the row by row engine must read the file.
        """
        import numpy

        numbers: dict[str, int] = {}
        hashes = numpy.empty(self._most_rows(), numpy.uint64)
        rows = 0
        with self._numbers.open("wb") as file:
            for batch in self._batches(self._deciding()):
                texts = self._texts(batch)
                codes, keys = self._keys_of(texts, batch.num_rows)
                met([key for key in keys if key not in numbers])
                known = numpy.array([numbers.setdefault(key, len(numbers)) for key in keys], numpy.int32)
                known[codes].tofile(file)
                found = hashes_of(self._ids(texts))
                if rows + len(found) > len(hashes):
                    raise NotPlain
                hashes[rows : rows + len(found)] = found
                rows += batch.num_rows
                seen(rows)
        if self._of_csv and rows != len(hashes):
            raise NotPlain
        hashes.sort()
        self._hashes = hashes[1:][hashes[1:] == hashes[:-1]].copy()
        self._keys = tuple(numbers)
        return Survey(rows, self._keys)

    def write(
        self, verdicts: Mapping[str, Verdict], path: Path, form: str, rejected: RejectedFile, seen: Seen
    ) -> Tally:
        """Every row with its answer, or among the rejected.

        Raises:
            NotPlain: the row by row engine must read the file.
        """
        import numpy

        found = [verdicts[key] for key in self._keys]
        refused = numpy.array([isinstance(one, Refusal) for one in found], bool)
        joined = Joined(found)
        counts = numpy.zeros(len(found), numpy.int64)
        tally, taken, firsts = Tally(), dict[str, int](), dict[int, dict[str, str]]()
        rows = 0
        own = None if self._of_csv else open_parquet(self._path).schema_arrow
        with group_writer(path, form, joined, self.headings, own) as writer, self._numbers.open("rb") as file:
            for batch in self._batches():
                texts = self._texts(batch)
                numbers = numpy.fromfile(file, numpy.int32, batch.num_rows)
                looked_at = refused[numbers] | self._doubtful(texts) | self._perhaps_twice(texts)
                good = numpy.ones(batch.num_rows, bool)
                for n in numpy.flatnonzero(looked_at).tolist():
                    troubles = self._troubles(texts, n, found[numbers[n]], rows + n, taken)
                    if troubles:
                        good[n] = False
                        rejected.add(self._row(rows + n), self._id(texts, n), troubles)
                tally.rejected += int(batch.num_rows - good.sum())
                new = numpy.flatnonzero(good & (counts[numbers] == 0))
                _, places = numpy.unique(numbers[new], return_index=True)
                for place in numpy.sort(places).tolist():
                    firsts[int(numbers[new[place]])] = self._free(texts, int(new[place]))
                counts += numpy.bincount(numbers[good], minlength=len(found))
                writer.add(batch, lambda texts=texts: [texts[n] for n in self.form.kept], numbers, good)  # type: ignore[misc]
                rows += batch.num_rows
                seen(rows)
        self._numbers.unlink()
        tally.assessed = int(counts.sum())
        for number, free in firsts.items():
            tally.add(self._keys[number], int(counts[number]), free)
        return tally

    def _deciding(self) -> list[str] | None:
        """The columns of a Parquet file that the first pass needs; all of a CSV file are parsed anyway."""
        if self._of_csv:
            return None
        wanted = [self.form.headings[n] for n in (*self.form.key, self.form.free["id"])]
        names = open_parquet(self._path).schema_arrow.names
        return [name for name in names if any(one == name or one.startswith(f"{name}.") for one in wanted)]

    def _words(self) -> list[str]:
        """Columns of the key that are plain texts."""
        schema, keys = open_parquet(self._path).schema_arrow, {self.form.headings[n] for n in self.form.key}
        return [one.name for one in schema if one.name in keys and str(one.type) in ("string", "large_string")]

    def _batches(self, columns: list[str] | None = None) -> Iterator[Any]:
        if not self._of_csv:
            yield from open_parquet(self._path, self._words()).iter_batches(batch_size=BATCH, columns=columns)
            return
        from pyarrow import csv

        names = [f"column {n}" for n in range(len(self.form.headings))]
        with self._path.open("rb") as file:
            delimiter = delimiter_of(file.read(65_536).decode("utf-8-sig", "replace"))
        try:
            yield from csv.open_csv(
                self._path,
                csv.ReadOptions(column_names=names, skip_rows=1, block_size=BLOCK),
                csv.ParseOptions(delimiter=delimiter),
                csv.ConvertOptions(column_types=dict.fromkeys(names, self._arrow.string()), null_values=[]),
            )
        except (self._arrow.ArrowInvalid, UnicodeDecodeError):
            raise NotPlain from None

    def _texts(self, batch: Any) -> _AsTexts:
        """The columns of a batch by where they stand among all headings."""
        columns = flat_columns(batch)
        if self._of_csv:
            return _AsTexts(enumerate(columns))
        return _AsTexts((self._places[name], (name, column)) for name, column in columns)

    def _keys_of(self, texts: _AsTexts, rows: int) -> tuple[Any, list[str]]:
        """For each row the number of its key among those of this batch."""
        return keys_of([texts.columns[n] for n in self.form.key], rows)

    def _ids(self, texts: _AsTexts) -> Texts:
        """Ids as they are compared. A line that is empty but for its separators is no row: the other engine knows that."""
        ids = texts[self.form.free["id"]]
        if ids.are_ids:
            return ids
        stripped = [text.strip() for text in ids.column.to_pylist()]
        for n, text in enumerate(stripped):
            if not text and self._of_csv and not any(map(str.strip, texts.cells(n).values())):
                raise NotPlain
        return Texts(self._arrow.array(stripped, self._arrow.string()))

    def _doubtful(self, texts: _AsTexts) -> Any:
        """Rows whose cells that decide nothing are not right at sight."""
        free = self.form.free
        doubts = texts[free["id"]].no_ids
        for name, n in free.items():
            if self.form.is_reworded(name):
                doubts = doubts | ~texts[n].blank
            elif name != "id":
                doubts = doubts | (texts[n].no_numbers if name in NUMBERS else texts[n].no_words)
        if "data.volume.period" in free:
            people = texts[free["data.volume.people"]].blank if "data.volume.people" in free else True
            doubts = doubts | (~texts[free["data.volume.period"]].blank & people)
        return doubts

    def _perhaps_twice(self, texts: _AsTexts) -> Any:
        import numpy

        if not len(self._hashes):
            return False
        return numpy.isin(hashes_of(self._ids(texts)), self._hashes)

    def _troubles(self, texts: _AsTexts, n: int, verdict: Verdict, row: int, taken: dict[str, int]) -> list[Trouble]:
        free = self._free(texts, n)
        troubles = [*verdict.troubles] if isinstance(verdict, Refusal) else []
        troubles += self.form.troubles_of_free(free)
        return troubles or repeated(self.form, free.get("id", ""), self._row(row), taken)

    def _free(self, texts: _AsTexts, n: int) -> dict[str, str]:
        """The cells of one row that decide nothing, by field."""
        return self.form.free_said(
            {name: str(texts[place].column[n].as_py()) for name, place in self.form.free.items()}
        )

    def _row(self, place: int) -> int:
        """The line of a CSV file, or the number of a row of Parquet."""
        return place + 2 if self._of_csv else place + 1

    def _id(self, texts: _AsTexts, n: int) -> str:
        return str(texts[self.form.free["id"]].column[n].as_py()).strip()

    def _most_rows(self) -> int:
        """Lines of a CSV file but for the first: if there turn out to be fewer rows, some cell has a line break."""
        if not self._of_csv:
            return int(open_parquet(self._path).metadata.num_rows)
        lines, last = 0, b"\n"
        with self._path.open("rb") as file:
            while part := file.read(2**22):
                lines += part.count(b"\n")
                last = part[-1:]
        return max(lines + (last != b"\n") - 1, 0)


class _AsTexts(dict[int, Texts]):
    """Columns by their places, each made text when it is first looked at."""

    def __init__(self, columns: Iterable[tuple[int, tuple[str, Any]]]) -> None:
        super().__init__()
        self.columns = dict(columns)

    def __missing__(self, place: int) -> Texts:
        name, column = self.columns[place]
        self[place] = Texts(as_text(name, column))
        return self[place]

    def cells(self, n: int) -> dict[int, str]:
        """The cells of one row."""
        return {place: str(self[place].column[n].as_py()) for place in self.columns}
