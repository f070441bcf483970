"""The route of one assessment as a diagram, from the exporter down to the last recipient, with the outcome of every leg."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from country_reports.frozen import frozen
from country_reports.places import Gazetteer
from transfers.assessment_records import Assessment
from transfers.documents import words
from transfers.documents.lines import plain
from transfers.documents.pictures import sentences as s
from transfers.documents.pictures.drawing import INK, LEADING, PAPER, WIDTH, Drawing, Picture, height, round_path
from transfers.documents.pictures.lettering import LARGE, PLAIN, SMALL, width, wrapped
from transfers.documents.pictures.sentences import said
from transfers.documents.pictures.styles import STYLES, moved, panel, symbol
from transfers.documents.pictures.told import ExporterTold, FactTold, LegTold, RouteTold, route_told
from transfers.finding import Outcome

MOST = 12
"""Legs that are drawn one by one; of more, the last box sums up the rest."""

_MARGIN, _PAD, _GAP, _INDENT, _STEM = 8, 6, 9, 44, 22
_RIGHT = WIDTH - _MARGIN
_PANEL = 446
_FEW = 7
_FACTS = 60
_WORDS, _TAB, _SIGN, _EDGE = 26, 18, 23, 5


def route_picture(assessment: Assessment, prefix: str = "route", places: Gazetteer | None = None) -> Picture:
    """Who sends what to whom, where it lies, under what, and with which outcome; the leg that decides is marked.

    ``places`` knows more places than those shipped, where a workspace adds some.

    Raises:
        ValueError: ``prefix`` cannot begin an id.
    """
    told = route_told(assessment, places)
    shown = _shown(told.legs)
    drawing = Drawing(prefix)
    foot = _drawn(drawing, told, shown)
    return drawing.picture(said(s.ROUTE_TITLE, title=told.title), _sentences(told, shown), foot + _MARGIN)


@frozen
class _Rest:
    """What stands for the legs that are not drawn."""

    count: int
    outcome: Outcome
    all_further: bool

    @property
    def line(self) -> str:
        return said(s.REST if self.all_further else s.REST_OF_ALL, count=self.count)

    @property
    def sentence(self) -> str:
        template = s.REST_TOLD if self.all_further else s.REST_OF_ALL_TOLD
        return said(template, count=self.count, outcome=words.OUTCOMES[self.outcome.word])


@frozen
class _Shown:
    legs: tuple[LegTold, ...]
    rest: _Rest | None


def _shown(legs: Sequence[LegTold]) -> _Shown:
    """All legs, or the eleven that matter most in the order of the route: the first, the weakest and its importer, then importers and the strictest."""
    if len(legs) <= MOST:
        return _Shown(tuple(legs), None)
    weakest = next((leg for leg in legs if leg.weakest), legs[0])

    def weight(number: int) -> tuple[bool, bool, bool, int]:
        leg = legs[number]
        hosts = leg.kind == "importer" and leg.owner == weakest.owner
        return number != 0, leg is not weakest and not hosts, leg.kind != "importer", -leg.outcome

    kept = sorted(sorted(range(len(legs)), key=weight)[: MOST - 1])
    left = [leg for number, leg in enumerate(legs) if number not in kept]
    rest = _Rest(len(left), max(leg.outcome for leg in left), all(leg.kind == "further" for leg in left))
    return _Shown(tuple(legs[number] for number in kept), rest)


def _sentences(told: RouteTold, shown: _Shown) -> Iterator[str]:
    outcome = words.OUTCOMES[told.outcome.word]
    yield told.exporter.sentence
    yield from (fact.sentence for fact in told.facts)
    yield from (leg.sentence for leg in shown.legs)
    if shown.rest is not None:
        yield shown.rest.sentence
    for leg in told.legs:
        if leg.weakest:
            yield said(
                s.DECIDES_TOLD if leg.outcome is told.outcome else s.WEAKEST_TOLD,
                leg=leg.recipient,
                place=leg.place,
            )
    yield said(s.ROUTE_OUTCOME_TOLD, day=told.day, outcome=outcome)


def _drawn(drawing: Drawing, told: RouteTold, shown: _Shown) -> float:
    """Draws from the top down; returns how far it got."""
    y = drawing.lines(_MARGIN, _MARGIN, told.title, _RIGHT - _MARGIN, LARGE, bold=True, most=2) + 5
    symbol(drawing, told.outcome, _MARGIN, y)
    outcome = said(s.ROUTE_OUTCOME, day=told.day, outcome=words.OUTCOMES[told.outcome.word])
    y = drawing.lines(_MARGIN + 20, y - 1, outcome, _RIGHT - _MARGIN - 20, PLAIN, bold=True) + _GAP
    top = _exporter(drawing, told.exporter, y)
    y, rings = _facts(drawing, told.facts, top + _PAD)
    y = _legs(drawing, told, shown, top, y + _PAD)
    for ring in rings:
        drawing.path(round_path(_MARGIN + _STEM, ring, 4), PAPER, thick=1.4)
    return y


def _exporter(drawing: Drawing, exporter: ExporterTold, y: float) -> float:
    room, x = _RIGHT - _MARGIN - 2 * _PAD, _MARGIN + _PAD
    tall = 2 * (_PAD + SMALL * LEADING) + height(exporter.name, room, PLAIN, bold=True, most=2)
    drawing.rect(_MARGIN, y, _RIGHT - _MARGIN, tall, "#efefec", thick=1.2)
    below = drawing.lines(x, y + _PAD, exporter.role, room)
    below = drawing.lines(x, below, exporter.name, room, PLAIN, bold=True, most=2)
    marks = _marks(exporter.stored, exporter.seen, exporter.keys)
    _place(drawing, exporter.place, marks, x, below, room)
    return y + tall


def _facts(drawing: Drawing, facts: Sequence[FactTold], y: float) -> tuple[float, list[float]]:
    """The lines beside the arrow; returns the y below them, and those of rings on the arrow where data only pass through."""
    indent = max(width(said(s.LABEL, label=fact.label), SMALL, bold=True) for fact in facts) + _PAD
    rings = []
    for fact in facts:
        rings += [y + 6.5] if fact.passing else []
        drawing.lines(_FACTS, y, said(s.LABEL, label=fact.label), indent, bold=True)
        y = drawing.lines(_FACTS + indent, y, fact.text, _RIGHT - _FACTS - indent, most=3) + 1.5
    return y, rings


@frozen
class _Placed:
    """A box for a leg, or for the rest; ``branch`` is where the line to it leaves that to the importer, None from the exporter."""

    leg: LegTold | _Rest
    x: float
    y: float
    height: float
    branch: float | None

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def _legs(drawing: Drawing, told: RouteTold, shown: _Shown, top: float, y: float) -> float:
    """Every leg as a box that hangs from its importer, and each importer from the exporter."""
    several = sum(leg.kind == "importer" for leg in told.legs) > 1
    seat, trunk = _MARGIN + (_INDENT if several else 0), _MARGIN + _STEM
    placed, heading, y = _placing(told, shown, seat, y, several)
    importers = [one for one in placed if one.branch is None]
    if several:
        drawing.line(trunk, top, trunk, importers[-1].middle, thick=1.4)
    for branch in dict.fromkeys(one.branch for one in placed if one.branch is not None):
        last = [one.middle for one in placed if one.branch == branch][-1]
        drawing.line(seat + _STEM, branch, seat + _STEM, last, thick=1.4)
    if heading is not None:
        drawing.lines(seat, heading, said(s.FURTHER_OF_SEVERAL), _RIGHT - seat, bold=True)
    for one in placed:
        edge = _EDGE if isinstance(one.leg, LegTold) and one.leg.weakest else 0
        if one.branch is None and not several:
            _arrow(drawing, one.leg.outcome, (trunk, top), (trunk, one.y - edge))
        else:
            start = trunk if one.branch is None else seat + _STEM
            _arrow(drawing, one.leg.outcome, (start, one.middle), (one.x - edge, one.middle))
        if isinstance(one.leg, _Rest):
            _rest_box(drawing, one.leg, one)
        else:
            _leg_box(drawing, told, one.leg, one)
    return y


def _placing(
    told: RouteTold, shown: _Shown, seat: float, y: float, several: bool
) -> tuple[list[_Placed], float | None, float]:
    """Where each box stands, where the heading of what several importers pass on, and the y below."""
    placed: list[_Placed] = []
    branch: float | None = None
    heading: float | None = None
    for leg in (*shown.legs, *([shown.rest] if shown.rest else ())):
        seated = isinstance(leg, LegTold) and leg.kind == "importer"
        passed_on = isinstance(leg, _Rest) or leg.kind == "further"
        if passed_on and several and heading is None:
            heading, y = y, y + SMALL * LEADING + 5
            branch = y - 4
        x = seat + (0 if seated else _INDENT)
        tall = _rest_height(leg) if isinstance(leg, _Rest) else _height(told, leg, x)
        placed.append(_Placed(leg, x, y, tall, None if seated else branch))
        y += tall
        branch = y if seated else branch
        y += _GAP
    return placed, heading, y - _GAP


def _arrow(drawing: Drawing, outcome: Outcome, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A line in the style of the outcome, straight down or to the right, with a head at its end."""
    (x1, y1), (x2, y2), style = start, end, STYLES[outcome]
    down = x1 == x2
    drawing.line(
        x1, y1, x2 - (0 if down else 7), y2 - (7 if down else 0), thick=style.thick, dash=style.dash, stroke=style.ink
    )
    drawing.path(f"M{x2:g},{y2:g}{'l-5,-9h10z' if down else 'l-9,-5v10z'}", style.ink, "none")


def _leg_box(drawing: Drawing, told: RouteTold, leg: LegTold, at: _Placed) -> None:
    _frame(drawing, leg.outcome, at, decides=leg.weakest)
    x, y, room = at.x + _PAD, at.y + _PAD, _PANEL - at.x - 2 * _PAD
    if leg.heading:
        y = drawing.lines(x, y, leg.heading, room)
    y = drawing.lines(x, y, leg.name, room, PLAIN, bold=True, most=_name_lines(told, leg))
    _place(drawing, leg.line, _marks(leg.stored, leg.seen), x, y, room)
    y = _outcome(drawing, leg.outcome, at.y + _PAD)
    if leg.weakest:
        tab = said(s.DECIDES) if leg.outcome is told.outcome else said(s.WEAKEST)
        drawing.rect(_PANEL + _PAD, y + 3, width(tab, SMALL, bold=True) + 10, _TAB - 3, INK, "none")
        drawing.text(_PANEL + _PAD + 5, y + _TAB - 4, tab, SMALL, bold=True, fill=PAPER)


def _rest_box(drawing: Drawing, rest: _Rest, at: _Placed) -> None:
    _frame(drawing, rest.outcome, at, decides=False)
    drawing.lines(at.x + _PAD, at.y + _PAD + 5, rest.line, _PANEL - at.x - 2 * _PAD, PLAIN, bold=True)
    y = drawing.lines(_PANEL + _PAD, at.y + _PAD, said(s.REST_STRICTEST), _RIGHT - _PANEL - 2 * _PAD)
    _outcome(drawing, rest.outcome, y)


def _frame(drawing: Drawing, outcome: Outcome, at: _Placed, decides: bool) -> None:
    """A box in the style of line of the outcome, its right part for the outcome; a second frame marks the leg that decides."""
    style = STYLES[outcome]
    if decides:
        drawing.rect(at.x - _EDGE, at.y - _EDGE, _RIGHT - at.x + 2 * _EDGE, at.height + 2 * _EDGE, INK, "none")
        drawing.rect(at.x - 3, at.y - 3, _RIGHT - at.x + 6, at.height + 6, PAPER, "none")
    drawing.rect(at.x, at.y, _PANEL - at.x, at.height, PAPER, "none")
    drawing.rect(_PANEL, at.y, _RIGHT - _PANEL, at.height, panel(outcome), "none")
    drawing.rect(at.x, at.y, _RIGHT - at.x, at.height, "none", style.ink, thick=style.thick, dash=style.dash)


def _outcome(drawing: Drawing, outcome: Outcome, y: float) -> float:
    """Symbol and words of an outcome in the right part of a box."""
    symbol(drawing, outcome, _PANEL + _PAD, y)
    return drawing.lines(_PANEL + _WORDS, y, words.OUTCOMES[outcome.word], _RIGHT - _PANEL - _WORDS - _PAD, bold=True)


def _height(told: RouteTold, leg: LegTold, x: float) -> float:
    name = height(leg.name, _PANEL - x - 2 * _PAD, PLAIN, bold=True, most=_name_lines(told, leg))
    left = name + SMALL * LEADING * (2 if leg.heading else 1)
    return 2 * _PAD + max(left, _outcome_height(leg.outcome) + (_TAB if leg.weakest else 0))


def _rest_height(rest: _Rest) -> float:
    return 2 * _PAD + SMALL * LEADING + _outcome_height(rest.outcome)


def _outcome_height(outcome: Outcome) -> float:
    return max(15, height(words.OUTCOMES[outcome.word], _RIGHT - _PANEL - _WORDS - _PAD, bold=True))


def _name_lines(told: RouteTold, leg: LegTold) -> int:
    """An importer's name may take two lines; those of further recipients where there are few."""
    return 2 if leg.kind == "importer" or len(told.legs) <= _FEW else 1


@frozen
class _Mark:
    """What lies at a place: a sign of 11 by 11, and its words."""

    sign: str
    text: str


_DISCS = "M1.5,2.5a4,1.8 0 1,0 8,0a4,1.8 0 1,0 -8,0v6a4,1.8 0 0,0 8,0v-6"
_EYE = "M0.5,5.5q5,-6 10,0q-5,6 -10,0zM4,5.5a1.5,1.5 0 1,0 3,0a1.5,1.5 0 1,0 -3,0"
_KEY = "M0.8,5.5a2.3,2.3 0 1,0 4.6,0a2.3,2.3 0 1,0 -4.6,0M5.4,5.5h5v2.4M8.4,5.5v1.8"


def _marks(stored: bool, seen: bool, keys: Sequence[str] = ()) -> list[_Mark]:
    found = [_Mark(_DISCS, said(s.STORED_HERE))] if stored else []
    found += [_Mark(_EYE, said(s.SEEN_FROM_HERE))] if seen else []
    return found + [_Mark(_KEY, text) for text in keys]


def _place(drawing: Drawing, text: str, marks: Sequence[_Mark], x: float, y: float, room: float) -> None:
    """A line of small text, and after it the marks of the place."""
    taken = sum(_SIGN + width(mark.text, SMALL) for mark in marks)
    drawing.lines(x, y, text, room - taken, most=1)
    x += width(wrapped(plain(text), room - taken, SMALL, lines=1)[0], SMALL)
    for mark in marks:
        drawing.path(moved(mark.sign, x + 8, y + 1), thick=1)
        drawing.text(x + _SIGN, y + SMALL * (LEADING - 0.3), mark.text)
        x += _SIGN + width(mark.text, SMALL)
