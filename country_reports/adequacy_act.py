"""Findings that a destination protects personal data well enough, one file per issuer."""

from __future__ import annotations

from enum import StrEnum

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Day, Record
from country_reports.sourced import RecordFile, Sourced


class Requirement(Record):
    """What must be true of the recipient. ``category`` is the legal category that answers it."""

    id: str
    text: str
    category: str


class Exclusion(Record):
    """What falls outside the finding: decisive where typed, else a point for the exporter to confirm."""

    id: str
    text: str
    importer_kinds: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()


class Review(Record):
    date: Day
    act: str
    result: str


class Litigation(Record):
    case: str
    date: Day
    outcome: str


class EndKind(StrEnum):
    ANNULLED = "annulled"
    INVALIDATED = "invalidated"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ACCESSION = "accession"


class AdequacyAct(Sourced):
    """One act. Where it expires by itself, ``valid_to`` is the day after its last day.

    ``destinations`` are places or ``group:<id>``. ``scheme`` names the certification that a recipient
    must hold. ``examined_access`` says that the act itself examined access by public authorities,
    so that its reasoning speaks for every transfer tool to that destination.
    """

    id: str
    type: str
    issuer: str
    usable_under: tuple[str, ...]
    destinations: tuple[str, ...]
    scheme: str | None = None
    requires: tuple[Requirement, ...] = ()
    excludes: tuple[Exclusion, ...] = ()
    not_established_for: tuple[str, ...] = ()
    examined_access: bool = False
    instrument: str
    citation: str | None = None
    adopted: Day | None = None
    ended_by: str | None = None
    ended_kind: EndKind | None = None
    date_precision: str | None = None
    list_complete: bool = True
    reviews: tuple[Review, ...] = ()
    litigation: tuple[Litigation, ...] = ()
    watch: tuple[str, ...] = ()
    note: str | None = None

    def fact(self, origin: Origin) -> Fact:
        return self.as_fact(f"adequacy/{self.id}", FactKind.ADEQUACY, self.instrument, origin)


class AdequacyFile(RecordFile):
    issuer: str
    name: str
    acts: tuple[AdequacyAct, ...]
