"""What makes a function a rule: its id, the provision it reads, the question it answers, and trust in its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from country_reports.facts import Role, Truth, Verification
from transfers.case import Case, Leg
from transfers.finding import AnyGround, Condition, Finding, Parameter, Question, SlotGround, _, say
from transfers.law.situation import situated
from transfers.view import Policy, View

RuleFunction: TypeAlias = Callable[[Case, View, Leg], Finding]


class Rule:
    """A registered rule. Calling it runs the function and weighs how far its facts can be trusted."""

    def __init__(self, rule_id: str, provision: str, asks: str, favours: Truth | None, function: RuleFunction) -> None:
        self.id = rule_id
        self.provision = provision
        self.asks = asks
        self.favours = favours
        self.function = function
        self.run = self._run  # one object, by which what it found is remembered

    def __call__(self, case: Case, view: View, leg: Leg) -> Finding:
        return situated(case, view).find(self.run, leg)

    def _run(self, case: Case, view: View, leg: Leg) -> Finding:
        found = self.function(case, view, leg)
        trusted = _weighed(found, view.policy) if found.truth is self.favours else found
        return trusted.signed(self.id, self.provision, leg.number, self.asks)


RULES: dict[str, Rule] = {}


def rule(rule_id: str, provision: str, asks: str, favours: Truth | None = Truth.YES) -> Callable[[RuleFunction], Rule]:
    """Register a function as the rule that reads ``provision``.

    ``favours`` is the answer that helps the transfer: only that answer needs facts that were checked
    and are fresh; an adverse answer always counts.
    """

    def register(function: RuleFunction) -> Rule:
        if rule_id in RULES:
            raise ValueError(f"two rules are called {rule_id}")
        registered = Rule(rule_id, provision, asks, favours, function)
        registered.__doc__ = function.__doc__
        RULES[rule_id] = registered
        return registered

    return register


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
