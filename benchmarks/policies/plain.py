"""The policy in plain Python, as transborder's own rules are: functions of three-valued truth, and a trace of what was tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from country_reports.facts import Truth
from country_reports.frozen import frozen
from policies import Case, Outcome, Status, Tool, Ways


@frozen
class Ground:
    name: str
    gives: Outcome
    stands: Callable[[Case], Truth]


@frozen
class Tried:
    ground: Ground
    stands: Truth


@frozen
class Decided:
    outcome: Outcome
    trace: tuple[Tried, ...]


def prepare(cases: Sequence[Case]) -> Ways:
    """Cases are taken as they are."""
    return Ways(lambda: [decided(case).outcome for case in cases])


def decided(case: Case) -> Decided:
    """The outcome, with every ground that was tried and whether it stands."""
    trace = []
    for ground in GROUNDS:
        stands = ground.stands(case)
        trace.append(Tried(ground, stands))
        if stands is not Truth.NO:
            outcome = ground.gives if stands is Truth.YES else Outcome.UNDETERMINED
            return Decided(outcome, tuple(trace))
    return Decided(Outcome.NOT_PERMITTED, tuple(trace))


def _unrestricted(case: Case) -> Truth:
    return ~case.restricted


def _adequate(case: Case) -> Truth:
    return case.adequate & ~case.sensitive


def _adequate_for_sensitive_data(case: Case) -> Truth:
    return case.adequate & case.sensitive


def _tool(case: Case) -> Truth:
    return _tool_in_force(case) & ~(case.access & case.readable)


def _tool_in_force(case: Case) -> Truth:
    if case.tool is Tool.NONE or case.status is Status.DRAFT:
        return Truth.NO
    return Truth.YES if case.status is Status.IN_FORCE else Truth.UNKNOWN


def _derogation(case: Case) -> Truth:
    return case.derogation & ~case.sensitive


GROUNDS = (
    Ground("no restriction", Outcome.PERMITTED, _unrestricted),
    Ground("finding of adequacy", Outcome.PERMITTED, _adequate),
    Ground("finding of adequacy, sensitive data", Outcome.PERMITTED_WITH_SAFEGUARDS, _adequate_for_sensitive_data),
    Ground("tool", Outcome.PERMITTED_WITH_SAFEGUARDS, _tool),
    Ground("derogation", Outcome.PERMITTED, _derogation),
)
