"""Full assessments and judgements per second on one core, warm."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from country_reports.records import read_record
from transfers.assessment import assess
from transfers.knowledge import Knowledge
from transfers.law.judge import judge
from transfers.route import Route
from transfers.view import Policy

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 23)


def main() -> None:
    """All examples in turn; the law alone, and the whole record with its digest."""
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    routes = [read_record(path, Route) for path in sorted((ROOT / "examples").glob("*.yaml"))]
    cases = [knowledge.extract(route, DAY).case for route in routes]
    views = [knowledge.view(case, DAY, Policy()) for case in cases]
    print(f"rules.judged_per_second: {_rate(lambda n: judge(cases[n % len(cases)], views[n % len(cases)]))}")
    print(f"rules.full_per_second: {_rate(lambda n: assess(routes[n % len(routes)], knowledge, DAY))}")


def _rate(work: Callable[[int], object], seconds: float = 3.0) -> int:
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        work(done)
        done += 1
    return round(done / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
