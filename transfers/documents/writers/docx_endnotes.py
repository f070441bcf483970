"""The endnotes of a Word file, which python-docx does not write: a part of their own, with its links."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_EMPTY = f"""<w:endnotes {nsdecls("w", "r")}>
<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>
<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>
</w:endnotes>"""


class Endnotes:
    """Endnotes being gathered; those that a template brought go with its text."""

    def __init__(self, file: Document) -> None:
        self._file = file
        self._notes: Element = parse_xml(_EMPTY)
        package = file.part.package
        assert package is not None
        self._part = XmlPart(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, self._notes, package)
        self._used = False

    def add(self, number: int, runs: list[Element], address: str | None, text_style: str, mark_style: str) -> None:
        """One note: its number, its words, and where it can be read."""
        self._used = True
        note, paragraph, properties = OxmlElement("w:endnote"), OxmlElement("w:p"), OxmlElement("w:pPr")
        note.set(qn("w:id"), str(number))
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), text_style)
        properties.append(style)
        paragraph.append(properties)
        paragraph.append(_mark(mark_style))
        paragraph.append(_words(" "))
        for run in runs:
            paragraph.append(run)
        if address:
            paragraph.append(_words(" "))
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            link.append(_words(address))
            paragraph.append(link)
        note.append(paragraph)
        self._notes.append(note)

    def attach(self) -> None:
        """Put the notes into the file, numbered 1, 2, 3."""
        part = self._file.part
        for name, relation in list(part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.ENDNOTES:
                del part.rels[name]
        if not self._used:
            return
        part.relate_to(self._part, RELATIONSHIP_TYPE.ENDNOTES)
        settings = self._file.settings.element
        for before in settings.findall(qn("w:endnotePr")):
            settings.remove(before)
        settings.insert_element_before(_numbered(with_separators=True), *_AFTER_ENDNOTES)
        section = self._file.sections[-1]._sectPr
        for before in section.findall(qn("w:endnotePr")):
            section.remove(before)
        section.insert_element_before(_numbered(with_separators=False), *_AFTER_ENDNOTES_OF_SECTION)


def _mark(style: str) -> Element:
    run, properties, named = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:rStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    run.append(properties)
    run.append(OxmlElement("w:endnoteRef"))
    return run


def _words(text: str) -> Element:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run


def _numbered(with_separators: bool) -> Element:
    properties, form = OxmlElement("w:endnotePr"), OxmlElement("w:numFmt")
    form.set(qn("w:val"), "decimal")
    properties.append(form)
    for number in ("-1", "0") if with_separators else ():
        separator = OxmlElement("w:endnote")
        separator.set(qn("w:id"), number)
        properties.append(separator)
    return properties


_AFTER_ENDNOTES = (
    "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown",
    "w:smartTagType", "sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
"""What the format wants after the endnotes in the settings of a file."""
_AFTER_ENDNOTES_OF_SECTION = (
    "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType", "w:pgNumType", "w:cols", "w:formProt", "w:vAlign",
    "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange",
)  # fmt: skip
