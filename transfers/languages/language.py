"""One language: what a sentence of the engine, a sentence of a record, and a day are called in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from country_reports.facts import Statement
from transfers.finding import _
from transfers.languages.catalogue import catalogue

CODES = ("en", "fr")


class Language:
    """English: everything is told as it is written."""

    code = "en"

    def text(self, template: str) -> str:
        """A template or a label of the engine; as it is where the engine has none of this text."""
        return template

    def record(self, text: str) -> str:
        """A sentence or a name that stands in a record.

        What is no text of a shipped record, such as an id, a title of an act or what the user wrote, stays as it is. A shipped
        sentence that nobody has translated yet is quoted in English, between the marks that `quotes_in` finds again.
        """
        return text

    def within(self, text: str) -> str:
        """A sentence of a record as it stands within another: without its full stop."""
        return self.record(text).removesuffix(".")

    def word(self, text: str) -> str:
        """What fills a sentence: a label of the engine, or a text of a record."""
        return text

    def statement(self, told: str | Statement) -> str:
        """The statement of a fact."""
        if not isinstance(told, Statement):
            return self.record(told)
        return self.text(told.template).format(**{name: self._filling(value) for name, value in told.parameters})

    def _filling(self, value: str | Statement) -> str:
        return self.statement(value) if isinstance(value, Statement) else self.word(self.day(value))

    def day(self, day: str) -> str:
        """A day written YYYY-MM-DD as it stands in a text; as it is where it is none."""
        return day


ENGLISH = Language()


@cache
def language_of(code: str) -> Language:
    """The language of this code; catalogues are read when they are first needed.

    Raises:
        ValueError: there is none; the message lists those there are.
    """
    if code not in CODES:
        raise ValueError(f"{code!r} is no language we have. Allowed: {', '.join(CODES)}")
    return ENGLISH if code == "en" else _Translated(code)


class _Translated(Language):
    def __init__(self, code: str) -> None:
        self.code = code
        self._engine = catalogue(code, "engine")
        self._records = catalogue(code, "records")
        self._months = self.text(
            _("January February March April May June July August September October November December")
        ).split()

    def text(self, template: str) -> str:
        return self._engine.get(template) or template

    def record(self, text: str) -> str:
        return self._records.get(text, text) or f"{_OPEN}{text}{_CLOSE}"

    def within(self, text: str) -> str:
        told = self._records.get(text, text)
        return told.removesuffix(".") if told else f"{_OPEN}{text.removesuffix('.')}{_CLOSE}"

    def word(self, text: str) -> str:
        return self._engine.get(text) or self.record(text)

    def day(self, day: str) -> str:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return day
        year, month, number = day.split("-")
        written = self.text(_("1 {month} {year}") if number == "01" else _("{number} {month} {year}"))
        return written.format(number=int(number), month=self._months[int(month) - 1], year=year)


_OPEN, _CLOSE = "\x0e", "\x0f"
"""Shift out and shift in: the signs that once switched to another alphabet and back. No text has them, and no reader sees them."""


def quotes_in(text: str) -> Iterator[tuple[str, bool]]:
    """A told text in pieces, each with whether it is quoted in English."""
    for number, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", text)):
        if piece:
            yield piece, number % 2 == 1


def unmarked(text: str) -> str:
    """A told text without the marks of quotations, for where nothing can carry them."""
    return "".join(piece for piece, _quoted in quotes_in(text))
