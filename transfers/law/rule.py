"""What makes a function a rule: its id, the provision it reads, the question it answers, and trust in its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Generic, Protocol, TypeAlias, TypeVar

from country_reports.facts import Role, Truth, Verification
from transfers.case import Case, Leg
from transfers.finding import AnyGround, Condition, Finding, Parameter, Question, Sentence, SlotGround, _, say
from transfers.law.situation import situated
from transfers.view import Policy, RegimeView, View

RuleFunction: TypeAlias = Callable[[Case, View, Leg], Finding]


class Registered:
    """A rule by its id. ``favours`` is the answer that helps the transfer: only that one needs facts that were checked and are fresh."""

    def __init__(self, rule_id: str, asks: str, favours: Truth | None, function: Callable[..., Finding]) -> None:
        self.id = rule_id
        self.asks = asks
        self.favours = favours
        self.function = function
        self.__doc__ = function.__doc__

    def signed(self, found: Finding, provision: str, asks: Sentence, view: View, leg: Leg) -> Finding:
        """What the rule found under a provision for a leg, weighed by how far its facts can be trusted."""
        trusted = _weighed(found, view.policy) if found.truth is self.favours else found
        return trusted.signed(self.id, provision, leg.number, asks)


class Rule(Registered):
    """A rule that reads one provision."""

    def __init__(self, rule_id: str, provision: str, asks: str, favours: Truth | None, function: RuleFunction) -> None:
        super().__init__(rule_id, asks, favours, function)
        self.provision = provision
        self._asks = say(asks)
        self._find = self._found  # one object, by which what it found is remembered

    def __call__(self, case: Case, view: View, leg: Leg) -> Finding:
        here = situated(case, view)
        known = here.supposed.get((self.id, self.provision, leg.number)) if here.supposed else None
        return known or here.find(self._find, leg)

    def _found(self, case: Case, view: View, leg: Leg) -> Finding:
        return self.signed(self.function(case, view, leg), self.provision, self._asks, view, leg)


class Part(Protocol):
    """A part of a law's record: a gateway, a demand, its scope. ``provision`` is where it stands in the law."""

    @property
    def id(self) -> str: ...

    @property
    def provision(self) -> str: ...


PartT = TypeVar("PartT", bound=Part)
RecordRuleFunction: TypeAlias = Callable[[Case, View, Leg, RegimeView, PartT], Finding]


class RecordRule(Registered, Generic[PartT]):
    """A rule that reads one kind of part of any law that is judged from its record; the part is its provision."""

    def __init__(self, rule_id: str, asks: str, favours: Truth | None, function: Callable[..., Finding]) -> None:
        super().__init__(rule_id, asks, favours, function)
        self._find = self._found  # one object, by which what it found is remembered

    def __call__(self, case: Case, view: View, leg: Leg, law: RegimeView, part: PartT) -> Finding:
        here = situated(case, view)
        known = here.supposed.get((self.id, f"{law.id}:{part.id}", leg.number)) if here.supposed else None
        return known or here.find(self._find, leg, law, part)

    def _found(self, case: Case, view: View, leg: Leg, law: RegimeView, part: PartT) -> Finding:
        asks = say(self.asks, law=law.name, where=part.provision)
        return self.signed(self.function(case, view, leg, law, part), f"{law.id}:{part.id}", asks, view, leg)


RULES: dict[str, Registered] = {}


def rule(rule_id: str, provision: str, asks: str, favours: Truth | None = Truth.YES) -> Callable[[RuleFunction], Rule]:
    """Register a function as the rule that reads ``provision``.

    ``favours`` is the answer that helps the transfer: only that answer needs facts that were checked
    and are fresh; an adverse answer always counts.
    """
    return lambda function: _kept(Rule(rule_id, provision, asks, favours, function))


def record_rule(
    rule_id: str, asks: str, favours: Truth | None = Truth.YES
) -> Callable[[RecordRuleFunction[PartT]], RecordRule[PartT]]:
    """Register a function as the rule that reads one kind of part of any law's record; ``favours`` as for `rule`."""
    return lambda function: _kept(RecordRule(rule_id, asks, favours, function))


RegisteredT = TypeVar("RegisteredT", bound=Registered)


def _kept(registered: RegisteredT) -> RegisteredT:
    if registered.id in RULES:
        raise ValueError(f"two rules are called {registered.id}")
    RULES[registered.id] = registered
    return registered


def _weighed(found: Finding, policy: Policy) -> Finding:
    """A favourable answer on stale facts is unknown; on unverified ones it carries "confirm at source"."""
    stale = tuple(ground for ground in found.grounds if ground.stale and ground.role is Role.SUPPORTS)
    if stale and not policy.accept_stale:
        because = say(_("This would rest on a fact last checked too long ago: {fact}."), **_name_of(stale[0])[1])
        return replace(
            found, truth=Truth.UNKNOWN, because=because, questions=(*found.questions, *map(_reverify, stale))
        )
    unverified = tuple(
        ground
        for ground in found.grounds
        if ground.verification is Verification.UNVERIFIED and ground.role is Role.SUPPORTS
    )
    if unverified and policy.verified_only:
        because = say(_("This would rest on a fact that was not checked: {fact}."), **_name_of(unverified[0])[1])
        return replace(
            found, truth=Truth.UNKNOWN, because=because, questions=(*found.questions, *map(_reverify, unverified))
        )
    if unverified:
        return replace(found, conditions=(*found.conditions, *map(_confirm, unverified)))
    return found


def _reverify(ground: AnyGround) -> Question:
    name, parameters = _name_of(ground)
    return Question(
        id=f"verify:{name}",
        text=say(_("Check at its source whether this still holds: {fact}."), **parameters),
        ask="registry",
    )


def _confirm(ground: AnyGround) -> Condition:
    name, parameters = _name_of(ground)
    return Condition(
        id=f"confirm_at_source:{name}",
        text=say(_("Confirm at source before relying on it (not checked by us): {fact}."), **parameters),
        provision="method:verification",
    )


def _name_of(ground: AnyGround) -> tuple[str, dict[str, Parameter]]:
    if isinstance(ground, SlotGround):
        return f"slot-{ground.slot}", {"fact": f"slot-{ground.slot}"}
    return ground.fact.id, {"fact": ground.fact.statement}
