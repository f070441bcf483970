"""SVG as HTML, Word and PDF all take it: rect, path, line and text, with plain attributes. Text is data and never becomes markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from country_reports.frozen import frozen
from transfers.documents.lines import plain
from transfers.documents.pictures.lettering import FONTS, SMALL, wrapped

WIDTH = 640
"""Units across a picture: at 170 mm, three quarters of a point each."""

LEADING = 1.25
"""From line to line, in sizes of the letters."""

INK, GREY, PAPER = "#1a1a1a", "#5a5a5a", "#ffffff"


@frozen
class Picture:
    """An SVG of ``width`` by ``height`` (CSS pixels) and ``alt``, which tells in sentences what it shows."""

    svg: str
    alt: str
    width: int
    height: int


class Drawing:
    """Collects what is drawn. ``prefix`` begins every id, so that several pictures may stand in one page.

    Raises:
        ValueError: ``prefix`` cannot begin an id.
    """

    def __init__(self, prefix: str) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", prefix):
            raise ValueError(
                f"{prefix!r} cannot begin an id: write a letter, then letters, digits, dashes or underscores"
            )
        self.prefix = prefix
        self._parts: list[str] = []
        self._patterns: dict[str, str] = {}

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str = PAPER, stroke: str = INK, *,
        thick: float = 1, dash: str = "", title: str = "",
    ) -> None:  # fmt: skip
        box = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        self._add("rect", f"{box} {_painted(fill, stroke, thick, dash)}", title)

    def path(
        self, d: str, fill: str = "none", stroke: str = INK, *, thick: float = 1, dash: str = "", title: str = ""
    ) -> None:
        self._add("path", f'd="{d}" {_painted(fill, stroke, thick, dash)}', title)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, thick: float = 1, dash: str = "", stroke: str = INK
    ) -> None:
        ends = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
        self._add("line", f"{ends} {_painted('none', stroke, thick, dash)}")

    def text(
        self, x: float, y: float, text: str, size: float = SMALL, *,
        bold: bool = False, fill: str = INK, title: str = "",
    ) -> None:  # fmt: skip
        """One line, ``y`` at its foot; ``title`` is the whole where it was shortened."""
        weight = ' font-weight="bold"' if bold else ""
        told = f"<title>{escaped(title)}</title>" if title else ""
        self._parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill="{fill}">{told}{escaped(text)}</text>'
        )

    def lines(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        size: float = SMALL,
        *,
        bold: bool = False,
        most: int | None = None,
    ) -> float:
        """Text in as many lines as it needs, at most ``most``; returns the y below them."""
        cut = most is not None and len(wrapped(plain(text), room, size, bold)) > most
        for line in wrapped(plain(text), room, size, bold, most):
            y += size * LEADING
            self.text(x, y - size * 0.3, line, size, bold=bold, title=text if cut else "")
        return y

    def pattern(self, name: str, size: float, content: str) -> str:
        """A fill that repeats ``content`` every ``size`` units; returns what to fill with."""
        known = f"{self.prefix}-{name}"
        self._patterns[known] = (
            f'<pattern id="{known}" patternUnits="userSpaceOnUse" width="{size:g}" height="{size:g}">{content}</pattern>'
        )
        return f"url(#{known})"

    def picture(self, title: str, sentences: Iterable[str], height: float) -> Picture:
        alt = " ".join(map(plain, sentences))
        tall = round(height)
        named = f'aria-labelledby="{self.prefix}-title {self.prefix}-desc"'
        patterns = f"<defs>{''.join(self._patterns.values())}</defs>\n" if self._patterns else ""
        body = "\n".join(self._parts)
        return Picture(
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {named} width="{WIDTH}" height="{tall}" viewBox="0 0 {WIDTH} {tall}" '
            f'font-family="{FONTS}">\n<title id="{self.prefix}-title">{escaped(title)}</title>\n'
            f'<desc id="{self.prefix}-desc">{escaped(alt)}</desc>\n{patterns}'
            f'<rect x="0" y="0" width="{WIDTH}" height="{tall}" fill="{PAPER}"/>\n{body}\n</svg>\n',
            alt,
            WIDTH,
            tall,
        )

    def _add(self, element: str, attributes: str, title: str = "") -> None:
        ending = f"><title>{escaped(title)}</title></{element}>" if title else "/>"
        self._parts.append(f"<{element} {attributes}{ending}")


def height(text: str, room: float, size: float = SMALL, *, bold: bool = False, most: int | None = None) -> float:
    """What ``Drawing.lines`` takes for a text."""
    return len(wrapped(plain(text), room, size, bold, most)) * size * LEADING


def escaped(text: str) -> str:
    """Data as text of XML: one line, no control characters, no marks that turn the direction of writing."""
    return html.escape(plain(text))


def round_path(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    return f"M{x - radius:g},{y:g}a{radius:g},{radius:g} 0 1,0 {2 * radius:g},0a{radius:g},{radius:g} 0 1,0 {-2 * radius:g},0z"


def _painted(fill: str, stroke: str, thick: float, dash: str) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="{fill}" stroke="{stroke}" stroke-width="{thick:g}"{dashes}' if stroke != "none" else f'fill="{fill}"'
