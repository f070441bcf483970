"""A document as blocks, and its writers: plain text for the terminal, Markdown, and one self-contained HTML page.

No writer knows law. Text is data to every writer: markup in it is shown, never obeyed.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from transfers.documents.lines import WIDTH, plain, wrapped


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under their headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered source: what it is, and where a reader can open it."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """The numbered sources, in the order of their numbers."""

    items: tuple[Note, ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Notes


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what follows."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def with_title(self) -> Iterator[Block]:
        yield Heading(1, self.title)
        yield from self.blocks


def as_text(document: Document) -> str:
    """For the terminal, 100 columns wide."""
    return "\n".join(line for block in document.with_title for line in _text(block)).rstrip() + "\n"


def as_markdown(document: Document) -> str:
    """CommonMark with tables."""
    return "\n".join(line for block in document.with_title for line in _markdown(block)).rstrip() + "\n"


def as_html(document: Document) -> str:
    """One page that needs nothing else, and prints."""
    body = "\n".join(line for block in document.with_title for line in _html(block))
    return _PAGE.format(title=html.escape(document.title), style=_STYLE, body=body)


WRITERS: dict[str, Callable[[Document], str]] = {"text": as_text, "md": as_markdown, "html": as_html}


def escaped(text: str) -> str:
    """Data as Markdown text: markup and control characters lose their meaning."""
    return "".join(character for character in text.translate(_MARKUP) if character.isprintable())


_MARKUP = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]<>#|"} | {"\n": " ", "\r": " ", "\t": " "}
)


def _text(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from (*wrapped(plain(text).upper() if level <= 2 else plain(text)), "")
        case Paragraph(text):
            yield from (*wrapped(plain(text)), "")
        case Bullets(items):
            yield from (line for item in items for line in wrapped(plain(item), "  - ", "    "))
            yield ""
        case Table(headings, rows):
            yield from (*_table(headings, rows), "")
        case Notes(items):
            for number, note in enumerate(items, 1):
                yield from wrapped(plain(note.text), f"  [{number}] ", "      ")
                if note.url:
                    yield f"      {plain(note.url)}"
            yield ""


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as records where columns would be too narrow to read: the first cell, then each other under its heading."""
    from tabulate import tabulate

    cells = [tuple(plain(cell) for cell in row) for row in rows]
    widest = [max((len(row[column]) for row in [headings, *cells]), default=0) for column in range(len(headings))]
    if sum(widest) + 2 * len(widest) <= WIDTH:
        columns = tabulate(cells, headers=headings).splitlines()
        if max(map(len, columns), default=0) <= WIDTH:  # headings get more room than their letters
            return columns
    lines: list[str] = []
    for row in cells:
        lines += wrapped(row[0], "  ", "    ")
        for heading, cell in zip(headings[1:], row[1:], strict=True):
            lines += wrapped(f"{heading}: {cell}", "      ", "        ") if cell else []
    return lines


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from (f"{'#' * level} {escaped(text)}", "")
        case Paragraph(text, strong):
            yield from (f"**{escaped(text)}**" if strong else escaped(text), "")
        case Bullets(items):
            yield from (f"- {escaped(item)}" for item in items)
            yield ""
        case Table(headings, rows):
            yield f"| {' | '.join(headings)} |"
            yield f"|{' --- |' * len(headings)}"
            yield from (f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows)
            yield ""
        case Notes(items):
            for number, note in enumerate(items, 1):
                yield f"{number}. {escaped(note.text)}" + (f" <{note.url}>" if note.url else "")
            yield ""


def _html(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{_shown(text)}</h{level}>"
        case Paragraph(text, strong):
            yield f"<p><strong>{_shown(text)}</strong></p>" if strong else f"<p>{_shown(text)}</p>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{_shown(item)}</li>" for item in items)
            yield "</ul>"
        case Table(headings, rows):
            yield "<table><thead><tr>"
            yield from (f'<th scope="col">{_shown(heading)}</th>' for heading in headings)
            yield "</tr></thead><tbody>"
            yield from ("<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            yield "</tbody></table>"
        case Notes(items):
            yield '<ol class="sources">'
            for note in items:
                link = f' <a href="{html.escape(note.url)}" rel="noreferrer">{_shown(note.url)}</a>' if note.url else ""
                yield f"<li>{_shown(note.text)}{link}</li>"
            yield "</ol>"


def _shown(text: str) -> str:
    return html.escape(plain(text))


_STYLE = """
body { font: 16px/1.5 Georgia, "Times New Roman", serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
h1, h2, h3 { font-family: Helvetica, Arial, sans-serif; line-height: 1.25; margin: 2rem 0 .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0 1.2rem; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; }
.sources { font-size: .85rem; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
""".strip()

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
{body}
</body>
</html>
"""
