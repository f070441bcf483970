"""What becomes of an importer's answers: what they carry for every route, what they never do, and where they lie."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from country_reports.facts import Origin, Truth, Verification
from country_reports.records import BadRecord, read_record
from tests.conftest import ROOT, Run
from tests.transfers.forms import (
    ANSWERS,
    DAY,
    HUB,
    IMPORTER,
    MEMBER,
    ROUTES,
    a_workspace,
    changed,
    fill_json,
    filled,
    form,
    ids,
    keep,
    outcomes,
    refusal,
    routes,
    taken,
    the_questionnaire,
)
from transfers.answers import CriterionAnswer
from transfers.assessment import assess
from transfers.field_problems import BadRoute
from transfers.golden import GoldenFile
from transfers.knowledge import Knowledge
from transfers.law import essential_guarantees, obstacles, paragraph_43
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS, NOT_BY_WORD_ALONE
from transfers.law.rule import Rule
from transfers.questionnaire.filled import write_json
from transfers.questionnaire.form import AskedQuestion, Questionnaire, sealed
from transfers.questionnaire.recorded import _own
from transfers.registry.check import troubles_of
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import Registry
from transfers.registry.store import FILE, ImporterStore, Stored
from transfers.registry.tables import as_table, read_importers
from transfers.route import Route
from transfers.tables.mapping import Mapping as Columns
from transfers.tables.reading import write_table
from transfers.view import Policy


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return a_workspace(tmp_path)


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return the_questionnaire()


# What an answer may not do


def test_an_answer_takes_nothing_away_that_stands_against_the_importer(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    path = form(asked, tmp_path)
    bare = Registry(workspace).get(IMPORTER)[0]
    for fields, told in (
        ({"storage": ("IN",)}, "IN is on file too"),
        ({"gdpr_applies_directly": Truth.YES}, "the record says yes"),
        ({"certifications": ()}, "the record has something else already"),
    ):
        keep(bare.model_copy(update=fields), workspace)
        assert told in refusal(path, workspace)
    later = {"value": Truth.NO, "on": "2026-11-21"}
    keep(ImporterRecord.model_validate({**dict(bare), "answers": {MEMBER: later}}), workspace)
    assert "the record holds an answer of 2026-11-21, which is later" in refusal(path, workspace)


def test_what_only_a_list_or_a_contract_shows_carries_a_condition(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    keep(
        taken(form(asked, tmp_path, certifications={"answer": "eu-us-dpf hr+non_hr 2026-01-01 2027-01-01"}), workspace),
        workspace,
    )
    french, dutch = (assess(route, Knowledge(workspace), DAY) for route in routes())
    told = {condition.id for condition in french.conditions}
    assert f"confirm_at_source:importers/{IMPORTER}/certifications/eu-us-dpf" in told
    assert french.outcome == dutch.outcome == "permitted_with_conditions"
    strict = assess(changed(0, mechanisms=[]), Knowledge(workspace), DAY, Policy(verified_only=True))
    assert not strict.outcome.startswith("permitted")


def test_schemes_that_a_record_leaves_open_are_filled_in_beside_the_others(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    entry = {"scheme": "iso-27001", "scope": ["service"], "valid_from": "2025-01-01", "verification": "primary"}
    plain = {
        **dict(Registry(workspace).get(IMPORTER)[0]),
        "certifications": [entry],
        "certifications_open": ["eu-us-dpf"],
    }
    keep(ImporterRecord.model_validate(plain), workspace)
    assert "importer.certifications" in ids(changed(0), workspace)
    dpf = "eu-us-dpf hr+non_hr 2026-01-01"
    both = taken(form(asked, tmp_path, certifications={"answer": f"iso-27001 service 2025-01-01; {dpf}"}), workspace)
    assert [(one.scheme, one.verification) for one in both.certifications or ()] == [
        ("iso-27001", Verification.PRIMARY), ("eu-us-dpf", Verification.UNVERIFIED)
    ]  # fmt: skip
    assert both.certifications_open == ()
    for answer in ("none", dpf, f"iso-27001 service 2025-01-01; {dpf}; swiss-us-dpf hr 2026-01-01"):
        problem = refusal(form(asked, tmp_path, certifications={"answer": answer}), workspace)
        assert "the record has something else already" in problem


def test_an_answer_read_for_all_routes_is_to_be_checked_for_each(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    keep(taken(form(asked, tmp_path), workspace), workspace)
    french, dutch = (assess(route, Knowledge(workspace), DAY) for route in routes())
    assert f"check_importers_answer:{MEMBER}" in {condition.id for condition in dutch.conditions}
    assert not any(condition.id.startswith("check_importers_answer") for condition in french.conditions)
    assert dutch.inputs.importers[0]["answers"] == {
        MEMBER: {"value": "yes", "by": "C. Ontact", "on": "2026-11-20", "source": taken_source(workspace)}
    }


def taken_source(workspace: Path) -> str | None:
    return Registry(workspace).get(IMPORTER)[0].answers[MEMBER].source


CATEGORIES = ("in_intermediary", "in_telecommunications_entity")


def on_categories(workspace: Path, tmp_path: Path, record: ImporterRecord, **said: str) -> ImporterRecord:
    """The record after a questionnaire on legal categories alone."""

    keep(record, workspace)
    questions = tuple(
        AskedQuestion(id=f"importer:legal_category.{category}", question="?", why="", looks_like="", answer=answer,
                      by="C. Ontact", on="2026-11-20", shown_by="Licence")
        for category, answer in said.items()
    )  # fmt: skip
    path = tmp_path / "categories.json"
    write_json(
        sealed(Questionnaire(importer=record.id, name=record.name, as_of=DAY, seal="", questions=questions)), path
    )
    return taken(path, workspace)


def test_that_a_law_does_not_reach_it_is_not_shown_by_its_word(workspace: Path, tmp_path: Path) -> None:
    """The record of a category that does not apply may keep a law away: with this evidence only on condition."""
    bare = ImporterRecord(id="desk", name="Desk Ltd", country="IN", kind="company")
    both = on_categories(workspace, tmp_path, bare, in_intermediary="yes", in_telecommunications_entity="no")
    assert (both.legal_categories, both.legal_categories_excluded) == (CATEGORIES[:1], CATEGORIES[1:])
    known = {field: one.verification for one in both.evidence for field in one.fields}
    assert known == {"legal_categories": Verification.SECONDARY, "legal_categories_excluded": Verification.UNVERIFIED}
    route = changed(0, importer=both.model_dump(mode="json", exclude_unset=True))
    leg = Knowledge(workspace).extract(route, DAY).case.importer
    assert leg.category_ground is not None
    assert leg.category_ground.verification is Verification.UNVERIFIED
    with pytest.raises(BadRecord, match="the record says yes"):
        on_categories(workspace, tmp_path, both, in_intermediary="no")
    opened = on_categories(workspace, tmp_path, both, in_intermediary="unknown")
    assert opened.legal_categories == ()


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ("XJ", obstacles.law_against_the_tool),
        ("XJ", essential_guarantees.necessity),
        ("XD", paragraph_43.law_kept_in_practice),
    ],
)
def test_laws_kept_away_by_its_word_alone_carry_a_condition(place: str, rule: Rule) -> None:
    """Whatever helps because a law does not reach the recipient cites what its record says of that."""
    file = read_record(ROOT / "tests" / "cases" / "rules" / "law-and-practice.yaml", GoldenFile)
    plain = {"id": "r", **file.routes["payroll"]}
    importer = plain["importer"]
    assert isinstance(importer, dict)
    knowledge, day = Knowledge(ROOT / "tests" / "cases" / "rules" / "workspace"), date(2024, 1, 15)
    case = knowledge.extract(Route.model_validate({**plain, "importer": {**importer, "country": place}}), day).case
    found = rule(case, knowledge.view(case, day, Policy()), case.importer)
    assert found.truth is rule.favours
    assert any(condition.id.startswith("confirm_at_source:slot-") for condition in found.conditions)


def test_a_new_word_in_a_list_does_not_make_the_others_look_fresh(workspace: Path, tmp_path: Path) -> None:
    old = {"fields": ["legal_categories"], "statement": "s", "source": {"title": "t"}, "verification": "primary"}
    plain = {
        "id": "desk",
        "name": "Desk Ltd",
        "country": "IN",
        "kind": "company",
        "legal_categories": ["in_intermediary"],
    }
    for evidence, front in (
        ([{**old, "verified_on": "2020-01-01"}], "s"),
        ([], "Desk Ltd: legal categories as recorded before."),
    ):
        record = ImporterRecord.model_validate({**plain, "evidence": evidence})
        beside = on_categories(workspace, tmp_path, record, in_telecommunications_entity="yes")
        assert beside.evidence[0].statement == front
        renewed = on_categories(workspace, tmp_path, record, in_intermediary="yes", in_telecommunications_entity="yes")
        assert renewed.evidence[0].verified_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    "criterion", ["edpb-02-2020:A", "eu-gdpr:45", "eu-gdpr:46(2)(b).approved", "eu-gdpr:44.onward", f"{MEMBER}.leg-1"]
)
def test_a_record_cannot_answer_what_is_not_the_importers_to_say(criterion: str, workspace: Path) -> None:
    told = f"{criterion!r} is not for the recipient to answer once for all routes"
    record = ImporterRecord.model_validate(
        {**dict(Registry(workspace).get(IMPORTER)[0]), "answers": {criterion: "yes"}}
    )
    keep(record, workspace)
    with pytest.raises(BadRoute, match=re.escape(told)):
        Knowledge(workspace).extract(changed(0), DAY)
    assert [told in one.message for one in troubles_of(record, HUB, DAY) if one.refused] == [True]


def test_a_record_that_answers_for_the_law_is_refused_on_the_command_line(workspace: Path, transborder: Run) -> None:
    path = workspace / "importers" / f"{IMPORTER}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "answers: {edpb-02-2020:A: yes}\n", encoding="utf-8")
    done = transborder("assess", ROUTES[0], "--workspace", workspace, "--as-of", "2026-11-23")
    assert done.returncode == 2
    assert (
        "importer.answers.edpb-02-2020:A: example-hosting-us: 'edpb-02-2020:A' is not for the recipient" in done.stderr
    )


def test_the_closed_list_is_what_the_rules_ask_of_importers() -> None:
    """Every question that a rule puts to the importer is on one of the two lists, or a field of its record; nothing else is."""
    on_record = {
        f"{law}:{gateway.id}.{test.id}"
        for law in {binding.regime for binding, _ in HUB.bindings}
        for regime in [HUB.regime(law)]
        if regime is not None
        for gateway in regime.gateways
        for test in gateway.tests
        if test.who == "importer"
    }
    demands = {
        demand.who for binding, _ in HUB.bindings if (regime := HUB.regime(binding.regime)) for demand in regime.demands
    }
    assert "importer" not in demands
    coded = coded_questions()
    listed = ANSWERED_BY_IMPORTERS | NOT_BY_WORD_ALONE.keys()
    fields = {"processing.storage", "importer.gdpr_applies_directly"}
    of_records = {
        one for one in coded if one in fields or one.startswith(("importer:legal_category.", "importer:certification."))
    }
    assert on_record | (coded - of_records) == listed
    assert not ANSWERED_BY_IMPORTERS & NOT_BY_WORD_ALONE.keys()
    assert not [one for one in listed if one.startswith(("edpb-", "c-311-18", "coe-", "cets-"))]


def coded_questions() -> set[str]:
    """What the rules written as code ask of the importer, over every tool of the GDPR and with little known."""
    knowledge = Knowledge(ROOT / "tests" / "cases" / "rules" / "workspace")
    tools = [f"eu-gdpr:46({letter})" for letter in ("2)(a", "2)(b", "2)(e", "2)(f", "3)(a", "3)(b")]
    found: set[str] = set()
    for tool in ("eu-scc-2021/m2", *tools):
        for place in ("US", "XO", "XA", "CA"):
            route = {"id": "r", "exporter": {"country": "FR", "role": "controller", "kind": "private"}, "importer_role": "processor",
                     "importer": {"id": "i", "name": "I", "country": place, "kind": "company"}, "collected_directly": False,
                     "onward": [{"recipient": "Somebody", "place": "XO"}], "mechanisms": [{"tool": tool, "status": "signed"}]}  # fmt: skip
            asked = assess(Route.model_validate(route), knowledge, date(2024, 1, 15)).questions
            found |= {one.id.removesuffix(".somebody@XO") for one in asked if one.ask == "importer"}
    return found


# Once for all routes


def test_an_answer_is_read_for_every_leg_and_the_routes_own_goes_first(workspace: Path) -> None:
    record = Registry(workspace).get(IMPORTER)[0]
    said = {"value": "yes", "by": "C", "on": "2026-11-20", "source": "s"}
    keep(ImporterRecord.model_validate({**dict(record), "storage": ["US", "IN"], "answers": {MEMBER: said}}), workspace)
    knowledge = Knowledge(workspace)
    case = knowledge.extract(changed(1), DAY).case
    both = {MEMBER, f"{MEMBER}.leg-1"}
    assert {(one, Truth.YES) for one in both} <= case.answers
    assert case.told_by_importers == both
    assert both <= case.documented
    own = {f"{MEMBER}.{IMPORTER}@IN": CriterionAnswer(value=Truth.NO), MEMBER: CriterionAnswer(value=Truth.UNKNOWN)}
    case = knowledge.extract(changed(1).model_copy(update={"answers": own}), DAY).case
    assert {(MEMBER, Truth.UNKNOWN), (f"{MEMBER}.leg-1", Truth.NO)} <= case.answers
    assert case.told_by_importers == frozenset()
    before = knowledge.extract(changed(1), date(2026, 11, 19)).case
    assert MEMBER not in {name for name, _ in before.answers}, "it was not there yet"


def test_importers_with_equal_answers_share_a_case(asked: Questionnaire, workspace: Path, tmp_path: Path) -> None:
    record = taken(form(asked, tmp_path), workspace)
    twin = record.model_copy(update={"id": "twin", "name": "Twin LLC"})
    for one in (record, twin):
        keep(one, workspace)
    knowledge = Knowledge(workspace)
    first, second = (knowledge.extract(changed(1, importer=name), DAY).case for name in (IMPORTER, "twin"))
    assert first == second
    assert hash(first) == hash(second)


@pytest.mark.parametrize(("on", "is_open"), [("2024-11-23", False), ("2024-11-22", True)])
def test_what_was_answered_too_long_ago_is_asked_again(
    on: str, is_open: bool, asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    """Facts about importers and answers to criteria hold for 730 days."""
    path = tmp_path / "old.json"
    write_json(asked, path)
    fill_json(path, {name: filled(cells, on) for name, cells in ANSWERS.items()})
    keep(taken(path, workspace), workspace)
    french, dutch = routes()
    places = {"importer.storage", "importer.access_from"}
    assert ids(french, workspace) == ({*places, "importer.gdpr_applies_directly"} if is_open else set())
    assert ids(dutch, workspace) == ({*places, MEMBER} if is_open else set())
    assert outcomes(workspace) == (["undetermined"] * 2 if is_open else ["permitted_with_conditions"] * 2)
    documented = {condition.id for condition in assess(dutch, Knowledge(workspace), DAY).conditions}
    assert (f"document_answer:{MEMBER}" in documented) is is_open


# Where records lie


def test_a_shipped_record_is_laid_over_in_the_workspace(tmp_path: Path, transborder: Run) -> None:
    route = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"
    own, path = tmp_path / "own", tmp_path / "q.json"
    own.mkdir()
    transborder("questions", route, "--importer", "ncmec", "--json", path, "--as-of", "2026-11-23")
    fill_json(path, {"importer.gdpr_applies_directly": filled({"answer": "no"})})
    done = transborder("importer", "answers", path, "--workspace", own, "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    shipped, laid_over = Registry().get("ncmec")[0], Registry(own).get("ncmec")[0]
    same = {"gdpr_applies_directly", "evidence"}
    assert {name: value for name, value in laid_over if name not in same} == {
        name: value for name, value in shipped if name not in same
    }
    assert laid_over.evidence[0].fields == ("gdpr_applies_directly",)
    assert laid_over.evidence[1:] == shipped.evidence


def test_a_folder_that_is_not_there_is_told_and_not_made(
    asked: Questionnaire, tmp_path: Path, transborder: Run
) -> None:
    path, folder = form(asked, tmp_path), tmp_path / "wrokspace"
    for more in ((), ("--dry-run",)):
        done = transborder("importer", "answers", path, "--workspace", folder, *more, "--as-of", "2026-11-23")
        assert done.returncode == 2
        assert f"--workspace: there is no folder '{folder}'" in done.stderr
        assert "registry" not in done.stderr
    assert not folder.exists()


def test_clauses_of_a_shipped_record_do_not_become_signed_with_you(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:

    signed = {"tool": "eu-scc-2021/m2", "offered": "yes", "signed_on": "2024-01-01"}
    record = ImporterRecord.model_validate({**dict(Registry(workspace).get(IMPORTER)[0]), "clauses": [signed]})
    (theirs,) = _own(record, Origin.SHIPPED).clauses or ()
    (ours,) = _own(record, Origin.WORKSPACE).clauses or ()
    assert (theirs.signed_on, theirs.offered) == (None, Truth.YES)
    assert ours.signed_on == date(2024, 1, 1)


def test_an_imported_record_gets_a_file_that_lies_over_it(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    record = Registry(workspace).get(IMPORTER)[0]
    (workspace / "importers" / f"{IMPORTER}.yaml").unlink()
    ImporterStore(workspace / "importers" / FILE).write([Stored(record, "vendors.csv, row 2")])
    assert outcomes(workspace) == ["undetermined", "undetermined"]
    keep(taken(form(asked, tmp_path), workspace), workspace)
    assert outcomes(workspace) == ["permitted_with_conditions", "permitted_with_conditions"]
    assert ImporterStore(workspace / "importers" / FILE).get(IMPORTER) == Stored(record, "vendors.csv, row 2")


def test_answers_survive_the_way_through_a_table(asked: Questionnaire, workspace: Path, tmp_path: Path) -> None:

    record = taken(form(asked, tmp_path), workspace)
    path = tmp_path / "importers.csv"
    write_table(as_table([record]), "csv", path)
    found = read_importers(path, Columns(), Registry(), HUB, DAY)
    assert not found.rejected
    assert found.records[0].record.answers == record.answers


def test_what_the_exporter_must_weigh_is_told_and_not_recorded(
    workspace: Path, tmp_path: Path, transborder: Run
) -> None:
    question = AskedQuestion(id="data.clear_text_needed", question="?", why="", looks_like="", routes=("fr-shop",), answer="no",
                             by="C. Ontact", on="2026-11-20", shown_by="Design note")  # fmt: skip
    path = tmp_path / "q.json"
    write_json(sealed(Questionnaire(importer=IMPORTER, name="X", as_of=DAY, seal="", questions=(question,))), path)
    done = transborder("importer", "answers", path, "--workspace", workspace, "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    told = "for you to weigh and write into the routes: data.clear_text_needed: no (C. Ontact, 2026-11-20; shown by: Design note); for fr-shop"
    assert told in done.stdout
    assert "Nothing is written." in done.stdout
