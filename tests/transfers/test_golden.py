"""Golden routes pass, and no rule can be switched off without one of them noticing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from country_reports.facts import Truth
from country_reports.records import BadRecord, read_record
from tests.conftest import ROOT
from transfers.assessment import assess
from transfers.case import Case, Leg
from transfers.finding import Finding, say
from transfers.golden import Expectation, GoldenRun, differences, run_file, run_folder
from transfers.knowledge import Knowledge
from transfers.law.catalogue import GDPR_TESTS
from transfers.law.judge import RULES
from transfers.route import Route
from transfers.view import View

CASES = ROOT / "tests" / "cases"
FILES = sorted(path for path in CASES.rglob("*.yaml") if "workspace" not in path.parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_routes(path: Path) -> None:
    failed = [f"{result.name}: {'; '.join(result.differences)}" for result in run_file(path) if result.differences]
    assert not failed, "\n".join(failed)


def _switched_off(case: Case, view: View, leg: Leg, *_part: object) -> Finding:
    """What remains of a rule that is switched off: no answer, no reason, no facts."""
    return Finding(Truth.UNKNOWN, say("switched off"))


@cache
def _runs() -> tuple[GoldenRun, ...]:
    return tuple(GoldenRun(path) for path in FILES)


@cache
def _cases_by_rule() -> dict[str, list[tuple[GoldenRun, int]]]:
    """The golden cases in whose findings each rule speaks."""
    found: dict[str, list[tuple[GoldenRun, int]]] = {}
    for run in _runs():
        for number in range(len(run.cases)):
            assessment = run.assessment(number)
            told = [*assessment.benchmark.findings, *(one for regime in assessment.regimes for one in regime.findings)]
            for rule in {one.rule for one in told}:
                found.setdefault(rule, []).append((run, number))
    return found


@pytest.fixture
def _nothing_remembered() -> Iterator[None]:
    """What was found with the rule on is not what is found with the rule off."""
    yield
    for run in _runs():
        run.knowledge.forget()


@pytest.mark.parametrize("rule_id", sorted(RULES))
@pytest.mark.usefixtures("_nothing_remembered")
def test_every_rule_matters(rule_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the cases in which the rule speaks, then all: a rule may count without being told."""
    speaking = _cases_by_rule().get(rule_id, [])
    everywhere = ((run, number) for run in _runs() for number in range(len(run.cases)))
    monkeypatch.setattr(RULES[rule_id], "function", _switched_off)
    for run in _runs():
        run.knowledge.forget()
    assert any(run.result(number).differences for run, number in chain(speaking, everywhere)), (
        f"no golden route notices that {rule_id} is switched off: add one that does"
    )


def test_a_wrong_expectation_is_reported(knowledge: Knowledge) -> None:
    route = read_record(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml", Route)
    assessment = assess(route, knowledge, date(2026, 11, 23))
    wrong = Expectation(outcome="no_transfer", cites=("eu-gdpr:99",), grounds_not=("groups/gdpr_area",))
    assert len(list(differences(assessment, wrong))) == 3


def _golden(folder: Path, route: str) -> Path:
    (folder / "cases").mkdir()
    (folder / "case.yaml").write_text((ROOT / "examples" / "de-host-to-iwf.yaml").read_text(encoding="utf-8"), "utf-8")
    (folder / "wrong.yaml").write_text("id: wrong\nimporter: iwf\ndestinaton: GB\n", encoding="utf-8")
    path = folder / "cases" / "cases.yaml"
    path.write_text(
        f"cases:\n- {{name: As it stands, as_of: 2026-11-23, route: {route}, expect: {{outcome: permitted}}}}\n"
        f"- {{name: With a field set, as_of: 2026-11-23, route: {route}, set: {{importer: interpol, answers/ocsea.balancing_test: no}},"
        " expect: {outcome: not_permitted, findings: {eu-gdpr.adequacy: no, ocsea.lawful_basis: no}}}\n",
        encoding="utf-8",
    )
    return path


def test_a_case_may_use_a_route_file_and_set_fields_of_it(tmp_path: Path) -> None:
    path = _golden(tmp_path, "../case.yaml")
    as_it_stands, set_otherwise = run_file(path)
    assert [*as_it_stands.differences, *set_otherwise.differences] == [
        "outcome: expected permitted, got permitted_with_conditions"
    ]
    assert [result.name for result in run_folder(tmp_path / "cases")] == ["As it stands", "With a field set"]


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ("../none.yaml", "none.yaml  there is no such file"),
        ("../wrong.yaml", "wrong.yaml:3  destinaton:"),
        ("none", "no route called 'none'. Known: none, or the path of a route file that ends in .yaml"),
    ],
)
def test_a_route_that_cannot_be_used_is_told_where_it_stands(tmp_path: Path, route: str, told: str) -> None:
    with pytest.raises(BadRecord) as refused:
        list(run_file(_golden(tmp_path, route)))
    assert told in str(refused.value)


def test_every_test_of_a_ground_can_be_answered() -> None:
    """The names under which a route may answer are those that the rules ask for, no more and no fewer."""
    asked: dict[str, set[str]] = {}
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "transfers" / "law" / "eu_gdpr").glob("*.py")
    )
    for provision, names in GDPR_TESTS.items():
        asked[provision] = {name for name in names if f'"{name}"' in source or f".{name}" in source}
        assert asked[provision] == set(names), provision
