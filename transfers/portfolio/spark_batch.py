"""``transborder batch --engine spark``: a batch whose table, results and rejected rows stay where Spark reads and writes.

``run.json`` is written last: a folder without it is not whole, and is written anew by the same command.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from country_reports.records import BadRecord, Problem
from transfers.documents.layouts import DEFAULT
from transfers.knowledge import Knowledge
from transfers.portfolio.batch import Done, basis, counted, done_of, papers_of
from transfers.portfolio.deciding import Decider, Law
from transfers.portfolio.on_workers import OtherKnowledge, packed
from transfers.portfolio.spark import Assessed, functions
from transfers.portfolio.spark_tables import Files, Table, form_of, read_csv, read_parquet, write_table
from transfers.portfolio.told import answered
from transfers.portfolio.work import PART, RUN
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.mapping import read_mapping
from transfers.tables.reading import MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FORMS = ("csv", "parquet")
"""What Spark reads and writes here."""
_TABLES = ("results", "rejected")

_ALWAYS = {
    "spark.sql.caseSensitive": "true",  # columns whose names differ by case alone are two
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.constraintPropagation.enabled": "false",  # it multiplies conditions by the names of columns, and these are many
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",  # rows are numbered as they are read: always read all
}
_ON_ONE_MACHINE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
}


@dataclass(frozen=True, slots=True)
class SparkOrder:
    """What is to be done. ``routes`` and ``folder`` are addresses that Spark knows; the rest is as in ``batch.Order``."""

    routes: str
    folder: str
    law: Law
    mapping: Path | None = None
    tia: str | None = "md"
    results: str | None = None
    layout: str = DEFAULT


def run_on_spark(order: SparkOrder) -> Done:
    """Assess every row of a table on a cluster, or on this machine where no cluster is named.

    Raises:
        BadRecord: the table, the mapping or a fact on file cannot be read as a whole, or the folder holds something else.
        MissingExtra: PySpark or Java is not installed, here or on a worker, or Spark stopped for another reason.
    """
    functions()
    mapping = read_mapping(order.mapping)
    knowledge = Knowledge(order.law.workspace)
    with telling_failures(order.routes), session() as spark:
        return done_of(_Batch(order, mapping, knowledge, spark).told())


class _Batch:
    def __init__(self, order: SparkOrder, mapping: TableMapping, knowledge: Knowledge, spark: SparkSession) -> None:
        self.order = order
        self.mapping = mapping
        self.knowledge = knowledge
        self.spark = spark
        self.files = Files(spark, order.folder)
        self.of = form_of(spark, order.routes)
        self.form = order.results or self.of

    def told(self) -> Mapping[str, object]:
        """Do all of it, and say what was done."""
        self._make_room()
        try:
            told = self._assessed()
        except BaseException:
            with suppress(Exception):  # if Spark is gone, the next run finds what is left
                self._take_away(f"{kind}.{self.form}" for kind in _TABLES)
            raise
        self._take_away([])
        self.files.write(RUN, json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
        return told

    def _assessed(self) -> Mapping[str, object]:
        table, law = self._table(), self.order.law
        found = Assessed(table.rows, packed(self.knowledge, law.as_of, law.policy), self.mapping, self.order.routes)
        try:
            return self._written(table, found)
        finally:
            found.release()
            if table.broken is not None:
                table.broken.unpersist()

    def _written(self, table: Table, found: Assessed) -> Mapping[str, object]:
        """Everything but ``run.json``, which is to tell of it."""
        results, rejected = (f"{kind}.{self.form}" for kind in _TABLES)
        write_table(found.assessed, self.files.path(results), self.form)
        write_table(_rejected(found, table), self.files.path(rejected), self.form)
        tally = found.tally()
        self._account(table, tally.assessed, tally.rejected)
        tally.rejected += _count(table.broken)
        answers, names = answered(found.verdicts(), tally), [results, rejected]
        decider = Decider(found.form, self.order.law, self.knowledge)
        for name, content in papers_of(decider, answers, tally, self.order.tia, self.order.layout):
            self.files.write(name, content())
            names.append(name)
        return {
            "input": self.order.routes,
            **basis(self.order.law, self.mapping, self.knowledge),
            "spark": self.spark.version,
            "tia": self.order.tia,
            "layout": self.order.layout,
            "results": self.form,
            **counted(answers, tally),
            "unread_columns": list(found.form.unread),
            "files": sorted(names),
        }

    def _make_room(self) -> None:
        """Take away the results of an earlier batch, and nothing else."""
        mine = [f"{kind}.{form}" for kind in _TABLES for form in FORMS]
        written = [Files(self.spark, self.files.path(name)) for name in mine]
        if Files(self.spark, self.order.routes).holds(self.order.folder) or any(
            one.holds(self.order.routes) for one in written
        ):
            message = "the table and its results lie in one another; give another folder with -o"
            raise BadRecord([Problem(self.order.folder, None, "", message)])
        before = self.files.read(RUN)
        earlier = json.loads(before)["files"] if before is not None else []
        left = [name for name in mine if name not in earlier and self.files.exists(name)]
        if left and not self.files.exists(PART):
            message = (
                f"{left[0]} is there and no earlier batch is known to have written it; give another folder with -o"
            )
            raise BadRecord([Problem(self.order.folder, None, "", message)])
        self.files.write(f"{PART}/begun", "")
        for name in [RUN, *left, *filter(_is_of_a_batch, earlier)]:
            self.files.remove(name)

    def _take_away(self, names: Iterable[str]) -> None:
        """What was written until now, and then what says that a run has begun."""
        for name in (*names, PART):
            self.files.remove(name)

    def _table(self) -> Table:
        if self.of == "parquet":
            return read_parquet(self.spark, self.order.routes)
        return read_csv(self.spark, self.order.routes, self.mapping, self.files.path(f"{PART}/table"))

    def _account(self, table: Table, assessed: int, rejected: int) -> None:
        rows = table.rows.count()
        if rows != assessed + rejected:
            message = (
                f"{rows} rows were read, but {assessed} assessed and {rejected} rejected; the table changed meanwhile"
            )
            raise BadRecord([Problem(self.order.routes, None, "", message)])


def _is_of_a_batch(name: str) -> bool:
    return name.startswith(("results.", "rejected.", "summary.", "tia-")) and "/" not in name


def _rejected(found: Assessed, table: Table) -> DataFrame:
    """Row by row, with the lines that are no rows."""
    f = functions()
    rows = found.rejected
    if table.broken is not None:
        broken = table.broken.select("row", f.substring("id", 1, 200).alias("id"), f.explode("problems"))
        rows = rows.unionAll(broken.select("row", "id", "col.column", "col.problem"))
    return rows.orderBy("row")


def _count(table: DataFrame | None) -> int:
    return 0 if table is None else table.count()


@contextmanager
def session() -> Iterator[SparkSession]:
    """A session of the Spark that runs already, or of one that is started as spark-submit and the environment have set it: without
    a cluster on all cores of this machine. What was started here ends with the block.

    Raises:
        MissingExtra: there is no Java.
    """
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is None:
        _find_java()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        SparkContext._ensure_initialized()  # only then does the configuration show what spark-submit was told
        conf = SparkConf().setIfMissing("spark.app.name", "transborder")
        one_machine = not conf.contains("spark.master")
        for name, value in _ON_ONE_MACHINE.items() if one_machine else ():
            conf.setIfMissing(name, value)
        started = SparkSession.builder.config(conf=conf).getOrCreate()
        if one_machine:
            started.sparkContext.setLogLevel("FATAL")  # what goes wrong is told in one line
    spark = (running or started).newSession()
    for name, value in _ALWAYS.items():
        spark.conf.set(name, value)
    try:
        yield spark
    finally:
        if running is None:
            started.stop()


def _find_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        where = f"none is in JAVA_HOME ({home})" if home else "none was found"
        message = (
            f"Spark needs Java 17 or later, and {where}; install it (Debian: apt-get install default-jre-headless)"
        )
        raise MissingExtra(f"{message} or set JAVA_HOME")


@contextmanager
def telling_failures(table: str) -> Iterator[None]:
    """Spark tells what went wrong in many lines; a person needs one."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        told = str(error)
        if "FAILED_READ_FILE" in told or "UNABLE_TO_INFER_SCHEMA" in told or "PATH_NOT_FOUND" in told:
            raise BadRecord(
                [Problem(_file_of(told) or table, None, "", f"cannot be read: {_cause_of(told)}")]
            ) from None
        other = re.search(rf"(?:{OtherKnowledge.__name__}|ModuleNotFoundError): (.+)", told)
        if other is not None:
            message = f"the workers are not as this machine is: {other[1]}"
            raise MissingExtra(
                f"{message} (every worker needs the same transborder[spark]; see docs/spark.md)"
            ) from None
        raise MissingExtra(f"Spark stopped: {_cause_of(told)}") from None


def _file_of(told: str) -> str | None:
    found = re.search(r"reading file (\S+)\.\s", told)
    return found[1] if found else None


def _cause_of(told: str) -> str:
    """What Spark says last of why, on one line."""
    causes = re.findall(r"^(?:Caused by: |: )(?:[\w.$]+: )*(.+)$", told, re.MULTILINE)
    return str(causes[-1] if causes else told.strip().splitlines()[0])[:300]
