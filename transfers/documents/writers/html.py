"""A document as one HTML page that needs nothing else, prints, and can be read with a keyboard or a screen reader (WCAG 2.1 AA)."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator

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
from transfers.documents.lines import plain, shown, web_address
from transfers.documents.saying import _, in_its_language, told


@in_its_language
def as_html(document: Document) -> str:
    """One page that needs nothing else, and prints."""
    page = _Page(document)
    body = "\n".join(page.body())
    return _PAGE.format(language=html.escape(document.language), title=_words(document.title), style=_STYLE, body=body)


class _Page:
    """One page being written: it numbers its headings, so that the table of contents can lead to them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = 0

    def body(self) -> Iterator[str]:
        document = self._document
        skip, logo_told = _words(_("Skip to the text")), _words(_("Logo"))
        yield f'<a class="skip" href="#main">{skip}</a>'
        yield "<header>"
        yield from self._marking()
        if document.house.logo is not None:
            logo = document.house.logo
            kind = "jpeg" if logo.kind == "jpg" else logo.kind
            picture = base64.b64encode(logo.content).decode("ascii")
            yield f'<img class="logo" src="data:image/{kind};base64,{picture}" alt="{logo_told}">'
        yield f"<h1>{_words(document.title)}</h1>"
        if document.version:
            yield f'<p class="small">{_words(document.version)}</p>'
        yield "</header>"
        if document.contents:
            yield from self._contents()
        yield '<main id="main" tabindex="-1">'
        for block in document.blocks:
            yield from self._block(block)
        yield "</main>"
        if document.house.marking:
            yield from ("<footer>", *self._marking(), "</footer>")

    def _marking(self) -> Iterator[str]:
        if self._document.house.marking:
            yield f'<p class="marking">{_words(self._document.house.marking)}</p>'

    def _contents(self) -> Iterator[str]:
        label = _words(_("Contents"))
        yield f'<nav aria-label="{label}"><ul>'
        headings = [block for block in self._document.blocks if isinstance(block, Heading)]
        for number, heading in enumerate(headings, 1):
            if heading.level <= self._document.contents + 1:
                deeper = ' class="deeper"' if heading.level > 2 else ""
                yield f'<li{deeper}><a href="#part-{number}">{_words(heading.text)}</a></li>'
        yield "</ul></nav>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, text, new_page):
                self._headings += 1
                page = ' class="new-page"' if new_page else ""
                yield f'<h{level} id="part-{self._headings}"{page}>{_words(text)}</h{level}>'
            case Paragraph(text, strong, small):
                inner = f"<strong>{_content(text)}</strong>" if strong else _content(text)
                yield f'<p class="small">{inner}</p>' if small else f"<p>{inner}</p>"
            case Bullets(items):
                yield from ("<ul>", *(f"<li>{_content(item)}</li>" for item in items), "</ul>")
            case Table():
                yield from _table(block)
            case Callout(title, lines, tone):
                yield f'<div class="callout {tone.value}" role="group" aria-label="{_words(title)}">'
                yield f'<p class="callout-title">{_words(title)}</p>'
                yield from (f"<p>{_content(line)}</p>" for line in lines)
                yield "</div>"
            case Figure():
                yield from _figure(block)
            case Notes():
                yield from _notes(block)


def _table(table: Table) -> Iterator[str]:
    """Wide tables scroll by themselves; what does can be reached by keyboard."""
    about = _words(table.about or ", ".join(table.headings))
    total = sum(table.weights)
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="{about}"><table>'
    if table.about:
        yield f"<caption>{about}</caption>"
    yield from (f'<col style="width: {100 * weight / total:.1f}%">' for weight in table.weights)
    yield "<thead><tr>"
    yield from (
        f'<th scope="col">{_words(heading)}</th>' if heading.strip() else "<td></td>" for heading in table.headings
    )
    yield "</tr></thead><tbody>"
    for first, *others in table.rows:
        name = f'<th scope="row">{_content(first)}</th>' if table.row_headings else f"<td>{_content(first)}</td>"
        yield "<tr>" + name + "".join(f"<td>{_content(cell)}</td>" for cell in others) + "</tr>"
    yield "</tbody></table></div>"


def _figure(figure: Figure) -> Iterator[str]:
    """As a picture of its own, within which nothing can run or be fetched."""
    picture = base64.b64encode(figure.svg.encode("utf-8")).decode("ascii")
    size = f'width="{figure.width:.0f}" height="{figure.height:.0f}"'
    yield f'<figure><img src="data:image/svg+xml;base64,{picture}" alt="{_words(figure.alt)}" {size}>'
    yield f"<figcaption>{_words(figure.caption)}</figcaption></figure>"


def _notes(notes: Notes) -> Iterator[str]:
    yield '<ol class="sources">'
    for number, note in enumerate(notes.items, 1):
        address = web_address(note.url)
        link = f' <a href="{html.escape(address)}" rel="noreferrer">{html.escape(address)}</a>' if address else ""
        yield f'<li id="note-{number}">{_content(note.text)}{link}</li>'
    yield "</ol>"


def _content(content: Content) -> str:
    return "".join(map(_run, runs_of(content)))


def _run(run: Words | Cite | Blank) -> str:
    match run:
        case Cite(number):
            name = _words(told(_("Source {number}"), number=number))
            return f'<a class="cite" href="#note-{number}" role="doc-noteref" aria-label="{name}">[{number}]</a>'
        case Blank(label):
            name = _words(told(_("To fill in: {what}"), what=label))
            return f'<span class="blank" role="img" aria-label="{name}"></span>'
        case Words(text, style, language):
            inner = html.escape(shown(text))
            inner = f'<span lang="{html.escape(language)}">{inner}</span>' if language else inner
            return f"<{_TAGS[style]}>{inner}</{_TAGS[style]}>" if style in _TAGS else inner


_TAGS = {Style.STRONG: "strong", Style.CODE: "code"}


def _words(text: Content) -> str:
    return html.escape(plain(text_of(text)))


_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, "Times New Roman", serif; max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; color: #111; background: #fff; }
h1, h2, h3, h4 { font-family: Helvetica, Arial, sans-serif; line-height: 1.25; margin: 1.8rem 0 .6rem; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; margin-top: .5rem; } h2 { font-size: 1.35rem; border-bottom: 2px solid #1f3a5f; padding-bottom: .2rem; }
h3 { font-size: 1.1rem; } h4 { font-size: 1rem; }
p, li, td, th, figcaption { overflow-wrap: anywhere; }
a { color: #0b4f9e; } a:focus-visible, .scroll:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
.marking { font-family: Helvetica, Arial, sans-serif; font-weight: bold; text-transform: none; color: #7a1212; margin: 0 0 .5rem; }
.logo { max-height: 4rem; max-width: 14rem; }
.small, figcaption { font-size: .88rem; color: #333; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { overflow-x: auto; margin: .6rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; min-width: 34rem; font-size: .9rem; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th, thead td { background: #e8edf3; } tbody th { background: #f5f7fa; font-weight: bold; }
code { font-size: .85em; color: #333; overflow-wrap: anywhere; }
.cite { font-size: .78em; margin-left: .15em; vertical-align: .25em; }
.blank { display: inline-block; min-width: 9rem; height: 1.2em; border-bottom: 1px solid #555; }
td .blank { min-width: 5rem; width: 100%; border: 0; }
.callout { border: 1px solid #767676; border-left-width: .6rem; padding: .2rem 1rem; margin: 1rem 0; background: #f7f7f7; }
.callout-title { font: bold 1.2rem Helvetica, Arial, sans-serif; }
.good { border-left-color: #1b6e3c; } .care { border-left-color: #8a5a00; } .stop { border-left-color: #9b1c1c; }
.sources { font-size: .85rem; overflow-wrap: anywhere; }
nav { font-family: Helvetica, Arial, sans-serif; font-size: .92rem; } nav ul { columns: 2; padding-left: 1.2rem; } .deeper { margin-left: 1rem; }
figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; }
@media print {
  @page { margin: 2cm 1.8cm; }
  body { margin: 0; max-width: none; font-size: 10pt; } .skip { display: none; } a { color: inherit; text-decoration: none; }
  h2, h3, h4, caption { break-after: avoid; } .new-page { break-before: page; } tr, .callout, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; } table { min-width: 0; font-size: 8.5pt; } .sources { font-size: 8pt; }
}
""".strip()

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
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
