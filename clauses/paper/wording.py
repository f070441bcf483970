"""Sentences of our own drafting with gaps in them, as the files of this folder keep them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from country_reports.records import Record

BLANK = "[to fill in: {what}]"
_PLACE = re.compile(r"\{(\w+)\}")


class Gap(Record):
    """What the parties write into a sentence."""

    id: str
    what: str


def filled_in(text: Iterable[str], gaps: Iterable[Gap], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences with their gaps filled, or marked where nobody answered. What fills a gap is never read as a gap itself."""
    known = {gap.id: answers.get(gap.id, BLANK.format(what=gap.what)) for gap in gaps}
    return tuple(_PLACE.sub(lambda found: known[found[1]], sentence) for sentence in text)


def gaps_in(text: Iterable[str]) -> set[str]:
    """The ids of the gaps that sentences have."""
    return set(_PLACE.findall(" ".join(text)))
