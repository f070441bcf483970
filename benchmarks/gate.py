"""Decisions of the gate: of cases seen before, by the object, by an equal object and by key; and of cases never seen."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from varied import ROOT, varied

from transfers.knowledge import Knowledge
from transfers.portfolio.gate import Gate

DAY = date(2026, 11, 23)
CASES, ROUNDS, NEW = 1_000, 200, 500

AskedT = TypeVar("AskedT")


def main() -> None:
    """One line for each figure."""
    gate = Gate(Knowledge(ROOT / "examples" / "workspace"))
    cases = [gate.case_of(route, DAY) for route in varied(CASES, seed=1)]
    others = [replace(case) for case in cases]
    keys = [gate.decide(case, DAY).key for case in cases]
    gc.freeze()
    print(f"gate.repeated_per_second: {_rate(lambda case: gate.decide(case, DAY), cases)}")
    print(f"gate.by_key_per_second: {_rate(gate.decided, keys)}")
    times = sorted(_nanoseconds(lambda case: gate.decide(case, DAY), cases * 100))
    print(f"gate.p99_us: {times[len(times) * 99 // 100] / 1000:.2f}")
    fresh = [[replace(case) for case in others] for _ in range(10)]
    print(
        f"gate.equal_per_second: {statistics.median(_once(lambda case: gate.decide(case, DAY), one) for one in fresh)}"
    )
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    new = Gate(knowledge)
    unseen = [knowledge.extract(route, DAY).case for route in varied(CASES + NEW, seed=2)]
    for case in unseen[:CASES]:
        new.decide(case, DAY)
    first = _nanoseconds(lambda case: new.decide(case, DAY), unseen[CASES:])
    print(f"gate.first_ms: {statistics.median(first) / 1e6:.2f}")


def _rate(ask: Callable[[AskedT], object], everything: Sequence[AskedT]) -> int:
    """Decisions a second, the median of many rounds since other programs share the machine."""
    return round(statistics.median(_once(ask, everything) for _ in range(ROUNDS)))


def _once(ask: Callable[[AskedT], object], everything: Sequence[AskedT]) -> int:
    start = time.perf_counter()
    for one in everything:
        ask(one)
    return round(len(everything) / (time.perf_counter() - start))


def _nanoseconds(ask: Callable[[AskedT], object], everything: Sequence[AskedT]) -> list[int]:
    found = []
    for one in everything:
        start = time.perf_counter_ns()
        ask(one)
        found.append(time.perf_counter_ns() - start)
    return found


if __name__ == "__main__":
    main()
