"""Answers that people give: one without a name, a day or a source, or too old, carries a permission only on condition."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case
from transfers.finding import Condition, _, say


def to_document(case: Case, *criteria: str) -> tuple[Condition, ...]:
    """The conditions to confirm and document those answers that do not say who gave them, when and on what, or are too old."""
    text = _(
        "This rests on an answer to {criterion} that lacks a name, a day or a source, or is too old: have it confirmed and documented."
    )
    return tuple(
        Condition(f"document_answer:{criterion}", say(text, criterion=criterion), "method:answers")
        for criterion in criteria
        if criterion not in case.documented
    )


def settled(case: Case, criterion: str, on_file: Truth | None, silent: Truth) -> Truth:
    """What is on file where that settles it, else the answer; ``silent`` where nothing is on file and the route does not speak of it."""
    if on_file is not None and on_file is not Truth.UNKNOWN:
        return on_file
    if on_file is None and not case.claims(criterion):
        return silent
    return case.answer(criterion)
