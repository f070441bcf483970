"""How wide text is, without asking a font: never less than in DejaVu Sans or Liberation Sans."""

from __future__ import annotations

import unicodedata
from functools import cache

FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"

SMALL, PLAIN, LARGE = 10.0, 11.5, 14.0
"""Sizes of letters in units of a picture 640 wide; at 170 mm the smallest is 7.5 points."""

_WIDTHS = {
    0.3: "'Iijl", 0.35: " ,./:;\\|", 0.4: "()-[]ft", 0.45: "!r", 0.5: '"*J`', 0.55: "csz", 0.6: "?L_kvxy",
    0.65: "$0123456789FTabdeghnopqu{}\u2013", 0.7: "ABEKPSVXYZ", 0.75: "CNRU", 0.8: "&DGHOQ", 0.85: "#+<=>^w~", 0.9: "M",
    1.0: "%Wm\u2026", 1.05: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 1.1
_ACCENT = 0.25
_BOLD = 1.15


def width(text: str, size: float, bold: bool = False) -> float:
    """The room that a line takes, in the units of ``size``. Signs of other scripts count as the widest there is."""
    return sum(map(_letter, text)) * size * (_BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, bold: bool = False, lines: int | None = None) -> list[str]:
    """Lines that keep within ``room``; words that are longer are cut. With more than ``lines`` the last ends in an ellipsis."""
    found, line = [], ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        found += [line] if line else []
        *full, line = _cut(word, room, size, bold)
        found += full
    found += [line] if line or not found else []
    if lines is None or len(found) <= lines:
        return found
    return [*found[: lines - 1], _shortened(found[lines - 1], room, size, bold)]


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in pieces that fit, each of one sign at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, room: float, size: float, bold: bool) -> str:
    while line and width(f"{line}\u2026", size, bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}\u2026"


@cache
def _letter(letter: str) -> float:
    if letter in _WIDTH_OF:
        return _WIDTH_OF[letter]
    if unicodedata.combining(letter):
        return _ACCENT
    base = [sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign)]
    return sum(_WIDTH_OF.get(sign, _WIDEST) for sign in base) or _WIDEST
