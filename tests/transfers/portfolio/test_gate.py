"""The gate decides as an assessment does, from many threads, while its facts are exchanged, and can say why."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT
from tests.transfers.portfolio.registers import DAY, kind, route_of
from transfers.assessment import assess
from transfers.case import Case
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.portfolio import gate as module
from transfers.portfolio.gate import Gate, NoExemplar
from transfers.route import Route


@pytest.fixture(scope="module")
def routes() -> list[Route]:
    random = Random(1)
    rows = (row for row in (kind(random) for _ in range(80)) if row["exporter.country"] != "Atlantis")
    return [
        route_of({"id": f"r-{n}", **{name: text for name, text in row.items() if text}}) for n, row in enumerate(rows)
    ]


def test_it_decides_as_an_assessment_does(knowledge: Knowledge, routes: list[Route]) -> None:
    gate = Gate(knowledge)
    for route in routes:
        decision = gate.decide(route, DAY)
        found = assess(route, knowledge, DAY)
        assert decision.outcome.word == found.outcome
        assert decision.permissible is Outcome.of_word(found.outcome).permissible
        assert decision.edition == knowledge.edition
        again = gate.decide(replace(gate.case_of(route, DAY)), DAY)
        assert again is decision
        assert gate.decided(decision.key) is decision
        assert gate.explain(decision.key).outcome == found.outcome
    assert Counter(gate.counts()).total() == 3 * len(routes)


def test_keys_are_the_same_elsewhere_and_others_for_another_day_or_case(
    knowledge: Knowledge, routes: list[Route]
) -> None:
    gate, other = Gate(knowledge), Gate(Knowledge(ROOT / "examples" / "workspace"))
    keys: dict[str, Case] = {}
    for route in routes:
        case = gate.case_of(route, DAY)
        decision = gate.decide(case, DAY)
        assert decision.key == other.decide(route, DAY).key
        assert keys.setdefault(decision.key, case) == case
        assert gate.decide(route, DAY.replace(year=2024)).key != decision.key


def test_many_threads_and_facts_exchanged_between(tmp_path: Path, routes: list[Route]) -> None:
    old, new = Knowledge(ROOT / "examples" / "workspace"), Knowledge(None)
    routes = [route for route in routes if route.importer in ("iwf", "ncmec", None)]
    expected = {
        known.edition: {route.id: assess(route, known, DAY).outcome for route in routes} for known in (old, new)
    }
    gate = Gate(old)
    wrong: list[str] = []
    given: list[int] = []

    def ask(seed: int) -> None:
        random = Random(seed)
        for count in range(400):
            route = random.choice(routes)
            decision = gate.decide(route, DAY)
            if decision.outcome.word != expected[decision.edition][route.id]:
                wrong.append(route.id)
            if seed == 0 and count % 100 == 50:
                gate.reload(new if gate.edition == old.edition else old)
        given.append(400)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert Counter(gate.counts()).total() == sum(given) == 2_400


def test_what_was_decided_before_an_exchange_is_explained_on_the_facts_of_then(routes: list[Route]) -> None:
    old, new = Knowledge(ROOT / "examples" / "workspace"), Knowledge(None)
    route = next(route for route in routes if route.importer == "iwf")
    gate = Gate(old)
    before = gate.decide(route, DAY)
    gate.reload(new)
    after = gate.decide(route, DAY)
    assert (before.edition, after.edition) == (old.edition, new.edition)
    assert before.key != after.key
    assert gate.decided(before.key) is None
    assert gate.explain(before.key).outcome == before.outcome.word
    gate.reload(Knowledge(None))
    with pytest.raises(NoExemplar, match="give the route"):
        gate.explain(before.key)


def test_memory_is_bounded(knowledge: Knowledge, routes: list[Route], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CASES", 10)
    monkeypatch.setattr(module, "MOST_EXEMPLARS", 5)
    gate = Gate(knowledge)
    keys = list(dict.fromkeys(gate.decide(route, DAY).key for route in routes))
    assert len(keys) > 20
    explained = 0
    for key in keys:
        try:
            gate.explain(key)
            explained += 1
        except NoExemplar:
            continue
    assert explained == 5
    assert sum(gate.decided(key) is not None for key in keys) <= 10


def test_a_case_without_a_route_is_decided_and_not_explained(knowledge: Knowledge, routes: list[Route]) -> None:
    decision = Gate(knowledge).decide(knowledge.extract(routes[0], DAY).case, DAY)
    with pytest.raises(NoExemplar):
        Gate(knowledge).explain(decision.key)
