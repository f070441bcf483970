"""Whether everybody who gets the data is where the set is for, and bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import clause_of
from clauses.paper.contract import Contract, Line
from clauses.paper.trouble import Trouble
from clauses.parts import Obstacle
from country_reports.facts import Truth


def recipients(contract: Contract) -> Iterator[Trouble]:
    """Nobody gets the data from the importer but on terms that the clauses allow."""
    clauses = [
        f"{line.base.short}, {clause_of(line.base, line.module.onward_clause)}"
        for line in contract.lines
        if line.module.onward_clause is not None
    ]
    clause = "; ".join(dict.fromkeys(clauses)) or contract.named
    right = "Say by what it is bound, such as the same clauses, an adequate country, or equal safeguards."
    agreement = contract.agreement
    listed = [
        (f"sub_processors[{number}]", one.name, one.bound_by)
        for number, one in enumerate(agreement.sub_processors or ())
    ]
    listed += [(f"onward[{number}]", one.name, one.bound_by) for number, one in enumerate(agreement.onward or ())]
    for field, name, bound_by in listed:
        if bound_by is None:
            yield Trouble(
                "onward", f"{field}.bound_by", clause, f"{name} gets the data on no terms that are named", right
            )


def places(contract: Contract) -> Iterator[Trouble]:
    """A set that is for recipients in some places, or at home in an area, carries nothing elsewhere, or within."""
    for line in contract.lines:
        for record in line.sets:
            for demand in record.demands:
                if demand.about is Obstacle.IMPORTER_PLACE and demand.places:
                    yield from _outside(contract, record, demand.places, _importers(line))
                if demand.about is Obstacle.ONWARD_PLACE and demand.places:
                    yield from _outside(contract, record, demand.places, _recipients(contract))
        if any(regime == "eu-gdpr" for regime in line.base.regimes):
            yield from _within(contract, line)


def _outside(
    contract: Contract, record: ClauseSetInFull, allowed: tuple[str, ...], named: Iterable[tuple[str, str, str | None]]
) -> Iterator[Trouble]:
    for field, name, country in named:
        place = contract.place(country)
        if place is not None and place not in allowed:
            where = ", ".join(contract.hub.places[one].name for one in allowed)
            message = f"{name} is in {contract.hub.places[place].name}"
            yield Trouble("place", field, record.instrument, message, f"This set is for recipients in: {where}.")


def _within(contract: Contract, line: Line) -> Iterator[Trouble]:
    """The sets of the Union are for importers outside the area in which the GDPR applies."""
    for field, name, country in _importers(line):
        place = contract.place(country)
        if place is not None and contract.hub.on(contract.day).member(place, "gdpr_area").truth is Truth.YES:
            message = f"{name} is in {contract.hub.places[place].name}, where the GDPR applies"
            yield Trouble(
                "place", field, line.base.instrument, message, "The importer of this set is in a third country."
            )


def _importers(line: Line) -> list[tuple[str, str, str | None]]:
    return [(f"parties.{name}.country", party.name or name, party.country) for name, party in line.importers.items()]


def _recipients(contract: Contract) -> list[tuple[str, str, str | None]]:
    agreement = contract.agreement
    found = [
        (f"sub_processors[{n}].country", one.name, one.country) for n, one in enumerate(agreement.sub_processors or ())
    ]
    return [*found, *((f"onward[{n}].country", one.name, one.country) for n, one in enumerate(agreement.onward or ()))]
