"""What clause sets ask, duty by duty: the record that comparisons read."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from country_reports.facts import Verification
from country_reports.records import Day, Fault, Record, read_record
from country_reports.sourced import repeated

SHIPPED_FILE = Path(__file__).resolve().parent / "obligations.yaml"


class Level(StrEnum):
    """How far a set goes on a duty. ``EXPECTED``: the Convention asks for it, and no clause was confirmed."""

    FULL = "full"
    PARTIAL = "partial"
    OPTIONAL = "optional"
    INHERITS = "inherits"
    EXPECTED = "expected"
    NONE = "none"
    UNKNOWN = "unknown"


class Term(Record):
    """What a set says on a duty in some of its modules (none named: in all).

    ``clauses`` are numbers that were read; ``unconfirmed`` ones were not and are never shown. ``condition`` is what must
    hold for the clause to apply. A term that inherits takes that of ``base``, with ``change``.
    """

    modules: tuple[str, ...] = ()
    level: Level
    clauses: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    verification: Verification
    base: str | None = None
    change: str | None = None
    condition: str | None = None
    note: str | None = None

    def is_about(self, module: str) -> bool:
        return not self.modules or module in self.modules


class Duty(Record):
    """A duty by topic. ``articles`` of Convention 108+ it serves; ``article_46`` the element of Article 46 GDPR and of
    *Schrems II*; ``element`` what article 14(3)(b) of the Convention asks of safeguards. ``terms`` by set."""

    id: str
    name: str
    articles: tuple[str, ...]
    article_46: str
    element: str | None = None
    terms: dict[str, tuple[Term, ...]]


class ComparedSet(Record):
    """A set that was mapped: what its numbers count, and how far its text was read. An adaptation names its ``base``."""

    id: str
    base: str | None = None
    modules: tuple[str, ...] = ()
    numbering: str | None = None
    read: str


class DerivedSet(Record):
    """A set that is known by another only: every term of ``base`` holds of it at ``level``, with the ``caution``.

    ``changes`` by duty.
    """

    id: str
    base: str
    level: Level
    verification: Verification
    changes: dict[str, str] = {}
    caution: str


class Purpose(Record):
    """An element of Article 46 GDPR or of *Schrems II* that duties serve."""

    id: str
    name: str


class Element(Record):
    """What article 14(3)(b) of Convention 108+ asks of safeguards. ``criterion`` is the question of the assessment it
    bears on; ``left_open`` the part of it that no duty on file measures."""

    id: str
    name: str
    articles: tuple[str, ...]
    criterion: str
    left_open: str | None = None


class Obligations(Record):
    """The whole record, as of the day it was drawn up."""

    as_of: Day
    sets: tuple[ComparedSet, ...]
    derived: tuple[DerivedSet, ...] = ()
    article_46: tuple[Purpose, ...]
    elements: tuple[Element, ...]
    duties: tuple[Duty, ...]

    def terms(self, duty: Duty, set_id: str) -> tuple[Term, ...]:
        """What a set says on a duty; nothing where it was not mapped."""
        derived = next((one for one in self.derived if one.id == set_id), None)
        if derived is None:
            return duty.terms.get(set_id, ())
        inherits = derived.level is Level.INHERITS
        return (
            Term(
                level=derived.level,
                verification=derived.verification,
                base=derived.base if inherits else None,
                change=derived.changes.get(duty.id),
            ),
        )

    def purpose(self, duty: Duty) -> Purpose:
        """The element of Article 46 GDPR that a duty serves."""
        return next(one for one in self.article_46 if one.id == duty.article_46)

    def caution(self, set_id: str) -> str:
        """What its numbers count and how far it was read, or why it is known by another only."""
        for one in self.sets:
            if one.id == set_id:
                return f"Numbers: {one.numbering or 'none on file'}. Read: {one.read}"
        derived = (one.caution for one in self.derived if one.id == set_id)
        return next(derived, "Its duties are not on file.")

    def faults(self) -> Iterator[Fault]:
        for field, ids in self._ids().items():
            yield from repeated((field,), ids)
        yield from self._faults_of_bases()
        yield from self._faults_of_derived()
        for number, duty in enumerate(self.duties):
            yield from self._faults_of(duty, ("duties", number))

    def _ids(self) -> dict[str, list[str]]:
        return {
            "sets": [one.id for one in self.sets],
            "derived": [one.id for one in self.derived],
            "article_46": [one.id for one in self.article_46],
            "elements": [one.id for one in self.elements],
            "duties": [one.id for one in self.duties],
        }

    def _faults_of_bases(self) -> Iterator[Fault]:
        standing_alone = [one.id for one in self.sets if one.base is None]
        for number, one in enumerate(self.sets):
            if one.base is not None and one.base not in standing_alone:
                yield Fault(("sets", number, "base"), _unknown(one.base, "set that stands alone", standing_alone))
            if (one.base is None) is not bool(one.modules):
                yield Fault(("sets", number, "modules"), "a set has modules, and an adaptation those of its base only")

    def _faults_of_derived(self) -> Iterator[Fault]:
        ids = self._ids()
        for number, one in enumerate(self.derived):
            where = ("derived", number)
            if one.id in ids["sets"]:
                yield Fault((*where, "id"), f"{one.id!r} is under `sets` as well; keep it in one place")
            if one.base not in ids["sets"]:
                yield Fault((*where, "base"), _unknown(one.base, "set", ids["sets"]))
            if one.level not in (Level.INHERITS, Level.EXPECTED):
                yield Fault(
                    (*where, "level"), "a derived set inherits or is expected to; map it under `sets` to say more"
                )
            for duty in one.changes:
                if duty not in ids["duties"]:
                    yield Fault((*where, "changes", duty), _unknown(duty, "duty", ids["duties"]))

    def _faults_of(self, duty: Duty, where: tuple[str | int, ...]) -> Iterator[Fault]:
        ids = self._ids()
        if duty.article_46 not in ids["article_46"]:
            yield Fault((*where, "article_46"), _unknown(duty.article_46, "element of Article 46", ids["article_46"]))
        if duty.element is not None and duty.element not in ids["elements"]:
            yield Fault((*where, "element"), _unknown(duty.element, "element", ids["elements"]))
        sets = {one.id: one for one in self.sets}
        for set_id, terms in duty.terms.items():
            if set_id not in sets:
                yield Fault((*where, "terms", set_id), _unknown(set_id, "set", ids["sets"]))
                continue
            yield from self._faults_of_modules(sets[set_id], terms, (*where, "terms", set_id))
            for number, term in enumerate(terms):
                yield from _faults_of_term(term, sets[set_id], (*where, "terms", set_id, number))
        for missing in sorted(sets.keys() - duty.terms.keys()):
            yield Fault((*where, "terms"), f"{missing!r} is left out; say `level: unknown` if it was not looked at")

    def _faults_of_modules(
        self, of: ComparedSet, terms: tuple[Term, ...], where: tuple[str | int, ...]
    ) -> Iterator[Fault]:
        base = next((one for one in self.sets if one.id == of.base), of)
        seen: set[str] = set()
        for number, term in enumerate(terms):
            for module in term.modules:
                if module not in base.modules:
                    yield Fault((*where, number, "modules"), _unknown(module, f"module of {base.id}", base.modules))
            modules = set(term.modules or base.modules)
            if modules & seen:
                twice = ", ".join(sorted(modules & seen))
                yield Fault((*where, number, "modules"), f"{twice}: two terms speak of one module; keep one")
            seen |= modules


def read_obligations(path: Path = SHIPPED_FILE) -> Obligations:
    """The record as shipped, or from another file.

    Raises:
        BadRecord: it does not fit, or contradicts itself.
    """
    return read_record(path, Obligations)


def _faults_of_term(term: Term, of: ComparedSet, where: tuple[str | int, ...]) -> Iterator[Fault]:
    if term.level is Level.INHERITS and term.base is None:
        yield Fault((*where, "level"), "it inherits from nothing; name the set in `base`")
    if term.base is not None and term.level is not Level.INHERITS:
        yield Fault((*where, "base"), "only a term that inherits has a base")
    if term.base is not None and term.base != of.base:
        told = f"that of {of.id} is {of.base!r}" if of.base else f"{of.id} has none under `sets`"
        yield Fault((*where, "base"), f"{term.base!r} is not its base: {told}")
    if term.change is not None and term.level is not Level.INHERITS:
        yield Fault((*where, "change"), "only a clause that is inherited can be changed; write a note")
    if term.clauses and (term.verification is Verification.UNVERIFIED or term.level in _WITHOUT_CLAUSE):
        yield Fault((*where, "clauses"), "no clause was read here; put its number under `unconfirmed`")
    if term.verification is not Verification.UNVERIFIED and term.level in (Level.EXPECTED, Level.UNKNOWN):
        yield Fault((*where, "verification"), f"what is {term.level} was not verified; write `unverified`")


_WITHOUT_CLAUSE = (Level.EXPECTED, Level.UNKNOWN, Level.NONE, Level.INHERITS)


def _unknown(name: str, what: str, known: list[str] | tuple[str, ...]) -> str:
    return f"there is no {what} {name!r}. Known: {', '.join(known) or 'none'}"
