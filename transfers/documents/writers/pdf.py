"""A document as PDF, by typst: tagged, with bookmarks, page numbers, and the marking on every page.

The layout is a fixed program (``document.typ``); the document reaches it as data, so that nothing in it can become code.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from transfers.canonical import Json
from transfers.documents.blocks import (
    BadPicture,
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
    Style,
    Table,
    Words,
    runs_of,
    text_of,
)
from transfers.documents.lines import plain, running, shown, web_address
from transfers.documents.saying import _, in_its_language
from transfers.tables.reading import MissingExtra

_PROGRAM = Path(__file__).with_name("document.typ")


@in_its_language
def as_pdf(document: Document) -> bytes:
    """One file, the same bytes for the same document.

    Letters that the fonts of typst lack are taken from those of the machine; the bytes are then those of that machine.

    Raises:
        BadPicture: the logo cannot be drawn.
        MissingExtra: typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra("writing PDF needs typst: pip install 'transborder[pdf]'") from None
    plain_document = _plain(document)
    pictures = dict(_pictures(document))
    missing: dict[str, str] = {}
    for own_fonts_only, standards in _TRIES:
        told = _without(json.dumps(plain_document, ensure_ascii=False), missing)
        drawn = {name: _without(content, missing) for name, content in pictures.items()}
        try:
            return _compiled(told, drawn, document, own_fonts_only, standards)
        except typst.TypstError as error:
            if document.house.logo is not None and "decode image" in error.message:
                raise BadPicture(error.message) from None
            if "PDF/UA" not in error.message:
                raise
            if not own_fonts_only:
                missing |= {
                    letter: f"[U+{ord(letter):04X}]" for text in _NOT_SHOWN.findall(error.diagnostic) for letter in text
                }
    raise AssertionError("what needs no standard is written without one")


_TRIES: tuple[tuple[bool, list[str]], ...] = ((True, ["ua-1"]), (False, ["ua-1"]), (False, ["ua-1"]), (False, []))
"""Only the fonts of typst, then those of the machine too, then with the numbers of letters that neither has."""
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def _without(text: str, missing: dict[str, str]) -> str:
    """Letters that no font has as their numbers, so that a reader sees that something stands there."""
    return text.translate({ord(letter): told for letter, told in missing.items()}) if missing else text


def _compiled(
    told: str, drawn: dict[str, str], document: Document, own_fonts_only: bool, standards: list[str]
) -> bytes:
    import typst

    day = document.day or date(1980, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_bytes(_PROGRAM.read_bytes())
        for name, content in drawn.items():
            (Path(folder) / name).write_text(content, encoding="utf-8")
        if document.house.logo is not None:
            (Path(folder) / f"logo.{document.house.logo.kind}").write_bytes(document.house.logo.content)
        written = typst.Compiler(
            str(main), root=folder, ignore_system_fonts=own_fonts_only, sys_inputs={"document": told}
        ).compile(
            format="pdf",
            pdf_standards=standards,  # type: ignore[arg-type]  # names of standards
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    assert isinstance(written, bytes)
    return written


def _pictures(document: Document) -> Iterator[tuple[str, str]]:
    figures = (block for block in document.blocks if isinstance(block, Figure))
    yield from ((f"picture-{number}.svg", figure.svg) for number, figure in enumerate(figures, 1))


def _plain(document: Document) -> dict[str, Json]:
    """The document as the program reads it; pictures are files beside the program."""
    pictures = 0
    blocks: list[Json] = []
    for block in document.blocks:
        pictures += isinstance(block, Figure)
        blocks.append(_block(block, pictures))
    logo = document.house.logo
    labels: dict[str, Json] = {
        "contents": _("Contents"),
        "page": _("Page"),
        "of": _("of"),
        "logo": _("Logo"),
    }
    return {
        "title": plain(document.title),
        "running": {
            "marking": running(document.house.marking),
            "version": running(document.version),
            "title": running(document.title),
        },
        "language": document.language,
        "day": [document.day.year, document.day.month, document.day.day] if document.day else None,
        "contents": document.contents,
        "notes": sum(len(block.items) for block in document.blocks if isinstance(block, Notes)),
        "logo": f"logo.{logo.kind}" if logo else None,
        "labels": labels,
        "blocks": blocks,
    }


def _block(block: Block, pictures: int) -> dict[str, Json]:
    match block:
        case Heading(level, text, new_page):
            return {"kind": "heading", "level": level, "text": plain(text), "new_page": new_page}
        case Paragraph(text, strong, small):
            return {"kind": "paragraph", "runs": _runs(text), "strong": strong, "small": small}
        case Bullets(items):
            return {"kind": "bullets", "items": [_runs(item) for item in items]}
        case Table():
            return _table(block)
        case Callout(title, lines, tone):
            return {
                "kind": "callout",
                "title": plain(title),
                "lines": [_runs(line) for line in lines],
                "tone": tone.value,
            }
        case Figure(_svg, alt, caption, width, height):
            told: dict[str, Json] = {"alt": plain(alt), "caption": plain(caption)}
            return {
                "kind": "figure",
                "file": f"picture-{pictures}.svg",
                "width": str(width),
                "height": str(height),
            } | told
        case Notes(items):
            return {
                "kind": "notes",
                "items": [{"runs": _runs(note.text), "url": web_address(note.url)} for note in items],
            }


_SHORT = 700
"""Characters up to which a row is kept on one page, and headings are repeated on each."""


def _table(table: Table) -> dict[str, Json]:
    rows: list[Json] = [
        {
            "cells": [_runs(cell) for cell in row],
            "breakable": sum(len(text_of(cell)) for cell in row) > _SHORT,
        }
        for row in table.rows
    ]
    weights: list[Json] = list(table.weights or (1,) * len(table.headings))
    headings: list[Json] = [plain(heading) for heading in table.headings]
    return {
        "kind": "table",
        "headings": headings,
        "repeat": sum(map(len, table.headings)) <= _SHORT,
        "rows": rows,
        "weights": weights,
        "about": plain(table.about),
        "row_headings": table.row_headings,
    }


def _runs(content: Content) -> list[Json]:
    return [_run(run) for run in runs_of(content)]


def _run(run: Words | Cite | Blank) -> dict[str, Json]:
    match run:
        case Cite(number):
            return {"kind": "cite", "number": number}
        case Blank(label):
            return {"kind": "blank", "label": plain(label)}
        case Words(text, style, language):
            told: dict[str, Json] = {"kind": style.value, "text": _breaking(shown(text), style)}
            return told | {"language": language} if language else told


_UNBROKEN = 26
"""Signs of an id that stay on one line; the program has the same number."""


def _breaking(text: str, style: Style) -> str:
    """Where a word is too long for a narrow column it may break: a long id after its signs, any other after every thirty letters."""
    if style is Style.CODE:
        text = text if len(text) <= _UNBROKEN else re.sub(r"([:./_@(-])(?=\w)", "\\1\u200b", text)
    return re.sub(r"([^\s\u200b]{30})(?=[^\s\u200b])", "\\1\u200b", text)
