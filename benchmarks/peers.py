"""One small policy decided by plain Python, as transborder's rules are written, and by other rule engines; and the product's gate.

The policy is made up to be measured; it is neither the law nor a part of the product. ``policies/__init__.py`` has it in words, and the
modules beside it as each system says it. The others are no dependencies of transborder; a system that is not installed is passed over:

    pip install openfisca-core zen-engine cedarpy regopy clipspy

All combinations of answers are decided, with each as often as another. Before anything is timed, each system must give the outcome of
plain Python for every one. It has the cases in the form it takes: to bring them into it is not timed. ``one_by_one`` are single decisions,
``together`` is the system's own way of deciding many at once. ``ratio`` is how many times as long as by plain Python a decision takes, with
plain Python measured just before; its own ratio shows how steady the machine was. Plain Python keeps a trace of the grounds it tried,
which is not asked of the others. All is processor time, the median of interleaved rounds, with the lowest and the highest ratio.

``transborder`` stands apart, for it is no like for like: it does not decide the small policy but judges by the product's law, which has
more than a hundred rules, on the facts on file. ``repeated`` are cases that the gate has seen before, ``first`` those that it has not.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from random import Random

from gate import CASES, DAY
from policies import Case, Ways, every_case, plain
from varied import ROOT, varied

from transfers.knowledge import Knowledge
from transfers.law.rule import RULES
from transfers.portfolio.gate import Gate

PACKAGES = {
    "openfisca": "openfisca-core",
    "zen": "zen-engine",
    "cedar": "cedarpy",
    "rego": "regopy",
    "clips": "clipspy",
}
ROUNDS, NEW = 7, 100


@dataclass
class Timed:
    """A way of deciding some cases; for each round the seconds of a decision, and those of one by plain Python just before."""

    name: str
    decisions: int
    run: Callable[[], object]
    seconds: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


def main() -> None:
    """First that all agree, then how long they take."""
    cases = every_case()
    Random(1).shuffle(cases)
    in_plain_python = plain.prepare(cases).one_by_one
    expected = in_plain_python()
    print(f"peers.cases: {len(cases)}")
    timed = [Timed("plain.one_by_one", len(cases), in_plain_python)]
    for name, package in PACKAGES.items():
        ways = _ways(name, cases)
        if ways is None:
            print(f"peers.{name}: not installed")
            continue
        print(f"peers.{name}.version: {package} {version(package)}")
        for way, run in ways.items():
            _compare(f"{name}.{way}", cases, expected, run())
            timed.append(Timed(f"{name}.{way}", len(cases), run))
    of_the_gate = _of_the_gate()
    _take_times([*timed, *of_the_gate], timed[0])
    _print(timed)
    print(f"peers.transborder: not the small policy but the product's law, of {len(RULES)} rules")
    _print(of_the_gate)


def _ways(name: str, cases: Sequence[Case]) -> dict[str, Callable[[], Sequence[str]]] | None:
    """None if the system does not import."""
    try:
        policy = import_module(f"policies.{name}")
    except ImportError:
        return None
    ways: Ways = policy.prepare(cases)
    return {"one_by_one": ways.one_by_one, **({"together": ways.together} if ways.together else {})}


def _compare(name: str, cases: Sequence[Case], expected: Sequence[str], found: Sequence[str]) -> None:
    """Stop at the first case that is decided otherwise than by plain Python."""
    for case, right, other in zip(cases, expected, found, strict=True):
        if other != right:
            raise SystemExit(f"peers.{name}: {other} where plain Python decides {right}, for {case.words()}")


def _of_the_gate() -> list[Timed]:
    gate = Gate(Knowledge(ROOT / "examples" / "workspace"))
    seen = [gate.case_of(route, DAY) for route in varied(CASES, seed=1)]
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    unseen = [knowledge.extract(route, DAY).case for route in varied(ROUNDS * NEW, seed=2)]
    news = iter([unseen[start : start + NEW] for start in range(0, len(unseen), NEW)])
    repeated = seen * 20
    return [
        Timed("transborder.repeated", len(repeated), lambda: [gate.decide(case, DAY) for case in repeated]),
        Timed("transborder.first", NEW, lambda: [gate.decide(case, DAY) for case in next(news)]),
    ]


def _print(timed: Sequence[Timed]) -> None:
    for one in timed:
        ratios = [own / before for own, before in zip(one.seconds, one.plain, strict=True)]
        print(f"peers.{one.name}_per_second: {1 / statistics.median(one.seconds):.0f}")
        print(f"peers.{one.name}_ratio: {statistics.median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})")


def _take_times(timed: Sequence[Timed], plainly: Timed) -> None:
    """In rounds of all."""
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        for one in timed:
            one.plain.append(_seconds(plainly))
            one.seconds.append(_seconds(one))


def _seconds(one: Timed) -> float:
    start = time.process_time()
    one.run()
    return (time.process_time() - start) / one.decisions


if __name__ == "__main__":
    main()
