"""The sentences by which parties adapt a set where the adaptation has no text of its own, from ``adaptation_texts.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from clauses.paper.wording import Gap, gaps_in
from clauses.parts import Passing
from country_reports.records import Fault, Record, read_record
from country_reports.sourced import repeated

SHIPPED_FILE = Path(__file__).resolve().parent / "adaptation_texts.yaml"


class CaseText(Record):
    """The sentences of one case of use."""

    id: str
    gaps: tuple[Gap, ...] = ()
    text: tuple[str, ...]


class PassingText(Passing):
    """A sentence that was not always needed."""

    text: str


class AdaptationText(Record):
    """The sentences for one set: those of every case, those of some days only, and those of each case."""

    id: str
    opening: tuple[str, ...]
    passing: tuple[PassingText, ...] = ()
    cases: tuple[CaseText, ...]

    def opening_on(self, day: date) -> tuple[str, ...]:
        """The sentences of every case, as they are needed on the day."""
        return (*self.opening, *(one.text for one in self.passing if one.stands_on(day)))

    def case(self, use: str | None) -> CaseText | None:
        """The sentences of a case."""
        return next((case for case in self.cases if case.id == use), None)


class AdaptationTexts(Record):
    """All of them."""

    adaptations: tuple[AdaptationText, ...]

    def faults(self) -> Iterator[Fault]:
        """Ids used twice; gaps that the sentences do not have, and the other way round."""
        yield from repeated(("adaptations",), (one.id for one in self.adaptations))
        for number, one in enumerate(self.adaptations):
            for place, case in enumerate(one.cases):
                for gap in sorted(gaps_in(case.text) ^ {gap.id for gap in case.gaps}):
                    message = f"{gap!r} must stand both in the text and among the gaps"
                    yield Fault(("adaptations", number, "cases", place, "gaps"), message)

    def get(self, set_id: str) -> AdaptationText | None:
        """The sentences for a set; None where it has a text of its own."""
        return next((one for one in self.adaptations if one.id == set_id), None)


@cache
def read_adaptation_texts(path: Path = SHIPPED_FILE) -> AdaptationTexts:
    """The file, read once.

    Raises:
        BadRecord: it is missing or wrong.
    """
    return read_record(path, AdaptationTexts)
