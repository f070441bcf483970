"""What is read from a route: its Case, and by slot what the Case leaves out."""

from __future__ import annotations

from country_reports.facts import Fact, Origin
from country_reports.frozen import frozen
from transfers.case import Case
from transfers.leg_names import leg_in, named
from transfers.registry.importer import ImporterRecord


@frozen
class Party:
    """The recipient of a leg, for rendering: its record if it is known. The ids of further legs are those that answers use."""

    id: str
    name: str
    record: ImporterRecord | None
    origin: Origin


@frozen
class Extract:
    """A route's Case with what was left out of it: parties and facts by slot."""

    case: Case
    parties: tuple[Party, ...]
    slots: tuple[Fact, ...]

    def told(self, id_in_law: str) -> str:
        """The id of a question or condition as a reader sees it: with the fact in its slot, and its leg by name."""
        prefix, found, number = id_in_law.partition(":slot-")
        if found and number.isdigit():
            return f"{prefix}:{self.slots[int(number)].id}"
        leg = leg_in(id_in_law)
        return id_in_law if leg is None else named(id_in_law, self.parties[leg].id)
