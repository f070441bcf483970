"""What must be looked at again: facts older than their limit, and facts that nobody checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from country_reports.facts import FactKind, Verification
from country_reports.layout import Collection
from country_reports.ledger import Entry, entries_of
from country_reports.records import Record
from country_reports.reference import FreshnessFile, Limit


@dataclass(frozen=True, slots=True)
class Overdue:
    """A fact past its limit: how many days, and since which day its source was not looked at."""

    entry: Entry
    verified_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Due:
    """What the maintainer has to do: re-verify the overdue, worst first; verify the unchecked."""

    overdue: tuple[Overdue, ...]
    unverified: tuple[Entry, ...]


def due(collections: Iterable[Collection], day: date) -> Due:
    """Facts of these folders that a permission may no longer rest on by ``day``, and those that were never checked.

    Worst first: the share of its limit by which a fact is too old, so that a certification of two years
    stands before a treaty of eleven. Facts that have ended do not age.
    """
    files = [file for collection in collections for file in collection.files]
    limits = {kind: limit for file in files for kind, limit in _limits(file.record)}
    overdue: list[tuple[float, Overdue]] = []
    unverified: list[Entry] = []
    for file in files:
        for entry in entries_of(file.record):
            fact = entry.sourced
            if fact is None or entry.kind is None or (fact.valid_to is not None and fact.valid_to <= day):
                continue
            if fact.verification is Verification.UNVERIFIED:
                unverified.append(entry)
            elif fact.verified_on is not None and (limit := limits.get(entry.kind)) is not None:
                days = (day - fact.verified_on).days - limit.days
                if days > 0:
                    overdue.append((days / limit.days, Overdue(entry, fact.verified_on, days)))
    overdue.sort(key=lambda item: (-item[0], item[1].entry.id))
    return Due(tuple(item for _, item in overdue), tuple(unverified))


def _limits(record: Record) -> Iterable[tuple[FactKind, Limit]]:
    return record.limits.items() if isinstance(record, FreshnessFile) else ()
