"""Looking at a column of texts through its bytes: what is plainly right is seen for a whole column at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from transfers.tables.reading import MAX_CELL

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_STARTS_IN_DOUBT = b"=#\x09\x0a\x0b\x0c\x0d\x1c\x1d\x1e\x1f \xc2\xe1\xe2\xe3"
"""First bytes of formulas, of errors and of spaces: the row is then looked at by itself."""
_STARTS_OF_FORMULAS = b"=+-@\t\r"
_QUOTED = b'",\n\r'


class Texts:
    """One column of texts without nulls. ``no_...`` are rows in doubt, not rows that are wrong."""

    def __init__(self, column: Any) -> None:
        import numpy

        self.column = column
        _, offsets, data = column.buffers()
        start = column.offset
        self._offsets = numpy.frombuffer(offsets, numpy.int32)[start : start + len(column) + 1]
        self._data = numpy.frombuffer(data, numpy.uint8) if data is not None else numpy.zeros(0, numpy.uint8)

    @property
    def data(self) -> Any:
        """The bytes of all texts, one after the other."""
        return self._data[int(self._offsets[0]) : int(self._offsets[-1])]

    @cached_property
    def lengths(self) -> Any:
        return self._offsets[1:] - self._offsets[:-1]

    @cached_property
    def blank(self) -> Any:
        return self.lengths == 0

    @property
    def are_ids(self) -> bool:
        """Whether every text is an id at sight."""
        return not self.no_ids.any()

    @cached_property
    def no_ids(self) -> Any:
        outside = self._with_bytes_outside(_LETTERS + b"._-")
        return outside | self.blank | (self.lengths > 120) | ~self._starts_with(_LETTERS)

    @cached_property
    def no_numbers(self) -> Any:
        return self._with_bytes_outside(b"0123456789") | (self.lengths > 15)

    @cached_property
    def no_words(self) -> Any:
        doubts = self._starts_with(_STARTS_IN_DOUBT) | (self.lengths > MAX_CELL)
        return doubts | self._with_bytes(b"\x1f")

    @property
    def csv(self) -> Any:
        """As cells of a CSV file: quoted where they must be, and harmless."""
        from transfers.portfolio.sheets import arrow, csv_cell

        doubtful = self._starts_with(_STARTS_OF_FORMULAS) | self._with_bytes(_QUOTED)
        if not doubtful.any():
            return self.column
        return arrow().array([csv_cell(text) for text in self.column.to_pylist()], arrow().string())

    def words_of(self, count: int) -> Any:
        """The next eight bytes of each text as a number, from the byte ``count`` on; nought where it has ended."""
        import numpy

        padded = self._padded
        words = numpy.ndarray(max(len(padded) - 7, 0), "<u8", padded, strides=(1,))
        left = numpy.clip(self.lengths - count, 0, 8)
        return words[numpy.minimum(self._offsets[:-1] + count, len(words) - 1)] & _masks()[left]

    @cached_property
    def _padded(self) -> Any:
        import numpy

        return numpy.concatenate([self._data, numpy.zeros(8, numpy.uint8)])

    def _starts_with(self, letters: bytes) -> Any:
        import numpy

        found = numpy.zeros(len(self.column), bool)
        filled = ~self.blank
        found[filled] = _table(letters)[self._data[self._offsets[:-1][filled]]]
        return found

    def _with_bytes(self, letters: bytes) -> Any:
        return self._with(_table(letters))

    def _with_bytes_outside(self, letters: bytes) -> Any:
        return self._with(~_table(letters))

    def _with(self, table: Any) -> Any:
        """Rows with a byte that the table names."""
        import numpy

        places = numpy.flatnonzero(table[self.data]) + int(self._offsets[0])
        found = numpy.zeros(len(self.column), bool)
        if len(places):
            found[numpy.searchsorted(self._offsets, places, "right") - 1] = True
        return found


def hashes_of(texts: Texts) -> Any:
    """A number for each text; equal texts have equal numbers, and others hardly ever."""
    import numpy

    found = texts.lengths.astype(numpy.uint64) * numpy.uint64(_ODD)
    for count in range(0, int(texts.lengths.max(initial=0)), 8):
        found ^= texts.words_of(count)
        found *= numpy.uint64(_ODD)
        found ^= found >> numpy.uint64(29)
    return found


_ODD = 0x9E3779B97F4A7C15


def _table(letters: bytes) -> Any:
    import numpy

    table = numpy.zeros(256, bool)
    table[list(letters)] = True
    return table


def _masks() -> Any:
    import numpy

    return numpy.array([(1 << (8 * count)) - 1 for count in range(9)], numpy.uint64)
