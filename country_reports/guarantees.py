"""The four European Essential Guarantees, their sub-criteria, and how these make up a head (EDPB Recommendations 02/2020)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from country_reports.facts import Truth, all_of


class Head(StrEnum):
    """The four European Essential Guarantees (EDPB Recommendations 02/2020)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Criterion(StrEnum):
    """The sub-criteria of the four heads; each is asked in words in the catalogue of provisions."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"
    A8 = "A8"
    B1 = "B1"
    B2 = "B2"
    B3 = "B3"
    B4 = "B4"
    B5 = "B5"
    B6 = "B6"
    B7 = "B7"
    B8 = "B8"
    B9 = "B9"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"
    D6 = "D6"

    @property
    def head(self) -> Head:
        return Head(self.value[0])


class Rating(StrEnum):
    """Our reading of the evidence on one guarantee; ``partly`` and ``unclear`` never count as met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


_CORE = {
    Head.A: (Criterion.A1, Criterion.A2, Criterion.A7, Criterion.A8),
    Head.B: (Criterion.B2, Criterion.B3, Criterion.B4, Criterion.B6, Criterion.B9),
    Head.C: (Criterion.C1, Criterion.C3, Criterion.C4),
    Head.D: (Criterion.D1, Criterion.D2, Criterion.D5),
}


def core_of(head: Head, bulk: bool) -> tuple[Criterion, ...]:
    """The sub-criteria without which a head fails; B5 among them where data are collected in bulk."""
    return (*_CORE[head], Criterion.B5) if bulk and head is Head.B else _CORE[head]


OF_HEAD = {head: tuple(criterion for criterion in Criterion if criterion.head is head) for head in Head}
"""All sub-criteria of each head, in their order."""


def roll_up(head: Head, known: Mapping[Criterion, Truth], bulk: bool) -> Truth:
    """What the sub-criteria make of a head: every core one is needed, of C either C1 or both C3 and C4.

    One that is not known leaves the head open if it is core. Another one that is not met leaves the head open too.
    """

    def truth(criterion: Criterion) -> Truth:
        return known.get(criterion, Truth.UNKNOWN)

    core = core_of(head, bulk)
    either_way = truth(Criterion.C1) | (truth(Criterion.C3) & truth(Criterion.C4))
    found = either_way if head is Head.C else all_of(*(truth(criterion) for criterion in core))
    lacking = any(truth(criterion) is Truth.NO for criterion in OF_HEAD[head] if criterion not in core)
    return found & Truth.UNKNOWN if lacking else found
