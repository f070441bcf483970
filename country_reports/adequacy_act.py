"""Findings that a destination protects personal data well enough, one file per issuer."""

from collections.abc import Iterator
from enum import StrEnum

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Day, Fault, Record
from country_reports.sourced import RecordFile, Sourced, repeated


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

    ``destinations`` are places, ``group:<id>``, ``treaty:<id>`` (its Parties on the day) or
    ``findings:<issuer>`` (whoever has a finding of that issuer on the day, within its limits).
    ``believed`` are places thought to be listed but not seen on the list: they never count.
    ``duties`` are what the exporter must still do when it relies on the act. ``scheme`` names the certification that a recipient
    must hold, ``presupposes`` those without which that one does not last. ``examined_access`` says that the act itself examined access by public authorities,
    so that its reasoning speaks for every transfer tool to that destination.
    """

    id: str
    type: str
    issuer: str
    usable_under: tuple[str, ...]
    destinations: tuple[str, ...]
    scheme: str | None = None
    presupposes: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    excludes: tuple[Exclusion, ...] = ()
    duties: tuple[str, ...] = ()
    believed: tuple[str, ...] = ()
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

    def faults(self) -> Iterator[Fault]:
        """Two findings for one place, regime and scheme on one day; an end without its reason."""
        yield from repeated(("acts",), (act.id for act in self.acts))
        for number, act in enumerate(self.acts):
            if act.issuer != self.issuer:
                yield Fault(("acts", number, "issuer"), f"this file holds the findings of {self.issuer!r}")
            if act.adopted and act.valid_from and act.valid_from < act.adopted:
                yield Fault(
                    ("acts", number, "valid_from"), f"cannot carry a transfer before it is adopted ({act.adopted})"
                )
            if act.ended_kind is not None and act.valid_to is None:
                yield Fault(("acts", number, "ended_kind"), "the finding has ended: say in `valid_to` since which day")
            yield from self._held_twice(number, act)

    def _held_twice(self, number: int, act: AdequacyAct) -> Iterator[Fault]:
        for earlier in self.acts[:number]:
            shared = {*act.destinations} & {*earlier.destinations}
            same = shared and {*act.usable_under} & {*earlier.usable_under} and act.scheme == earlier.scheme
            if same and act.period.overlaps(earlier.period):
                message = f"{earlier.id} covers {', '.join(sorted(shared))} under the same regime on the same days; end one of them"
                yield Fault(("acts", number, "destinations"), message)
