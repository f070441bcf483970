"""The library: which tools can be claimed, what is read for them, and the sets on their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clauses.in_full import ClauseSetInFull
from clauses.library import Library, UnknownTool
from country_reports.facts import Role
from country_reports.hub import Hub
from country_reports.regime import Filing, Needed

LIBRARY = Library()
HUB = Hub()
DATED = [
    (set_id, day)
    for set_id in LIBRARY.set_ids()
    for day in (LIBRARY.in_full(set_id).valid_from, LIBRARY.in_full(set_id).valid_to)
    if day is not None
]
OLD = ("eu-scc-2001", "eu-scc-2004", "eu-scc-2010")


def on(set_id: str, day: date) -> Role:
    return LIBRARY.set_on(set_id, day).role


@pytest.mark.parametrize(("set_id", "day"), DATED, ids=lambda value: str(value))
def test_each_day_on_which_a_set_starts_or_ends_decides(set_id: str, day: date) -> None:
    before, that_day = on(set_id, day - timedelta(days=1)), on(set_id, day)
    starts = LIBRARY.in_full(set_id).valid_from == day
    assert (before, that_day) == ((Role.NOT_YET, Role.SUPPORTS) if starts else (Role.SUPPORTS, Role.ENDED))


def test_every_set_that_can_be_claimed_has_a_first_day() -> None:
    claimable = {tool.partition("/")[0] for tool in LIBRARY.ids()}
    assert claimable <= {set_id for set_id, _ in DATED}
    assert len(DATED) > 25


@pytest.mark.parametrize("set_id", OLD)
def test_contracts_on_the_old_eu_sets_made_in_time_count_until_the_end_of_2022(set_id: str) -> None:
    last_to_conclude, last_to_rely = date(2021, 9, 26), date(2022, 12, 26)
    assert LIBRARY.set_on(set_id, last_to_conclude).open
    assert not LIBRARY.set_on(set_id, date(2021, 9, 27)).open
    assert on(set_id, last_to_rely) is Role.SUPPORTS
    assert on(set_id, date(2022, 12, 27)) is Role.ENDED


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2021, 6, 27), date(2026, 11, 23), date(2030, 1, 1)])
@pytest.mark.parametrize("set_id", ["eu-scc-gdpr-importers", "ke-guidance", "ng-ndpa", "ua-none"])
def test_what_was_never_adopted_supports_nothing_on_any_day(set_id: str, day: date) -> None:
    found = LIBRARY.set_on(set_id, day)
    assert found.role is Role.NOT_YET
    assert not found.open


def test_a_set_is_read_with_the_parts_of_the_day() -> None:
    before, after = (LIBRARY.set_on("ch-fdpic", day).record for day in (date(2023, 8, 31), date(2023, 9, 1)))
    assert {change.id for change in before.changes} - {change.id for change in after.changes} == {"legal_entities"}
    early, late = (LIBRARY.set_on("cn-standard-contract", date(2024, 3, day)).record for day in (21, 22))
    assert "volume" not in {demand.id for demand in early.demands}
    assert "volume" in {demand.id for demand in late.demands}


def test_the_modules_of_2021_have_their_own_clauses_options_and_annexes() -> None:
    whole = LIBRARY.in_full("eu-scc-2021")
    assert "9" not in {clause.number for clause in whole.clauses_in("m1")}
    assert "9" in {clause.number for clause in whole.clauses_in("m3")}
    assert {option.id for option in whole.options_in("m4")} == {
        "c7_docking",
        "c11a_dispute_body",
        "c17_m4",
        "m4_section_iii",
    }
    governing = {module: next(one for one in whole.options_in(module) if one.id == "c17") for module in ("m1", "m2")}
    assert [choice.id for choice in governing["m1"].choices] == ["option_1"]
    assert [choice.id for choice in governing["m2"].choices] == ["option_1", "option_2"]
    assert [annex.id for annex in whole.annexes_in("m4")] == ["annex_i_a", "annex_i_b"]
    described = next(annex for annex in whole.annexes_in("m1") if annex.id == "annex_i_b")
    assert "subprocessor_details" not in {field.id for field in described.fields}
    assert whole.competent_authority is not None
    assert [case.id for case in whole.competent_authority.cases] == ["case_1", "case_2", "case_3"]


def test_an_assessment_reads_no_more_than_the_sets_it_needs() -> None:
    library = Library()
    law = HUB.regime("cn-pipl")
    assert law is not None
    assert library.serving(law) == ("cn-standard-contract/any", "gba-standard-contract/any")
    assert set(library._sets) == {"cn-standard-contract", "gba-standard-contract"}
    assert not any(isinstance(record, ClauseSetInFull) for record, _ in library._sets.values())


@pytest.mark.parametrize(
    ("law_id", "tools"),
    [
        ("br-lgpd", {"br-anpd/any"}), ("rs-zzpl", {"rs-scc/c2p"}), ("sg-pdpa", {"asean-mcc/m1", "asean-mcc/m2"}),
        ("uk-gdpr", {"uk-idta/a1", *(f"eu-scc-2021/m{number} WITH uk-addendum" for number in range(1, 5))}), ("in-dpdp", set()),
    ],
)  # fmt: skip
def test_a_law_offers_the_sets_that_its_gateways_name(law_id: str, tools: set[str]) -> None:
    law = HUB.regime(law_id)
    assert law is not None
    assert set(LIBRARY.serving(law)) == tools


def test_what_must_be_filed_comes_from_the_record_that_holds_it() -> None:
    def filing(law_id: str, gateway_id: str) -> Filing | None:
        law = HUB.regime(law_id)
        assert law is not None
        return next(one for one in LIBRARY.with_filings(law).gateways if one.id == gateway_id).filing

    chinese = filing("cn-pipl", "cn-standard-contract")
    assert chinese is not None
    assert (chinese.needed, chinese.due) == (
        Needed.YES,
        "10 working days from the day on which the contract takes effect",
    )
    old_swiss, swiss = filing("ch-fadp-1992", "ch92-6-2-a"), filing("ch-fadp", "ch-16-2-d")
    assert old_swiss is not None
    assert swiss is not None
    assert (old_swiss.needed, swiss.needed) == (Needed.YES, Needed.NO)


@pytest.mark.parametrize(
    ("tool", "told"),
    [
        ("SCC", "'SCC' names no module; write the set and the module of it that fits the roles of the parties."),
        ("scc", "EU SCC 2021: eu-scc-2021/m1 (Module One: transfer controller to controller), eu-scc-2021/m2 ("),
        ("SCCs", "EU SCC 2021: eu-scc-2021/m1"),
        ("EU SCC 2021", "eu-scc-2021/m4 (Module Four"),
        ("standard contractual clauses", "eu-scc-2021/m3 (Module Three"),
        ("eu-scc-2021", "'eu-scc-2021' names no module"),
        ("IDTA", "IDTA: uk-idta/a1"),
        ("eu-scc-2021 WITH uk-addendum", "'eu-scc-2021' names no module"),
        ("scc WITH uk-addendum", "'scc' names no module"),
    ],
)
def test_a_set_named_without_its_module_is_told_which_modules_there_are(tool: str, told: str) -> None:
    with pytest.raises(UnknownTool) as refused:
        LIBRARY.tool(tool)
    assert told in str(refused.value)
    assert "not a clause set we know" not in str(refused.value)


def test_the_repealed_sets_are_told_last_and_what_is_no_clauses_not_at_all() -> None:
    with pytest.raises(UnknownTool) as refused:
        LIBRARY.tool("scc")
    text = str(refused.value)
    assert text.index("eu-scc-2021/m1") < text.index("eu-scc-2010/c2p")
    assert "art28" not in text
    assert "uk-idta" not in text


def test_what_no_set_is_called_is_still_unknown() -> None:
    with pytest.raises(UnknownTool, match="'privacy shield' is not a clause set we know"):
        LIBRARY.tool("privacy shield")


@pytest.mark.parametrize(
    ("tool", "hint"),
    [
        ("eu-bcr-c/bcr-c", r"eu-gdpr:46\(2\)\(b\)"),
        ("eu-scc-art28/c2p", "no set of clauses for a transfer"),
        ("eu-scc-gdpr-importers/m1", "no set of clauses for a transfer"),
        ("th-s29/c2c", "th-pdpa:th-29-safe"),
        ("uk-addendum/m1", "WITH uk-addendum"),
        ("cl-model-clauses/c2c", "none on file"),
        ("eu-scc-2021/m1 WITH eu-bcr-c", "not an adaptation of"),
    ],
)
def test_what_cannot_be_claimed_says_why_and_what_can(tool: str, hint: str) -> None:
    with pytest.raises(UnknownTool, match=hint):
        LIBRARY.tool(tool)
    assert not LIBRARY.known(tool)
