"""Which authority is competent for an exporter: by the cases of the set, with its name where a country report has it."""

from __future__ import annotations

from clauses.agreement import Party
from clauses.contents import AuthorityCase, Seat
from clauses.in_full import ClauseSetInFull
from clauses.paper.contract import Contract, Line
from country_reports.facts import Truth, Verification
from country_reports.frozen import frozen


@frozen
class Competent:
    """The authority for one exporter. ``place`` is the country it is of; ``name`` is None where that must be asked."""

    case: AuthorityCase | None
    place: str | None
    name: str | None
    detail: str


def seat_of(contract: Contract, party: Party) -> Seat | None:
    """Where an exporter stands: as it says, else by its country and whether it has a representative; None: to be asked."""
    if party.seat is not None:
        return party.seat
    place = contract.place(party.country)
    if place is None:
        return None
    within = contract.hub.on(contract.day).member(place, "gdpr_area").truth
    if within is Truth.YES:
        return Seat.WITHIN
    return Seat.REPRESENTED_WITHIN if within is Truth.NO and party.representative is not None else None


def competent_by_base(contract: Contract, line: Line, party: Party) -> Competent | None:
    """The authority by the cases of the base; None where the set or module names none, or no law that it serves governs."""
    rule = line.base.competent_authority
    if rule is None or (rule.modules and line.module.id not in rule.modules):
        return None
    if not contract.applies(line.base, line):
        return None
    seat = seat_of(contract, party)
    case = next((one for one in rule.cases if one.exporter is seat), None) if seat is not None else None
    if case is None:
        return Competent(None, None, None, "it depends on where the exporter stands; say so in `seat`")
    named = {
        Seat.WITHIN: party.country,
        Seat.REPRESENTED_WITHIN: party.representative.country if party.representative is not None else None,
    }
    place = contract.place(named.get(case.exporter)) if case.exporter is not None else None
    if place is None:
        return Competent(case, None, None, f"the case is: {case.when}; then it is {case.authority}")
    return _on_file(contract, case, place)


def competent_by_adaptation(line: Line) -> tuple[tuple[ClauseSetInFull, str], ...]:
    """The authorities that what is joined to the set makes competent for the law that it serves."""
    return tuple(
        (record, record.competent_authority.cases[0].authority)
        for record in line.adaptations
        if record.competent_authority is not None
    )


def regulators(contract: Contract, place: str) -> tuple[str, ...]:
    """Names, with the short form, of the data protection authorities that a country report lists."""
    found = contract.hub.report(place)
    listed = found[0].data_protection.regulators if found is not None else ()
    return tuple(one.name if one.abbr is None else f"{one.name} ({one.abbr})" for one in listed)


def _on_file(contract: Contract, case: AuthorityCase, place: str) -> Competent:
    names = regulators(contract, place)
    country = contract.hub.places[place].name
    if len(names) != 1:
        listed = f"; on file: {', '.join(names)}" if names else ""
        return Competent(case, place, None, f"the authority in {country} that is competent for this exporter{listed}")
    found = contract.hub.report(place)
    assert found is not None
    checked = found[0].data_protection.regulators[0].verification
    how = "the name was not checked: confirm it" if checked is Verification.UNVERIFIED else f"{checked.value} source"
    return Competent(case, place, names[0], f"{case.when}; country report {country}, {how}")
