"""What a change moves, for machines: as JSON, and as the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.maintenance.diff import FieldChange
from transfers.assessment import Assessment
from transfers.canonical import Json
from transfers.documents.impact import decisive_first, refusals
from transfers.facts_between import FactShift
from transfers.impact import Comparison, FindingShift, Impact, Refused, Said, SideTold, TextShift

SCHEMA = "transborder/impact/1"


def impact_json(found: Comparison) -> Json:
    """Every route that was read, the worst first; ``counts`` by effect, which add up to ``read``."""
    effects = [impact.effect.value for impact in found.impacts]
    counts: dict[str, Json] = {effect: effects.count(effect) for effect in sorted(set(effects))}
    return {
        "schema": SCHEMA,
        "before": _side_told(found.before),
        "after": _side_told(found.after),
        "policy": {
            "doctrine": found.policy.doctrine,
            "accept_stale": found.policy.accept_stale,
            "verified_only": found.policy.verified_only,
        },
        "read": len(effects),
        "counts": counts,
        "routes": [_route(impact) for impact in found.impacts],
    }


def impact_sheets(found: Comparison) -> dict[str, list[dict[str, str]]]:
    """Sheets by name, each as rows: every route, every regime of it, every finding and every fact that differs."""
    sheets: dict[str, list[dict[str, str]]] = {"routes": [], "regimes": [], "findings": [], "facts": []}
    for impact in found.impacts:
        sheets["routes"].append(_routes_row(impact, found))
        sheets["regimes"] += [
            {
                "route": impact.route,
                "regime": one.id,
                "name": one.name,
                "before": one.before or "",
                "after": one.after or "",
            }
            for one in impact.regimes
        ]
        sheets["findings"] += [_finding_row(impact.route, shift) for shift in decisive_first(impact)]
        sheets["facts"] += [_fact_row(impact.route, shift) for shift in impact.facts]
    return sheets


def _side_told(side: SideTold) -> Json:
    return {"name": side.name, "facts": side.told, "as_of": side.as_of}


def _route(impact: Impact) -> Json:
    return {
        "route": impact.route,
        "title": impact.title,
        "owner": impact.owner,
        "effect": impact.effect.value,
        "worse": impact.worse,
        "before": _side(impact.before),
        "after": _side(impact.after),
        "differs": [part.value for part in impact.parts],
        "regimes": [
            {"id": one.id, "name": one.name, "before": one.before, "after": one.after} for one in impact.regimes
        ],
        "findings": [_finding(shift) for shift in decisive_first(impact)],
        "facts": [_fact(shift) for shift in impact.facts],
        "conditions": _texts(impact.conditions),
        "questions": _texts(impact.questions),
    }


def _side(side: Assessment | Refused) -> Json:
    if isinstance(side, Refused):
        return {"as_of": side.as_of, "outcome": None, "reasons": [*refusals(side)]}
    return {
        "as_of": side.as_of,
        "outcome": side.outcome,
        "benchmark": side.benchmark.outcome,
        "review_by": side.review_by,
        "fingerprint": side.knowledge.fingerprint,
        "digest": side.digest,
    }


def _finding(shift: FindingShift) -> Json:
    return {
        "regime": shift.regime,
        "rule": shift.rule,
        "provision": shift.provision,
        "leg": shift.leg,
        "question": shift.question,
        "deciding": shift.deciding,
        "before": _said(shift.before),
        "after": _said(shift.after),
        "facts": [one.fact.fact for one in shift.facts],
    }


def _said(said: Said | None) -> Json:
    return None if said is None else {"truth": said.truth, "because": said.because}


def _fact(shift: FactShift) -> Json:
    fact = shift.fact
    return {
        "fact": fact.fact,
        "what": shift.turn.value,
        "statement": fact.statement,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "verified_on": fact.verified_on,
        "verification": fact.verification,
        "origin": fact.origin,
        "source": fact.source,
        "url": fact.url,
        "fields": [{"field": one.field, "before": one.before, "after": one.after} for one in shift.fields],
    }


def _texts(shift: TextShift) -> Json:
    def told(texts: tuple[tuple[str, str], ...]) -> list[Json]:
        return [{"id": name, "text": text} for name, text in texts]

    return {"added": told(shift.added), "gone": told(shift.gone)}


def _routes_row(impact: Impact, found: Comparison) -> dict[str, str]:
    return {
        "route": impact.route,
        "title": impact.title or "",
        "owner": impact.owner or "",
        "effect": impact.effect.value,
        "worse": "yes" if impact.worse else "no",
        "before": _outcome(impact.before),
        "after": _outcome(impact.after),
        "differs": "; ".join(part.value for part in impact.parts),
        "review_by": "" if isinstance(impact.after, Refused) else impact.after.review_by,
        "reason": "; ".join(_reasons(impact)),
        "before_is": f"{found.before.told}, read on {found.before.as_of}",
        "after_is": f"{found.after.told}, read on {found.after.as_of}",
    }


def _outcome(side: Assessment | Refused) -> str:
    return "" if isinstance(side, Refused) else side.outcome


def _reasons(impact: Impact) -> Iterator[str]:
    """Why a side has no answer, or the reason that decides."""
    for name, side in (("before", impact.before), ("after", impact.after)):
        if isinstance(side, Refused):
            yield from (f"{name}: {reason}" for reason in refusals(side))
    first = next(iter(decisive_first(impact)), None)
    if first is not None:
        yield (first.after or first.before or Said("", "")).because


def _finding_row(route: str, shift: FindingShift) -> dict[str, str]:
    return {
        "route": route,
        "regime": shift.regime,
        "rule": shift.rule,
        "provision": shift.provision,
        "leg": shift.leg,
        "question": shift.question,
        "truth_before": shift.before.truth if shift.before else "",
        "truth_after": shift.after.truth if shift.after else "",
        "because_before": shift.before.because if shift.before else "",
        "because_after": shift.after.because if shift.after else "",
        "facts": "; ".join(one.fact.fact for one in shift.facts),
    }


def _fact_row(route: str, shift: FactShift) -> dict[str, str]:
    fact = shift.fact
    return {
        "route": route,
        "fact": fact.fact,
        "what": shift.turn.value,
        "statement": fact.statement,
        "valid_from": fact.valid_from or "",
        "valid_to": fact.valid_to or "",
        "verified_on": fact.verified_on or "",
        "verification": fact.verification,
        "fields": "; ".join(map(_field, shift.fields)),
        "source": fact.url or fact.source,
    }


def _field(change: FieldChange) -> str:
    return f"{change.field}: {change.before or ''} -> {change.after or ''}"
