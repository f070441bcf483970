"""From keys to verdicts: each distinct key is made a route, and judged by the same law as a single route is."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Protocol, Self

from country_reports.records import BadRecord, Plain, Problem, fit
from transfers.field_problems import BadRoute, FieldProblem
from transfers.knowledge import Knowledge
from transfers.languages import ENGLISH
from transfers.law.judge import judge
from transfers.portfolio.columns import BadCells, as_column
from transfers.portfolio.results import Refusal, Trouble, Verdict, decision_of
from transfers.rendering import Renderer
from transfers.route import Route
from transfers.view import Policy

WORTH_TWO = 2_000
"""Keys for which a second process, which reads the facts for itself, is worth its start."""
CHUNK = 250
"""Keys that a process is given at a time."""


class Form(Protocol):
    """How a key is read as a route."""

    def plain(self, key: str) -> dict[str, Plain]: ...

    def heading_of(self, field: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Law:
    """On which facts, on which day and how the routes are judged."""

    workspace: Path | None
    as_of: date
    policy: Policy


class Decider:
    """Judges keys on one day. A key has the same verdict whenever and wherever it is judged."""

    def __init__(self, form: Form, law: Law, knowledge: Knowledge | None = None) -> None:
        self.form = form
        self.law = law
        self.knowledge = Knowledge(law.workspace) if knowledge is None else knowledge
        self._renderer = self.knowledge.once((Renderer, ENGLISH.code), lambda: Renderer(self.knowledge.hub))

    def verdict(self, key: str) -> Verdict:
        """The answer to a key, or what is wrong with it.

        Raises:
            BadRecord: a fact on file that the route needs is malformed.
        """
        try:
            route = self.route(key)
            extract = self.knowledge.extract(route, self.law.as_of, numbered=False)
        except BadCells as error:
            return Refusal(error.troubles)
        except BadRoute as error:
            return Refusal(under_headings(self.form, error.problems))
        view = self.knowledge.view(extract.case, self.law.as_of, self.law.policy)
        answer = self._renderer.answer(extract, judge(extract.case, view))
        fingerprint = self.knowledge.fingerprint(extract.case, view, extract.slots)
        return decision_of(answer, extract, self.law.as_of, fingerprint)

    def route(self, key: str, free: dict[str, Plain] | None = None) -> Route:
        """The route that a key describes; ``free`` adds what decides nothing.

        Raises:
            BadCells: it does not fit.
        """
        return route_of(self.form, key, free)


def route_of(form: Form, key: str, free: dict[str, Plain] | None = None) -> Route:
    """The route that a key describes where its cells are read so; ``free`` adds what decides nothing.

    Raises:
        BadCells: it does not fit.
    """
    plain = _with({"id": "row", **form.plain(key)}, free or {})
    try:
        return fit(plain, Route, "")
    except BadRecord as error:
        raise BadCells(under_headings(form, error.problems)) from None


def under_headings(form: Form, problems: Iterable[Problem | FieldProblem]) -> tuple[Trouble, ...]:
    """What is wrong with a route, each under what its table calls the field."""
    return tuple(Trouble(form.heading_of(as_column(one.field)), one.message) for one in problems)


class Verdicts:
    """Judges keys as they are met; where there are many, in processes of their own, while more are still being read.

    Keys that are alike are judged one after the other: what was found for one need not be found again for the next.
    """

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self._waiting: list[str] = []
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[tuple[list[str], Future[list[Verdict]]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def ask(self, keys: Iterable[str]) -> None:
        """Have these judged, none of them asked before."""
        self._waiting += keys
        if self._pool is None and len(self._waiting) >= WORTH_TWO and _processors() > 1:
            workers = min(_processors(), 1 + len(self._waiting) // WORTH_TWO, 8)
            spawning = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(workers, spawning, _start, (self._decider.form, self._decider.law))
        if self._pool is not None and len(self._waiting) >= CHUNK:
            self._begin(self._pool)

    def given(self) -> Iterator[tuple[str, Verdict]]:
        """Every key that was asked, with its verdict.

        Raises:
            BadRecord: a fact on file that a route needs is malformed.
        """
        if self._pool is None:
            with collecting():
                yield from ((key, self._decider.verdict(key)) for key in sorted(self._waiting))
            return
        self._begin(self._pool)
        for keys, found in self._begun:
            yield from zip(keys, found.result(), strict=True)

    def _begin(self, pool: ProcessPoolExecutor) -> None:
        keys = sorted(self._waiting)
        chunks = (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
        self._begun += ((chunk, pool.submit(_chunk, chunk)) for chunk in chunks)
        self._waiting = []


def _processors() -> int:
    return os.cpu_count() or 1


@contextmanager
def collecting() -> Iterator[None]:
    """A judgement leaves rings of objects behind, which only the collector takes away; the command line has it switched off."""
    was, thresholds = gc.isenabled(), gc.get_threshold()
    _collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not was:
            gc.disable()


def _collect_seldom() -> None:
    gc.set_threshold(100_000, 50, 1000)
    gc.enable()


_here: list[Decider] = []
"""In a process of its own: what it judges with."""


def _start(form: Form, law: Law) -> None:
    Thread(target=_end_with_the_parent, daemon=True).start()
    _collect_seldom()
    _here[:] = [Decider(form, law)]


def _end_with_the_parent() -> None:
    """A process that waits for work would wait for ever once nobody is left to give it any."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _chunk(keys: Iterable[str]) -> list[Verdict]:
    return [_here[0].verdict(key) for key in keys]


def _with(plain: dict[str, Plain], more: dict[str, Plain]) -> dict[str, Plain]:
    """Fields put together, group by group."""
    found = dict(plain)
    for name, value in more.items():
        inner = found.get(name)
        found[name] = _with(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return found
