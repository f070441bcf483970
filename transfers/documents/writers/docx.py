"""A document as Word file (DOCX) with real styles, contents, endnotes, running header and footer, and blanks to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

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
    Style,
    Table,
    Words,
    runs_of,
    text_of,
)
from transfers.documents.lines import plain, running, shown, web_address
from transfers.documents.packed import settled
from transfers.documents.saying import _, in_its_language
from transfers.tables.reading import MissingExtra

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from transfers.documents.writers.docx_file import WordFile


@in_its_language
def as_docx(document: Document) -> bytes:
    """One file, the same bytes for the same document.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from transfers.documents.writers.docx_file import WordFile
    except ImportError:
        raise MissingExtra("writing DOCX needs python-docx: pip install 'transborder[docx]'") from None
    file = WordFile(document.house.template, _LANGUAGES.get(document.language, document.language))
    _Writer(document, file).write()
    packed = io.BytesIO()
    file.save(packed)
    return settled(packed.getvalue(), document.day or date(1980, 1, 1))


_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
_NARROW_ROW = 700
"""Characters up to which a row of a table is kept on one page."""


class _Writer:
    """One document being written: it minds which sources were cited already, and numbers headings."""

    def __init__(self, document: Document, file: WordFile) -> None:
        self._document = document
        self._file = file
        self._headings = [block for block in document.blocks if isinstance(block, Heading)]
        self._notes = {
            number: note
            for block in document.blocks
            if isinstance(block, Notes)
            for number, note in enumerate(block.items, 1)
        }
        self._cited: set[int] = set()
        self._written = 0

    def write(self) -> None:
        document, file = self._document, self._file
        file.name(plain(document.title), datetime.combine(document.day or date(1980, 1, 1), datetime.min.time()))
        if document.house.logo is not None:
            file.add_picture(document.house.logo.content, _("Logo"), height=40)
        own_header = file.run_along(
            running(document.house.marking), running(document.version), running(document.title), _("Page"), _("of")
        )
        file.add_paragraph(file.style("Title"), [file.text(plain(document.title))])
        if not own_header:
            for line in (document.house.marking, document.version):
                if line:
                    file.add_paragraph(file.style("Small Text"), [file.text(plain(line))])
        for block in document.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        file = self._file
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(text, strong, small):
                style = file.style("Small Text" if small else "Body Text")
                file.add_paragraph(style, self._runs(text, strong=strong), keep_with_next=strong)
            case Bullets(items):
                for item in items:
                    file.add_bullet(list(self._runs(item)))
            case Table():
                self._table(block)
            case Callout(title, lines, tone):
                told = [[file.text(plain(title), strong=True, size=13)], *(list(self._runs(line)) for line in lines)]
                file.add_callout(told, _TONES[tone.value])
            case Figure():
                file.add_figure(block.svg, plain(block.alt), block.width)
                file.add_paragraph(file.style("Caption"), [file.text(plain(block.caption))])
            case Notes(items):
                self._uncited(items)

    def _heading(self, heading: Heading) -> None:
        if heading.level == 2 and self._document.contents:
            chapters = [one for one in self._headings[: self._written] if one.level == 2]
            if len(chapters) == 1:
                self._contents()
        self._written += 1
        style = self._file.style(f"Heading {min(max(heading.level - 1, 1), 4)}")
        runs = [self._file.text(plain(heading.text))]
        self._file.add_heading(style, runs, f"_Toc{self._written:06}", heading.new_page)

    def _contents(self) -> None:
        depth = self._document.contents
        entries = [
            (heading.level - 1, plain(heading.text), f"_Toc{number:06}")
            for number, heading in enumerate(self._headings, 1)
            if heading.level - 1 <= depth
        ]
        self._file.add_contents(_("Contents"), entries, depth)

    def _table(self, table: Table) -> None:
        rows = [
            (
                [list(self._runs(cell, strong=table.row_headings and not column)) for column, cell in enumerate(row)],
                sum(len(text_of(cell)) for cell in row) <= _NARROW_ROW,
            )
            for row in table.rows
        ]
        weights = table.weights or (1,) * len(table.headings)
        headings = [plain(heading) for heading in table.headings]
        self._file.add_table(headings, rows, weights, plain(table.about))

    def _uncited(self, items: tuple[object, ...]) -> None:
        """Sources cited by number in the text are endnotes; those that are not stand here."""
        for number in range(1, len(items) + 1):
            if number not in self._cited:
                file, note = self._file, self._notes[number]
                address = web_address(note.url)
                runs = [file.text(f"{number}. "), *self._runs(note.text)]
                runs += [file.text(" "), file.link(address)] if address else []
                file.add_paragraph(file.style("Small Text"), runs)

    def _runs(self, content: Content, strong: bool = False) -> Iterator[Element]:
        for number, run in enumerate(runs := runs_of(content)):
            after_a_source = number > 0 and isinstance(runs[number - 1], Cite)
            yield from self._run(run, strong, after_a_source)

    def _run(self, run: Words | Cite | Blank, strong: bool, after_a_source: bool) -> Iterator[Element]:
        file = self._file
        match run:
            case Words(text, style, language):
                yield file.text(
                    shown(text),
                    strong=strong or style is Style.STRONG,
                    code=style is Style.CODE,
                    language=_LANGUAGES.get(language, language),
                )
            case Blank(label):
                yield file.blank(plain(label))
            case Cite(number) if number in self._notes:
                if after_a_source:
                    yield file.text(", ", raised=True)
                yield from self._source(number)
            case Cite(number):
                yield file.text(f"[{number}]", raised=True)

    def _source(self, number: int) -> Iterator[Element]:
        """An endnote where it is cited first, a reference to it later."""
        if number in self._cited:
            yield from self._file.same_endnote(number)
            return
        self._cited.add(number)
        note = self._notes[number]
        yield from self._file.endnote(number, list(self._runs(note.text)), web_address(note.url))


_TONES = {"good": "1B6E3C", "care": "8A5A00", "stop": "9B1C1C"}
