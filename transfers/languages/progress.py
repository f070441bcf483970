"""How far a translation of the records has come, collection by collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

_BY_FILE = ("regimes", "reports")
"""Folders whose files are counted each by itself: a reader meets one law, or one country, at a time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts a collection has, and how many of them nobody has translated yet."""

    collection: str
    texts: int
    untranslated: int


def progress(told: Mapping[str, str], places: Mapping[str, str]) -> tuple[Progress, ...]:
    """Every collection in the order of the alphabet.

    ``told`` holds English and translation, ``places`` the place of each English text, by which it is counted.
    """
    every = Counter(collection_of(place) for place in places.values())
    still = Counter(collection_of(place) for text, place in places.items() if not told.get(text))
    return tuple(Progress(name, every[name], still[name]) for name in sorted(every))


def collection_of(place: str) -> str:
    """What a text is counted under: its law or its country, else the folder of its file, else the file."""
    file = PurePosixPath(place.partition(":")[0])
    folder = file.parent.name
    if folder in _BY_FILE:
        return f"{folder}/{file.stem}"
    return file.stem if folder in ("country_reports", "law") else folder
