"""A clause set: who may use it, in which roles, for contracts of which days."""

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Day, Record
from country_reports.sourced import RecordFile, Sourced


class Module(Record):
    """One text of the set for one pair of roles. ``id`` is the last part of the tool id."""

    id: str
    name: str
    exporter_roles: tuple[str, ...]
    importer_roles: tuple[str, ...]
    onward_clause: str | None = None
    note: str | None = None


class ClauseSet(RecordFile, Sourced):
    """A set as issued. It can be relied on within its period; ``concludable_until`` is the first day
    on which no new contract can be made on it (none: still open).

    ``regimes`` are the exporter regimes whose transfer tool it is. ``covers_importers_under_regime``
    says whether it is written for importers that the exporter's law binds directly.
    """

    id: str
    name: str
    short: str
    issuer: str
    instrument: str
    adopted: Day | None = None
    regimes: tuple[str, ...]
    concludable_until: Day | None = None
    covers_importers_under_regime: str = "unknown"
    covers_organisations: str = "unknown"
    suits_public_authorities: str = "unknown"
    third_party_rights: str = "unknown"
    assessment_clause: str | None = None
    adaptation_of: str | None = None
    filing: str | None = None
    modules: tuple[Module, ...]
    note: str | None = None

    def fact(self, origin: Origin) -> Fact:
        return self.as_fact(f"clauses/{self.id}", FactKind.CLAUSE_SET, self.instrument, origin)
