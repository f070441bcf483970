"""A questionnaire of the examples, filled in as a person would, for the tests of both its ways."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from docx import Document
from openpyxl import load_workbook

from country_reports.hub import Hub
from country_reports.records import BadRecord, read_record
from tests.conftest import ROOT
from transfers.alternatives.variation import Variations
from transfers.assessment import assess
from transfers.knowledge import Knowledge
from transfers.questionnaire.filled import read_filled, write_json
from transfers.questionnaire.form import COLUMNS, Questionnaire
from transfers.questionnaire.letter import write_letter
from transfers.questionnaire.open_points import open_points
from transfers.questionnaire.recorded import with_answers
from transfers.questionnaire.wording import questionnaire_for
from transfers.questionnaire.workbook import write_workbook
from transfers.registry.files import write_importer
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import Registry
from transfers.route import Route
from transfers.view import Policy

EXAMPLE = ROOT / "examples" / "ask-the-importer"
ROUTES = [EXAMPLE / "fr-shop.yaml", EXAMPLE / "nl-group.yaml"]
IMPORTER = "example-hosting-us"
DAY = date(2026, 11, 23)
HUB = Hub()
MEMBER = "eu-gdpr:46(2)(b).member"
WRITERS = {"xlsx": write_workbook, "docx": write_letter, "json": write_json}
Cells: TypeAlias = dict[str, str | None]

ANSWERS: dict[str, Cells] = {
    "importer.storage": {"answer": "United States"},
    "importer.access_from": {"answer": "US"},
    "importer.gdpr_applies_directly": {"answer": "No"},
    "importer.certifications": {"answer": "none"},
    "importer.sub_processors": {"answer": "none"},
    MEMBER: {"answer": "yes", "shown_by": "Intra-group agreement of 2025-06-01"},
}


def routes() -> list[Route]:
    return [read_record(path, Route) for path in ROUTES]


def knowing(workspace: Path) -> Variations:
    return Variations(Knowledge(workspace), DAY, Policy())


def a_workspace(folder: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE / "workspace", folder / "own"))


def the_questionnaire() -> Questionnaire:
    variations = knowing(EXAMPLE / "workspace")
    found = questionnaire_for(variations.knowledge.registry.get(IMPORTER)[0], routes(), variations)
    assert found is not None
    return found


def filled(cells: Cells, on: str = "2026-11-20") -> Cells:
    return {"by": "C. Ontact", "on": on, **cells}


def fill_xlsx(path: Path, answers: Mapping[str, Cells]) -> None:
    book = load_workbook(path)
    sheet = book["Questions"]
    columns = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row + 1):
        for field, text in answers.get(str(sheet.cell(row, 1).value), {}).items():
            sheet.cell(row, columns[COLUMNS[field]]).value = text
    book.save(path)


def fill_docx(path: Path, answers: Mapping[str, Cells]) -> None:
    letter = Document(str(path))
    for table in letter.tables:
        rows = {row.cells[0].text: row.cells[1] for row in table.rows}
        told = answers.get(rows[COLUMNS["id"]].text, {}) if COLUMNS["id"] in rows else {}
        for field, text in told.items():
            rows[COLUMNS[field]].text = text or ""
    letter.save(str(path))


def fill_json(path: Path, answers: Mapping[str, Cells]) -> None:
    plain = json.loads(path.read_text(encoding="utf-8"))
    for one in plain["questions"]:
        one.update(answers.get(one["id"], {}))
    path.write_text(json.dumps(plain), encoding="utf-8")


FILL: dict[str, Callable[[Path, Mapping[str, Cells]], None]] = {
    "xlsx": fill_xlsx,
    "docx": fill_docx,
    "json": fill_json,
}


def form(asked: Questionnaire, folder: Path, kind: str = "json", **changed: Cells) -> Path:
    """A questionnaire that is filled in well, but for what is changed; names of questions by their last word."""
    path = folder / f"form.{kind}"
    WRITERS[kind](asked, path)
    answers = {name: filled({**cells, **changed.get(name.rpartition(".")[2], {})}) for name, cells in ANSWERS.items()}
    FILL[kind](path, answers)
    return path


def taken(path: Path, workspace: Path, as_of: date = DAY) -> ImporterRecord:
    return with_answers(read_filled(path, HUB), Registry(workspace), HUB, as_of).record


def refusal(path: Path, workspace: Path) -> str:
    with pytest.raises(BadRecord) as caught:
        taken(path, workspace)
    assert all(problem.file == str(path) for problem in caught.value.problems)
    return str(caught.value).replace(str(path), path.name)


def outcomes(workspace: Path, day: date = DAY) -> list[str]:
    knowledge = Knowledge(workspace)
    return [assess(route, knowledge, day).outcome for route in routes()]


def keep(record: ImporterRecord, workspace: Path) -> None:
    write_importer(workspace, record)


def changed(number: int, **fields: object) -> Route:
    plain = routes()[number].model_dump(mode="json", exclude_unset=True)
    return Route.model_validate(plain | fields)


def ids(route: Route, workspace: Path = EXAMPLE / "workspace", importer: str = IMPORTER) -> set[str]:
    found = open_points(route, importer, knowing(workspace))
    assert found is not None
    return {point.id for point in found}
