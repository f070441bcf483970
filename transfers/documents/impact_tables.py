"""What a change moves, for machines: as JSON, and as the sheets of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from country_reports.maintenance.diff import FieldChange
from transfers.canonical import Json
from transfers.changes.facts_between import FactShift
from transfers.changes.records import (
    Answered,
    Comparison,
    Concerned,
    FindingShift,
    Impact,
    OutcomeShift,
    Refused,
    RejectedRow,
    Said,
    SideTold,
    TableRead,
    TextShift,
)
from transfers.documents.impact_told import by_when, decisive_first, reasons_of_refusal, refusals

SCHEMA = "transborder/impact/1"
OF_TABLE = "transborder/impact-of-table/1"

REJECTED = "rejected"
"""The effect that is told of a row that was not compared."""


def impact_json(found: Comparison) -> Json:
    """Every route that was read, the worst first; ``counts`` by effect, which add up to ``read``, or of a table to ``compared``."""
    counts: Counter[str] = Counter()
    for impact in found.impacts:
        counts[impact.effect.value] += len(impact.routes)
    head: dict[str, Json] = {
        "schema": SCHEMA if found.table is None else OF_TABLE,
        "before": _side_told(found.before),
        "after": _side_told(found.after),
        "policy": {
            "doctrine": found.policy.doctrine,
            "accept_stale": found.policy.accept_stale,
            "verified_only": found.policy.verified_only,
        },
    }
    sums: dict[str, Json] = {"counts": dict(sorted(counts.items()))}
    if found.table is not None:
        return head | _table(found.table, found.compared) | sums | _of_table(found, found.table)
    routes: list[Json] = [_concerned(impact.routes[0]) | _change(impact) for impact in found.impacts]
    return head | {"read": found.compared} | sums | {"routes": routes}


def _table(table: TableRead, compared: int) -> dict[str, Json]:
    """Rows read are rows compared and rows rejected."""
    return {
        "table": table.name,
        "read": table.rows,
        "compared": compared,
        "rejected": len(table.rejected),
        "columns_not_read": list(table.unread),
    }


def _of_table(found: Comparison, table: TableRead) -> dict[str, Json]:
    """Each change once, and every row with the number of its change."""
    changes: list[Json] = []
    routes: list[Json] = []
    for number, impact in enumerate(found.impacts, 1):
        changes.append({"change": number, "rows": len(impact.routes), **_change(impact)})
        told: dict[str, Json] = {"change": number, "effect": impact.effect.value}
        routes += [{"row": one.row, **_concerned(one), **told} for one in impact.routes]
    rejected: list[Json] = [
        {
            "row": row.row,
            "route": row.route,
            "owner": row.owner,
            "reasons": [{"column": one.field, "problem": one.message} for one in row.reasons],
        }
        for row in table.rejected
    ]
    return {"changes": changes, "routes": routes, "rejected_rows": rejected}


def _concerned(one: Concerned) -> dict[str, Json]:
    return {"route": one.route, "title": one.title, "owner": one.owner}


def impact_sheets(found: Comparison) -> dict[str, list[dict[str, str]]]:
    """Sheets by name, each as rows: every route, and what differs of it. Of a table, what differs stands with the number of the change."""
    sheets: dict[str, list[dict[str, str]]] = {"routes": [*_route_rows(found)]}
    sheets |= {"regimes": [], "findings": [], "facts": [], "conditions and questions": []}
    for number, impact in enumerate(found.impacts, 1):
        of = {"route": impact.route} if found.table is None else {"change": str(number)}
        sheets["regimes"] += [of | _regime_row(one) for one in impact.regimes]
        sheets["findings"] += [of | _finding_row(shift) for shift in decisive_first(impact)]
        sheets["facts"] += [of | _fact_row(shift) for shift in impact.facts]
        sheets["conditions and questions"] += [of | row for row in _asked_rows(impact)]
    if found.table is not None:
        sheets["rejected"] = [
            {"row": str(row.row), "id": row.route, "column": one.field, "problem": one.message}
            for row in found.table.rejected
            for one in row.reasons
        ]
    return sheets


def impact_rows(found: Comparison) -> list[dict[str, str]]:
    """Every route as a row, the worst first, and at the end the rejected rows of a table: as many as were read."""
    rejected = found.table.rejected if found.table is not None else ()
    return [*_route_rows(found), *map(_rejected_row, rejected)]


def _side_told(side: SideTold) -> Json:
    return {"name": side.name, "facts": side.told, "as_of": side.as_of}


def _change(impact: Impact) -> dict[str, Json]:
    of_one_file = impact.routes[0].row is None
    return {
        "effect": impact.effect.value,
        "worse": impact.worse,
        "before": _side(impact.before, of_one_file),
        "after": _side(impact.after, of_one_file),
        "differs": [part.value for part in impact.parts],
        "regimes": [
            {"id": one.id, "name": one.name, "before": one.before, "after": one.after} for one in impact.regimes
        ],
        "findings": [_finding(shift) for shift in decisive_first(impact)],
        "facts": [_fact(shift) for shift in impact.facts],
        "conditions": _texts(impact.conditions),
        "questions": _texts(impact.questions),
    }


def _side(side: Answered | Refused, digest: bool) -> Json:
    """The digest is that of one assessment; rows that share a change have each their own."""
    if isinstance(side, Refused):
        return {"as_of": side.as_of, "outcome": None, "reasons": [*refusals(side)]}
    told: dict[str, Json] = {
        "as_of": side.as_of,
        "outcome": side.outcome,
        "benchmark": side.benchmark,
        "review_by": side.review_by,
        "fingerprint": side.fingerprint,
    }
    return {**told, "digest": side.digest} if digest else told


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


def _route_rows(found: Comparison) -> Iterator[dict[str, str]]:
    for number, impact in enumerate(found.impacts, 1):
        told = ({} if found.table is None else {"change": str(number)}) | _told_of_change(impact, found)
        for one in impact.routes:
            place = {} if one.row is None else {"row": str(one.row)}
            yield place | {"route": one.route, "title": one.title or "", "owner": one.owner or ""} | told


def _rejected_row(row: RejectedRow) -> dict[str, str]:
    reason = "; ".join(refusals(row))
    return {
        "row": str(row.row),
        "route": row.route,
        "owner": row.owner or "",
        "effect": REJECTED,
        "reason": reason,
    }


def _told_of_change(impact: Impact, found: Comparison) -> dict[str, str]:
    """What the rows of one change have in common."""
    return {
        "effect": impact.effect.value,
        "worse": "yes" if impact.worse else "no",
        "before": _outcome(impact.before),
        "after": _outcome(impact.after),
        "differs": "; ".join(part.value for part in impact.parts),
        "by_when": by_when(impact),
        "review_by": "" if isinstance(impact.after, Refused) else impact.after.review_by,
        "reason": "; ".join(_reasons(impact)),
        "facts": "; ".join(one.fact.fact for one in impact.facts),
        "before_is": f"{found.before.told}, read on {found.before.as_of}",
        "after_is": f"{found.after.told}, read on {found.after.as_of}",
    }


def _outcome(side: Answered | Refused) -> str:
    return "" if isinstance(side, Refused) else side.outcome


def _reasons(impact: Impact) -> Iterator[str]:
    """Why a side has no answer, or the reason that decides."""
    yield from reasons_of_refusal(impact)
    first = next(iter(decisive_first(impact)), None)
    if first is not None:
        yield (first.after or first.before or Said("", "")).because


def _regime_row(one: OutcomeShift) -> dict[str, str]:
    return {"regime": one.id, "name": one.name, "before": one.before or "", "after": one.after or ""}


def _asked_rows(impact: Impact) -> Iterator[dict[str, str]]:
    for what, shift in (("condition", impact.conditions), ("question", impact.questions)):
        for state, texts in (("new", shift.added), ("gone", shift.gone)):
            yield from ({"what": what, "now": state, "id": name, "text": text} for name, text in texts)


def _finding_row(shift: FindingShift) -> dict[str, str]:
    return {
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


def _fact_row(shift: FactShift) -> dict[str, str]:
    fact = shift.fact
    return {
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
