"""The policy for the ZEN engine (GoRules): one decision table in its JSON form, read from above until a row fits.

A cell knows no third truth value: rows for doubt stand after the row of the ground that stands. The engine's own
static loader compiles the table once; a decision object that is made or fetched from it and asked again takes several times as long.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import zen

from policies import Case, Ways

FIELDS = ("restricted", "adequate", "sensitive", "tool", "status", "access", "readable", "derogation")
ANY, YES, NO, UNKNOWN = "", '"yes"', '"no"', '"unknown"'
NOT_YES, NOT_NO = '"no", "unknown"', '"yes", "unknown"'
SOME, IN_FORCE, NO_DRAFT = '"clauses", "code"', '"in_force"', '"in_force", "unknown"'
ROWS = (
    # restricted, adequate, sensitive, tool, status, access, readable, derogation
    (NO, ANY, ANY, ANY, ANY, ANY, ANY, ANY, "permitted"),
    (UNKNOWN, ANY, ANY, ANY, ANY, ANY, ANY, ANY, "undetermined"),
    (ANY, YES, NO, ANY, ANY, ANY, ANY, ANY, "permitted"),
    (ANY, YES, YES, ANY, ANY, ANY, ANY, ANY, "permitted_with_safeguards"),
    (ANY, NOT_NO, ANY, ANY, ANY, ANY, ANY, ANY, "undetermined"),
    (ANY, ANY, ANY, SOME, IN_FORCE, NO, ANY, ANY, "permitted_with_safeguards"),
    (ANY, ANY, ANY, SOME, IN_FORCE, ANY, NO, ANY, "permitted_with_safeguards"),
    (ANY, ANY, ANY, SOME, NO_DRAFT, NOT_YES, ANY, ANY, "undetermined"),
    (ANY, ANY, ANY, SOME, NO_DRAFT, ANY, NOT_YES, ANY, "undetermined"),
    (ANY, ANY, NO, ANY, ANY, ANY, ANY, YES, "permitted"),
    (ANY, ANY, NOT_YES, ANY, ANY, ANY, ANY, NOT_NO, "undetermined"),
    (ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, "not_permitted"),
)


def prepare(cases: Sequence[Case]) -> Ways:
    """A context for each case."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"transfer": _graph()}}})
    contexts = [case.words() for case in cases]
    requests = [{"key": "transfer", "context": one} for one in contexts]
    return Ways(
        lambda: [engine.evaluate("transfer", one)["result"]["outcome"] for one in contexts],
        lambda: [one["data"]["result"]["outcome"] for one in engine.evaluate_batch(requests)],
    )


def _graph() -> dict[str, object]:
    rows = [
        {"_id": str(number), **dict(zip(FIELDS, cells, strict=True)), "outcome": json.dumps(outcome)}
        for number, (*cells, outcome) in enumerate(ROWS)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in FIELDS],
        "outputs": [{"id": "outcome", "name": "outcome", "field": "outcome"}],
        "rules": rows,
    }
    return {
        "nodes": [
            {"id": "case", "name": "case", "type": "inputNode"},
            {"id": "policy", "name": "policy", "type": "decisionTableNode", "content": table},
            {"id": "decided", "name": "decided", "type": "outputNode"},
        ],
        "edges": [
            {"id": "in", "type": "edge", "sourceId": "case", "targetId": "policy"},
            {"id": "out", "type": "edge", "sourceId": "policy", "targetId": "decided"},
        ],
    }
