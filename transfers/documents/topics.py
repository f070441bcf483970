"""Under which head of an assessment each finding is told, whoever's layout is used."""

from __future__ import annotations

from enum import StrEnum

from transfers.documents.saying import Wording, marked


class Topic(StrEnum):
    TRANSFER = "transfer"
    TOOL = "tool"
    LAW = "law"
    PRACTICE = "practice"
    MEASURES = "measures"
    DEROGATIONS = "derogations"
    ONWARD = "onward"
    DEMANDS = "demands"
    CONVENTION = "convention"
    ARTICLE_14 = "article_14"
    PROFILE = "profile"


TITLES = Wording(
    {
        Topic.TRANSFER: marked("Is there a transfer, and which law binds it?"),
        Topic.TOOL: marked("Adequacy and the transfer tool"),
        Topic.LAW: marked("The law on access by authorities, guarantee by guarantee"),
        Topic.PRACTICE: marked("Practice, and the way taken where the law falls short"),
        Topic.MEASURES: marked("What the measures in place achieve"),
        Topic.DEROGATIONS: marked("Derogations tried"),
        Topic.ONWARD: marked("Onward legs"),
        Topic.DEMANDS: marked("Orders from abroad, limits and other demands of the exporter's law"),
        Topic.CONVENTION: marked("What binds the exporter's State: Convention 108 and its Additional Protocol"),
        Topic.ARTICLE_14: marked("Article 14 of Convention 108+, step by step"),
        Topic.PROFILE: marked("Reports of child sexual exploitation and abuse"),
    }
)

_DEROGATIONS = (
    "consent", "contract", "contract_in_interest", "public_interest", "legal_claims", "vital_interests", "public_register",
    "compelling_interests",
)  # fmt: skip
_TRANSFER = ("applies", "disclosure", "third_country", "all_places", "parent_abroad")

_BY_RULE: dict[str, Topic] = {
    **{f"eu-gdpr.{name}": Topic.DEROGATIONS for name in _DEROGATIONS},
    **{f"eu-gdpr.{name}": Topic.TRANSFER for name in _TRANSFER},
    "eu-gdpr.onward": Topic.ONWARD,
    "eu-gdpr.onward_after_decision": Topic.ONWARD,
    "eu-gdpr.foreign_order": Topic.DEMANDS,
    "eu-gdpr.national_limits": Topic.DEMANDS,
    "on-record.abroad": Topic.TRANSFER,
    "on-record.depth": Topic.TRANSFER,
    "on-record.disclosure": Topic.TRANSFER,
    "on-record.places": Topic.TRANSFER,
    "on-record.data_protection_test": Topic.PRACTICE,
    "on-record.likelihood": Topic.PRACTICE,
    "on-record.exception": Topic.DEROGATIONS,
    "on-record.onward": Topic.ONWARD,
    "on-record.onward_after_finding": Topic.ONWARD,
    "on-record.demand": Topic.DEMANDS,
    "on-record.limit": Topic.DEMANDS,
    "edpb-01-2020.43.1": Topic.PRACTICE,
    "edpb-01-2020.43.2": Topic.PRACTICE,
    "edpb-01-2020.43.3": Topic.PRACTICE,
    "edpb-01-2020.likelihood": Topic.PRACTICE,
    "edpb-01-2020.secrecy": Topic.PRACTICE,
}

_BY_FAMILY: dict[str, Topic] = {
    "c-311-18": Topic.LAW,
    "cets-181": Topic.CONVENTION,
    "coe-108": Topic.CONVENTION,
    "coe-108plus": Topic.ARTICLE_14,
    "edpb-01-2020": Topic.MEASURES,
    "edpb-02-2020": Topic.LAW,
    "eu-gdpr": Topic.TOOL,
    "exporter_law": Topic.TRANSFER,
    "ocsea": Topic.PROFILE,
    "on-record": Topic.TOOL,
}


def topic_of(rule: str) -> Topic:
    """The head under which a finding of this rule is told; what no family claims is told with the transfer itself."""
    return _BY_RULE.get(rule) or _BY_FAMILY.get(rule.partition(".")[0], Topic.TRANSFER)
