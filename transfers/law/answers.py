"""Answers that people give: one without a name, a day or a source, too old, or of the recipient, carries a permission only on condition."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.facts import Truth
from transfers.case import Case
from transfers.finding import Condition, _, say


def to_document(case: Case, *criteria: str) -> tuple[Condition, ...]:
    """What is still to be done about answers that a permission rests on.

    One that does not say who gave it, when and on what, or is too old, is to be confirmed and documented; one that the
    recipient gave once for all routes is to be checked for this one.
    """
    return tuple(condition for criterion in criteria for condition in _conditions(case, criterion))


def _conditions(case: Case, criterion: str) -> Iterator[Condition]:
    if criterion not in case.documented:
        text = _(
            "This rests on an answer to {criterion} that lacks a name, a day or a source, or is too old: have it confirmed and documented."
        )
        yield Condition(f"document_answer:{criterion}", say(text, criterion=criterion), "method:answers")
    if criterion in case.told_by_importers:
        text = _(
            "This rests on the recipient's own word, given once for every transfer to it ({criterion}): check that the document it names is "
            "about what is relied on here, and keep it."
        )
        yield Condition(f"check_importers_answer:{criterion}", say(text, criterion=criterion), "method:answers")


def settled(case: Case, criterion: str, on_file: Truth | None, silent: Truth) -> Truth:
    """What is on file where that settles it, else the answer; ``silent`` where nothing is on file and the route does not speak of it."""
    if on_file is not None and on_file is not Truth.UNKNOWN:
        return on_file
    if on_file is None and not case.claims(criterion):
        return silent
    return case.answer(criterion)
