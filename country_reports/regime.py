"""Exporter regimes: whose law it is, since when, and which gateways it opens."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Fault, Record
from country_reports.sourced import RecordFile, Sourced, repeated


class Binding(Sourced):
    """Whom a regime binds: exporters in these places (or ``group:<id>``) of these kinds.

    ``implements`` names the treaty whose transfer rules this regime carries into law for them;
    ``adequacy_by`` the issuers whose findings a transfer under it may rest on.
    """

    regime: str
    name: str
    legal_basis: str
    places: tuple[str, ...]
    exporter_kinds: tuple[str, ...]
    implements: tuple[str, ...] = ()
    adequacy_by: tuple[str, ...] = ()
    note: str | None = None

    def fact(self, origin: Origin) -> Fact:
        return self.as_fact(
            f"regimes/{self.regime}", FactKind.EXPORTER_REGIME, f"{self.name} ({self.legal_basis})", origin
        )


class BindingsFile(RecordFile):
    regimes: tuple[Binding, ...]

    def faults(self) -> Iterator[Fault]:
        """A regime with two rows."""
        yield from repeated(("regimes",), (binding.regime for binding in self.regimes), "regime")


class Filing(Record):
    needed: str
    what: str | None = None
    to: str | None = None
    deadline: str | None = None


class Gateway(Record):
    """One way out that the regime gives, in the order in which the regime tries them."""

    id: str
    provision: str
    kind: str
    conditions: tuple[str, ...]
    impact_assessment: str | None = None
    filing: Filing | None = None
    pattern: str | None = None
    coe108plus: str | None = None
    note: str | None = None


class Regime(Sourced):
    """The regime itself, as a reader of the hub sees it."""

    id: str
    name: str
    binds: str
    depth: str
    confidence: str
    baseline: tuple[str, ...] = ()
    gateways: tuple[Gateway, ...]
    other_sources: tuple[str, ...] = ()
    note: str | None = None

    def faults(self) -> Iterator[Fault]:
        """Two gateways of one id."""
        yield from repeated(("gateways",), (gateway.id for gateway in self.gateways))
