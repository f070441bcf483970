"""``transborder clauses`` list, show and select, as a lawyer meets them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from clauses.library import Library
from tests.conftest import DAY, EXAMPLES, ROOT, Run
from transfers.clause_selection import clauses_open_to
from transfers.documents.clause_set import clause_set_document
from transfers.documents.open_clauses import open_clauses_document, open_clauses_json
from transfers.documents.writers.html import as_html
from transfers.documents.writers.markdown import as_markdown
from transfers.documents.writers.text import as_text
from transfers.knowledge import Knowledge
from transfers.law.clauses_relied_on import to_be_signed
from transfers.route import Route
from transfers.route_files import of_file
from transfers.view import Policy

LIBRARY = Library()


def route(**fields: object) -> Route:
    plain: dict[str, object] = {
        "id": "asked",
        "exporter": {"country": "FR", "role": "controller", "kind": "private"},
        "importer": {"id": "x", "name": "X", "country": "IN", "kind": "company", "gdpr_applies_directly": "no"},
        "importer_role": "processor",
    }
    return Route.model_validate(plain | fields)


def test_list_prints_one_line_for_every_record(transborder: Run) -> None:
    done = transborder("clauses", "list", "--as-of", DAY)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(LIBRARY.set_ids())
    assert "eu-scc-2021\tEU SCC 2021\tclause set\topen to new contracts\teu-gdpr\tm1, m2, m3, m4" in lines


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (("--regime", "uk-gdpr"), ["uk-addendum", "uk-idta"]),
        (("--regime", "cn-pipl"), ["cn-standard-contract", "gba-standard-contract"]),
        (("--kind", "adaptation"), ["ch-fdpic"]),
        (("--regime", "eu-gdpr", "--kind", "non_clause_tool"), ["eu-bcr-c", "eu-bcr-p"]),
        (("--regime", "jp-appi", "--kind", "clause_set"), []),
    ],
)
def test_list_filters(transborder: Run, filters: tuple[str, ...], expected: list[str]) -> None:
    done = transborder("clauses", "list", *filters, "--as-of", DAY)
    assert (done.returncode, [line.split("\t")[0] for line in done.stdout.splitlines()]) == (0, expected)


def test_list_says_how_a_set_stands_on_the_day(transborder: Run) -> None:
    for day, told in (
        ("2010-05-14", "not before 2010-05-15"),
        ("2021-09-26", "open to new contracts"),
        ("2021-09-27", "no new contracts since 2021-09-27; older ones may still be relied on"),
        ("2022-12-27", "ended; nothing rests on it since 2022-12-27"),
    ):
        done = transborder("clauses", "list", "--as-of", day, "--format", "json")
        sets = {one["id"]: one for one in json.loads(done.stdout)["sets"]}
        assert sets["eu-scc-2010"]["standing"] == told
        assert sets["eu-scc-2010"]["open_to_new_contracts"] is (told == "open to new contracts")


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("show", "eu-scc-2012"), "eu-scc-2021"),
        (("show", "eu-scc-2021/m7"), "eu-scc-2021/m1"),
        (("show", "../../etc/passwd"), "there is no set"),
        (("show", "eu-scc-2021/m2 WITH uk-addendum"), "one record at a time: eu-scc-2021/m2, then uk-addendum"),
        (("list", "--regime", "uk-gdrp"), "uk-gdpr"),
        (("select", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_unknown_names_are_told_with_what_is_near(transborder: Run, arguments: tuple[str, ...], near: str) -> None:
    done = transborder("clauses", *arguments)
    assert (done.returncode, done.stdout, near in done.stderr) == (2, "", True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("day", ["2015-01-01", "2021-09-26", DAY])
@pytest.mark.parametrize("set_id", LIBRARY.set_ids())
def test_every_record_and_module_can_be_shown_on_every_day(set_id: str, day: str) -> None:
    found = LIBRARY.set_on(set_id, date.fromisoformat(day))
    for module in (None, *found.record.modules):
        document = clause_set_document(found, date.fromisoformat(day), module, {})
        text = as_text(document)
        assert f"As of {day}: " in text
        assert max(map(len, (line for line in text.splitlines() if "http" not in line))) <= 100
        for written in (text, as_markdown(document), as_html(document)):
            assert "Truth." not in written


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        (
            "eu-scc-2021/m2",
            ["clause 9(a)", "14 Local laws and practices", "8.8 Onward transfers", "Not enforced by them in m2", "COMPETENT AUTHORITY, CLAUSE 13(A)",
             "Answered in a route under: eu-scc-2021.organisation", "Nothing is filed.", "2022-12-27"],
            ["Module Four: transfer", "Not enforced by them in m3", "free in Module Four"],
        ),
        ("eu-scc-2021/m1", ["8.7 Onward transfers"], ["Use of sub-processors", "III, List of Sub-processors"]),
        ("eu-scc-2021/m4", ["only if the processor in the Union combines"], ["COMPETENT AUTHORITY", "Measures of the importer"]),
        ("uk-addendum", ["UNVERIFIED", "2024-03-21", "What it changes".upper(), "Information Commissioner"], ["16-20", "Can bind an international"]),
        ("uk-idta", ["1 This IDTA and Linked Agreements", "uk-idta.linked_agreement", "Of transfers to a processor only."], ["11 Exporter's obligations"]),
        ("cn-standard-contract", ["10 working days from the day on which the contract takes effect", "cn-pipl:not_split"], ["9 Miscellaneous", "clause 9", "thresholds that stood before"]),
        ("eu-scc-gdpr-importers", ["announced, not there to be signed"], ["Modules"]),
        ("eu-bcr-c", ["no clauses to sign", "A route relies instead on: eu-gdpr:46(2)(b)"], ["Can bind"]),
        ("ae-adgm", ["in force; its modules are not on file", "Not on file with the set."], []),
        ("ch-fdpic", ["case_2_option_1", "FDPIC"], ["legal entities\n      Change: The clauses protect them too"]),
    ],
)  # fmt: skip
def test_show_tells_the_whole_record(transborder: Run, name: str, has: list[str], has_not: list[str]) -> None:
    done = transborder("clauses", "show", name, "--as-of", DAY)
    text = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert [told for told in has if told not in text] == []
    assert [told for told in has_not if " ".join(told.split()) in text] == []


def test_show_for_machines_and_in_a_file(transborder: Run, tmp_path: Path) -> None:
    plain = json.loads(transborder("clauses", "show", "uk-idta/a1", "--as-of", "2022-03-20", "--format", "json").stdout)
    assert (plain["schema"], plain["module"], plain["open_to_new_contracts"]) == (
        "transborder/clause-set/1",
        "a1",
        False,
    )
    assert plain["record"]["id"] == "uk-idta"
    done = transborder("clauses", "show", "uk-idta", "--as-of", DAY, "--format", "html", "-o", "idta.html")
    assert (done.returncode, "Written: idta.html" in done.stdout) == (0, True)
    assert (tmp_path / "idta.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_select_answers_for_every_example(knowledge: Knowledge, path: Path) -> None:
    day = date.fromisoformat(DAY)
    found = of_file(path, lambda read: clauses_open_to(read, knowledge, day))
    document = open_clauses_document(found)
    for written in (as_text(document), as_markdown(document), as_html(document)):
        assert f"New contracts made on {DAY}." in written
        assert " None" not in written
    assert json.loads(json.dumps(open_clauses_json(found))) == open_clauses_json(found)


def test_select_for_a_route_says_what_can_be_signed_and_what_is_filed(transborder: Run) -> None:
    clinic = ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml"
    text = " ".join(transborder("clauses", "select", clinic, "--as-of", DAY).stdout.split())
    assert "Open: EU SCC 2021, Module Two: transfer controller to processor [eu-scc-2021/m2]" in text
    assert "Written for transfers from controller to controller; here from controller to processor." in text
    plain = json.loads(transborder("clauses", "select", clinic, "--as-of", DAY, "--format", "json").stdout)
    offers = plain["selections"][0]["offers"]
    assert [one["tool"] for one in offers if one["state"] == "open"] == ["eu-scc-2021/m2"]
    firm = ROOT / "examples" / "uy-firm-to-argentina.yaml"
    text = " ".join(transborder("clauses", "select", firm, "--as-of", DAY).stdout.split())
    assert "Answer under ripd-mcc.national_adoption" in text
    assert (
        "Must be filed: authorisation, to URCDP, before transfer. - Gateway of the law: uy-18331:uy-authorised" in text
    )
    assert "not on file" not in text


def test_every_law_and_every_importer_has_a_selection_of_its_own(knowledge: Knowledge) -> None:
    both = [
        {"id": "a", "name": "A", "country": "IN", "kind": "company", "gdpr_applies_directly": "no"},
        {"id": "b", "name": "B", "country": "US", "kind": "company", "gdpr_applies_directly": "yes"},
    ]
    exporter = {"country": "FR", "role": "controller", "kind": "private", "subject_to": ["uk-gdpr", "ch-fadp"]}
    found = clauses_open_to(route(exporter=exporter, importer=None, importers=both), knowledge, date.fromisoformat(DAY))
    assert [(one.law, one.importer, one.place) for one in found.found] == [
        (law, name, place) for law in ("eu-gdpr", "ch-fadp", "uk-gdpr") for name, place in (("A", "IN"), ("B", "US"))
    ]
    for_a, for_b = found.found[:2]
    assert {one.tool for one in for_a.offers if one.state == "open"} == {
        "eu-scc-2021/m2", "eu-scc-2021/m2 WITH ch-fdpic", "eu-scc-2021/m2 WITH uk-addendum", "eu-scc-2021/m2 WITH ch-fdpic WITH uk-addendum",
    }  # fmt: skip
    assert not [one for one in for_b.offers if one.state != "closed"]


def test_an_exporter_that_the_law_reaches_from_abroad_is_not_established_where_it_is_at_home(
    knowledge: Knowledge,
) -> None:
    exporter = {"country": "IN", "role": "controller", "kind": "private", "subject_to": ["eu-gdpr"]}
    found = clauses_open_to(route(exporter=exporter), knowledge, date(2021, 8, 1)).found
    under = next(one for one in found if one.law == "eu-gdpr")
    offers = {one.tool: one for one in under.offers}
    assert offers["eu-scc-2021/m2"].state == "open"
    assert [reason.code for reason in offers["eu-scc-2010/c2p"].reasons] == ["exporter_place"]


@pytest.mark.parametrize(("day", "open_ones"), [("2022-03-20", False), ("2022-03-21", True)])
def test_a_set_is_open_only_where_what_is_joined_to_it_is(knowledge: Knowledge, day: str, open_ones: bool) -> None:
    as_of = date.fromisoformat(day)
    case = knowledge.extract(route(exporter={"country": "GB", "role": "controller", "kind": "private"}), as_of).case
    view = knowledge.view(case, as_of, Policy())
    assert view.tools["eu-scc-2021/m2 WITH uk-addendum"].open is open_ones
    assert bool(to_be_signed(case, view, case.importer, "uk-gdpr-2021")) is open_ones


def test_an_importer_within_the_area_of_the_law_needs_no_clauses(knowledge: Knowledge) -> None:
    inside = {"id": "x", "name": "X", "country": "DE", "kind": "company", "gdpr_applies_directly": "yes"}
    (one,) = clauses_open_to(route(importer=inside), knowledge, date.fromisoformat(DAY)).found
    assert one.inside.value == "yes"


def test_other_places_of_an_importer_are_where_the_data_go_on(knowledge: Knowledge) -> None:
    exporter = {"country": "CN", "role": "controller", "kind": "private"}
    importer = {"id": "x", "name": "X", "country": "HK", "kind": "company", "storage": ["US"], "access_from": []}
    (one,) = clauses_open_to(route(exporter=exporter, importer=importer), knowledge, date.fromisoformat(DAY)).found
    gba = next(offer for offer in one.offers if offer.tool == "gba-standard-contract/any")
    assert [reason.code for reason in gba.reasons] == ["onward_place"]
    assert "they go on to US" in gba.reasons[0].text


@pytest.mark.parametrize(("day", "open_ones"), [("2021-09-26", True), ("2021-09-27", False)])
def test_the_engine_offers_to_sign_what_is_open_that_day(knowledge: Knowledge, day: str, open_ones: bool) -> None:
    planned = route(mechanisms=[{"tool": "eu-scc-2010/c2p", "status": "planned"}])
    as_of = date.fromisoformat(day)
    case = knowledge.extract(planned, as_of).case
    view = knowledge.view(case, as_of, Policy())
    told = [str(one) for one in to_be_signed(case, view, case.importer, "eu-gdpr")]
    assert any("eu-scc-2010/c2p" in one for one in told) is open_ones
    assert any("eu-scc-2021/m2" in one for one in told)


def test_closing_to_new_contracts_is_a_change_of_law(knowledge: Knowledge) -> None:
    planned = route(mechanisms=[{"tool": "eu-scc-2010/c2p", "status": "planned"}])
    before, on_it = (knowledge.extract(planned, date(2021, 9, day)).case.period for day in (26, 27))
    assert before != on_it


def test_a_misspelt_answer_about_a_set_is_refused_with_what_is_near(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(
        "id: r\nexporter: {country: GB, role: controller, kind: private}\ndestination: IN\nanswers: {uk-idta.linked_agrement: yes}\n",
        encoding="utf-8",
    )
    done = transborder("clauses", "select", "r.yaml")
    assert (done.returncode, "r.yaml:4" in done.stderr, "uk-idta.linked_agreement" in done.stderr) == (2, True, True)
