"""A clause set: who may use it, in which roles, for contracts of which days. What stands in it is in ``in_full``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

from pydantic import ConfigDict

from clauses.parts import NEVER_USABLE, Demand, Kind, Module, PartsRead, SetFiling, Status
from country_reports.facts import Fact, FactKind, Origin, Role, Truth
from country_reports.records import Answer, Day, Fault
from country_reports.sourced import RecordFile, Sourced, repeated


class ClauseSet(RecordFile, Sourced):
    """A set as issued, as far as an assessment reads it. It can be relied on within its period; ``concludable_until`` is the
    first day on which no new contract can be made on it (none: still open).

    ``regimes`` are the laws of exporters that it serves, as ``regimes_not_on_file`` are where no record of ours holds them.
    ``transfer_tool`` is no where it gives no safeguard for a transfer, ``relied_on_as`` what a route names instead where the
    set is no clauses. ``covers_importers_under_regime``: is it written for importers that the exporter's law binds directly? None: it is not known
    to turn on that.
    ``official_form_only``: the official form itself must be signed, whole and as it stands.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    id: str
    name: str
    short: str
    kind: Kind
    status: Status
    status_note: str | None = None
    issuer: str
    instrument: str
    adopted: Day | None = None
    regimes: tuple[str, ...] = ()
    regimes_not_on_file: dict[str, str] = {}
    transfer_tool: Answer = Truth.YES
    relied_on_as: tuple[str, ...] = ()
    adaptation_of: str | None = None
    concludable_until: Day | None = None
    covers_importers_under_regime: Answer | None = None
    covers_organisations: Answer = Truth.UNKNOWN
    suits_public_authorities: Answer = Truth.UNKNOWN
    third_party_rights: Answer = Truth.UNKNOWN
    official_form_only: bool = False
    modules: tuple[Module, ...] = ()
    demands: tuple[Demand, ...] = ()
    filings: tuple[SetFiling, ...] = ()
    clauses_read: PartsRead | None = None
    note: str | None = None

    @property
    def is_clauses(self) -> bool:
        """Whether it is a text that parties to a transfer sign, by itself or joined to another set."""
        written = self.kind in (Kind.CLAUSE_SET, Kind.ADDENDUM, Kind.ADAPTATION)
        return written and self.transfer_tool is Truth.YES and self.status not in NEVER_USABLE

    @property
    def numbers_verified(self) -> bool:
        """Whether the numbers of its clauses were read in the text itself, so that they may be printed."""
        return self.clauses_read is not None and self.clauses_read.numbers_verified

    def role_on(self, day: date) -> Role:
        """Whether it may support anything on the day; what was only announced or drafted never does."""
        return Role.NOT_YET if self.status in NEVER_USABLE else self.period.role_on(day)

    def open_on(self, day: date) -> bool:
        """Whether a new contract can be made on it that day."""
        closed = self.concludable_until is not None and self.concludable_until <= day
        return self.is_clauses and not closed and self.role_on(day) is Role.SUPPORTS

    def demands_on(self, day: date) -> tuple[Demand, ...]:
        """What it asks of the parties on the day."""
        return tuple(demand for demand in self.demands if demand.stands_on(day))

    def with_demands_of(self, day: date) -> Self:
        """The set with those of its demands that stand on the day."""
        standing = self.demands_on(day)
        return self if standing == self.demands else self.model_copy(update={"demands": standing})

    @property
    def days_of_change(self) -> Iterator[date]:
        """Days within its period on which it closes to new contracts, or a demand begins or ends."""
        days = (self.concludable_until, *(day for one in self.demands for day in (one.since, one.until)))
        return (day for day in days if day is not None)

    def filing_under(self, regime: str) -> SetFiling | None:
        """What must be filed where an exporter under this law relies on it; None where that is not on file."""
        return next((one for one in self.filings if not one.under or regime in one.under), None)

    def fact(self, origin: Origin) -> Fact:
        return self.as_fact(f"clauses/{self.id}", FactKind.CLAUSE_SET, self.instrument, origin)

    def faults(self) -> Iterator[Fault]:
        """Ids used twice, modules that are not there, a set that is usable with no first day, filings for laws it does not serve."""
        yield from repeated(("modules",), (module.id for module in self.modules))
        yield from repeated(("demands",), (demand.id for demand in self.demands))
        yield from self._faults_of_modules()
        yield from self._faults_of_its_days()
        for field in ("filings", "demands"):
            for number, part in enumerate(getattr(self, field)):
                for regime in sorted({*part.under} - {*self.regimes}):
                    yield Fault((field, number, "under"), f"{regime!r} is none of the `regimes` that this set serves")
        if (self.adaptation_of is None) == (self.kind in (Kind.ADDENDUM, Kind.ADAPTATION)):
            message = "an addendum or adaptation, and no other record, names the set that it is joined to"
            yield Fault(("adaptation_of",), message)

    def _faults_of_modules(self) -> Iterator[Fault]:
        for number, module in enumerate(self.modules):
            for field in ("exporter_roles", "importer_roles"):
                if not getattr(module, field):
                    yield Fault(
                        ("modules", number, field), "a module is for somebody: name the roles it is written for"
                    )
        for number, demand in enumerate(self.demands):
            yield from self.unknown_modules(("demands", number, "modules"), demand.modules)

    def _faults_of_its_days(self) -> Iterator[Fault]:
        if self.is_clauses and self.valid_from is None and (self.modules or self.adaptation_of is not None):
            yield Fault(("valid_from",), "clauses that can be signed need the first day on which they could be")
        if self.status in NEVER_USABLE and self.valid_from is not None:
            yield Fault(
                ("valid_from",), f"what is {self.status.replace('_', ' ')} was never in force; leave the day out"
            )
        if self.status is Status.REPEALED and self.valid_to is None:
            yield Fault(("valid_to",), "a set that is repealed has a first day on which nothing rests on it any more")

    def unknown_modules(self, location: tuple[int | str, ...], named: Iterable[str]) -> Iterator[Fault]:
        """Modules that a part names and the set does not have; those of an addendum are its base's."""
        if self.adaptation_of is not None:
            return
        known = [module.id for module in self.modules]
        for name in sorted({*named} - {*known}):
            yield Fault(location, f"{name!r} is no module of this set. Its modules: {', '.join(known) or 'none'}")
