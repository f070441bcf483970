"""Whether what the parties chose and wrote into the clauses is open to them."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.paper.citing import clause_of
from clauses.paper.contract import Contract, Line, words
from clauses.paper.form_choices import names_a_place, settled
from clauses.paper.trouble import Trouble
from country_reports.facts import Truth


def laws_and_courts(contract: Contract) -> Iterator[Trouble]:
    """Where the set asks for the law or the courts of a Member State, no other will do."""
    for line in contract.lines:
        for fill_in in line.fill_ins:
            found = contract.fill_in(line, fill_in.id)
            if found is None or not names_a_place(fill_in.id):
                continue
            if settled(contract, line, fill_in.clause) is not None:
                continue
            named, clause = words(found[0]), f"{line.base.short}, {clause_of(line.base, fill_in.clause)}"
            place = contract.place(named)
            if place is None:
                continue
            if fill_in.id.endswith("_state") and contract.is_member_state(place) is not Truth.YES:
                message = f"{contract.place_named(named)} is no Member State of the European Union on {contract.day}"
                yield Trouble(
                    "member_state",
                    found[1],
                    clause,
                    message,
                    f"What would be right: {fill_in.constraint or fill_in.what}",
                )
            elif fill_in.constraint is not None and "That of the exporter" in fill_in.constraint:
                yield from _of_exporter(contract, line, place, found[1], clause)


def _of_exporter(contract: Contract, line: Line, place: str, field: str, clause: str) -> Iterator[Trouble]:
    for name, party in line.exporters.items():
        if contract.place(party.country) not in (None, place):
            message = f"the law is not that of {party.name or name}"
            yield Trouble(
                "member_state",
                field,
                clause,
                message,
                "It is that of the exporter; the parties are not free to choose.",
            )


def time_periods(contract: Contract) -> Iterator[Trouble]:
    """A time to be written in figures has one."""
    for line in contract.lines:
        for fill_in in line.fill_ins:
            found = contract.fill_in(line, fill_in.id)
            in_figures = fill_in.constraint is not None and "in figures" in fill_in.constraint
            if found is not None and in_figures and not any(letter.isdigit() for letter in words(found[0])):
                clause = f"{line.base.short}, {clause_of(line.base, fill_in.clause)}"
                yield Trouble(
                    "period",
                    found[1],
                    clause,
                    f"{words(found[0])!r} is no length of time",
                    f"{fill_in.constraint} Such as: 30 days.",
                )


def agreed_list(contract: Contract) -> Iterator[Trouble]:
    """Under general authorisation sub-processors come from an agreed list, which somebody must have agreed."""
    for line in contract.lines:
        found = contract.option(line, "c9a_authorisation")
        open_here = any(option.id == "c9a_authorisation" for _, option in line.options)
        if open_here and found is not None and found[0] == "option_2" and contract.agreement.sub_processors is None:
            clause = f"{line.base.short}, {clause_of(line.base, '9(a)')}"
            right = "List the sub-processors that are agreed on, or write [] where there are none."
            yield Trouble(
                "agreed_list",
                "sub_processors",
                clause,
                "general authorisation is from an agreed list, and none is given",
                right,
            )


def uses(contract: Contract) -> Iterator[Trouble]:
    """The case of use agrees with the laws that govern."""
    laws = {*contract.agreement.laws}
    for record in contract.adaptations:
        use = contract.use(record)
        if not record.uses or use is None or not laws:
            continue
        base_too = any(laws & {*line.base.regimes} for line in contract.lines_on(record.id))
        alone = use == record.uses[0].id
        if alone is base_too:
            said = f"the laws named are {', '.join(sorted(laws))}"
            right = (
                "Choose a case in which both laws govern."
                if base_too
                else f"Choose {record.uses[0].id}: {record.uses[0].when}."
            )
            yield Trouble("use", f"uses.{record.id}", record.name, f"{use!r} is chosen, and {said}", right)
