"""The questionnaire as a DOCX form: a letter that says who is asked and why, and a table for each question."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from country_reports.records import BadRecord, Problem
from transfers.documents.packed import settled
from transfers.documents.writing import write_whole
from transfers.questionnaire.form import ABOUT, COLUMNS, TO_FILL_IN, Questionnaire, cells_of
from transfers.questionnaire.sheet import Sheet, SheetRow
from transfers.tables.reading import MAX_UNPACKED, MissingExtra, refuse_bombs

if TYPE_CHECKING:
    from docx.document import Document as Letter
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table


def write_letter(asked: Questionnaire, path: Path) -> None:
    """Write the questionnaire, whole or not at all.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("writing DOCX needs python-docx: pip install 'transborder[docx]'") from None
    letter = Document()
    letter.add_heading(asked.title, level=0)
    for text in asked.explanation:
        letter.add_paragraph(text)
    _add_table(letter, {label: str(getattr(asked, field)) for field, label in ABOUT.items()})
    for number, one in enumerate(asked.questions, 1):
        letter.add_heading(f"Question {number}", level=2)
        told = cells_of(one)
        _add_table(letter, {label: told[field] for field, label in COLUMNS.items()})
    _name(letter, asked)
    packed = io.BytesIO()
    letter.save(packed)
    write_whole(path, settled(packed.getvalue(), asked.as_of))


def _add_table(letter: Letter, rows: dict[str, str]) -> None:
    """Labels beside their text; the rows to fill in are marked, and none is torn by the end of a page."""
    from docx.shared import Cm

    table = letter.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, (Cm(3.8), Cm(12.2)), strict=True):
        column.width = width
    to_fill_in = {COLUMNS[field] for field in TO_FILL_IN}
    for label, text in rows.items():
        row = table.add_row()
        for cell, shown, width in zip(row.cells, (label, text), (Cm(3.8), Cm(12.2)), strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(shown).bold = label in to_fill_in and shown == label
            cell.paragraphs[0].paragraph_format.keep_with_next = label != next(reversed(rows))
            if label in to_fill_in:
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="F2F2F2"))
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    """Formatting that python-docx has no words for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def _name(letter: Letter, asked: Questionnaire) -> None:
    day = datetime(asked.as_of.year, asked.as_of.month, asked.as_of.day)
    properties = letter.core_properties
    properties.author = properties.last_modified_by = "transborder"
    properties.title = asked.title
    properties.created = properties.modified = day
    properties.comments = ""


def read_letter(path: Path) -> Sheet:
    """What stands in a filled form.

    Raises:
        BadRecord: it is no such form, it holds what is no plain text, or it is far larger than one could be.
        MissingExtra: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("reading DOCX needs python-docx: pip install 'transborder[docx]'") from None
    if not path.is_file():
        raise BadRecord([Problem(str(path), None, "", "there is no such file")])
    refuse_bombs(path, MAX_UNPACKED, "DOCX document")
    try:
        tables = Document(str(path)).tables
        read = [(table, _rows(table)) for table in tables]
    except Exception as error:  # python-docx tells damage in many ways
        raise BadRecord([Problem(str(path), None, "", f"no DOCX document that can be read: {error}")]) from None
    problems = [
        one for number, (table, rows) in enumerate(read, 1) for one in _no_plain_text(path, number, table, rows)
    ]
    if problems:
        raise BadRecord(problems)
    labels = {label: field for field, label in ABOUT.items()}
    fields = {label: field for field, label in COLUMNS.items()}
    about: dict[str, str] = {}
    found = []
    for number, (_table, rows) in enumerate(read, 1):
        if COLUMNS["id"] in rows:
            told = {fields[label]: text for label, text in rows.items() if label in fields and text}
            found.append(SheetRow(None, f"table {number}, ", told))
        else:
            about.update({labels[label]: text for label, text in rows.items() if label in labels})
    return Sheet(str(path), about, tuple(found))


def _rows(table: Table) -> dict[str, str]:
    """The text beside each label."""
    rows = (row.cells for row in table.rows)
    return {cells[0].text.strip(): cells[1].text.strip() for cells in rows if len(cells) > 1}


def _no_plain_text(path: Path, number: int, table: Table, rows: dict[str, str]) -> Iterator[Problem]:
    """Tracked changes, fields and the like show one thing on paper and another to a reader of the file."""
    from docx.oxml.ns import qn

    marks = {qn(f"w:{mark}"): name for mark, name in _MARKS.items()}
    found = sorted({marks[part.tag] for part in table._tbl.iter() if part.tag in marks})
    if found:
        where = f"table {number}" + (f" ({rows[COLUMNS['id']]})" if COLUMNS["id"] in rows else "")
        yield Problem(
            str(path), None, where, f"it holds {', '.join(found)}; accept changes and type the answers as plain text"
        )


_MARKS = {
    "ins": "tracked changes",
    "del": "tracked changes",
    "moveFrom": "tracked changes",
    "moveTo": "tracked changes",
    "fldSimple": "a field",
    "instrText": "a field",
    "sdt": "a control",
    "object": "an embedded object",
    "drawing": "a picture",
    "pict": "a picture",
    "txbxContent": "a text box",
}
