"""Law periods: the intervals between two days on which an answer about some places can change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from clauses.library import Library
from country_reports.access import AccessLaw, Guarantee
from country_reports.adequacy_act import AdequacyAct
from country_reports.facts import Fact, Origin
from country_reports.hub import Hub

TREATIES = ("cets-108", "cets-181", "cets-223")


class LawPeriods:
    """Numbers the law periods of a set of places; equal numbers have equal facts."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub = hub
        self._library = library
        self._boundaries: dict[tuple[frozenset[str], ...], tuple[date, ...]] = {}

    def number(self, places: frozenset[str], reached: frozenset[str], issuers: frozenset[str], day: date) -> int:
        """How many changes about these places lie on or before the day.

        Findings of these issuers count, and the access laws of the places where the data are ``reached``.
        """
        key = (places, reached, issuers)
        if key not in self._boundaries:
            self._boundaries[key] = tuple(sorted(set(self._changes(places, reached, issuers))))
        return bisect_right(self._boundaries[key], day)

    def _changes(self, places: frozenset[str], reached: frozenset[str], issuers: frozenset[str]) -> Iterator[date]:
        """Ends of periods, days on which a fact becomes too old, days on which its status was seen."""
        for fact in self._facts(places, reached, issuers):
            yield from fact.period.boundaries
            if fact.verified_on is not None:
                yield fact.verified_on
                yield fact.verified_on + timedelta(days=self._hub.freshness[fact.kind].days + 1)

    def _facts(self, places: frozenset[str], reached: frozenset[str], issuers: frozenset[str]) -> Iterator[Fact]:
        acts = [found for issuer in sorted(issuers) for found in self._hub.acts(issuer)]
        for treaty_id in TREATIES:
            yield from self._treaty_facts(treaty_id, places)
        for group_id in sorted(self._groups(reached, [act for act, _ in acts])):
            yield from self._group_facts(group_id, places)
        yield from (act.fact(origin) for act, origin in acts if _concerns(act.destinations, places))
        yield from (binding.fact(origin) for binding, origin in self._hub.bindings)
        yield from (basis.fact(origin) for basis, origin in self._hub.lawful_bases)
        yield from self._report_facts(reached)
        yield from (clause_set.fact(origin) for clause_set, origin in self._library.sets())

    def _groups(self, reached: frozenset[str], acts: Iterable[AdequacyAct]) -> set[str]:
        """Every group that an answer about these places may ask for."""
        named = [name for act in acts for name in act.destinations]
        named += [name for binding, _ in self._hub.bindings for name in binding.places]
        reports = [found[0] for place in reached if (found := self._hub.access_report(place)) is not None]
        origins = {
            rating.origin_in.group for report in reports for rating in report.guarantees if rating.origin_in is not None
        }
        return {"gdpr_area", *origins, *(name.removeprefix("group:") for name in named if name.startswith("group:"))}

    def _treaty_facts(self, treaty_id: str, places: frozenset[str]) -> Iterator[Fact]:
        treaty, origins = self._hub.treaty(treaty_id)
        table = treaty.table_fact(Origin.SHIPPED)
        yield from (table, treaty.force_fact(Origin.SHIPPED))
        if treaty.candidates_from is not None:
            yield replace(table, period=replace(table.period, valid_from=treaty.candidates_from))
        for row in (row for row in treaty.status if row.place in places):
            yield treaty.status_fact(row, origins[row.place])
            yield treaty.ratification_fact(row, origins[row.place])
            yield treaty.provisional_fact(row, origins[row.place])

    def _group_facts(self, group_id: str, places: frozenset[str]) -> Iterator[Fact]:
        group, origins = self._hub.group(group_id)
        yield group.list_fact(Origin.SHIPPED)
        yield from (
            group.member_fact(member, origins[member.place]) for member in group.members if member.place in places
        )

    def _report_facts(self, reached: frozenset[str]) -> Iterator[Fact]:
        for place in sorted(reached):
            found = self._hub.access_report(place)
            if found is not None:
                report, origins = found
                on_access: tuple[Guarantee | AccessLaw, ...] = (*report.guarantees, *report.access_laws)
                for record in on_access:
                    fact = record.fact(place, origins[record.id])
                    yield fact
                    if record.practice is not None:
                        yield record.practice.fact(fact)


def _concerns(destinations: Iterable[str], places: frozenset[str]) -> bool:
    """A finding about one of the places, or about a class of places that may hold one."""
    return any(name in places or ":" in name for name in destinations)
