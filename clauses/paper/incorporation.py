"""The sentences that make a set part of a contract, say what prevails, and who may have a copy. Our own words; the set is cited, not copied."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import annex_of, clause_of, told
from clauses.paper.contract import Contract, Line
from clauses.paper.draft import Part
from clauses.paper.form_choices import settled
from clauses.paper.worked_out import copy_right, main_contract_in_words
from country_reports.facts import Truth


def transfers_part(contract: Contract, lines: tuple[Line, ...]) -> Part:
    """Which module is for which transfer, and in which role each party takes part."""
    text = [_transfer(line) for line in lines]
    main = main_contract_in_words(contract)
    if main is not None:
        text.append(f"This agreement goes with the main contract: {main}.")
    return Part("transfers", "The transfers and their modules", tuple(text))


def incorporation_part(base: ClauseSetInFull, lines: tuple[Line, ...]) -> Part:
    """How the base becomes part of the contract: by reference where its record says that it can be, else attached."""
    by_reference = base.incorporation is not None and base.incorporation.allowed is Truth.YES
    modules = {line.module.id for line in lines}
    text = [f'In this agreement "the Clauses" are the {_citation(base)}.']
    if by_reference:
        text.append(
            "The Clauses are made part of this agreement by reference, in the modules named above, each for its transfer."
        )
    else:
        text.append("The text of the Clauses is attached to this agreement, in full and unaltered, and is part of it.")
    text += _mandatory(base)
    if base.alteration is not None and base.alteration.allowed is Truth.NO:
        joined = dict.fromkeys(record.short for line in lines for record in line.adaptations)
        save = f", save as the {' and the '.join(joined)} has it" if joined else ""
        text.append(f"They are not altered{save}.")
    if base.alteration is not None and base.alteration.may_delete is not None:
        text.append(
            "Modules and options that are not named in this agreement, and the explanatory notes of the Clauses, are no part of it."
        )
    completed = [annex_of(one) for one in base.annexes if not one.modules or modules & {*one.modules}]
    where = (
        f"{', '.join(completed)} of the Clauses stand below as completed"
        if completed
        else "What the parties complete stands below"
    )
    text.append(
        f"{where}. By signing this agreement each party signs the Clauses with what is completed, on the day that stands with its signature."
    )
    return Part(f"{base.id}.incorporation", f"{base.short} as part of this agreement", tuple(text))


def adaptation_part(contract: Contract, record: ClauseSetInFull, lines: tuple[Line, ...]) -> Part:
    """What is joined to the base, and what it makes of it."""
    text = [f"The Clauses apply with the {_citation(record)}.", *_mandatory(record)]
    for line in lines:
        named = [one for one in line.fill_ins if settled(contract, line, one.clause) is not None]
        if named:
            clauses = ", ".join(dict.fromkeys(clause_of(line.base, one.clause) for one in named))
            text.append(f"{line.title}: nothing is written into {clauses}, which the {record.short} settles.")
    return Part(f"{record.id}.incorporation", f"{record.short} as part of this agreement", tuple(text))


def precedence_part(contract: Contract, base: ClauseSetInFull) -> Part:
    """What prevails, and that nothing takes from data subjects what the clauses give them."""
    heading = _clause_about(base, "Hierarchy", "Conflict", "Effect and invariability of the Clauses")
    basis = f" ({heading})" if heading else ""
    text = [
        "If the Clauses and this agreement, its supplementary or further clauses, the main contract or any other agreement between the parties, "
        f"earlier or later, say different things, the Clauses prevail, as far as they do not themselves say otherwise{basis}."
    ]
    for record in contract.adaptations:
        rank = _clause_about(record, "Hierarchy")
        if rank is not None:
            text.append(
                f"Which prevails between the Clauses and the {record.short} is for its {rank.removeprefix('the ')} to say."
            )
    liability = base.liability.clause if base.liability is not None else None
    under = f" under {clause_of(base, liability)}" if liability is not None else ""
    text.append(
        "No limit or exclusion of liability, in this agreement, the main contract or elsewhere, applies towards data subjects, "
        f"or to what a party owes them{under}."
    )
    return Part("precedence", "What prevails", tuple(text))


def copies_part(lines: tuple[Line, ...], contact: str | None) -> Part:
    """How a data subject gets a copy."""
    rights = dict.fromkeys(right for line in lines if (right := copy_right(line)) is not None)
    under = f"under {' and '.join(rights)}" if rights else "as far as the Clauses or the law give that right"
    text = f"A data subject who asks gets a copy of the Clauses with the annexes as completed, {under}."
    left_out = "Parts are left out only so far as the Clauses allow it, with a summary where the copy could not be understood without."
    asked = f"A copy can be asked for here: {contact}." if contact is not None else None
    return Part("copies", "Copies for data subjects", tuple(filter(None, (text, left_out, asked))))


def _transfer(line: Line) -> str:
    exporters = ", ".join(_party_named(line, name) for name in line.exporters) or "[exporter to be named]"
    importers = ", ".join(_party_named(line, name) for name in line.importers) or "[importer to be named]"
    joined = "".join(f", with the {record.short}" for record in line.adaptations)
    return f"{line.title}: from {exporters} to {importers}, on {line.base.short}, {line.module.name}{joined}."


def _party_named(line: Line, name: str) -> str:
    party = line.exporters.get(name) or line.importers[name]
    role = line.role(name, party)
    joined = f", which joined on {party.joined_on}" if party.joined_on is not None else ""
    return f"{party.name or name} ({role.replace('_', ' ') if role is not None else 'role to be named'}{joined})"


def _citation(record: ClauseSetInFull) -> str:
    """The set by its name, with act, place of publication and page."""
    reference = record.published.reference if record.published is not None else None
    where = "; ".join(filter(None, (reference, record.source.url)))
    if record.issuer == "European Commission":
        return f"{record.name}, as set out in the Annex to {record.instrument} ({where})"
    return f"{record.name} ({record.instrument}; {where})"


def _mandatory(record: ClauseSetInFull) -> Iterator[str]:
    """The reference to mandatory clauses that a form has the parties state."""
    for item in record.incorporation.must_state if record.incorporation is not None else ():
        if item.startswith("that Part "):
            said = told(record, item.removeprefix("that "))
            yield f"{said}." if not said.endswith(".") else said


def _clause_about(record: ClauseSetInFull, *headings: str) -> str | None:
    found = next((one for heading in headings for one in record.clauses if one.heading == heading), None)
    return clause_of(record, found.number) if found is not None and found.number is not None else None
