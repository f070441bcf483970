"""Pictures: what they say, that nothing runs into anything, and that no name becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from country_reports.records import read_record
from tests.conftest import EXAMPLES
from transfers.assessment import Assessment, assess
from transfers.assessment_records import LegRecord
from transfers.documents import pictures, words
from transfers.documents.pictures import Picture, outcome_map, route_picture
from transfers.documents.pictures.lettering import width, wrapped
from transfers.documents.pictures.reading import RouteRead, shipped_places
from transfers.documents.pictures.styles import STYLES
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.route import Route

TODAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
SUBSET = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "text"}
WORDS = [outcome.word for outcome in Outcome]
WORLD = json.loads((Path(pictures.__file__).parent / "world.json").read_text(encoding="utf-8"))
HOSTILE = "</text><script>alert(1)</script> & \"quoted\" 'single' {name} %s \x00\x1b[31m\u202e\u2066\ud800 ]]> &lt;"

BASE: dict[str, Any] = {
    "id": "x",
    "exporter": {"name": "Exemple Services SA", "country": "FR", "role": "controller", "kind": "private"},
    "importer": "slack",
    "importer_role": "processor",
}


@pytest.fixture
def picture(knowledge: Knowledge) -> Any:
    """Pictures of routes: the common part, and what differs."""

    def drawn(**differs: Any) -> Picture:
        return route_picture(assessed(knowledge, **differs))

    return drawn


def assessed(knowledge: Knowledge, **differs: Any) -> Assessment:
    route = {name: value for name, value in (BASE | differs).items() if value is not None}
    return assess(Route.model_validate(route), knowledge, TODAY)


def with_legs(knowledge: Knowledge, count: int, name: str = "Company {n}") -> Assessment:
    """An assessment of a route with so many legs; outcomes of every kind among them."""
    places = cycle(["US", "IN", "BR", "CA", "JP", "KR", "GB", "DE"])
    onward = [{"recipient": name.format(n=n), "place": next(places)} for n in range(count - 1)]
    found = assessed(knowledge, onward=onward)
    legs = tuple(replace(leg, outcome=WORDS[-1 - n % 9]) for n, leg in enumerate(found.legs))
    return replace(found, legs=legs, outcome=legs[0].outcome, weakest_leg=legs[0].id)


def texts(picture: Picture) -> list[str]:
    """What stands in the picture, line by line."""
    return [visible(element) for element in root(picture).iter(f"{SVG}text")]


def visible(element: ElementTree.Element) -> str:
    """The text of a line, without the title that a browser shows on it."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def root(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.top <= other.top
            and self.bottom >= other.bottom
        )


def text_boxes(picture: Picture) -> list[Box]:
    """Each line of text with the room that its letters can take."""
    found = []
    for element in root(picture).iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        found.append(
            Box(x, y - 0.78 * size, x + width(visible(element), size, "font-weight" in element.attrib), y + 0.22 * size)
        )
    return found


def rects(picture: Picture, fill: str | None = None) -> list[Box]:
    found = []
    for element in root(picture).findall(f"{SVG}rect"):
        x, y, across, down = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
        if fill is None or (element.attrib["fill"] == fill and "stroke" in element.attrib):
            found.append(Box(x, y, x + across, y + down))
    return found


def assert_well_made(picture: Picture) -> None:
    """Well-formed, of the plain subset, in need of nothing outside, nothing cut, no two texts on one another."""
    tree = root(picture)
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= SUBSET
    for element in tree.iter():
        assert not {"href", "style", "class", "src"} & set(element.attrib)
        assert not any(name.startswith(("on", "{")) for name in element.attrib)
        assert all(value.startswith("url(#") for value in element.attrib.values() if "url" in value)
    assert "http" not in picture.svg.replace("http://www.w3.org/2000/svg", "", 1)
    assert tree.attrib["viewBox"] == f"0 0 {picture.width} {picture.height}"
    assert (tree.findtext(f"{SVG}desc") or "") == picture.alt
    page, lines = Box(0, 0, picture.width, picture.height), text_boxes(picture)
    assert all(page.holds(box) for box in [*lines, *rects(picture)])
    assert not [pair for pair in combinations(lines, 2) if pair[0].meets(pair[1])]
    assert min(float(element.attrib["font-size"]) for element in tree.iter(f"{SVG}text")) * 0.75 * 170 / 169.3 >= 7


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_say_all_and_are_well_made(path: Path, knowledge: Knowledge) -> None:
    assessment = assess(read_record(path, Route), knowledge, TODAY)
    found = route_picture(assessment)
    assert_well_made(found)
    shown = " ".join(texts(found))
    for leg in assessment.legs:
        assert leg.name in shown
        assert assessment.places[leg.to or ""] in shown
        assert leg.name in found.alt
        assert f"({assessment.places[leg.to or '']})" in found.alt
    assert words.OUTCOMES[assessment.outcome] in shown
    assert f"The outcome of the whole route as of 2026-11-23: {words.OUTCOMES[assessment.outcome]}." in found.alt


def test_the_alternative_tells_the_whole_route(knowledge: Knowledge) -> None:
    path = next(path for path in EXAMPLES if path.stem == "fr-messaging-to-ncmec")
    assert route_picture(assess(read_record(path, Route), knowledge, TODAY)).alt == (
        "Example Messaging SAS (France) sends personal data as exporter; its role: controller. "
        "The data: account identifiers; ip addresses; images. Special categories of data among them: sex life. "
        "They are about: users; children. The purpose: ocsea report. "
        "The route relies on: eu-scc-2021/m1: signed on 2024-05-02. The data are stored in: United States. "
        "The data are seen from: United States. Where the keys are is not known. "
        "The data go to National Center for Missing & Exploited Children (United States) as importer; its role: controller. "
        "Outcome of this leg: Undetermined: facts are missing. "
        "The leg that decides: National Center for Missing & Exploited Children (United States). "
        "The outcome of the whole route as of 2026-11-23: Undetermined: facts are missing."
    )


@pytest.mark.parametrize("name", ["Company {n}", "Extraordinarily Long Name of a Holding Company {n} " * 5, "W" * 200])
@pytest.mark.parametrize("count", [1, 2, 12, 13, 40])
def test_any_number_of_legs_stands_apart(count: int, name: str, knowledge: Knowledge) -> None:
    found = route_picture(with_legs(knowledge, count, name))
    assert_well_made(found)
    boxes = rects(found, fill="none")
    assert len(boxes) == min(count, 12)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    for line in text_boxes(found):
        assert all(box.holds(line) for box in boxes if box.meets(line))
    assert found.height * 170 / found.width < 240, "taller than a page"


def test_what_is_summed_up_is_counted_with_its_strictest_outcome(knowledge: Knowledge) -> None:
    found = with_legs(knowledge, 40)
    strict = {3, 30}
    legs = tuple(
        replace(leg, outcome="not_permitted" if n in strict else "contested" if n == 0 else "permitted")
        for n, leg in enumerate(found.legs)
    )
    drawn = route_picture(replace(found, legs=legs, outcome="not_permitted", weakest_leg=legs[3].id))
    assert "and 29 further recipients" in texts(drawn)
    assert "And 29 further recipients that are not drawn; the strictest outcome among them: Permitted." in drawn.alt
    assert {"Company 2", "Company 29"} <= set(texts(drawn))
    worse = tuple(replace(leg, outcome="not_permitted") for leg in legs)
    drawn = route_picture(replace(found, legs=worse, outcome="not_permitted", weakest_leg=worse[39].id))
    assert "Company 38" in texts(drawn)
    assert "the strictest outcome among them: Not permitted." in drawn.alt
    mixed = tuple(
        replace(leg, outcome="not_permitted" if n < 11 else "contested" if n == 20 else "permitted")
        for n, leg in enumerate(legs)
    )
    drawn = route_picture(replace(found, legs=mixed, outcome="not_permitted", weakest_leg=mixed[0].id))
    assert "the strictest outcome among them: Contested between authorities." in drawn.alt


def test_the_leg_that_decides_is_marked_once(knowledge: Knowledge) -> None:
    found = with_legs(knowledge, 5)
    assert texts(route_picture(found)).count("This leg decides") == 1
    stricter = route_picture(replace(found, outcome="not_permitted", weakest_leg=found.legs[2].id))
    assert "This leg decides" not in texts(stricter)
    assert texts(stricter).count("Weakest leg") == 1
    assert "The weakest leg: Company 1 (India)." in stricter.alt


def test_recorded_sub_processors_hang_from_their_importer(knowledge: Knowledge) -> None:
    found = assessed(knowledge)
    assert RouteRead(found, shipped_places()).kinds == ("importer", *["further"] * 8)
    drawn = route_picture(found)
    assert_well_made(drawn)
    assert drawn.alt.count("They go further to Amazon Web Services, Inc.") == 8
    assert texts(drawn).count("Amazon Web Services, Inc.") == 8


def test_other_places_of_an_importer_are_told_from_further_recipients(knowledge: Knowledge, picture: Any) -> None:
    split = {
        "importer": None,
        "importers": ["slack", "aws-emea"],
        "processing": {"storage": ["France", "Germany"], "access_from": ["India", "Holland"]},
        "onward": [
            {"recipient": "slack", "place": "IN"},
            {"recipient": "c3p", "place": "CA", "terms": "joined_clauses"},
        ],
    }
    found = assessed(knowledge, **split)
    assert list(zip([leg.to for leg in found.legs], RouteRead(found, shipped_places()).kinds, strict=True)) == [
        ("US", "importer"), ("DE", "same_importer"), ("IN", "same_importer"), ("NL", "same_importer"),
        ("LU", "importer"), ("DE", "same_importer"), ("IN", "same_importer"), ("NL", "same_importer"),
        ("IN", "further"), ("US", "further"), ("CA", "further"),
    ]  # fmt: skip
    drawn = picture(**split)
    assert_well_made(drawn)
    assert "Passed on by one of the importers to:" in texts(drawn)
    assert "Canada; terms: has joined the clauses" in texts(drawn)
    assert texts(drawn).count("stored here") == 3
    assert texts(drawn).count("seen from here") == 4
    assert "The data are seen from: India; Netherlands." in drawn.alt


def test_an_importer_that_is_named_again_as_recipient_is_one(knowledge: Knowledge) -> None:
    found = assessed(
        knowledge, processing={"storage": ["IN"], "access_from": []}, onward=[{"recipient": "slack", "place": "IN"}]
    )
    assert [(leg.to, leg.name) for leg in found.legs[1:3]] == [("IN", "Slack Technologies, LLC")] * 2
    assert RouteRead(found, shipped_places()).kinds == ("importer", "same_importer", "further", "further")


def test_terms_that_differ_by_place_are_not_told_of_another(picture: Any) -> None:
    drawn = picture(
        onward=[
            {"recipient": "c3p", "place": "US", "terms": "joined_clauses"},
            {"recipient": "c3p", "place": "IN", "terms": "none"},
        ]
    )
    assert "United States; terms: has joined the clauses" in texts(drawn)
    assert "India; terms: none" in texts(drawn)
    assert texts(drawn).count("Canada; terms: not known") == 2


STATES = [
    (None, "not stated", "What the route relies on is not stated."),
    ([], "nothing", "The route relies on no tool."),
    ([{"tool": "eu-scc-2021/m2"}], "eu-scc-2021/m2: not known whether signed", None),
    ([{"tool": "eu-scc-2021/m2", "status": "planned"}], "eu-scc-2021/m2: planned, not counted", None),
    ([{"tool": "eu-scc-2021/m2", "status": "signed"}], "eu-scc-2021/m2: signed", None),
    ([{"tool": "eu-scc-2021/m2", "status": "signed", "signed_on": "2026-11-24"}],
     "eu-scc-2021/m2: signed on 2026-11-24, after the day of this assessment", None),
    ([{"tool": "adequacy"}], "finding of adequacy: relied on", None),
]  # fmt: skip


@pytest.mark.parametrize(("mechanisms", "shown", "told"), STATES)
def test_the_tool_stands_on_the_arrow_with_its_state(
    mechanisms: Any, shown: str, told: str | None, picture: Any
) -> None:
    drawn = picture(mechanisms=mechanisms)
    assert shown in texts(drawn)
    assert (told or f"The route relies on: {shown}.") in drawn.alt


def test_clauses_that_the_importers_record_says_are_signed_are_told_as_the_law_takes_them(picture: Any) -> None:
    record = {"id": "own", "name": "Own", "country": "US", "kind": "company"}
    clauses = [{"tool": "eu-scc-2021/m2", "signed_on": "2025-01-01"}]
    drawn = picture(importer=record | {"clauses": clauses}, mechanisms=[{"tool": "eu-scc-2021/m2"}])
    assert "eu-scc-2021/m2: signed on 2025-01-01, says the record of the importer" in texts(drawn)


@pytest.mark.parametrize(
    ("status", "marked", "told"),
    [
        ("in_place", True, "The keys are only with the exporter or an entity it trusts in an equivalent jurisdiction (UC1.6 in place)."),
        ("planned", False, "Where the keys are is not known; that they be with the exporter is planned only, and not counted (UC1.6)."),
        ("unknown", False, "Where the keys are is not known."),
    ],
)  # fmt: skip
def test_keys_are_marked_only_where_the_measure_is_in_place(status: str, marked: bool, told: str, picture: Any) -> None:
    drawn = picture(measures=[{"id": "UC1.6", "status": status}])
    assert ("keys here or with an entity it trusts" in texts(drawn)) is marked
    assert told in drawn.alt


def test_what_is_not_stated_is_said_to_be_so(knowledge: Knowledge) -> None:
    drawn = route_picture(assess(Route(id="empty"), knowledge, TODAY))
    assert_well_made(drawn)
    assert "Exporter without a name (place not stated)" in drawn.alt
    assert "Where the data are stored is not stated. From where the data are seen is not stated." in drawn.alt
    assert "Importer without a name (place not stated)" in drawn.alt


def test_places_that_data_only_pass_through_are_told(picture: Any) -> None:
    drawn = picture(processing={"storage": [], "access_from": ["US"], "routed_via": ["UK", "CA"]})
    assert "On their way the data only pass through: United Kingdom; Canada." in drawn.alt
    assert "The data are stored nowhere but at the seat of the importer." in drawn.alt
    assert "nowhere but at the seat of the importer" in texts(drawn)


def test_hostile_names_stay_text(knowledge: Knowledge) -> None:
    found = with_legs(knowledge, 3)
    legs = tuple(replace(leg, name=HOSTILE) for leg in found.legs)
    route = found.inputs.route | {"exporter": {"name": HOSTILE, "country": HOSTILE, "role": "controller"}}
    drawn = route_picture(
        replace(found, title=HOSTILE, legs=legs, inputs=replace(found.inputs, route=route)), prefix="a-1"
    )
    assert_well_made(drawn)
    assert "<script" not in drawn.svg
    assert "alert(1)" in drawn.alt
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", drawn.svg + drawn.alt)
    assert_well_made(outcome_map({HOSTILE: "permitted", "US": "permitted"}))


def test_pictures_in_one_page_share_no_id(knowledge: Knowledge) -> None:
    found = with_legs(knowledge, 2)
    drawn = [
        route_picture(found, prefix="one"), route_picture(found, prefix="two"),
        outcome_map({"US": "contested"}, prefix="three"), outcome_map({"US": "contested"}, prefix="four"),
    ]  # fmt: skip
    ids = [element.attrib["id"] for one in drawn for element in root(one).iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for one in drawn:
        own = {element.attrib["id"] for element in root(one).iter() if "id" in element.attrib}
        assert root(one).attrib["role"] == "img"
        assert set(root(one).attrib["aria-labelledby"].split()) <= own
        assert set(re.findall(r"url\(#([^)]+)\)", one.svg)) <= own
    for bad in ("", "1", 'a"b', "a b"):
        with pytest.raises(ValueError, match="cannot begin an id"):
            route_picture(found, prefix=bad)


def test_the_same_input_gives_the_same_bytes(knowledge: Knowledge) -> None:
    found = with_legs(knowledge, 12)
    assert route_picture(found) == route_picture(found)
    outcomes = {"US": "not_permitted", "MT": "permitted", "GG": "contested", "JE": "permitted"}
    assert outcome_map(outcomes) == outcome_map(dict(reversed(outcomes.items())))


def luminance(tone: str) -> float:
    parts = [int(tone[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_outcomes_are_told_apart_without_colour() -> None:
    assert set(STYLES) == set(Outcome)
    for one, other in combinations(STYLES.values(), 2):
        assert one.marks != other.marks or contrast(one.tone, other.tone) >= 3
        assert (one.frame, one.full, one.symbol) != (other.frame, other.full, other.symbol)
        assert (one.dash, one.thick) != (other.dash, other.thick)
    for style in STYLES.values():
        assert contrast(style.ink, style.tone) >= 4.5 or not style.marks
        assert contrast(style.ink, "#ffffff") >= 4.5


def test_every_place_is_drawn_circled_boxed_or_listed() -> None:
    everywhere = {place.id: WORDS[number % 9] for number, place in enumerate(shipped_places())}
    drawn = outcome_map(everywhere)
    assert_well_made(drawn)
    told = {element.text for element in root(drawn).iter(f"{SVG}title")}
    listed = drawn.alt.partition("Not drawn on the map: ")[2]
    for place in shipped_places():
        shown = f"{place.name}: {words.OUTCOMES[everywhere[place.id]]}" in told
        assert shown or place.name in listed, place
        assert place.name in drawn.alt
    assert listed.count(";") + 1 == 7


def test_spots_keep_clear_of_one_another() -> None:
    drawn = outcome_map({place.id: "permitted" for place in shipped_places()})
    spots = [
        tuple(map(float, found))
        for found in re.findall(r'd="M([\d.]+),([\d.]+)a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z"', drawn.svg)
    ]
    assert len(spots) == sum(len(WORLD[chart]["spots"]) for chart in ("world", "europe"))
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 10**2 for a, b in combinations(spots, 2))


def test_the_map_tells_destinations_by_outcome() -> None:
    drawn = outcome_map(
        {"US": "not_permitted", "CH": "permitted", "XK": "contested", "TW": "contested", "INTERPOL": "undetermined"}
    )
    assert_well_made(drawn)
    assert drawn.alt == (
        "A map of the world with 5 destinations by outcome. Not permitted (1): United States. "
        "Undetermined: facts are missing (1): International Criminal Police Organization. "
        "Contested between authorities (2): Kosovo; Taiwan. Permitted (1): Switzerland."
    )
    assert "INTERPOL" in texts(drawn)
    assert "Contested between authorities (2)" in " ".join(texts(drawn))
    assert_well_made(outcome_map({}))
    assert outcome_map({}).alt == "No destination was assessed."
    assert (
        "Not drawn on the map: place not stated; Quebec."
        in outcome_map({"CA-QC": "permitted", "unknown": "permitted"}).alt
    )
    with pytest.raises(ValueError, match="is not an outcome"):
        outcome_map({"US": "fine"})


def test_the_world_is_small_says_whose_borders_it_shows_and_takes_no_side() -> None:
    assert (Path(pictures.__file__).parent / "world.json").stat().st_size < 200_000
    assert "Natural Earth 4.1.0" in WORLD["origin"]
    assert "say nothing about the status" in WORLD["status"]
    assert "public domain" in WORLD["licence"]
    number = r"-?\d+(\.\d)?,-?\d+(\.\d)?"
    for chart in (WORLD["world"], WORLD["europe"]):
        assert set(chart["outlines"]) - {"apart"} <= {place.id for place in shipped_places()}
        for outline in chart["outlines"].values():
            assert re.fullmatch(rf"(M{number}l{number}( {number})*z)+", outline)
        assert "apart" in chart["outlines"]
    assert {"XK", "TW", "PS", "EH", "GF", "SJ"} <= set(WORLD["world"]["outlines"])
    assert "natural earth" in " ".join(texts(outcome_map({"US": "permitted"}))).lower()


def test_lines_keep_within_their_room() -> None:
    for text in ("", "a", "W" * 200, "one two three " * 20, "\u4e2d\u6587" * 50, "a" + "\u0301" * 500, "\ufdfa" * 3):
        for line in wrapped(text, 100, 10):
            assert width(line, 10) <= 100 or len(line) == 1
        assert len(wrapped(text, 100, 10, lines=2)) <= 2


def test_legs_without_a_record_are_named(knowledge: Knowledge) -> None:
    found = assessed(knowledge, onward=[{"place": "IN"}])
    assert found.legs[1] == LegRecord("the-recipient@IN", "the recipient", "IN", found.legs[1].outcome)
    assert "They go further to Recipient without a name (India)" in route_picture(found).alt
