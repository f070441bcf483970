"""The country report that a reader sees: everything on file about one place, joined, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from country_reports.access import AccessReport
from country_reports.facts import Ground, Standing, Truth
from country_reports.hub import ActOnDay, BindingOnDay, Hub, HubOnDay, OnDay, RatedGuarantee, RatedLaw
from country_reports.outlook import NoneFound, Outlook, Prospect
from country_reports.places import Place
from country_reports.records import BadRecord, Problem
from country_reports.regime import Regime
from country_reports.report import CountryReport
from country_reports.treaty import Treaty, TreatyStatus


class Depth(StrEnum):
    """How far a place was researched."""

    FULL = "full"
    EXPORTER = "exporter"
    BASELINE = "baseline"


class Bond(StrEnum):
    """Where a place stands towards a treaty on a day."""

    PARTY = "party"
    PROVISIONAL = "provisional"
    RATIFIED = "ratified"
    SIGNED = "signed"
    LEFT = "left"
    NONE = "none"
    NOT_ESTABLISHED = "not_established"


@dataclass(frozen=True, slots=True)
class TreatyOnDay:
    """A treaty, the place's row if it has one, and where it stands on the day."""

    treaty: Treaty
    row: TreatyStatus | None
    bond: Bond
    ground: Ground


@dataclass(frozen=True, slots=True)
class GroupOnDay:
    """A group that the place is, was or will be in."""

    name: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class LawOfExporters:
    """A regime that binds exporters there on the day, with its gateways where they were researched."""

    binding: BindingOnDay
    regime: Regime | None


@dataclass(frozen=True, slots=True)
class Country:
    """All that is on file about a place, resolved as of ``day``."""

    place: Place
    day: date
    depth: Depth
    treaties: tuple[TreatyOnDay, ...]
    groups: tuple[GroupOnDay, ...]
    findings: tuple[ActOnDay, ...]
    issuers: dict[str, str]
    prospects: tuple[Prospect, ...]
    none_found: tuple[NoneFound, ...]
    laws_of_exporters: tuple[LawOfExporters, ...]
    report: CountryReport | None
    access_laws: tuple[RatedLaw, ...]
    guarantees: tuple[RatedGuarantee, ...]
    problems: tuple[Problem, ...]

    @property
    def grounds(self) -> Iterator[Ground]:
        """Every fact in this report that has a place in the engine, as of the day."""
        yield from (one.ground for one in self.treaties)
        yield from (one.ground for one in self.groups)
        yield from (one.ground for one in self.findings)
        yield from (one.binding.ground for one in self.laws_of_exporters)
        on_access: tuple[OnDay, ...] = (*self.access_laws, *self.guarantees)
        for recorded in on_access:
            yield recorded.ground
            if recorded.practice is not None:
                yield recorded.practice


def country(hub: Hub, place: str, day: date) -> Country:
    """The report on a place. Records that cannot be read are left out and told in ``problems``.

    Raises:
        BadRecord: the list of places itself cannot be read.
    """
    return _Joining(hub, hub.places[place], day).joined()


def depth_of(hub: Hub, place: str) -> Depth:
    """How far a place was researched."""
    found = hub.access_report(place)
    return _depth(found[0] if found is not None else None)


def _depth(report: AccessReport | None) -> Depth:
    if report is None or not (report.is_full or report.is_begun):
        return Depth.BASELINE
    return Depth.FULL if report.is_full else Depth.EXPORTER


class _Joining:
    """Asks the hub chapter by chapter and keeps what went wrong."""

    def __init__(self, hub: Hub, place: Place, day: date) -> None:
        self.hub = hub
        self.place = place
        self.on: HubOnDay = hub.on(day)
        self.problems: list[Problem] = []

    def joined(self) -> Country:
        report = self._report()
        outlook = self._outlook()
        return Country(
            place=self.place,
            day=self.on.day,
            depth=_depth(report),
            treaties=tuple(self._treaties()),
            groups=tuple(self._groups()),
            findings=tuple(self._findings()),
            issuers=self._issuers(),
            prospects=tuple(one for one in outlook.under_way if self.place.id in one.places),
            none_found=tuple(one for one in outlook.none_found if one.exporter == self.place.id),
            laws_of_exporters=tuple(self._laws_of_exporters()),
            report=report,
            access_laws=self.on.access_laws(self.place.id) if report is not None else (),
            guarantees=self.on.guarantees(self.place.id) if report is not None else (),
            problems=tuple(self.problems),
        )

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """A file that cannot be read is told once and left out."""
        try:
            yield
        except BadRecord as error:
            self.problems += [problem for problem in error.problems if problem not in self.problems]

    def _report(self) -> CountryReport | None:
        with self._telling():
            found = self.hub.report(self.place.id)
            return found[0] if found is not None else None
        return None

    def _outlook(self) -> Outlook:
        with self._telling():
            return self.hub.outlook
        return Outlook()

    def _treaties(self) -> Iterator[TreatyOnDay]:
        for treaty_id in self.hub.treaty_ids:
            with self._telling():
                yield treaty_on_day(self.on, self.hub, self.place.id, treaty_id)

    def _groups(self) -> Iterator[GroupOnDay]:
        for group_id in self.hub.group_ids:
            with self._telling():
                group, origins = self.hub.group(group_id)
                for member in group.members:
                    if member.place == self.place.id:
                        yield GroupOnDay(group.name, self.on.ground(group.member_fact(member, origins[member.place])))

    def _findings(self) -> Iterator[ActOnDay]:
        """Findings that others made about the place: a rule of its own law says nothing about it."""
        own = self._own_regimes()
        for issuer in self._issuers():
            with self._telling():
                acts = self.on.adequacy(self.place.id, (issuer,))
                yield from (act for act in acts if not own & {*act.record.usable_under})

    def _own_regimes(self) -> frozenset[str]:
        with self._telling():
            return self.hub.regimes_at(self.place.id)
        return frozenset()

    def _issuers(self) -> dict[str, str]:
        with self._telling():
            return self.hub.issuers
        return {}

    def _laws_of_exporters(self) -> Iterator[LawOfExporters]:
        bindings: tuple[BindingOnDay, ...] = ()
        with self._telling():
            bindings = self.on.regimes_of(self.place.id)
        for binding in bindings:
            regime: Regime | None = None
            with self._telling():
                regime = self.hub.regime(binding.record.regime)
            yield LawOfExporters(binding, regime)


def treaty_on_day(on: HubOnDay, hub: Hub, place: str, treaty_id: str) -> TreatyOnDay:
    """Where a place stands towards one treaty.

    Raises:
        KeyError: no such table.
        BadRecord: the table cannot be read.
    """
    treaty, origins = hub.treaty(treaty_id)
    row = next((one for one in treaty.status if one.place == place), None)
    bound, ratified = on.party(place, treaty_id), on.ratified(place, treaty_id)
    provisional = on.applies_provisionally(place, treaty_id)
    bond = _bond(row, on.day, bound, ratified, provisional)
    standing = {Bond.PARTY: bound, Bond.PROVISIONAL: provisional, Bond.RATIFIED: ratified}.get(bond, bound)
    ground = standing.grounds[0]
    if row is not None and bond in (Bond.SIGNED, Bond.LEFT):
        ground = on.ground(treaty.status_fact(row, origins[place]))
    return TreatyOnDay(treaty, row, bond, ground)


def _bond(row: TreatyStatus | None, day: date, bound: Standing, ratified: Standing, provisional: Standing) -> Bond:
    if bound.truth is Truth.YES:
        return Bond.PARTY
    if provisional.truth is Truth.YES:
        return Bond.PROVISIONAL
    if ratified.truth is Truth.YES:
        return Bond.RATIFIED
    if row is not None and row.valid_to is not None and day >= row.valid_to:
        return Bond.LEFT
    if Truth.UNKNOWN in (bound.truth, ratified.truth):
        return Bond.NOT_ESTABLISHED
    return Bond.SIGNED if row is not None and row.signed is not None and row.signed <= day else Bond.NONE
