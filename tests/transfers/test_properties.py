"""Properties that hold for every route, on generated routes (design section 4)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from country_reports.facts import Role, Truth
from tests.conftest import ROOT
from tests.transfers.second_leg import naming_the_second_leg
from transfers.assessment import Assessment, FindingRecord, as_json, assess
from transfers.case import Case
from transfers.extraction import places_of
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.law.catalogue import GDPR_TESTS, PARTS_THAT_ASK, provisions
from transfers.law.judge import Judgement, judge
from transfers.registry.importer import ImporterRecord
from transfers.route import Route
from transfers.view import Policy

KNOWLEDGE = Knowledge(ROOT / "examples" / "workspace")
EACH = int(os.environ.get("TRANSBORDER_EXAMPLES", "150"))
"""Generated routes for each property: two thousand together in the suite, a hundred thousand in `benchmarks/properties.py`."""
QUICK = settings(
    max_examples=EACH, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

PLACES = ["FR", "IE", "NO", "RE", "GB", "CH", "RS", "UY", "AR", "US", "IN", "CA", "BR", "MN", "INTERPOL", "EUROPOL"]
ANSWERS = ["yes", "no", "unknown"]
CRITERIA = [
    "edpb-01-2020:43.3.scope_exclusion", "edpb-01-2020:43.3.non_application", "edpb-01-2020:43.3.secrecy",
    "edpb-01-2020:43.1", "edpb-01-2020:43.2", "edpb-01-2020:UC3.risk", "c-311-18:135",
    "edpb-02-2020:A", "edpb-02-2020:B", "edpb-02-2020:C", "edpb-02-2020:D.leg-1", "edpb-02-2020:B.leg-1",
    "coe-108plus:14(3)(a)", "coe-108plus:14(3)(b)-implemented", "coe-108plus:14(1)-circumvention", "coe-108:12(3)(a)",
    "cets-181:2(1)", "cets-181:2(2)(a)", "cets-181:2(2)(b)", "eu-gdpr:44.onward.leg-1", "ocsea.balancing_test",
]  # fmt: skip
MEASURES = [
    f"UC{case}.{number}" for case, count in ((1, 6), (2, 4), (3, 8), (4, 7), (5, 6)) for number in range(1, count + 1)
]
DAYS = st.sampled_from([date(2018, 5, 24), date(2019, 6, 1), date(2020, 7, 15), date(2020, 7, 17), date(2021, 6, 27), date(2022, 6, 1),
                        date(2023, 7, 9), date(2023, 8, 2), date(2024, 4, 20), date(2026, 5, 1), date(2026, 11, 23), date(2029, 1, 1)])  # fmt: skip
RECORD_TOOLS = ["uk-idta/a1", "eu-scc-2021/m2 WITH uk-addendum", "uk-gdpr:ukg-46-2-b", "ch-fadp:ch-16-2-e", "ch-fadp:ch-17-1-a",
                "rs-scc/c2p", "ripd-mcc/c2p", "rs-zzpl:rs-65-2-2", "rs-zzpl:rs-67", "rs-zzpl:rs-69-4", "uy-18331:uy-exceptions", "ar-pdpl:ar-consent", "eu-led:led-37-1-b"]  # fmt: skip
TOOLS = ["adequacy", "eu-scc-2021/m1", "eu-scc-2021/m2", "eu-scc-2021/m2 WITH ch-fdpic", "eu-scc-2010/c2p", "coe-mcc/m1",
         "coe-108plus:14(4)(c)", *RECORD_TOOLS, *(tool for tool in GDPR_TESTS if tool != "eu-gdpr:48")]  # fmt: skip
RECORD_TESTS = ["conditions", "systematic", "assessment", "filed"]
CRITERIA += ["uk-gdpr:data_protection_test", "ch-fadp:likelihood", "uk-gdpr:ukg-49a", "rs-zzpl:rs-68", "rs-zzpl:rs-64", "uy-18331:uy-list",
             "uy-18331:onward_terms.leg-1", "uk-gdpr:onward_terms.leg-1", "uk-gdpr:scope.own_controller", "us-doj-dsp:us-dsp", "us-doj-dsp:depth"]  # fmt: skip
CRITERIA += ["rs-zzpl:rs-65-2-2.unaltered", "rs-zzpl:rs-65-2-2.rights", "ar-pdpl:ar-clauses.conditions", "uy-18331:uy-authorised.conditions",
             "uy-18331:uy-authorised.filed", "uy-18331:uy-authorised.assessment"]  # fmt: skip
CRITERIA += ["ocsea.report", "ocsea.article_15", "ocsea.other_services", "ocsea.for_no_provider", "ocsea.law", "ocsea.confidentiality",
             "exporter_law.no_competent_authority", "uk-idta.linked_agreement", "ripd-mcc.national_adoption"]  # fmt: skip
CRITERIA += [f"{provision}.{test}" for provision, tests in GDPR_TESTS.items() for test in tests] + ["eu-gdpr:49(5)"]


@st.composite
def importers(draw: st.DrawFn) -> dict[str, object]:
    record: dict[str, object] = {
        "id": "someone",
        "name": "Someone",
        "country": draw(st.sampled_from(PLACES)),
        "kind": draw(
            st.sampled_from(["company", "hotline", "clearing_house", "public_authority", "international_organisation"])
        ),
        "gdpr_applies_directly": draw(st.sampled_from(ANSWERS)),
    }
    if draw(st.booleans()):
        schemes = st.sampled_from(["eu-us-dpf", "eu-us-privacy-shield"])
        record["certifications"] = [
            {
                "scheme": scheme,
                "scope": draw(st.sampled_from([["hr"], ["non_hr"], ["hr", "non_hr"]])),
                "valid_from": "2016-10-01",
            }
            for scheme in draw(st.lists(schemes, max_size=2, unique=True))
        ]
    categories = [
        "us_electronic_communication_service_provider",
        "us_financial_institution",
        "ca_pipeda_organisation",
        "br_lgpd_agent",
    ]
    record["legal_categories"] = draw(st.lists(st.sampled_from(categories), max_size=2, unique=True))
    if draw(st.booleans()):
        terms = st.sampled_from(["joined_clauses", "none", "unknown"])
        sub_processor = st.fixed_dictionaries(
            {"name": st.just("Sub"), "place": st.sampled_from(PLACES), "terms": terms}
        )
        record["sub_processors"] = draw(st.lists(sub_processor, max_size=1))
    return record


def names_of_tests(tool: str) -> list[str]:
    """The tests that a route may answer for a tool or derogation that it claims."""
    law, _, gateway_id = tool.partition(":")
    record = KNOWLEDGE.hub.regime(law)
    if tool not in RECORD_TOOLS or record is None:
        return list(GDPR_TESTS.get(tool, ()))
    own = [test.id for gateway in record.gateways if gateway.id == gateway_id for test in gateway.tests]
    return [*own, *RECORD_TESTS]


@st.composite
def answers_on_grounds(draw: st.DrawFn, claims: list[dict[str, str]]) -> dict[str, str]:
    """Most tests of the tools and derogations that are claimed, most of them answered with yes."""
    names = [f"{claim['tool']}.{test}" for claim in claims for test in names_of_tests(claim["tool"])]
    words = st.sampled_from(["yes", "yes", "yes", "yes", "unknown", "no"])
    return {name: draw(words) for name in names if draw(st.integers(0, 9))}


@st.composite
def routes(draw: st.DrawFn) -> Route:
    answers = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from(ANSWERS), max_size=3)
    record: dict[str, object] = {
        "id": "generated",
        "exporter": {
            "country": draw(st.sampled_from(PLACES[:10])),
            "role": draw(st.sampled_from(["controller", "processor", "unknown"])),
            "kind": draw(st.sampled_from(["private", "private", "private", "police", "public"])),
            "services": draw(st.sampled_from([[], ["ni_ics"], ["nb_ics"], ["hosting", "other"]])),
        },
        "importer": draw(importers()),
        "importer_role": draw(st.sampled_from(["controller", "processor", "unknown"])),
        "collected_directly": draw(st.sampled_from(["no", "no", "no", "yes", "unknown"])),
        "processing": draw(st.sampled_from([{}, {"storage": [], "access_from": []}, {"storage": ["US"], "access_from": ["IN"]}])),
        "purpose": draw(st.sampled_from(["hosting", "hr_administration", "ocsea_report", "immigration_control", "criminal_investigation"])),
        "data": {
            "clear_text_needed": draw(st.sampled_from(ANSWERS)),
            **draw(st.sampled_from([{}, {"subjects": ["employees"]}, {"subjects": ["customers"], "special_categories": []}])),
            **draw(st.sampled_from([{}, {"categories": ["hr_records"]}, {"categories": ["messages", "our own word"]}])),
        },
        "frequency": draw(st.sampled_from(["one_off", "occasional", "systematic", "unknown"])),
        "order": draw(st.sampled_from([None, None, None, {}, {"authority": "A court", "agreement": "A treaty"}])),
        "onward": draw(st.none() | st.lists(st.fixed_dictionaries({
            "recipient": st.just("Sub"), "place": st.sampled_from(PLACES), "role": st.just("processor"),
            "terms": st.sampled_from(["joined_clauses", "none", "unknown", "adequate_destination"])}), max_size=1)),
        "answers": draw(answers),
    }  # fmt: skip
    if draw(st.booleans()):
        claims = st.fixed_dictionaries(
            {"tool": st.sampled_from(TOOLS), "status": st.sampled_from(["signed", "signed", "planned", "unknown"])}
        )
        claimed = draw(st.lists(claims, max_size=2, unique_by=lambda claim: claim["tool"]))
        record["mechanisms"] = claimed
        record["answers"] = {**draw(answers), **draw(answers_on_grounds(claimed))}
    if draw(st.booleans()):
        whole = draw(st.sampled_from(["UC1", "UC3", "UC4", "none"]))
        statuses = {name: "in_place" for name in MEASURES if name.startswith(whole)}
        statuses |= draw(
            st.dictionaries(
                st.sampled_from(MEASURES), st.sampled_from(["in_place", "planned", "absent", "unknown"]), max_size=4
            )
        )
        record["measures"] = [{"id": name, "status": status} for name, status in statuses.items()]
    if draw(st.booleans()):
        record["ocsea"] = {"lawful_basis": draw(st.sampled_from(["public_interest_law", "consent_by_terms"])), "scenario": "R2",
                           "safeguards": {f"OC-0{number}": draw(st.sampled_from(["yes", "yes", "unknown"])) for number in range(1, 10)}}  # fmt: skip
    return naming_the_second_leg(record, KNOWLEDGE)


def judged(route: Route, day: date, policy: Policy | None = None) -> Judgement:
    case = KNOWLEDGE.extract(route, day).case
    return judge(case, KNOWLEDGE.view(case, day, policy or Policy()))


def outcomes(judgement: Judgement) -> dict[str, Outcome]:
    return {regime.id: regime.outcome for regime in (*judgement.regimes, judgement.benchmark)}


def unknowns(route: Route) -> list[tuple[str, ...]]:
    """Paths of the answers that are open, each of which a person could give."""
    found: list[tuple[str, ...]] = []
    if route.collected_directly is Truth.UNKNOWN:
        found.append(("collected_directly",))
    if route.data.clear_text_needed is Truth.UNKNOWN:
        found.append(("data", "clear_text_needed"))
    if isinstance(route.importer, ImporterRecord) and route.importer.gdpr_applies_directly is Truth.UNKNOWN:
        found.append(("importer", "gdpr_applies_directly"))
    if route.frequency == "unknown":
        found.append(("frequency",))
    found += [("answers", name) for name, answer in route.answers.items() if answer.value is Truth.UNKNOWN]
    found += [("measures", claim.id) for claim in route.measures or () if claim.status == "unknown"]
    return found


def answered(route: Route, path: tuple[str, ...], value: str) -> Route:
    record = route.model_dump(mode="json", exclude_unset=True)
    if path[0] == "measures":
        for claim in record["measures"]:
            if claim["id"] == path[1]:
                claim["status"] = {"yes": "in_place", "no": "absent"}[value]
    elif path[0] == "answers":
        record["answers"][path[1]] = {**record["answers"][path[1]], "value": value}
    elif path[0] == "frequency":
        record["frequency"] = {"yes": "one_off", "no": "systematic"}[value]
    else:
        target = record
        for key in path[:-1]:
            target = target.setdefault(key, {})
        target[path[-1]] = value
    return Route.model_validate(record)


@QUICK
@given(routes(), DAYS, st.sampled_from(["yes", "no"]), st.data())
def test_answering_never_crosses_the_line_and_never_makes_a_definite_answer_worse(
    route: Route, day: date, value: str, data: st.DataObject
) -> None:
    paths = unknowns(route)
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    before, after = outcomes(judged(route, day)), outcomes(judged(answered(route, path, value), day))
    for regime, outcome in before.items():
        if outcome is not Outcome.UNDETERMINED and regime in after:
            assert after[regime].permissible == outcome.permissible, (regime, path, outcome, after[regime])
            assert after[regime] <= outcome, (regime, path, outcome, after[regime])


@QUICK
@given(routes(), DAYS)
def test_a_definite_answer_holds_for_every_completion(route: Route, day: date) -> None:
    """Unknowns are sound: whatever the open answers turn out to be, a definite outcome stays on its side and gets no worse."""
    paths = unknowns(route)[:5]
    assume(paths)
    before = outcomes(judged(route, day))
    for values in product(("yes", "no"), repeat=len(paths)):
        completed = route
        for path, value in zip(paths, values, strict=True):
            completed = answered(completed, path, value)
        after = outcomes(judged(completed, day))
        for regime, outcome in before.items():
            if outcome is not Outcome.UNDETERMINED and regime in after:
                assert after[regime].permissible == outcome.permissible, (regime, values)
                assert after[regime] <= outcome, (regime, values)


@QUICK
@given(routes(), DAYS, st.sampled_from(MEASURES))
def test_a_measure_in_place_never_makes_it_worse(route: Route, day: date, measure: str) -> None:
    assume(route.measures is not None)
    record = route.model_dump(mode="json", exclude_unset=True)
    record["measures"] = [claim for claim in record["measures"] if claim["id"] != measure] + [
        {"id": measure, "status": "in_place"}
    ]
    before, after = judged(route, day), judged(Route.model_validate(record), day)
    assert after.outcome <= before.outcome


@QUICK
@given(routes(), DAYS)
def test_no_leg_is_told_worse_than_the_whole(route: Route, day: date) -> None:
    assessment = assess(route, KNOWLEDGE, day)
    for leg in assessment.legs:
        assert Outcome.of_word(leg.outcome) <= Outcome.of_word(assessment.outcome), leg


@QUICK
@given(routes(), DAYS, st.sampled_from(PLACES), st.sampled_from(["joined_clauses", "none", "unknown"]))
def test_a_further_recipient_never_makes_it_better(route: Route, day: date, place: str, terms: str) -> None:
    assume(route.onward == ())
    record = route.model_dump(mode="json", exclude_unset=True)
    record["onward"] = [{"recipient": "Another", "place": place, "role": "processor", "terms": terms}]
    before, after = judged(route, day), judged(Route.model_validate(record), day)
    assert after.outcome >= before.outcome


@QUICK
@given(routes(), DAYS, st.sampled_from(["exporter", "destination", "role"]))
def test_without_exporter_destination_or_role_nothing_is_better_than_undetermined(
    route: Route, day: date, missing: str
) -> None:
    record = route.model_dump(mode="json", exclude_unset=True)
    if missing == "exporter":
        record["exporter"].pop("country", None)
    elif missing == "role":
        record["importer_role"] = "unknown"
    else:
        record["importer"], record["processing"] = None, {}
        record["answers"] = {name: answer for name, answer in record["answers"].items() if "@" not in name}
    assume(record["collected_directly"] != "yes" or missing == "exporter")
    assert judged(Route.model_validate(record), day).outcome >= Outcome.UNDETERMINED


@QUICK
@given(routes(), DAYS)
def test_planned_tools_and_measures_count_for_nothing(route: Route, day: date) -> None:
    record = route.model_dump(mode="json", exclude_unset=True)
    record["mechanisms"] = [claim for claim in record.get("mechanisms") or [] if claim["status"] != "planned"]
    record["measures"] = [claim for claim in record.get("measures") or [] if claim["status"] != "planned"]
    with_plans = {**record, "measures": [*record["measures"], *({"id": name, "status": "planned"} for name in MEASURES
                  if name not in {claim["id"] for claim in record["measures"]})]}  # fmt: skip
    tools = {claim["tool"] for claim in record["mechanisms"]}
    with_plans["mechanisms"] = record["mechanisms"] + [
        {"tool": tool, "status": "planned"} for tool in TOOLS[1:] if tool not in tools
    ]
    without, planned = judged(Route.model_validate(record), day), judged(Route.model_validate(with_plans), day)
    assert planned.outcome >= without.outcome


@QUICK
@given(routes(), DAYS)
def test_no_fact_outside_its_period_supports_a_finding(route: Route, day: date) -> None:
    for finding in all_findings(assess(route, KNOWLEDGE, day)):
        for ground in finding.grounds:
            started = ground.valid_from is None or ground.valid_from <= day.isoformat()
            running = ground.valid_to is None or day.isoformat() < ground.valid_to
            assert (ground.role == Role.SUPPORTS) == (started and running), ground


def _is_on_file(provision: str) -> bool:
    """In the catalogue, or a part of a law's record."""
    law, _, part = provision.partition(":")
    record = KNOWLEDGE.hub.regime(law)
    if provision in provisions() or record is None:
        return provision in provisions()
    parts = [
        *PARTS_THAT_ASK,
        "places",
        "tools",
        "onward_terms",
        *(demand.id for demand in record.demands),
        *(one.id for one in record.gateways),
    ]
    return part in parts


@QUICK
@given(routes(), DAYS)
def test_every_finding_cites_a_provision_in_the_catalogue(route: Route, day: date) -> None:
    assessment = assess(route, KNOWLEDGE, day)
    for finding in all_findings(assessment):
        assert _is_on_file(finding.provision), finding.rule
        assert finding.question, finding.rule
        assert "{" not in finding.because, finding.because
    for condition in assessment.conditions:
        assert _is_on_file(condition.provision), condition.id


@QUICK
@given(routes(), DAYS)
def test_an_undetermined_answer_asks_something_and_a_permission_rests_on_facts(route: Route, day: date) -> None:
    assessment = assess(route, KNOWLEDGE, day)
    if assessment.outcome == "undetermined":
        assert assessment.questions
    if assessment.outcome == "permitted":
        assert any(finding.grounds for finding in all_findings(assessment))
        assert all(
            ground.verification != "unverified" for finding in carrying(assessment) for ground in finding.grounds
        )


@QUICK
@given(routes(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_matter(route: Route, day: date, random: Random) -> None:
    record = route.model_dump(mode="json", exclude_unset=True)
    for name in ("mechanisms", "measures"):
        if record.get(name):
            random.shuffle(record[name])
    shuffled = Route.model_validate(record)
    one, other = KNOWLEDGE.extract(route, day).case, KNOWLEDGE.extract(shuffled, day).case
    assert one == other
    assert hash(one) == hash(other)


@QUICK
@given(routes(), DAYS)
def test_the_outcome_is_a_function_of_case_view_and_policy_alone(route: Route, day: date) -> None:
    case = KNOWLEDGE.extract(route, day).case
    fresh = Knowledge(ROOT / "examples" / "workspace")
    assert judge(case, KNOWLEDGE.view(case, day, Policy())) == judge(case, fresh.view(case, day, Policy()))
    assert as_json(assess(route, KNOWLEDGE, day)) == as_json(assess(route, fresh, day))


@QUICK
@given(routes(), DAYS)
def test_two_importers_with_equal_facts_share_a_case_and_keep_their_names(route: Route, day: date) -> None:
    assert isinstance(route.importer, ImporterRecord)
    answers = {name.replace(".someone@", ".twin@"): answer for name, answer in route.answers.items()}
    importer = route.importer.model_copy(update={"id": "twin", "name": "A Twin"})
    twin = route.model_copy(update={"importer": importer, "answers": answers})
    assert KNOWLEDGE.extract(route, day).case == KNOWLEDGE.extract(twin, day).case
    assert assess(twin, KNOWLEDGE, day).legs[0].name == "A Twin"


@QUICK
@given(routes(), DAYS, st.integers(min_value=0, max_value=400))
def test_days_of_one_law_period_give_one_case_and_one_answer(route: Route, day: date, later: int) -> None:
    other = date.fromordinal(day.toordinal() + later)
    one, two = KNOWLEDGE.extract(route, day).case, KNOWLEDGE.extract(route, other).case
    assume(one == two)
    assert outcomes(judged(route, day)) == outcomes(judged(route, other))


@QUICK
@given(routes(), DAYS)
def test_strict_policies_never_permit_more(route: Route, day: date) -> None:
    plain = judged(route, day).outcome
    verified = judged(route, day, Policy(verified_only=True)).outcome
    assert verified >= plain or not plain.permissible
    accepted = judged(route, day, Policy(accept_stale=True)).outcome
    assert plain.permissible <= accepted.permissible


def all_findings(assessment: Assessment) -> list[FindingRecord]:
    return [finding for regime in assessment.regimes for finding in regime.findings] + list(
        assessment.benchmark.findings
    )


def carrying(assessment: Assessment) -> list[FindingRecord]:
    """The findings that carry a permission: favourable answers of binding regimes."""
    return [finding for regime in assessment.regimes for finding in regime.findings
            if finding.rule in ("eu-gdpr.adequacy", "eu-gdpr.clauses_signed") and finding.truth == "yes"]  # fmt: skip


def test_a_blank_route_is_undetermined() -> None:
    blank = assess(Route(id="blank"), KNOWLEDGE, date(2026, 11, 23))
    assert blank.outcome == "undetermined"
    assert blank.benchmark.outcome == "undetermined"
    assert {question.id for question in blank.questions} >= {"exporter.country"}


def test_the_case_holds_no_name() -> None:
    case: Case = KNOWLEDGE.extract(Route.model_validate({"id": "x", "importer": "ncmec"}), date(2026, 11, 23)).case
    assert "ncmec" not in repr(replace(case)).lower()
    assert places_of(case) == {"US"}
