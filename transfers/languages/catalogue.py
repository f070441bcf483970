"""Catalogues of translations as gettext writes them, read once into a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "locale"
DOMAINS = ("engine", "records")
"""Templates that stand in code; sentences and names that stand in records."""


def path_of(language: str, domain: str) -> Path:
    """Where a catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


@cache
def catalogue(language: str, domain: str) -> Mapping[str, str]:
    """English and the translation of it; the empty string where there is none yet.

    Raises:
        ValueError: the file is none that Babel wrote; it says on which line.
    """
    path = path_of(language, domain)
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, name: str) -> dict[str, str]:
    """The messages of a PO file without plurals and contexts, which no sentence here has."""
    found: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    field: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        keyword, _, quoted = line.partition(" ")
        if keyword in ("msgid", "msgstr"):
            if keyword == "msgid":
                _keep(found, parts)
                parts = {}
            field = parts[keyword] = []
        elif line.startswith('"'):
            quoted = line
        elif not line or line.startswith("#"):
            continue
        else:
            raise ValueError(f"{name}:{number}: {line[:40]!r} has no place in a catalogue of ours")
        try:
            field.append(json.loads(quoted))
        except ValueError:
            raise ValueError(f"{name}:{number}: {quoted[:40]!r} is no text between quotes") from None
    _keep(found, parts)
    return found


def _keep(found: dict[str, str], parts: dict[str, list[str]]) -> None:
    original = "".join(parts.get("msgid", ()))
    if original:
        found[original] = "".join(parts.get("msgstr", ()))
