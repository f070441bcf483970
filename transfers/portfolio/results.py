"""What is said of each row: the columns of the results, and the answer that all rows with one key share."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from country_reports.frozen import frozen
from country_reports.records import Problem
from transfers.documents.reasons import decisive_findings
from transfers.extract import Extract
from transfers.rendering import Answer

RESULTS = (
    "outcome", "regimes", "benchmark", "weakest_leg", "reasons", "reasons_in_words", "conditions", "conditions_in_words",
    "questions", "review_by", "as_of", "fingerprint",
)  # fmt: skip
"""Columns that a batch adds to a table. Where the table has them already, from an earlier batch, they are written anew."""

ITEMS, SENTENCES = "; ", " | "
"""What stands between ids, and between sentences."""


@frozen
class Trouble:
    """One thing that is wrong with a row: in which column, and what would be right."""

    column: str
    message: str

    def of(self, file: str, row: int) -> Problem:
        return Problem(file, row, self.column, self.message)


@frozen
class Decision:
    """The answer to one key. ``cells`` stand under ``RESULTS``; ``places`` are those of all legs, ``unknown`` where one is not known."""

    outcome: str
    cells: tuple[str, ...]
    destination: str
    importer: str
    places: tuple[str, ...]


@frozen
class Refusal:
    """Why a key leads to no route."""

    troubles: tuple[Trouble, ...]


Verdict = Decision | Refusal


def decision_of(answer: Answer, extract: Extract, as_of: date, fingerprint: str) -> Decision:
    """An answer as the cells of a row."""
    reasons = decisive_findings(answer.outcome.word, answer.regimes)
    conditions = [condition for condition in answer.conditions if condition.binding]
    cells = (
        answer.outcome.word,
        ITEMS.join(f"{regime.id}: {regime.outcome}" for regime in answer.regimes),
        answer.benchmark.outcome,
        answer.weakest_leg or "",
        ITEMS.join(dict.fromkeys(finding.provision for finding in reasons)),
        " ".join(finding.because for finding in reasons),
        ITEMS.join(condition.id for condition in conditions),
        SENTENCES.join(condition.text for condition in conditions),
        ITEMS.join(question.id for question in answer.questions),
        answer.review_by(as_of).isoformat(),
        as_of.isoformat(),
        fingerprint,
    )
    first = extract.parties[0]
    return Decision(
        answer.outcome.word,
        cells,
        extract.case.importer.place or "unknown",
        first.record.id if first.record is not None else "unknown",
        tuple(sorted({leg.place or "unknown" for leg in extract.case.legs})),
    )


def as_line(key: str, verdict: Verdict) -> str:
    """A key and what was found for it, as one line of JSON."""
    told: dict[str, Any] = {"key": key}
    if isinstance(verdict, Refusal):
        told["refused"] = [[one.column, one.message] for one in verdict.troubles]
    else:
        told |= {
            "outcome": verdict.outcome,
            "cells": verdict.cells,
            "destination": verdict.destination,
            "importer": verdict.importer,
            "places": verdict.places,
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def of_line(line: str) -> tuple[str, Verdict]:
    """What ``as_line`` wrote.

    Raises:
        ValueError: it is no such line, as when the machine stopped while it was being written.
    """
    try:
        told = json.loads(line)
        if "refused" in told:
            return told["key"], Refusal(tuple(Trouble(column, message) for column, message in told["refused"]))
        cells, places = tuple(told["cells"]), tuple(told["places"])
        return told["key"], Decision(told["outcome"], cells, told["destination"], told["importer"], places)
    except (KeyError, TypeError) as error:
        raise ValueError("no line of decisions") from error
