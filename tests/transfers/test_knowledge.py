"""What one day's facts are: law periods, and the fingerprint of what was consulted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from country_reports.records import Plain, fit
from transfers.assessment import assess
from transfers.knowledge import Knowledge
from transfers.route import Route
from transfers.view import Policy

BASE: dict[str, Plain] = {
    "id": "r",
    "exporter": {"country": "DE", "role": "controller", "kind": "private"},
    "importer": {"id": "i", "name": "I", "country": "IN", "kind": "company", "gdpr_applies_directly": False, "certifications": []},
    "importer_role": "processor",
    "collected_directly": False,
    "processing": {"storage": ["IN"], "access_from": ["IN"]},
    "purpose": "hosting",
    "data": {"subjects": ["customers"], "special_categories": [], "clear_text_needed": True},
    "frequency": "systematic",
    "mechanisms": [],
    "measures": [],
}  # fmt: skip


def route(**changes: Plain) -> Route:
    return fit({**BASE, **changes}, Route, "test")


CASES = {
    "an adaptation of the clauses": route(mechanisms=[{"tool": "eu-scc-2021/m2 WITH ch-fdpic", "status": "signed"}]),
    "findings that follow others": route(exporter={"country": "CO", "role": "controller", "kind": "private"}, destination="BR",
                                         importer={"id": "b", "name": "B", "country": "BR", "kind": "company"}),
    "the bridge and what came after": route(importer={"id": "g", "name": "G", "country": "GB", "kind": "company"}, destination="GB"),
    "a Party and a candidate": route(importer={"id": "s", "name": "S", "country": "SE", "kind": "company"}, destination="SE"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_days_of_one_law_period_have_the_same_facts(name: str) -> None:
    """Over every day on which anything changes, and its neighbours: equal cases resolve to equal views."""
    knowledge, policy = Knowledge(), Policy()
    days = {date(year, month, 1) for year in range(2001, 2028) for month in (1, 5, 9)}
    for issuer in knowledge.hub.issuers:
        days |= {day for act, _ in knowledge.hub.acts(issuer) for day in act.period.boundaries}
    days |= {day for clause_set, _ in knowledge.library.sets() for day in clause_set.period.boundaries}
    seen: dict[object, object] = {}
    for day in sorted({day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}):
        case = knowledge.extract(CASES[name], day).case
        view = knowledge._resolve(case, day, policy)
        assert seen.setdefault(case, view) == view, day


def test_the_order_of_days_does_not_matter() -> None:
    one, other = Knowledge(), Knowledge()
    first, second = date(2021, 8, 26), date(2021, 8, 27)
    asked = CASES["an adaptation of the clauses"]
    forwards = [assess(asked, one, day).digest for day in (first, second)]
    backwards = [assess(asked, other, day).digest for day in (second, first)]
    assert forwards == backwards[::-1]


def test_what_decides_moves_the_fingerprint(tmp_path: Path) -> None:
    reports = tmp_path / "country_reports" / "reports"
    reports.mkdir(parents=True)
    (reports / "gb.yaml").write_text(
        "place: GB\nas_of: 2026-01-01\nsummary: Ours.\ncomplete_areas: []\n", encoding="utf-8"
    )
    asked = CASES["the bridge and what came after"]
    ours = assess(asked, Knowledge(tmp_path), date(2026, 11, 23))
    assert ours.knowledge.fingerprint != assess(asked, Knowledge(), date(2026, 11, 23)).knowledge.fingerprint
    assert Knowledge(tmp_path).hub.on(date(2026, 11, 23)).complete_areas("GB") == frozenset()


def test_an_edit_elsewhere_leaves_the_fingerprint(tmp_path: Path) -> None:
    reports = tmp_path / "country_reports" / "reports"
    reports.mkdir(parents=True)
    (reports / "jp.yaml").write_text(
        "place: JP\nas_of: 2026-01-01\nsummary: Ours.\ncomplete_areas: []\n", encoding="utf-8"
    )
    asked = CASES["the bridge and what came after"]
    ours = assess(asked, Knowledge(tmp_path), date(2026, 11, 23))
    assert ours.knowledge.fingerprint == assess(asked, Knowledge(), date(2026, 11, 23)).knowledge.fingerprint
