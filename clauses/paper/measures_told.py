"""Whether the description of a transfer and its measures say something: an annex that could stand in any contract protects nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.paper.citing import annex_of, clause_of
from clauses.paper.common_answers import common_field, measures_of
from clauses.paper.contract import Contract, Line, words
from clauses.paper.draft import From
from clauses.paper.trouble import Trouble


def measures_told(contract: Contract) -> Iterator[Trouble]:
    """Measures in general words, retention without a time, sensitive data without safeguards."""
    for line in contract.lines:
        yield from _measures(contract, line)
        yield from _sensitive(contract, line)
        yield from _retention(contract, line)


def is_general(text: str, headings: tuple[str, ...] = ()) -> bool:
    """Whether words about measures name none: stock phrases, the headings of the annex, or too little to tell anything."""
    if text.strip().casefold() in {heading.casefold() for heading in headings}:
        return True
    if _SPECIFIC.search(text):
        return False
    if _STOCK.search(text):
        return True
    return len(re.findall(r"\w{3,}", text)) < _FEWEST_WORDS


def _measures(contract: Contract, line: Line) -> Iterator[Trouble]:
    for record, annex in line.annexes:
        for field in annex.fields:
            common = common_field(f"{record.id}:{annex.id}.{field.id}")
            if common is None or common.id not in ("security_measures", "assistance_measures"):
                continue
            clause = f"{record.short}, {annex_of(annex)}"
            for text, path in _told(contract, line, annex.id, field.id, common.id):
                if contract.origins.get(path) is From.ROUTE:
                    message = f"{text!r} is how the method names the measure, not how it is carried out"
                elif is_general(text, annex.examples):
                    message = f"{text!r} could stand in any contract"
                else:
                    continue
                yield Trouble(
                    "general_measure", path, clause, message, annex.constraint or "Say in specific words what is done."
                )


def _told(contract: Contract, line: Line, annex: str, field: str, common: str) -> Iterator[tuple[str, str]]:
    """Each measure on its own, wherever it was answered."""
    own = contract.annex_field(line, annex, field)
    if own is not None:
        answer = own[0]
        items = answer.values() if isinstance(answer, dict) else (answer,) if isinstance(answer, str) else answer
        yield from ((text, own[1]) for text in items)
    if common == "security_measures":
        yield from ((text, path) for _, text, path in measures_of(contract, line))
    described = contract.described(line, common) if own is None else None
    if described is not None:
        yield words(described[0]), described[1]


def _sensitive(contract: Contract, line: Line) -> Iterator[Trouble]:
    """Sensitive data come with the limits or safeguards for them, and are not denied where the categories name some."""
    found = _answer(contract, line, "sensitive_data")
    if found is None:
        return
    text, path = found
    clause = _about_sensitive(line)
    if _NONE.match(text.strip()):
        categories = _answer(contract, line, "data_categories")
        named = _SENSITIVE.search(categories[0]) if categories is not None else None
        if named is not None:
            message = f"there are said to be no sensitive data, and the categories name {named[0]!r}"
            yield Trouble("sensitive", path, clause, message, "Say which there are, with the safeguards for them.")
    elif not _SAFEGUARD.search(text):
        message = f"sensitive data without a limit or safeguard: {text!r}"
        right = "Say what protects them, such as who may see them, how they are encrypted or pseudonymised, or what may not be done."
        yield Trouble("sensitive", path, clause, message, right)


def _retention(contract: Contract, line: Line) -> Iterator[Trouble]:
    found = _answer(contract, line, "retention")
    if found is not None and _AS_NEEDED.match(found[0].strip()):
        message = f"{found[0]!r} gives neither a time nor what decides it"
        clause = _where(line, "retention")
        yield Trouble("retention", found[1], clause, message, "Give a time, or the event from which it runs.")


def _answer(contract: Contract, line: Line, common: str) -> tuple[str, str] | None:
    """The answer for a transfer: to the field of the set, else to what forms ask alike."""
    for record, annex in line.annexes:
        for field in annex.fields:
            named = common_field(f"{record.id}:{annex.id}.{field.id}")
            own = contract.annex_field(line, annex.id, field.id) if named is not None and named.id == common else None
            if own is not None:
                return words(own[0]), own[1]
    found = contract.described(line, common)
    return (words(found[0]), found[1]) if found is not None else None


def _where(line: Line, common: str) -> str:
    """The annex that asks for it."""
    for record, annex in line.annexes:
        for field in annex.fields:
            named = common_field(f"{record.id}:{annex.id}.{field.id}")
            if named is not None and named.id == common:
                return f"{record.short}, {annex_of(annex)}"
    return line.base.short


def _about_sensitive(line: Line) -> str:
    """The clause of the module on sensitive data, where there is one."""
    for clause in line.base.clauses_in(line.module.id):
        for part in clause.parts:
            if part.heading.casefold() == "sensitive data" and line.module.id in part.modules:
                return f"{line.base.short}, {clause_of(line.base, part.number)}"
    return _where(line, "sensitive_data")


_FEWEST_WORDS = 3
_SPECIFIC = re.compile(r"\d|\b[A-Z]{2,}\b")
"""A figure or a name of a standard: AES-256, TLS, ISO 27001, MFA."""
_STOCK = re.compile(
    r"(?i)\b(appropriate|adequate|suitable|reasonable|necessary|customary|industry[- ]standard|state[- ]of[- ]the[- ]art|best[- ]practices?|"
    r"commercially reasonable|as required|to be (agreed|determined|defined)|tbd|where applicable)\b"
)
_NONE = re.compile(r"(?i)(none|no|nil|n/a|not applicable|there are none)\b(?!.*\b(except|but|apart from|other than)\b)")
_SENSITIVE = re.compile(
    r"(?i)\b(health|medical|genetic|biometric|religio\w*|ethnic\w*|racial|sex(ual| life)\w*|trade[- ]union\w*|political opinions?|"
    r"criminal (records?|offences?|convictions?))\b"
)
_SAFEGUARD = re.compile(
    r"(?i)(safeguard|restrict|encrypt|pseudonym|anonym|access|limit|train|logged|logging|separate|protect|mask|only|not be|never|need[- ]to[- ]know|consent)"
)
_AS_NEEDED = re.compile(
    r"(?i)(for )?as long as (is |it is )?(necessary|needed|required)( for (the|its) purposes?)?\.?$"
)
