"""Which sets and modules parties could sign on a day, what would open others, and why the rest is closed. Knows no route.

What is not known never opens a set: it is open only if somebody answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import combinations

from clauses.clause_set import ClauseSet
from clauses.fitting import Circumstances, Pair, demands_of, fits
from clauses.library import Library, Tool
from clauses.parts import NEVER_USABLE, IfNot, Kind, SetFiling, Status
from clauses.reasons import asked, code_of, of_other_laws, why_not_met
from country_reports.facts import Role, Truth, Verification
from country_reports.frozen import frozen


@frozen
class ClauseQuestion:
    """Who would sign, on which day. In a mixed relationship each of the ``pairs`` of roles needs a text of its own.

    ``further_regimes`` are the other laws that bind the exporter for the same transfer; their adaptations can be joined too.
    ``answers`` stand under the ids that offers name.
    """

    day: date
    pairs: tuple[Pair, ...]
    here: Circumstances
    further_regimes: tuple[str, ...] = ()
    answers: frozenset[tuple[str, Truth]] = frozenset()

    def answer(self, criterion: str) -> Truth:
        """What is answered under the id; unknown where nothing is."""
        return next((value for name, value in self.answers if name == criterion), Truth.UNKNOWN)


class State(StrEnum):
    """Whether a new contract can be made on a set that day: yes, no, or only if something is answered."""

    OPEN = "open"
    OPEN_IF = "open_if"
    CLOSED = "closed"


@frozen
class Reason:
    """Why a set is closed, or a question that must be answered before it is open, with the id under which a route does."""

    code: str
    text: str
    criterion: str | None = None


@frozen
class Offer:
    """One set, module or joined expression. ``pair`` is the one that it would serve; None where it is closed to all.

    ``heed`` is what to know before it is signed, ``filing`` what must be filed as the set's own record has it (None: that is not
    there), ``instead`` what a route relies on where the record is no clauses.
    """

    tool: str
    record: ClauseSet
    title: str
    pair: Pair | None
    state: State
    reasons: tuple[Reason, ...] = ()
    heed: tuple[str, ...] = ()
    filing: SetFiling | None = None
    instead: tuple[str, ...] = ()


def select(question: ClauseQuestion, library: Library) -> tuple[Offer, ...]:
    """Every set and module, for each pair of roles: the open ones first, then those that are open if, then the closed.

    Where an adaptation makes a set a tool of one of the laws, it is offered joined, alone and with those of the other laws.
    """
    records = library.sets()
    wanted = [one for one, _ in records if _can_be_joined(one, question)]
    found: list[Offer] = []
    for record, _ in records:
        if record in wanted:
            continue
        tools = list(_tools_of(record, [one for one in wanted if one.adaptation_of == record.id], library))
        found += [offer for tool in tools for offer in _offers(question, tool)]
        if not tools:
            found.append(_no_tool(question, record))
    order = list(State)
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.tool, _place(question, one))))


def _place(question: ClauseQuestion, offer: Offer) -> int:
    return question.pairs.index(offer.pair) if offer.pair is not None else -1


def _can_be_joined(record: ClauseSet, question: ClauseQuestion) -> bool:
    laws = {question.here.regime, *question.further_regimes}
    return record.adaptation_of is not None and record.is_clauses and not laws.isdisjoint(record.regimes)


def _tools_of(record: ClauseSet, adaptations: list[ClauseSet], library: Library) -> Iterator[Tool]:
    """Each module alone, then with each choice of adaptations, by their ids."""
    if not record.is_clauses or record.adaptation_of is not None:
        return
    ids = sorted(one.id for one in adaptations)
    for module in record.modules:
        for many in range(len(ids) + 1):
            for joined in combinations(ids, many):
                yield library.tool(" WITH ".join((f"{record.id}/{module.id}", *joined)))


def _offers(question: ClauseQuestion, tool: Tool) -> Iterator[Offer]:
    """One offer for each pair, or one for all where it makes no difference who signs."""
    regime = question.here.regime
    shut = tuple(reason for part in tool.parts for reason in _shut_on(question.day, part))
    if not tool.serves(regime):
        shut += (Reason("regime", of_other_laws(tool.parts, regime)),)
    if shut:
        yield Offer(tool.id, tool.clause_set, tool.title, None, State.CLOSED, shut)
        return
    today = tool.as_of(question.day)
    yield from (_offer(question, today, pair) for pair in question.pairs)


def _offer(question: ClauseQuestion, tool: Tool, pair: Pair) -> Offer:
    found = fits(question.here, pair, tool, question.answer)
    not_met = tuple(
        Reason(code_of(fit), why_not_met(fit, question.here, pair, tool)) for fit in found if fit.met is Truth.NO
    )
    if not_met:
        return Offer(tool.id, tool.clause_set, tool.title, pair, State.CLOSED, not_met)
    still_open = {
        fit.criterion: Reason(code_of(fit), asked(fit), fit.criterion)
        for fit in reversed(found)
        if fit.met is Truth.UNKNOWN
    }
    return Offer(
        tool.id,
        tool.clause_set,
        tool.title,
        pair,
        State.OPEN_IF if still_open else State.OPEN,
        tuple(reversed(still_open.values())),
        heed=tuple(_heed(question, tool, pair)),
        filing=_filing(question.here.regime, tool),
    )


def _no_tool(question: ClauseQuestion, record: ClauseSet) -> Offer:
    """A record that no transfer can rest on as clauses, with all that keeps it from that."""
    reasons: list[Reason] = []
    if record.kind in (Kind.NON_CLAUSE_TOOL, Kind.GUIDANCE):
        reasons.append(Reason("no_clauses", _NO_CLAUSES[record.kind].format(short=record.short)))
    elif record.transfer_tool is Truth.NO:
        reasons.append(Reason("no_transfer_tool", f"{record.short} gives no safeguard for a transfer."))
    reasons += _shut_on(question.day, record)
    if question.here.regime not in record.regimes:
        reasons.append(Reason("regime", of_other_laws((record,), question.here.regime)))
    if record.is_clauses and record.adaptation_of is None:
        text = f"Which modules {record.short} has is not on file, so that it cannot be signed as a set that we know."
        reasons.append(Reason("modules_not_on_file", text))
    instead = record.relied_on_as if question.here.regime in record.regimes else ()
    return Offer(record.id, record, record.name, None, State.CLOSED, tuple(reasons), instead=instead)


_NO_CLAUSES = {
    Kind.NON_CLAUSE_TOOL: "{short} is no set of clauses; it is a tool of another kind.",
    Kind.GUIDANCE: "{short} says what a contract or a law asks for, and is no text to sign.",
}


def _shut_on(day: date, part: ClauseSet) -> Iterator[Reason]:
    """Why no new contract can be made on a set that day, whoever signs."""
    role = part.role_on(day)
    if part.status in NEVER_USABLE:
        yield Reason("not_issued", f"{part.short}: {_NEVER[part.status]}. {part.status_note or ''}".rstrip())
    elif role is Role.NOT_YET:
        yield Reason("not_yet", f"{part.short} cannot be used before {part.valid_from}.")
    elif role is Role.ENDED:
        yield Reason("ended", f"Nothing can rest on {part.short} since {part.valid_to}.")
    elif part.concludable_until is not None and part.concludable_until <= day:
        until = f"; a contract made before carries until before {part.valid_to}" if part.valid_to is not None else ""
        yield Reason(
            "no_new_contracts", f"No new contract can be made on {part.short} since {part.concludable_until}{until}."
        )


_NEVER = {
    Status.ANNOUNCED: "announced, and not adopted as far as is on file",
    Status.DRAFT: "a draft",
    Status.NONE_FOUND: "no such text was found",
}


def _heed(question: ClauseQuestion, tool: Tool, pair: Pair) -> Iterator[str]:
    """What to know before it is signed: when it is not needed, what its text asks for, until when, and what was not checked."""
    for _, demand in demands_of(question.here, pair, tool):
        if demand.if_not is IfNot.NOT_NEEDED:
            yield f"Check first whether clauses are needed; they are not if the answer is no: {demand.asks}"
        elif demand.if_not is IfNot.OTHER_CHOICE:
            yield f"To be settled in the contract: {demand.asks}"
    if tool.module.note is not None:
        yield tool.module.note
    for part in tool.parts:
        if part.official_form_only:
            yield f"The official form of {part.short} itself is signed, whole and as it stands."
        if part.concludable_until is not None:
            end = f", and nothing rests on it from {part.valid_to}" if part.valid_to is not None else ""
            yield f"No new contract can be made on {part.short} from {part.concludable_until}{end}."
        if part.fact(tool.origin).verification_on(question.day) is Verification.UNVERIFIED:
            yield f"Confirm {part.short} at the source: its record was not checked for this day."


def _filing(regime: str, tool: Tool) -> SetFiling | None:
    """What must be filed, as told by the part that serves this law."""
    parts = (part for part in tool.parts if regime in part.regimes)
    return next((found for part in parts if (found := part.filing_under(regime)) is not None), None)
