"""Remedies, questions and tools side by side: searches that must agree with the assessments they stand on."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from country_reports.facts import Truth
from country_reports.records import read_record
from tests.conftest import DAY, EXAMPLES, ROOT, Run
from transfers.alternatives.comparison import compared_tools
from transfers.alternatives.questions import weighed_questions
from transfers.alternatives.remedies import LIMIT, Remedies, remedies
from transfers.alternatives.variation import Variations
from transfers.alternatives.why_not import Suppositions, what_would_have_to_be_true
from transfers.assessment import assess
from transfers.documents.searches import questions_document, suppositions_document
from transfers.documents.tools_compared import tools_document
from transfers.documents.writers.text import as_text
from transfers.finding import Outcome
from transfers.golden import GoldenFile
from transfers.knowledge import Knowledge
from transfers.law.judge import judge
from transfers.registry.importer import ImporterKind, ImporterRecord
from transfers.route import MeasureClaim, MeasureStatus, OnwardRecipient, Route
from transfers.view import Policy

TODAY = date.fromisoformat(DAY)
WORKSPACE = ROOT / "examples" / "workspace"
INDIA = ROOT / "examples" / "fr-company-to-indian-support.yaml"


@pytest.fixture(scope="module")
def variations() -> Variations:
    return Variations(Knowledge(WORKSPACE), TODAY, Policy())


@pytest.fixture(scope="module")
def placeholder() -> Variations:
    """The fictitious countries of the rule cases."""
    return Variations(Knowledge(ROOT / "tests" / "cases" / "rules" / "workspace"), date(2024, 1, 15), Policy())


def golden_route(name: str) -> Route:
    file = read_record(ROOT / "tests" / "cases" / "rules" / "edpb-use-cases.yaml", GoldenFile)
    return Route.model_validate({"id": name, **file.routes[name]})


def names(found: Remedies) -> list[set[str]]:
    return [{change.id for change in remedy.changes} for remedy in found.found]


def test_no_technical_measure_helps_a_recipient_that_needs_clear_text(variations: Variations) -> None:
    found = remedies(read_record(INDIA, Route), variations)
    assert found.outcome is Outcome.NOT_PERMITTED
    assert not found.technical_suffices
    assert {"recipient_at_home"} in names(found)
    assert {"no_clear_text", "UC1", "UC3"} in names(found)


def test_moving_the_keys_is_enough_for_an_encrypted_backup(placeholder: Variations) -> None:
    backup = golden_route("backup")
    assert placeholder.outcome(backup).permissible
    kept = tuple(
        MeasureClaim(id=claim.id, status=MeasureStatus.ABSENT) if claim.id == "UC1.6" else claim
        for claim in backup.measures or ()
    )
    with_provider = backup.model_copy(update={"measures": kept})
    found = remedies(with_provider, placeholder)
    assert found.outcome is Outcome.SUPPLEMENTARY_MEASURES_REQUIRED
    assert found.technical_suffices
    assert names(found)[0] == {"UC1"}
    text = dict(found.found[0].changes[0].text.parameters)["conditions"]
    assert text == "Keys only under the control of the exporter or of a trusted entity in an equivalent jurisdiction"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_remedies_hold_are_smallest_and_are_all(path: Path, variations: Variations) -> None:
    route = read_record(path, Route)
    found = remedies(route, variations)
    if found.outcome.permissible:
        assert found.found == ()
        return
    for remedy in found.found:
        for size in range(len(remedy.changes) + 1):
            for chosen in combinations(remedy.changes, size):
                changed = route
                for change in chosen:
                    changed = change.apply(changed)
                assert variations.outcome(changed).permissible is (size == len(remedy.changes))
    assert all(len(remedy.changes) <= LIMIT for remedy in found.found)
    assert [remedy.burden for remedy in found.found] == sorted(remedy.burden for remedy in found.found)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_questions_that_are_left_out_cannot_move_the_answer(path: Path, variations: Variations) -> None:
    route = read_record(path, Route)
    assessment = assess(route, variations.knowledge, TODAY)
    kept = weighed_questions(route, assessment, variations)
    asked = {weighed.question.id for weighed in kept}
    assert asked <= {question.id for question in assessment.questions}
    for question in assessment.questions:
        if question.id not in asked:
            for value in (Truth.YES, Truth.NO):
                answered = variations.outcome(variations.answering(route, question.id, value))
                assert answered is Outcome.of_word(assessment.outcome)
    order = [(not weighed.settles, not weighed.can_be_tried) for weighed in kept]
    assert order == sorted(order)


def test_questions_that_matter_only_together_are_kept(placeholder: Variations) -> None:
    """No single condition of a use case settles anything, and each of them is asked."""
    route = golden_route("backup").model_copy(update={"measures": None})
    asked = {
        one.question.id
        for one in weighed_questions(route, assess(route, placeholder.knowledge, placeholder.as_of), placeholder)
    }
    assert {f"edpb-01-2020:UC1.{number}" for number in range(1, 7)} <= asked
    assert {f"edpb-01-2020:UC2.{number}" for number in range(1, 5)} <= asked


def test_the_question_that_settles_comes_first(placeholder: Variations) -> None:
    kept = tuple(claim for claim in golden_route("backup").measures or () if claim.id != "UC1.6")
    unknown = MeasureClaim(id="UC1.6", status=MeasureStatus.UNKNOWN)
    route = golden_route("backup").model_copy(update={"measures": (*kept, unknown)})
    first = weighed_questions(route, assess(route, placeholder.knowledge, placeholder.as_of), placeholder)[0]
    assert (first.question.id, first.settles) == ("edpb-01-2020:UC1.6", True)
    assert dict(first.by_answer)["in_place"].permissible


def test_tools_side_by_side_are_assessments_of_each_alone(variations: Variations) -> None:
    route = read_record(ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml", Route)
    found = {one.tool: one for one in compared_tools(route, variations.knowledge, TODAY, Policy())}
    claimed = {claim.tool for claim in route.mechanisms or ()}
    assert {found[tool].outcome for tool in claimed} == {variations.outcome(route)}
    assert found["eu-scc-2021/m4"].outcome is Outcome.NOT_PERMITTED
    outcomes = [one.outcome for one in compared_tools(route, variations.knowledge, TODAY, Policy())]
    assert outcomes == sorted(outcomes)


OPEN_ROUTE = """\
id: open
exporter: {country: FR, role: controller, kind: private}
importer: {id: acme, name: Acme Inc., country: IN, kind: company}
processing: {storage: [US, IN], access_from: [IN, PH]}
onward: [{recipient: {id: sub, name: Sub, country: US, kind: company}, place: US}]
"""
SCREENS = 150
"""Lines: three screens of fifty."""


def test_tools_side_by_side_tell_on_a_few_screens_what_sets_them_apart(transborder: Run, tmp_path: Path) -> None:
    path = tmp_path / "open.yaml"
    path.write_text(OPEN_ROUTE, encoding="utf-8")
    for route in (path, *EXAMPLES):
        told = transborder("compare", route, "--workspace", WORKSPACE, "--as-of", DAY).stdout
        assert told.count("\n") <= SCREENS, route
        assert "--all" in told
    assert transborder("compare", path, "--as-of", DAY, "--all").stdout.count("\n") > 1000


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_tools_side_by_side_lose_nothing(variations: Variations, path: Path) -> None:
    """Every tool is named and counted under its result; in full, every question of it is told."""
    found = compared_tools(read_record(path, Route), variations.knowledge, TODAY, Policy())
    grouped, full = (as_text(tools_document("r", DAY, found, everything=everything)) for everything in (False, True))
    for text in (grouped, full):
        assert all(one.title in " ".join(text.split()) for one in found)
    for one in found:
        for question in one.assessment.questions if one.outcome is Outcome.UNDETERMINED else ():
            if not all(rule.startswith("coe-108plus.") for rule in question.decides):
                assert " ".join(question.text.split()) in " ".join(full.split())
    numbers = {outcome: sum(one.outcome is outcome for one in found) for outcome in {one.outcome for one in found}}
    heads = [line for line in grouped.splitlines() if re.search(r"\((\d+) TOOLS?\)$", line)]
    assert [int(re.findall(r"\d+", line)[-1]) for line in heads] == [numbers[key] for key in sorted(numbers)]


@pytest.mark.parametrize("command", ["remedies", "questions", "compare"])
def test_the_commands_print_and_refuse(transborder: Run, command: str, tmp_path: Path) -> None:
    done = transborder(command, INDIA, "--workspace", WORKSPACE, "--as-of", DAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert DAY in done.stdout
    assert transborder(command, INDIA, "--workspace", WORKSPACE, "--as-of", DAY, "--format", "html").stdout.startswith(
        "<!DOCTYPE"
    )
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\nimporter: nobody-we-know\n", encoding="utf-8")
    refused = transborder(command, bad)
    assert (refused.returncode, "bad.yaml:2" in refused.stderr) == (2, True)


def test_why_not_names_what_would_have_had_to_be_true(variations: Variations) -> None:
    route = read_record(INDIA, Route)
    assessment = assess(route, variations.knowledge, TODAY, variations.policy)
    found = what_would_have_to_be_true(route, assessment, variations).sets
    sets = [{finding.rule for finding in one.findings} for one in found]
    assert {"eu-gdpr.adequacy"} in sets
    assert {"edpb-01-2020.43.3", "edpb-01-2020.transit"} in sets
    assert all(one.outcome.permissible for one in found)
    assert not any(smaller < larger for smaller, larger in combinations(sets, 2))


def test_why_not_is_silent_where_the_transfer_may_take_place(placeholder: Variations) -> None:
    backup = golden_route("backup")
    assessment = assess(backup, placeholder.knowledge, placeholder.as_of, placeholder.policy)
    assert what_would_have_to_be_true(backup, assessment, placeholder).sets == ()


def test_a_route_to_hundreds_of_recipients_is_told_what_was_not_tried(variations: Variations) -> None:
    records = (
        ImporterRecord(id=f"r{n}", name=f"Recipient {n}", country="IN", kind=ImporterKind.COMPANY) for n in range(400)
    )
    onward = tuple(OnwardRecipient(recipient=record, place="IN") for record in records)
    exporter = {"country": "FR", "role": "controller"}
    route = Route.model_validate(
        {"id": "many", "exporter": exporter, "importer": "example-support-in", "onward": onward}
    )
    assessment = assess(route, variations.knowledge, TODAY, variations.policy)
    found = what_would_have_to_be_true(route, assessment, variations)
    assert found == Suppositions((), 0)
    assert "not every set could be tried: none was tried." in as_text(suppositions_document(found))
    weighed = weighed_questions(route, assessment, variations)
    assert [one.question for one in weighed] == list(assessment.questions)
    assert not any(one.can_be_tried for one in weighed)
    text = " ".join(as_text(questions_document([(assessment, weighed)])).split())
    assert f"{len(weighed)} questions are open: too many to try which of them matter" in text


def test_a_supposition_changes_nothing_but_what_is_supposed(variations: Variations) -> None:
    """The next judgement of the same case knows nothing of it."""
    route = read_record(INDIA, Route)
    before = variations.judged(route)
    assessment = assess(route, variations.knowledge, TODAY, variations.policy)
    what_would_have_to_be_true(route, assessment, variations)
    case = variations.knowledge.extract(route, TODAY).case
    assert judge(case, variations.knowledge.view(case, TODAY, variations.policy)) == before
