"""A batch: from a table of routes to results, documents and a summary in one folder, taken up again where it was stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from country_reports.records import BadRecord
from transfers import __version__
from transfers.documents.layouts import DEFAULT
from transfers.documents.writers import written
from transfers.documents.writing import write_whole
from transfers.knowledge import DATA_VERSION, Knowledge
from transfers.portfolio.columnar import ColumnarEngine, NotPlain
from transfers.portfolio.columns import Columns
from transfers.portfolio.deciding import Decider, Law, Verdicts
from transfers.portfolio.papers import Papers
from transfers.portfolio.results import RESULTS, Verdict
from transfers.portfolio.rows import RejectedFile, RowsEngine, Survey, Tally, check_table
from transfers.portfolio.sheets import results_file
from transfers.portfolio.told import Answered, answered, summary
from transfers.portfolio.work import Work, hash_of
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.mapping import read_mapping
from transfers.tables.reading import MissingExtra

RESULT_FORMS = ("csv", "xlsx", "parquet")

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done. ``tia`` None: no documents. ``results`` None: the form of the input, or CSV. ``columnar`` False: row by
    row even where the columnar engine could do it.
    """

    routes: Path
    folder: Path
    law: Law
    mapping: Path | None = None
    tia: str | None = "md"
    results: str | None = None
    columnar: bool = True
    layout: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the rows, their outcomes, the files, and columns that nothing was read from."""

    rows: int
    assessed: int
    rejected: int
    outcomes: Mapping[str, int]
    files: tuple[str, ...]
    unread: tuple[str, ...]


def run(order: Order, watch: Watch) -> Done:
    """Assess every row of a table and write what came of it.

    Raises:
        BadRecord: the table, the mapping or a fact on file cannot be read as a whole.
        MissingExtra: a form needs a library that is not installed.
        OSError: the folder cannot be written, or is full; what was found so far is kept for the next run.
    """
    check_table(order.routes, order.mapping)
    mapping = read_mapping(order.mapping)
    knowledge = Knowledge(order.law.workspace)
    work = Work(order.folder, _identity(order, mapping, knowledge))
    try:
        known = work.begin()
        told = work.was_finished()
        if told is None:
            told = _Batch(order, mapping, knowledge, work, known, watch).told()
    except (BadRecord, MissingExtra):
        work.leave_no_trace()
        raise
    finally:
        work.close()
    return done_of(told)


def _identity(order: Order, mapping: TableMapping, knowledge: Knowledge) -> dict[str, object]:
    """All that the results turn on: a run that was stopped is taken up only if all of it is the same."""
    return {
        "input": order.routes.name,
        "input_hash": hash_of(order.routes),
        **basis(order.law, mapping, knowledge),
        "tia": order.tia,
        "layout": order.layout,
        "results": _form(order),
    }


def basis(law: Law, mapping: TableMapping, knowledge: Knowledge) -> dict[str, object]:
    """What results rest on beside the table."""
    return {
        "mapping": mapping.model_dump(mode="json"),
        "as_of": law.as_of.isoformat(),
        "policy": {name: getattr(law.policy, name) for name in ("doctrine", "accept_stale", "verified_only")},
        "facts": DATA_VERSION,
        "edition": knowledge.edition,
        "engine": __version__,
    }


def _form(order: Order) -> str:
    own = order.routes.suffix.casefold().removeprefix(".")
    return order.results or (own if own in RESULT_FORMS else "csv")


class _Batch:
    """The work on one order, from the first pass over the table to the last file."""

    def __init__(
        self,
        order: Order,
        mapping: TableMapping,
        knowledge: Knowledge,
        work: Work,
        known: dict[str, Verdict],
        watch: Watch,
    ) -> None:
        self.order = order
        self.mapping = mapping
        self.knowledge = knowledge
        self.work = work
        self.known = known
        self.watch = watch
        self.form = _form(order)
        self.results = f"results.{self.form}"

    def told(self) -> Mapping[str, object]:
        """Do all of it, and say what was done."""
        return self._finish(*self._worked())

    def _worked(self) -> tuple[ColumnarEngine | RowsEngine, Tally]:
        if self._is_columnar():
            try:
                return self._columnar()
            except NotPlain:
                pass  # the other engine reads it, and says what is odd
        return self._by_row()

    def _is_columnar(self) -> bool:
        forms = (self.order.routes.suffix.casefold().removeprefix("."), self.form)
        return self.order.columnar and {*forms} <= {"csv", "parquet"} and all(map(find_spec, ("pyarrow", "numpy")))

    def _columnar(self) -> tuple[ColumnarEngine, Tally]:
        engine = ColumnarEngine(self.order.routes, self.mapping, self.work.folder)
        survey = self._judged(engine)
        rejected = RejectedFile(self.work.folder / "rejected.csv")
        path = self.work.folder / self.results
        tally = engine.write(self.known, path, self.form, rejected, self._writing(survey.rows))
        rejected.close()
        return engine, tally

    def _by_row(self) -> tuple[RowsEngine, Tally]:
        engine = RowsEngine(self.order.routes, self.mapping)
        survey = self._judged(engine)
        rejected = RejectedFile(self.work.folder / "rejected.csv")
        results = results_file(self.work.folder / self.results, self.form, (*engine.headings, *RESULTS))
        tally = engine.write(self.known, results, rejected, self._writing(survey.rows))
        results.close()
        rejected.close()
        return engine, tally

    def _judged(self, engine: ColumnarEngine | RowsEngine) -> Survey:
        """The table read for its keys, and each of them judged."""
        with Verdicts(Decider(engine.form, self.order.law, self.knowledge)) as asked:
            survey = engine.survey(
                lambda rows: self.watch("reading", rows, 0),
                lambda keys: asked.ask(key for key in keys if key not in self.known),
            )
            done, every = sum(key in self.known for key in survey.keys), len(survey.keys)
            self.watch("judging", done, every)
            for number, (key, verdict) in enumerate(self.work.note(asked.given()), done + 1):
                self.known[key] = verdict
                self.watch("judging", number, every)
        return survey

    def _writing(self, rows: int) -> Callable[[int], None]:
        self.watch("writing", 0, rows)
        return lambda seen: self.watch("writing", seen, rows)

    def _finish(self, engine: ColumnarEngine | RowsEngine, tally: Tally) -> Mapping[str, object]:
        answers = answered(self.known, tally)
        decider = Decider(engine.form, self.order.law, self.knowledge)
        files = [
            self.results,
            "rejected.csv",
            *self._papers(papers_of(decider, answers, tally, self.order.tia, self.order.layout)),
        ]
        unread = engine.form.unread if isinstance(engine.form, Columns) else ()
        told = {**self.work.of, **counted(answers, tally), "unread_columns": list(unread)}
        self.work.finish(files, told)
        return {**told, "files": sorted(files)}

    def _papers(self, papers: Sequence[tuple[str, Callable[[], str | bytes]]]) -> Iterator[str]:
        for number, (name, content) in enumerate(papers, 1):
            if name.startswith("summary.") or not (self.work.folder / name).exists():
                write_whole(self.work.folder / name, content())
            self.watch("documents", number, len(papers))
            yield name


def papers_of(
    decider: Decider, answers: tuple[Answered, ...], tally: Tally, tia: str | None, layout: str
) -> tuple[tuple[str, Callable[[], str | bytes]], ...]:
    """The files of a batch that people read, each with what makes its content; without TIAs if ``tia`` is None."""
    document = summary(answers, tally, decider.knowledge.hub, _under(decider.law), decider.law.as_of)
    found: list[tuple[str, Callable[[], str | bytes]]] = [("summary.txt", partial(written, document, "text"))]
    if tia is not None:
        papers = Papers(decider, answers, tia, layout)
        found.append((f"summary.{tia}", partial(written, document, tia)))
        found += [(name, partial(papers.content, place)) for place, name in papers.names()]
    return tuple(found)


def counted(answers: Iterable[Answered], tally: Tally) -> dict[str, object]:
    """The rows accounted for."""
    outcomes: Counter[str] = Counter()
    for one in answers:
        outcomes[one.decision.outcome] += one.rows
    return {
        "rows": tally.assessed + tally.rejected,
        "assessed": tally.assessed,
        "rejected": tally.rejected,
        "outcomes": dict(outcomes),
    }


def _under(law: Law) -> str:
    policy = law.policy
    said = [f"doctrine {policy.doctrine}"] if policy.doctrine else []
    said += ["facts older than their limit accepted"] if policy.accept_stale else []
    said += ["no permission on facts that were not checked"] if policy.verified_only else []
    how = f" Asked for: {', '.join(said)}." if said else ""
    return f"As of {law.as_of.isoformat()}. Facts {DATA_VERSION}, engine {__version__}.{how}"


def done_of(told: Mapping[str, Any]) -> Done:
    """What ``run.json`` tells."""
    return Done(
        told["rows"],
        told["assessed"],
        told["rejected"],
        told["outcomes"],
        tuple(told["files"]),
        tuple(told["unread_columns"]),
    )
