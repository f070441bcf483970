"""What clause sets have on each duty, whether one covers another, and what of article 14(3)(b) they secure."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clauses.comparison import AS_IT_STANDS, CAUTION, Choices, Cover, Secured, Standing, against_coe108plus, compare
from clauses.library import Library, UnknownTool
from clauses.obligations import SHIPPED_FILE, Level, read_obligations
from country_reports.facts import Verification
from country_reports.records import BadRecord
from tests.conftest import Run
from transfers.law.catalogue import PROTECTION_ELEMENTS

LIBRARY, OBLIGATIONS = Library(), read_obligations()
SETS = {one.id: one for one, _ in LIBRARY.sets()}
TOOLS = [f"{one.id}/{module}" for one in OBLIGATIONS.sets for module in one.modules]
ADAPTED = [f"eu-scc-2021/{m} WITH {name}" for m in ("m1", "m2", "m3", "m4") for name in ("uk-addendum", "ch-fdpic")]

COVERED, GAP, MISSING, NOT_KNOWN, NOT_ASKED = Cover
PRIMARY, SECONDARY, UNVERIFIED = Verification
UNREAD: tuple[str, ...] = ()


def has(tool: str, duty: str, choices: Choices = AS_IT_STANDS) -> Standing:
    rows = compare(tool, tool, LIBRARY, OBLIGATIONS, choices).rows
    return next(row.a for row in rows if row.duty.id == duty)


def cover(a: str, b: str, duty: str, choices: Choices = AS_IT_STANDS) -> Cover:
    rows = compare(a, b, LIBRARY, OBLIGATIONS, choices).rows
    return next(row.cover for row in rows if row.duty.id == duty)


@pytest.mark.parametrize(
    ("duty", "tool", "expected", "clauses"),
    [
        ("instructions", "eu-scc-2021/m1", COVERED, ("8.8",)),
        ("instructions", "eu-scc-2021/m2", COVERED, ("8.1",)),
        ("purpose_limitation", "eu-scc-2021/m1", COVERED, ("8.1",)),
        ("purpose_limitation", "eu-scc-2021/m4", MISSING, ()),
        ("transparency", "eu-scc-2021/m3", COVERED, ("8.3",)),
        ("copy_of_clauses", "eu-scc-2021/m1", COVERED, ("8.2(c)",)),
        ("accuracy", "eu-scc-2021/m1", COVERED, ("8.3(a)", "8.3(b)")),
        ("minimisation", "eu-scc-2021/m1", COVERED, ("8.3(c)",)),
        ("minimisation", "eu-scc-2021/m2", MISSING, ()),
        ("minimisation", "eu-scc-2021", GAP, ("8.3(c) (m1)",)),
        ("retention", "eu-scc-2021/m4", COVERED, ("8.1(d)",)),
        ("security", "eu-scc-2021/m3", COVERED, ("8.6(a)", "8.6(b)", "Annex II")),
        ("breach_notification", "eu-scc-2021/m1", COVERED, ("8.5(d)", "8.5(e)", "8.5(f)", "8.5(g)")),
        ("sensitive_data", "eu-scc-2021/m2", COVERED, ("8.7", "Annex I.B")),
        ("sensitive_data", "eu-scc-2021/m4", GAP, ("8.2(a)",)),
        ("children", "eu-scc-2021/m1", MISSING, ()),
        ("onward_transfer", "eu-scc-2021/m2", COVERED, ("8.8",)),
        ("sub_processing", "eu-scc-2021/m2", COVERED, ("9", "Annex III")),
        ("data_subject_rights", "eu-scc-2021/m4", GAP, ("10",)),
        ("automated_decisions", "eu-scc-2021/m1", COVERED, ("10(d)",)),
        ("automated_decisions", "eu-scc-2021/m3", MISSING, ()),
        ("redress", "eu-scc-2021/m4", GAP, ("11(a)",)),
        ("supervision", "eu-scc-2021/m1", COVERED, ("13", "Annex I.C")),
        ("supervision", "eu-scc-2021/m4", MISSING, ()),
        ("local_law_assessment", "eu-scc-2021/m2", COVERED, ("14(a)", "14(b)", "14(c)", "14(d)")),
        ("local_law_assessment", "eu-scc-2021/m4", GAP, ("14(a)", "14(b)", "14(c)", "14(d)")),
        ("government_access_records", "eu-scc-2021/m2", COVERED, ("15.1(c)", "15.1(d)", "15.2(b)", "15.2(c)")),
        ("suspension", "eu-scc-2021/m4", COVERED, ("16(b)",)),
        ("docking", "eu-scc-2021", GAP, ("7",)),
        ("supervision", "eu-scc-2021/m2 WITH uk-addendum", COVERED, ("13", "Annex I.C")),
        ("children", "eu-scc-2021/m2 WITH uk-addendum", MISSING, ()),
        ("docking", "eu-scc-2021/m2 WITH uk-addendum", GAP, ("7",)),
        ("invariability_hierarchy", "eu-scc-2021/m2 WITH uk-addendum", COVERED, UNREAD),
        ("sensitive_data", "eu-scc-2021/m4 WITH uk-addendum", NOT_KNOWN, ()),
        ("courts", "eu-scc-2021/m1 WITH ch-fdpic", COVERED, ("18",)),
        ("instructions", "uk-idta", GAP, ("1.4",)),
        ("security", "uk-idta/a1", COVERED, UNREAD),
        ("termination", "uk-idta", COVERED, ("29", "30")),
        ("governing_law", "uk-idta", COVERED, ("Table 2",)),
        ("government_access_challenge", "uk-idta", GAP, UNREAD),
        ("docking", "uk-idta", MISSING, ()),
        ("security", "coe-mcc/m1", NOT_KNOWN, ()),
        ("third_party_beneficiary", "coe-mcc/m2", NOT_KNOWN, ()),
        ("children", "coe-mcc", NOT_KNOWN, ()),
        ("security", "eu-scc-2010/c2p", NOT_KNOWN, ()),
        ("instructions", "asean-mcc/m1", COVERED, UNREAD),
        ("instructions", "asean-mcc/m2", NOT_KNOWN, ()),
        ("redress", "asean-mcc/m2", GAP, UNREAD),
        ("copy_of_clauses", "asean-mcc", NOT_KNOWN, ()),
        ("local_law_assessment", "asean-mcc", MISSING, ()),
        ("security", "br-anpd", COVERED, ("10", "21", "Section III")),
        ("children", "br-anpd", COVERED, ("12",)),
        ("third_party_beneficiary", "br-anpd", GAP, ("17", "24")),
        ("government_access_records", "br-anpd", GAP, ("19",)),
        ("invariability_hierarchy", "br-anpd", COVERED, ("8", "Section II")),
        ("accuracy", "sa-sdaia/m1", MISSING, ()),
        ("accuracy", "sa-sdaia/m2", GAP, ("C2P item 4",)),
        ("accuracy", "sa-sdaia/m3", NOT_KNOWN, ()),
        ("minimisation", "sa-sdaia/m1", COVERED, ("C2C item 3",)),
        ("minimisation", "sa-sdaia/m2", NOT_KNOWN, ()),
        ("breach_notification", "sa-sdaia/m2", COVERED, UNREAD),
        ("termination", "sa-sdaia/m4", COVERED, ("12.C", "12.D", "12.E")),
        ("local_law_assessment", "sa-sdaia/m1", GAP, ("rule 7",)),
        ("government_access_notice", "sa-sdaia/m1", MISSING, ()),
        ("government_access_notice", "sa-sdaia/m3", NOT_KNOWN, ()),
        ("government_access_notice", "sa-sdaia", NOT_KNOWN, ()),
        ("security", "cn-standard-contract", COVERED, UNREAD),
        ("instructions", "cn-standard-contract", GAP, UNREAD),
        ("docking", "cn-standard-contract", MISSING, ()),
        ("security", "tr-standard-contracts/m1", NOT_KNOWN, ()),
    ],
)  # fmt: skip
def test_what_a_tool_has_on_a_duty(duty: str, tool: str, expected: Cover, clauses: tuple[str, ...]) -> None:
    found = has(tool, duty)
    assert (found.cover, found.clauses) == (expected, clauses)


@pytest.mark.parametrize(
    ("duty", "a", "b", "expected"),
    [
        ("minimisation", "eu-scc-2021/m2", "eu-scc-2021/m1", MISSING),
        ("minimisation", "eu-scc-2021/m1", "eu-scc-2021/m2", NOT_ASKED),
        ("government_access_challenge", "uk-idta", "eu-scc-2021/m1", GAP),
        ("government_access_challenge", "eu-scc-2021/m1", "uk-idta", COVERED),
        ("docking", "uk-idta", "eu-scc-2021/m1", MISSING),
        ("docking", "eu-scc-2021/m1", "uk-idta", NOT_ASKED),
        ("security", "eu-scc-2021/m1", "coe-mcc/m1", NOT_KNOWN),
        ("security", "coe-mcc/m1", "eu-scc-2021/m1", NOT_KNOWN),
        ("children", "coe-mcc/m1", "eu-scc-2021/m1", NOT_ASKED),
        ("children", "eu-scc-2021/m1", "coe-mcc/m1", NOT_KNOWN),
        ("local_law_assessment", "eu-scc-2021/m4", "eu-scc-2021/m3", GAP),
        ("local_law_assessment", "eu-scc-2021/m3", "eu-scc-2021/m4", COVERED),
        ("minimisation", "eu-scc-2021/m1", "eu-scc-2021", COVERED),
        ("minimisation", "eu-scc-2021", "eu-scc-2021/m1", GAP),
        ("onward_transfer", "eu-scc-2021/m2 WITH uk-addendum", "eu-scc-2021/m2", COVERED),
        ("children", "eu-scc-2021/m1", "br-anpd", MISSING),
        ("children", "br-anpd", "eu-scc-2021/m1", NOT_ASKED),
        ("government_access_records", "br-anpd", "eu-scc-2021/m1", GAP),
        ("government_access_notice", "sa-sdaia/m1", "eu-scc-2021/m1", MISSING),
        ("government_access_notice", "sa-sdaia/m3", "eu-scc-2021/m1", NOT_KNOWN),
        ("instructions", "uk-idta", "cn-standard-contract", NOT_KNOWN),
    ],
)  # fmt: skip
def test_a_comparison_has_a_direction(duty: str, a: str, b: str, expected: Cover) -> None:
    assert cover(a, b, duty) is expected


def test_a_part_covers_another_part_only_where_it_is_the_same_text() -> None:
    assert cover("eu-scc-2021/m4", "uk-idta", "government_access_challenge") is NOT_KNOWN
    assert cover("eu-scc-2021/m1", "eu-scc-2021/m3", "docking") is COVERED
    assert cover("eu-scc-2021/m1 WITH uk-addendum", "eu-scc-2021/m1", "docking") is COVERED


@pytest.mark.parametrize(
    "tool", [*(name for name, one in SETS.items() if one.modules), *LIBRARY.ids(), *TOOLS, *ADAPTED]
)
def test_against_itself_a_tool_lacks_nothing_it_asks(tool: str) -> None:
    for row in compare(tool, tool, LIBRARY, OBLIGATIONS).rows:
        expected = {MISSING: NOT_ASKED, NOT_KNOWN: NOT_KNOWN}.get(row.a.cover, COVERED)
        assert row.cover is expected, row.duty.id


def test_not_known_is_never_covered_whatever_is_compared() -> None:
    names = [*TOOLS, *ADAPTED[:4]]
    for a in names:
        for b in names:
            for row in compare(a, b, LIBRARY, OBLIGATIONS).rows:
                if row.cover is COVERED:
                    assert NOT_KNOWN not in (row.a.cover, row.b.cover), (a, b, row.duty.id)
                    assert row.a.cover is not MISSING
                if row.cover is NOT_KNOWN:
                    assert row.b.cover is not MISSING


def test_a_set_that_is_derived_from_another_tells_the_change_or_is_not_known() -> None:
    swiss = has("eu-scc-2021/m1 WITH ch-fdpic", "courts")
    assert swiss.remarks == ("changed: data subjects in Switzerland may sue where they live",)
    assert (swiss.verification, has("eu-scc-2021/m1", "courts").verification) == (SECONDARY, PRIMARY)
    assert {row.a.cover for row in compare("tr-standard-contracts", "coe-mcc", LIBRARY, OBLIGATIONS).rows} == {
        NOT_KNOWN
    }
    assert "believed to be one number lower" in OBLIGATIONS.caution("tr-standard-contracts")


@pytest.mark.parametrize("module", ["m1", "m2", "m3", "m4"])
def test_an_adaptation_takes_the_clause_of_its_base_with_the_change(module: str) -> None:
    changed = {"onward_transfer", "supervision", "local_law_assessment", "termination", "governing_law", "courts"}
    for duty in OBLIGATIONS.duties:
        base = has(f"eu-scc-2021/{module}", duty.id)
        adapted = has(f"eu-scc-2021/{module} WITH uk-addendum", duty.id)
        if duty.id == "invariability_hierarchy" or (duty.id, module) == ("sensitive_data", "m4"):
            continue
        assert (adapted.cover, adapted.clauses) == (base.cover, base.clauses), duty.id
        told = [remark for remark in adapted.remarks if remark.startswith("changed: ")]
        assert bool(told) is (duty.id in changed and base.cover is not MISSING), duty.id
        assert adapted.verification is (UNVERIFIED if duty.id in changed else SECONDARY), duty.id


def test_what_is_optional_or_conditional_is_a_gap_unless_it_is_taken_up() -> None:
    chosen = Choices(frozenset({"docking", "local_law_assessment"}))
    assert has("eu-scc-2021/m2", "docking", chosen).cover is COVERED
    assert has("eu-scc-2021/m4", "local_law_assessment", chosen).cover is COVERED
    assert has("eu-scc-2021/m4", "government_access_notice", chosen).cover is GAP
    assert "only where the exporter combines" in " ".join(has("eu-scc-2021/m4", "local_law_assessment").remarks)


def test_what_nobody_checked_can_be_taken_for_not_known() -> None:
    strict = Choices(verified_only=True)
    assert has("uk-idta", "security", strict).cover is NOT_KNOWN
    assert has("uk-idta", "governing_law", strict).cover is COVERED
    assert has("eu-scc-2021/m2 WITH uk-addendum", "onward_transfer", strict).cover is NOT_KNOWN
    assert has("eu-scc-2021/m2 WITH uk-addendum", "security", strict).cover is COVERED


def secured(tool: str) -> dict[str, Secured]:
    return {one.element.id: one for one in against_coe108plus(tool, LIBRARY, OBLIGATIONS)}


LEFT_OPEN = dict.fromkeys(("lawfulness", "accountability", "exceptions", "authority", "co_operation"), NOT_KNOWN)
"""What no duty on file measures in full: the legal basis, impact and design (10(2), (3)), the law there, the authority's own law."""

FULL = LEFT_OPEN | dict.fromkeys(
    (
        "purpose_and_minimisation", "special_categories", "security", "transparency", "rights", "remedies", "onward_flows", "enforceable",
    ),
    COVERED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("eu-scc-2021/m1", FULL),
        # no clause on minimisation and on automated decisions: both stay with the controller
        ("eu-scc-2021/m2", FULL | {"purpose_and_minimisation": GAP, "rights": GAP}),
        # 8.1 to 8.3 only; 14 and 15 under a condition; 10 and 11(a) in part; neither 8.2, 8.7 nor 13 of the other modules
        (
            "eu-scc-2021/m4",
            FULL
            | dict.fromkeys(("purpose_and_minimisation", "special_categories", "rights", "remedies"), GAP)
            | {"accountability": GAP, "exceptions": GAP, "transparency": MISSING, "onward_flows": MISSING, "authority": MISSING},
        ),
        # instructions are left to the Linked Agreement (1.4); requests of authorities are told, and challenged and logged in part only
        ("uk-idta", FULL | {"accountability": GAP, "exceptions": GAP}),
        # the Convention asks for all of it, and no clause was confirmed
        ("coe-mcc/m1", dict.fromkeys(FULL, NOT_KNOWN)),
        # claims without a clause on beneficiaries (17, 24); of requests only a log (19); the rest in 10 to 22
        ("br-anpd", FULL | {"enforceable": GAP, "exceptions": GAP}),
        # accuracy is in no item of the template; access by authorities in none; rule 7 in part; claims without beneficiaries
        (
            "sa-sdaia/m1",
            FULL | dict.fromkeys(("purpose_and_minimisation", "transparency", "accountability", "exceptions", "rights", "enforceable"), GAP),
        ),
        # the UK limb on adequacy changes onward transfer, the base still covers it
        ("eu-scc-2021/m1 WITH uk-addendum", FULL),
    ],
)  # fmt: skip
def test_what_a_tool_secures_of_article_14_3_b(tool: str, expected: dict[str, Cover]) -> None:
    assert {name: one.cover for name, one in secured(tool).items()} == expected


def test_an_element_is_found_secured_only_where_every_duty_that_measures_it_is_covered() -> None:
    for tool in (*TOOLS, *ADAPTED):
        for one in secured(tool).values():
            if one.cover is COVERED:
                assert {standing.cover for _, standing in one.standings} == {COVERED}
                assert one.element.left_open is None


def test_elements_are_those_that_the_engine_asks_about() -> None:
    content = {f"coe-108plus:14(3)(b)-content.{name}" for name in PROTECTION_ELEMENTS}
    assert {one.criterion for one in OBLIGATIONS.elements} == content | {"coe-108plus:14(3)(b)-enforceable"}
    assert [one.id for one in OBLIGATIONS.elements if "content" in one.criterion] == list(PROTECTION_ELEMENTS)


def test_every_set_that_is_mapped_is_in_the_library_with_the_same_modules() -> None:
    for one in OBLIGATIONS.sets:
        assert one.id in SETS, one.id
        assert one.modules == tuple(module.id for module in SETS[one.id].modules), one.id
        assert one.base == SETS[one.id].adaptation_of, one.id
    for derived in OBLIGATIONS.derived:
        assert derived.id in SETS, derived.id
        assert SETS[derived.id].adaptation_of == (derived.base if derived.level is Level.INHERITS else None)


def test_numbers_that_were_not_confirmed_stand_in_no_remark() -> None:
    for duty in OBLIGATIONS.duties:
        for set_id, terms in duty.terms.items():
            for term in terms:
                said = f"{term.note or ''} {term.change or ''} {term.condition or ''}"
                for number in term.unconfirmed:
                    assert not re.search(rf"(?<![\w.(]){re.escape(number)}(?![\w.(])", said), (duty.id, set_id)


def test_the_record_says_something_of_each_duty_and_set() -> None:
    assert len(OBLIGATIONS.duties) == 31
    assert len(OBLIGATIONS.sets) == 8
    levels = {term.level for duty in OBLIGATIONS.duties for terms in duty.terms.values() for term in terms}
    assert levels == set(Level)


@pytest.mark.parametrize("name", ["eu-scc-2012", "eu-scc-2021/m9", "uk-addendum", "eu-scc-2021 WITH uk-idta", ""])
def test_unknown_tools_are_refused(name: str) -> None:
    with pytest.raises(UnknownTool):
        compare("uk-idta", name, LIBRARY, OBLIGATIONS)
    with pytest.raises(UnknownTool):
        against_coe108plus(name, LIBRARY, OBLIGATIONS)


ADDENDUM = "{level: inherits, verification: secondary, base: eu-scc-2021}"


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("level: full, clauses", "level: complete, clauses", "eu-scc-2021[0].level", "Allowed: full, partial"),
        ("modules: [m1], level", "modules: [m5], level", "eu-scc-2021[0].modules", "no module of eu-scc-2021 'm5'. Known: m1, m2, m3, m4"),
        ("modules: [m2, m3], level", "modules: [m1, m3], level", "eu-scc-2021[1].modules", "m1: two terms speak of one module"),
        ("- id: purpose_limitation", "- id: instructions", "duties[1].id", "'instructions' stands twice"),
        (ADDENDUM, "{level: inherits, verification: secondary}", "uk-addendum[0].level", "it inherits from nothing"),
        (ADDENDUM, "{level: inherits, verification: secondary, base: coe-mcc}", "uk-addendum[0].base", "that of uk-addendum is 'eu-scc-2021'"),
        (ADDENDUM, "{level: full, verification: secondary, base: eu-scc-2021}", "uk-addendum[0].base", "only a term that inherits"),
        (ADDENDUM, "{level: full, verification: secondary, change: x}", "uk-addendum[0].change", "only a clause that is inherited"),
        ("coe-mcc:\n    - {level: expected,", "coe-mcc:\n    - {level: expected, clauses: ['4'],", "coe-mcc[0].clauses", "no clause was read here"),
        ("    - {level: expected, verification: unverified}", "    - {level: expected, verification: primary}", "coe-mcc[0].verification", "write `unverified`"),
        ("    asean-mcc:\n", "    asian-mcc:\n", "terms.asian-mcc", "no set 'asian-mcc'"),
        ("article_46: role_fit", "article_46: roles", "duties[0].article_46", "no element of Article 46 'roles'"),
        ("element: accountability", "element: accounts", "duties[0].element", "no element 'accounts'"),
        ("  base: eu-scc-2021\n  numbering", "  base: eu-scc-2031\n  numbering", "sets[3].base", "no set that stands alone 'eu-scc-2031'"),
        ("  level: inherits", "  level: full", "derived[0].level", "a derived set inherits or is expected to"),
        ("    courts: data", "    court: data", "derived[0].changes.court", "no duty 'court'"),
        ("as_of: 2026-11-23", "as_of: November", "as_of", "is not a date"),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself_is_refused_where_it_is_read(
    tmp_path: Path, old: str, new: str, field: str, told: str
) -> None:
    text = SHIPPED_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "obligations.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_obligations(path)
    assert any(problem.field.endswith(field) and told in problem.message for problem in caught.value.problems), (
        caught.value
    )
    assert all(problem.line for problem in caught.value.problems)


def test_the_command_tells_what_is_lacking_and_that_it_is_no_equivalence(transborder: Run) -> None:
    done = transborder("clauses", "compare", "uk-idta", "eu-scc-2021/m1")
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert CAUTION in text
    assert "Missing: Accession of further parties" in text
    assert (
        "Security of processing A covers it: covered (unverified) A: clause not confirmed (unverified) B: 8.5(a), 8.5(b)"
        in text
    )
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_the_command_prints_no_number_that_was_not_read(transborder: Run) -> None:
    text = transborder(
        "clauses", "compare", "uk-idta", "coe-mcc/m1", "--format", "md", "--against", "coe108plus"
    ).stdout
    cells = [line.split(" | ")[2] for line in text.splitlines() if line.startswith("| Security of")]
    assert cells == ["clause not confirmed (unverified)"]
    assert "| Termination, return or deletion | not known | 29, 30, others not confirmed (partly read) |" in text


def test_one_set_alone_against_the_convention(transborder: Run) -> None:
    done = transborder("clauses", "compare", "eu-scc-2021/m2", "--against", "coe108plus", "--format", "json")
    found = json.loads(done.stdout)
    assert (found["schema"], found["duties"], "b" in found) == ("transborder/clause-comparison/1", [], False)
    rights = next(one for one in found["against_coe108plus"]["a"] if one["element"] == "rights")
    assert (rights["cover"], rights["articles"], rights["verification"]) == ("gap", ["9"], "primary")
    assert [(one["id"], one["cover"], one["clauses"]) for one in rights["duties"]] == [
        ("data_subject_rights", "covered", ["10"]),
        ("automated_decisions", "missing", []),
    ]


def test_the_machine_form_carries_the_caution_and_both_sides(transborder: Run) -> None:
    done = transborder("clauses", "compare", "uk-idta", "eu-scc-2021/m1", "--format", "json", "--with", "docking")
    found = json.loads(done.stdout)
    assert found["caution"] == CAUTION
    docking = next(one for one in found["duties"] if one["id"] == "docking")
    assert (docking["cover"], docking["a"]["cover"], docking["b"]["cover"]) == ("missing", "missing", "covered")
    assert docking["b"]["clauses"] == ["7"]


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_form_is_written_whole(transborder: Run, tmp_path: Path, form: str) -> None:
    done = transborder(
        "clauses", "compare", "eu-scc-2021", "uk-idta", "--against", "coe108plus", "--format", form, "-o", "out"
    )
    assert (done.returncode, done.stdout) == (0, "Written: out\n")
    text = " ".join((tmp_path / "out").read_text(encoding="utf-8").split()).casefold()
    for words in ("duty by duty", "and what article 14(3)(b) of convention 108+ asks", "how far the sets were read"):
        assert words in text.replace("\\", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("eu-scc-2012/m1", "uk-idta"), "Near matches: eu-scc-2021/m1"),
        (("uk-idta", "eu-scc-2021/m9"), "Its modules: eu-scc-2021/m1"),
        (("uk-addendum", "uk-idta"), "join it, as in 'eu-scc-2021/MODULE WITH uk-addendum'"),
        (("eu-scc-2021/m1 WITH uk-idta", "uk-idta"), "is not an adaptation of"),
        (("uk-idta",), "name a second set to compare with, or --against coe108plus"),
        (("uk-idta", "eu-scc-2021", "--with", "docks"), "no duty 'docks'; known: docking"),
    ],
)  # fmt: skip
def test_bad_input_is_told_with_what_would_be_right(transborder: Run, arguments: tuple[str, ...], told: str) -> None:
    done = transborder("clauses", "compare", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
