"""What stands in a document, by the model: for tests that look for something in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transfers.documents.blocks import (
    Bullets,
    Callout,
    Cite,
    Content,
    Document,
    Notes,
    Paragraph,
    Style,
    Table,
    Words,
    runs_of,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a document: its text, the ids in it, and the sources that it cites."""

    text: str
    codes: frozenset[str]
    sources: frozenset[int]


def told_in(document: Document) -> Iterator[Told]:
    """Paragraphs, items of lists, rows of tables, in order."""
    for block in document.blocks:
        match block:
            case Paragraph(text):
                yield _told(text)
            case Bullets(items):
                yield from map(_told, items)
            case Callout(_, lines):
                yield from map(_told, lines)
            case Table(_, rows):
                yield from (_told(*row) for row in rows)
            case _:
                pass


def _told(*contents: Content) -> Told:
    runs = [run for content in contents for run in runs_of(content)]
    return Told(
        "\n".join(map(text_of, contents)),
        frozenset(run.text for run in runs if isinstance(run, Words) and run.style is Style.CODE),
        frozenset(run.number for run in runs if isinstance(run, Cite)),
    )


def cites_in_order(document: Document) -> list[int]:
    """The number of each source where it is cited, from the first page to the last."""
    contents: list[Content] = []
    for block in document.blocks:
        match block:
            case Paragraph(text):
                contents.append(text)
            case Bullets(items):
                contents += items
            case Callout(_, lines):
                contents += lines
            case Table(_, rows):
                contents += [cell for row in rows for cell in row]
            case _:
                pass
    return [run.number for content in contents for run in runs_of(content) if isinstance(run, Cite)]


def facts_of_notes(document: Document) -> dict[int, str]:
    """The name of the fact behind each source."""
    notes = [note for block in document.blocks if isinstance(block, Notes) for note in block.items]
    return {number: _code(note.text) for number, note in enumerate(notes, 1)}


def _code(content: Content) -> str:
    return next(run.text for run in runs_of(content) if isinstance(run, Words) and run.style is Style.CODE)
