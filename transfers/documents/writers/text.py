"""A document as plain text for the terminal, 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.documents.blocks import (
    Blank,
    Block,
    Bullets,
    Callout,
    Cite,
    Content,
    Document,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Table,
    runs_of,
)
from transfers.documents.lines import WIDTH, plain, wrapped
from transfers.documents.saying import _, in_its_language, told


@in_its_language
def as_text(document: Document) -> str:
    """For the terminal, 100 columns wide."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def _lines(document: Document) -> Iterator[str]:
    if document.house.marking:
        yield from (plain(document.house.marking), "")
    for block in document.with_title:
        yield from _block(block)
    if document.version:
        yield plain(document.version)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from (*wrapped(plain(text).upper() if level <= 2 else plain(text)), "")
        case Paragraph(text):
            yield from (*wrapped(_content(text)), "")
        case Bullets(items):
            yield from (line for item in items for line in wrapped(_content(item), "  - ", "    "))
            yield ""
        case Table(headings, rows):
            yield from (*_table(headings, rows), "")
        case Callout(title, lines):
            yield from (plain(title).upper(), *(line for text in lines for line in wrapped(_content(text))), "")
        case Figure(_, alt, caption):
            yield from (*wrapped("[" + told(_("{name}: {value}"), name=plain(caption), value=plain(alt)) + "]"), "")
        case Notes(items):
            for number, note in enumerate(items, 1):
                yield from wrapped(_content(note.text), f"  [{number}] ", "      ")
                if note.url:
                    yield f"      {plain(note.url)}"
            yield ""


def _table(headings: tuple[str, ...], rows: Iterable[tuple[Content, ...]]) -> list[str]:
    """Rows as records where columns would be too narrow to read: the first cell, then each other under its heading."""
    from tabulate import tabulate

    cells = [tuple(_content(cell) for cell in row) for row in rows]
    widest = [max((len(row[column]) for row in [headings, *cells]), default=0) for column in range(len(headings))]
    if sum(widest) + 2 * len(widest) <= WIDTH:
        columns = tabulate(cells, headers=headings).splitlines()
        if max(map(len, columns), default=0) <= WIDTH:  # headings get more room than their letters
            return columns
    lines: list[str] = []
    for row in cells:
        lines += wrapped(row[0], "  ", "    ")
        for heading, cell in zip(headings[1:], row[1:], strict=True):
            lines += wrapped(told(_("{name}: {value}"), name=heading, value=cell), "      ", "        ") if cell else []
    return lines


def _content(content: Content) -> str:
    parts: list[str] = []
    for run in runs_of(content):
        match run:
            case Cite(number):
                parts.append(f" [{number}]")
            case Blank(_):
                parts.append("____________")
            case _:
                parts.append(run.text)
    return plain("".join(parts))
