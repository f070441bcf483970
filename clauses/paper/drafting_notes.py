"""Advice to those who draft: what the record knows of a set, what must be stated and filed. No part of what is signed."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import LOOK_UP, clause_of, told
from clauses.paper.contract import Contract
from clauses.paper.draft import Entry, From, Part, Value
from clauses.paper.filing_days import HOLIDAYS, FilingStep, filing_steps
from country_reports.facts import Truth, Verification
from country_reports.regime import Needed


def notes_on(contract: Contract, record: ClauseSetInFull) -> Part:
    """What a lawyer should know of a set before the paper is signed."""
    return Part(f"{record.id}.notes", f"Before signing: {record.short}", tuple(_notes(contract, record)), is_note=True)


def filing_part(contract: Contract) -> Part:
    """What is filed, with whom and by when."""
    steps = tuple(filing_steps(contract))
    said = tuple(text for record in contract.bases for text in _filings(contract, record))
    text = said or ("Whether anything must be filed where this form is signed is not on file.",)
    counted = any(step.filing.working_days and step.last_day for step in steps)
    entries = tuple(entry for step in steps if step.filing.days for entry in _days(contract, step))
    return Part(
        "filing", "What is filed, and by when", (*text, f"{HOLIDAYS}.") if counted else text, entries, is_note=True
    )


def _days(contract: Contract, step: FilingStep) -> Iterator[Entry]:
    at = step.record.short
    start = contract.value(str(step.from_day), step.answered_in) if step.from_day is not None else None
    yield Entry(step.answered_in, f"Counted from {step.filing.counted_from}", at, start, required=False)
    last = Value(str(step.last_day), From.WORKED_OUT, step.filing.due or "") if step.last_day is not None else None
    yield Entry("filing", "Last day", at, last, required=False)
    filed = contract.agreement.filed_on
    yield Entry("filed_on", "Filed on", at, contract.value(str(filed), "filed_on") if filed else None, required=False)


def _step(step: FilingStep) -> str:
    filing = step.filing
    told_of = [
        "To be filed" if filing.needed is Needed.YES else "To be filed in some cases",
        f": {filing.what}" if filing.what else "",
        f"; with: {filing.to}" if filing.to else "",
        f"; by whom: {filing.by}" if filing.by else "",
        f"; time: {filing.due}" if filing.due else "",
        f"; again: {filing.again_on}" if filing.again_on else "",
        ".",
        f" {filing.sanction}" if filing.sanction else "",
        f" {filing.note}" if filing.note else "",
    ]
    return "".join(told_of)


def _notes(contract: Contract, record: ClauseSetInFull) -> Iterator[str]:
    checked = f", as of {record.verified_on}" if record.verified_on is not None else ""
    yield f"Our record of this set rests on: {record.source.title} ({record.source.url}); {_CHECKED[record.verification]}{checked}."
    if record.clauses and not record.numbers_verified:
        yield f"{LOOK_UP[0].upper()}{LOOK_UP[1:]}."
    if record.clauses_read is not None and record.clauses_read.note is not None:
        yield record.clauses_read.note
    yield from _on_making_it_part(record)
    yield from _on_additions(contract, record)
    laws = {*contract.agreement.laws}
    for demand in (one for one in record.demands if not laws or not one.under or laws & {*one.under}):
        yield f"Confirm before signing: {demand.asks}" + (f" {demand.note}" if demand.note else "")
    assessment = record.assessment
    if assessment is not None and assessment.exists is Truth.YES:
        where = f" ({clause_of(record, assessment.clause)})" if assessment.clause is not None else ""
        name = f": {assessment.name}" if assessment.name else ""
        yield f"The parties assess the law and practice of the destination before they sign{where}{name}."
    if not record.official_form_only:
        yield from _filings(contract, record)
    languages = record.languages
    if languages is not None and (languages.official or languages.note):
        official = f"Official text in: {', '.join(languages.official)}. " if languages.official else ""
        prevails = f"The {languages.prevailing} text prevails. " if languages.prevailing else ""
        yield f"{official}{prevails}{languages.note or ''}".strip()


def _on_making_it_part(record: ClauseSetInFull) -> Iterator[str]:
    incorporation = record.incorporation
    if incorporation is None:
        yield "Whether a reference to this set is enough is not on file: attach its text."
        return
    if incorporation.note is not None:
        yield f"Reference or attachment: {told(record, incorporation.note)}{_unverified(incorporation.verification)}"
    for item in incorporation.must_state:
        yield f"To be stated: {told(record, item)}."


def _on_additions(contract: Contract, record: ClauseSetInFull) -> Iterator[str]:
    for change in record.changes:
        what = change.change or change.in_cases.get(contract.use(record) or "")
        if what is not None:
            yield f"What it changes, in our words: {change.at}: {told(record, what)}{_unverified(change.verification)}"
    may_add = record.alteration.may_add if record.alteration is not None else None
    if may_add is not None:
        yield f"What may be added: {may_add}."
    elif contract.agreement.supplementary or contract.agreement.further_clauses:
        yield "Whether anything may be added to this text is not on file: have that looked up before clauses of your own go with it."


def _filings(contract: Contract, record: ClauseSetInFull) -> Iterator[str]:
    """What is said of filings, those that are not needed included."""
    for filing in record.filings:
        if filing.needed is Needed.NO:
            yield f"Filing: none is needed. {told(record, filing.note or '')}".strip()
    yield from (_step(step) for step in filing_steps(contract) if step.record is record)


def _unverified(verification: Verification | None) -> str:
    return " (not checked)" if verification is Verification.UNVERIFIED else ""


_CHECKED = {
    Verification.PRIMARY: "read in the text itself",
    Verification.SECONDARY: "read in a report of the text",
    Verification.UNVERIFIED: "NOT checked",
}
