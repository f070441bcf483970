"""Does one clause set cover what another asks, and what article 14(3)(b) of Convention 108+ asks? Duty by duty.

It is never said that two sets are worth the same in law: see ``CAUTION``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from clauses.library import Library, Tool
from clauses.obligations import Duty, Element, Level, Obligations, Purpose, Term
from country_reports.facts import Verification
from country_reports.frozen import frozen

CAUTION = "A comparison of duties is no finding of legal equivalence: each law accepts only its own tools, whatever another set covers."


class Cover(StrEnum):
    """How far a duty is covered. ``NOT_KNOWN`` never counts as covered; ``NOT_ASKED``: the other set has no such duty."""

    COVERED = "covered"
    GAP = "gap"
    MISSING = "missing"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"


@frozen
class Standing:
    """What the tools of one expression have on one duty.

    ``clauses`` are numbers that were read, with the modules where not all have them; ``unconfirmed``: there are others.
    ``remarks`` say what makes it less than covered, or special. ``texts`` name the terms it rests on, so that one text is
    never compared with itself as if it were two.
    """

    cover: Cover
    clauses: tuple[str, ...]
    unconfirmed: bool
    verification: Verification
    remarks: tuple[str, ...]
    texts: tuple[str, ...]


@frozen
class Row:
    """One duty: what each side has, and how far ``a`` covers what ``b`` asks."""

    duty: Duty
    purpose: Purpose
    a: Standing
    b: Standing
    cover: Cover

    @property
    def verification(self) -> Verification:
        """Of the side that was checked less."""
        return _weakest((self.a.verification, self.b.verification))


@frozen
class Comparison:
    """Two expressions, duty by duty, in the order of the record. It has a direction: what ``b`` asks and ``a`` lacks."""

    a: tuple[Tool, ...]
    b: tuple[Tool, ...]
    rows: tuple[Row, ...]
    caution: str = CAUTION

    def duties(self, cover: Cover) -> tuple[Duty, ...]:
        """The duties that ended so."""
        return tuple(row.duty for row in self.rows if row.cover is cover)


@frozen
class Secured:
    """One element of article 14(3)(b): how far it is secured, and what the tools have on each duty that measures it."""

    element: Element
    cover: Cover
    standings: tuple[tuple[Duty, Standing], ...]

    @property
    def verification(self) -> Verification:
        """Of the duty that was checked least; unverified where none measures the element."""
        return _weakest(standing.verification for _, standing in self.standings)


@frozen
class Choices:
    """How to read both sides. ``chosen`` names the duties whose optional or conditional clause is taken up;
    ``verified_only`` takes what was not checked for not known."""

    chosen: frozenset[str] = frozenset()
    verified_only: bool = False


AS_IT_STANDS = Choices()


def compare(a: str, b: str, library: Library, obligations: Obligations, choices: Choices = AS_IT_STANDS) -> Comparison:
    """How far the clauses of ``a`` cover what those of ``b`` ask: each ``set``, ``set/module``, or that `` WITH `` adaptations.

    Raises:
        UnknownTool: one of them is not in the library.
    """
    of_a, of_b = library.tools(a), library.tools(b)
    rows = []
    for duty in obligations.duties:
        has, asked = (_standing(tools, duty, obligations, choices) for tools in (of_a, of_b))
        rows.append(Row(duty, obligations.purpose(duty), has, asked, _covers(has, asked)))
    return Comparison(of_a, of_b, tuple(rows))


def against_coe108plus(
    expression: str, library: Library, obligations: Obligations, choices: Choices = AS_IT_STANDS
) -> tuple[Secured, ...]:
    """Which elements that article 14(3)(b) of Convention 108+ asks of safeguards the clauses secure; explanatory report, para 111.

    An element of which no duty on file measures some part is never found secured; what is lacking is told all the same.

    Raises:
        UnknownTool: it is not in the library.
    """
    tools = library.tools(expression)
    found = []
    for element in obligations.elements:
        standings = tuple(
            (duty, _standing(tools, duty, obligations, choices))
            for duty in obligations.duties
            if duty.element == element.id
        )
        cover = _together(standing.cover for _, standing in standings)
        if element.left_open is not None and cover is Cover.COVERED:
            cover = Cover.NOT_KNOWN
        found.append(Secured(element, cover, standings))
    return tuple(found)


def _covers(has: Standing, asked: Standing) -> Cover:
    """A full duty covers whatever is asked; a part covers a part only where it is the same text."""
    if asked.cover is Cover.MISSING:
        return Cover.NOT_ASKED
    if Cover.NOT_KNOWN in (has.cover, asked.cover):
        return Cover.NOT_KNOWN
    if asked.cover is Cover.COVERED or has.cover is not Cover.GAP:
        return has.cover
    return Cover.COVERED if has.texts == asked.texts else Cover.NOT_KNOWN


def _together(covers: Iterable[Cover]) -> Cover:
    """Of parts, what is certain of the whole: a gap where one part has something and one lacks something."""
    parts = set(covers)
    known = parts - {Cover.NOT_KNOWN}
    if Cover.GAP in known or {Cover.COVERED, Cover.MISSING} <= known:
        return Cover.GAP
    return Cover.NOT_KNOWN if known != parts or not parts else known.pop()


def _standing(tools: tuple[Tool, ...], duty: Duty, obligations: Obligations, choices: Choices) -> Standing:
    """Of several modules together; what holds of some of them only is told with their names."""
    each = [_of_tool(tool, duty, obligations, choices) for tool in tools]
    if len(set(each)) == 1:
        return each[0]
    named = [(tool.module.id, one) for tool, one in zip(tools, each, strict=True)]
    return Standing(
        cover=_together(one.cover for one in each),
        clauses=_by_module(named, lambda one: one.clauses),
        unconfirmed=any(one.unconfirmed for one in each),
        verification=_weakest(one.verification for one in each),
        remarks=_by_module(named, _told),
        texts=tuple(text for one in each for text in one.texts),
    )


def _by_module(named: list[tuple[str, Standing]], told: Callable[[Standing], tuple[str, ...]]) -> tuple[str, ...]:
    modules: dict[str, list[str]] = {}
    for module, one in named:
        for text in told(one):
            modules.setdefault(text, []).append(module)
    return tuple(text if len(of) == len(named) else f"{text} ({', '.join(of)})" for text, of in modules.items())


def _told(one: Standing) -> tuple[str, ...]:
    """The remarks, and for a module among others that it lacks the duty."""
    return ("no such duty found", *one.remarks) if one.cover is Cover.MISSING else one.remarks


def _of_tool(tool: Tool, duty: Duty, obligations: Obligations, choices: Choices) -> Standing:
    """What the set has, with each adaptation over it."""
    standing = _of_set(tool.clause_set.id, tool.module.id, duty, obligations, choices, None)
    for adaptation in tool.adaptations:
        standing = _of_set(adaptation.id, tool.module.id, duty, obligations, choices, standing)
    return standing


def _of_set(
    set_id: str, module: str, duty: Duty, obligations: Obligations, choices: Choices, beneath: Standing | None
) -> Standing:
    """``beneath`` is what the set has that this one adapts."""
    terms = obligations.terms(duty, set_id)
    number, term = next(((n, one) for n, one in enumerate(terms) if one.is_about(module)), (0, None))
    if term is None:
        return _not_known("nothing on file about this module" if terms else f"nothing on file about {set_id}")
    if choices.verified_only and term.verification is Verification.UNVERIFIED:
        return _not_known("on file, but not verified")
    if term.level is Level.INHERITS:
        return _inherited(set_id, term, beneath) if beneath is not None else _not_known(f"inherits from {term.base}")
    chosen = duty.id in choices.chosen
    return Standing(
        cover=_cover(term, chosen),
        clauses=term.clauses,
        unconfirmed=bool(term.unconfirmed) or (not term.clauses and _cover(term, chosen) in _HAS_A_CLAUSE),
        verification=term.verification,
        remarks=_remarks(term, chosen),
        texts=(f"{set_id}#{number}",),
    )


_HAS_A_CLAUSE = (Cover.COVERED, Cover.GAP)


def _not_known(remark: str) -> Standing:
    return Standing(Cover.NOT_KNOWN, (), False, Verification.UNVERIFIED, (remark,), ())


def _inherited(set_id: str, term: Term, beneath: Standing) -> Standing:
    """The clause of the set beneath; with a change it is another text."""
    change = (f"changed: {term.change}",) if term.change is not None and beneath.cover in _HAS_A_CLAUSE else ()
    return replace(
        beneath,
        verification=_weakest((beneath.verification, term.verification)),
        remarks=(*beneath.remarks, *change, *((term.note,) if term.note is not None else ())),
        texts=(*beneath.texts, set_id) if change else beneath.texts,
    )


def _cover(term: Term, chosen: bool) -> Cover:
    if term.condition is not None and not chosen:
        return Cover.GAP
    return {
        Level.FULL: Cover.COVERED,
        Level.OPTIONAL: Cover.COVERED if chosen else Cover.GAP,
        Level.PARTIAL: Cover.GAP,
        Level.NONE: Cover.MISSING,
    }.get(term.level, Cover.NOT_KNOWN)


def _remarks(term: Term, chosen: bool) -> tuple[str, ...]:
    level = {
        Level.OPTIONAL: "taken to be chosen" if chosen else "only if the parties choose it",
        Level.PARTIAL: "in part",
        Level.EXPECTED: "expected of it, but no clause is confirmed",
        Level.UNKNOWN: "not looked at",
    }.get(term.level)
    condition = f"only where {term.condition}" if term.condition is not None else None
    taken = "taken to be so" if condition is not None and chosen else None
    return tuple(remark for remark in (level, condition, taken, term.note) if remark is not None)


def _weakest(verifications: Iterable[Verification]) -> Verification:
    return max(verifications, key=list(Verification).index, default=Verification.UNVERIFIED)
