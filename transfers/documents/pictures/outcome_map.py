"""The world by outcome: every destination in the tone and pattern of its outcome, small places as spots, organisations as boxes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import cos, hypot, radians, sin
from pathlib import Path

from country_reports.frozen import frozen
from country_reports.places import Gazetteer, PlaceKind
from transfers.documents import words
from transfers.documents.lines import plain
from transfers.documents.pictures import sentences as s
from transfers.documents.pictures.drawing import INK, LEADING, PAPER, WIDTH, Drawing, Picture, round_path
from transfers.documents.pictures.lettering import LARGE, SMALL, width, wrapped
from transfers.documents.pictures.reading import shipped_places
from transfers.documents.pictures.sentences import said
from transfers.documents.pictures.styles import COAST, LAND, STYLES, fill, symbol
from transfers.documents.saying import listed
from transfers.finding import Outcome

_MARGIN, _GAP, _PAD = 8, 8, 5
_RIGHT = WIDTH - _MARGIN
_SPOT = 4.5
_ORGANISATIONS = (PlaceKind.INTERNATIONAL_ORGANISATION, PlaceKind.EU_BODY)
_NAMES = 5
"""Lines of names below an outcome in the legend; the text alternative has them all."""


def outcome_map(outcomes: Mapping[str, str], prefix: str = "map", places: Gazetteer | None = None) -> Picture:
    """The destinations by id with the word of their outcome, on a map of the world and a larger one of Europe.

    The borders are those of Natural Earth and say nothing about status. ``places`` knows more places than those shipped.

    Raises:
        ValueError: a word is no outcome, or ``prefix`` cannot begin an id.
    """
    known = places or shipped_places()
    destinations = sorted(
        (_Destination.of(place, Outcome.of_word(word), known) for place, word in outcomes.items()),
        key=lambda one: (one.name.casefold(), one.id),
    )
    drawing = Drawing(prefix)
    foot = _drawn(drawing, destinations)
    return drawing.picture(said(s.MAP_TITLE), _sentences(destinations), foot + _MARGIN)


@frozen
class _Destination:
    id: str
    name: str
    outcome: Outcome
    organisation: bool

    @staticmethod
    def of(place: str, outcome: Outcome, known: Gazetteer) -> _Destination:
        if place not in known:
            return _Destination(place, said(s.PLACE_UNKNOWN) if place == "unknown" else place, outcome, False)
        return _Destination(place, known[place].name, outcome, known[place].kind in _ORGANISATIONS)

    @property
    def drawn(self) -> bool:
        world, europe = _charts()
        return any(self.id in shapes for chart in (world, europe) for shapes in (chart.outlines, chart.spots))

    @property
    def told(self) -> str:
        return said(s.MAP_PLACE, place=self.name, outcome=words.OUTCOMES[self.outcome.word])


@frozen
class _Chart:
    """Outlines as paths, and where the spots of small places are, by id of the place."""

    size: tuple[float, float]
    outlines: Mapping[str, str]
    spots: Mapping[str, tuple[float, float]]


@cache
def _charts() -> tuple[_Chart, _Chart]:
    """The world, and Europe: as tools/draw_world.py wrote them."""
    charts = json.loads((Path(__file__).parent / "world.json").read_text(encoding="utf-8"))
    world, europe = (_Chart(**charts[name]) for name in ("world", "europe"))
    return world, europe


def _sentences(destinations: Sequence[_Destination]) -> Iterator[str]:
    if not destinations:
        yield said(s.MAP_NOTHING)
        return
    yield said(s.MAP_TOLD, count=len(destinations))
    for outcome, names in _by_outcome(destinations):
        told = listed(names)
        yield said(s.MAP_OUTCOME_TOLD, outcome=words.OUTCOMES[outcome.word], count=len(names), places=told)
    if missing := _missing(destinations):
        yield said(s.MAP_NOT_DRAWN_TOLD, places=listed(missing))


def _by_outcome(destinations: Sequence[_Destination]) -> Iterator[tuple[Outcome, list[str]]]:
    """Names by outcome, the strictest outcome first."""
    for outcome in sorted(Outcome, reverse=True):
        names = [one.name for one in destinations if one.outcome is outcome]
        if names:
            yield outcome, names


def _missing(destinations: Sequence[_Destination]) -> list[str]:
    return [one.name for one in destinations if not one.drawn and not one.organisation]


def _drawn(drawing: Drawing, destinations: Sequence[_Destination]) -> float:
    """Draws from the top down; returns how far it got."""
    world, europe = _charts()
    y = drawing.lines(_MARGIN, _MARGIN, said(s.MAP_TITLE), _RIGHT - _MARGIN, LARGE, bold=True) + _GAP
    _chart(drawing, world, destinations, 0, y)
    y = _organisations(drawing, destinations, y + world.size[1] + _GAP)
    below = _europe(drawing, europe, destinations, y) + _GAP
    y = _legend(drawing, destinations, [(_MARGIN + europe.size[0] + 2 * _GAP, y), (_MARGIN, below)])
    return drawing.lines(_MARGIN, y + _PAD, said(s.MAP_BORDERS), _RIGHT - _MARGIN)


def _europe(drawing: Drawing, chart: _Chart, destinations: Sequence[_Destination], y: float) -> float:
    top = drawing.lines(_MARGIN, y, said(s.MAP_EUROPE), chart.size[0], bold=True) + 2
    _chart(drawing, chart, destinations, _MARGIN, top)
    drawing.rect(_MARGIN, top, *chart.size, "none", INK)
    return top + chart.size[1]


def _chart(drawing: Drawing, chart: _Chart, destinations: Sequence[_Destination], x: float, y: float) -> None:
    """Land first, then the destinations on it, then spots that keep clear of one another."""
    named = {one.id for one in destinations}
    rest = "".join(_at(outline, x, y) for place, outline in sorted(chart.outlines.items()) if place not in named)
    drawing.path(rest, LAND, COAST, thick=0.4)
    for one in destinations:
        if one.id in chart.outlines:
            outline, style = _at(chart.outlines[one.id], x, y), STYLES[one.outcome]
            border = PAPER if style.tone == style.ink else style.ink
            drawing.path(outline, fill(drawing, one.outcome), border, thick=0.6, title=one.told)
    taken: list[tuple[float, float]] = []
    for one in destinations:
        if one.id in chart.spots:
            own = chart.spots[one.id]
            spot = _free(own, taken, chart.size)
            taken.append(spot)
            if spot != own:
                drawing.line(x + own[0], y + own[1], x + spot[0], y + spot[1], thick=0.8)
    for one, spot in zip((one for one in destinations if one.id in chart.spots), taken, strict=True):
        circle = round_path(x + spot[0], y + spot[1], _SPOT)
        drawing.path(circle, fill(drawing, one.outcome), STYLES[one.outcome].ink, thick=1.2, title=one.told)


def _free(
    own: tuple[float, float], taken: Sequence[tuple[float, float]], size: tuple[float, float]
) -> tuple[float, float]:
    """The nearest place to ``own`` where a spot touches no other and stays within the chart."""
    apart, edge = 2 * _SPOT + 1.5, _SPOT + 1
    for step in range(200):
        for turn in range(0, 360, 20):
            x = round(own[0] + 3 * step * cos(radians(turn)), 1)
            y = round(own[1] + 3 * step * sin(radians(turn)), 1)
            inside = edge <= x <= size[0] - edge and edge <= y <= size[1] - edge
            if inside and all(hypot(x - a, y - b) >= apart for a, b in taken):
                return x, y
    raise AssertionError("a chart has room for a spot of every place")


def _organisations(drawing: Drawing, destinations: Sequence[_Destination], y: float) -> float:
    """Boxes in a row below the map, each with its sign and outcome; returns the y below them."""
    x, height = float(_MARGIN), SMALL * LEADING + 2 * _PAD
    chosen = [one for one in destinations if one.organisation]
    for one in chosen:
        label = one.id.replace("_", " ")
        room = 34 + width(label, SMALL, bold=True) + 2 * _PAD
        if x + room > _RIGHT:
            x, y = _MARGIN, y + height + _PAD
        drawing.rect(x, y, room, height, PAPER, STYLES[one.outcome].ink, title=one.told)
        drawing.rect(x, y, 16, height, fill(drawing, one.outcome), STYLES[one.outcome].ink)
        symbol(drawing, one.outcome, x + 20, y + 4)
        drawing.text(x + 34 + _PAD, y + height - 8, label, SMALL, bold=True, title=one.told)
        x += room + _PAD
    return y + height + _GAP if chosen else y


def _legend(drawing: Drawing, destinations: Sequence[_Destination], columns: list[tuple[float, float]]) -> float:
    """Each outcome with swatch, symbol, count and names; then what was not assessed, and what could not be drawn.

    Every entry goes to the column that is the shorter so far; returns the y below all.
    """
    room = _RIGHT - max(x for x, _y in columns) - 48

    def entry(style: tuple[str, str], outcome: Outcome | None, label: str, names: str) -> None:
        x, y = columns.pop(columns.index(min(columns, key=lambda column: column[1])))
        drawing.rect(x, y + 1, 24, 14, *style)
        if outcome is not None:
            symbol(drawing, outcome, x + 28, y + 1)
        below = drawing.lines(x + 48, y + 1, label, room, bold=True) + 1
        columns.append((x, (drawing.lines(x + 48, below, names, room) if names else below) + _PAD))

    for outcome, names in _by_outcome(destinations):
        label = said(s.MAP_OUTCOME, outcome=words.OUTCOMES[outcome.word], count=len(names))
        entry((fill(drawing, outcome), STYLES[outcome].ink), outcome, label, _some(names, room))
    entry((LAND, COAST), None, said(s.MAP_PLAIN) if destinations else said(s.MAP_NOTHING), "")
    if missing := _missing(destinations):
        entry((PAPER, COAST), None, said(s.MAP_NOT_DRAWN), _some(missing, room))
    return max(y for _x, y in columns)


def _some(names: list[str], room: float) -> str:
    """The names in a row, as many as the legend has lines for, and how many more there are."""
    kept = len(names)
    while True:
        told = listed(names[:kept] + ([said(s.MAP_MORE, count=len(names) - kept)] if kept < len(names) else []))
        if kept == 0 or len(wrapped(plain(told), room, SMALL)) <= _NAMES:
            return told
        kept -= 1


def _at(outline: str, x: float, y: float) -> str:
    """A path at another place: only its moves are absolute."""
    if not (x or y):
        return outline
    moved = []
    for ring in outline.split("M")[1:]:
        start, steps = ring.split("l", 1)
        across, down = map(float, start.split(","))
        moved.append(f"M{round(across + x, 1):g},{round(down + y, 1):g}l{steps}")
    return "".join(moved)
