"""By when a signed form must be with the authority, counted as its law counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from clauses.in_full import ClauseSetInFull
from clauses.paper.contract import Contract
from clauses.parts import SetFiling
from country_reports.frozen import frozen
from country_reports.regime import Needed


@frozen
class FilingStep:
    """What is filed for a set. ``from_day`` is the day it is counted from, ``last_day`` the last one; None where that is to be answered."""

    record: ClauseSetInFull
    filing: SetFiling
    from_day: date | None
    last_day: date | None
    answered_in: str


HOLIDAYS = (
    "Saturdays and Sundays are left out, public holidays of the place are not: where there are any, the day may be later, and where a weekend "
    "day is worked by order of the State it may be earlier. Have the place's calendar looked up"
)
"""What must be said of every day that was counted in working days."""


def filing_steps(contract: Contract) -> Iterator[FilingStep]:
    """One for each set of the paper whose record says that something is, or may have to be, filed."""
    laws = contract.agreement.laws
    for record in contract.bases:
        for filing in record.filings:
            if filing.needed is Needed.NO or (laws and filing.under and not {*laws} & {*filing.under}):
                continue
            start, answered_in = _start(contract, filing)
            last = last_day(start, filing.days, filing.working_days) if start is not None and filing.days else None
            yield FilingStep(record, filing, start, last, answered_in)


def last_day(start: date, days: int, working_days: bool) -> date:
    """The last day of a time of so many days. The day that it is counted from is not one of them."""
    if not working_days:
        return start + timedelta(days=days)
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def last_signature(contract: Contract) -> date | None:
    """The day on which the last party signed; None while one has not said."""
    signatories = [party.signatory.signed_on for party in contract.agreement.parties.values() if party.signatory]
    days = [day for day in signatories if day is not None]
    if days and len(days) == len(contract.agreement.parties):
        return max(days)
    return contract.agreement.signed_on


def _start(contract: Contract, filing: SetFiling) -> tuple[date | None, str]:
    """The day it is counted from, and where that is answered; words that we cannot count from give none."""
    counted = _COUNTED_FROM.get(filing.counted_from or "")
    return (counted[0](contract), counted[1]) if counted is not None else (None, "")


_COUNTED_FROM: dict[str, tuple[Callable[[Contract], date | None], str]] = {
    "the day on which the contract takes effect": (lambda contract: contract.agreement.effective_on, "effective_on"),
    "the last signature": (last_signature, "signed_on"),
}
"""How the records say it. A test holds that every record which counts days says it in one of these ways."""

_SATURDAY = 5
