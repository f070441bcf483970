"""A Word file being filled: paragraphs, tables, fields and controls as its format has them, in styles that a house may have changed.

Knows neither law nor the model of documents. Needs python-docx.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from transfers.documents.writers.docx_endnotes import Endnotes
from transfers.documents.writers.docx_styles import Styles, prepared
from transfers.documents.writers.raster import as_png

_MOST_REPEATED = 700
"""Characters of headings that are repeated on each page."""


class WordFile:
    """A file on the house's template, or on our own: only the styles, header and footer of a template are kept."""

    def __init__(self, template: bytes | None, language: str) -> None:
        self._file = Document(io.BytesIO(template)) if template is not None else Document()
        self._styles: Styles = prepared(self._file, language, own=template is None)
        self._body = self._file.element.body
        for child in list(self._body):
            if child.tag != qn("w:sectPr"):
                self._body.remove(child)
        self._endnotes = Endnotes(self._file)
        self._marks = 0

    def save(self, where: io.BytesIO) -> None:
        self._endnotes.attach()
        self._file.save(where)

    def name(self, title: str, day: datetime) -> None:
        """What the file says of itself."""
        properties = self._file.core_properties
        properties.title, properties.author, properties.last_modified_by = title[:255], "transborder", "transborder"
        properties.comments, properties.created, properties.modified, properties.revision = "", day, day, 1

    def style(self, name: str) -> str:
        """The id of a style by its English name; one that the template lacks is made."""
        return self._styles.id_of(name)

    # --- runs

    def text(
        self,
        text: str,
        strong: bool = False,
        code: bool = False,
        raised: bool = False,
        size: float | None = None,
        language: str = "",
    ) -> Element:
        """A run; ``language`` where it is not that of the document."""
        run = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        if code:
            properties.append(_with("w:rStyle", val=self.style("Code")))
        if raised:
            properties.append(_with("w:vertAlign", val="superscript"))
        if strong:
            properties.insert(1 if code else 0, OxmlElement("w:b"))
        if size is not None:
            properties.append(_with("w:sz", val=str(int(size * 2))))
        if language:
            properties.append(_with("w:lang", val=language))
        if len(properties):
            run.append(properties)
        words = OxmlElement("w:t")
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        return run

    def link(self, address: str) -> Element:
        """An address of the web that can be followed."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._file.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(self.text(address))
        return link

    def blank(self, label: str) -> Element:
        """A content control to type into."""
        self._marks += 1
        control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
        properties.append(_with("w:alias", val=label[:64]))
        properties.append(_with("w:tag", val=f"blank-{self._marks}"))
        properties.append(_with("w:id", val=str(100_000 + self._marks)))
        properties.append(OxmlElement("w:showingPlcHdr"))
        properties.append(OxmlElement("w:text"))
        content.append(self.text("\u2002" * 5))
        control.append(properties)
        control.append(content)
        return control

    def endnote(self, number: int, runs: list[Element], address: str | None) -> Iterator[Element]:
        """The mark of a new endnote; its text is kept for the end of the document."""
        self._endnotes.add(number, runs, address, self.style("endnote text"), self.style("endnote reference"))
        start, end = self._bookmark(f"_Note{number}")
        yield start
        yield self._reference(_with("w:endnoteReference", id=str(number)))
        yield end

    def same_endnote(self, number: int) -> Iterator[Element]:
        """The number of an endnote that stands already."""
        yield from self._field(f"NOTEREF _Note{number} \\h", str(number), self.style("endnote reference"))

    def _reference(self, inner: Element) -> Element:
        run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        properties.append(_with("w:rStyle", val=self.style("endnote reference")))
        run.append(properties)
        run.append(inner)
        return run

    def _field(self, code: str, shown: str, style: str | None = None) -> Iterator[Element]:
        """A field with what it showed last."""
        parts: list[Element] = [_with("w:fldChar", fldCharType="begin"), OxmlElement("w:instrText")]
        parts[1].text = f" {code} "
        parts[1].set(qn("xml:space"), "preserve")
        words = OxmlElement("w:t")
        words.text = shown
        parts += [_with("w:fldChar", fldCharType="separate"), words, _with("w:fldChar", fldCharType="end")]
        for part in parts:
            run = OxmlElement("w:r")
            if style is not None:
                properties = OxmlElement("w:rPr")
                properties.append(_with("w:rStyle", val=style))
                run.append(properties)
            run.append(part)
            yield run

    def _bookmark(self, name: str) -> tuple[Element, Element]:
        self._marks += 1
        return _with("w:bookmarkStart", id=str(self._marks), name=name), _with("w:bookmarkEnd", id=str(self._marks))

    # --- blocks

    def add_paragraph(
        self, style: str, runs: Iterable[Element], keep_with_next: bool = False, new_page: bool = False
    ) -> Element:
        paragraph = _paragraph(style, runs, keep_with_next, new_page)
        self._append(paragraph)
        return paragraph

    def add_heading(self, style: str, runs: list[Element], bookmark: str, new_page: bool) -> None:
        start, end = self._bookmark(bookmark)
        self.add_paragraph(style, [start, *runs, end], keep_with_next=True, new_page=new_page)

    def add_bullet(self, runs: list[Element]) -> None:
        style = self.style("List Bullet")
        sign = [] if self._styles.has_bullets else [self.text("\u2022 ")]
        self.add_paragraph(style, [*sign, *runs])

    def add_callout(self, lines: list[list[Element]], colour: str) -> None:
        """Paragraphs in one frame, the left edge of it in colour."""
        for number, runs in enumerate(lines):
            paragraph = self.add_paragraph(self.style("Callout"), runs, keep_with_next=number < len(lines) - 1)
            borders = OxmlElement("w:pBdr")
            for side in ("top", "left", "bottom", "right"):
                width, ink = ("36", colour) if side == "left" else ("4", "8A94A0")
                borders.append(_with(f"w:{side}", val="single", sz=width, space="6", color=ink))
            properties = paragraph.find(qn("w:pPr"))
            assert properties is not None
            properties.append(borders)
            properties.append(_with("w:shd", val="clear", color="auto", fill="F7F7F7"))

    def add_table(
        self, headings: list[str], rows: list[tuple[list[list[Element]], bool]], weights: tuple[int, ...], about: str
    ) -> None:
        """A table whose heading is repeated on each page; each row says whether it is kept whole."""
        total = sum(weights)
        section = self._file.sections[-1]
        assert section.page_width is not None
        assert section.left_margin is not None
        assert section.right_margin is not None
        room = int((section.page_width - section.left_margin - section.right_margin) / 635)  # twentieths of a point
        widths = [room * weight // total for weight in weights]
        table, properties = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
        properties.append(_with("w:tblStyle", val=self.style("Table Grid")))
        properties.append(_with("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(_with("w:tblLayout", type="fixed"))
        properties.append(_with("w:tblLook", val="0020", firstRow="1"))
        if about:
            properties.append(_with("w:tblCaption", val=about))
        grid = OxmlElement("w:tblGrid")
        for width in widths:
            grid.append(_with("w:gridCol", w=str(width)))
        table.append(properties)
        table.append(grid)
        repeated = sum(map(len, headings)) <= _MOST_REPEATED
        named = [[self.text(heading, strong=True)] for heading in headings]
        table.append(self._row(named, widths, repeated, True, repeated))
        for cells, whole in rows:
            table.append(self._row(cells, widths, whole))
        self._append(table)
        self.add_paragraph(self.style("After Table"), [])

    def _row(
        self, cells: list[list[Element]], widths: list[int], whole: bool, heading: bool = False, repeated: bool = False
    ) -> Element:
        row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
        if whole:
            properties.append(OxmlElement("w:cantSplit"))
        if repeated:
            properties.append(OxmlElement("w:tblHeader"))
        if len(properties):
            row.append(properties)
        for runs, width in zip(cells, widths, strict=True):
            cell, inside = OxmlElement("w:tc"), OxmlElement("w:tcPr")
            inside.append(_with("w:tcW", w=str(width), type="dxa"))
            if heading:
                inside.append(_with("w:shd", val="clear", color="auto", fill="E8EDF3"))
            cell.append(inside)
            cell.append(_paragraph(self.style("Table Text"), runs, keep_with_next=heading))
            row.append(cell)
        return row

    def add_picture(self, content: bytes, alt: str, height: float | None = None, width: float | None = None) -> Element:
        """A picture on a line of its own; sizes in points. Returns its drawing."""
        paragraph = Paragraph(self.add_paragraph(self.style("Body Text"), [], keep_with_next=True), self._file._body)
        size = {"height": Pt(height) if height else None, "width": Pt(width) if width else None}
        shape = paragraph.add_run().add_picture(io.BytesIO(content), **size)
        shape._inline.docPr.set("descr", alt)
        drawing: Element = shape._inline
        return drawing

    def add_figure(self, svg: str, alt: str, width: float) -> None:
        """A drawing as PNG; where nothing is installed that can draw it, its description in words."""
        png = as_png(svg)
        if png is None:
            self.add_paragraph(self.style("Body Text"), [self.text(alt)])
        else:
            self.add_picture(png, alt, width=min(width, 470))

    def add_contents(self, title: str, entries: list[tuple[int, str, str]], depth: int) -> None:
        """A table of contents, filled in, whose page numbers are those of the last look; Word brings it up to date."""
        self.add_paragraph(self.style("TOC Heading"), [self.text(title)], keep_with_next=True)
        begin = _with("w:fldChar", fldCharType="begin", dirty="true")
        code = OxmlElement("w:instrText")
        code.text = f' TOC \\o "1-{depth}" \\h \\z \\u '
        code.set(qn("xml:space"), "preserve")
        opening = [_run_of(begin), _run_of(code), _run_of(_with("w:fldChar", fldCharType="separate"))]
        for level, text, bookmark in entries:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), bookmark)
            link.set(qn("w:history"), "1")
            link.append(self.text(text))
            link.append(_run_of(OxmlElement("w:tab")))
            for run in self._field(f"PAGEREF {bookmark} \\h", ""):
                link.append(run)
            self.add_paragraph(self.style(f"toc {level}"), [*opening, link])
            opening = []
        self.add_paragraph(self.style("After Table"), [_run_of(_with("w:fldChar", fldCharType="end"))])

    def run_along(self, marking: str, version: str, title: str, page: str, of: str) -> bool:
        """Marking and version in the header, title and page number in the footer; a header or footer of the house stays.

        Returns whether the header is ours.
        """
        section = self._file.sections[-1]
        headers, footers = [section.header], [section.footer]
        if section.different_first_page_header_footer:
            headers, footers = [section.first_page_header, *headers], [section.first_page_footer, *footers]
        if self._file.settings.odd_and_even_pages_header_footer:
            headers, footers = [*headers, section.even_page_header], [*footers, section.even_page_footer]
        ours = all(_is_empty(header._element) for header in headers)
        for header in headers if ours else ():
            right = [_run_of(OxmlElement("w:tab")), self.text(version)]
            _fill(header._element, self.style("header"), [self.text(marking, strong=True), *right])
        for footer in footers:
            if _is_empty(footer._element):
                count = [*self._field("PAGE", "1"), self.text(f" {of} "), *self._field("NUMPAGES", "1")]
                left = [self.text(title), _run_of(OxmlElement("w:tab"))]
                _fill(footer._element, self.style("footer"), [*left, self.text(f"{page} "), *count])
        return ours

    def _append(self, block: Element) -> None:
        last = self._body.find(qn("w:sectPr"))
        if last is None:
            self._body.append(block)
        else:
            last.addprevious(block)


def _paragraph(style: str, runs: Iterable[Element], keep_with_next: bool = False, new_page: bool = False) -> Element:
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.append(_with("w:pStyle", val=style))
    if keep_with_next:
        properties.append(OxmlElement("w:keepNext"))
    if new_page:
        properties.append(OxmlElement("w:pageBreakBefore"))
    paragraph.append(properties)
    for run in runs:
        paragraph.append(run)
    return paragraph


def _with(tag: str, **attributes: str) -> Element:
    element: Element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _run_of(inner: Element) -> Element:
    run: Element = OxmlElement("w:r")
    run.append(inner)
    return run


def _is_empty(part: Element) -> bool:
    return not any(
        (element.text or "").strip() or element.tag in (qn("w:drawing"), qn("w:pict")) for element in part.iter()
    )


def _fill(part: Element, style: str, runs: list[Element]) -> None:
    for child in list(part):
        part.remove(child)
    part.append(_paragraph(style, runs))
