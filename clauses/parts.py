"""What is told of every set of clauses, and all that an assessment reads of one: modules, demands, filings."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from country_reports.facts import Verification
from country_reports.records import Day, Record
from country_reports.regime import Filing
from country_reports.sourced import SourceOf


class Kind(StrEnum):
    """What a record is about. Only clauses can be claimed as such; what is no clauses is on file to be shown and compared."""

    CLAUSE_SET = "clause_set"
    ADDENDUM = "addendum"
    ADAPTATION = "adaptation"
    NON_CLAUSE_TOOL = "non_clause_tool"
    GUIDANCE = "guidance"


class Status(StrEnum):
    """How far a set has come. Its days say when it can be relied on."""

    IN_FORCE = "in_force"
    VOLUNTARY = "voluntary"
    WHERE_ADOPTED = "where_adopted"
    REPEALED = "repealed"
    HISTORIC = "historic"
    ANNOUNCED = "announced"
    DRAFT = "draft"
    NONE_FOUND = "none_found"


NEVER_USABLE = (Status.ANNOUNCED, Status.DRAFT, Status.NONE_FOUND)
"""What is not there to be signed, on whatever day."""


class PartyRole(StrEnum):
    """What a party is for the transfer that it signs for."""

    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    PROCESSOR = "processor"


class Obstacle(StrEnum):
    """The demand of a set that may stand in the way, where it turns on who the parties are and what they send."""

    REGIME = "regime"
    ROLES = "roles"
    IMPORTER_UNDER_REGIME = "importer_under_regime"
    ORGANISATION = "organisation"
    PUBLIC_AUTHORITY = "public_authority"
    IMPORTER_PLACE = "importer_place"
    EXPORTER_PLACE = "exporter_place"
    ONWARD_PLACE = "onward_place"
    ADEQUATE_PLACE = "adequate_place"
    BASE_SET = "base_set"
    SAME_GROUP = "same_group"
    CRITICAL_INFRASTRUCTURE = "critical_infrastructure"
    IMPORTANT_DATA = "important_data"
    VOLUME = "volume"


class IfNot(StrEnum):
    """What follows where a demand of the set is not met."""

    NOT_AVAILABLE = "not_available"
    NOT_DESIGNED_FOR_IT = "not_designed_for_it"
    NEEDS_REVIEW = "needs_review"
    OTHER_MODULE = "other_module"
    OTHER_CHOICE = "other_choice"
    OTHER_GATEWAY = "other_gateway"
    NOT_NEEDED = "not_needed"


class Counted(StrEnum):
    """Whose persons a volume counts."""

    PERSONS_WITHOUT_SENSITIVE_DATA = "persons_without_sensitive_data"
    PERSONS_WITH_SENSITIVE_DATA = "persons_with_sensitive_data"


class Seen(Record):
    """A part of a record with where it was read, if that is not where the record as a whole was."""

    source: SourceOf | None = None
    verification: Verification | None = None


class Passing(Seen):
    """A part that was not always there: ``since`` is its first day and ``until`` the first day without it."""

    since: Day | None = None
    until: Day | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the set has this part on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Module(Record):
    """One text of the set for the roles it is written for. ``id`` is the last part of the tool id.

    ``also_meets`` names other duties that it meets besides those of a transfer.
    """

    id: str
    name: str
    exporter_roles: tuple[PartyRole, ...]
    importer_roles: tuple[PartyRole, ...]
    onward_clause: str | None = None
    also_meets: tuple[str, ...] = ()
    note: str | None = None


class Volume(Record):
    """A band of persons whose data go abroad: ``at_least`` so many, and ``below`` so many, counted ``counted_from``."""

    of: Counted
    at_least: int | None = None
    below: int | None = None
    counted_from: str
    answered_as: str | None = None

    def holds(self, persons: int) -> bool:
        """Whether so many are within the band."""
        return (self.at_least is None or persons >= self.at_least) and (self.below is None or persons < self.below)


class Demand(Passing):
    """What the set asks of parties and transfer. ``asks`` is put so that "yes" means that the set fits.

    ``about`` is the matter that decides it, where one does; without it counsel must be asked. ``places`` are where the party
    of such a matter must be, ``volumes`` the bands of which each must hold. It is made of every transfer, or of those
    in ``modules``, ``under`` these laws and to importers in ``importer_roles`` only. ``answered_as``, here or of a volume, is the id under
    which a route answers the same question for its law, so that nobody is asked twice.
    """

    id: str
    asks: str
    about: Obstacle | None = None
    places: tuple[str, ...] = ()
    volumes: tuple[Volume, ...] = ()
    modules: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    importer_roles: tuple[PartyRole, ...] = ()
    basis: str | None = None
    if_not: IfNot
    answered_as: str | None = None
    note: str | None = None


class SetFiling(Filing, Seen):
    """What must be filed where the set is relied on. ``under`` names the laws this is for; none: each that the set serves."""

    under: tuple[str, ...] = ()


class PartsRead(Seen):
    """Where the clauses of the set were read. Their numbers are verified where the text itself, or a whole copy of it, was."""

    numbers_verified: bool = False
    note: str | None = None
