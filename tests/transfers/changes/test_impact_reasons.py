"""What moves a route, and the facts that are named for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from country_reports.records import fit, read_record
from tests.conftest import DAY, EXAMPLES, ROOT
from tests.transfers.changes.fictitious import (
    FICTITIOUS,
    IRELAND,
    RECIPIENT,
    RULES_DAY,
    SHIELD,
    WORKSPACE,
    commit,
    compared,
    edit,
    end_the_finding,
    only,
    route,
)
from transfers.assessment import assess
from transfers.changes.facts_between import Turn
from transfers.changes.impact import impact_of, untouched
from transfers.changes.records import Answered, Effect, Part
from transfers.documents.impact_told import decisive_first
from transfers.golden import GoldenFile
from transfers.knowledge import Knowledge
from transfers.route import Route


def test_schrems_ii_moves_a_golden_route_and_the_decision_that_fell_is_named_first() -> None:
    golden = read_record(ROOT / "tests" / "cases" / "facts" / "adequacy-over-time.yaml", GoldenFile)
    ireland = fit({"id": "ireland", **golden.routes["ireland"]}, Route, "golden")
    impact = only(compared([ireland], "2020-07-15", "2020-07-17", WORKSPACE))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    assert [(one.id, one.before, one.after) for one in impact.regimes if one.id == "eu-gdpr"] == [
        ("eu-gdpr", "permitted", "not_permitted")
    ]
    first = decisive_first(impact)[0]
    assert (first.rule, first.provision) == ("eu-gdpr.adequacy", "eu-gdpr:45")
    assert first.before is not None
    assert first.after is not None
    assert (first.before.truth, first.after.truth) == ("yes", "no")
    (fact,) = first.facts
    assert (fact.turn, fact.fact.fact, fact.fact.valid_to) == (Turn.ENDED, SHIELD, "2020-07-16")
    assert fact.takes_effect == "2020-07-16"
    assert fact.fact.url


def test_a_finding_that_is_ended_in_the_second_commit_moves_its_route(workspace: Path) -> None:
    end_the_finding(workspace)
    commit(workspace, "The finding on XQ is annulled")
    before = (workspace / "country_reports" / "adequacy" / "fictitious.yaml").read_bytes()
    impact = only(compared([route()], "HEAD~1", "HEAD", workspace, RULES_DAY))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    (fact,) = [one for one in impact.facts if one.fact.fact == "adequacy/fictitious-xq"]
    assert (fact.turn, fact.fact.valid_to, fact.fact.origin) == (Turn.ENDED, "2023-06-01", "workspace")
    assert {one.field for one in fact.fields} == {"valid_to", "ended_by", "ended_kind"}
    assert fact in decisive_first(impact)[0].facts
    assert (workspace / "country_reports" / "adequacy" / "fictitious.yaml").read_bytes() == before


def test_a_finding_that_is_to_end_is_only_read_again(workspace: Path) -> None:
    end_the_finding(workspace, "2024-06-01")
    impact = only(compared([route()], "HEAD", str(workspace), workspace, RULES_DAY))
    assert (impact.effect, impact.worse) == (Effect.REREAD, False)
    assert {Part.FACTS, Part.REVIEW} <= {*impact.parts}
    assert isinstance(impact.after, Answered)
    assert impact.after.review_by == "2024-06-01"
    (fact,) = impact.facts
    assert (fact.turn, fact.takes_effect) == (Turn.TO_END, "2024-06-01")


def test_a_day_of_checking_is_read_again_and_said(workspace: Path) -> None:
    path = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    edit(path, "verified_on: 2024-01-01", "verified_on: 2024-01-10")
    impact = only(compared([route()], "HEAD", None, workspace, RULES_DAY))
    assert (impact.effect, impact.parts) == (Effect.REREAD, (Part.FACTS,))
    (fact,) = impact.facts
    assert [(one.field, one.before, one.after) for one in fact.fields] == [("verified_on", "2024-01-01", "2024-01-10")]
    assert impact.findings == ()


def test_a_fact_that_grows_too_old_is_told_as_such() -> None:
    impact = only(compared([route()], "2024-12-31", "2025-01-01", FICTITIOUS))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    assert (Turn.TOO_OLD, "adequacy/fictitious-xq") in {(one.turn, one.fact.fact) for one in impact.facts}


def test_a_certification_that_lapses_moves_its_route() -> None:
    ireland = read_record(IRELAND, Route)
    days = ("2027-07-31", "2027-08-01")
    impact = only(compared([ireland], *days, WORKSPACE))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    ended = [one for one in impact.facts if one.turn is Turn.ENDED]
    assert [(one.fact.fact, one.takes_effect) for one in ended] == [
        ("importers/example-parent/certifications/eu-us-dpf", "2027-08-01")
    ]
    assert ended[0] in decisive_first(impact)[0].facts


def test_a_rating_that_ends_and_the_one_that_follows_it_are_told_by_their_days() -> None:
    found = only(compared([read_record(IRELAND, Route)], "2023-07-09", "2023-07-10", WORKSPACE))
    turns = {one.fact.fact: one.turn for one in found.facts}
    assert turns["reports/us/guarantees/d-ns-1"] is Turn.ENDED
    assert turns["reports/us/guarantees/d-ns-2"] is Turn.BEGAN
    assert turns["adequacy/eu-2023-1795-us-dpf"] is Turn.BEGAN


def test_an_importers_record_that_says_something_else_is_told_field_by_field(workspace: Path) -> None:
    folder = workspace / "importers"
    folder.mkdir()
    record = {**RECIPIENT, "country": "XQ"}
    (folder / "example-xq.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    commit(workspace, "An importer")
    edit(folder / "example-xq.yaml", "country: XQ", "country: XZ")
    impact = only(compared([route(importer="example-xq")], "HEAD", None, workspace, RULES_DAY))
    assert impact.effect is Effect.MOVED
    fact = next(one for one in impact.facts if one.fact.fact == "importers/example-xq/country")
    assert [(one.field, one.before, one.after) for one in fact.fields] == [("country", "XQ", "XZ")]


def test_an_assessment_beside_itself_is_untouched(knowledge: Knowledge) -> None:
    for path in EXAMPLES:
        one = assess(read_record(path, Route), knowledge, date.fromisoformat(DAY))
        assert untouched(one, one)
        impact = impact_of(one, one, ())
        assert (impact.effect, impact.parts, impact.findings) == (Effect.UNTOUCHED, (), ())


def test_the_review_day_counts_where_it_does_not_move_along_with_the_day(knowledge: Knowledge) -> None:
    one = assess(read_record(IRELAND, Route), knowledge, date.fromisoformat(DAY))
    assert impact_of(one, replace(one, review_by="2027-05-24"), ()).parts == (Part.REVIEW,)
    later = replace(one, as_of="2026-11-24", review_by="2027-05-24")
    assert impact_of(one, later, ()).parts == ()
    assert impact_of(one, replace(later, review_by="2027-01-01"), ()).parts == (Part.REVIEW,)


def test_what_turned_under_the_law_that_decides_is_told_before_what_is_new_and_before_the_benchmark() -> None:
    moved = only(compared([read_record(IRELAND, Route)], "2020-07-15", "2020-07-17", WORKSPACE))
    shuffled = replace(moved, findings=tuple(reversed(moved.findings)))
    told = decisive_first(shuffled)
    assert told[0].rule == "eu-gdpr.adequacy"
    assert [one.counts for one in told] == sorted((one.counts for one in told), reverse=True)
    new = [one.rule for one in told if one.counts and one.before is None]
    assert new.index("eu-gdpr.clauses_signed") < new.index("eu-gdpr.tools_answered")
