"""What a draft still lacks, and what in it contradicts its set: each with the clause and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clauses.assembly import made_out
from clauses.paper.answers_fit import misfits
from clauses.paper.authorities_named import authorities_named
from clauses.paper.choices_checked import agreed_list, laws_and_courts, time_periods, uses
from clauses.paper.citing import LOOK_UP
from clauses.paper.contract import Contract
from clauses.paper.draft import Entry
from clauses.paper.forms_checked import filings, languages
from clauses.paper.measures_told import measures_told
from clauses.paper.parties_checked import docking, parties_take_part, roles_stated, signatures
from clauses.paper.recipients_checked import places, recipients
from clauses.paper.terms_against import terms_against
from clauses.paper.trouble import Trouble


def lacks(contract: Contract) -> tuple[Trouble, ...]:
    """Everything that is missing or contradicts, in the order in which the paper is read, each once."""
    found = [*misfits(contract), *(trouble for check in CHECKS for trouble in check(contract))]
    return tuple({(one.field, one.message, one.clause): one for one in found}.values())


def blanks(contract: Contract) -> Iterator[Trouble]:
    """Every required field without a value."""
    for entry in made_out(contract).blanks:
        about = ", ".join(filter(None, (entry.group, entry.label)))
        yield Trouble("blank", entry.field, _at(entry), f"not answered: {about}", _asked(entry))


def _at(entry: Entry) -> str:
    return f"{entry.at}; {LOOK_UP}" if '"' in entry.at else entry.at


def _asked(entry: Entry) -> str:
    return f"{entry.hint[0].upper()}{entry.hint[1:]}".rstrip(".") + "." if entry.hint else ""


CHECKS: tuple[Callable[[Contract], Iterator[Trouble]], ...] = (
    blanks,
    parties_take_part,
    laws_and_courts,
    time_periods,
    agreed_list,
    roles_stated,
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
