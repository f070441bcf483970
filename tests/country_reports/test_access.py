"""What a report may say of the parts of a guarantee, of practice and of laws that defeat a tool."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from country_reports.access import AccessReport
from country_reports.facts import FactKind
from country_reports.history import TurnKind, history
from country_reports.hub import Hub
from country_reports.ledger import entries_of
from country_reports.records import BadRecord, read_record, read_text_as
from country_reports.report import CountryReport
from tests.conftest import ROOT
from transfers.assessment import assess
from transfers.knowledge import Knowledge
from transfers.route import Route

WORKSPACE = ROOT / "tests" / "cases" / "rules" / "workspace"

REPORT = """
place: FR
as_of: 2024-01-01
summary: A report that does not exist.
sources: {none: {title: No source, url: 'https://example.org/none'}}
access_laws:
- id: some_law
  name: An act
  citation: An act
  areas: [national_security]
  kind: compelled
  addressees: everybody
  reaches: [any]
  data: any
  data_kinds: [any]
  scope: SCOPE
  extraterritorial: {answer: "no"}
  prior_authorisation: {answer: court}
  transparency_reporting: {answer: PUBLISHED}
  source: none
  verification: unverified
guarantees:
- {id: one, head: HEAD, area: national_security, rating: RATING, criteria: {CRITERIA}, reasoning: none, confidence: low, source: none, verification: unverified}
"""


def report(head: str, rating: str, criteria: str, scope: str = "targeted", published: str = "unclear") -> AccessReport:
    text = REPORT.replace("SCOPE", scope).replace("PUBLISHED", published)
    return read_text_as(
        text.replace("HEAD", head).replace("RATING", rating).replace("CRITERIA", criteria), "fr.yaml", AccessReport
    )


@pytest.mark.parametrize(
    ("head", "rating", "criteria", "scope"),
    [
        ("A", "met", "A1: met, A2: met, A7: met, A8: met", "targeted"),
        ("A", "met", "A1: met, A2: met, A3: unclear, A7: met, A8: met", "targeted"),
        ("A", "partly", "A1: met, A2: met, A3: not_met, A7: met, A8: met", "targeted"),
        ("A", "not_met", "A1: not_met", "targeted"),
        ("B", "met", "B2: met, B3: met, B4: met, B6: met, B9: met", "targeted"),
        ("B", "unclear", "B2: met, B3: met, B4: met, B6: met, B9: met", "bulk"),
        ("B", "met", "B2: met, B3: met, B4: met, B5: met, B6: met, B9: met", "both"),
        ("C", "met", "C1: met", "targeted"),
        ("C", "met", "C1: not_met, C3: met, C4: met", "targeted"),
        ("C", "not_met", "C1: not_met, C4: not_met", "targeted"),
        ("D", "partly", "D1: met", "targeted"),
    ],
)
def test_a_rating_that_its_parts_bear_out_is_read(head: str, rating: str, criteria: str, scope: str) -> None:
    assert report(head, rating, criteria, scope).guarantees[0].rating == rating


@pytest.mark.parametrize(
    ("head", "rating", "criteria", "expected"),
    [
        ("A", "met", "A1: met", "guarantees[0].rating: 'met' does not follow from its `criteria`, which make it partly or unclear."),
        ("A", "partly", "A1: not_met", "guarantees[0].rating: 'partly' does not follow from its `criteria`, which make it not_met."),
        ("C", "not_met", "C1: not_met", "guarantees[0].rating: 'not_met' does not follow from its `criteria`"),
        ("A", "partly", "B1: met", "guarantees[0].criteria.B1: B1 is no sub-criterion of guarantee A; rate it there"),
        ("A", "partly", "A9: met", "guarantees[0].criteria"),
        ("A", "partly", "A1: maybe", "is not one of the allowed words. Allowed: met, partly, not_met, unclear"),
    ],
)  # fmt: skip
def test_a_rating_that_its_parts_do_not_bear_out_is_refused(
    head: str, rating: str, criteria: str, expected: str
) -> None:
    with pytest.raises(BadRecord) as refused:
        report(head, rating, criteria)
    assert expected in str(refused.value)


@pytest.mark.parametrize(("scope", "published"), [("mass", "unclear"), ("bulk", "sometimes")])
def test_words_that_decide_are_fixed(scope: str, published: str) -> None:
    with pytest.raises(BadRecord, match="is not one of the allowed words"):
        report("A", "not_met", "A1: not_met", scope, published)


def test_practice_is_a_fact_of_its_own_from_its_day() -> None:
    hub = Hub(WORKSPACE)
    before, after = hub.on(date(2023, 5, 31)), hub.on(date(2023, 6, 1))
    law = {law.record.id: law for law in after.access_laws("XD")}["xd_telecom"]
    assert law.practice is not None
    assert law.practice.fact.id == "reports/xd/xd_telecom/practice"
    assert law.practice.fact.kind is FactKind.GUARANTEE_RATING
    assert all(law.practice is None for law in before.access_laws("XD"))


def test_practice_stands_in_the_ledger_and_in_the_history() -> None:
    record = read_record(WORKSPACE / "country_reports" / "reports" / "xd.yaml", CountryReport)
    assert "reports/xd/xd_telecom/practice" in {entry.id for entry in entries_of(record)}
    turns = [turn for turn in history(Hub(WORKSPACE), "XD") if turn.fact.id.endswith("/practice")]
    assert [(turn.when, turn.kind) for turn in turns] == [("2023-06-01", TurnKind.BEGINS)]


def test_the_day_on_which_practice_begins_parts_two_periods_of_law() -> None:
    knowledge = Knowledge(WORKSPACE)
    route = Route.model_validate({"id": "r", "exporter": {"country": "FR"}, "destination": "XD"})
    before, after = (knowledge.extract(route, date(2023, month, day)).case for month, day in ((5, 31), (6, 1)))
    assert before.period != after.period


def test_what_practice_says_is_part_of_the_fingerprint(tmp_path: Path) -> None:
    """Another word for practice is another state of the facts."""
    prints = []
    for conduct in ("ignored", "unknown"):
        folder = tmp_path / conduct / "country_reports" / "reports"
        folder.mkdir(parents=True)
        text = (WORKSPACE / "country_reports" / "reports" / "xl.yaml").read_text(encoding="utf-8")
        text = text.replace("conduct: ignored", f"conduct: {conduct}").replace("place: XL", "place: MN")
        (folder / "mn.yaml").write_text(text, encoding="utf-8")
        knowledge = Knowledge(tmp_path / conduct)
        route = Route.model_validate({"id": "r", "exporter": {"country": "FR"}, "destination": "MN"})
        prints.append(assess(route, knowledge, date(2024, 1, 15)).knowledge.fingerprint)
    assert prints[0] != prints[1]


def test_shipped_practice_and_defeats_name_who_found_them_or_stay_our_reading() -> None:
    hub = Hub()
    laws = {law.record.id: law.record for law in hub.on(date(2026, 11, 23)).access_laws("RU")}
    assert laws["ru_osaa"].practice is not None
    assert laws["ru_osaa"].practice.cited_authority is not None
    assert [defeat.cited_authority is not None for defeat in laws["ru_yarovaya"].defeats] == [True, False]
