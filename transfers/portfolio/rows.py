"""The row by row engine: every form that routes come in, with the standard library as far as it goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from country_reports.records import BadRecord, Plain, Problem, read_plain
from transfers.portfolio.columns import Columns, columns_of, is_free
from transfers.portfolio.nested import Nested
from transfers.portfolio.results import RESULTS, Decision, Refusal, Trouble, Verdict
from transfers.portfolio.sheets import CsvFile, ResultsFile
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.reading import Line, open_table

TABLES = (".csv", ".xlsx", ".parquet", ".jsonl", ".ndjson", ".yaml", ".yml")
"""Endings of the files that routes come in."""

OTHER_TABLES = (".xls", ".ods")
"""Endings of tables that are not read; who gives one is told what is."""

OF_FIELDS = (".jsonl", ".ndjson", ".yaml", ".yml")
"""Those of them whose rows have the fields of a route, and no columns."""

Seen = Callable[[int], None]
"""Is told how many rows have been read."""
Met = Callable[[Sequence[str]], None]
"""Is told of distinct keys, each once and as soon as it is met."""

EVERY = 1_000
"""Rows after which it is told."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a table holds: its rows, its distinct keys in the order of their first rows, and the columns that results repeat."""

    rows: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class Exemplar:
    """How many rows have a key, and the first of them."""

    rows: int
    free: dict[str, str]


@dataclass(slots=True)
class Tally:
    """What became of the rows."""

    assessed: int = 0
    rejected: int = 0
    exemplars: dict[str, Exemplar] = field(default_factory=dict)

    def add(self, key: str, rows: int, free: dict[str, str]) -> None:
        """Rows that were counted elsewhere."""
        self.exemplars[key] = Exemplar(rows, free)

    def count(self, key: str, free: Callable[[], dict[str, str]]) -> None:
        """One more row with this key."""
        self.assessed += 1
        known = self.exemplars.get(key)
        if known is None:
            self.exemplars[key] = Exemplar(1, free())
        else:
            known.rows += 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it came: ``cells`` as they stand in the results, ``troubles`` that it has whatever its key."""

    number: int
    key: str
    cells: list[str]
    free: dict[str, str]
    troubles: list[Trouble]

    @property
    def id(self) -> str:
        """As it stands there; blank where there is none."""
        return self.free.get("id", "")


class RejectedFile:
    """The rows that were not assessed, with one line for each thing that is wrong with them."""

    def __init__(self, path: Path) -> None:
        self._file = CsvFile(path, ("row", "id", "column", "problem"))

    def add(self, number: int, route: str, troubles: Sequence[Trouble]) -> None:
        for one in troubles:
            self._file.add((str(number), route[:200], one.column, one.message))

    def close(self) -> None:
        self._file.close()


def is_table(path: Path) -> bool:
    """Whether a file holds a list of routes; one in YAML may hold a single route instead."""
    suffix = path.suffix.casefold()
    if suffix not in (".yaml", ".yml") or path.is_dir():
        return suffix in (*TABLES, *OTHER_TABLES) and not path.is_dir()
    try:
        return isinstance(read_plain(path), list)
    except BadRecord:
        return False


def check_table(table: Path, mapping: Path | None) -> None:
    """Whether the file is one that routes come in, and the mapping, if there is one, has columns to lead.

    Raises:
        BadRecord: it is not.
    """
    suffix = table.suffix.casefold()
    if not table.is_file():
        raise BadRecord([Problem(str(table), None, "", "there is no such file")])
    if suffix not in TABLES:
        message = f"{suffix or 'a file without an ending'} is not read; give {', '.join(TABLES)}"
        raise BadRecord([Problem(str(table), None, "", message)])
    if mapping is not None and suffix in OF_FIELDS:
        message = f"a mapping is for tables with columns; the routes of a {suffix} file have the fields of a route"
        raise BadRecord([Problem(str(mapping), None, "", message)])


class RowsEngine:
    """Reads a table twice: once for its keys, once to write what was found for them."""

    def __init__(self, path: Path, mapping: TableMapping) -> None:
        self._path = path
        self._mapping = mapping
        self._suffix = path.suffix.casefold()
        self.headings: tuple[str, ...] = ()
        self.form: Columns | Nested = Nested()
        if self._suffix not in OF_FIELDS:
            self.form = columns_of(self._open()[0], mapping, path)
            self.headings = tuple(self.form.headings[n] for n in self.form.kept)

    def survey(self, seen: Seen, met: Met) -> Survey:
        """Every distinct key, told to ``met`` as soon as it is."""
        keys: dict[str, None] = {}
        headings: dict[str, None] = {}
        rows = 0
        for rows, row in enumerate(self._read(), 1):
            if (not row.troubles or row.key) and row.key not in keys:
                keys[row.key] = None
                met([row.key])
            if isinstance(self.form, Nested):
                headings |= dict.fromkeys(self._names(row))
            if rows % EVERY == 0:
                seen(rows)
        if isinstance(self.form, Nested):
            self.headings = tuple(headings)
        return Survey(rows, tuple(keys))

    def write(self, verdicts: Mapping[str, Verdict], results: ResultsFile, rejected: RejectedFile, seen: Seen) -> Tally:
        """Every row with its answer, or among the rejected."""
        tally = Tally()
        for row, troubles in self.rows(verdicts, seen):
            if troubles:
                tally.rejected += 1
                rejected.add(row.number, row.id, troubles)
            else:
                verdict = verdicts[row.key]
                assert isinstance(verdict, Decision)
                tally.count(row.key, lambda row=row: row.free)  # type: ignore[misc]  # mypy cannot type a default here
                results.add([*self._kept(row), *verdict.cells])
        return tally

    def rows(self, found: Mapping[str, object], seen: Seen) -> Iterator[tuple[Row, Sequence[Trouble]]]:
        """Every row with what is wrong with it; ``found`` is what was found for its key, which may be a refusal."""
        taken: dict[str, int] = {}
        for count, row in enumerate(self._read(), 1):
            verdict = found.get(row.key)
            troubles = list(row.troubles)
            if isinstance(verdict, Refusal) and not _is_broken(row):
                troubles = [*verdict.troubles, *troubles]
            yield row, troubles or repeated(self.form, row.id, row.number, taken)
            if count % EVERY == 0:
                seen(count)

    def _kept(self, row: Row) -> list[str]:
        if isinstance(self.form, Nested):
            cells = dict(zip(row.cells[::2], row.cells[1::2], strict=True))
            return [cells.get(name, "") for name in self.headings]
        return row.cells

    def _names(self, row: Row) -> list[str]:
        return [name for name in row.cells[::2] if name not in RESULTS]

    def _read(self) -> Iterator[Row]:
        if isinstance(self.form, Nested):
            yield from map(self._nested, self._records())
            return
        for line in self._open()[1]:
            yield self._row(self.form, line)

    def _row(self, columns: Columns, line: Line) -> Row:
        cells = line.cells[: len(columns.headings)]
        kept = [cells[n] if n < len(cells) else "" for n in columns.kept]
        if line.fault is not None:
            place = columns.free.get("id", len(cells))
            route = cells[place].strip() if place < len(cells) else ""
            return Row(line.number, "", kept, columns.free_said({"id": route}), [Trouble("", line.fault)])
        free = columns.free_cells(cells)
        return Row(line.number, columns.key_of(cells), kept, free, columns.troubles_of_free(free))

    def _nested(self, read: tuple[int, Plain, str | None]) -> Row:
        number, record, fault = read
        form = self.form
        assert isinstance(form, Nested)
        if not isinstance(record, dict):
            return Row(number, "", [], {}, [Trouble("", fault or "a route is a group of fields (name: value)")])
        cells = form.cells(record)
        flat = [part for cell in cells.items() for part in cell]
        return Row(
            number,
            form.key_of(record),
            flat,
            {name: text for name, text in cells.items() if is_free(name)},
            form.troubles_of_free(record),
        )

    def _open(self) -> tuple[Sequence[str], Iterator[Line]]:
        if self._suffix == ".parquet":
            return _parquet(self._path)
        table = open_table(self._path, self._mapping.sheet)
        return table.headings, table.lines

    def _records(self) -> Iterator[tuple[int, Plain, str | None]]:
        if self._suffix in (".yaml", ".yml"):
            found = read_plain(self._path)
            if not isinstance(found, list):
                message = "a list of routes is expected, each item beginning with '- id:'"
                raise BadRecord([Problem(str(self._path), 1, "", message)])
            yield from ((number, record, None) for number, record in enumerate(found, 1))
            return
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield (number, *_json_of(line))


def repeated(form: Columns | Nested, route: str, row: int, taken: dict[str, int]) -> list[Trouble]:
    """That an earlier row has this id; if none has, it is taken from now on."""
    first = taken.setdefault(route, row)
    return [] if first == row else [Trouble(form.heading_of("id"), f"{route!r} stands in row {first} too")]


def _is_broken(row: Row) -> bool:
    """A row without a key says nothing that could be judged; what is wrong with it as a whole is all there is to tell."""
    return not row.key and bool(row.troubles)


def _json_of(line: bytes) -> tuple[Plain, str | None]:
    """One line of JSONL, or why it is none."""
    try:
        found: Plain = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_no_number)
        if b"\\u" in line:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError:
        return None, "no UTF-8 text; save the file in that encoding"
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        return None, f"{half} is half of a character and stands without its other half; type the text anew"
    except RecursionError:
        return None, "nested too deep"
    except ValueError as error:
        return None, f"no JSON: {error}"
    return found, None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field is written twice")
    return found


def _no_number(text: str) -> Plain:
    raise ValueError(f"{text} is no number")


def _parquet(path: Path) -> tuple[Sequence[str], Iterator[Line]]:
    from transfers.portfolio.cells import as_text, flat_columns, headings_of, open_parquet

    source = open_parquet(path)

    def lines() -> Iterator[Line]:
        number = 0
        for batch in source.iter_batches():
            columns = [as_text(*one).to_pylist() for one in flat_columns(batch)]
            for cells in zip(*columns, strict=True):
                number += 1
                yield Line(number, list(cells))

    return headings_of(path), lines()
