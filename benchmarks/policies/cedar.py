"""The policy for Cedar: what permits and forbids three actions of an exporter on a transfer.

Cedar answers allow or deny. Four outcomes are at most three requests, in this order, until one is allowed: to send, to send with
safeguards, and to ask for the answers that are missing (undetermined); not permitted is what is left. Policies have no order, so that
each names what must not hold before it, or a ``forbid`` does. Together, each of the
three is one batch of the cases that are left.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import compress

import cedarpy

from policies import Case, Outcome, Ways

ASKED = {
    "send": Outcome.PERMITTED,
    "sendWithSafeguards": Outcome.PERMITTED_WITH_SAFEGUARDS,
    "askFirst": Outcome.UNDETERMINED,
}
POLICIES = """
permit (principal, action == Action::"send", resource)
when { context.restricted == "no" };

permit (principal, action == Action::"send", resource)
when { context.restricted == "yes" && context.adequate == "yes" && context.sensitive == "no" };

permit (principal, action == Action::"send", resource)
when { context.restricted == "yes" && context.adequate == "no" && context.derogation == "yes" && context.sensitive == "no" };

// A tool that stands, or may stand, comes before a derogation.
forbid (principal, action == Action::"send", resource)
when { context.restricted == "yes" && context.adequate == "no" && context.tool != "none" && context.status != "draft" }
unless { context.access == "yes" && context.readable == "yes" };

permit (principal, action == Action::"sendWithSafeguards", resource)
when { context.adequate == "yes" && context.sensitive == "yes" };

permit (principal, action == Action::"sendWithSafeguards", resource)
when { context.adequate == "no" && context.tool != "none" && context.status == "in_force" }
unless { context.access != "no" && context.readable != "no" };

forbid (principal, action == Action::"sendWithSafeguards", resource)
unless { context.restricted == "yes" };

permit (principal, action == Action::"askFirst", resource)
when { context.restricted == "unknown" };

permit (principal, action == Action::"askFirst", resource)
when { context.adequate == "unknown" };

permit (principal, action == Action::"askFirst", resource)
when { context.adequate == "yes" && context.sensitive == "unknown" };

permit (principal, action == Action::"askFirst", resource)
when { context.adequate == "no" && context.tool != "none" && context.status != "draft" }
unless { context.access == "yes" && context.readable == "yes" };

permit (principal, action == Action::"askFirst", resource)
when { context.adequate == "no" && context.derogation != "no" && context.sensitive != "yes" };
"""


def prepare(cases: Sequence[Case]) -> Ways:
    """Three requests for each case, with the policies and the (empty) entities parsed."""
    policies, entities = cedarpy.PolicySet.from_str(POLICIES), cedarpy.Entities.from_json_str("[]")
    requests = [[_request(action, json.dumps(case.words())) for action in ASKED] for case in cases]

    def decided(of_case: list[dict[str, object]]) -> Outcome:
        for request, outcome in zip(of_case, ASKED.values(), strict=True):
            if cedarpy.is_authorized(request, policies, entities).allowed:
                return outcome
        return Outcome.NOT_PERMITTED

    def together() -> list[Outcome]:
        found = [Outcome.NOT_PERMITTED] * len(requests)
        left = list(range(len(requests)))
        for step, outcome in enumerate(ASKED.values()):
            results = cedarpy.is_authorized_batch([requests[case][step] for case in left], policies, entities)
            allowed = [one.allowed for one in results]
            for case in compress(left, allowed):
                found[case] = outcome
            left = [case for case, allows in zip(left, allowed, strict=True) if not allows]
        return found

    return Ways(lambda: [decided(one) for one in requests], together)


def _request(action: str, context: str) -> dict[str, object]:
    return {
        "principal": {"type": "Exporter", "id": "exporter"},
        "action": {"type": "Action", "id": action},
        "resource": {"type": "Transfer", "id": "transfer"},
        "context": context,
    }
