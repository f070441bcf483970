"""Text for the terminal, line by line: data is shown, never obeyed."""

from __future__ import annotations

import textwrap

WIDTH = 100


def plain(text: str) -> str:
    """Data on one line, without control characters and marks that turn the direction of writing."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most 100 columns; ``first`` and ``rest`` stand before them."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
