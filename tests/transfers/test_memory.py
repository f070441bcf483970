"""What is remembered between cases is what would be found afresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from country_reports.facts import Truth
from country_reports.records import read_record
from tests.conftest import ROOT
from transfers.case import Case, Leg
from transfers.finding import Finding, say
from transfers.golden import GoldenRun
from transfers.knowledge import Knowledge
from transfers.law.rule import Rule
from transfers.law.situation import Situation, remembered
from transfers.memory import Memory, Table
from transfers.route import Route
from transfers.view import Policy, View

FILES = sorted(path for path in (ROOT / "tests" / "cases").rglob("*.yaml") if "workspace" not in path.parts)
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_memory_full_of_other_cases_changes_no_assessment(path: Path) -> None:
    run = GoldenRun(path)
    workspace, numbers = run.workspace, range(len(run.cases))
    for number in numbers:
        run.assessment(number)
    for number in reversed(numbers):
        assert run.assessment(number) == run.assessment(number, Knowledge(workspace))


@pytest.fixture
def case() -> Case:
    route = read_record(ROOT / "examples" / "de-host-to-iwf.yaml", Route)
    return Knowledge().extract(route, DAY).case


@pytest.fixture
def view(case: Case) -> View:
    return Knowledge().view(case, DAY, Policy())


class Counting:
    """A rule's function that counts how often it runs."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, case: Case, view: View, leg: Leg) -> Finding:
        self.runs += 1
        if case.purpose == "ocsea_report":
            return Finding(case.answer("eu-gdpr:48.agreement"), say("It depends."))
        return Finding(Truth.NO, say("No."))


def found(rule: Rule, case: Case, view: View, memory: Memory) -> Truth:
    here = Situation(case, view, memory=memory)
    return rule(here.case, here.view, here.case.importer).truth


def test_a_rule_runs_again_only_where_something_it_reads_is_different(case: Case, view: View) -> None:
    counting, memory = Counting(), Memory()
    rule = Rule("test", "eu-gdpr:48", "?", None, counting)
    report = replace(case, purpose="ocsea_report", answers=frozenset())
    assert found(rule, report, view, memory) is Truth.UNKNOWN
    assert (
        found(rule, replace(report, frequency="occasional", exporter_role="processor"), view, memory) is Truth.UNKNOWN
    )
    assert counting.runs == 1
    answered = replace(report, answers=frozenset((("eu-gdpr:48.agreement", Truth.YES),)))
    assert found(rule, answered, view, memory) is Truth.YES
    assert counting.runs == 2
    other_question = replace(report, answers=frozenset((("eu-gdpr:48.legal_basis", Truth.YES),)))
    assert found(rule, other_question, view, memory) is Truth.UNKNOWN
    assert counting.runs == 2
    hosting = replace(case, purpose="hosting")
    assert found(rule, hosting, view, memory) is Truth.NO
    assert found(rule, replace(hosting, answers=answered.answers), view, memory) is Truth.NO
    assert counting.runs == 3


def test_a_leg_is_another_where_what_was_read_of_it_is_different(case: Case, view: View) -> None:
    memory, places = Memory(), []

    def reads_the_place(case: Case, view: View, leg: Leg) -> Finding:
        places.append(leg.place)
        return Finding(Truth.of(leg.in_category("us_remote_computing_service") is Truth.YES), say("It depends."))

    rule = Rule("test", "eu-gdpr:48", "?", None, reads_the_place)
    same = replace(case, legs=tuple(replace(leg, role="unknown") for leg in case.legs))
    elsewhere = replace(case, legs=(replace(case.importer, place="NO"), *case.legs[1:]))
    for one in (case, same, elsewhere, same):
        assert found(rule, one, view, memory) is Truth.NO
    assert places == [case.importer.place, "NO"]
    reached = replace(case.importer, categories=frozenset(("us_remote_computing_service",)))
    assert found(rule, replace(case, legs=(reached, *case.legs[1:])), view, memory) is Truth.YES


def test_what_a_case_or_a_leg_cannot_have_noted_is_refused(case: Case, view: View) -> None:
    here = Situation(case, view)
    with pytest.raises(TypeError, match="led_by"):
        _ = here.case.led_by


def test_whoever_asks_a_rule_depends_on_what_that_rule_reads(case: Case, view: View) -> None:
    inner = Rule("inner", "eu-gdpr:48", "?", None, Counting())
    outer = remembered(lambda case, view, leg: inner(case, view, leg).truth)
    memory, truths = Memory(), []
    for value in (Truth.YES, Truth.NO, Truth.YES):
        answers = frozenset((("eu-gdpr:48.agreement", value),))
        here = Situation(replace(case, purpose="ocsea_report", answers=answers), view, memory=memory)
        truths.append(outer(here.case, here.view, here.case.importer))
    assert truths == [Truth.YES, Truth.NO, Truth.YES]


def test_whoever_asks_a_rule_runs_again_only_where_it_finds_something_else(case: Case, view: View) -> None:
    def by_purpose(case: Case, view: View, leg: Leg) -> Finding:
        return Finding(Truth.of(case.purpose == "hosting"), say("It depends."))

    def asking(case: Case, view: View, leg: Leg) -> Truth:
        runs.append(inner(case, view, leg).truth)
        return runs[-1]

    inner, outer = Rule("inner", "eu-gdpr:48", "?", None, by_purpose), remembered(asking)
    memory, runs, truths = Memory(), list[Truth](), []
    for purpose in ("hosting", "research", "marketing", "hosting"):
        here = Situation(replace(case, purpose=purpose), view, memory=memory)
        truths.append(outer(here.case, here.view, here.case.importer))
    assert truths == [Truth.YES, Truth.NO, Truth.NO, Truth.YES]
    assert runs == [Truth.YES, Truth.NO]


def test_looking_through_a_table_depends_on_all_of_it(case: Case, view: View) -> None:
    names = remembered(lambda case, view, leg: sorted(view.places))
    memory = Memory()
    everywhere = Situation(case, view, memory=memory)
    nowhere = Situation(case, replace(view, places={}), memory=memory)
    assert names(everywhere.case, everywhere.view, case.importer) == sorted(view.places)
    assert names(nowhere.case, nowhere.view, case.importer) == []
    assert "GB" in Situation(case, view, memory=memory).view.places
    assert "XX" not in everywhere.view.places


def test_a_function_that_reads_much_is_run_each_time_and_right(case: Case, view: View) -> None:
    def all_answers(case: Case, view: View, leg: Leg) -> list[Truth]:
        return [case.answer(f"criterion-{number}") for number in range(100)]

    wide, memory = remembered(all_answers), Memory()
    for value in (Truth.YES, Truth.NO):
        here = Situation(replace(case, answers=frozenset((("criterion-99", value),))), view, memory=memory)
        assert wide(here.case, here.view, case.importer)[-1] is value


def test_memory_and_tables_are_bounded(case: Case, view: View) -> None:
    memory, counting = Memory(most=3), Counting()
    rule = Rule("test", "eu-gdpr:48", "?", None, counting)
    for number in range(20):
        found(rule, replace(case, purpose=f"purpose {number}"), view, memory)
    assert memory._kept <= 3
    assert found(rule, replace(case, purpose="ocsea_report"), view, memory) is Truth.UNKNOWN
    table: Table[int] = Table(3)
    assert [table.once(number % 5, lambda number=number: number) for number in range(20)][-1] % 5 == 4  # type: ignore[misc]
    assert len(table._kept) <= 3
