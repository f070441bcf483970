"""What the workers of a cluster do: batches of Arrow in, batches of Arrow out, with no state but the knowledge.

Shipped records travel in the installed package and a workspace as a pack; a worker whose records differ refuses to judge.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from country_reports.records import BadRecord, Problem
from transfers import __version__
from transfers.knowledge import Knowledge, records_in
from transfers.portfolio.cells import as_text, keys_of
from transfers.portfolio.columns import Columns
from transfers.portfolio.deciding import Decider, Law, collecting
from transfers.portfolio.results import RESULTS, Decision, Refusal, Trouble, Verdict
from transfers.portfolio.rows import repeated
from transfers.portfolio.sheets import arrow
from transfers.tables.reading import ragged
from transfers.view import Policy


class OtherKnowledge(RuntimeError):
    """A worker has other records or another version than the driver."""


@dataclass(frozen=True, slots=True)
class Pack:
    """All that routes are judged by, fit for travel: ``files`` is a workspace as a ZIP, ``workspace`` what it is called here."""

    version: str
    edition: str
    as_of: date
    policy: Policy
    workspace: str
    files: bytes | None

    def opened(self) -> tuple[Knowledge, Law]:
        """The same knowledge on another machine.

        Raises:
            OtherKnowledge: it is not the same there.
        """
        folder = None if self.files is None else _unpacked(self.files)
        knowledge = Knowledge(folder)
        if (__version__, knowledge.edition) != (self.version, self.edition):
            message = f"a worker has transborder {__version__} with records {knowledge.edition}, the driver {self.version} with {self.edition}"
            raise OtherKnowledge(f"{message}; install the same on all of them")
        return knowledge, Law(folder, self.as_of, self.policy)


def packed(knowledge: Knowledge, as_of: date, policy: Policy) -> Pack:
    """What the workers need to judge as this machine would."""
    folder = knowledge.workspace
    files = None if folder is None else _zip(folder)
    return Pack(__version__, knowledge.edition, as_of, policy, str(folder or ""), files)


class OnWorkers:
    """The work on one table, batch by batch."""

    def __init__(self, form: Columns, pack: Pack) -> None:
        self._form = form
        self._pack = pack

    def decide_batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Distinct keys to answers. In come the columns of the key; out come these as they were, and ``ANSWER``.

        Raises:
            OtherKnowledge: the worker has other records than the driver.
        """
        for batch in batches:
            if batch.num_rows:
                with collecting():
                    yield self._decided(batch)

    def check_batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Rows in doubt to what is wrong with them, each by itself. In come the row, whether its key was refused, and its
        cells that decide nothing; out come the row, its id, whether it was refused, and its problems.
        """
        for batch in batches:
            rows = self.free_of(batch.select(range(2, batch.num_columns)))
            ids = arrow().array([free.get("id", "") for free in rows], arrow().string())
            problems = _problems(self._form.troubles_of_free(free) for free in rows)
            columns = [batch.column(0), ids, batch.column(1), problems]
            yield arrow().RecordBatch.from_arrays(columns, names=["row", "id", "refused", "problems"])

    def repeat_batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Rows whose id an earlier row has, to the words that say so. In come the row, its id, and the first row with that id."""
        for batch in batches:
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            problems = _problems(repeated(self._form, route, row, {route: first}) for row, route, first in rows)
            yield arrow().RecordBatch.from_arrays([batch.column(0), problems], names=["row", "problems"])

    def free_of(self, batch: Any) -> list[dict[str, str]]:
        """The cells that decide nothing, by field, of a batch that has only their columns."""
        columns = zip(batch.schema.names, batch.columns, strict=True)
        cells = [as_text(name, column).to_pylist() for name, column in columns]
        return [self._form.free_cells(self._line(free)) for free in zip(*cells, strict=True)]

    def _line(self, free: Sequence[str]) -> list[str]:
        line = [""] * len(self._form.headings)
        for place, text in zip(self._form.free.values(), free, strict=True):
            line[place] = text
        return line

    def _decided(self, batch: Any) -> Any:
        columns = list(zip(batch.schema.names, batch.columns, strict=True))[: len(self._form.key)]
        codes, keys = keys_of(columns, batch.num_rows)
        decider = _decider(self._form, self._pack)
        answers = {
            number: self._answer(decider, keys[number]) for number in sorted(range(len(keys)), key=keys.__getitem__)
        }
        rows = [answers[code] for code in codes.tolist()]
        told = [arrow().array(column, kind) for column, kind in zip(zip(*rows, strict=True), _kinds(), strict=True)]
        names = [*batch.schema.names, *ANSWER]
        return arrow().RecordBatch.from_arrays([*batch.columns, *told], names=names)

    def _answer(self, decider: Decider, key: str) -> tuple[Any, ...]:
        try:
            return (key, *_cells(decider.verdict(key)), None)
        except BadRecord as error:
            unpacked = str(decider.law.workspace)
            told = [
                [one.file.replace(unpacked, self._pack.workspace), one.line, one.field, one.message]
                for one in error.problems
            ]
            return (key, *_cells(Refusal(())), json.dumps(told))


ANSWER = ("key", *RESULTS, "destination", "importer", "places", "problems", "unreadable")
"""Columns of an answer, after those of its key. A fact on file that cannot be read is told in ``unreadable``, as JSON."""


def verdict_of(row: Mapping[str, Any]) -> Verdict:
    """The answer in one row of what ``decide_batches`` gave."""
    if row["problems"]:
        return Refusal(tuple(Trouble(one["column"], one["problem"]) for one in row["problems"]))
    cells = tuple(row[name] for name in RESULTS)
    return Decision(row["outcome"], cells, row["destination"], row["importer"], tuple(row["places"]))


def unreadable(told: str) -> BadRecord:
    """The error that a worker met."""
    return BadRecord([Problem(*one) for one in json.loads(told)])


class OddLines:
    """Lines of CSV that Spark could not fit into the columns to what is wrong with them. In: the row, the line or none, its cells."""

    def __init__(self, form: Columns, delimiter: str) -> None:
        self._columns = len(form.headings)
        self._delimiter = delimiter
        self._id_place = form.free["id"]

    def read_batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Batches of odd lines to the row, its id, and its problems, none if it can be read after all."""
        for batch in batches:
            rows = [column.to_pylist() for column in batch.columns]
            lines = list(zip(*rows[1:], strict=True))
            ids = arrow().array([(line[1 + self._id_place] or "").strip() for line in lines], arrow().string())
            problems = _problems(self._troubles(line[0], line[1:]) for line in lines)
            yield arrow().RecordBatch.from_arrays([batch.column(0), ids, problems], names=["row", "id", "problems"])

    def _troubles(self, line: str | None, cells: Sequence[str | None]) -> list[Trouble]:
        import csv

        if line is not None:
            try:
                parts = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
            except csv.Error as error:
                return [Trouble("", f"no whole line of CSV: {error}")]
            fault = ragged(parts, self._columns)
            if fault is not None:
                return [Trouble("", fault)]
        if any("\ufffd" in (cell or "") for cell in cells):
            return [Trouble("", "a character could not be read (U+FFFD); save the table as CSV UTF-8")]
        return []


def _decider(form: Columns, pack: Pack) -> Decider:
    for known_form, known_pack, decider in _known:
        if known_pack == pack and known_form == form:
            return decider
    knowledge, law = pack.opened()
    decider = Decider(form, law, knowledge)
    _known[:] = [(form, pack, decider)]
    return decider


_known: list[tuple[Columns, Pack, Decider]] = []
"""In a worker: what it judges with, kept for the next task."""


def _cells(verdict: Verdict) -> tuple[Any, ...]:
    if isinstance(verdict, Decision):
        return (*verdict.cells, verdict.destination, verdict.importer, list(verdict.places), [])
    problems = [{"column": one.column, "problem": one.message} for one in verdict.troubles]
    return (*(None,) * len(RESULTS), None, None, [], problems)


def _kinds() -> list[Any]:
    text = arrow().string()
    return [text, *[text] * len(RESULTS), text, text, arrow().list_(text), _kind_of_problems(), text]


def _kind_of_problems() -> Any:
    text = arrow().string()
    return arrow().list_(arrow().struct([("column", text), ("problem", text)]))


def _problems(troubles: Iterable[Sequence[Trouble]]) -> Any:
    told = [[{"column": one.column, "problem": one.message} for one in every] for every in troubles]
    return arrow().array(told, _kind_of_problems())


def _zip(folder: Path) -> bytes:
    """Every record of a workspace."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in records_in(folder):
            pack.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _unpacked(files: bytes) -> Path:
    """A workspace in a folder of its own, which goes when the work on the cluster is done."""
    from pyspark import SparkFiles

    folder = Path(tempfile.mkdtemp(prefix="workspace-", dir=SparkFiles.getRootDirectory()))
    with zipfile.ZipFile(io.BytesIO(files)) as pack:
        pack.extractall(folder)
    return folder
