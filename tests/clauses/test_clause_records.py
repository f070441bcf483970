"""The records of clause sets: what is refused and where, what is on file, and that everything they point to exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clauses.check import check
from clauses.clause_set import ClauseSet
from clauses.in_full import ClauseSetInFull
from clauses.library import SHIPPED_FOLDER, Library
from clauses.obligations import read_obligations
from clauses.parts import NEVER_USABLE, Kind
from country_reports.facts import Truth, Verification
from country_reports.hub import SHIPPED_FOLDER as HUB_FOLDER
from country_reports.hub import Hub
from country_reports.records import BadRecord, read_record, read_text_as
from transfers.law.catalogue import criteria, provisions

LIBRARY = Library()
HUB = Hub()
IDS = LIBRARY.set_ids()
EXPECTED = {
    "ae-adgm", "ae-difc", "ar-60e-2016", "asean-mcc", "br-anpd", "ch-fdpic", "cl-model-clauses", "cn-standard-contract", "co-sic-2025",
    "coe-mcc", "coe-model-contract-1992", "eu-bcr-c", "eu-bcr-p", "eu-scc-2001", "eu-scc-2004", "eu-scc-2010", "eu-scc-2021", "eu-scc-art28",
    "eu-scc-gdpr-importers", "gba-standard-contract", "global-cbpr", "hk-rmc", "il-reg-2-4", "ke-guidance", "ng-ndpa", "nz-model-clauses",
    "ripd-mcc", "rs-scc", "sa-sdaia", "th-s29", "tr-standard-contracts", "ua-none", "uk-addendum", "uk-idta",
}  # fmt: skip

SET = """\
id: our-set
name: Our clauses
short: Ours
kind: clause_set
status: in_force
issuer: Somebody
instrument: Some act
valid_from: 2020-01-01
source: {title: Somewhere, url: "https://example.org/act"}
verified_on: 2026-01-01
verification: primary
regimes: [eu-gdpr]
modules:
- {id: c2c, name: One, exporter_roles: [controller], importer_roles: [controller]}
clauses:
- {number: "1", heading: Purpose}
"""


def refused(text: str, model: type[ClauseSet] = ClauseSetInFull) -> str:
    with pytest.raises(BadRecord) as caught:
        read_text_as(text, "our-set.yaml", model)
    return str(caught.value)


def test_the_set_that_the_refusals_start_from_is_well() -> None:
    assert read_text_as(SET, "our-set.yaml", ClauseSetInFull).clause("1") is not None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("exporter_roles: [controller]", "exporter_roles: []", r"our-set.yaml:14  modules\[0\].exporter_roles: a module is for somebody"),
        ("exporter_roles: [controller]", "exporter_roles: [lord]", r"our-set.yaml:14  .*'lord' is not one of the allowed words"),
        ("valid_from: 2020-01-01\n", "", r"valid_from: clauses that can be signed need the first day"),
        ("status: in_force", "status: announced", r"our-set.yaml:8  valid_from: what is announced was never in force"),
        ("status: in_force", "status: repealed", r"valid_to: a set that is repealed"),
        ("kind: clause_set", "kind: addendum", r"adaptation_of: an addendum or adaptation"),
        ("kind: clause_set", "kind: clause_set\nadaptation_of: eu-scc-2021", r"adaptation_of: an addendum or adaptation"),
        ("regimes: [eu-gdpr]", "regimes: [eu-gdpr]\nfilings: [{under: [uk-gdpr], needed: \"no\"}]", r"filings\[0\].under: 'uk-gdpr' is none of the"),
        ("regimes: [eu-gdpr]", "regimes: [eu-gdpr]\nfilings: [{needed: \"yes\", days: 5}]", r"counted_from: `days` are counted from something"),
        ("regimes: [eu-gdpr]", "regimes: [eu-gdpr]\nfilings: [{needed: \"yes\", days: 5, counted_from: signature, deadline: soon}]", r"deadline: the time is told in"),
        ("regimes: [eu-gdpr]", "regimes: [eu-gdpr]\nconcludable_untl: 2021-01-01", r"concludable_untl: unknown field; did you mean 'concludable_until'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_set_is_told_with_its_line(before: str, after: str, told: str) -> None:
    assert re.search(told, refused(SET.replace(before, after)))


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("options:\n- {id: o, name: O, clause: 9(a), choices: []}", r"our-set.yaml:18  options\[0\].clause: this set has no clause '9\(a\)'"),
        ("options:\n- {id: o, name: O, modules: [m9], choices: []}", r"our-set.yaml:18  options\[0\].modules: 'm9' is no module of this set. Its modules: c2c"),
        ("options:\n- {id: o, name: O, choices: [{id: a, what: A}], default: b}", r"options\[0\].default: 'b' is none of the choices"),
        ("options:\n- {id: o, name: O, choices: [{id: a, what: A, calls_for: annex_x}]}", r"calls_for: 'annex_x' is no annex"),
        ("options:\n- {id: o, name: O, annex: table_9, choices: []}", r"options\[0\].annex: 'table_9' is no annex"),
        ("options:\n- {id: o, name: O, choices: []}\n- {id: o, name: P, choices: []}", r"our-set.yaml:19  options\[1\].id: 'o' stands twice"),
        ("fill_ins:\n- {id: f, what: F, clause: \"2\"}", r"fill_ins\[0\].clause: this set has no clause '2'"),
        ("annexes:\n- {id: a, heading: A, fields: [{id: f, what: F, modules: [m2]}]}", r"our-set.yaml:18  annexes\[0\].fields\[0\].modules: 'm2' is no module"),
        ("annexes:\n- {id: a, heading: A, modules: [m2]}", r"annexes\[0\].modules: 'm2' is no module"),
        ("docking: {available: \"yes\", clause: \"7\"}", r"our-set.yaml:17  docking.clause: this set has no clause '7'"),
        ("enforcement: {excluded_in: {c2c: [8.1(b)]}}", r"enforcement.excluded_in.c2c: this set has no clause '8.1\(b\)'"),
        ("competent_authority: {named_in: annex_i_c, cases: []}", r"competent_authority.named_in: 'annex_i_c' is no annex"),
        ("changes:\n- {id: c, at: Clause 1, in_cases: {case_1: So}}", r"changes\[0\].in_cases.case_1: 'case_1' is none of the `uses`"),
    ],
)  # fmt: skip
def test_parts_of_what_is_not_there_are_refused(added: str, told: str) -> None:
    assert re.search(told, refused(f"{SET}{added}\n"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("regimes: [eu-gdpr]", "regimes: [eu-gdpr, xx-none]", r"our-set.yaml:12  regimes\[1\]: 'xx-none' is no regime on file"),
        ("kind: clause_set", "kind: adaptation\nadaptation_of: eu-scc-1999", r"our-set.yaml:5  adaptation_of: 'eu-scc-1999' is no set on file"),
        ("id: our-set", "id: other-set", r"our-set.yaml:1  id: this record belongs in a file called other-set.yaml"),
        ("heading: Purpose}", "heading: Purpose, nummer: 1}", r"clauses\[0\].nummer: unknown field; did you mean 'number'"),
    ],
)  # fmt: skip
def test_a_set_of_a_workspace_is_read_whole_and_refused_where_it_points_nowhere(
    before: str, after: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "our-set.yaml").write_text(SET.replace(before, after), encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        Library(tmp_path).tool("our-set/c2c")
    assert re.search(told, str(caught.value))


def test_a_set_of_a_workspace_stands_over_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "eu-scc-2021.yaml").write_text(SET.replace("our-set", "eu-scc-2021"), encoding="utf-8")
    assert Library(tmp_path).tool("eu-scc-2021/c2c").title == "Ours, One"
    assert Library(tmp_path).in_full("eu-scc-2021").name == "Our clauses"


def test_every_set_of_the_facts_is_on_file() -> None:
    assert set(IDS) == EXPECTED


@pytest.mark.parametrize("set_id", IDS)
def test_what_an_assessment_reads_is_what_the_whole_record_says(set_id: str) -> None:
    path = SHIPPED_FOLDER / f"{set_id}.yaml"
    light, whole = read_record(path, ClauseSet), read_record(path, ClauseSetInFull)
    assert light.id == set_id
    assert all(getattr(light, field) == getattr(whole, field) for field in ClauseSet.model_fields)


def test_every_reference_of_the_records_resolves() -> None:
    assert [str(problem) for problem in check(HUB, LIBRARY)] == []


def test_answers_and_provisions_that_records_name_exist() -> None:
    laws = {path.stem: HUB.regime(path.stem) for path in (HUB_FOLDER / "regimes").glob("*.yaml")}
    asked = set(criteria())
    known = set(provisions())
    for law in (one for one in laws.values() if one is not None):
        asked |= {f"{law.id}:{demand.id}" for demand in law.demands}
        asked |= {f"{law.id}:{gateway.id}.{test.id}" for gateway in law.gateways for test in gateway.tests}
        known |= {f"{law.id}:{gateway.id}" for gateway in law.gateways} | {f"{law.id}:{one.id}" for one in law.demands}
    for whole in map(LIBRARY.in_full, IDS):
        named = {demand.answered_as for demand in whole.demands}
        named |= {volume.answered_as for demand in whole.demands for volume in demand.volumes}
        assert named - {None} <= asked, whole.id
        served = whole.assessment.serves if whole.assessment is not None else ()
        assert {*served} <= known, whole.id
        tools = {one for one in whole.relied_on_as if ":" not in one}
        assert {one for one in whole.relied_on_as if ":" in one} <= known, whole.id
        assert tools <= {*LIBRARY.ids(), *IDS}, whole.id


def broken(tmp_path: Path, kind: str, name: str, before: str, after: str) -> list[str]:
    """What the check says where one record of ours is another."""
    shipped = (HUB_FOLDER / "regimes" if kind == "regimes" else SHIPPED_FOLDER) / f"{name}.yaml"
    folder = tmp_path / ("country_reports/regimes" if kind == "regimes" else "clauses")
    folder.mkdir(parents=True)
    text = shipped.read_text(encoding="utf-8")
    assert before in text
    (folder / f"{name}.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    return [str(problem) for problem in check(Hub(tmp_path), Library(tmp_path))]


@pytest.mark.parametrize(
    ("kind", "name", "before", "after", "told"),
    [
        ("regimes", "cn-pipl", "sets: [gba-standard-contract]", "sets: [gba-contract]", r"sets\[0\]: 'gba-contract' is no set of clauses on file"),
        ("regimes", "cn-pipl", "sets: [gba-standard-contract]", "sets: [eu-bcr-c]", r"sets\[0\]: 'eu-bcr-c' is no set of clauses on file"),
        ("regimes", "cn-pipl", "sets: [gba-standard-contract]", "sets: [br-anpd]", r"'br-anpd' does not name 'cn-pipl' among the `regimes`"),
        ("regimes", "tr-kvkk", "  sets: [tr-standard-contracts]\n", "", r"no gateway of tr-kvkk names this set"),
        ("regimes", "tr-kvkk", "  sets: [tr-standard-contracts]\n", "  sets: [tr-standard-contracts]\n  filing: {needed: 'no'}\n", r"the filing stands in the record of tr-st"),
        ("clauses", "rs-scc", 'filings:\n- {needed: "no", source: karanovic}\n', "", r"neither the gateway nor each of its sets says"),
        ("clauses", "ar-60e-2016", "to: AAIP", "to: Somebody else", r"the sets of this gateway say different things"),
        ("clauses", "co-sic-2025", "based_on: [ripd-mcc]", "based_on: [ripd]", r"based_on\[0\]: 'ripd' is no set on file"),
        ("clauses", "gba-standard-contract", "places: [HK, CN]", "places: [HKG, CN]", r"'HKG' is no place in places.yaml"),
        ("clauses", "global-cbpr", "members: [AU,", "members: [XX,", r"members\[0\]: 'XX' is no place in places.yaml"),
        ("clauses", "nz-model-clauses", "kind: clause_set", "kind: clauses", r"kind: 'clauses' is not one of the allowed words"),
    ],
)  # fmt: skip
def test_the_check_finds_what_records_say_against_one_another(
    kind: str, name: str, before: str, after: str, told: str, tmp_path: Path
) -> None:
    found = broken(tmp_path, kind, name, before, after)
    assert any(re.search(told, one) for one in found), found


@pytest.mark.parametrize("set_id", IDS)
def test_numbers_that_were_not_read_are_marked(set_id: str) -> None:
    """Documents print a number only where it was read: never of a set whose clauses were not."""
    whole = LIBRARY.in_full(set_id)
    read = whole.clauses_read
    if read is None or (read.verification or whole.verification) is Verification.UNVERIFIED:
        assert not whole.numbers_verified
        assert not any(map(whole.number_verified, whole.clauses))
    assert all(clause.number is not None for clause in whole.clauses if whole.number_verified(clause))


@pytest.mark.parametrize(
    ("set_id", "number", "verified"),
    [
        ("eu-scc-2021", "14", True), ("eu-scc-2010", "11", True), ("eu-scc-2001", "3", False), ("eu-scc-art28", "7", False),
        ("uk-idta", "1", True), ("uk-idta", "32", False), ("uk-idta", "36", True), ("uk-addendum", "16", False), ("br-anpd", "22", False),
        ("cn-standard-contract", "4", False), ("tr-standard-contracts", "3", False), ("sa-sdaia", "8", True),
    ],
)  # fmt: skip
def test_which_numbers_may_be_printed(set_id: str, number: str, verified: bool) -> None:
    whole = LIBRARY.in_full(set_id)
    clause = whole.clause(number)
    assert clause is not None
    assert whole.number_verified(clause) is verified


def test_no_number_of_the_model_clauses_of_the_council_of_europe_is_on_file() -> None:
    assert [clause.number for clause in LIBRARY.in_full("coe-mcc").clauses] == [None, None]


def test_what_is_no_clauses_cannot_be_claimed_and_says_what_can() -> None:
    for set_id in IDS:
        whole = LIBRARY.in_full(set_id)
        if whole.kind in (Kind.GUIDANCE, Kind.NON_CLAUSE_TOOL) or whole.status in NEVER_USABLE:
            assert not whole.is_clauses
            assert not any(tool.startswith(f"{set_id}/") for tool in LIBRARY.ids())
    assert LIBRARY.in_full("eu-scc-art28").transfer_tool is Truth.NO


def test_the_numbers_that_comparisons_name_are_those_of_the_records() -> None:
    obligations = read_obligations()
    mapped = [(set_id, term) for duty in obligations.duties for set_id, terms in duty.terms.items() for term in terms]
    for set_id, term in mapped:
        whole = LIBRARY.in_full(set_id)
        if whole.clauses and whole.adaptation_of is None:
            assert [one for one in term.clauses if one[:1].isdigit() and whole.clause(one) is None] == [], set_id
