"""The gate: an answer in microseconds for a case that was seen before, which a service can ask before it sends.

A decision names the edition of the facts that it rests on. It can be explained afterwards from its key, as long as the gate
remembers the route that it was first made for.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from country_reports.frozen import frozen
from transfers.assessment import Assessment, assess
from transfers.case import Case
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.law.judge import judge
from transfers.route import Route
from transfers.view import Policy

MOST_CASES = 200_000
"""Decisions that are kept; then all of them are forgotten and made anew."""
MOST_EXEMPLARS = 10_000
"""Routes that are kept to explain decisions by; those longest unused go first."""


@frozen
class Decision:
    """What the law says of a case on a day. ``key`` explains it later; ``edition`` is that of the facts it rests on."""

    outcome: Outcome
    permissible: bool
    key: str
    edition: str


class NoExemplar(LookupError):
    """No route is remembered for this key: none was given, or long ago, or the facts have been exchanged more than once since."""


class Gate:
    """Decides cases under one policy. All of it may be used from many threads at once."""

    def __init__(self, knowledge: Knowledge, policy: Policy | None = None) -> None:
        self._policy = policy or Policy()
        self._facts = _Facts(knowledge, self._policy)
        self._counts = _Counts()
        self._exemplars: OrderedDict[str, _Exemplar] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def edition(self) -> str:
        """Of the facts that decisions rest on now."""
        return self._facts.knowledge.edition

    def decide(self, asked: Route | Case, as_of: date) -> Decision:
        """The answer for a route, or for a case that was made of one for this very day.

        Raises:
            BadRoute: the route names a place, importer or tool that does not exist.
            BadRecord: a fact on file that the route needs is malformed.
        """
        facts = self._facts
        case = asked if type(asked) is Case else self._case(facts, asked, as_of)
        decision = facts.decision(case, as_of)
        self._counts.add(decision.outcome)
        return decision

    def case_of(self, route: Route, as_of: date) -> Case:
        """The case of a route on a day, to be decided again and again; the route is remembered, to explain the decision by.

        Raises:
            BadRoute: the route names a place, importer or tool that does not exist.
        """
        return self._case(self._facts, route, as_of)

    def decided(self, key: str) -> Decision | None:
        """The decision with this key, if it was made on the facts of now; None where it must be asked for anew."""
        decision = self._facts.by_key.get(key)
        if decision is not None:
            self._counts.add(decision.outcome)
        return decision

    def reload(self, knowledge: Knowledge) -> None:
        """Exchange the facts. Whoever asks meanwhile gets an answer on the old facts or on the new, never on both."""
        before, facts = self._facts.knowledge, _Facts(knowledge, self._policy)
        with self._lock:
            for key in [key for key, one in self._exemplars.items() if one.knowledge is not before]:
                del self._exemplars[key]
            self._facts = facts

    def counts(self) -> Mapping[Outcome, int]:
        """How many decisions were given since the gate was made, by outcome."""
        return self._counts.told()

    def explain(self, key: str) -> Assessment:
        """The full assessment of the route that a decision was first made for, on the facts that it rests on.

        Raises:
            NoExemplar: no such route is remembered.
        """
        with self._lock:
            one = self._exemplars.get(key)
            if one is None:
                raise NoExemplar(f"no route is remembered for {key}; give the route to decide() or case_of() again")
            self._exemplars.move_to_end(key)
        with one.facts.lock:
            return assess(one.route, one.knowledge, one.as_of, self._policy)

    def _case(self, facts: _Facts, asked: Route | Case, as_of: date) -> Case:
        assert isinstance(asked, Route)
        with facts.lock:
            case = facts.knowledge.extract(asked, as_of).case
        key = facts.decision(case, as_of).key
        with self._lock:
            self._exemplars.setdefault(key, _Exemplar(asked, as_of, facts))
            if len(self._exemplars) > MOST_EXEMPLARS:
                self._exemplars.popitem(last=False)
        return case


class _Facts:
    """The decisions made on one edition of the facts. The law and its memory are asked by one thread at a time."""

    def __init__(self, knowledge: Knowledge, policy: Policy) -> None:
        self.knowledge = knowledge
        self.lock = threading.Lock()
        self.by_key: dict[str, Decision] = {}
        self._policy = policy
        self._edition = knowledge.edition
        self._same: dict[date, dict[int, tuple[Case, Decision]]] = {}
        self._equal: dict[tuple[date, Case], Decision] = {}

    def decision(self, case: Case, as_of: date) -> Decision:
        """Looked up by the object first, since to hash a case takes longer; it is held, so that no other object gets its identity."""
        day = self._same.get(as_of)
        if day is not None:
            found = day.get(id(case))
            if found is not None and found[0] is case:
                return found[1]
        return self._equal_or_new(case, as_of)

    def _equal_or_new(self, case: Case, as_of: date) -> Decision:
        decision = self._equal.get((as_of, case))
        with self.lock:
            decision = decision or self._equal.get((as_of, case)) or self._new(case, as_of)
            day = self._same.setdefault(as_of, {})
            day[id(case)] = (case, decision)
            if len(day) > MOST_CASES:
                self._same = {}
        return decision

    def _new(self, case: Case, as_of: date) -> Decision:
        if len(self._equal) >= MOST_CASES:
            self._same, self._equal, self.by_key = {}, {}, {}
        outcome = judge(case, self.knowledge.view(case, as_of, self._policy)).outcome
        key = _key(case, as_of, self._policy, self._edition)
        decision = Decision(outcome, outcome.permissible, key, self._edition)
        self._equal[as_of, case] = self.by_key[key] = decision
        return decision


@frozen
class _Exemplar:
    route: Route
    as_of: date
    facts: _Facts

    @property
    def knowledge(self) -> Knowledge:
        return self.facts.knowledge


class _Counts:
    """Counts without a lock: each thread counts for itself. The number of a thread that has ended goes to a later one."""

    def __init__(self) -> None:
        self._by_thread: dict[int, list[int]] = {}

    def add(self, outcome: Outcome) -> None:
        own = self._by_thread.get(threading.get_ident())
        if own is None:
            own = self._by_thread[threading.get_ident()] = [0] * len(Outcome)
        own[outcome] += 1

    def told(self) -> Mapping[Outcome, int]:
        every = list(self._by_thread.values())
        totals = {outcome: sum(own[outcome] for own in every) for outcome in Outcome}
        return {outcome: total for outcome, total in totals.items() if total}


def _key(case: Case, as_of: date, policy: Policy, edition: str) -> str:
    """The same in every process for the same case, day, policy and facts."""
    text = json.dumps([_plain(case), as_of.isoformat(), _plain(policy), edition], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted((_plain(one) for one in value), key=repr)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value.value if isinstance(value, Enum) else value
