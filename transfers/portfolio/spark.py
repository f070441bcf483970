"""Tables that live on a cluster: Apache Spark finds the distinct keys and joins their answers, Python judges only these.

The large table never leaves Spark: rows in doubt, as those with an odd id, are the only ones that Python sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from transfers.knowledge import DATA_VERSION, Knowledge
from transfers.portfolio.cells import headings_in
from transfers.portfolio.columns import BETWEEN, ID, NUMBER, NUMBERS, Columns, columns_of
from transfers.portfolio.on_workers import ANSWER, OnWorkers, Pack, packed, unreadable, verdict_of
from transfers.portfolio.results import RESULTS, Verdict
from transfers.portfolio.rows import Tally
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.reading import MAX_CELL, MissingExtra
from transfers.view import Policy

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import DataType, StructType

ROW = "transborder_row"
"""The number of a row, from 1, in the order in which Spark reads the table."""
FACTS, EDITION, PROBLEMS = "transborder_facts", "transborder_edition", "transborder_problems"
_RUN = "transborder_run"
OWN = (ROW, FACTS, EDITION, PROBLEMS, _RUN)
"""Columns that are added beside those of every batch. Where the table has them already, they are written anew."""

KEYS_PER_TASK = 250
"""Distinct keys that a worker is given at a time."""
MOST_BROADCAST = 1_000_000
"""Rows of a small table that are sent to every worker; beyond, Spark shuffles."""

SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python strips from the ends of a text; Spark must strip the same."""


def results(
    frame: DataFrame,
    knowledge: Knowledge,
    as_of: date,
    policy: Policy | None = None,
    mapping: TableMapping | None = None,
) -> DataFrame:
    """Every row with its answer: the columns of the frame, those of ``RESULTS``, and those of ``OWN``.

    ``transborder_problems`` says why a row was rejected and is empty where it was assessed; rejected rows have no answer.
    The distinct keys are judged before this returns. If the frame has no column ``transborder_row`` (a whole number that is
    another for each row, and the same each time), rows are numbered and the frame is cached, so that they keep their numbers.

    Raises:
        BadRecord: the columns are no routes, or a fact on file that a route needs is malformed.
        MissingExtra: PySpark is not installed.
    """
    functions()
    known = ROW in frame.columns
    table = frame if known else numbered(apart(frame).persist())
    return Assessed(table, packed(knowledge, as_of, policy or Policy()), mapping or TableMapping(), "the table").every


def functions() -> Any:
    """``pyspark.sql.functions``.

    Raises:
        MissingExtra: a library that Spark's Arrow interface needs is not installed.
    """
    try:
        import numpy  # noqa: F401
        import pandas  # noqa: F401  # Spark asks for it wherever Arrow is used
        import pyarrow  # noqa: F401
        from pyspark.sql import functions as found
    except ImportError as error:
        raise MissingExtra(f"the engine spark needs {error.name}: pip install 'transborder[spark]'") from None
    return found


def apart(frame: DataFrame) -> DataFrame:
    """The frame, as one that Spark takes for no other: what it keeps of a table is else given for a later one at the same address."""
    return frame.withColumn(_RUN, functions().lit(uuid4().hex))


def numbered(frame: DataFrame, first: int = 1) -> DataFrame:
    """The frame with the number of each row, counted from ``first`` on. It must be read the same way each time: from files, or cached."""
    f = functions()
    place = frame.withColumn(ROW, f.monotonically_increasing_id())  # partition in the upper bits, row in the lower 33
    part = f.shiftright(ROW, 33)
    counts = sorted(tuple(row) for row in place.groupBy(part.alias("part")).count().collect())
    starts, before = [], first
    for number, count in counts:
        starts.append((int(number), before - (int(number) << 33)))
        before += count
    if len(starts) < 2:
        return place.withColumn(ROW, f.col(ROW) + f.lit(starts[0][1] if starts else first))
    table = frame.sparkSession.createDataFrame(starts, "transborder_part long, transborder_start long")
    joined = place.join(f.broadcast(table), part == f.col("transborder_part"))
    return joined.withColumn(ROW, f.col(ROW) + f.col("transborder_start")).drop("transborder_part", "transborder_start")


class Assessed:
    """A numbered table with the answers to its rows. Keys are judged and doubts resolved when it is made.

    Raises:
        BadRecord: the columns are no routes, or a fact on file that a route needs is malformed.
    """

    def __init__(self, table: DataFrame, pack: Pack, mapping: TableMapping, name: str) -> None:
        self._f = functions()
        self._pack = pack
        names = [one for one in table.columns if one not in OWN]
        self._shown = [one for one in names if one not in RESULTS]
        self._cached: list[DataFrame] = []
        own = table.select(*map(quoted, names))
        self.form: Columns = columns_of(headings_in(own.limit(0).toArrow().schema, name), mapping, name)
        self._leaves = leaves(own.schema)
        self._workers = OnWorkers(self.form, pack)
        self._table = apart(table)
        self._answers = self._judged()
        self._rows = self._answered(self._table).withColumn(PROBLEMS, self._f.col(_answer("problems")))
        self._resolve()

    @property
    def every(self) -> DataFrame:
        """Every row, with its answer or with what is wrong with it."""
        f = self._f
        answer = [f.when(self._good, f.col(_answer(name))).alias(name) for name in RESULTS]
        own = [f.col(ROW), f.lit(DATA_VERSION).alias(FACTS), f.lit(self._pack.edition).alias(EDITION), f.col(PROBLEMS)]
        return self._rows.select(*map(quoted, self._shown), *answer, *own)

    @property
    def assessed(self) -> DataFrame:
        """The rows that have an answer."""
        return self.every.where(self._good).drop(PROBLEMS)

    @property
    def rejected(self) -> DataFrame:
        """One line for each thing that is wrong with a row, in no order."""
        f = self._f
        id_shown = f.substring(self._text("id"), 1, 200).alias("id")
        lines = self._rows.where(~self._good).select(f.col(ROW).alias("row"), id_shown, f.explode(PROBLEMS))
        return lines.select("row", "id", "col.column", "col.problem")

    def verdicts(self) -> dict[str, Verdict]:
        """Every distinct key with its answer."""
        names = [self._f.col(_answer(name)).alias(name) for name in ANSWER]
        return {row["key"]: verdict_of(row) for row in self._answers.select(*names).toArrow().to_pylist()}

    def tally(self) -> Tally:
        """What became of the rows, counted row by row."""
        f = self._f
        groups = self._rows.groupBy(f.col(_answer("key")).alias("key"), self._good.alias("good"))
        counted = groups.agg(f.count("*").alias("rows"), f.min(ROW).alias("first")).collect()
        good = sorted((one for one in counted if one["good"]), key=lambda one: int(one["first"]))
        free = self._free_of_rows([one["first"] for one in good])
        tally = Tally()
        for one in good:
            tally.add(one["key"], one["rows"], free[one["first"]])
        tally.assessed = sum(one["rows"] for one in good)
        tally.rejected = sum(one["rows"] for one in counted if not one["good"])
        return tally

    def release(self) -> None:
        """Let go of what Spark keeps of the answers; the tables cannot be read after that."""
        for table in self._cached:
            table.unpersist()

    @property
    def _good(self) -> Column:
        good: Column = self._f.size(PROBLEMS) == 0
        return good

    def _judged(self) -> DataFrame:
        """The distinct keys with their answers, kept in Spark."""
        f = self._f
        keys = self._table.select(*self._key or [f.lit("").alias(_KEY + "0")]).distinct().persist()
        tasks = 1 + keys.count() // KEYS_PER_TASK
        most = str(self._table.sparkSession.conf.get("spark.sql.shuffle.partitions"))
        if most.isdigit():  # it is a word where Spark chooses
            tasks = min(tasks, int(most))
        kind = _with_fields(keys.schema, _ANSWER_TYPE)
        answers = keys.repartition(tasks).mapInArrow(self._workers.decide_batches, kind)
        answers = self._kept(answers.select(*keys.columns, *(f.col(name).alias(_answer(name)) for name in ANSWER)))
        told = answers.agg(f.count("*"), f.first(_answer("unreadable"), ignorenulls=True)).collect()[0]
        keys.unpersist()
        self._distinct = int(told[0])
        if told[1] is not None:
            raise unreadable(told[1])
        return answers

    def _answered(self, table: DataFrame) -> DataFrame:
        """Rows with the answers to their keys. Blank cells have answers too: nulls are compared as values."""
        f = self._f
        places = [leaf.column for leaf in self._key_leaves] or [f.lit("")]
        equal = [column.eqNullSafe(f.col(f"{_KEY}{n}")) for n, column in enumerate(places)]
        return table.join(sent_to_all(self._answers, self._distinct), reduce(and_, equal), "left")

    def _resolve(self) -> None:
        """Find what is wrong with single rows, whatever their key, and put it with the rows.

        Rows are found by a number for their id: those in doubt, and those whose number another row has too. Few tables have any.
        """
        f = self._f
        number = f.xxhash64(self._text("id"))
        groups = self._table.groupBy(number.alias(_HASH)).agg(
            f.count("*").alias("rows"), f.bool_or(self._doubt).alias("doubt")
        )
        suspects = self._kept(groups.where("doubt or rows > 1").select(_HASH))
        count = suspects.count()
        if count:
            looked_at = self._answered(
                self._table.join(sent_to_all(suspects, count), number == f.col(_HASH), "left_semi")
            )
            refused = f.size(_answer("problems")) > 0
            cells = looked_at.select(ROW, refused.alias("refused"), *self._free)
            self._put_in(self._troubled(self._kept(cells.mapInArrow(self._workers.check_batches, _CHECKED_TYPE))))

    def _troubled(self, checked: DataFrame) -> DataFrame:
        """What is wrong with rows: of those with one id, with all but the first that has nothing else wrong with it."""
        f = self._f
        troubled = checked.where("size(problems) > 0").select("row", "problems")
        clean = checked.where("not refused and size(problems) = 0")
        firsts = clean.groupBy("id").agg(f.min("row").alias("first"), f.count("*").alias("rows")).where("rows > 1")
        later = clean.join(firsts, "id").where("row > first").select("row", "id", "first")
        return self._kept(troubled.unionAll(later.mapInArrow(self._workers.repeat_batches, _TROUBLED_TYPE)))

    def _put_in(self, troubled: DataFrame) -> None:
        f, count = self._f, troubled.count()
        if count:
            small = sent_to_all(troubled.toDF(_TROUBLED, f"{_TROUBLED}_problems"), count)
            joined = self._rows.join(small, f.col(ROW) == f.col(_TROUBLED), "left")
            found = f.coalesce(f.col(f"{_TROUBLED}_problems"), f.array().cast(_PROBLEMS_TYPE))
            self._rows = joined.withColumn(PROBLEMS, f.concat(f.col(PROBLEMS), found))

    def _kept(self, table: DataFrame) -> DataFrame:
        """A small table that is used more than once."""
        self._cached.append(table.persist())
        return table

    @property
    def _doubt(self) -> Column:
        """Whether the cells of a row that decide nothing are not right at sight."""
        f = self._f
        doubts = [self._doubt_of(name) for name in self.form.free]
        if "data.volume.period" in self.form.free:
            without = self._text("data.volume.people") == "" if "data.volume.people" in self.form.free else f.lit(True)
            doubts.append((self._text("data.volume.period") != "") & without)
        return reduce(or_, doubts)

    def _doubt_of(self, name: str) -> Column:
        leaf, text = self._leaves[self.form.free[name]], self._text(name)
        if not leaf.shows_as_written:
            return leaf.column.isNotNull()
        if self.form.is_reworded(name):
            return text != ""
        if name == "id":
            return ~text.rlike(f"\\A(?:{ID.pattern})\\z")
        if name in NUMBERS:
            return ~text.rlike(f"\\A(?:{NUMBER.pattern})?\\z")
        odd = text.startswith("=") | text.startswith("#") | text.contains(BETWEEN)
        long: Column = self._f.length(text) > MAX_CELL
        return odd | long

    def _text(self, name: str) -> Column:
        """The cell of a column that decides nothing."""
        f = self._f
        text: Column = f.coalesce(self._leaves[self.form.free[name]].column.cast("string"), f.lit(""))
        return cast("Column", f.btrim(text, f.lit(SPACES)))

    @property
    def _key_leaves(self) -> list[Leaf]:
        return [self._leaves[n] for n in self.form.key]

    @property
    def _key(self) -> list[Column]:
        return [leaf.column.alias(f"{_KEY}{n}") for n, leaf in enumerate(self._key_leaves)]

    @property
    def _free(self) -> list[Column]:
        return [self._leaves[n].column.alias(f"{_FREE}{n}") for n in self.form.free.values()]

    def _free_of_rows(self, rows: list[int]) -> dict[int, dict[str, str]]:
        """The cells that decide nothing, of some rows."""
        wanted = self._table.sparkSession.createDataFrame([(row,) for row in rows], f"{ROW} long")
        found = self._table.join(sent_to_all(wanted, len(rows)), ROW, "left_semi").select(ROW, *self._free).toArrow()
        cells: dict[int, dict[str, str]] = {}
        for batch in found.to_batches():
            free = self._workers.free_of(batch.select(range(1, batch.num_columns)))
            cells.update(zip(batch.column(0).to_pylist(), free, strict=True))
        return cells


def sent_to_all(table: DataFrame, rows: int) -> DataFrame:
    """A table of so many rows for a join: sent to every worker unless it is too large for that."""
    return cast("DataFrame", functions().broadcast(table)) if rows <= MOST_BROADCAST else table


def quoted(name: str) -> str:
    """A column's name as Spark takes it literally, dots and all."""
    return "`" + name.replace("`", "``") + "`"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column, or a field in one under a dotted name; ``shows_as_written`` if Spark and Arrow make the same text of it."""

    name: str
    column: Column
    shows_as_written: bool
    is_list: bool


def leaves(schema: StructType) -> tuple[Leaf, ...]:
    """Every column in the order of the headings, fields in fields one after the other."""
    f = functions()
    return tuple(
        leaf for field in schema.fields for leaf in _leaves_of(field.name, field.dataType, f.col(quoted(field.name)))
    )


def _leaves_of(name: str, kind: DataType, column: Column) -> Iterator[Leaf]:
    from pyspark.sql.types import ArrayType, IntegralType, StringType, StructType

    if isinstance(kind, StructType):
        for field in kind:
            yield from _leaves_of(f"{name}.{field.name}", field.dataType, column.getField(field.name))
    else:
        yield Leaf(name, column, isinstance(kind, StringType | IntegralType), isinstance(kind, ArrayType))


_KEY, _FREE, _HASH, _TROUBLED = "transborder_key_", "transborder_free_", "transborder_hash", "transborder_troubled"
_PROBLEMS_TYPE = "array<struct<column:string,problem:string>>"
_CHECKED_TYPE = f"row long, id string, refused boolean, problems {_PROBLEMS_TYPE}"
_TROUBLED_TYPE = f"row long, problems {_PROBLEMS_TYPE}"
_OTHER_TYPES = {"places": "array<string>", "problems": _PROBLEMS_TYPE}
_ANSWER_TYPE = ", ".join(f"{name} {_OTHER_TYPES.get(name, 'string')}" for name in ANSWER)


def _answer(name: str) -> str:
    return f"transborder_answer_{name}"


def _with_fields(schema: StructType, more: str) -> StructType:
    from pyspark.sql.types import StructType

    return StructType([*schema, *cast("StructType", StructType.fromDDL(more))])
