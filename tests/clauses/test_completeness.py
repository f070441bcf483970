"""What a paper lacks is found, with the clause: one fault at a time is put into a paper that lacks nothing."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from clauses.assembly import made_out
from clauses.completeness import CHECKS, lacks
from clauses.paper.answers import Answers
from clauses.paper.contract import Contract
from clauses.paper.draft import From
from clauses.paper.measures_told import is_general
from clauses.paper.trouble import Trouble
from country_reports.records import Plain
from tests.clauses.papers import DAY, HUB, LIBRARY, PAPERS, answered, contract_of, day_of, first_answers

FULL = {name: answered(name) for name in PAPERS}


def found(answers: dict[str, Plain], day: date = DAY) -> tuple[Trouble, ...]:
    return lacks(contract_of(answers, day))


def changed(name: str, changes: dict[str, Plain], *taken_out: str) -> dict[str, Plain]:
    """A full paper with some answers put over it, and some taken out, by their dotted field."""
    answers = dict(Answers(copy.deepcopy(FULL[name]), {}).overlaid(changes).plain)
    for field in taken_out:
        *groups, last = field.split(".")
        place: Plain = answers
        for group in groups:
            assert isinstance(place, dict)
            place = place[group]
        assert isinstance(place, dict)
        del place[last]
    return answers


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_paper_with_every_answer_lacks_nothing(name: str) -> None:
    assert found(FULL[name], day_of(name)) == ()


def party(who: str, /, **fields: Plain) -> dict[str, Plain]:
    return {"parties": {who: dict(fields)}}


def main(**fields: Plain) -> dict[str, Plain]:
    return {"main_contract": dict(fields)}


FAULTS: list[tuple[str, str, dict[str, Plain], tuple[str, ...], str, str]] = [
    # name of the paper, what is wrong, changes, taken out, field, clause
    ("eu-m2", "law of no Member State", {"fill_ins": {"c17_state": "India"}}, (), "fill_ins.c17_state", "clause 17"),
    ("eu-m2", "law of a State that left", {"fill_ins": {"c17_state": "United Kingdom"}}, (), "fill_ins.c17_state", "clause 17"),
    ("eu-m2", "law of nowhere", {"fill_ins": {"c17_state": "Ruritania"}}, (), "fill_ins.c17_state", "clause 17"),
    ("eu-m2", "courts of no Member State", {"fill_ins": {"c18b_state": "Switzerland"}}, (), "fill_ins.c18b_state", "clause 18(b)"),
    ("eu-m1", "option 2 of clause 17 in Module One", {"options": {"c17": "option_2"}}, (), "options.c17", "clause 17"),
    ("eu-2010", "law that is not the exporter's", {"fill_ins": {"c9_state": "Spain"}}, (), "fill_ins.c9_state", "clause 9"),
    ("eu-m2", "joined without signing", party("late", side="importer", name="Late", country="IN", role="processor", address="x street", contact={"name": "y"}, activities="z", joined_on="2026-12-02"), (), "parties.late.signatory", "clause 7"),
    ("eu-m2", "joined without docking clause", {**party("importer", joined_on="2026-12-02", signatory={"name": "x", "signed_on": "2026-12-02"}), "options": {"c7_docking": "omit"}}, (), "parties.importer.joined_on", "clause 7"),
    ("eu-m2", "measures in stock phrases", {"measures": [{"group": "protection in storage", "what": "Appropriate technical and organisational measures are in place"}]}, (), "measures[0]", "Annex II"),
    ("eu-m2", "industry standard", {"measures": [{"group": "protection in storage", "what": "Industry standard encryption"}]}, (), "measures[0]", "Annex II"),
    ("eu-m2", "only the headings", {"measures": [{"group": "physical security", "what": "physical security"}]}, (), "measures[0]", "Annex II"),
    ("eu-m2", "no measures", {"measures": []}, (), "measures", "Annex II"),
    ("eu-m2", "no assistance measures", {}, ("description.assistance_measures",), "description.assistance_measures", "Annex II"),
    ("eu-m3", "no mode for sub-processors", {}, ("options.c9a_authorisation",), "options.c9a_authorisation", "clause 9(a)"),
    ("eu-m2", "no list under option 1", {}, ("sub_processors",), "sub_processors", "Annex III"),
    ("eu-m2", "no agreed list under option 2", {"options": {"c9a_authorisation": "option_2"}}, ("sub_processors",), "sub_processors", "clause 9(a)"),
    ("eu-m2", "no time period", {}, ("fill_ins.c9a_time_period",), "fill_ins.c9a_time_period", "clause 9(a)"),
    ("eu-m2", "a time period without figures", {"fill_ins": {"c9a_time_period": "in good time"}}, (), "fill_ins.c9a_time_period", "clause 9(a)"),
    ("eu-m2", "module for other roles", party("importer", role="controller"), (), "parties.importer.role", "recital 10"),
    ("eu-m2", "a party without a module", {**party("parent", side="importer", name="Parent", country="US", role="controller", address="x", contact={"name": "y"}, activities="z", signatory={"name": "q"}), "transfers": {"one": {"importers": ["importer"]}}}, (), "parties.parent", "EU SCC 2021"),
    ("eu-m2", "no role", {}, ("parties.importer.role",), "parties.importer.role", "Annex I.A"),
    ("eu-m2", "authority of another country", {"annexes": {"annex_i_c": {"authority": "Data Protection Commission (DPC)"}}}, (), "annexes.annex_i_c.authority", "clause 13(a)"),
    ("eu-m2", "case of the authority", party("exporter", seat="not_represented"), (), "parties.exporter.seat", "clause 13(a)"),
    ("eu-m2", "representative not named", {**party("exporter", seat="represented_within", country="US"), "laws": ["eu-gdpr"], "annexes": {"annex_i_c": {"authority": "CNIL"}}}, (), "parties.exporter.seat", "clause 13(a)"),
    ("eu-m2", "sensitive data without safeguards", {"description": {"sensitive_data": "Health data"}}, (), "description.sensitive_data", "clause 8.7"),
    ("eu-m1", "sensitive data without safeguards", {"description": {"sensitive_data": "Health data"}}, (), "description.sensitive_data", "clause 8.6"),
    ("eu-m2", "sensitive data denied", {"description": {"data_categories": "Names and health records"}}, (), "description.sensitive_data", "clause 8.7"),
    ("eu-m2", "no retention", {}, ("description.retention",), "description.retention", "Annex I.B"),
    ("eu-m2", "retention as long as necessary", {"description": {"retention": "As long as necessary"}}, (), "description.retention", "Annex I.B"),
    ("eu-m2", "no frequency", {}, ("description.frequency",), "description.frequency", "Annex I.B"),
    ("eu-m2", "signed before the first day", {"signed_on": "2021-06-26"}, (), "signed_on", "2021/914"),
    ("eu-2010", "signed after it closed", {"signed_on": "2021-09-27"}, (), "signed_on", "2010/87/EU"),
    ("eu-m2", "one party signed too early", party("exporter", signatory={"signed_on": "2021-01-01"}), (), "parties.exporter.signatory.signed_on", "2021/914"),
    ("cn", "filed too late", {"effective_on": "2026-11-02", "filed_on": "2026-11-17"}, (), "filed_on", "provincial CAC"),
    ("cn", "not filed", {"effective_on": "2026-11-02"}, (), "filed_on", "provincial CAC"),
    ("gba", "not filed", {"effective_on": "2026-11-02"}, (), "filed_on", "Guangdong"),
    ("tr-m2", "not filed", {"signed_on": "2026-11-02"}, (), "filed_on", "KVKK"),
    ("cn", "day of effect not known", {"signed_on": "2026-11-02"}, (), "effective_on", "provincial CAC"),
    ("eu-m2", "altered by the main contract", main(changes_the_clauses="yes"), (), "main_contract.changes_the_clauses", "clause 2"),
    ("eu-m2", "altered in words", {"further_clauses": ["Clause 8.9(c) of the standard contractual clauses does not apply."]}, (), "further_clauses[0]", "clause 2"),
    ("eu-m2", "liability limited", main(limits_liability_to_data_subjects="yes"), (), "main_contract.limits_liability_to_data_subjects", "clause 12"),
    ("eu-m2", "liability capped in words", main(terms={"12.3": "The total liability of the supplier under or in connection with this agreement shall not exceed the fees of one year."}), (), "main_contract.terms.12.3", "clause 12"),
    ("eu-m2", "not said whether liability is limited", {}, ("main_contract.limits_liability_to_data_subjects",), "main_contract.limits_liability_to_data_subjects", "clause 12"),
    ("eu-m2", "precedence turned round", main(prevails_over_the_clauses="yes"), (), "main_contract.prevails_over_the_clauses", "clause 5"),
    ("eu-m2", "precedence turned round in words", main(terms={"2": "In case of conflict this Agreement shall prevail over the Standard Contractual Clauses."}), (), "main_contract.terms.2", "clause 5"),
    ("eu-m2-uk", "tables incomplete", {}, ("annexes.table_4.who_may_end",), "annexes.table_4.who_may_end", "Table 4"),
    ("eu-m2-uk", "no option of Table 2", {}, ("options.t2",), "options.t2", "Table 2"),
    ("eu-m2-uk", "EU clauses alone for a British exporter", {"tool": "eu-scc-2021/m2"}, ("options.t2", "annexes"), "tool", "2021/914"),
    ("eu-m2-ch-1", "no Swiss case", {}, ("uses",), "uses.ch-fdpic", "Swiss adaptation"),
    ("eu-m2-ch-2-1", "the wrong Swiss case", {"uses": {"ch-fdpic": "case_1"}}, (), "uses.ch-fdpic", "Swiss"),
    ("eu-m2", "a sub-processor on no terms", {"sub_processors": [{"name": "S", "address": "x", "contact": "y", "processing": "z"}]}, (), "sub_processors[0].bound_by", "clause 8.8"),
    ("eu-m1", "a further recipient on no terms", {"onward": [{"name": "Third Ltd", "country": "US"}]}, (), "onward[0].bound_by", "clause 8.7"),
    ("eu-m4", "clauses 14 and 15 left open", {}, ("options.m4_section_iii",), "options.m4_section_iii", "clause 14"),
    ("cn", "a language that does not count", {"language": "English"}, (), "language", "CN standard contract"),
    ("br", "no language", {}, ("language",), "language", "BR SCC"),
    ("gba", "recipient outside the area", party("importer", country="SG"), (), "parties.importer.country", "Standard Contract"),
    ("eu-m2", "importer within the area", party("importer", country="Ireland"), (), "parties.importer.country", "2021/914"),
    ("uk-idta", "no linked agreement", {}, ("main_contract",), "annexes.table_2.linked_agreements", "Table 2"),
    ("uk-idta", "a status that is not the role", {"annexes": {"table_2": {"exporter_status": "processor"}}}, (), "annexes.table_2.exporter_status", "Table 2"),
    ("br", "an option that does not go with the roles", {"options": {"c4": "b"}}, (), "options.c4", "Responsabilidades das Partes"),
    ("eu-m2", "a gap in a supplementary clause", {}, ("supplementary.CM-05.means",), "supplementary.CM-05.means", "supplementary clause 5"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changes", "taken_out", "field", "clause"),
    [(paper, *rest) for paper, _, *rest in FAULTS],
    ids=[f"{paper}: {what}" for paper, what, *_ in FAULTS],
)
def test_a_fault_is_found_with_its_clause(
    name: str, changes: dict[str, Plain], taken_out: tuple[str, ...], field: str, clause: str
) -> None:
    troubles = found(changed(name, changes, *taken_out), day_of(name))
    about = [trouble for trouble in troubles if trouble.field == field]
    assert about, [(one.field, one.message) for one in troubles]
    assert any(clause in trouble.clause for trouble in about), [trouble.clause for trouble in about]
    assert all(trouble.message for trouble in about)


@pytest.mark.parametrize("name", ["eu-m2", "eu-m2-uk", "eu-m2-ch-2-1", "uk-idta", "br", "coe-m2"])
def test_every_answer_that_is_taken_out_is_missed(name: str) -> None:
    for blank in made_out(contract_of(first_answers(name))).blanks:
        assert any(one.field == blank.field for one in found(changed(name, {}, blank.field))), blank.field


def test_every_check_finds_something_in_these_faults() -> None:
    rules = {
        trouble.rule
        for name, _, changes, out, *_ in FAULTS
        for trouble in found(changed(name, changes, *out), day_of(name))
    }
    assert len(rules) > len(CHECKS)


@pytest.mark.parametrize(
    "changes",
    [
        main(
            terms={
                "12": "Liability between the parties is capped at EUR 1m. This does not apply to claims of data subjects."
            }
        ),
        main(terms={"2": "The Standard Contractual Clauses prevail over this Agreement."}),
        {"further_clauses": ["The parties meet twice a year to look at the measures."]},
        {"description": {"sensitive_data": "Health data; only two named doctors may see them, encrypted at rest"}},
        {"description": {"sensitive_data": "None. Staff delete what a customer sends unasked."}},
        {"fill_ins": {"c17_state": "FR", "c18b_state": "DE"}},
        {"annexes": {"annex_i_c": {"authority": "CNIL"}}},
        {"measures": [{"group": "physical security", "what": "Two guards and a badge reader at the only door"}]},
    ],
)
def test_what_is_right_is_left_alone(changes: dict[str, Plain]) -> None:
    assert found(changed("eu-m2", changes)) == ()


def test_measures_in_the_words_of_the_method_are_no_description() -> None:
    answers = FULL["eu-m2"]
    origins = {"measures[1]": From.ROUTE}
    troubles = lacks(Contract(Answers(answers, {}).agreement("answers"), LIBRARY, HUB, DAY, origins))
    assert [trouble.field for trouble in troubles] == ["measures[1]"]


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("Appropriate measures", True), ("State-of-the-art security", True), ("To be agreed", True), ("Encryption", True),
        ("AES-256 at rest", False), ("Reasonable efforts, in particular ISO 27001 certification", False),
        ("Doors are locked at night and keys are counted", False),
    ],
)  # fmt: skip
def test_stock_phrases_are_told_from_measures(text: str, general: bool) -> None:
    assert is_general(text) is general


def test_the_day_after_the_last_is_too_late() -> None:
    answers = changed("cn", {"effective_on": "2026-11-02"})
    assert not [one for one in found(answers, date(2026, 11, 16)) if one.rule == "filing"]
    assert [one for one in found(answers, date(2026, 11, 17)) if one.rule == "filing"]
