"""Whether a form that must be filed is filed in time, and signed in the language that counts."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.paper.contract import Contract
from clauses.paper.filing_days import HOLIDAYS, filing_steps, last_signature
from clauses.paper.trouble import Trouble
from country_reports.regime import Needed


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
