"""A filled questionnaire as it came back, whatever its format: which questionnaire it is, and its answers row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from country_reports.hub import Hub
from country_reports.records import BadRecord, Plain, Problem, fit, read_source
from transfers.documents.writing import write_whole
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS, NOT_BY_WORD_ALONE
from transfers.questionnaire.form import ABOUT, COLUMNS, FIELDS, SCHEMA, Questionnaire, cells_of, seal_of
from transfers.questionnaire.open_points import CATEGORY
from transfers.questionnaire.sheet import Sheet, SheetRow


def write_json(asked: Questionnaire, path: Path) -> None:
    """Write the questionnaire as JSON, whole or not at all."""
    write_whole(path, json.dumps(asked.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n")


def read_filled(path: Path, hub: Hub) -> Sheet:
    """A filled questionnaire that is the one that was sent out.

    Raises:
        BadRecord: it is no questionnaire, of a kind that is not read, or was altered where it must not be; every problem with its place.
        MissingExtra: its kind needs a library that is not installed.
    """
    from transfers.questionnaire.letter import read_letter
    from transfers.questionnaire.workbook import read_workbook

    readers = {".xlsx": read_workbook, ".docx": read_letter, ".json": _read_json}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise BadRecord([Problem(str(path), None, "", "give a questionnaire as .xlsx, .docx or .json")])
    sheet = reader(path)
    problems = [*_not_named(sheet), *_strange(sheet, hub), *_twice(sheet)] or list(_altered(sheet))
    if problems:
        raise BadRecord(problems)
    return sheet


def _read_json(path: Path) -> Sheet:
    try:
        plain = json.loads(read_source(path), object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise BadRecord([Problem(str(path), error.lineno, "", f"no JSON: {error.msg}")]) from None
    except _Twice as error:
        raise BadRecord([Problem(str(path), None, "", f"no JSON that is read: {error}")]) from None
    except RecursionError:
        raise BadRecord([Problem(str(path), None, "", "no JSON that is read: it is nested too deep")]) from None
    asked = fit(plain, Questionnaire, str(path))
    if asked.form != SCHEMA:
        raise BadRecord([Problem(str(path), None, "form", f"{asked.form!r} is not read; a questionnaire is {SCHEMA}")])
    about = {name: str(getattr(asked, name)) for name in ABOUT}
    as_written = {name: name for name in COLUMNS}
    rows = tuple(
        SheetRow(
            None, f"questions[{number}].", {name: text for name, text in cells_of(one).items() if text}, as_written
        )
        for number, one in enumerate(asked.questions)
    )
    return Sheet(str(path), about, rows)


class _Twice(ValueError):
    """A field is written twice."""


def _each_once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice("a field is written twice; keep one")
    return found


def _not_named(sheet: Sheet) -> Iterator[Problem]:
    missing = [label for name, label in ABOUT.items() if not sheet.about.get(name)]
    if missing or not sheet.rows:
        lacks = f"it does not say: {', '.join(missing)}" if missing else "it has no questions"
        yield Problem(sheet.file, None, "", f"this is no questionnaire that transborder wrote; {lacks}")


def _strange(sheet: Sheet, hub: Hub) -> Iterator[Problem]:
    """Ids of questions that no importer is asked."""
    asked = {*FIELDS, *ANSWERED_BY_IMPORTERS, *NOT_BY_WORD_ALONE, *_asked_by_laws(hub)}
    for row in sheet.rows:
        name = row.told.get("id", "")
        category = name.removeprefix(CATEGORY) if name.startswith(CATEGORY) else None
        of_a_leg = any(name.startswith(f"{question}.") for question in asked - FIELDS.keys())
        known = category in hub.vocabulary.categories if category is not None else name in asked or of_a_leg
        if not known:
            yield row.at(sheet.file, "id", f"{name!r} is not a question to an importer; ids must not be altered")


def _asked_by_laws(hub: Hub) -> Iterator[str]:
    """Tests that laws on record ask of the recipient, those of the user's own records included."""
    for law in {binding.regime for binding, _ in hub.bindings}:
        record = hub.regime(law)
        for gateway in record.gateways if record is not None else ():
            yield from (f"{law}:{gateway.id}.{test.id}" for test in gateway.tests if test.who == "importer")


def _twice(sheet: Sheet) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in sheet.rows:
        name = row.told.get("id", "")
        if name in seen:
            yield row.at(sheet.file, "id", f"{name!r} stands twice; keep the row that was there")
        seen.add(name)


def _altered(sheet: Sheet) -> Iterator[Problem]:
    asked = ((row.told.get("id", ""), row.told.get("question", "")) for row in sheet.rows)
    if sheet.about["seal"] != seal_of(sheet.importer, sheet.about["as_of"], asked):
        message = (
            "this is not the questionnaire as it was sent out: it is another importer's, an id, a question or the order was altered, or a "
            "row is missing. Copy the answers into the form as it was written"
        )
        yield Problem(sheet.file, None, ABOUT["seal"], message)
