"""Tables and files wherever Spark reaches: folders of Parquet or CSV, and the few small files that a batch writes beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from country_reports.records import BadRecord, Problem
from transfers.portfolio.columns import columns_of
from transfers.portfolio.on_workers import OddLines
from transfers.portfolio.spark import ROW, SPACES, Leaf, apart, functions, leaves, numbered, quoted, sent_to_all
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.reading import delimiter_of, headings_from

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

FIRST_OF_PARQUET, FIRST_OF_CSV = 1, 2
"""The number of the first row: in CSV the line after the headings. Rows are counted, not lines: a blank line or a break in a cell is none."""

ODD = "transborder_odd"
"""Column for a line of CSV that does not fit the headings."""
_BLANK, _UNREAD = "transborder_blank", "transborder_unread"


class Table:
    """A table with its rows numbered. ``broken`` are lines that are no rows: row, id and problems; None if there are none."""

    def __init__(self, rows: DataFrame, broken: DataFrame | None) -> None:
        self.rows = rows
        self.broken = broken


class Files:
    """Files on the file system to which a path belongs, be it of this machine, HDFS or an object store."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        jvm: Any = spark._jvm
        self._jvm = jvm
        self._root = jvm.org.apache.hadoop.fs.Path(folder)
        self._system = _system_of(spark, self._root)
        self._system.setWriteChecksum(
            False
        )  # beside files of this machine they would be strays, and wrong once another engine writes
        self._system.setVerifyChecksum(False)

    def path(self, name: str) -> str:
        """The address of a file in the folder."""
        return str(self._in(name).toString())

    def read(self, name: str) -> str | None:
        """The text of a file, or None if there is none."""
        if not self._system.exists(self._in(name)):
            return None
        stream = self._system.open(self._in(name))
        try:
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream)).decode("utf-8")
        finally:
            stream.close()

    def exists(self, name: str) -> bool:
        return bool(self._system.exists(self._in(name)))

    def write(self, name: str, content: str | bytes) -> None:
        """A whole file, over one that is there."""
        stream = self._system.create(self._in(name), True)
        try:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
        finally:
            stream.close()

    def remove(self, name: str) -> None:
        self._system.delete(self._in(name), True)

    def holds(self, path: str) -> bool:
        """Whether a path lies in the folder or is the folder."""
        inside = self._system.makeQualified(self._jvm.org.apache.hadoop.fs.Path(path)).toUri()
        own = self._system.makeQualified(self._root).toUri()
        same = inside.getScheme() == own.getScheme() and inside.getAuthority() == own.getAuthority()
        return bool(same and f"{inside.getPath()}/".startswith(f"{own.getPath()}/"))

    def _in(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self._root, name)


def form_of(spark: SparkSession, path: str) -> str:
    """``parquet`` or ``csv``, by the names of the files.

    Raises:
        BadRecord: there are no such files.
    """
    names = list(_names(spark, path))
    for form in ("parquet", "csv"):
        if any(f".{form}" in name.casefold() for name in names):
            return form
    told = (
        "there is no such file or folder"
        if not names
        else "neither .parquet nor .csv files are here; Spark reads these"
    )
    raise BadRecord([Problem(path, None, "", told)])


def _names(spark: SparkSession, path: str) -> Iterator[str]:
    """The names of the files at a path, which may be a folder or have ``*`` in it; hidden ones are left."""
    jvm: Any = spark._jvm
    where = jvm.org.apache.hadoop.fs.Path(path)
    system = _system_of(spark, where)
    for found in system.globStatus(where) or ():
        files = system.listFiles(found.getPath(), True)
        while files.hasNext():
            name = str(files.next().getPath().getName())
            if not name.startswith(("_", ".")):
                yield name


def _system_of(spark: SparkSession, path: Any) -> Any:
    """The Hadoop file system of a path, as Spark is set up to reach it."""
    context: Any = spark.sparkContext._jsc
    return path.getFileSystem(context.hadoopConfiguration())


def read_parquet(spark: SparkSession, path: str) -> Table:
    """A table in Parquet."""
    return Table(numbered(apart(spark.read.parquet(path)), FIRST_OF_PARQUET), None)


def read_csv(spark: SparkSession, path: str, mapping: TableMapping, kept: str) -> Table:
    """A table in CSV, parsed once and kept as Parquet in the folder ``kept``.

    A cell may have line breaks in it, so that no file can be read from its middle: each file is one task.

    Raises:
        BadRecord: the first line does not name the columns, or a quote is opened and never closed.
    """
    from pyspark.sql.types import StringType, StructField, StructType

    _refuse_open_quotes(spark, path)
    raw, headings, delimiter = _first_line(spark, path)
    form = columns_of(headings, mapping, path)
    schema = StructType([StructField(name, StringType()) for name in (*raw, ODD)])
    reader = spark.read.schema(schema).options(
        header=True, sep=delimiter, quote='"', escape='"', multiLine=True, enforceSchema=False, mode="PERMISSIVE",
        columnNameOfCorruptRecord=ODD, unescapedQuoteHandling="RAISE_ERROR",
    )  # fmt: skip
    parsed = reader.csv(path).toDF(*headings, ODD)
    parsed.withColumns(_seen(headings, delimiter)).write.mode("overwrite").parquet(kept)
    rows = numbered(apart(spark.read.parquet(kept)), FIRST_OF_CSV).where(f"not {_BLANK}").drop(_BLANK)
    return _without_broken(rows, headings, OddLines(form, delimiter))


def _first_line(spark: SparkSession, path: str) -> tuple[list[str], tuple[str, ...], str]:
    """The headings as they are written and as they are called, and what stands between cells."""
    first = spark.read.text(path).head()
    line = first[0].removeprefix("\ufeff") if first is not None else ""
    delimiter = delimiter_of(line)
    try:
        raw = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise BadRecord([Problem(path, 1, "", f"not a whole CSV file: {error}")]) from None
    headings = headings_from(path, [name.strip() for name in raw])
    if not all(headings) or len(headings) < len(raw):
        raise BadRecord([Problem(path, 1, "", "a column has no name; name every column")])
    return raw, headings, delimiter


def _refuse_open_quotes(spark: SparkSession, path: str) -> None:
    """Behind a quote that is never closed, rows would be lost in a cell."""
    f = functions()
    quotes = f.length("value") - f.length(f.replace("value", f.lit('"')))
    files = spark.read.text(path).groupBy(f.input_file_name().alias("file")).agg(f.sum(quotes).alias("quotes"))
    odd = files.where("quotes % 2 = 1").select("file").head()
    if odd is not None:
        message = "a quote is opened and never closed, or stands in a cell without quotes; write the file anew"
        raise BadRecord([Problem(odd[0], None, "", message)])


def _seen(headings: tuple[str, ...], delimiter: str) -> dict[str, Column]:
    """Whether a line has nothing in it but separators, and whether it has a character that could not be read. Both are kept with the
    line: as conditions over all columns they would make Spark's plans grow beyond measure.
    """
    f = functions()
    cells = f.concat_ws("", *(f.col(quoted(name)) for name in headings))
    line = f.coalesce(f.col(ODD), f.lit(""))
    blank = (f.btrim(cells, f.lit(SPACES)) == "") & (f.btrim(line, f.lit(SPACES + delimiter)) == "")
    return {_BLANK: blank, _UNREAD: cells.contains("\ufffd")}


def _without_broken(rows: DataFrame, headings: tuple[str, ...], lines: OddLines) -> Table:
    """Lines that do not fit are looked at one by one: what more they have may be blank."""
    f = functions()
    odd = rows.where(f"{ODD} is not null or {_UNREAD}")
    cells = [f.col(quoted(name)) for name in headings]
    told = odd.select(f.col(ROW).alias("row"), ODD, *(cell.alias(f"c{n}") for n, cell in enumerate(cells)))
    kind = "row long, id string, problems array<struct<column:string,problem:string>>"
    looked_at = told.mapInArrow(lines.read_batches, kind).where("size(problems) > 0").persist()
    count = looked_at.count()
    if not count:
        return Table(rows.drop(ODD, _UNREAD), None)
    numbers = looked_at.select(f.col("row").alias(ROW))
    return Table(rows.join(sent_to_all(numbers, count), ROW, "left_anti").drop(ODD, _UNREAD), looked_at)


def write_table(table: DataFrame, path: str, form: str) -> None:
    """Parquet, or CSV in which no cell is a formula. Texts of results repeat: a dictionary in Parquet may be larger than is usual."""
    if form == "parquet":
        table.write.options(**{"compression": "zstd", "parquet.dictionary.page.size": str(2**27)}).parquet(path)
        return
    cells = table.select(*(_cell(leaf).alias(leaf.name) for leaf in leaves(table.schema)))
    cells.write.options(
        header=True, quote='"', escape='"', emptyValue="", nullValue="", ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False
    ).csv(path)  # fmt: skip


def _cell(leaf: Leaf) -> Column:
    """A value as a cell has it, harmless to a spreadsheet."""
    f = functions()
    text = leaf.column.cast("string")
    if leaf.is_list:
        text = f.when(f.size(leaf.column) == 0, "none").otherwise(f.array_join(leaf.column.cast("array<string>"), "; "))
    cell: Column = f.when(text.rlike(r"\A[=+\-@\t\r]"), f.concat(f.lit("'"), text)).otherwise(text)
    return cell
