"""What the hub answers on a day, at the days on which the answer changes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from country_reports.facts import Origin, Role, Truth, Verification
from country_reports.hub import Hub


@pytest.fixture(scope="module")
def hub() -> Hub:
    return Hub()


@pytest.mark.parametrize(
    ("place", "treaty", "first_day"),
    [
        ("FR", "cets-108", "1985-10-01"),
        ("UY", "cets-108", "2013-08-01"),
        ("AR", "cets-108", "2019-06-01"),
        ("FR", "cets-181", "2007-09-01"),
    ],
)
def test_being_a_party_begins_on_its_day(hub: Hub, place: str, treaty: str, first_day: str) -> None:
    day = date.fromisoformat(first_day)
    assert hub.on(day).party(place, treaty).truth is Truth.YES
    before = hub.on(day - timedelta(days=1)).party(place, treaty)
    assert before.truth is Truth.NO
    assert Role.NOT_YET in {ground.role for ground in before.grounds}


def test_leaving_a_treaty_ends_it(hub: Hub) -> None:
    assert hub.on(date(2022, 9, 15)).party("RU", "cets-005").truth is Truth.YES
    assert hub.on(date(2022, 9, 16)).party("RU", "cets-005").truth is Truth.NO


def test_a_state_without_a_row_is_no_party_and_the_table_says_so(hub: Hub) -> None:
    standing = hub.on(date(2026, 11, 23)).party("US", "cets-108")
    assert standing.truth is Truth.NO
    assert [ground.fact.id for ground in standing.grounds] == ["treaties/cets-108"]


def test_a_candidate_for_the_missing_row_is_unknown_from_the_day_it_may_have_ratified(hub: Hub) -> None:
    assert hub.on(date(2023, 11, 16)).ratified("GB", "cets-223").truth is Truth.NO
    assert hub.on(date(2023, 11, 17)).ratified("GB", "cets-223").truth is Truth.UNKNOWN


def test_a_territory_is_never_taken_to_share_the_status_of_its_state(hub: Hub) -> None:
    assert hub.on(date(2026, 11, 23)).party("RE", "cets-108").truth is Truth.UNKNOWN


def test_convention_108_plus_is_not_in_force_and_some_apply_it_provisionally(hub: Hub) -> None:
    today = hub.on(date(2026, 11, 23))
    assert today.treaty_in_force("cets-223").truth is Truth.NO
    assert today.applies_provisionally("BG", "cets-223").truth is Truth.YES
    assert today.applies_provisionally("FR", "cets-223").truth is Truth.NO


@pytest.mark.parametrize(
    ("place", "day", "inside"),
    [
        ("FR", "2018-05-24", Truth.NO), ("FR", "2018-05-25", Truth.YES), ("NO", "2018-07-19", Truth.NO), ("NO", "2018-07-20", Truth.YES),
        ("GB", "2020-12-31", Truth.YES), ("GB", "2021-01-01", Truth.NO), ("CH", "2026-11-23", Truth.NO), ("YT", "2026-11-23", Truth.YES),
    ],
)  # fmt: skip
def test_the_area_of_the_gdpr_has_its_days(hub: Hub, place: str, day: str, inside: Truth) -> None:
    assert hub.on(date.fromisoformat(day)).member(place, "gdpr_area").truth is inside


def test_a_status_seen_without_its_first_day_is_unverified_before_it_was_seen(hub: Hub) -> None:
    earlier, later = hub.on(date(2010, 1, 1)).party("GB", "cets-108"), hub.on(date(2026, 2, 1)).party("GB", "cets-108")
    assert earlier.grounds[0].verification is Verification.UNVERIFIED
    assert later.grounds[0].verification is Verification.SECONDARY


def test_a_permission_grows_stale_the_day_after_its_limit(hub: Hub) -> None:
    def stale(day: date) -> bool:
        return next(
            act.ground.stale
            for act in hub.on(day).adequacy("GB", ("eu_commission",))
            if act.record.id == "eu-2021-1772-gb-v2"
        )

    assert not stale(date(2027, 10, 5))
    assert stale(date(2027, 10, 6))


def test_a_workspace_adds_and_overrides_by_id(tmp_path: Path) -> None:
    folder = tmp_path / "country_reports"
    folder.mkdir()
    (folder / "places.yaml").write_text(
        "places:\n- {id: XQ, name: Testland}\n- {id: FR, name: France (ours), iso3: FRA}\n"
    )
    hub = Hub(tmp_path)
    assert hub.places.resolve("Testland") == "XQ"
    assert hub.places["FR"].name == "France (ours)"
    assert hub.on(date(2026, 11, 23)).party("FR", "cets-108").grounds[0].fact.origin is Origin.SHIPPED
