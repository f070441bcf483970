"""Treaty status, one table per treaty: who is bound, who has ratified, and what the table cannot say."""

from collections.abc import Iterator

from country_reports.facts import Fact, FactKind, Origin, Period, stating
from country_reports.records import Day, Fault, Record
from country_reports.sourced import RecordFile, Sourced, overlaps


class TreatyStatus(Sourced):
    """One place's row. ``valid_from`` is the day the treaty took effect for it, not the ratification."""

    place: str
    signed: Day | None = None
    ratified: Day | None = None
    how: str | None = None
    provisional_from: Day | None = None
    note: str | None = None


class EntryIntoForce(Sourced):
    """When the treaty itself took effect; no ``valid_from`` means not yet."""

    text: str


class Total(Record):
    """What the depositary counts on a day, against the rows below: the check that no row is missing."""

    counted: int
    of: str
    as_of: Day


class Treaty(RecordFile, Sourced):
    """One treaty and the list of its rows as of ``total.as_of``.

    ``candidates`` are places whose row may be missing from ``candidates_from`` on: for them the
    answer is unknown, not no.
    """

    id: str
    title: str
    short: str
    opened: Day
    in_force: EntryIntoForce
    total: Total | None = None
    candidates: tuple[str, ...] = ()
    candidates_from: Day | None = None
    candidates_reason: str | None = None
    status: tuple[TreatyStatus, ...]

    def faults(self) -> Iterator[Fault]:
        """Days in the wrong order, a place with two rows, a Party to a treaty that is not in force."""
        yield from overlaps("status", ((row.place, row) for row in self.status))
        for number, row in enumerate(self.status):
            yield from (Fault(("status", number, field), message) for field, message in self._wrong_days(row))

    def _wrong_days(self, row: TreatyStatus) -> Iterator[tuple[str, str]]:
        if row.signed and row.ratified and row.ratified < row.signed:
            yield "ratified", f"{row.place} cannot ratify before it signs ({row.signed})"
        if row.ratified and row.valid_from and row.valid_from < row.ratified:
            yield "valid_from", f"{row.place} cannot be bound before it ratifies ({row.ratified})"
        if row.valid_from and self.in_force.valid_from is None:
            yield "valid_from", f"{row.place} cannot be bound: `in_force` says that the treaty is not in force"
        elif row.valid_from and self.in_force.valid_from and row.valid_from < self.in_force.valid_from:
            yield (
                "valid_from",
                f"{row.place} cannot be bound before the treaty is in force ({self.in_force.valid_from})",
            )

    def counts(self, row: TreatyStatus) -> bool:
        """Whether the row is one of those that the depositary's total counts."""
        ratifications = self.total is not None and self.total.of == "ratifications"
        return bool(row.ratified if ratifications else row.valid_from) and row.valid_to is None

    @property
    def listed(self) -> int:
        """How many rows of those that ``total`` counts stand below."""
        return sum(self.counts(row) for row in self.status)

    def table_fact(self, origin: Origin) -> Fact:
        """The table as a whole: what stands behind a "no"."""
        statement = stating("{treaty}: list of signatures and ratifications", treaty=self.short)
        return self.as_fact(f"treaties/{self.id}", FactKind.TREATY_TABLE, statement, origin, Period())

    def force_fact(self, origin: Origin) -> Fact:
        """Entry into force of the treaty as such."""
        statement = stating("{treaty}: {text}", treaty=self.short, text=self.in_force.text)
        return self.in_force.as_fact(f"treaties/{self.id}/in-force", FactKind.TREATY_TABLE, statement, origin)

    def status_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Being bound by the treaty."""
        statement = stating("{treaty}: {place} is a Party", treaty=self.short, place=row.place)
        return row.as_fact(f"treaties/{self.id}/{row.place.lower()}", FactKind.TREATY_STATUS, statement, origin)

    def ratification_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Having ratified, whether or not the treaty is in force."""
        statement = stating("{treaty}: {place} has ratified", treaty=self.short, place=row.place)
        return row.as_fact(
            f"treaties/{self.id}/{row.place.lower()}/ratified",
            FactKind.TREATY_STATUS,
            statement,
            origin,
            Period(row.ratified, row.valid_to),
        )

    def provisional_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Applying the treaty provisionally before its entry into force."""
        statement = stating("{treaty}: {place} applies it provisionally", treaty=self.short, place=row.place)
        return row.as_fact(
            f"treaties/{self.id}/{row.place.lower()}/provisional",
            FactKind.TREATY_STATUS,
            statement,
            origin,
            Period(row.provisional_from, row.valid_to),
        )
