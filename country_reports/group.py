"""Dated groups of places: unions, areas where a law applies, lists made by an authority."""

from collections.abc import Iterator

from country_reports.facts import Fact, FactKind, Origin, stating
from country_reports.records import Fault
from country_reports.sourced import RecordFile, Sourced, overlaps


class Membership(Sourced):
    """One place's time in the group; a place that left and came back has two."""

    place: str
    note: str | None = None


class Group(RecordFile, Sourced):
    """A group and all its members, past ones included. The list is complete as of ``verified_on``."""

    id: str
    name: str
    complete: bool = True
    note: str | None = None
    members: tuple[Membership, ...]

    def faults(self) -> Iterator[Fault]:
        """A place that is in the group twice on one day."""
        yield from overlaps("members", ((member.place, member) for member in self.members))

    def list_fact(self, origin: Origin) -> Fact:
        """The list as a whole: what stands behind "not a member"."""
        statement = stating("{group}: list of members", group=self.name)
        return self.as_fact(f"groups/{self.id}", FactKind.GROUP_MEMBERSHIP, statement, origin)

    def member_fact(self, member: Membership, origin: Origin) -> Fact:
        return member.as_fact(
            f"groups/{self.id}/{member.place.lower()}",
            FactKind.GROUP_MEMBERSHIP,
            stating("{group}: {place}", group=self.name, place=member.place),
            origin,
        )
