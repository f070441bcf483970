"""The systems of the expert report: each answers by its name, has a route and five golden answers, and the page shows what is so."""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from country_reports.facts import Truth
from country_reports.records import read_record
from tests.conftest import Run
from tests.transfers.report_systems import (
    DAY,
    EXPORTERS,
    GOLDEN,
    NAMES,
    PAGE,
    ROUTES,
    cases_of,
    place_of,
    shown,
    tables,
)
from transfers.alternatives.questions import weighed_questions
from transfers.alternatives.variation import Variations
from transfers.assessment import assess
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.registry.shelf import Registry, UnknownImporter
from transfers.route import PartyRole, Processing, Purpose, Route, Safeguard
from transfers.view import Policy

ALSO = {
    "NCMEC": "ncmec", "Take It Down": "ncmec", "INHOPE": "inhope", "INTERPOL": "interpol", "I-24/7": "interpol",
    "International Child Sexual Exploitation database": "interpol", "Baseline list": "interpol", "IWF": "iwf",
    "Image Hash List": "iwf", "URL List": "iwf", "IntelliGrade": "iwf", "EOKM": "eokm", "Instant Image Identifier": "eokm",
    "hash check service": "eokm", "SCART": "eokm", "Canadian Centre for Child Protection": "c3p", "Cybertip.ca": "c3p",
    "Shield by Project Arachnid": "c3p", "NASK": "nask", "Dyzurnet": "nask", "Thorn": "thorn", "Safer Predict": "thorn",
    "Microsoft": "microsoft", "PhotoDNA Cloud Service": "microsoft", "PDQ": "meta", "TMK+PDQF": "meta", "Google": "google",
    "Hash Matching API": "google", "Voyager": "web-iq", "Azure": "microsoft",
}  # fmt: skip
"""Other names of the same systems and bodies, and whose record answers."""


def route_of(system: str) -> Route:
    return read_record(next(path for path in ROUTES if path.stem == system), Route)


def test_every_system_is_found_by_its_own_name() -> None:
    registry = Registry()
    wanted = {name: str(route_of(system).importer) for system, name in NAMES.items()} | ALSO
    assert {name: registry.behind(name)[0].id for name in wanted} == wanted


def test_the_command_shows_who_runs_a_system_and_says_so_where_two_do(transborder: Run) -> None:
    found = transborder("importer", "show", "instant image identifier")
    assert (found.returncode, "Offlimits" in found.stdout) == (0, True)
    two = transborder("importer", "show", "internet-beschwerdestelle.de")
    assert (two.returncode, two.stdout) == (2, "")
    assert "is a system of each of these: eco, fsm. Give the id" in two.stderr


def test_a_system_is_no_name_of_a_body() -> None:
    """Two bodies may run one system; whoever merges records must name the body."""
    with pytest.raises(UnknownImporter):
        Registry().find("Instant Image Identifier")


def test_every_route_is_told_and_has_a_name_on_the_page() -> None:
    assert {path.stem for path in ROUTES} == set(NAMES)
    for system in NAMES:
        route = route_of(system)
        assert (route.id, route.exporter.country) == (system, "FR")
        assert route.title, system
        assert route.note, system
        by_police = route.purpose is Purpose.CRIMINAL_INVESTIGATION
        assert (route.exporter.kind == "police", route.ocsea is None) == (by_police, by_police)


def test_every_route_has_five_answers_first() -> None:
    for system in NAMES:
        cases = [case for _, case in cases_of(system)]
        first = cases[: len(EXPORTERS)]
        assert [place_of(case) for case in first] == list(EXPORTERS), f"{system}: {GOLDEN.name} is out of order"
        assert all(str(case.as_of) == DAY and case.expect.outcome and case.expect.cites for case in first), system
        assert all(": " in case.name for case in first), f"{system}: the reason stands after a colon"


def test_every_route_is_assessed_and_fits_the_published_schema(transborder: Run) -> None:
    done = transborder("assess", *ROUTES, "--as-of", DAY, "--format", "json")
    assert done.returncode == 0, done.stderr
    schema = Draft202012Validator(json.loads(transborder("schema", "assessment").stdout))
    answers = json.loads(done.stdout)
    assert {answer["route"] for answer in answers} == set(NAMES)
    for answer in answers:
        schema.validate(answer)
        assert answer["questions"] or answer["outcome"] != "undetermined"


@pytest.mark.parametrize("system", ["inhope-iccam", "iwf-hash-list", "meta-ncmec-reports"])
def test_every_open_question_is_weighed_be_it_a_field_or_a_fact(system: str) -> None:
    knowledge, day = Knowledge(), date.fromisoformat(DAY)
    route = route_of(system).model_copy(update={"ocsea": None})
    weighed = weighed_questions(route, assess(route, knowledge, day), Variations(knowledge, day, Policy()))
    tried = {one.question.id: dict(one.by_answer) for one in weighed}
    assert tried["ocsea.scenario"]["R1"] is Outcome.NOT_PERMITTED
    assert tried["ocsea.lawful_basis"]["consent_by_terms"] is Outcome.NOT_PERMITTED
    assert tried["ocsea.safeguards.OC-06"]["no"] is Outcome.NOT_PERMITTED
    assert tried["processing.storage"] == {}


def test_a_recipient_inside_is_no_settled_leg_while_its_places_are_open() -> None:
    route = route_of("web-iq")
    at_home = route.model_copy(update={"processing": Processing(storage=("NL",), access_from=("NL",))})
    for written, outcome in ((route, "undetermined"), (at_home, "no_transfer")):
        written = written.model_copy(update={"importer_role": PartyRole.PROCESSOR})
        assert [leg.outcome for leg in assess(written, Knowledge(), date.fromisoformat(DAY)).legs] == [outcome]


def test_a_safeguard_that_fails_is_named_the_tenth_included() -> None:
    route = route_of("point-de-contact")
    assert route.ocsea is not None
    told = route.ocsea.model_copy(update={"safeguards": {**route.ocsea.safeguards, Safeguard.OC_10: Truth.NO}})
    assessment = assess(route.model_copy(update={"ocsea": told}), Knowledge(), date.fromisoformat(DAY))
    reasons = [
        one.because for regime in assessment.regimes for one in regime.findings if one.rule == "ocsea.safeguards"
    ]
    assert reasons == ["Not all heads of safeguards are in place: OC-10 the transfer itself."]


def test_the_page_shows_what_the_engine_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert shown(text) == tables(), "run: python -m tests.transfers.report_systems"
    first = [case.expect.outcome for system in NAMES for _, case in cases_of(system)[: len(EXPORTERS)]]
    no_yes = not any(Outcome.of_word(str(outcome)).permissible for outcome in first)
    assert ("No answer here is a yes" in text) is no_yes, "say on the page which answers are a yes"
