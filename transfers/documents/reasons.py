"""Which findings a busy reader is told first."""

from __future__ import annotations

from transfers.assessment import Assessment, FindingRecord


def decisive_reason(assessment: Assessment) -> str:
    """The reason of the strictest regime in one or two sentences."""
    return " ".join(_reasons(assessment)[:3])


def _reasons(assessment: Assessment) -> list[str]:
    """The findings that explain the strictest regimes: what is open or against, or what carries. One guarantee speaks for all."""
    permissible = assessment.outcome in _TELLING and assessment.outcome != "undetermined"
    deciding = [
        regime
        for regime in assessment.regimes
        if not regime.carried_by and (permissible or regime.outcome == assessment.outcome)
    ]
    truths = _TELLING.get(assessment.outcome, ("no", "unknown"))
    told: dict[str, str] = {}
    for regime in deciding:
        telling = [finding for finding in regime.findings if finding.truth in truths and _weight(finding) is not None]
        for finding in sorted(telling, key=lambda finding: (_weight(finding) or 0, finding.truth != "no")):
            told.setdefault(
                finding.rule.split(".")[0] if finding.rule.startswith("edpb-02-2020") else finding.rule, finding.because
            )
    return list(told.values()) or [regime.findings[-1].because for regime in deciding if regime.findings]


_TELLING = {
    "undetermined": ("unknown",),
    "permitted": ("yes",),
    "permitted_with_conditions": ("yes",),
    "no_transfer": ("no",),
}


def _weight(finding: FindingRecord) -> int | None:
    return _WEIGHT.get(finding.rule)


_WEIGHT = {
    "exporter_law.not_researched": 0,
    "ocsea.confidentiality": 0,
    "ocsea.lawful_basis": 1,
    "ocsea.safeguards": 1,
    "eu-gdpr.adequacy": 0,
    "edpb-02-2020.A": 1,
    "edpb-02-2020.B": 1,
    "edpb-02-2020.C": 1,
    "edpb-02-2020.D": 1,
    "edpb-01-2020.clear_text": 2,
    "eu-gdpr.third_country": 3,
    "eu-gdpr.disclosure": 3,
    "eu-gdpr.clauses_gap": 1,
    "eu-gdpr.clauses_fit": 1,
    "eu-gdpr.clauses_signed": 1,
    "eu-gdpr.tools_answered": 1,
    "eu-gdpr.all_places": 2,
    "eu-gdpr.onward": 2,
}
"""Findings a busy reader is told first, the lowest number first."""
