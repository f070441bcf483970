"""What the parties choose and write into the clauses themselves, each with the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.contents import Field, FillIn
from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import annex_of, clause_of, told
from clauses.paper.common_answers import answered_in, common_answer, common_field
from clauses.paper.common_fields import Per
from clauses.paper.contract import Contract, Line, words
from clauses.paper.draft import Entry, From, Value
from clauses.paper.form_parties import listed_parties
from clauses.paper.worked_out import worked_out


def fill_in_entries(contract: Contract, line: Line) -> tuple[Entry, ...]:
    """What is written into the clauses of the module; what an adaptation settles is not asked."""
    asked = (one for one in line.fill_ins if settled(contract, line, one.clause) is None)
    return tuple(entry for one in asked for entry in _fill_in(contract, line, one))


def option_entries(contract: Contract, line: Line) -> tuple[Entry, ...]:
    """What the parties decide, each with the clause it stands in."""
    return tuple(
        _option(contract, line, record, option.id)
        for record, option in line.options
        if option.clause is None or settled(contract, line, option.clause) is None
    )


def settled(contract: Contract, line: Line, clause: str) -> str | None:
    """What an adaptation puts in the place of a clause, where no law that the base serves by itself governs the transfer."""
    found = contract.changed(line, clause)
    if found is None or contract.applies(line.base, line):
        return None
    record, change = found
    return change.change or change.in_cases.get(contract.use(record) or "")


def names_a_place(fill_in_id: str) -> bool:
    """Whether a State or country is written in."""
    return fill_in_id.endswith(("_state", "_country"))


def _fill_in(contract: Contract, line: Line, fill_in: FillIn) -> Iterator[Entry]:
    common = common_field(f"{line.base.id}:{fill_in.id}")
    at, found = f"{line.base.short}, {clause_of(line.base, fill_in.clause)}", contract.fill_in(line, fill_in.id)
    what = told(line.base, fill_in.what)
    if common is not None and common.per is Per.PARTY and found is None:
        yield from listed_parties(contract, [(Field(id=fill_in.id, what=what), common)], (line,), at)
        return
    if found is not None:
        text = words(found[0])
        named = contract.place_named(text) if names_a_place(fill_in.id) else text
        value: Value | None = contract.value(named, found[1])
    else:
        described = common_answer(contract, line, common) if common is not None else None
        value = described or worked_out(contract, line, f"{line.base.id}:{fill_in.id}")
    yield Entry(
        field=answered_in(common) if common is not None else f"fill_ins.{fill_in.id}",
        label=what,
        at=at,
        value=value,
        required=fill_in.required,
        hint=_constraint(contract, line, fill_in.clause, fill_in.constraint),
    )


def _option(contract: Contract, line: Line, record: ClauseSetInFull, option_id: str) -> Entry:
    option = next(one for owner, one in line.options if owner is record and one.id == option_id)
    found = contract.option(line, option_id)
    field = found[1] if found is not None else f"options.{option_id}"
    choice = next((one for one in option.choices if found is not None and one.id == found[0]), None)
    default = next((one for one in option.choices if found is None and one.id == option.default), None)
    only = option.choices[0] if found is None and len(option.choices) == 1 else None
    value = contract.value(told(record, choice.what), field) if choice is not None else None
    if default is not None:
        value = Value(told(record, default.what), From.SET, "what the text takes where the parties choose nothing")
    if only is not None:
        value = Value(told(record, only.what), From.SET, "the only choice in this module")
    one_of = f"one of: {', '.join(one.id for one in option.choices)}"
    where = clause_of(record, option.clause) if option.clause is not None else _annex_named(record, option.annex)
    return Entry(
        field=field,
        label=option.name,
        at=f"{record.short}, {where}" if where else record.short,
        value=value,
        hint="; ".join(filter(None, (one_of, _constraint(contract, line, option.clause, option.constraint)))),
    )


def _annex_named(record: ClauseSetInFull, annex_id: str | None) -> str:
    annex = next((one for one in record.annexes if one.id == annex_id), None)
    return annex_of(annex) if annex is not None else ""


def _constraint(contract: Contract, line: Line, clause: str | None, constraint: str | None) -> str:
    """What limits an answer, as an adaptation has it for its case of use."""
    changed = contract.changed(line, clause) if clause is not None else None
    if changed is not None:
        record, change = changed
        return change.in_cases.get(contract.use(record) or "", constraint or "")
    return constraint or ""
