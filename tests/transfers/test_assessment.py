"""The record itself: digest, fingerprint, law periods, canonical bytes."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from country_reports.records import read_record
from tests.conftest import EXAMPLES, ROOT
from transfers.assessment import as_json, assess, digest_of
from transfers.canonical import canonical_json
from transfers.knowledge import Knowledge
from transfers.route import Route

TODAY = date(2026, 11, 23)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
                    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)  # fmt: skip


@given(JSON)
def test_canonical_json_is_that_of_an_independent_writer(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # its own name for JSON values is private


def test_no_digest_is_taken_over_a_float() -> None:
    with pytest.raises(TypeError):
        canonical_json({"x": 0.1})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_digest_covers_all_the_rest(knowledge: Knowledge, path: Path) -> None:
    assessment = assess(read_record(path, Route), knowledge, TODAY)
    record = {key: value for key, value in as_json(assessment).items() if key != "digest"}
    assert assessment.digest == "sha256:" + hashlib.sha256(rfc8785.dumps(record)).hexdigest()
    assert digest_of(replace(assessment, outcome="permitted")) != assessment.digest or assessment.outcome == "permitted"


def _copy_with(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A workspace that overrides one shipped file with one edit."""
    target = tmp_path / "country_reports" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "country_reports" / name, target)
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def _fingerprint(workspace: Path | None) -> str:
    route = read_record(ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml", Route)
    return assess(route, Knowledge(workspace), TODAY).knowledge.fingerprint


def test_an_unrelated_edit_leaves_the_fingerprint_alone(tmp_path: Path) -> None:
    elsewhere = _copy_with(tmp_path, "reports/in.yaml", "summary:", "# a remark\nsummary:")
    assert _fingerprint(elsewhere) == _fingerprint(None)


def test_an_edit_of_a_fact_consulted_changes_the_fingerprint(tmp_path: Path) -> None:
    # the first rating of the report in force today, whatever it is
    edited = _copy_with(
        tmp_path, "reports/us.yaml", "reaches: [us_electronic_communication_service_provider,", "reaches: [any,"
    )
    assert _fingerprint(edited) != _fingerprint(None)


def test_a_change_of_law_in_a_workspace_changes_the_answer(tmp_path: Path) -> None:
    """An annulment, written as a maintainer would: one date."""
    target = tmp_path / "country_reports" / "adequacy" / "eu-commission.yaml"
    target.parent.mkdir(parents=True)
    text = (ROOT / "country_reports" / "adequacy" / "eu-commission.yaml").read_text(encoding="utf-8")
    start = text.index("- id: eu-2023-1795-us-dpf")
    text = text[:start] + text[start:].replace(
        "valid_from: 2023-07-10\n", "valid_from: 2023-07-10\n  valid_to: 2026-11-01\n", 1
    )
    target.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "examples" / "workspace" / "importers", tmp_path / "importers")
    route = read_record(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml", Route)
    knowledge = Knowledge(tmp_path)
    assert assess(route, knowledge, date(2026, 10, 31)).outcome == "permitted_with_conditions"
    after = assess(route, knowledge, date(2026, 11, 1))
    assert after.outcome == "not_permitted"
    origins = {ground.origin for regime in after.regimes for finding in regime.findings for ground in finding.grounds}
    assert "workspace" in origins


def test_the_law_period_changes_with_the_law_and_not_with_the_calendar(knowledge: Knowledge) -> None:
    route = read_record(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml", Route)
    cases = [
        knowledge.extract(route, day).case
        for day in (date(2024, 6, 3), date(2024, 6, 4), date(2020, 7, 15), date(2020, 7, 16))
    ]
    assert cases[0] == cases[1]
    assert cases[2] != cases[3]


def test_a_workspace_can_end_a_lawful_basis(tmp_path: Path) -> None:
    edited = _copy_with(tmp_path, "lawful-bases.yaml", "valid_to: 2028-04-04", "valid_to: 2026-09-01")
    route = read_record(ROOT / "examples" / "fr-messaging-to-ncmec.yaml", Route)
    shipped = assess(route, Knowledge(), TODAY)
    ended = assess(route, Knowledge(edited), TODAY)
    outcomes = [next(regime.outcome for regime in one.regimes if regime.id == "ocsea") for one in (shipped, ended)]
    assert outcomes == ["permitted_with_conditions", "not_permitted"]


def test_the_review_comes_before_a_ground_lapses(knowledge: Knowledge) -> None:
    route = read_record(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml", Route)
    assert assess(route, knowledge, TODAY).review_by == "2027-05-23"
    assert assess(route, knowledge, date(2027, 6, 1)).review_by == "2027-08-01"


def test_one_knowledge_answers_many_days_as_fresh_ones_would(knowledge: Knowledge) -> None:
    route = read_record(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml", Route)
    days = [date(2023, 8, 2), date(2020, 7, 15), date(2023, 7, 9), date(2020, 7, 17), date(2023, 8, 2)]
    fresh = [assess(route, Knowledge(ROOT / "examples" / "workspace"), day).outcome for day in days]
    assert [assess(route, knowledge, day).outcome for day in days] == fresh


def test_a_law_on_record_is_told_in_its_own_order(knowledge: Knowledge) -> None:
    """What the route does not rely on stands among the options, gateway by gateway as the law has them."""
    route = read_record(ROOT / "examples" / "uy-firm-to-argentina.yaml", Route)
    answer = assess(route, knowledge, TODAY)
    assert answer.outcome == "undetermined"
    told = [option for option in answer.options if option.startswith("Law 18.331 (Uruguay)")]
    regime = knowledge.hub.regime("uy-18331")
    assert regime is not None
    asked = [gateway for gateway in regime.gateways if gateway.can_be_claimed]
    assert [gateway.provision in option for gateway, option in zip(asked, told, strict=True)] == [True] * len(asked)
