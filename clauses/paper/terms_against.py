"""Terms around the clauses that would turn them round: a cap on liability towards data subjects, another order of rank, a changed text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.in_full import ClauseSetInFull
from clauses.paper.citing import clause_of
from clauses.paper.contract import Contract
from clauses.paper.trouble import Trouble
from country_reports.facts import Truth


def terms_against(contract: Contract) -> Iterator[Trouble]:
    """What the main contract is said to do, and what its words, and further clauses of the parties, look as if they did."""
    for base in contract.bases:
        yield from _as_answered(contract, base)
        for field, text in _terms(contract):
            yield from _as_worded(base, field, text)


def _as_answered(contract: Contract, base: ClauseSetInFull) -> Iterator[Trouble]:
    main = contract.agreement.main_contract
    if main is None:
        return
    answers = (
        ("limits_liability_to_data_subjects", main.limits_liability_to_data_subjects, _liability(base), _NO_CAP),
        ("prevails_over_the_clauses", main.prevails_over_the_clauses, _rank(base), _NO_RANK),
        ("changes_the_clauses", main.changes_the_clauses, _alteration(base), _NO_CHANGE),
    )
    for field, answer, clause, right in answers:
        said = field.replace("_", " ")
        if answer is Truth.YES:
            yield Trouble(field, f"main_contract.{field}", clause, f"the main contract {said}", right)
        elif answer is Truth.UNKNOWN and not main.terms:
            message = f"whether the main contract {said} is not answered"
            yield Trouble(field, f"main_contract.{field}", clause, message, "Read it, and answer yes or no.")


def _as_worded(base: ClauseSetInFull, field: str, text: str) -> Iterator[Trouble]:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    if _LIABILITY.search(text) and _CAPPED.search(text) and not _CARVED_OUT.search(text):
        message = f"this limits liability, and does not leave out what data subjects may claim: {shown!r}"
        yield Trouble("limits_liability_to_data_subjects", field, _liability(base), message, _NO_CAP)
    if any(_OTHER_FIRST.search(sentence) and not _CLAUSES_FIRST.search(sentence) for sentence in _sentences(text)):
        yield Trouble(
            "prevails_over_the_clauses", field, _rank(base), f"this puts another text first: {shown!r}", _NO_RANK
        )
    if _CHANGED.search(text):
        yield Trouble(
            "changes_the_clauses", field, _alteration(base), f"this changes the official text: {shown!r}", _NO_CHANGE
        )


def _terms(contract: Contract) -> Iterator[tuple[str, str]]:
    main = contract.agreement.main_contract
    if main is not None:
        yield from ((f"main_contract.terms.{number}", text) for number, text in main.terms.items())
    yield from ((f"further_clauses[{number}]", text) for number, text in enumerate(contract.agreement.further_clauses))
    for name, filled in contract.agreement.supplementary.items():
        yield from ((f"supplementary.{name}.{gap}", text) for gap, text in filled.items())


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;])\s+", text)


def _liability(base: ClauseSetInFull) -> str:
    clause = base.liability.clause if base.liability is not None else None
    return f"{base.short}, {clause_of(base, clause)}" if clause is not None else f"{base.short}, liability"


def _rank(base: ClauseSetInFull) -> str:
    return _headed(base, ("Hierarchy", "Conflict"), "which text prevails")


def _alteration(base: ClauseSetInFull) -> str:
    return _headed(
        base, ("Effect and invariability of the Clauses", "Impact and Modification"), "no alteration of the text"
    )


def _headed(base: ClauseSetInFull, headings: tuple[str, ...], otherwise: str) -> str:
    found = next((one for one in base.clauses if one.heading in headings and one.number is not None), None)
    return (
        f"{base.short}, {clause_of(base, found.number)}"
        if found is not None and found.number
        else f"{base.short}, {otherwise}"
    )


_SHOWN = 160
_NO_CAP = "Let no cap, exclusion or time bar of it apply to claims of data subjects under the clauses."
_NO_RANK = "The clauses prevail over any other agreement between the parties, earlier or later."
_NO_CHANGE = "Use the text as it stands; add only what neither contradicts it nor weakens it."
_CLAUSES = r"(standard contractual clauses|sccs?\b|clauses|idta|addendum|official form|standard contract)"
_OTHER = r"(this|main|master|services?|framework|msa)\W+(agreement|contract|msa)|main contract|order form|general terms|terms and conditions"
_LIABILITY = re.compile(r"(?i)\bliab(le|ility|ilities)\b")
_CAPPED = re.compile(
    r"(?i)\b(limit(ed|s|ation)?|cap(ped)?|exceed|exclud(e|es|ed)|maximum|not be liable|no liability)\b"
)
_CARVED_OUT = re.compile(
    r"(?i)((does|do|shall|will) not (apply|limit|affect|extend)|no(thing|t)\b|except|without prejudice|between the parties only).{0,120}data subjects?"
    r"|data subjects?.{0,120}((is|are|remain|remains) (not|un)\w*|not (limited|affected))"
)
_OTHER_FIRST = re.compile(
    rf"(?i)({_OTHER}).{{0,80}}\b(prevails?|takes? precedence|supersedes?|overrides?|controls?)\b|{_CLAUSES}.{{0,60}}\bsubject to\b.{{0,40}}({_OTHER})"
)
_CLAUSES_FIRST = re.compile(
    rf"(?i){_CLAUSES}.{{0,80}}\b(prevail|take[s]? precedence|supersede|override)|subject to.{{0,40}}{_CLAUSES}"
)
_CHANGED = re.compile(
    r"(?i)\b(clause|clauses|section|article)\s+\d[\w.()]*.{0,60}\b(does not apply|do not apply|shall not apply"
    r"|(is|are) (deleted|replaced|amended|modified|disapplied|waived))"
    r"|\b(in derogation|by way of derogation|deviat\w+) (of|from) (the )?(clause|standard)"
)
