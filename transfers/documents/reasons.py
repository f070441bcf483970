"""Which findings a busy reader is told first: what carries the route, what stands against it, or what is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from transfers.assessment import Assessment, FindingRecord, RegimeRecord
from transfers.documents import words
from transfers.documents.saying import _
from transfers.finding import Outcome

_CLAIMED = tuple(
    f"eu-gdpr.{name}"
    for name in (
        "public_instrument", "bcr", "code", "certification", "adhoc_clauses", "arrangement", "consent", "contract",
        "contract_in_interest", "public_interest", "legal_claims", "vital_interests", "public_register", "compelling_interests",
    )
)  # fmt: skip
"""Tools and derogations that are found only where the route claims them."""

CARRYING = (
    ("eu-gdpr.disclosure", "no"),
    ("coe-108.border", "no"),
    ("eu-gdpr.third_country", "no"),
    ("eu-gdpr.adequacy", "yes"),
    ("eu-gdpr.clauses_signed", "yes"),
    ("on-record.disclosure", "no"),
    ("on-record.abroad", "no"),
    ("on-record.finding", "yes"),
    ("on-record.clauses", "yes"),
    ("on-record.tool", "yes"),
    ("on-record.exception", "yes"),
    ("on-record.data_protection_test", "yes"),
    ("on-record.likelihood", "yes"),
    *((rule, "yes") for rule in _CLAIMED),
    ("edpb-01-2020.43.3", "yes"),
    ("edpb-02-2020", "yes"),
    ("edpb-01-2020.UC", "yes"),
)
"""What a permission rests on, the first that applies first."""

AGAINST = (
    "exporter_law.not_researched",
    "ocsea.confidentiality",
    "ocsea.lawful_basis",
    "ocsea.scenario",
    "ocsea.safeguards",
    "eu-gdpr.foreign_order",
    "eu-gdpr.adequacy",
    "eu-gdpr.tools_answered",
    "eu-gdpr.clauses_signed",
    "eu-gdpr.clauses_fit",
    "eu-gdpr.clauses_gap",
    "on-record.depth",
    "on-record.demand",
    "on-record.limit",
    "on-record.finding",
    "on-record.tools_answered",
    "on-record.clauses",
    "on-record.tool",
    "on-record.exception",
    "on-record.data_protection_test",
    "on-record.likelihood",
    "edpb-02-2020",
    "edpb-01-2020.clear_text",
    "c-311-18.135",
    "edpb-01-2020.43.1",
    "edpb-01-2020.43.2",
    "edpb-01-2020.transit",
    "eu-gdpr.onward_after_decision",
    "eu-gdpr.onward",
    "eu-gdpr.national_limits",
    *_CLAIMED,
    "on-record.onward_after_finding",
    "on-record.onward",
    "on-record.places",
    "on-record.abroad",
    "on-record.disclosure",
    "eu-gdpr.all_places",
    "eu-gdpr.third_country",
    "eu-gdpr.disclosure",
)
"""What stands against a transfer or is open, in the order in which a lawyer would name it."""

_YES_IS_ADVERSE = ("c-311-18.135", "edpb-01-2020.43.2")

TOLD = 3


def decisive_reason(assessment: Assessment) -> str:
    """The reasons of the outcome in a few sentences."""
    return " ".join(found.because for found in decisive_findings(assessment.outcome, assessment.regimes))


def decisive_findings(word: str, regimes: Iterable[RegimeRecord]) -> tuple[FindingRecord, ...]:
    """The few findings that tell the reasons of an outcome, the weightiest first."""
    outcome, every = Outcome.of_word(word), tuple(regimes)
    found = _carrying(every) if outcome.permissible else _against(every, outcome)
    return tuple(found[:TOLD])


def advice(assessment: Assessment) -> str:
    """What to do now."""
    text = words.ADVICE[assessment.outcome]
    open_here = {question.id for question in assessment.questions}
    unjudged = any(regime.id == "exporter-law" for regime in assessment.regimes) and "exporter.kind" not in open_here
    return f"{text} {_(words.NOT_JUDGED)}" if unjudged and assessment.outcome == "undetermined" else text


def _carrying(regimes: Iterable[RegimeRecord]) -> list[FindingRecord]:
    """For each thing that a permission rests on, the first finding of it."""
    chosen: dict[int, FindingRecord] = {}
    for regime in regimes:
        for finding in regime.findings:
            for rank in _ranks(finding.rule, finding.truth):
                chosen.setdefault(rank, finding)
    return [chosen[rank] for rank in sorted(chosen)]


def _against(regimes: Iterable[RegimeRecord], outcome: Outcome) -> list[FindingRecord]:
    """For each rule the strongest finding. What is not permitted is told by what refuses it, what is undetermined by what is open."""
    deciding = [regime for regime in regimes if regime.outcome == outcome.word and not regime.carried_by]
    every = [finding for regime in deciding for finding in regime.findings if not _is_part(finding.rule)]
    told = [finding for finding in every if finding.truth in ("unknown", _adverse(finding))]
    refused = [finding for finding in told if finding.truth != "unknown" and _places(finding.rule)]
    if outcome is Outcome.UNDETERMINED:
        findings = [finding for finding in told if finding.truth == "unknown"]
    else:
        findings = refused if outcome is Outcome.NOT_PERMITTED and refused else told
    strongest: dict[int, FindingRecord] = {}
    for finding in sorted(findings, key=lambda finding: finding.truth == "unknown"):
        for place in _places(finding.rule):
            strongest.setdefault(place, finding)
    reasons: dict[str, FindingRecord] = {}
    for place in sorted(strongest):
        reasons.setdefault(strongest[place].because, strongest[place])
    return [*reasons.values()] or findings[-1:]


@cache
def _ranks(rule: str, truth: str) -> tuple[int, ...]:
    """Where in ``CARRYING`` a finding of this rule stands."""
    if _is_part(rule):
        return ()
    return tuple(n for n, (name, wanted) in enumerate(CARRYING) if rule.startswith(name) and truth == wanted)


@cache
def _places(rule: str) -> tuple[int, ...]:
    """Where in ``AGAINST`` a finding of this rule stands."""
    return tuple(n for n, name in enumerate(AGAINST) if rule.startswith(name))


@cache
def _is_part(rule: str) -> bool:
    """A sub-criterion: told in the tables, while the reason is the guarantee that it is a part of."""
    return re.fullmatch(r"edpb-02-2020\.[A-D]\d", rule) is not None


def _adverse(finding: FindingRecord) -> str:
    """The answer that stands against the transfer."""
    return "yes" if finding.rule in _YES_IS_ADVERSE else "no"
