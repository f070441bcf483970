"""Fields of forms that follow from other answers, and so are not asked again."""

from __future__ import annotations

from collections.abc import Callable

from clauses.paper.citing import clause_of
from clauses.paper.contract import Contract, Line, words
from clauses.paper.draft import From, Value
from clauses.parts import PartyRole


def worked_out(contract: Contract, line: Line, reference: str) -> Value | None:
    """The value of a field named ``set:annex.field``; None where it must be answered."""
    found = _RULES.get(reference)
    text = found(contract, line) if found is not None else None
    return None if text is None else Value(text, From.WORKED_OUT, "follows from the other answers")


def measures_under(contract: Contract, line: Line, *groups: str) -> str | None:
    """The measures of some groups, in words."""
    own = line.transfer.measures if line.transfer.measures is not None else contract.agreement.measures
    return "; ".join(one.what for one in own if one.group in groups) or None


def main_contract_in_words(contract: Contract) -> str | None:
    """Title, reference and day of the main contract; None where it has none of them."""
    main = contract.agreement.main_contract
    if main is None or (main.title is None and main.reference is None):
        return None
    named = " ".join(
        filter(None, (main.title, f"({main.reference})" if main.title and main.reference else main.reference))
    )
    return f"{named} of {main.dated}" if main.dated is not None else named


def copy_right(line: Line) -> str | None:
    """The clause that lets data subjects have a copy, by number where that may be printed; None where the record knows of none."""
    part = next(
        (
            part
            for clause in line.base.clauses_in(line.module.id)
            for part in clause.parts
            if part.heading == "Transparency" and line.module.id in part.modules
        ),
        None,
    )
    if part is not None:
        return clause_of(line.base, part.number)
    whole = next((one for one in line.base.clauses if "right to a copy" in one.heading), None)
    return clause_of(line.base, whole.number) if whole is not None and whole.number is not None else None


def _one_role(line: Line, of_exporter: bool) -> PartyRole | None:
    parties = line.exporters if of_exporter else line.importers
    roles = {line.role(name, party) for name, party in parties.items()}
    return roles.pop() if len(roles) == 1 else None


def _exporter_status(_: Contract, line: Line) -> str | None:
    role = _one_role(line, of_exporter=True)
    if role is None:
        return None
    return "Processor or sub-processor" if role is PartyRole.PROCESSOR else "Controller"


def _importer_status(_: Contract, line: Line) -> str | None:
    """Whose processor an importer is must be asked."""
    role = _one_role(line, of_exporter=False)
    return "Controller" if role in (PartyRole.CONTROLLER, PartyRole.JOINT_CONTROLLER) else None


def _linked_agreement(contract: Contract, _: Line) -> str | None:
    return main_contract_in_words(contract)


def _of_option_a(read: Callable[[Contract, Line], str | None]) -> Callable[[Contract, Line], str | None]:
    """A field of Table 2 that is filled in where it identifies the EU clauses."""
    return lambda contract, line: read(contract, line) if _t2(contract, line) == "option_a" else None


def _of_option_b(read: Callable[[Contract, Line], str | None]) -> Callable[[Contract, Line], str | None]:
    """A field of Table 2 that is filled in where it lists modules and choices."""
    return lambda contract, line: read(contract, line) if _t2(contract, line) == "option_b" else None


def _t2(contract: Contract, line: Line) -> str | None:
    found = contract.option(line, "t2")
    return found[0] if found is not None else None


def _choice(option_id: str) -> Callable[[Contract, Line], str | None]:
    def read(contract: Contract, line: Line) -> str | None:
        found = contract.option(line, option_id)
        option = next((one for _, one in line.options if one.id == option_id), None)
        if option is None:
            return "Not in this module"
        return next((one.what for one in option.choices if found is not None and one.id == found[0]), None)

    return read


def _period(contract: Contract, line: Line) -> str | None:
    if all(one.id != "c9a_time_period" for one in line.fill_ins):
        return "Not in this module"
    found = contract.fill_in(line, "c9a_time_period")
    return words(found[0]) if found is not None else None


def _date_of_clauses(contract: Contract, _: Line) -> str | None:
    signed = contract.agreement.signed_on
    return f"{signed}, the day of this agreement" if signed is not None else None


def _reference(contract: Contract, line: Line) -> str | None:
    main = main_contract_in_words(contract)
    named = f"{line.base.instrument}, {line.module.name}, as made part of this agreement"
    return named if main is None else f"{named}, which goes with {main}"


def _where(annex_id: str) -> Callable[[Contract, Line], str | None]:
    def read(_: Contract, line: Line) -> str | None:
        annex = next((one for record, one in line.annexes if record is line.base and one.id == annex_id), None)
        return f"Annex {annex.number} of this agreement" if annex is not None else "Not in this module"

    return read


_RULES: dict[str, Callable[[Contract, Line], str | None]] = {
    "uk-idta:table_2.exporter_status": _exporter_status,
    "uk-idta:table_2.importer_status": _importer_status,
    "uk-idta:table_2.linked_agreements": _linked_agreement,
    "uk-idta:table_4.transmission": lambda c, line: measures_under(c, line, "protection in transmission"),
    "uk-idta:table_4.storage": lambda c, line: measures_under(
        c, line, "protection in storage", "pseudonymisation and encryption"
    ),
    "uk-idta:table_4.processing": lambda c, line: measures_under(
        c, line, "identification and authorisation of users", "logging of events", "data minimisation"
    ),
    "uk-idta:table_4.organisation": lambda c, line: measures_under(
        c, line, "governance of IT and of its security", "certification or assurance", "accountability"
    ),
    "uk-idta:part_2.contractual": lambda c, _: (
        "The supplementary clauses of this agreement" if c.agreement.supplementary else None
    ),
    "uk-idta:part_3.terms": lambda c, _: (
        "The further clauses of this agreement" if c.agreement.further_clauses else None
    ),
    "uk-addendum:table_2.date": _of_option_a(_date_of_clauses),
    "uk-addendum:table_2.reference": _of_option_a(_reference),
    "uk-addendum:table_2.module": _of_option_b(lambda _, line: line.module.name),
    "uk-addendum:table_2.clause_7": _of_option_b(_choice("c7_docking")),
    "uk-addendum:table_2.clause_11": _of_option_b(_choice("c11a_dispute_body")),
    "uk-addendum:table_2.clause_9a": _of_option_b(_choice("c9a_authorisation")),
    "uk-addendum:table_2.clause_9a_period": _of_option_b(_period),
    "uk-addendum:table_2.combined": _of_option_b(_choice("m4_section_iii")),
    "uk-addendum:table_3.annex_1a": _where("annex_i_a"),
    "uk-addendum:table_3.annex_1b": _where("annex_i_b"),
    "uk-addendum:table_3.annex_2": _where("annex_ii"),
    "uk-addendum:table_3.annex_3": _where("annex_iii"),
    "br-anpd:c2_contract": lambda contract, _: main_contract_in_words(contract),
}
"""A test holds that each names a field on file."""
