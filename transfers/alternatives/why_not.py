"""Why a transfer is not permissible: which findings would have had to come out otherwise, in the smallest sets.

A search over suppositions, not advice: it asks what would have had to be true, whether or not anybody can bring it about.
What could be changed is told by `remedies`, what is merely unknown by `questions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from country_reports.facts import Truth
from transfers.alternatives.variation import Variations
from transfers.assessment import Assessment, FindingRecord
from transfers.finding import Finding, Outcome
from transfers.law.judge import judge
from transfers.law.rule import RULES
from transfers.route import Route

LIMIT = 3
"""How many findings, or groups of findings that stand together, a set may hold."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A smallest set of findings which, had they come out for the transfer, would have led to ``outcome``."""

    findings: tuple[FindingRecord, ...]
    outcome: Outcome


def what_would_have_to_be_true(route: Route, assessment: Assessment, variations: Variations) -> tuple[Otherwise, ...]:
    """Every smallest set of at most three findings; empty where the route is permissible, or where no such set is.

    The guarantees of one place stand together as one. Findings on measures are left to `remedies`.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    extract = variations.knowledge.extract(route, variations.as_of)
    view = variations.knowledge.view(extract.case, variations.as_of, variations.policy)
    judgement = judge(extract.case, view)
    if judgement.outcome.permissible:
        return ()
    adverse = [one for regime in judgement.regimes if not regime.outcome.permissible for one in regime.findings]
    groups = tuple(_groups(one for one in adverse if _is_adverse(one)))
    found: list[tuple[tuple[tuple[Finding, ...], ...], Outcome]] = []
    for size in range(1, LIMIT + 1):
        for chosen in combinations(groups, size):
            if not any(set(smaller) <= set(chosen) for smaller, _ in found):
                supposed = tuple(_favourable(one) for group in chosen for one in group)
                outcome = judge(extract.case, view, supposed).outcome
                if outcome.permissible:
                    found.append((chosen, outcome))
    legs = [party.id for party in extract.parties]
    return tuple(
        Otherwise(tuple(_told(one, legs, assessment) for group in chosen for one in group), outcome)
        for chosen, outcome in found
    )


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
