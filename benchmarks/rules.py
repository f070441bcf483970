"""Assessments per second on one core, warm: facts and routes are read, and other cases have been assessed before.

``full`` is the whole record with every finding and its digest, of cases that were never seen; ``seen`` that of cases seen
before, for other routes; ``judged`` the law alone, of cases never seen. Shares and growth are those of the law with
nothing remembered; a growth of 1 is linear, of 2 quadratic.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import log2
from operator import itemgetter
from typing import TypeVar

from varied import ROOT, varied, with_hops

from country_reports.access import AccessReport
from country_reports.facts import Origin
from country_reports.hub import Hub
from transfers.assessment import assess
from transfers.case import Case, Leg
from transfers.finding import Finding
from transfers.knowledge import Knowledge
from transfers.law.judge import RULES, judge
from transfers.memory import Memory
from transfers.view import Policy, View

DAY = date(2026, 11, 23)
WORKSPACE = ROOT / "examples" / "workspace"
WARM, TIMED, BLOCKS = 3_000, 2_000, 20
SIZES = (8, 16, 32, 64)

WorkT = TypeVar("WorkT")


def main() -> None:
    """Every figure, one a line."""
    gc.disable()  # as the command line does
    knowledge = Knowledge(WORKSPACE)
    for route in varied(WARM, seed=1):
        assess(route, knowledge, DAY)
    routes = varied(TIMED, seed=2)
    full = _rate(lambda route: assess(route, knowledge, DAY), routes)
    again = [route.model_copy(update={"id": f"again-{route.id}"}) for route in routes]
    seen = _rate(lambda route: assess(route, knowledge, DAY), again)
    cases = [knowledge.extract(route, DAY).case for route in varied(TIMED, seed=3)]
    pairs = [(case, knowledge.view(case, DAY, Policy())) for case in cases]
    judged = _rate(lambda pair: judge(*pair), pairs)
    print(f"rules.judged_per_second: {judged}")
    print(f"rules.full_per_second: {full}")
    print(f"rules.seen_per_second: {seen}")
    for module, share in _shares(pairs[:200]):
        print(f"rules.share.{module}: {share:.1%}")
    print(f"rules.growth_with_hops: {_growth(_seconds_for_hops):.2f}")
    print(f"rules.growth_with_access_laws: {_growth(_seconds_for_laws):.2f}")


def _rate(work: Callable[[WorkT], object], everything: list[WorkT]) -> int:
    """Median of blocks, since other programs share the machine."""
    rates = []
    for block in range(BLOCKS):
        part = everything[block::BLOCKS]
        start = time.perf_counter()
        for one in part:
            work(one)
        rates.append(len(part) / (time.perf_counter() - start))
    return round(statistics.median(rates))


def _afresh(case: Case, view: View) -> object:
    """A judgement with nothing remembered."""
    return judge(case, replace(view, memory=Memory()))


def _shares(pairs: Iterable[tuple[Case, View]]) -> list[tuple[str, float]]:
    """Share of the time of a judgement that each module's rules take, those they ask not counted; the rest joins them."""
    own: defaultdict[str, float] = defaultdict(float)
    asked: list[float] = []

    def timed(module: str, function: Callable[[Case, View, Leg], Finding]) -> Callable[[Case, View, Leg], Finding]:
        def run(case: Case, view: View, leg: Leg) -> Finding:
            asked.append(0.0)
            start = time.perf_counter()
            found = function(case, view, leg)
            took = time.perf_counter() - start
            own[module] += took - asked.pop()
            if asked:
                asked[-1] += took
            return found

        return run

    plain = {rule_id: rule.function for rule_id, rule in RULES.items()}
    for rule in RULES.values():
        rule.function = timed(rule.function.__module__.removeprefix("transfers.law."), rule.function)
    start = time.perf_counter()
    for case, view in pairs:
        _afresh(case, view)
    total = time.perf_counter() - start
    for rule_id, rule in RULES.items():
        rule.function = plain[rule_id]
    own["joined"] = total - sum(own.values())
    return [(module, took / total) for module, took in sorted(own.items(), key=itemgetter(1), reverse=True)]


def _growth(seconds: Callable[[int], float]) -> float:
    """The power by which the time grows from one size to the double, what it takes without any left out."""
    nothing, *times = (min(seconds(size) for _ in range(7)) for size in (1, *SIZES))
    powers = [log2((double - nothing) / (single - nothing)) for single, double in pairwise(times)]
    return statistics.median(powers)


def _seconds_for_hops(hops: int) -> float:
    knowledge = _KNOWLEDGE
    case = knowledge.extract(with_hops(hops), DAY).case
    return _seconds(case, knowledge.view(case, DAY, Policy()))


def _seconds_for_laws(laws: int) -> float:
    knowledge = Knowledge(WORKSPACE)
    knowledge.hub = _ManyLaws(laws)
    case = knowledge.extract(with_hops(1), DAY, numbered=False).case
    return _seconds(case, knowledge.view(case, DAY, Policy()))


def _seconds(case: Case, view: View) -> float:
    start = time.perf_counter()
    for _ in range(5):
        _afresh(case, view)
    return (time.perf_counter() - start) / 5


class _ManyLaws(Hub):
    """The shipped facts, but every report has so many access laws, each of them rated."""

    def __init__(self, laws: int) -> None:
        super().__init__()
        self._laws = laws

    def access_report(self, place: str) -> tuple[AccessReport, dict[str, Origin]] | None:
        found = super().access_report(place)
        if found is None or not found[0].access_laws:
            return found
        report, origins = found
        kept, rated = report.access_laws[0], report.guarantees
        laws = tuple(kept.model_copy(update={"id": f"law-{number}"}) for number in range(self._laws))
        ratings = tuple(
            rating.model_copy(update={"id": f"{rating.id}-{law.id}", "about": (law.id,)})
            for law in laws
            for rating in {(rating.head, rating.area): rating for rating in rated}.values()
        )
        many = report.model_copy(update={"access_laws": laws, "guarantees": ratings})
        return many, origins | dict.fromkeys(many.keys_of_records(), Origin.SHIPPED)


_KNOWLEDGE = Knowledge(WORKSPACE)


if __name__ == "__main__":
    main()
