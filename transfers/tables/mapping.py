"""How somebody else's table is read: their headings to our fields, their words to ours. Data, never code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from country_reports.records import Fault, Record, read_record


class Mapping(Record):
    """Their headings to our fields, their words to ours, and what holds for every row.

    Several headings may lead to one field: the spellings of a heading, or columns that belong together. Case, accents,
    spacing and closing punctuation do not matter.
    """

    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    defaults: dict[str, str] = {}
    ignore: tuple[str, ...] = ()
    sheet: str | None = None

    def faults(self) -> Iterator[Fault]:
        """One heading that leads to two fields, one word that means two things."""
        yield from _twice(("columns",), self.columns)
        for field, words in self.values.items():
            yield from _twice(("values", field), words)

    def field_of(self, heading: str) -> str | None:
        """The field that a heading leads to, or none."""
        return self._fields.get(folded(heading))

    def ignores(self, heading: str) -> bool:
        """Whether a heading is known and left aside."""
        return folded(heading) in self._ignored

    def word(self, field: str, text: str) -> str | None:
        """Our word for theirs in this field, or none."""
        words = self._words.get(field)
        return words.get(folded(text)) if words else None

    @cached_property
    def _fields(self) -> dict[str, str]:
        return {folded(heading): field for heading, field in self.columns.items()}

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(map(folded, self.ignore))

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return {field: {folded(text): word for text, word in words.items()} for field, words in self.values.items()}


def read_mapping(path: Path | None) -> Mapping:
    """A mapping file, or one that changes nothing.

    Raises:
        BadRecord: it cannot be read.
    """
    return Mapping() if path is None else read_record(path, Mapping)


def folded(text: str) -> str:
    """What two spellings of a heading or word have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("_", " ").casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split()).strip(" .:;*?!")


def _twice(where: tuple[str, ...], words: dict[str, str]) -> Iterator[Fault]:
    meant: dict[str, str] = {}
    for text, word in words.items():
        first = meant.setdefault(folded(text), word)
        if first != word:
            yield Fault((*where, text), f"{text!r} is read as {first!r} and as {word!r}; keep one")
