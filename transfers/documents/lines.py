"""Text for a reader: data is shown, never obeyed."""

from __future__ import annotations

import re
import textwrap
from urllib.parse import quote

WIDTH = 100


def shown(text: str) -> str:
    """Data without control characters and marks that turn the direction of writing; each of them leaves a space.

    Spaces at which no line may break stay: French has them before its colons and within its quotation marks.
    """
    return "".join(character if character.isprintable() or character in _UNBROKEN else " " for character in text)


_UNBROKEN = "\u00a0\u202f"


def plain(text: str) -> str:
    """Data on one line, shown, with single spaces."""
    return re.sub(" +", " ", shown(text)).strip(" ")


def running(text: str) -> str:
    """Data for a line that runs along on every page: what is longer than such a line is cut, visibly."""
    told = plain(text)
    return told if len(told) <= _RUNNING else told[: _RUNNING - 1] + "\u2026"


_RUNNING = 120


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most 100 columns; ``first`` and ``rest`` stand before them."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def web_address(url: str | None) -> str | None:
    """An address that a reader may open; None for what is no page of the web, such as a script."""
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    return quote(plain(url), safe="/:?#[]@!$&'()*+,;=%~-._")
