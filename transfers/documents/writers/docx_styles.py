"""The styles of a Word file: those of the house where there is a template, else our own; what a template lacks is made."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

_FONT, _INK = "Arial", RGBColor(0x1F, 0x3A, 0x5F)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style of ours looks like; sizes in points."""

    kind: WD_STYLE_TYPE
    size: float | None = None
    before: float = 0
    after: float = 0
    bold: bool = False
    ink: RGBColor | None = None
    keep: bool = False


_P, _C, _T = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE
_LOOKS = {
    "Title": _Look(_P, 18, 0, 6, True, _INK),
    "Heading 1": _Look(_P, 13.5, 14, 5, True, _INK, True),
    "Heading 2": _Look(_P, 11.5, 9, 3, True, _INK, True),
    "Heading 3": _Look(_P, 10.5, 10, 4, True, _INK, True),
    "Heading 4": _Look(_P, 10, 8, 3, True, _INK, True),
    "Body Text": _Look(_P, None, 0, 5),
    "List Bullet": _Look(_P, None, 0, 2),
    "Small Text": _Look(_P, 8.5, 0, 4),
    "Table Text": _Look(_P, 8.5, 1, 1),
    "After Table": _Look(_P, 4, 0, 4),
    "Callout": _Look(_P, None, 0, 0),
    "Caption": _Look(_P, 8.5, 2, 8, ink=RGBColor(0x33, 0x33, 0x33)),
    "TOC Heading": _Look(_P, 13.5, 14, 6, True, _INK, True),
    "toc 1": _Look(_P, None, 0, 2),
    "toc 2": _Look(_P, None, 0, 2),
    "header": _Look(_P, 8),
    "footer": _Look(_P, 8),
    "endnote text": _Look(_P, 8, 0, 3),
    "Code": _Look(_C, 8, ink=RGBColor(0x33, 0x33, 0x33)),
    "endnote reference": _Look(_C),
    "Table Grid": _Look(_T),
}
_OWN_NAMES = ("Small Text", "Table Text", "After Table", "Callout", "Code")
"""Names that Word itself does not have."""


class Styles:
    """Ids of styles by their English names."""

    def __init__(self, file: Document) -> None:
        self._file = file
        self._ids: dict[str, str] = {}
        bullets = _by_name(file, "List Bullet")
        self.has_bullets = bullets is not None and bullets.element.find(".//" + qn("w:numPr")) is not None

    def id_of(self, name: str) -> str:
        """The id, which a template in another language has of its own."""
        if name not in self._ids:
            found = _by_name(self._file, name)
            self._ids[name] = str((found if found is not None else _made(self._file, name)).style_id)
        return self._ids[name]


def prepared(file: Document, language: str, own: bool) -> Styles:
    """The styles of the file, in the language of the document; ``own`` sets ours where no house has chosen."""
    _speak(file, language)
    if own:
        section = file.sections[-1]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.1)
        section.top_margin, section.bottom_margin = Cm(2.1), Cm(1.8)
        section.header_distance = section.footer_distance = Cm(0.9)
        _set_font(file.styles["Normal"], _FONT, 10)
        for name in _LOOKS:
            _dress(file, _by_name(file, name) or _made(file, name), name)
    return Styles(file)


def _by_name(file: Document, name: str) -> BaseStyle | None:
    return next((style for style in file.styles if style.name and style.name.casefold() == name.casefold()), None)


def _made(file: Document, name: str) -> BaseStyle:
    look = _LOOKS[name]
    style: BaseStyle = file.styles.add_style(name, look.kind, builtin=name not in _OWN_NAMES)
    if look.kind is _P:
        style.base_style = file.styles["Normal"]  # type: ignore[attr-defined]  # typed as its base
    _dress(file, style, name)
    if look.kind is _T:
        _rule(style)
    return style


def _dress(file: Document, style: BaseStyle, name: str) -> None:
    """Our look on a style."""
    look = _LOOKS[name]
    if look.kind is _T:
        return
    _set_font(style, "Courier New" if name == "Code" else None, look.size)
    if look.bold:
        style.font.bold = True  # type: ignore[attr-defined]  # typed as its base
    if look.ink is not None:
        style.font.color.rgb = look.ink  # type: ignore[attr-defined]  # typed as its base
    if name == "endnote reference":
        style.font.superscript = True  # type: ignore[attr-defined]  # typed as its base
    if not isinstance(style, ParagraphStyle):
        return
    _flow(file, style, name, look)


def _flow(file: Document, style: ParagraphStyle, name: str, look: _Look) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next = look.keep or None
    form.line_spacing = 1.08 if name in ("Body Text", "List Bullet", "Callout") else 1.0
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
    if name in ("header", "footer", "toc 1", "toc 2"):
        form.tab_stops.clear_all()
        leader = WD_TAB_LEADER.DOTS if name.startswith("toc") else WD_TAB_LEADER.SPACES
        form.tab_stops.add_tab_stop(_room(file), WD_TAB_ALIGNMENT.RIGHT, leader)
    if name == "toc 2":
        form.left_indent = Cm(0.6)
    if name == "Callout":
        form.left_indent = form.right_indent = Cm(0.3)


def _room(file: Document) -> Length:
    section = file.sections[-1]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    return Length(section.page_width - section.left_margin - section.right_margin)


def _set_font(style: BaseStyle, name: str | None, size: float | None) -> None:
    font = style.font  # type: ignore[attr-defined]  # typed as its base
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)  # fonts of a theme would win over ours
    if name is not None:
        font.name = name
        for script in ("w:cs", "w:eastAsia"):
            style.element.rPr.find(qn("w:rFonts")).set(qn(script), name)
    if size is not None:
        font.size = Pt(size)


def _rule(style: BaseStyle) -> None:
    """The lines of a table, for a template without a grid."""
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8A94A0")):
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    properties.append(borders)
    style.element.append(properties)


def _speak(file: Document, language: str) -> None:
    """The language of the text, for spelling and for screen readers."""
    defaults = file.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        return
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is None:
        return
    tongue = properties.find(qn("w:lang"))
    if tongue is None:
        tongue = OxmlElement("w:lang")
        properties.append(tongue)
    tongue.set(qn("w:val"), language)
