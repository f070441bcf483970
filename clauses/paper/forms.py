"""The annexes, tables and gaps of a set, field by field, with what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clauses.agreement import FieldAnswer
from clauses.contents import Annex, Field
from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import annex_of, clause_of, told
from clauses.paper.common_answers import answered_in, common_answer, common_field, measures_of
from clauses.paper.common_fields import CommonField, Per, read_common_fields
from clauses.paper.competent import competent_by_adaptation, competent_by_base
from clauses.paper.contract import Contract, Line, words
from clauses.paper.draft import Entry, From, Value
from clauses.paper.form_parties import listed_parties, listed_sub_processors
from clauses.paper.worked_out import worked_out


def annex_entries(
    contract: Contract, record: ClauseSetInFull, annex: Annex, lines: tuple[Line, ...]
) -> tuple[Entry, ...]:
    """Every field of an annex for these transfers: party by party, transfer by transfer, sub-processor by sub-processor."""
    authority = record.competent_authority
    if authority is not None and authority.named_in == annex.id:
        return tuple(entry for line in lines for entry in _authorities(contract, record, annex, line))
    fields = annex.fields or tuple(
        Field(id=one.id, what=one.what) for one in read_common_fields().of_annex(record.id, annex.id)
    )
    asked = [(field, _common(record, annex, field)) for field in fields]
    known = [(field, common) for field, common in asked if common is not None]
    by_party = [pair for pair in known if pair[1].per is Per.PARTY]
    by_sub = [pair for pair in known if pair[1].per is Per.SUB_PROCESSOR]
    rest = [pair for pair in asked if _per(pair[1]) in (Per.TRANSFER, Per.CONTRACT)]
    needed, at = annex_needed(contract, lines, record, annex), _at(record, annex)
    return (
        *(entry for field, common in rest for entry in _fields(contract, record, annex, field, common, lines, needed)),
        *listed_parties(contract, by_party, lines, at),
        *(listed_sub_processors(contract, by_sub, at, annex.heading, needed) if by_sub else ()),
    )


def annex_needed(contract: Contract, lines: Iterable[Line], record: ClauseSetInFull, annex: Annex) -> bool:
    """Whether an annex must be completed: always, unless it is one that a choice calls for and that was not made."""
    if annex.required_if is None:
        return True
    for line in lines:
        for owner, option in line.options:
            chosen = contract.option(line, option.id)
            calling = (one.id for one in option.choices if one.calls_for == annex.id)
            if owner.id == record.id and chosen is not None and chosen[0] in calling:
                return True
    return False


def goes_by_transfer(record: ClauseSetInFull, annex: Annex) -> bool:
    """Whether an annex is completed for each transfer, or once for the contract."""
    if not annex.fields:
        return True
    return any(_per(_common(record, annex, field)) is Per.TRANSFER for field in annex.fields)


def any_form_entries(contract: Contract, line: Line) -> tuple[Entry, ...]:
    """What forms ask of a transfer, for a set whose annexes were not read."""
    asked = (one for one in read_common_fields().fields if one.per is Per.TRANSFER and one.id in _OF_ANY_TRANSFER)
    return tuple(
        Entry(f"description.{one.id}", one.what, "", common_answer(contract, line, one), required=False)
        for one in asked
    )


def _fields(
    contract: Contract,
    record: ClauseSetInFull,
    annex: Annex,
    field: Field,
    common: CommonField | None,
    lines: tuple[Line, ...],
    needed: bool,
) -> Iterator[Entry]:
    for line in lines[:1] if _per(common) is Per.CONTRACT else lines:
        if field.modules and line.module.id not in field.modules:
            continue
        if common is not None and common.id == "security_measures":
            yield from _measures(contract, record, annex, field, line)
            continue
        yield Entry(
            field=answered_in(common) if common is not None else f"annexes.{annex.id}.{field.id}",
            label=told(record, field.what),
            at=_at(record, annex),
            value=_value(contract, record, annex, field, common, line),
            required=(field.required or _called_for(contract, line, record, annex, field)) and needed,
            hint=_hint(record, field),
        )


def _value(
    contract: Contract, record: ClauseSetInFull, annex: Annex, field: Field, common: CommonField | None, line: Line
) -> Value | None:
    """The answer to the field itself, else to what forms ask alike, else what follows from other answers."""
    own = contract.annex_field(line, annex.id, field.id)
    if own is not None:
        return contract.value(_chosen(record, field, own[0]), own[1])
    described = common_answer(contract, line, common) if common is not None else None
    return described or worked_out(contract, line, f"{record.id}:{annex.id}.{field.id}")


def _chosen(record: ClauseSetInFull, field: Field, answer: FieldAnswer) -> str:
    """The words of the choices, with what was written beside them; other answers as they are."""
    what = {choice.id: told(record, choice.what) for choice in field.choices}
    if not what:
        return words(answer)
    if isinstance(answer, dict):
        return "; ".join(f"{what.get(key, key)}: {text}" for key, text in answer.items())
    return "; ".join(what.get(one, one) for one in ((answer,) if isinstance(answer, str) else answer))


def _called_for(contract: Contract, line: Line, record: ClauseSetInFull, annex: Annex, field: Field) -> bool:
    """Table 2 of the UK Addendum is filled in as one of its options says; its fields are not required by themselves."""
    chosen = contract.option(line, "t2") if (record.id, annex.id) == ("uk-addendum", "table_2") else None
    return chosen is not None and field.id in _OF_TABLE_2.get(chosen[0], ())


def _measures(contract: Contract, record: ClauseSetInFull, annex: Annex, field: Field, line: Line) -> Iterator[Entry]:
    """Measures under the headings that the annex gives as examples, in its order; those under none of them last."""
    own = contract.annex_field(line, annex.id, field.id)
    found = measures_of(contract, line)
    at, label = _at(record, annex), told(record, field.what)
    if own is not None:
        answer = own[0] if isinstance(own[0], dict) else {label: words(own[0])}
        yield from (Entry(own[1], group, at, contract.value(text, own[1])) for group, text in answer.items())
    order = {example: number for number, example in enumerate(annex.examples)}
    for group in sorted(dict.fromkeys(group for group, _, _ in found), key=lambda name: order.get(name, len(order))):
        under = [(text, path) for name, text, path in found if name == group]
        yield Entry(
            "measures", group or "other measures", at, contract.value("; ".join(text for text, _ in under), under[0][1])
        )
    if own is None and not found:
        described = contract.described(line, "security_measures")
        value = contract.value(words(described[0]), described[1]) if described is not None else None
        yield Entry("measures", label, at, value, hint=_hint(record, field) or annex.constraint or "")


def _authorities(contract: Contract, record: ClauseSetInFull, annex: Annex, line: Line) -> Iterator[Entry]:
    """The authority by the cases of the set for each exporter, and those that an adaptation makes competent."""
    at = _at(record, annex)
    for owner, authority in competent_by_adaptation(line):
        text = f"{authority}, for data under {_law_of(owner)}"
        yield Entry(f"annexes.{annex.id}", f"Authority under the {owner.short}", at, Value(text, From.SET), line.title)
    for name, party in line.exporters.items():
        found = competent_by_base(contract, line, party)
        if found is None:
            continue
        field = annex.fields[0].id
        own = contract.annex_field(line, annex.id, field)
        rule = record.competent_authority
        clause = clause_of(record, rule.clause) if rule is not None and rule.clause is not None else record.short
        label = f"Authority for {party.name or name}, {clause}" + (f": {found.case.when}" if found.case else "")
        if own is not None:
            value: Value | None = contract.value(words(own[0]), own[1])
        else:
            value = Value(found.name, From.COUNTRY_REPORT, found.detail) if found.name is not None else None
        yield Entry(f"annexes.{annex.id}.{field}", label, at, value, hint=found.detail if value is None else "")


def _law_of(record: ClauseSetInFull) -> str:
    """The law that an adaptation serves, as a reader of the contract would name it."""
    return {"uk-addendum": "the law of the United Kingdom", "ch-fdpic": "the Swiss Act"}.get(record.id, record.short)


def _at(record: ClauseSetInFull, annex: Annex) -> str:
    return f"{record.short}, {annex_of(annex)}"


def _hint(record: ClauseSetInFull, field: Field) -> str:
    choices = f"one of: {', '.join(one.id for one in field.choices)}" if field.choices else None
    return "; ".join(filter(None, (choices, told(record, field.constraint) if field.constraint else None)))


def _common(record: ClauseSetInFull, annex: Annex, field: Field) -> CommonField | None:
    if not annex.fields:
        return next(one for one in read_common_fields().fields if one.id == field.id)
    return common_field(f"{record.id}:{annex.id}.{field.id}")


def _per(common: CommonField | None) -> Per:
    return Per.TRANSFER if common is None else common.per


_OF_ANY_TRANSFER = (
    "data_subjects", "data_categories", "sensitive_data", "frequency", "nature", "purposes", "retention", "scale", "onward",
    "transmission", "security_measures",
)  # fmt: skip
_OF_TABLE_2 = {
    "option_a": ("date", "reference"),
    "option_b": ("module", "clause_7", "clause_11", "clause_9a", "clause_9a_period", "combined"),
}
"""Which fields each option of Table 2 fills in."""
