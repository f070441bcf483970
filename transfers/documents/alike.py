"""What is said in the same words of many recipients: told once, with the first of them and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from transfers.assessment import Assessment, FindingRecord
from transfers.assessment_records import LegRecord, QuestionRecord
from transfers.documents.saying import _, told

SHOWN = 3
"""How many recipients may be told one by one of whom the same is said; of more, the first and their number are told."""

T = TypeVar("T")


@dataclass(frozen=True)
class Alike(Generic[T]):
    """The first of those of whom the same is said, and the legs of all of them (none where it is about no leg)."""

    first: T
    legs: tuple[str, ...]

    @property
    def others(self) -> int:
        return len(self.legs) - 1

    @property
    def sample(self) -> str:
        """The first of the others, by their ids."""
        return ", ".join(self.legs[1 : SHOWN + 1]) + (" ..." if self.others > SHOWN else "")


class Recipients:
    """The legs of one assessment, by their ids."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    def legs(self) -> Iterator[Alike[LegRecord]]:
        """Legs to one place that end alike, in the order of the first of each."""
        keyed = (((leg.to, leg.outcome), leg, leg.id) for leg in self._assessment.legs)
        yield from _grouped(keyed)

    def questions(self) -> Iterator[Alike[QuestionRecord]]:
        """Questions that differ only in the recipient they name."""
        yield from _grouped(map(self._of_question, self._assessment.questions))

    def findings(self, findings: Iterable[FindingRecord]) -> Iterator[Alike[FindingRecord]]:
        """Findings of one rule that differ only in the recipient they name."""
        yield from _grouped(map(self._of_finding, findings))

    def _of_question(self, question: QuestionRecord) -> tuple[object, QuestionRecord, str | None]:
        base, dot, last = question.id.rpartition(".")
        leg = last if dot and last in self._names else None
        if leg is None:
            return question.id, question, None
        return (base, question.ask, self._unnamed(question.text, leg)), question, leg

    def _of_finding(self, finding: FindingRecord) -> tuple[object, FindingRecord, str | None]:
        texts = (self._unnamed(finding.question, finding.leg), self._unnamed(finding.because, finding.leg))
        grounds = tuple((ground.fact, ground.role) for ground in finding.grounds)
        return (finding.rule, finding.provision, finding.truth, texts, grounds), finding, finding.leg

    def _unnamed(self, text: str, leg: str) -> str:
        """A text with the name of its recipient taken out."""
        name = self._names.get(leg)
        return text.replace(name, "\0") if name else text

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {leg.id: leg.name for leg in self._assessment.legs}


def _grouped(keyed: Iterable[tuple[object, T, str | None]]) -> Iterator[Alike[T]]:
    """Those with equal keys together where they are more than ``SHOWN``, at the place of the first; all others where they stand."""
    listed = list(keyed)
    legs: dict[object, list[str]] = {}
    for key, _one, leg in listed:
        if leg is not None:
            legs.setdefault(key, []).append(leg)
    told_already: set[object] = set()
    for key, one, leg in listed:
        same = tuple(legs.get(key, ()))
        if len(same) <= SHOWN:
            yield Alike(one, (leg,) if leg is not None else ())
        elif key not in told_already:
            told_already.add(key)
            yield Alike(one, same)


def same_of_others(alike: Alike[T]) -> str:
    """The sentence after what is told of the first; nothing where there are no others."""
    if alike.others < 1:
        return ""
    return " " + told(_("The same of {number} other recipients: {ids}"), number=alike.others, ids=alike.sample)
