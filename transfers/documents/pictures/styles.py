"""How each outcome looks: a tone, a pattern, a kind of line and a symbol, so that no two are told apart by colour alone."""

from __future__ import annotations

from country_reports.frozen import frozen
from transfers.documents.pictures.drawing import PAPER, Drawing, round_path
from transfers.finding import Outcome

TILE = 5.0
"""The size of a pattern, in units of the picture."""


@frozen
class Style:
    """``ink`` draws marks, symbol and line on ``tone``; ``marks`` is the path in a tile, none where the tone is plain.

    ``symbol`` is a path within 14 by 14; ``full`` says whether its first shape is filled with ``ink``.
    """

    tone: str
    ink: str
    thick: float
    dash: str
    marks: str
    mark_width: float
    symbol: str
    frame: str
    full: bool = False


_DISC = round_path(7, 7, 6)
_BOX = "M1.5,1.5h11v11h-11z"
_LOZENGE = "M7,0.6L13.4,7L7,13.4L0.6,7z"
_TRIANGLE = "M7,1L13.6,12.8H0.4z"
_OCTAGON = "M4.3,0.6h5.4l3.7,3.7v5.4l-3.7,3.7h-5.4l-3.7,-3.7v-5.4z"
_TICK = "M3.9,7.2l2.2,2.3l4,-4.8"

STYLES: dict[Outcome, Style] = {
    Outcome.NOT_IN_SCOPE: Style("#ffffff", "#6e6e6e", 1, "1 3", "M0,0l5,5M0,5l5,-5", 0.5, "M4,10L10,4", _BOX),
    Outcome.NO_TRANSFER: Style("#ffffff", "#6e6e6e", 1, "", "M2.5,0v5M0,2.5h5", 0.5, "M4,7h6", _BOX),
    Outcome.PERMITTED: Style("#8fc3ae", "#14533d", 2, "", "", 0, _TICK, _DISC, full=True),
    Outcome.PERMITTED_WITH_CONDITIONS: Style("#e2f2eb", "#1d6b50", 2, "12 3", "M-1,1l2,-2M0,5l5,-5M4,6l2,-2", 1, _TICK, _DISC),
    Outcome.PERMITTED_DEROGATION_ONLY: Style("#e3edf8", "#22507f", 2, "8 3 2 3", "M0,2.5h5", 1.3, _TICK, _LOZENGE),
    Outcome.CONTESTED: Style("#f1e8f6", "#5f3380", 2, "6 3 2 3 2 3", "M2.5,0v5", 1.3, "M3,5.2h7l-2,-2M11,8.8h-7l2,2", _BOX),
    Outcome.SUPPLEMENTARY_MEASURES_REQUIRED: Style(
        "#fbe6cb", "#9a4f00", 2, "6 4", "M-1,4l2,2M0,0l5,5M4,-1l2,2", 1.9, "M7,5v4M7,10.4v1", _TRIANGLE
    ),
    Outcome.UNDETERMINED: Style(
        "#f6efc4", "#5d5200", 2, "2 3", "M1.25,0.3v1.9M3.75,2.8v1.9", 1.9, "M4.9,5.6q0,-2.3 2.1,-2.3q2.1,0 2.1,1.9q0,1.2 -2.1,2.4v1M7,9.9v1.2", _DISC
    ),
    Outcome.NOT_PERMITTED: Style("#7d1d1d", "#7d1d1d", 4, "", "", 0, "M4.5,4.5l5,5M9.5,4.5l-5,5", _OCTAGON, full=True),
}  # fmt: skip

LAND, COAST = "#f4f4f1", "#8c8c8c"
"""Land without an outcome, and every border."""


def fill(drawing: Drawing, outcome: Outcome) -> str:
    """What to fill an area with: the tone under the marks of the outcome."""
    style = STYLES[outcome]
    if not style.marks:
        return style.tone
    ground = f'<rect width="{TILE:g}" height="{TILE:g}" fill="{style.tone}"/>'
    marks = f'<path d="{style.marks}" fill="none" stroke="{style.ink}" stroke-width="{style.mark_width:g}"/>'
    return drawing.pattern(outcome.word, TILE, ground + marks)


def symbol(drawing: Drawing, outcome: Outcome, x: float, y: float) -> None:
    """The symbol of an outcome, 14 by 14, its corner at x and y."""
    style = STYLES[outcome]
    drawing.path(moved(style.frame, x, y), style.ink if style.full else PAPER, style.ink, thick=1.2)
    drawing.path(moved(style.symbol, x, y), "none", PAPER if style.full else style.ink, thick=1.7)


def panel(outcome: Outcome) -> str:
    """A light ground for words on an outcome."""
    return {Outcome.NOT_PERMITTED: "#f7e1e0", Outcome.PERMITTED: "#dcefe7"}.get(outcome, STYLES[outcome].tone)


def moved(path: str, x: float, y: float) -> str:
    """A path of absolute moves and relative steps at another place; lines to absolute points are moved too."""
    return "".join(_step(step, x, y) for step in _steps(path))


def _steps(path: str) -> list[str]:
    steps: list[str] = []
    for sign in path:
        if sign.isalpha():
            steps.append("")
        steps[-1] += sign
    return steps


def _step(step: str, x: float, y: float) -> str:
    if step[0] not in "MLH":
        return step
    numbers = [float(number) for number in step[1:].split(",")]
    moved = [number + (x, y)[place] for place, number in enumerate(numbers)]
    return step[0] + ",".join(f"{number:g}" for number in moved)
