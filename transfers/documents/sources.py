"""The sources of a document: numbered once for each fact, in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.assessment import GroundRecord
from transfers.documents import words
from transfers.documents.blocks import Cite, Content, Note, Style, Words
from transfers.documents.saying import Wording, _, dated, marked, told

KINDS = Wording(
    {
        "adequacy": marked("Findings of adequacy"),
        "treaties": marked("Treaties and their Parties"),
        "regimes": marked("Laws on transfers"),
        "groups": marked("Areas and groups of States"),
        "clauses": marked("Clause sets"),
        "lawful-bases": marked("Lawful bases of detection"),
        "reports": marked("Research on the law of a country"),
        "importers": marked("The record of the recipient"),
    }
)
"""Classes of sources by the folder of the fact."""


class Sources:
    """Numbers of facts: the same fact in the same role keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[GroundRecord, int] = {}

    def cited(self, grounds: Iterable[GroundRecord]) -> tuple[Cite, ...]:
        """The numbers of some facts, each once."""
        return tuple(Cite(self._numbers.setdefault(one, len(self._numbers) + 1)) for one in dict.fromkeys(grounds))

    @property
    def in_order(self) -> tuple[GroundRecord, ...]:
        return tuple(self._numbers)

    def by_kind(self) -> Iterator[tuple[str, list[int], list[GroundRecord]]]:
        """Each class of sources that is cited, with numbers and facts."""
        for kind in dict.fromkeys([*KINDS, *(kind_of(ground) for ground in self._numbers)]):
            found = [(number, ground) for ground, number in self._numbers.items() if kind_of(ground) == kind]
            if found:
                yield kind, [number for number, _ground in found], [ground for _number, ground in found]


class Unnumbered(Sources):
    """For a document that does not list its sources: none is cited."""

    def cited(self, grounds: Iterable[GroundRecord]) -> tuple[Cite, ...]:
        return ()


def kind_of(ground: GroundRecord) -> str:
    """The folder in which the fact is kept."""
    return ground.fact.partition("/")[0]


def note_of(ground: GroundRecord) -> Note:
    """One source in full: the fact, its period, what it does here, how it was checked and when, where it can be read."""
    period = words.period_of(ground.valid_from, ground.valid_to)
    statement = told(_("{fact} ({period})"), fact=ground.statement, period=period) if period else ground.statement
    marks = "; ".join(_marks(ground))
    text: Content = (
        Words(statement, Style.STRONG),
        Words(f". {marks}. {ground.source}. "),
        Words(ground.fact, Style.CODE),
    )
    return Note(text, ground.url)


def _marks(ground: GroundRecord) -> Iterator[str]:
    yield words.ROLES[ground.role]
    checked = words.VERIFICATIONS[ground.verification]
    yield (
        told(_("{checked}, as of {day}"), checked=checked, day=dated(ground.verified_on))
        if ground.verified_on
        else checked
    )
    if ground.stale:
        yield _("older than its limit")
    if ground.origin == "workspace":
        yield _("from your own workspace")
