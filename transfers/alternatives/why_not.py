"""Why a transfer is not permissible: which findings would have had to come out otherwise, in the smallest sets.

A search over suppositions, not advice: it asks what would have had to be true, whether or not anybody can bring it about.
What could be changed is told by `remedies`, what is merely unknown by `questions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, combinations
from math import comb

from country_reports.facts import Truth
from transfers.alternatives.variation import Variations
from transfers.assessment import Assessment, FindingRecord
from transfers.finding import Finding, Outcome
from transfers.law.judge import judge
from transfers.law.rule import RULES
from transfers.route import Route

LIMIT = 3
"""How many findings, or groups of findings that stand together, a set may hold."""
MOST = 20_000
"""Legs that a search may judge, all suppositions together: about half a minute."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A smallest set of findings which, had they come out for the transfer, would have led to ``outcome``."""

    findings: tuple[FindingRecord, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Suppositions:
    """The smallest sets, and of how many findings at most: fewer than ``LIMIT`` where there were too many to try."""

    sets: tuple[Otherwise, ...]
    at_most: int


def what_would_have_to_be_true(route: Route, assessment: Assessment, variations: Variations) -> Suppositions:
    """Every smallest set of at most three findings; none where the route is permissible, or where no such set is.

    The guarantees of one place stand together as one. Findings on measures are left to `remedies`. A route to hundreds of
    recipients has too many sets to try; larger ones are then left out.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    extract = variations.knowledge.extract(route, variations.as_of)
    view = variations.knowledge.view(extract.case, variations.as_of, variations.policy)
    judgement = judge(extract.case, view)
    if judgement.outcome.permissible:
        return Suppositions((), LIMIT)
    adverse = [one for regime in judgement.regimes if not regime.outcome.permissible for one in regime.findings]
    groups = tuple(_groups(one for one in adverse if _is_adverse(one)))
    found: list[tuple[tuple[tuple[Finding, ...], ...], Outcome]] = []
    sizes = _sizes(len(groups), len(extract.case.legs))
    for size in sizes:
        for chosen in combinations(groups, size):
            if not any(set(smaller) <= set(chosen) for smaller, _ in found):
                supposed = tuple(_favourable(one) for group in chosen for one in group)
                outcome = judge(extract.case, view, supposed).outcome
                if outcome.permissible:
                    found.append((chosen, outcome))
    legs = [party.id for party in extract.parties]
    told = (
        Otherwise(tuple(_told(one, legs, assessment) for group in chosen for one in group), outcome)
        for chosen, outcome in found
    )
    return Suppositions(tuple(told), len(sizes))


def _sizes(groups: int, legs: int) -> range:
    """How many findings a set may hold, as long as all sets of so many can be tried."""
    sizes = range(1, LIMIT + 1)
    tried = accumulate(comb(groups, size) * legs for size in sizes)
    return sizes[: sum(judged <= MOST for judged in tried)]


def _is_adverse(found: Finding) -> bool:
    """Whether it speaks against the transfer, or leaves it open, and a rule says which answer would help."""
    favours = RULES[found.rule].favours
    return favours is not None and found.truth is not favours and not found.rule.startswith(_BY_MEASURES)


_BY_MEASURES = "edpb-01-2020.UC"


def _groups(findings: Iterable[Finding]) -> Iterable[tuple[Finding, ...]]:
    """Each finding by itself, the guarantees of one leg together."""
    groups: dict[tuple[str, str, int], list[Finding]] = {}
    for one in findings:
        guarantee = one.rule.startswith("edpb-02-2020.")
        key = ("guarantees", "", one.leg) if guarantee else (one.rule, one.provision, one.leg)
        if one not in groups.setdefault(key, []):
            groups[key].append(one)
    return (tuple(group) for group in groups.values())


def _favourable(found: Finding) -> Finding:
    """The finding as it would have helped; what it carried as a condition or question goes with the doubt."""
    favours = RULES[found.rule].favours
    return replace(found, truth=favours if favours is not None else Truth.YES, questions=(), conditions=(), grounds=())


def _told(found: Finding, legs: list[str], assessment: Assessment) -> FindingRecord:
    """The finding as the assessment tells it."""
    key = (found.rule, found.provision, legs[found.leg])
    told = (one for regime in assessment.regimes for one in regime.findings)
    return next(one for one in told if (one.rule, one.provision, one.leg) == key)
