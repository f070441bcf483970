"""How a clause of a set is named in a paper: by its number only where that was read in the text, else by its heading."""

from __future__ import annotations

import re

from clauses.contents import Annex
from clauses.in_full import ClauseSetInFull

LOOK_UP = "a clause named by its heading stands under a number that was not checked: look it up in the official text"
"""What a reader of such a citation is told."""

_NUMBER = r"(\d+(?:\.\d+)*(?:\([a-z]+\))*)"


def clause_of(record: ClauseSetInFull, number: str) -> str:
    """A clause by its number, or by its heading where that was not checked."""
    clause = record.clause(number)
    if clause is not None and record.number_verified(clause):
        return f"{_word(record)} {number}"
    heading = number if clause is None else clause.heading
    return f'the {_word(record)} "{heading}"'


def annex_of(annex: Annex) -> str:
    """An annex by its number, as the form has it, and its heading."""
    if annex.number is None:
        return annex.heading
    return annex.number if re.search(r"[A-Za-z]{4}", annex.number) else f"Annex {annex.number}"


def told(record: ClauseSetInFull, text: str) -> str:
    """Words of the record about its own clauses, without numbers that nobody read in the text.

    What it calls otherwise than its own clauses, such as an article of a law, stays.
    """

    def checked(found: re.Match[str]) -> str:
        clause = record.clause(found[2]) or record.clause(found[2].partition(".")[0])
        if clause is None or record.number_verified(clause):
            return found[0]
        return f'{found[1]} "{clause.heading}"'

    return re.sub(rf"(?i)\b({_word(record)}s?)\s+{_NUMBER}", checked, text)


def _word(record: ClauseSetInFull) -> str:
    """What the set calls its clauses, as its record shows: the forms of the ICO have sections, Turkish contracts articles."""
    if record.issuer == "Information Commissioner":
        return "section"
    return "article" if record.id.startswith("tr-") else "clause"
