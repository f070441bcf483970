"""Full assessments and judgements per second on one core, warm; where the time of the law goes, and how it grows.

Warm: the facts are read, and other cases have been assessed. ``full`` is the whole record with every finding and its digest of
cases that were never seen, ``judged`` the law alone; ``seen`` the whole record of cases seen before, for other routes.
Shares and growth are those of the law with nothing remembered.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from varied import EXAMPLES, ROOT, varied

from transfers.assessment import assess
from transfers.case import Case
from transfers.knowledge import Knowledge
from transfers.law.judge import judge
from transfers.memory import Memory
from transfers.route import Route
from transfers.view import Policy, View

DAY = date(2026, 11, 23)
HOPS = (0, 4, 8, 16, 32, 64)
WARM, TIMED, BLOCKS = 3_000, 2_000, 20

WorkT = TypeVar("WorkT")


def main() -> None:
    """Cases never seen and seen, shares by module, growth."""
    gc.disable()  # as the command line does
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    for route in varied(WARM, seed=1):
        assess(route, knowledge, DAY)
    routes = varied(TIMED, seed=2)
    full = _median_rate(lambda route: assess(route, knowledge, DAY), routes)
    again = [route.model_copy(update={"id": f"again-{route.id}"}) for route in routes]
    seen = _median_rate(lambda route: assess(route, knowledge, DAY), again)
    pairs = [_judged(knowledge, route) for route in varied(TIMED, seed=3)]
    print(f"rules.judged_per_second: {_median_rate(lambda pair: judge(*pair), pairs)}")
    print(f"rules.full_per_second: {full}")
    print(f"rules.seen_per_second: {seen}")
    for module, share in _shares(pairs[:200]):
        print(f"rules.share.{module}: {share:.3f}")
    first = EXAMPLES[0]
    _growth("hops", [(hops, _judged(knowledge, _with_hops(first, hops))) for hops in HOPS])
    by_laws = {len(_access_laws(one)): one for one in (_judged(knowledge, _sent_to(first, place)) for place in _PLACES)}
    _growth("access_laws", sorted(by_laws.items()))


_PLACES = ("AR", "BR", "CN", "DE", "GB", "IN", "IL", "JP", "KR", "RU", "US", "ZA")


def _judged(knowledge: Knowledge, route: Route) -> tuple[Case, View]:
    case = knowledge.extract(route, DAY).case
    return case, knowledge.view(case, DAY, Policy())


def _median_rate(work: Callable[[WorkT], object], everything: list[WorkT]) -> int:
    """Of blocks, since other programs share the machine."""
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


def _rate(work: Callable[[int], object], seconds: float = 3.0) -> int:
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        work(done)
        done += 1
    return round(done / (time.perf_counter() - start))


def _shares(judged: list[tuple[Case, View]]) -> list[tuple[str, float]]:
    """How much of the time of judging is spent in the functions of each module of the law."""
    profile = cProfile.Profile()
    profile.enable()
    for case, view in judged:
        _afresh(case, view)
    profile.disable()
    law = ROOT / "transfers" / "law"
    spent: dict[str, float] = {}
    for (file, _line, _name), (_calls, _primitive, own, _whole, _callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        inside = Path(file).is_relative_to(law)
        module = Path(file).relative_to(law).with_suffix("").as_posix().replace("/", ".") if inside else "outside"
        spent[module] = spent.get(module, 0.0) + own
    total = sum(spent.values())
    return sorted(
        ((module, own / total) for module, own in spent.items() if own / total >= 0.01), key=lambda one: -one[1]
    )


def _growth(of: str, cases: list[tuple[int, tuple[Case, View]]]) -> None:
    """Milliseconds at each size, and the slope of the second half over that of the first: 1 is linear, 2 is quadratic."""
    times = [(size, 1000 / _rate(lambda _n, one=one: _afresh(*one), 1.0)) for size, one in cases]  # type: ignore[misc]
    for size, milliseconds in times:
        print(f"rules.{of}.{size}: {milliseconds:.2f} ms")
    low, middle, high = times[0], times[len(times) // 2], times[-1]
    first = (middle[1] - low[1]) / max(middle[0] - low[0], 1)
    second = (high[1] - middle[1]) / max(high[0] - middle[0], 1)
    print(f"rules.growth_with_{of}: {second / first:.2f}" if first > 0 else f"rules.growth_with_{of}: none")


def _with_hops(route: Route, hops: int) -> Route:
    plain = route.model_dump(mode="json", exclude_unset=True)
    step = {"recipient": "A sub-processor", "place": "IN", "role": "processor", "terms": "joined_clauses"}
    return Route.model_validate({**plain, "onward": [step] * hops})


def _sent_to(route: Route, place: str) -> Route:
    plain = route.model_dump(mode="json", exclude_unset=True)
    recipient = {
        "id": "r",
        "name": "R",
        "country": place,
        "kind": "company",
        "gdpr_applies_directly": "no",
        "certifications": [],
    }
    nowhere = {"storage": [place], "access_from": [place]}
    france = {**plain["exporter"], "country": "FR"}
    return Route.model_validate(
        {**plain, "exporter": france, "importer": recipient, "destination": place, "processing": nowhere}
    )


def _access_laws(one: tuple[Case, View]) -> tuple[object, ...]:
    case, view = one
    return view.places[case.importer.place or ""].access_laws


if __name__ == "__main__":
    main()
