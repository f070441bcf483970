"""What a draft still lacks, and what in it contradicts its set: each with the clause and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from clauses.answers_fit import misfits
from clauses.assembly import made_out
from clauses.authorities_named import authorities_named
from clauses.citing import LOOK_UP, clause_of
from clauses.contract import Contract, Line, words
from clauses.draft import Entry
from clauses.filing_days import HOLIDAYS, filing_steps, last_signature
from clauses.form_choices import names_a_place, settled
from clauses.in_full import ClauseSetInFull
from clauses.measures_told import measures_told
from clauses.parts import Obstacle
from clauses.terms_against import terms_against
from clauses.trouble import Trouble
from country_reports.facts import Truth
from country_reports.regime import Needed


def lacks(contract: Contract) -> tuple[Trouble, ...]:
    """Everything that is missing or contradicts, in the order in which the paper is read, each once."""
    found = [*misfits(contract), *(trouble for check in CHECKS for trouble in check(contract))]
    return tuple({(one.field, one.message, one.clause): one for one in found}.values())


def blanks(contract: Contract) -> Iterator[Trouble]:
    """Every required field without a value."""
    for entry in made_out(contract).blanks:
        about = ", ".join(filter(None, (entry.group, entry.label)))
        yield Trouble("blank", entry.field, _at(entry), f"not answered: {about}", _asked(entry))


def parties_take_part(contract: Contract) -> Iterator[Trouble]:
    """A party of a role for which there is no transfer has signed for nothing."""
    for name, party in contract.agreement.parties.items():
        lines = [line for line in contract.lines if name in line.exporters or name in line.importers]
        if not lines and party.side is not None:
            message = f"{party.name or name} takes part in no transfer"
            right = "Name it in a transfer, with the module for its role."
            yield Trouble("no_transfer", f"parties.{name}", _sets(contract), message, right)


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
                right = "Name one country by its name or two-letter code."
                yield Trouble("place", found[1], clause, f"{named!r} is no place on file", right)
            elif fill_in.id.endswith("_state") and contract.is_member_state(place) is not Truth.YES:
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


def docking(contract: Contract) -> Iterator[Trouble]:
    """Who joins by the docking clause completes the Appendix and signs; without the clause nobody joins so."""
    for line in contract.lines:
        rule = line.base.docking
        if rule is None:
            continue
        clause = (
            f"{line.base.short}, {clause_of(line.base, rule.clause) if rule.clause else 'joining of further parties'}"
        )
        for name, party in (*line.exporters.items(), *line.importers.items()):
            if party.joined_on is None:
                continue
            chosen = contract.option(line, "c7_docking")
            if rule.available is Truth.NO or (rule.optional and (chosen is None or chosen[0] != "include")):
                right = "Include the docking clause, or let all parties sign a contract with the new one."
                yield Trouble(
                    "docking",
                    f"parties.{name}.joined_on",
                    clause,
                    f"{party.name or name} joined, but nobody can",
                    right,
                )
            if party.signatory is None or party.signatory.signed_on is None:
                message = f"{party.name or name} joined on {party.joined_on} and has not signed"
                right = "It completes the Appendix and signs the list of parties; before that it has neither rights nor duties."
                yield Trouble("docking", f"parties.{name}.signatory", clause, message, right)


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


def recipients(contract: Contract) -> Iterator[Trouble]:
    """Nobody gets the data from the importer but on terms that the clauses allow."""
    clauses = [
        f"{line.base.short}, {clause_of(line.base, line.module.onward_clause)}"
        for line in contract.lines
        if line.module.onward_clause is not None
    ]
    clause = "; ".join(dict.fromkeys(clauses)) or _sets(contract)
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


def filings(contract: Contract) -> Iterator[Trouble]:
    """A form that must be filed is filed in time."""
    signed = last_signature(contract)
    for step in filing_steps(contract):
        if step.filing.needed is not Needed.YES or step.filing.days is None:
            continue
        basis = f"{step.record.short}, filing with {step.filing.to or 'the authority'}"
        filed, last = contract.agreement.filed_on, step.last_day
        if last is None:
            if signed is not None:
                right = f"Answer it; the time is {step.filing.due}."
                yield Trouble(
                    "filing",
                    step.answered_in,
                    basis,
                    "the day from which the time for filing counts is not answered",
                    right,
                )
        elif (filed or contract.day) > last:
            how = f"filed on {filed}" if filed is not None else f"not filed by {contract.day}"
            late = f"the time for filing ended on {last} ({step.filing.due}), {how}"
            yield Trouble(
                "filing", "filed_on", basis, late, f"File without delay, and ask counsel what follows. {HOLIDAYS}."
            )


def signatures(contract: Contract) -> Iterator[Trouble]:
    """Every party signs while the set can be signed."""
    for line in contract.lines:
        for record in line.sets:
            for name, party in (*line.exporters.items(), *line.importers.items()):
                day = party.signatory.signed_on if party.signatory is not None else None
                if day is not None and party.joined_on is None and not record.open_on(day):
                    field = f"parties.{name}.signatory.signed_on"
                    message = f"{party.name or name} signed on {day}, when {record.short} could not be signed"
                    first, last = record.valid_from, record.concludable_until or record.valid_to
                    right = f"It can be signed from {first}" + (f" until before {last}." if last is not None else ".")
                    yield Trouble("day", field, record.instrument, message, right)


def languages(contract: Contract) -> Iterator[Trouble]:
    """Where only the official form counts, only its official language does."""
    for base in contract.bases:
        official = base.languages.official if base.languages is not None else ()
        if not base.official_form_only or not official:
            continue
        language = contract.agreement.language
        right = f"What counts is the text in {' or '.join(official)}."
        if language is None:
            yield Trouble(
                "language", "language", base.short, "the language of the text that is signed is not answered", right
            )
        elif language.casefold() not in {one.casefold() for one in official}:
            yield Trouble("language", "language", base.short, f"{language} is no official language of this form", right)


def _at(entry: Entry) -> str:
    return f"{entry.at}; {LOOK_UP}" if '"' in entry.at else entry.at


def _asked(entry: Entry) -> str:
    return f"{entry.hint[0].upper()}{entry.hint[1:]}".rstrip(".") + "." if entry.hint else ""


def _sets(contract: Contract) -> str:
    return ", ".join(base.short for base in contract.bases)


CHECKS: tuple[Callable[[Contract], Iterator[Trouble]], ...] = (
    blanks,
    parties_take_part,
    laws_and_courts,
    time_periods,
    agreed_list,
    docking,
    authorities_named,
    uses,
    measures_told,
    recipients,
    places,
    terms_against,
    signatures,
    filings,
    languages,
)
"""In the order in which their findings are told."""
