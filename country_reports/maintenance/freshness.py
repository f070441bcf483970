"""What must be looked at again: facts older than their limit, and facts that nobody checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from country_reports.facts import FactKind, Verification
from country_reports.hub import FreshnessFile, Limit
from country_reports.layout import Collection
from country_reports.ledger import Entry, entries_of
from country_reports.records import Problem, problem_at


@dataclass(frozen=True, slots=True)
class Overdue:
    """A fact past its limit: how many days, and since which day its source was not looked at."""

    entry: Entry
    verified_on: date
    days: int
    path: Path


@dataclass(frozen=True, slots=True)
class Due:
    """What the maintainer has to do: re-verify the overdue, worst first; verify the unchecked."""

    overdue: tuple[Overdue, ...]
    unverified: tuple[tuple[Entry, Path], ...]


def due(collection: Collection, day: date) -> Due:
    """Facts of a folder that a permission may no longer rest on by ``day``, and those that were never checked.

    Worst first: the share of its limit by which a fact is too old, so that a certification of two years
    stands before a treaty of eleven. Facts that have ended do not age.
    """
    limits = _limits(collection)
    overdue: list[tuple[float, Overdue]] = []
    unverified: list[tuple[Entry, Path]] = []
    for file in collection.files:
        for entry in entries_of(file):
            fact = entry.sourced
            if fact is None or entry.kind is None or (fact.valid_to is not None and fact.valid_to <= day):
                continue
            if fact.verification is Verification.UNVERIFIED:
                unverified.append((entry, file.path))
            elif fact.verified_on is not None and (limit := limits.get(entry.kind)) is not None:
                days = (day - fact.verified_on).days - limit.days
                if days > 0:
                    overdue.append((days / limit.days, Overdue(entry, fact.verified_on, days, file.path)))
    overdue.sort(key=lambda item: (-item[0], item[1].entry.id))
    return Due(tuple(item for _, item in overdue), tuple(unverified))


def where(item: Overdue) -> Problem:
    """The line of an overdue fact."""
    return problem_at(item.path, item.entry.location, "")


def _limits(collection: Collection) -> dict[FactKind, Limit]:
    limits: dict[FactKind, Limit] = {}
    for file in collection.files:
        if isinstance(file.record, FreshnessFile):
            limits |= file.record.limits
    return limits
