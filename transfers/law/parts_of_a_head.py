"""A guarantee looked at part by part: what the record and the route say of its sub-criteria, and what that makes of it.

Answers are heard only where the record leaves the head open and no study or ruling cited has found it not met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from country_reports.facts import Ground, Truth, all_of
from country_reports.guarantees import OF_HEAD, Criterion, Head, Rating, core_of, roll_up
from transfers.case import Case, Leg
from transfers.law.ratings import criterion_met, decisive, examined_by_adequacy, has_failed, weigh
from transfers.view import PlaceView, View, Weighed


@dataclass(frozen=True, slots=True)
class Parts:
    """One head for one leg. ``truth`` is what the record makes of it and ``deciding`` what of the record decides it.

    ``answers`` are those of the route that are heard.
    """

    head: Head
    truth: Truth
    deciding: tuple[Weighed, ...]
    answers: Mapping[Criterion, Truth]
    view: View

    @property
    def spoken_of(self) -> tuple[Criterion, ...]:
        """The sub-criteria that the deciding ratings judge, or the route answers, if only to say that they are open."""
        return tuple(one for one in OF_HEAD[self.head] if one in self.answers or self._judging(one))

    def truth_of(self, criterion: Criterion) -> Truth:
        """Whether it is met for every law that decides the head; an answer fills what the ratings leave open."""
        bearing = self._bearing(criterion)
        if not bearing:
            return self.answers.get(criterion, Truth.UNKNOWN)
        return all_of(*(~one.reach | self._value(criterion, one) for one in bearing))

    def rests_on_answer(self, criterion: Criterion) -> bool:
        """Whether the answer, and not the record, settles it."""
        bearing = self._bearing(criterion)
        on_file = all_of(*(~one.reach | self._recorded(criterion, one) for one in bearing))
        answered = criterion in self.answers and self.truth_of(criterion) is not Truth.UNKNOWN
        return answered and (on_file is Truth.UNKNOWN or not bearing)

    def grounds_of(self, criterion: Criterion) -> tuple[Ground, ...]:
        """The ratings behind it."""
        truth = self.truth_of(criterion)
        return tuple(
            one.ground
            for one in self._judging(criterion)
            if one.ground is not None and (~one.reach | self._recorded(criterion, one)) is truth
        )

    @property
    def head_truth(self) -> Truth:
        """What the parts make of the head, law by law."""
        return all_of(*(~one.reach | self._rolled_up(one) for one in self.deciding))

    @property
    def open_ones(self) -> tuple[Criterion, ...]:
        """Those whose answers the head still waits for: core ones, and others said to be in doubt; the worst rated first."""
        waiting = [
            criterion
            for criterion in OF_HEAD[self.head]
            if any(self._leaves_open(criterion, one) for one in self.deciding)
        ]
        return tuple(sorted(waiting, key=self._promise))

    def _rolled_up(self, one: Weighed) -> Truth:
        known = {criterion: self._value(criterion, one) for criterion in OF_HEAD[self.head]}
        core = core_of(self.head, one.bulk)
        doubted = [criterion for criterion in known if criterion not in core and self._in_doubt(criterion, one)]
        return roll_up(self.head, known | dict.fromkeys(doubted, Truth.NO), one.bulk)

    def _leaves_open(self, criterion: Criterion, one: Weighed) -> bool:
        if criterion in core_of(self.head, one.bulk):
            return self._value(criterion, one) is Truth.UNKNOWN
        return self._in_doubt(criterion, one)

    def _in_doubt(self, criterion: Criterion, one: Weighed) -> bool:
        """Open, and said to be so by the route, or rated as not met by us alone."""
        rated = one.rating.record.criteria.get(criterion) if one.rating is not None else None
        open_here = self._value(criterion, one) is Truth.UNKNOWN
        return open_here and (criterion in self.answers or rated is Rating.NOT_MET)

    def _value(self, criterion: Criterion, one: Weighed) -> Truth:
        recorded = self._recorded(criterion, one)
        return recorded if recorded is not Truth.UNKNOWN else self.answers.get(criterion, Truth.UNKNOWN)

    def _recorded(self, criterion: Criterion, one: Weighed) -> Truth:
        found = criterion_met(criterion, one.rating, self.view) if one.rating is not None else None
        return Truth.UNKNOWN if found is None else found

    def _judging(self, criterion: Criterion) -> list[Weighed]:
        """The deciding ratings that speak of it."""
        return [
            one
            for one in self.deciding
            if one.rating is not None and criterion_met(criterion, one.rating, self.view) is not None
        ]

    def _bearing(self, criterion: Criterion) -> list[Weighed]:
        """What it is asked of: where the head is settled, the ratings that judge it; else all that leaves the head open.

        Safeguards for bulk collection are asked of laws of bulk collection, and where a rating judges them.
        """
        judging = self._judging(criterion)
        if self.truth is not Truth.UNKNOWN:
            return judging
        return [one for one in self.deciding if criterion is not Criterion.B5 or one.bulk or one in judging]

    def _promise(self, criterion: Criterion) -> int:
        words = [one.rating.record.criteria[criterion] for one in self._judging(criterion) if one.rating is not None]
        return min((_WORST_FIRST.index(word) for word in words), default=len(_WORST_FIRST))


_WORST_FIRST = (Rating.NOT_MET, Rating.PARTLY, Rating.UNCLEAR, Rating.MET)


def parts_of(head: Head, case: Case, view: View, leg: Leg, place: PlaceView) -> Parts:
    """The parts of a head at a place for a leg; where a finding of adequacy speaks for it, there is nothing to look into."""
    truth, deciding = decisive(weigh(head, case, view, place, leg))
    if truth is not Truth.YES and examined_by_adequacy(view, place):
        return Parts(head, Truth.YES, (), {}, view)
    heard = truth is Truth.UNKNOWN and not has_failed(head, view, place)
    return Parts(head, truth, deciding, answered_in(head, case, leg) if heard else {}, view)


def answered_in(head: Head, case: Case, leg: Leg) -> dict[Criterion, Truth]:
    """The sub-criteria of a head of which the route speaks, be it to say that they are open."""
    ids = tuple(leg.criterion(f"edpb-02-2020:{criterion}") for criterion in OF_HEAD[head])
    told = dict(case.answered_among(ids))
    return {criterion: told[name] for criterion, name in zip(OF_HEAD[head], ids, strict=True) if name in told}


def nothing_said_against(head: Head, answers: Mapping[Criterion, Truth]) -> Truth:
    """A head as far as answers to its parts go, those of which nothing is said taken as met; one said to be open leaves it open."""
    core = core_of(head, bulk=True)
    open_ones = [part for part, answer in answers.items() if part not in core and answer is Truth.UNKNOWN]
    known = {**dict.fromkeys(OF_HEAD[head], Truth.YES), **answers, **dict.fromkeys(open_ones, Truth.NO)}
    return roll_up(head, known, bulk=True)
