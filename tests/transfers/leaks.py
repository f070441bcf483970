"""Which words of a document were told in no language: found by telling it in one that has no Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from country_reports.records import read_plain
from transfers.assessment import Assessment
from transfers.canonical import Json
from transfers.documents.blocks import (
    Blank,
    Block,
    Bullets,
    Callout,
    Content,
    Document,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Style,
    Table,
    Words,
    runs_of,
)
from transfers.documents.tia import Tia
from transfers.languages import Language
from transfers.languages.catalogue import catalogue


class Strange(Language):
    """Every text of a catalogue in letters of its own, so that what comes from none stands out."""

    code = "strange"

    def __init__(self) -> None:
        self._engine, self._records = catalogue("fr", "engine"), catalogue("fr", "records")

    def text(self, template: str) -> str:
        return _strange(template) if template in self._engine else template

    def record(self, text: str) -> str:
        return _strange(text) if text in self._records else text

    def word(self, text: str) -> str:
        return _strange(text) if text in self._engine else self.record(text)

    def day(self, day: str) -> str:
        return day


def _strange(text: str) -> str:
    """Letters outside of parameters become letters that no text of ours has."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if number % 2 else re.sub(r"[^\W\d_]", "ж", part) for number, part in enumerate(parts))


def leaks(document: Document, tia: Tia, also: Iterable[str] = ()) -> set[str]:
    """Texts with words that come from no catalogue, and are none of the user, no title, no citation and no id.

    ``also`` are words that the user has in records of its own.
    """
    given = sorted({one for one in (*_given(tia), *also) if one}, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, given)))
    return {
        text
        for text in _texts(document)
        if all(_WORD.search(second.sub(" ", first.sub(" ", text))) for first, second in ((_ID, known), (known, _ID)))
    }


_WORD = re.compile(r"[A-Za-z]{3,}")
_ID = re.compile(r"\S*[:/_@]\S+|\b[a-z\d-]+\.[\w.]+|\b(UC|CM|OM|OC)-?[\d.]+|\b(WITH [\w-]+|transborder\b)")
"""Addresses, and ids as the engine forms them."""


def _given(tia: Tia) -> Iterator[str]:
    """What is the same in every language: what the user wrote, names, titles of sources, citations."""
    for assessment in tia.assessments:
        yield from _leaves(assessment.inputs.route)
        yield from _leaves(assessment.inputs.answers)
        for importer in assessment.inputs.importers:
            yield from _leaves(importer)
        yield from (assessment.route, assessment.title or "", assessment.engine)
        yield from (leg.name for leg in assessment.legs)
        yield from (regime.id for regime in assessment.regimes)
        yield from (str(value) for value in assessment.policy.values())
        yield from (one.id for one in assessment.questions)
        yield from (one.id for one in assessment.conditions)
        yield from _grounds(assessment)
    yield from (law.citation for law in tia.access_laws)
    yield from (law.ground.source for law in tia.access_laws)
    yield from (rating.ground.source for rating in tia.ratings)


def _grounds(assessment: Assessment) -> Iterator[str]:
    findings = [*assessment.benchmark.findings, *(one for regime in assessment.regimes for one in regime.findings)]
    for ground in {ground for finding in findings for ground in finding.grounds}:
        yield from (ground.source, ground.fact)


def _leaves(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield from (value, value.replace("_", " "))


def _texts(document: Document) -> Iterator[str]:
    yield from (document.title, document.version)
    for block in document.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text):
            yield text
        case Paragraph(text):
            yield from _of(text)
        case Bullets(items):
            yield from (text for item in items for text in _of(item))
        case Table(headings, rows, about):
            yield from (*headings, about)
            yield from (text for row in rows for cell in row for text in _of(cell))
        case Notes(items):
            yield from (text for note in items for text in _of(note.text))
        case Figure(_, alt, caption):
            yield from (alt, caption)
        case Callout(title, lines):
            yield title
            yield from (text for line in lines for text in _of(line))


def _of(content: Content) -> Iterable[str]:
    """Ids stand in a style of their own; they are nobody's words."""
    for run in runs_of(content):
        if isinstance(run, Words) and run.style is not Style.CODE:
            yield run.text
        elif isinstance(run, Blank):
            yield run.label


def words_of(folder: Path) -> Iterator[str]:
    """Every text in the records of a folder."""
    for path in folder.rglob("*.yaml"):
        yield from _leaves(read_plain(path))
