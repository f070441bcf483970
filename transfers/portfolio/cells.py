"""Columns of Arrow as the cells of a table: headings of what is nested, texts of what is typed, and the keys of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from country_reports.records import BadRecord, Problem
from transfers.portfolio.columns import BETWEEN
from transfers.portfolio.sheets import arrow
from transfers.tables.reading import MAX_COLUMNS


def open_parquet(path: Path, words: Sequence[str] | None = None) -> Any:
    """A Parquet file; ``words`` are columns of texts that are to be read as numbers of words.

    Raises:
        BadRecord: it is missing, or not whole.
    """
    pyarrow = arrow()
    try:
        return pyarrow.parquet.ParquetFile(path, read_dictionary=words)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowException, OSError) as error:
        told = str(error).splitlines()[0][:200]
        raise BadRecord([Problem(str(path), None, "", f"no whole Parquet file: {told}")]) from None


def headings_of(path: Path) -> tuple[str, ...]:
    """The columns of a Parquet file, fields in fields under dotted names.

    Raises:
        BadRecord: as ``open_parquet`` and ``headings_in``.
    """
    return headings_in(open_parquet(path).schema_arrow, str(path))


def headings_in(schema: Any, table: str) -> tuple[str, ...]:
    """The columns of an Arrow schema, fields in fields under dotted names; ``table`` is what the table is called.

    Raises:
        BadRecord: there are more columns than a table has, two of one name, or one holds what no cell can.
    """
    pyarrow = arrow()
    if len(schema) > MAX_COLUMNS:
        raise BadRecord([Problem(table, None, "", f"{len(schema)} columns; a table has at most {MAX_COLUMNS}")])
    none = pyarrow.RecordBatch.from_arrays([pyarrow.array([], one.type) for one in schema], schema=schema)
    names = tuple(name for name, _ in flat_columns(none))
    try:
        for name, column in flat_columns(none):
            as_text(name, column)
    except BadRecord as error:
        raise BadRecord(replace(problem, file=table) for problem in error.problems) from None
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise BadRecord([Problem(table, None, "", f"two columns are called {', '.join(twice)}")])
    return names


def flat_columns(batch: Any) -> list[tuple[str, Any]]:
    """The columns of a batch, fields in fields under dotted names."""
    return [one for name, column in zip(batch.schema.names, batch.columns, strict=True) for one in _flat(name, column)]


def _flat(name: str, column: Any) -> Iterator[tuple[str, Any]]:
    from pyarrow import compute, types

    if types.is_struct(column.type):
        for n in range(column.type.num_fields):
            yield from _flat(f"{name}.{column.type.field(n).name}", compute.struct_field(column, [n]))
    else:
        yield name, column


def as_text(name: str, column: Any) -> Any:
    """A column as the cells of a table.

    Raises:
        BadRecord: it holds what no cell can.
    """
    from pyarrow import compute, types

    pyarrow, kind = arrow(), column.type
    if types.is_list(kind) or types.is_large_list(kind):
        return _listed(name, column)
    if types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind):
        message = f"a column of type {kind} is not read; give text, or columns such as {name}.1"
        raise BadRecord([Problem("", None, name, message)])
    text = column if types.is_string(kind) else column.cast(pyarrow.string())
    return compute.fill_null(text, "") if text.null_count else text


def _listed(name: str, column: Any) -> Any:
    """A list of words as a cell has it: an empty list is ``none``."""
    from pyarrow import compute, types

    pyarrow = arrow()
    if types.is_nested(column.type.value_type):
        message = f"lists of groups are not read; give columns such as {name}.1.tool"
        raise BadRecord([Problem("", None, name, message)])
    joined = compute.binary_join(column.cast(pyarrow.list_(pyarrow.string())), "; ")
    empty = compute.equal(compute.list_value_length(column), 0)
    return compute.fill_null(compute.if_else(empty, "none", joined), "")


def keys_of(columns: Sequence[tuple[str, Any]], rows: int) -> tuple[Any, list[str]]:
    """For each of so many rows the number of its key, and the keys; ``columns`` make up a key, each with its name and in their order.

    Columns that Parquet holds as numbers of words are told apart by these numbers; only one row of each kind is then spelt out.
    """
    import numpy
    from pyarrow import compute

    if not columns or not rows:
        return numpy.zeros(rows, numpy.int32), [""]
    first, kinds = numpy.arange(rows), None
    if all(_of_words(column) for _, column in columns):
        first, kinds = _told_apart([column for _, column in columns])
    spelt = [as_text(name, column.take(arrow().array(first))) for name, column in columns]
    encoded = compute.binary_join_element_wise(*spelt, BETWEEN).dictionary_encode()
    codes = encoded.indices.to_numpy()
    return codes if kinds is None else codes[kinds], encoded.dictionary.to_pylist()


def _of_words(column: Any) -> bool:
    from pyarrow import types

    return bool(types.is_dictionary(column.type) and types.is_string(column.type.value_type))


def _told_apart(columns: Sequence[Any]) -> tuple[Any, Any]:
    """One row of each kind, and for each row its kind. Rows of one kind are equal in all columns; equal rows may be of two kinds."""
    import numpy

    kinds, most = numpy.zeros(len(columns[0]), numpy.int64), 1
    for column in columns:
        size = len(column.dictionary) + 1
        if most * size >= 2**62:
            distinct, kinds = numpy.unique(kinds, return_inverse=True)
            most = len(distinct)
        numbers = column.indices.cast(
            arrow().int64()
        )  # what they are held in may be too narrow, or not whole beside int64
        kinds = kinds * size + numbers.fill_null(size - 1).to_numpy()
        most *= size
    _, first, kinds = numpy.unique(kinds, return_index=True, return_inverse=True)
    return first, kinds
