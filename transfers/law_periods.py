"""Law periods: the intervals between two days on which an answer about some places can change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clauses.library import Library, Tool
from country_reports.access import AccessLaw, Guarantee
from country_reports.adequacy_act import AdequacyAct
from country_reports.facts import Fact, Origin
from country_reports.hub import Hub
from country_reports.regime import Regime

TREATIES = ("cets-108", "cets-181", "cets-223")


@dataclass(frozen=True, slots=True)
class Concerned:
    """What an answer turns on: places, those of them where the data are ``reached`` by access laws, whose findings of adequacy
    count, the ``laws`` of the exporter that are judged from their records, and the clause ``tools`` looked at besides those of
    these laws.
    """

    places: frozenset[str]
    reached: frozenset[str]
    issuers: frozenset[str]
    laws: frozenset[str]
    tools: frozenset[str]


class LawPeriods:
    """Numbers the law periods of a set of places; equal numbers have equal facts."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub = hub
        self._library = library
        self._boundaries: dict[Concerned, tuple[date, ...]] = {}

    def number(self, concerned: Concerned, day: date) -> int:
        """How many changes about these places and laws lie on or before the day."""
        if concerned not in self._boundaries:
            self._boundaries[concerned] = tuple(sorted(set(self._changes(concerned))))
        return bisect_right(self._boundaries[concerned], day)

    def _changes(self, concerned: Concerned) -> Iterator[date]:
        """Ends of periods, days on which a fact becomes too old, days on which its status was seen."""
        yield from self._ends_of_lists(concerned)
        for record in self._records(concerned):
            days = (
                record.gateways_since,
                *(day for gateway in record.gateways for day in (gateway.since, gateway.until)),
            )
            yield from (day for day in days if day is not None)
        for tool in self._tools(concerned):
            yield from (day for part in tool.parts for day in part.days_of_change)
        for fact in self._facts(concerned):
            yield from fact.period.boundaries
            if fact.verified_on is not None:
                yield fact.verified_on
                yield fact.verified_on + timedelta(days=self._hub.freshness[fact.kind].days + 1)

    def _ends_of_lists(self, concerned: Concerned) -> Iterator[date]:
        """Whether a law's list of findings is whole turns on every finding in it, whatever place it names."""
        for issuer in sorted(concerned.issuers):
            for act, _ in self._hub.acts(issuer):
                if concerned.laws & {*act.usable_under}:
                    yield from act.period.boundaries

    def _records(self, concerned: Concerned) -> Iterator[Regime]:
        """The laws that are judged from their records."""
        found = (self._hub.regime(law) for law in sorted(concerned.laws))
        return (record for record in found if record is not None)

    def _facts(self, concerned: Concerned) -> Iterator[Fact]:
        places, reached = concerned.places, concerned.reached
        acts = [found for issuer in sorted(concerned.issuers) for found in self._hub.acts(issuer)]
        for treaty_id in TREATIES:
            yield from self._treaty_facts(treaty_id, places)
        for group_id in sorted(self._groups(concerned, [act for act, _ in acts])):
            yield from self._group_facts(group_id, places)
        yield from (act.fact(origin) for act, origin in acts if _concerns(act.destinations, places))
        yield from (binding.fact(origin) for binding, origin in self._hub.bindings)
        yield from (basis.fact(origin) for basis, origin in self._hub.lawful_bases)
        for law in sorted(concerned.laws):
            recorded = self._hub.regime_from(law)
            if recorded is not None:
                yield recorded[0].fact(recorded[1])
        yield from self._report_facts(reached)
        yield from (part.fact(tool.origin) for tool in self._tools(concerned) for part in tool.parts)

    def _groups(self, concerned: Concerned, acts: Iterable[AdequacyAct]) -> set[str]:
        """Every group that an answer about these places may ask for."""
        named = [name for act in acts for name in act.destinations]
        named += [name for binding, _ in self._hub.bindings for name in binding.places]
        named += [name for record in self._records(concerned) for name in record.area]
        reports = [found[0] for place in concerned.reached if (found := self._hub.access_report(place)) is not None]
        origins = {
            rating.origin_in.group for report in reports for rating in report.guarantees if rating.origin_in is not None
        }
        return {"gdpr_area", *origins, *(name.removeprefix("group:") for name in named if name.startswith("group:"))}

    def _tools(self, concerned: Concerned) -> Iterator[Tool]:
        """These tools, and those of the laws."""
        names = {tool for tool in concerned.tools if self._library.known(tool)}
        names.update(*(self._library.serving(record) for record in self._records(concerned)))
        yield from map(self._library.tool, sorted(names))

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
