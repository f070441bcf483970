"""Every dated change about a place that can alter an answer, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from country_reports.access import Practice
from country_reports.adequacy_act import AdequacyAct
from country_reports.facts import Fact, FactKind, Origin, Period
from country_reports.hub import POLICE_ONLY, Hub, named_by_itself


class TurnKind(StrEnum):
    """What happens on the day."""

    SIGNS = "signs"
    RATIFIES = "ratifies"
    APPLIES = "applies"
    BEGINS = "begins"
    ENDS = "ends"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Turn:
    """One day on which something about a place changes.

    ``when`` is a day, or a month or year where no more is known; ``subject`` is what begins or ends;
    ``detail`` is its reason, where it has one; ``fact`` is what it rests on.
    """

    when: str
    kind: TurnKind
    subject: str
    detail: str | None
    fact: Fact


def history(hub: Hub, place: str) -> list[Turn]:
    """Everything dated about a place, in the order of days; what has no day is not told here.

    Raises:
        BadRecord: a record about the place cannot be read.
    """
    turns = [
        *_treaties(hub, place),
        *_groups(hub, place),
        *_findings(hub, place),
        *_regimes(hub, place),
        *_report(hub, place),
    ]
    return sorted(set(turns), key=lambda turn: (turn.when, turn.fact.id, turn.kind))


def _treaties(hub: Hub, place: str) -> Iterator[Turn]:
    for treaty_id in hub.treaty_ids:
        treaty, origins = hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place]
        if rows:
            yield from _ends(
                treaty.in_force.period, treaty.short, treaty.force_fact(Origin.SHIPPED), "entry into force"
            )
        for row in rows:
            fact = treaty.status_fact(row, origins[place])
            days = (
                (TurnKind.SIGNS, row.signed),
                (TurnKind.RATIFIES, row.ratified),
                (TurnKind.APPLIES, row.provisional_from),
            )
            yield from (Turn(day.isoformat(), kind, treaty.short, row.note, fact) for kind, day in days if day)
            yield from _ends(row.period, treaty.short, fact, row.note, row.note)


_FORCE = "entry into force of the treaty itself"


def _groups(hub: Hub, place: str) -> Iterator[Turn]:
    for group_id in hub.group_ids:
        group, origins = hub.group(group_id)
        for member in group.members:
            if member.place == place:
                yield from _ends(
                    member.period, group.name, group.member_fact(member, origins[place]), member.note, member.note
                )


def _findings(hub: Hub, place: str) -> Iterator[Turn]:
    own = hub.regimes_at(place)
    for issuer, name in hub.issuers.items():
        for act, origin in hub.acts(issuer):
            if own & {*act.usable_under}:
                continue
            for period in _joined(_listed(hub, act, place)):
                yield from _ends(period, f"{name}: {act.instrument}", act.fact(origin), at_end=act.ended_by)


def _listed(hub: Hub, act: AdequacyAct, place: str) -> Iterator[Period]:
    """When the act holds for the place: its own period, or as long as the place is in the class it names."""
    if place in act.destinations:
        yield act.period
    for name in act.destinations:
        kind, _, of = name.partition(":")
        if kind == "group":
            yield from _within(act.period, (one.period for one in hub.group(of)[0].members if one.place == place))
        elif kind == "treaty":
            rows = (row.period for row in hub.treaty(of)[0].status if row.place == place and row.valid_from)
            yield from _within(act.period, rows)
        elif kind == "findings":
            acts = [other for other, _ in hub.acts(of) if not {*other.usable_under} <= POLICE_ONLY]
            followed = [other for other in acts if named_by_itself(other) == other.destinations]
            held = (period for other in followed for period in _listed(hub, other, place))
            yield from _within(act.period, held)


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Periods that follow on one another without a gap as one: a renewal of what a class rests on changes nothing."""
    joined: list[Period] = []
    for period in sorted(periods, key=lambda one: one.valid_from or date.min):
        last = joined[-1] if joined else None
        if last is not None and (last.valid_to is None or (period.valid_from or date.min) <= last.valid_to):
            later = None if last.valid_to is None or period.valid_to is None else max(last.valid_to, period.valid_to)
            joined[-1] = Period(last.valid_from, later)
        else:
            joined.append(period)
    return joined


def _within(period: Period, others: Iterator[Period]) -> Iterator[Period]:
    """The parts of ``period`` that lie in one of the others."""
    for other in others:
        if period.overlaps(other):
            starts = [day for day in (period.valid_from, other.valid_from) if day is not None]
            ends = [day for day in (period.valid_to, other.valid_to) if day is not None]
            yield Period(max(starts, default=None), min(ends, default=None))


def _regimes(hub: Hub, place: str) -> Iterator[Turn]:
    regimes = hub.regimes_at(place)
    for binding, origin in hub.bindings:
        if binding.regime in regimes:
            yield from _ends(binding.period, f"exporters: {binding.name}", binding.fact(origin))


def _report(hub: Hub, place: str) -> Iterator[Turn]:
    found = hub.report(place)
    if found is None:
        return
    report, origins = found
    for law in report.access_laws:
        fact = law.fact(place, origins[law.id])
        yield from _ends(law.period, law.name, fact, at_end=law.sunset)
        yield from _practice(law.practice, fact)
    for rating in report.guarantees:
        subject = f"guarantee {rating.head}, {rating.area.replace('_', ' ')}: {rating.rating.replace('_', ' ')}"
        fact = rating.fact(place, origins[rating.id])
        yield from _ends(rating.period, subject, fact, rating.reasoning)
        yield from _practice(rating.practice, fact)
    for event in report.timeline:
        fact = event.as_fact(
            f"reports/{place.lower()}/timeline/{event.id}",
            FactKind.REPORT,
            event.event,
            origins.get(event.id, Origin.SHIPPED),
        )
        yield Turn(event.date, TurnKind.EVENT, event.event, None, fact)


def _practice(practice: Practice | None, carrier: Fact) -> Iterator[Turn]:
    """Days of a documented practice that differ from those of the rating or law it stands with."""
    if practice is not None:
        fact = practice.fact(carrier)
        yield from _ends(practice.period, fact.statement, fact, practice.text)


def _ends(
    period: Period, subject: str, fact: Fact, at_start: str | None = None, at_end: str | None = None
) -> Iterator[Turn]:
    """Both ends of a period, each with what is to be said of it."""
    if period.valid_from is not None:
        yield Turn(period.valid_from.isoformat(), TurnKind.BEGINS, subject, at_start, fact)
    if period.valid_to is not None:
        yield Turn(period.valid_to.isoformat(), TurnKind.ENDS, subject, at_end, fact)
