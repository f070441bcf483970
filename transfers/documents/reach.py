"""How far an act or a finding reaches on a day, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from country_reports.hub import ActOnDay
from country_reports.report import Statute
from transfers.documents import words


def status_on(act: Statute, day: date, reaches_to: date) -> str:
    """Whether an act was law on the day, as far as its own days tell."""
    if act.in_force is None:
        return (
            words.said(act.status)
            if day >= reaches_to
            else f"{words.said(act.status)} on {reaches_to}; not shown for this day"
        )
    if act.in_force > day.isoformat()[: len(act.in_force)]:
        return "not yet in force on this day"
    if act.status == "repealed" and day < reaches_to:
        return f"repealed by {reaches_to}; on which day is not on file"
    return words.said(act.status)


def limits_of(finding: ActOnDay, schemes: dict[str, str]) -> Iterator[str]:
    """For whom and for what the finding holds, within the limits of those it follows."""
    act = finding.record
    if act.scheme is not None:
        yield f"Only for recipients certified under {schemes.get(act.scheme, act.scheme)}"
    yield from (f"Only where: {requirement.text}" for requirement in act.requires)
    yield from (f"Left out: {exclusion.text}" for exclusion in act.excludes)
    yield from (f"The exporter must besides: {duty}" for duty in act.duties)
    for followed in finding.follows:
        yield f"It follows {followed.record.instrument}, and holds as long and as far as that does"
        yield from limits_of(followed, schemes)
    if any(name.startswith("treaty:") for name in act.destinations):
        yield "It holds for whoever is a Party to that treaty on the day"
