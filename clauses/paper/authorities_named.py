"""Whether the authority named is that of the case in which the exporter is."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.agreement import Party
from clauses.contents import Seat
from clauses.paper.citing import clause_of
from clauses.paper.competent import competent_by_base, regulators, seat_of
from clauses.paper.contract import Contract, Line, words
from clauses.paper.trouble import Trouble
from country_reports.facts import Truth


def authorities_named(contract: Contract) -> Iterator[Trouble]:
    """The authority is that of the case in which the exporter is."""
    for line in contract.lines:
        rule = line.base.competent_authority
        if rule is None or rule.clause is None or (rule.modules and line.module.id not in rule.modules):
            continue
        clause = f"{line.base.short}, {clause_of(line.base, rule.clause)}"
        for name, party in line.exporters.items():
            yield from _seat(contract, name, party, clause)
            yield from _authority_named(contract, line, party, clause)


def _seat(contract: Contract, name: str, party: Party, clause: str) -> Iterator[Trouble]:
    seat, place, field = seat_of(contract, party), contract.place(party.country), f"parties.{name}.seat"
    if place is not None and party.seat is not None:
        within = contract.hub.on(contract.day).member(place, "gdpr_area").truth
        if (within is Truth.NO and party.seat is Seat.WITHIN) or (
            within is Truth.YES and party.seat is not Seat.WITHIN
        ):
            message = f"{party.name or name} is in {contract.hub.places[place].name}, and the case says {party.seat.replace('_', ' ')}"
            yield Trouble(
                "authority_case",
                field,
                clause,
                message,
                "Take the case that follows from where the exporter is established.",
            )
    if seat is Seat.REPRESENTED_WITHIN and party.representative is None:
        yield Trouble(
            "authority_case",
            field,
            clause,
            "a representative is claimed and not named",
            "Name the representative and its country.",
        )
    if seat is Seat.NOT_REPRESENTED and party.representative is not None:
        message = "a representative is named, and the case is that none is needed"
        yield Trouble(
            "authority_case",
            field,
            clause,
            message,
            "The authority is then that of the Member State of the representative.",
        )


def _authority_named(contract: Contract, line: Line, party: Party, clause: str) -> Iterator[Trouble]:
    """An authority that a country report lists for another place only cannot be that of the case."""
    annex = line.base.competent_authority.named_in if line.base.competent_authority is not None else None
    found = contract.annex_field(line, annex, "authority") if annex is not None else None
    competent = competent_by_base(contract, line, party)
    if found is None or competent is None or competent.place is None:
        return
    named, own = words(found[0]), competent.place
    if _names_one_of(named, regulators(contract, own)) or contract.hub.places[own].name.casefold() in named.casefold():
        return
    elsewhere = [place.id for place in contract.hub.places if place.id != own and _of_place(contract, named, place.id)]
    if elsewhere:
        case = competent.case.when if competent.case is not None else ""
        message = f"{named} is an authority of {contract.hub.places[elsewhere[0]].name}"
        right = f"{case}: it is one of {contract.hub.places[own].name}{_listed(regulators(contract, own))}."
        yield Trouble("authority", found[1], clause, message, right)


def _of_place(contract: Contract, named: str, place: str) -> bool:
    if contract.is_member_state(place) is not Truth.YES and place not in ("GB", "CH"):
        return False
    return contract.hub.places[place].name.casefold() in named.casefold() or _names_one_of(
        named, regulators(contract, place)
    )


def _names_one_of(named: str, names: tuple[str, ...]) -> bool:
    """Whether an answer names one of some authorities, by its name or its short form."""
    given = named.casefold()
    for name in names:
        full, _, short = name.rpartition(" (")
        if full.casefold() in given if full else name.casefold() in given:
            return True
        if short.rstrip(")") in named.replace("(", " ").replace(")", " ").replace(",", " ").split():
            return True
    return False


def _listed(names: tuple[str, ...]) -> str:
    return f": {', '.join(names)}" if names else ""
