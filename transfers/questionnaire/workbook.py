"""The questionnaire as an XLSX workbook: a sheet that says who is asked and why, and one with a row for each question."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from country_reports.records import BadRecord, Problem
from transfers.documents.packed import settled
from transfers.documents.writing import write_whole
from transfers.questionnaire.form import ABOUT, CLOSED, COLUMNS, TO_FILL_IN, Questionnaire, cells_of, form_of
from transfers.questionnaire.sheet import Sheet, SheetRow
from transfers.tables.reading import MissingExtra, as_meant, disarmed, read_table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ABOUT, _QUESTIONS = "About", "Questions"
_WIDTHS = {
    "id": 34,
    "question": 60,
    "why": 44,
    "looks_like": 44,
    "allowed": 20,
    "routes": 24,
    "answer": 30,
    "by": 22,
    "on": 14,
    "shown_by": 40,
}


def write_workbook(asked: Questionnaire, path: Path) -> None:
    """Write the questionnaire, whole or not at all; only the cells to fill in are open to change.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("writing XLSX needs openpyxl: pip install 'transborder[tables]'") from None
    book = Workbook()
    about = book.worksheets[0]
    about.title = _ABOUT
    rows = [(label, str(getattr(asked, field))) for field, label in ABOUT.items()]
    rows = [("About", "Text"), ("Title", asked.title), *rows, *(("", text) for text in asked.explanation)]
    for row in rows:
        about.append([disarmed(cell) for cell in row])
    questions = book.create_sheet(_QUESTIONS)
    questions.append(list(COLUMNS.values()))
    for one in asked.questions:
        questions.append([disarmed(cell) for cell in cells_of(one).values()])
    _lay_out(about, {"A": 18, "B": 110})
    _lay_out(questions, {column: _WIDTHS[field] for column, field in zip("ABCDEFGHIJ", COLUMNS, strict=True)})
    _let_fill_in(questions, asked)
    book.properties.creator = "transborder"
    book.properties.title = asked.title
    book.properties.created = datetime(asked.as_of.year, asked.as_of.month, asked.as_of.day)
    packed = io.BytesIO()
    book.save(packed)
    write_whole(path, settled(packed.getvalue(), asked.as_of))


def _lay_out(sheet: Worksheet, widths: dict[str, int]) -> None:
    from openpyxl.styles import Alignment, Font

    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _let_fill_in(sheet: Worksheet, asked: Questionnaire) -> None:
    """Open the cells of the answer, with the words to choose from where there are no others."""
    from openpyxl.styles import PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    names = list(COLUMNS)
    lists: dict[str, DataValidation] = {}
    for number, one in enumerate(asked.questions, 2):
        for field in TO_FILL_IN:
            cell = sheet.cell(number, names.index(field) + 1)
            cell.protection = Protection(locked=False)
            cell.fill = PatternFill("solid", fgColor="FFF7E0")
        form = form_of(one.id)
        if form in CLOSED:
            words = ",".join(one.allowed)
            if words not in lists:
                lists[words] = DataValidation(
                    type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True
                )
                sheet.add_data_validation(lists[words])
            lists[words].add(sheet.cell(number, names.index("answer") + 1))


def read_workbook(path: Path) -> Sheet:
    """What stands in a filled workbook.

    Raises:
        BadRecord: it is no such workbook, or it is far larger than one could be.
        MissingExtra: openpyxl is not installed.
    """
    fields = {label: field for field, label in COLUMNS.items()}
    labels = {label: field for field, label in ABOUT.items()}
    problems: list[Problem] = []
    about: dict[str, str] = {}
    for row in read_table(path, _ABOUT):
        problems += row.problems
        label = labels.get(str(row.cells.get("About", "")))
        if label is not None:
            about[label] = str(row.cells.get("Text", ""))
    rows = []
    for row in read_table(path, _QUESTIONS):
        problems += row.problems
        told = {fields[label]: as_meant(str(text)) for label, text in row.cells.items() if label in fields}
        rows.append(SheetRow(row.number, "", told))
    if problems:
        raise BadRecord(problems)
    return Sheet(str(path), about, tuple(rows))
