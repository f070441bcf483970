"""Whether answers fit the sets that they name: parts that do not exist, roles that a module excludes, days outside a set's life."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from clauses.agreement import Agreement, FieldAnswer, Side, Transfer
from clauses.contents import Annex, Choice, Option
from clauses.in_full import ClauseSetInFull
from clauses.paper.adaptation_texts import read_adaptation_texts
from clauses.paper.citing import annex_of, clause_of
from clauses.paper.common_fields import read_common_fields
from clauses.paper.contract import Contract, Line
from clauses.paper.countries_known import countries_known
from clauses.paper.trouble import Trouble
from clauses.parts import PartyRole
from clauses.supplementary import read_supplementary
from country_reports.facts import Role

AnswerT = TypeVar("AnswerT")


def misfits(contract: Contract) -> Iterator[Trouble]:
    """Everything for which no paper can be made out, or which would be left out of it in silence."""
    yield from _transfers(contract)
    yield from _parties(contract)
    yield from countries_known(contract)
    yield from _days(contract)
    yield from _laws(contract)
    yield from _roles(contract)
    yield from _options(contract)
    yield from _fill_ins(contract)
    yield from _annexes(contract)
    yield from _described(contract)
    yield from _uses(contract)
    yield from _joined(contract)
    yield from _measures(contract)
    yield from _supplementary(contract.agreement)


def _transfers(contract: Contract) -> Iterator[Trouble]:
    agreement = contract.agreement
    for name, transfer in agreement.transfers.items():
        if transfer.tool is None and agreement.tool is None:
            right = "Name one, such as eu-scc-2021/m2, here or for all transfers."
            yield Trouble("no_set", f"transfers.{name}.tool", "", "this transfer names no set of clauses", right)
        for side, named in ((Side.EXPORTER, transfer.exporters), (Side.IMPORTER, transfer.importers)):
            known = agreement.of_side(side)
            for party in (one for one in named if one not in known):
                message = f"{party!r} is none of the {side}s"
                yield Trouble("party", f"transfers.{name}.{side}s", "", message, _one_of(party, known))
    if len(contract.bases) > 1:
        message = f"one paper is made on one set, and these are named: {contract.named}"
        yield Trouble("one_set", "transfers", "", message, "Make a paper for each.")


def _parties(contract: Contract) -> Iterator[Trouble]:
    """Every party has a side, and every transfer a party on each."""
    for name, one in contract.agreement.parties.items():
        if one.side is None:
            yield Trouble("party", f"parties.{name}.side", "", f"{name!r} has no side", "Write exporter or importer.")
    for line in contract.lines:
        for side, parties in ((Side.EXPORTER, line.exporters), (Side.IMPORTER, line.importers)):
            if not parties:
                right = f"Give a party with the side {side}."
                yield Trouble("party", "parties", line.base.short, f"{line.title} has no {side}", right)


def _days(contract: Contract) -> Iterator[Trouble]:
    """A contract is made on the day of its signature; where that is to come, on the day that is asked about."""
    signed = contract.agreement.signed_on
    field, day = ("signed_on", signed) if signed is not None else ("tool", contract.day)
    for record in _each_set(contract):
        role = record.role_on(day)
        if record.open_on(day):
            continue
        if role is Role.NOT_YET:
            right = f"Its first day is {record.valid_from}." if record.valid_from else "It was never in force."
            yield Trouble("day", field, record.instrument, f"{record.short} could not be signed on {day}", right)
        else:
            last = record.concludable_until or record.valid_to
            instead = f" Use {', '.join(record.replaced_by)} instead." if record.replaced_by else ""
            message = f"{record.short} could no longer be signed on {day}"
            yield Trouble("day", field, record.instrument, message, f"Since {last} no contract is made on it.{instead}")


def _laws(contract: Contract) -> Iterator[Trouble]:
    """A set is a tool only under the laws it serves: those that were named, else those of the exporter's own place."""
    for number, law in enumerate(contract.agreement.laws):
        if not contract.knows_law(law):
            yield Trouble(
                "law", f"laws[{number}]", "", f"{law!r} is no law on file", "Write its id, such as eu-gdpr or uk-gdpr."
            )
    for line in contract.lines:
        for name, party in line.exporters.items():
            laws = {*contract.laws_of(line, party)}
            served = {regime for record in line.sets for regime in record.regimes}
            if laws and not served & laws:
                message = f"{line.tool} serves {_named(served)}; {party.name or name} is bound by {_named(laws)}"
                right = f"Choose a set of that law.{_sets_for(contract, laws)}"
                yield Trouble("law", _tool_field(line), line.base.instrument, message, right)
                continue
            for record in line.adaptations:
                if laws and not {*record.regimes} & laws:
                    message = f"the {record.short} serves {_named(record.regimes)}; {party.name or name} is bound by {_named(laws)}"
                    right = "Leave it out or, if that law governs too, name it in `laws`."
                    yield Trouble("law", _tool_field(line), record.instrument, message, right)


def _named(laws: Iterable[str]) -> str:
    return ", ".join(sorted(laws))


def _sets_for(contract: Contract, laws: Iterable[str]) -> str:
    """What could be signed instead that day under these laws."""
    found = contract.open_under(laws)
    return f" Open on that day: {', '.join(found)}." if found else ""


def _roles(contract: Contract) -> Iterator[Trouble]:
    for line in contract.lines:
        for side, parties, allowed in (
            ("exporter", line.exporters, line.module.exporter_roles),
            ("importer", line.importers, line.module.importer_roles),
        ):
            for name, party in parties.items():
                role = line.role(name, party)
                if role is not None and role not in allowed:
                    message = f"{line.module.name} is not for a {side} that is {_role(role)}"
                    right = f"Its {side} is {' or '.join(map(_role, allowed))}.{_module_for(line, side, role)}"
                    yield Trouble("module", f"parties.{name}.role", _about_roles(line.base), message, right)


def _about_roles(record: ClauseSetInFull) -> str:
    demand = next((one for one in record.demands if one.id == "role_fit"), None)
    return f"{record.short}, {demand.basis}" if demand is not None and demand.basis else record.short


def _module_for(line: Line, side: str, role: PartyRole) -> str:
    """The modules of the set in which a party of this side may have the role."""
    fitting = [
        f"{line.base.id}/{module.id}"
        for module in line.base.modules
        if role in (module.exporter_roles if side == "exporter" else module.importer_roles)
    ]
    return f" For that role: {', '.join(fitting)}." if fitting else ""


def _options(contract: Contract) -> Iterator[Trouble]:
    for path, options, lines in _given(contract, lambda one: one.options):
        for option_id, choice in options.items():
            field = f"{path}options.{option_id}"
            found = [
                (line, record, option) for line in lines for record, option in line.options if option.id == option_id
            ]
            if not found:
                yield from _no_such(
                    field, "option", option_id, {one.id for line in lines for _, one in line.options}, lines
                )
            for line, record, option in found:
                if choice not in {one.id for one in option.choices}:
                    yield _wrong_choice(field, line, record, option, choice)
                    break


def _wrong_choice(field: str, line: Line, record: ClauseSetInFull, option: Option, choice: str) -> Trouble:
    where = clause_of(record, option.clause) if option.clause is not None else option.annex or record.short
    elsewhere = any(one.id == choice for whole in record.options if whole.id == option.id for one in whole.choices)
    message = (
        f"{choice!r} is not open in {line.module.name}"
        if elsewhere
        else f"{choice!r} is no choice of {option.name.lower()!r}"
    )
    right = f"Open there: {_listed(option.choices)}."
    return Trouble("option", field, f"{record.short}, {where}", message, right)


def _fill_ins(contract: Contract) -> Iterator[Trouble]:
    for path, answers, lines in _given(contract, lambda one: one.fill_ins):
        known = {one.id for line in lines for one in line.fill_ins}
        for name in answers:
            if name not in known:
                yield from _no_such(f"{path}fill_ins.{name}", "fill-in", name, known, lines)


def _annexes(contract: Contract) -> Iterator[Trouble]:
    for path, annexes, lines in _given(contract, lambda one: one.annexes):
        known = {annex.id: (record, annex) for line in lines for record, annex in line.annexes}
        for annex_id, fields in annexes.items():
            at = f"{path}annexes.{annex_id}"
            if annex_id not in known:
                yield from _no_such(at, "annex", annex_id, known, lines)
                continue
            record, annex = known[annex_id]
            allowed = {
                field.id: field
                for line in lines
                for one, part in line.annexes
                if part.id == annex_id
                for field in part.fields
            }
            for name, answer in fields.items():
                if name not in allowed:
                    yield from _no_such(f"{at}.{name}", "field", name, allowed, lines)
                elif allowed[name].choices:
                    yield from _wrong_choices(f"{at}.{name}", record, annex, allowed[name].choices, answer)


def _wrong_choices(
    field: str, record: ClauseSetInFull, annex: Annex, choices: tuple[Choice, ...], answer: FieldAnswer
) -> Iterator[Trouble]:
    for name in (answer,) if isinstance(answer, str) else answer:
        if name not in {choice.id for choice in choices}:
            clause = f"{record.short}, {annex_of(annex)}"
            yield Trouble(
                "choice", field, clause, f"{name!r} is none of the choices", f"Open there: {_listed(choices)}."
            )


def _described(contract: Contract) -> Iterator[Trouble]:
    known = read_common_fields().described()
    for path, described, lines in _given(contract, lambda one: one.description):
        for name in described:
            if name not in known:
                yield from _no_such(f"{path}description.{name}", "field", name, known, lines)


def _uses(contract: Contract) -> Iterator[Trouble]:
    with_uses = {record.id: record for record in _each_set(contract) if record.uses}
    for name, use in contract.agreement.uses.items():
        if name not in with_uses:
            yield from _no_such(f"uses.{name}", "set with cases of use", name, with_uses, contract.lines)
        elif use not in {one.id for one in with_uses[name].uses}:
            right = f"Open there: {'; '.join(f'{one.id} ({one.when})' for one in with_uses[name].uses)}."
            yield Trouble("use", f"uses.{name}", with_uses[name].name, f"{use!r} is no case of use", right)


def _joined(contract: Contract) -> Iterator[Trouble]:
    """What is written into sentences of the parties' own that the chosen case of use does not have."""
    for record in contract.adaptations:
        texts, use = read_adaptation_texts().get(record.id), contract.use(record)
        case = texts.case(use) if texts is not None else None
        gaps = [gap.id for gap in case.gaps] if case is not None else []
        for name in contract.agreement.joined.get(record.id, {}) if use is not None else ():
            if name not in gaps:
                message = f"{record.id} has no gap {name!r} in {use}"
                yield Trouble("joined", f"joined.{record.id}.{name}", record.name, message, _one_of(name, gaps))
    known = {record.id for record in contract.adaptations}
    for name in contract.agreement.joined:
        if name not in known:
            yield from _no_such(f"joined.{name}", "adaptation", name, known, contract.lines)


def _measures(contract: Contract) -> Iterator[Trouble]:
    """Measures are grouped as the annex of the set gives examples; a group that it does not have would be lost."""
    groups = {example for line in contract.lines for _, annex in line.annexes for example in annex.examples}
    own = ((f"transfers.{name}.", one.measures or ()) for name, one in contract.agreement.transfers.items())
    for path, measures in (("", contract.agreement.measures), *own):
        for number, measure in enumerate(measures):
            if measure.group is not None and groups and measure.group not in groups:
                message = f"{measure.group!r} is no group of measures"
                yield Trouble("group", f"{path}measures[{number}].group", "", message, _one_of(measure.group, groups))


def _supplementary(agreement: Agreement) -> Iterator[Trouble]:
    known = read_supplementary()
    for name, filled in agreement.supplementary.items():
        clause = known.get(name)
        if clause is None:
            ids = [one.id for one in known.clauses]
            yield Trouble(
                "supplementary", f"supplementary.{name}", "", f"{name!r} is no contractual measure", _one_of(name, ids)
            )
            continue
        gaps = [gap.id for gap in clause.gaps]
        for gap in filled:
            if gap not in gaps:
                message = f"{name} has no gap {gap!r}"
                yield Trouble("supplementary", f"supplementary.{name}.{gap}", "", message, _one_of(gap, gaps))


def _given(
    contract: Contract, pick: Callable[[Agreement | Transfer], Mapping[str, AnswerT]]
) -> Iterator[tuple[str, Mapping[str, AnswerT], tuple[Line, ...]]]:
    """Answers of one kind: those for all transfers, then those of each, with the transfers that they are about."""
    yield "", pick(contract.agreement), contract.lines
    for line in contract.lines:
        if line.id in contract.agreement.transfers:
            yield f"transfers.{line.id}.", pick(line.transfer), (line,)


def _each_set(contract: Contract) -> tuple[ClauseSetInFull, ...]:
    return (*contract.bases, *contract.adaptations)


def _tool_field(line: Line) -> str:
    return "tool" if line.transfer.tool is None else f"transfers.{line.id}.tool"


def _no_such(field: str, what: str, name: str, known: Iterable[str], lines: tuple[Line, ...]) -> Iterator[Trouble]:
    """A part that none of the sets has; what they say nothing of is not for them to answer."""
    tools = ", ".join(dict.fromkeys(line.tool for line in lines)) or "this paper"
    yield Trouble("unknown", field, "", f"there is no {what} {name!r} in {tools}", _one_of(name, known))


def _one_of(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, [*known], n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known: {', '.join(sorted(known))}." if known else "There are none."


def _listed(choices: tuple[Choice, ...]) -> str:
    return "; ".join(f"{choice.id} ({choice.what})" for choice in choices)


def _role(role: PartyRole) -> str:
    return f"a {role.replace('_', ' ')}"
