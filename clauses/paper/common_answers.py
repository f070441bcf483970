"""Answers to what forms ask alike, wherever the parties gave them."""

from __future__ import annotations

from clauses.agreement import OnwardRecipient
from clauses.paper.common_fields import CommonField, read_common_fields
from clauses.paper.contract import Contract, Line, words
from clauses.paper.draft import Value
from clauses.paper.worked_out import main_contract_in_words


def common_answer(contract: Contract, line: Line, common: CommonField) -> Value | None:
    """The answer for a transfer; None where nobody gave one."""
    found = contract.described(line, common.id)
    if found is not None:
        return contract.value(words(found[0]), found[1])
    agreement = contract.agreement
    if common.id == "start_date" and (agreement.effective_on or agreement.signed_on) is not None:
        field = "effective_on" if agreement.effective_on is not None else "signed_on"
        return contract.value(str(agreement.effective_on or agreement.signed_on), field)
    if common.id == "related_contract" and (named := main_contract_in_words(contract)) is not None:
        return contract.value(named, "main_contract")
    if common.id == "onward" and agreement.onward is not None:
        return contract.value("; ".join(onward_named(contract, one) for one in agreement.onward) or "None", "onward")
    if common.id == "security_measures":
        measures = measures_of(contract, line)
        return contract.value("; ".join(one for _, one, _ in measures), measures[0][2]) if measures else None
    return None


def measures_of(contract: Contract, line: Line) -> list[tuple[str, str, str]]:
    """Group, words and field of each measure of a transfer."""
    if line.transfer.measures is not None:
        own = enumerate(line.transfer.measures)
        return [(one.group or "", one.what, f"transfers.{line.id}.measures[{number}]") for number, one in own]
    return [
        (one.group or "", one.what, f"measures[{number}]") for number, one in enumerate(contract.agreement.measures)
    ]


def onward_named(contract: Contract, one: OnwardRecipient) -> str:
    """A recipient with its country."""
    return f"{one.name}, {contract.place_named(one.country)}" if one.country is not None else one.name


def answered_in(common: CommonField) -> str:
    """The field in which a person answers it."""
    return _ELSEWHERE.get(common.id, f"description.{common.id}")


def common_field(reference: str) -> CommonField | None:
    """What answers a field of a set, named ``set:annex.field`` or ``set:fill-in``."""
    return read_common_fields().answering(reference)


_ELSEWHERE = {
    "security_measures": "measures",
    "start_date": "effective_on",
    "related_contract": "main_contract",
    "onward": "onward",
}
