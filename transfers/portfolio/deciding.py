"""From keys to verdicts: each distinct key is made a route, and judged by the same law as a single route is."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

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


def verdicts(decider: Decider, keys: Sequence[str]) -> Iterator[tuple[str, Verdict]]:
    """Every key with its verdict; many are shared between processes. Keys that are alike come one after the other: they are judged
    from the same facts, and what was found for one need not be found again for the next.
    """
    keys = sorted(keys)
    if len(keys) < WORTH_TWO or (os.cpu_count() or 1) < 2:
        with collecting():
            yield from ((key, decider.verdict(key)) for key in keys)
        return
    workers = min(os.cpu_count() or 1, 1 + len(keys) // WORTH_TWO, 8)
    chunks = [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, spawning, _start, (decider.form, decider.law)) as pool:
        for chunk, found in zip(chunks, pool.map(_chunk, chunks), strict=True):
            yield from zip(chunk, found, strict=True)


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
    _collect_seldom()
    _here[:] = [Decider(form, law)]


def _chunk(keys: Iterable[str]) -> list[Verdict]:
    return [_here[0].verdict(key) for key in keys]


def _with(plain: dict[str, Plain], more: dict[str, Plain]) -> dict[str, Plain]:
    """Fields put together, group by group."""
    found = dict(plain)
    for name, value in more.items():
        inner = found.get(name)
        found[name] = _with(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return found
