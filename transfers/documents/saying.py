"""Sentences of documents: literal templates with named parameters, told in the language that is spoken while a document is made.

Within `speaking` the functions of this module, and every `Wording`, answer in that language; outside of it, in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from transfers.languages import ENGLISH, Language, language_of

if TYPE_CHECKING:
    from transfers.documents.blocks import Content, Document, Run
    from transfers.law.catalogue import Provision

_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything that is told within is told in this language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> Language:
    """The language that is spoken now."""
    return _SPOKEN.get()


def _(template: str) -> str:
    """A template or label of ours in the language spoken; extraction finds the literal ones by the name of this function."""
    return _SPOKEN.get().text(template)


def marked(template: str) -> str:
    """Marks what stands in a constant for extraction; it is looked up where it is used."""
    return template


def recorded(text: str) -> str:
    """A sentence or a name from a record in the language spoken."""
    return _SPOKEN.get().record(text)


def described(provision: Provision) -> str:
    """What a provision says, in our words."""
    return recorded(provision.about)


def dated(day: str) -> str:
    """A day in the language spoken."""
    return _SPOKEN.get().day(day)


def told(template: str, **parameters: str | int) -> str:
    """A sentence, looked up by `_`, with its parameters filled in."""
    return template.format(**parameters)


def told_with(template: str, **parameters: Content) -> tuple[Run, ...]:
    """A sentence some of whose parameters stand out, are sources, or have to be filled in."""
    from string import Formatter

    from transfers.documents.blocks import Words, runs_of

    runs: list[Run] = []
    for literal, name, _form, _conversion in Formatter().parse(template):
        if literal:
            runs.append(Words(literal))
        if name is not None:
            runs += runs_of(parameters[name])
    return tuple(runs)


def listed(texts: list[str]) -> str:
    """Names in a row; some have commas of their own."""
    return _("; ").join(texts)


class Wording(Mapping[str, str]):
    """The words a reader sees for the words of the engine, in the language spoken."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, word: str) -> str:
        return _(self._words[word])

    def template(self, word: str) -> str:
        """The English, to be looked up later."""
        return self._words[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


WrittenT = TypeVar("WrittenT", str, bytes)


def in_its_language(writer: Callable[[Document], WrittenT]) -> Callable[[Document], WrittenT]:
    """A writer whose own labels are in the language of the document."""

    @wraps(writer)
    def written(document: Document) -> WrittenT:
        with speaking(language_of(document.language)):
            return writer(document)

    return written
