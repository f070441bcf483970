"""A table of routes on two sides: each distinct kind is judged once on each, and its rows share what became of it.

Rows are read and rejected as in a batch. Besides, a row is rejected of which neither side can make anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from transfers.changes.records import Answered, Comparison, Concerned, Impact, Refused, RejectedRow, TableRead
from transfers.changes.sides import OwnedRoute, Side, comparison_of, impacts
from transfers.field_problems import FieldProblem
from transfers.portfolio.columns import BadCells, Columns
from transfers.portfolio.deciding import Form, collecting, route_of, under_headings
from transfers.portfolio.results import Refusal, Trouble
from transfers.portfolio.rows import Row, RowsEngine, check_table
from transfers.route import Route
from transfers.tables.mapping import read_mapping

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much; 0 where that is not known."""


class Register:
    """A table of routes, read once for its distinct kinds; its rows are read again for each comparison.

    Raises:
        BadRecord: the table or the mapping cannot be read as a whole.
        MissingExtra: the table needs a library that is not installed.
    """

    def __init__(self, table: Path, mapping: Path | None, watch: Watch) -> None:
        check_table(table, mapping)
        self._table = table
        self._watch = watch
        self._engine = RowsEngine(table, read_mapping(mapping))
        self._survey = self._engine.survey(lambda rows: watch("reading", rows, 0), lambda _: None)

    def comparison(self, before: Side, after: Side) -> Comparison:
        """Every row on both sides, the worst first: rows read are rows compared and rows rejected.

        Raises:
            BadRecord: as ``impacts``.
        """
        form = self._engine.form
        with collecting():
            found = _found(form, self._survey.keys, before, after, self._watch)
        rejected: list[RejectedRow] = []
        concerned: dict[str, list[Concerned]] = {}
        for row, troubles in self._engine.rows(found, lambda rows: self._watch("telling", rows, self._survey.rows)):
            impact = found.get(row.key)
            if troubles:
                rejected.append(RejectedRow(row.number, row.id, row.free.get("owner"), _reasons(troubles)))
            else:
                assert isinstance(impact, Impact)
                concerned.setdefault(row.key, []).append(_concerned(row, impact.routes[0]))
        shared = (
            replace(impact, routes=tuple(concerned[key]))
            for key, impact in found.items()
            if key in concerned and isinstance(impact, Impact)
        )
        unread = form.unread if isinstance(form, Columns) else ()
        return comparison_of(
            shared, before, after, TableRead(str(self._table), self._survey.rows, tuple(rejected), unread)
        )


def _found(form: Form, keys: Sequence[str], before: Side, after: Side, watch: Watch) -> dict[str, Impact | Refusal]:
    """What becomes of each key. Keys that are alike come one after the other, and are judged from the same facts."""
    found: dict[str, Impact | Refusal] = {}
    routes: dict[str, Route] = {}
    for key in sorted(keys):
        try:
            routes[key] = route_of(form, key)
        except BadCells as error:
            found[key] = Refusal(error.troubles)

    def owned() -> Iterable[OwnedRoute]:
        for number, route in enumerate(routes.values()):
            watch("comparing", number, len(routes))
            yield route, route.owner

    judged = zip(routes, impacts(owned(), before, after), strict=True)
    return found | {key: _in_its_words(form, impact) for key, impact in judged}


def _in_its_words(form: Form, impact: Impact) -> Impact | Refusal:
    """What is told of columns is told under their headings; what no side can assess is refused."""
    before, after = _under_headings(form, impact.before), _under_headings(form, impact.after)
    if isinstance(before, Refused) and isinstance(after, Refused):
        every = dict.fromkeys((*after.reasons, *before.reasons))
        return Refusal(tuple(Trouble(one.field, one.message) for one in every))
    return replace(impact, before=before, after=after)


def _under_headings(form: Form, side: Answered | Refused) -> Answered | Refused:
    return replace(side, reasons=_reasons(under_headings(form, side.reasons))) if isinstance(side, Refused) else side


def _reasons(troubles: Iterable[Trouble]) -> tuple[FieldProblem, ...]:
    return tuple(FieldProblem(one.column, one.message) for one in troubles)


def _concerned(row: Row, by_default: Concerned) -> Concerned:
    """What the row says of itself, or the mapping of every row."""
    title, owner = row.free.get("title", by_default.title), row.free.get("owner", by_default.owner)
    return Concerned(row.id, title, owner, row.number)
