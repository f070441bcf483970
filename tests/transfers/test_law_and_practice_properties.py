"""Properties of what is made of law and practice, on generated routes to places that do not exist (design section 4)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from country_reports.access import Obstacle
from country_reports.facts import Truth
from country_reports.guarantees import OF_HEAD, Criterion, Head, core_of, roll_up
from tests.conftest import ROOT
from tests.transfers.second_leg import naming_the_second_leg
from transfers.answers import SourceClass
from transfers.field_problems import BadRoute
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.law.catalogue import provisions
from transfers.law.judge import Judgement, judge
from transfers.law.non_application import OF_THE_IMPORTER, SOURCES
from transfers.law.obstacles import IN_WORDS
from transfers.law.sub_criteria import SUB_CRITERIA
from transfers.route import Route
from transfers.view import Policy

KNOWLEDGE = Knowledge(ROOT / "tests" / "cases" / "rules" / "workspace")
DAY = date(2024, 1, 15)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PLACES = ["XA", "XC", "XD", "XE", "XF", "XG", "XJ", "XL", "XN", "XO", "XQ", "XQ", "XS", "XT", "XV"]
CATEGORIES = ["telecommunications_operator", "online_service_provider", "financial_institution", "postal_operator"]
WORDS = ["yes", "no", "unknown"]
FAVOURABLE = ["yes", "yes", "yes", "yes", "unknown", "no"]
OTHERS = ["edpb-01-2020:43.1", "edpb-01-2020:43.2", "edpb-01-2020:43.3.scope_exclusion", "edpb-01-2020:43.3.secrecy",
          "edpb-01-2020:43.3.likelihood", "edpb-01-2020:43.3.non_application", "edpb-01-2020:UC3.risk", "c-311-18:135"]  # fmt: skip
SOURCES_TOLD = st.lists(st.sampled_from(["S3", "S7", "S7.importer", "S8", "S11"]), max_size=3, unique=True)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, dict[str, object]]:
    """Each head answered as a whole, part by part, or not at all; and some of the other questions on law and practice."""
    given: dict[str, dict[str, object]] = {}
    for head in Head:
        way = draw(st.sampled_from(["whole", "core", "parts", "none"]))
        if way == "whole":
            given[f"edpb-02-2020:{head}"] = {"value": draw(st.sampled_from(FAVOURABLE))}
        elif way != "none":
            parts = (
                core_of(head, True) if way == "core" else draw(st.lists(st.sampled_from(OF_HEAD[head]), unique=True))
            )
            given |= {f"edpb-02-2020:{part}": {"value": draw(st.sampled_from(FAVOURABLE))} for part in parts}
    for name in draw(st.lists(st.sampled_from(OTHERS), max_size=4, unique=True)):
        given[name] = {"value": draw(st.sampled_from(WORDS))}
    if "edpb-01-2020:43.3.non_application" in given and draw(st.booleans()):
        given["edpb-01-2020:43.3.non_application"]["evidence"] = [_source(told) for told in draw(SOURCES_TOLD)]
    further = {f"{name}.leg-1": answer for name, answer in given.items() if draw(st.integers(0, 3)) == 0}
    for name in draw(
        st.lists(
            st.sampled_from(["eu-gdpr:44.onward.leg-1", "coe-108plus:14(3)(a)", "coe-108plus:14(3)(a).leg-1"]),
            unique=True,
        )
    ):
        given[name] = {"value": draw(st.sampled_from(FAVOURABLE))}
    return given | further


def _source(told: str) -> dict[str, str]:
    name, _, whose = told.partition(".")
    return {"class": name, "source": "A source", "on": "2023-06-01", **({"of_importer": "yes"} if whose else {})}


@st.composite
def routes(draw: st.DrawFn) -> Route:
    measures = draw(st.sampled_from([(), ("UC1",), ("UC3",), ("UC1", "UC3")]))
    counts = {"UC1": 6, "UC3": 8}
    categories = draw(st.lists(st.sampled_from(CATEGORIES), max_size=4, unique=True))
    split = draw(st.integers(0, len(categories)))
    return naming_the_second_leg({
        "id": "generated",
        "exporter": {"country": "FR", "role": "controller", "kind": "private"},
        "importer": {"id": "someone", "name": "Someone", "country": draw(st.sampled_from(PLACES)), "kind": "company", "certifications": [],
                     "gdpr_applies_directly": "no", "legal_categories": categories[:split], "legal_categories_excluded": categories[split:]},
        "importer_role": "processor",
        "collected_directly": "no",
        "processing": {"storage": [], "access_from": []},
        "purpose": "hosting",
        "data": {"clear_text_needed": draw(st.sampled_from(WORDS)), "subjects": ["customers"], "special_categories": [],
                 "categories": [draw(st.sampled_from(["messages", "payroll", "our own word"]))]},
        "frequency": "systematic",
        "mechanisms": [{"tool": "eu-scc-2021/m2", "status": "signed", "signed_on": "2023-01-10"}],
        "measures": [{"id": f"{case}.{number}", "status": draw(st.sampled_from(["in_place", "in_place", "in_place", "unknown"]))}
                     for case in measures for number in range(1, counts[case] + 1)],
        "onward": draw(st.sampled_from([[], [{"recipient": "Sub", "place": draw(st.sampled_from(PLACES)), "role": "processor", "terms": "joined_clauses"}]])),
        "answers": draw(answers()),
    }, KNOWLEDGE)  # fmt: skip


def judged(route: Route) -> Judgement:
    case = KNOWLEDGE.extract(route, DAY).case
    return judge(case, KNOWLEDGE.view(case, DAY, Policy()))


def outcomes(route: Route) -> dict[str, Outcome]:
    judgement = judged(route)
    return {regime.id: regime.outcome for regime in (*judgement.regimes, judgement.benchmark)}


def with_answer(route: Route, name: str, value: str) -> Route:
    record = route.model_dump(mode="json", exclude_unset=True)
    record["answers"][name]["value"] = value
    return Route.model_validate(record)


@QUICK
@given(routes(), st.sampled_from(["yes", "no"]), st.data())
def test_answering_never_crosses_the_line_and_never_makes_a_definite_answer_worse(
    route: Route, value: str, data: st.DataObject
) -> None:
    names = [name for name, answer in route.answers.items() if answer.value is Truth.UNKNOWN]
    assume(names)
    name = data.draw(st.sampled_from(names))
    before, after = outcomes(route), outcomes(with_answer(route, name, value))
    for regime, outcome in before.items():
        if outcome is not Outcome.UNDETERMINED:
            assert after[regime].permissible == outcome.permissible, (regime, name, outcome, after[regime])
            assert after[regime] <= outcome, (regime, name, outcome, after[regime])


@QUICK
@given(routes(), st.data())
def test_what_is_not_known_never_counts_as_met(route: Route, data: st.DataObject) -> None:
    """An answer that permits the transfer does so as an answer: called open, it never permits more."""
    assume(route.answers)
    name = data.draw(st.sampled_from(sorted(route.answers)))
    before, after = outcomes(route), outcomes(with_answer(route, name, "unknown"))
    for regime, outcome in before.items():
        if not outcome.permissible and outcome is not Outcome.UNDETERMINED:
            assert not after[regime].permissible, (regime, name, outcome, after[regime])


@QUICK
@given(routes(), st.sampled_from([f"UC1.{number}" for number in range(1, 7)]))
def test_a_measure_in_place_never_makes_it_worse(route: Route, measure: str) -> None:
    record = route.model_dump(mode="json", exclude_unset=True)
    record["measures"] = [one for one in record["measures"] if one["id"] != measure]
    record["measures"] += [{"id": measure, "status": "in_place"}]
    before, after = outcomes(route), outcomes(Route.model_validate(record))
    assert all(after[regime] <= outcome for regime, outcome in before.items())


@QUICK
@given(routes(), SOURCES_TOLD, st.sampled_from([*SourceClass]))
def test_a_further_source_never_makes_it_worse(route: Route, told: list[str], further: SourceClass) -> None:
    record = route.model_dump(mode="json", exclude_unset=True)
    answer = {"value": "yes", "evidence": [_source(one) for one in told]}
    record["answers"]["edpb-01-2020:43.3.non_application"] = answer
    before = outcomes(Route.model_validate(record))
    record["answers"]["edpb-01-2020:43.3.non_application"] = {
        **answer,
        "evidence": [_source(one) for one in (further, *told)],
    }
    after = outcomes(Route.model_validate(record))
    for regime, outcome in before.items():
        assert after[regime] <= outcome or not outcome.permissible


@pytest.mark.parametrize("head", Head)
@pytest.mark.parametrize("bulk", [True, False])
def test_the_parts_make_a_head(head: Head, bulk: bool) -> None:
    """Nothing known is open; all met is met; each core part alone decides, but for oversight either way suffices."""
    every = dict.fromkeys(OF_HEAD[head], Truth.YES)
    assert roll_up(head, {}, bulk) is Truth.UNKNOWN
    assert roll_up(head, every, bulk) is Truth.YES
    for part in OF_HEAD[head]:
        lacking, unknown = every | {part: Truth.NO}, every | {part: Truth.UNKNOWN}
        is_core = part in core_of(head, bulk)
        if head is Head.C and is_core:
            assert roll_up(head, lacking, bulk) is Truth.YES
            continue
        assert roll_up(head, lacking, bulk) is (Truth.NO if is_core else Truth.UNKNOWN)
        assert roll_up(head, unknown, bulk) is (Truth.UNKNOWN if is_core else Truth.YES)


def test_safeguards_for_bulk_collection_are_core_only_where_data_are_collected_so() -> None:
    assert Criterion.B5 in core_of(Head.B, True)
    assert Criterion.B5 not in core_of(Head.B, False)


def test_every_word_of_the_records_has_its_provision() -> None:
    assert set(SUB_CRITERIA) == set(Criterion)
    assert {f"edpb-02-2020:{criterion}" for criterion in Criterion} <= set(provisions())
    assert set(IN_WORDS) == set(Obstacle)
    assert {*IN_WORDS.values(), *SOURCES.values()} <= set(provisions())
    assert {*SourceClass} | OF_THE_IMPORTER == set(SOURCES)


def test_a_guarantee_is_answered_as_a_whole_or_part_by_part() -> None:
    both = {"id": "r", "answers": {"edpb-02-2020:A": "yes", "edpb-02-2020:A2": "yes"}}
    with pytest.raises(BadRoute, match="not both"):
        KNOWLEDGE.extract(Route.model_validate(both), DAY)
    apart = {"id": "r", "answers": {"edpb-02-2020:A": "yes", "edpb-02-2020:A2.sub@XN": "yes", "edpb-02-2020:B2": "yes"},
             "onward": [{"recipient": "Sub", "place": "XN"}]}  # fmt: skip
    KNOWLEDGE.extract(Route.model_validate(apart), DAY)
