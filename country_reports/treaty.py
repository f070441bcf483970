"""Treaty status, one table per treaty: who is bound, who has ratified, and what the table cannot say."""

from __future__ import annotations

from country_reports.facts import Fact, FactKind, Origin, Period
from country_reports.records import Day, Record
from country_reports.sourced import RecordFile, Sourced


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
    """What the depositary counts, against the rows below: the check that no row is missing."""

    counted: int
    listed: int
    of: str


class Treaty(RecordFile, Sourced):
    """One treaty and the complete list of its rows as of ``verified_on``.

    ``candidates`` are places whose row may be missing from ``candidates_from`` on: for them the
    answer is unknown, not no.
    """

    id: str
    title: str
    short: str
    opened: Day
    in_force: EntryIntoForce
    total: Total
    candidates: tuple[str, ...] = ()
    candidates_from: Day | None = None
    candidates_reason: str | None = None
    status: tuple[TreatyStatus, ...]

    def table_fact(self, origin: Origin) -> Fact:
        """The table as a whole: what stands behind a "no"."""
        statement = f"{self.short}: complete list of {self.total.of} ({self.total.listed} of {self.total.counted})"
        return self.as_fact(f"treaties/{self.id}", FactKind.TREATY_TABLE, statement, origin, Period())

    def force_fact(self, origin: Origin) -> Fact:
        """Entry into force of the treaty as such."""
        return self.in_force.as_fact(
            f"treaties/{self.id}/in-force", FactKind.TREATY_TABLE, f"{self.short}: {self.in_force.text}", origin
        )

    def status_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Being bound by the treaty."""
        statement = f"{self.short}: {row.place} is a Party"
        return row.as_fact(f"treaties/{self.id}/{row.place.lower()}", FactKind.TREATY_STATUS, statement, origin)

    def ratification_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Having ratified, whether or not the treaty is in force."""
        statement = f"{self.short}: {row.place} has ratified"
        return row.as_fact(
            f"treaties/{self.id}/{row.place.lower()}/ratified",
            FactKind.TREATY_STATUS,
            statement,
            origin,
            Period(row.ratified, row.valid_to),
        )

    def provisional_fact(self, row: TreatyStatus, origin: Origin) -> Fact:
        """Applying the treaty provisionally before its entry into force."""
        statement = f"{self.short}: {row.place} applies it provisionally"
        return row.as_fact(
            f"treaties/{self.id}/{row.place.lower()}/provisional",
            FactKind.TREATY_STATUS,
            statement,
            origin,
            Period(row.provisional_from, row.valid_to),
        )
