"""Compiled records: the same as the YAML, and never older."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from country_reports import compiled
from country_reports.compiled import compile_record, compiled_form, read_shipped, true_form
from country_reports.facts import FactKind
from country_reports.plain import NoPlainForm, as_plain, from_plain
from country_reports.records import BadRecord, Record, read_record
from country_reports.reference import FreshnessFile
from transfers.compiling import shipped

SHIPPED = list(shipped())


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one package with one record."""
    monkeypatch.setattr(compiled, "HOUSE", tmp_path)
    path = tmp_path / "country_reports" / "freshness.yaml"
    path.parent.mkdir()
    path.write_text("limits:\n  adequacy: {days: 365, reason: Reviews are yearly.}\n", encoding="utf-8")
    return path


def days(path: Path) -> int:
    return read_shipped(path, FreshnessFile).limits[FactKind.ADEQUACY].days


def test_every_shipped_record_is_the_same_by_way_of_its_plain_form() -> None:
    for path, model in SHIPPED:
        record = read_record(path, model)
        plain = json.loads(json.dumps(as_plain(record, only_set=True)))
        assert from_plain(model, plain) == record, path
        assert as_plain(record) == record.model_dump(mode="json"), path


def test_a_compiled_record_is_read_instead_of_the_yaml(house: Path) -> None:
    written = compile_record(house, FreshnessFile)
    assert written == compiled_form(house) == house.parent / "compiled" / "freshness.json"
    text = true_form(house, FreshnessFile)
    assert text is not None
    assert json.loads(text) == {"limits": {"adequacy": {"days": 365, "reason": "Reviews are yearly."}}}
    assert read_shipped(house, FreshnessFile) == read_record(house, FreshnessFile)


def test_an_edited_file_is_never_answered_from_an_old_compilation(house: Path) -> None:
    assert days(house) == 365  # nothing compiled yet
    compile_record(house, FreshnessFile)
    assert days(house) == 365
    house.write_text(house.read_text(encoding="utf-8").replace("365", "30"), encoding="utf-8")
    assert days(house) == 30
    assert true_form(house, FreshnessFile) is None
    compile_record(house, FreshnessFile)
    assert days(house) == 30


def test_an_edit_that_does_not_fit_is_told_although_a_compilation_is_there(house: Path) -> None:
    compile_record(house, FreshnessFile)
    house.write_text(house.read_text(encoding="utf-8").replace("365", "soon"), encoding="utf-8")
    with pytest.raises(BadRecord):
        days(house)


def test_edited_models_and_damaged_files_are_not_answered_from(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_record(house, FreshnessFile)
    form = compiled_form(house)
    form.write_bytes(form.read_bytes().replace(b"365", b"999"))
    assert days(house) == 365
    form.write_bytes(b"")
    assert days(house) == 365
    compile_record(house, FreshnessFile)
    compiled._code_of.cache_clear()
    monkeypatch.setattr(compiled, "_code_in", lambda module: b"edited")
    assert true_form(house, FreshnessFile) is None
    compiled._code_of.cache_clear()


def test_what_plain_values_cannot_tell_apart_is_not_compiled() -> None:
    class Either(Record):
        value: str | FreshnessFile

    class Odd(Record):
        value: frozenset[str] = frozenset()

    with pytest.raises(NoPlainForm):
        from_plain(Either, {"value": "x"})
    with pytest.raises(NoPlainForm):
        as_plain(Odd())
