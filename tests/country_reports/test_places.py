import pytest

from country_reports.hub import Hub
from country_reports.places import Gazetteer, PlaceKind, UnknownPlace


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Hub().places


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("NO", "NO"), ("NA", "NA"), ("fr", "FR"), ("FRA", "FR"), ("Turkey", "TR"), ("Türkiye", "TR"), ("UK", "GB"), ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"), ("Swaziland", "SZ"), ("South Korea", "KR"), ("Kosovo", "XK"), ("Interpol", "INTERPOL"), ("DIFC", "AE-DIFC"),
        ("Macedonia", "MK"), ("réunion", "RE"),
    ],
)  # fmt: skip
def test_names_of_all_kinds_resolve_to_one_place(places: Gazetteer, name: str, place: str) -> None:
    assert places.resolve(name) == place


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Frnace", "France (FR)"),
        ("Grmany", "Germany (DE)"),
        ("Atlantis Nova", "two-letter code"),
        ("", "two-letter"),
        ("XX", "not a place"),
    ],
)
def test_what_is_no_place_is_refused_with_near_matches(places: Gazetteer, name: str, hint: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        places.resolve(name)
    assert hint in str(caught.value)


def test_every_iso_place_is_there(places: Gazetteer) -> None:
    iso = [place for place in places if len(place.id) == 2 and place.id not in ("EU", "XK")]
    assert len(iso) == 249


def test_every_part_names_its_whole(places: Gazetteer) -> None:
    for place in places:
        assert place.within is None or place.within in places
        if place.kind in (PlaceKind.TERRITORY, PlaceKind.SUB_UNIT):
            assert place.within is not None, place.id


def test_no_two_places_share_a_name() -> None:
    from country_reports.hub import SHIPPED_FOLDER
    from country_reports.places import PlacesFile, _folded
    from country_reports.records import read_record

    owners: dict[str, str] = {}
    for record in read_record(SHIPPED_FOLDER / "places.yaml", PlacesFile).places:
        for name in {_folded(name) for name in (record.id, record.iso3 or record.id, record.name, *record.aliases)}:
            assert owners.setdefault(name, record.id) == record.id, f"{name} is {owners[name]} and {record.id}"
