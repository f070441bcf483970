"""A document as CommonMark with tables."""

from __future__ import annotations

import re
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
    Run,
    Style,
    Table,
    Words,
    runs_of,
)
from transfers.documents.lines import plain, shown, web_address
from transfers.documents.saying import _, in_its_language, told


@in_its_language
def as_markdown(document: Document) -> str:
    """CommonMark with tables."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Data as Markdown text: markup and control characters lose their meaning."""
    return shown(text).translate(_MARKUP)


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|~&"})


def _lines(document: Document) -> Iterator[str]:
    title, *blocks = document.with_title
    if document.house.marking:
        yield from (f"**{_words(document.house.marking)}**", "")
    yield from _block(title)
    if document.version:
        yield from (_paragraph(document.version), "")
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from (f"{'#' * level} {_words(text)}", "")
        case Paragraph(text, strong):
            yield from (f"**{_content(text)}**" if strong else _paragraph(text), "")
        case Bullets(items):
            yield from (f"- {_paragraph(item)}" for item in items)
            yield ""
        case Table(headings, rows):
            yield f"| {' | '.join(map(_words, headings))} |"
            yield f"|{' --- |' * len(headings)}"
            yield from (f"| {' | '.join(_content(cell) for cell in row)} |" for row in rows)
            yield ""
        case Callout(title, lines):
            yield from (f"> **{_words(title)}**", *(line for text in lines for line in (">", f"> {_paragraph(text)}")))
            yield ""
        case Figure(_, alt, caption):
            yield from (told(_("{name}: {value}"), name=_paragraph(caption), value=_words(alt)), "")
        case Notes(items):
            for number, note in enumerate(items, 1):
                address = web_address(note.url)
                yield f"{number}. {_content(note.text)}" + (f" <{address}>" if address else "")
            yield ""


def _paragraph(content: Content) -> str:
    """What begins like an item of a list, or like a rule, begins with a sign that is only shown."""
    return re.sub(r"^(\d{1,9})([.)])|^([-+=])", r"\1\\\2\3", _content(content))


def _content(content: Content) -> str:
    return "".join(map(_run, _joined(runs_of(content)))).strip()


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs of one style as one: what they differ in, their language, has no sign in Markdown."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if isinstance(run, Words) and isinstance(last, Words) and run.style is last.style is not Style.CODE:
            joined[-1] = Words(last.text + run.text, run.style)
        else:
            joined.append(run)
    return joined


def _run(run: Words | Cite | Blank) -> str:
    match run:
        case Cite(number):
            return f" [{number}]"
        case Blank(_):
            return ""
        case Words(text, Style.CODE):
            return _code(text)
        case Words(text, Style.STRONG):
            return f"**{_words(text)}**" if text.strip() else ""
        case _:
            return escaped(run.text)


def _words(text: str) -> str:
    return escaped(plain(text))


def _code(text: str) -> str:
    """An id as code; what could end the code, or the cell of a table, is shown as text instead."""
    told = plain(text)
    return _words(told) if "`" in told or "|" in told or not told else f"`{told}`"
