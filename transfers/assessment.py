"""assess(): one route on one day, as a record that can be filed, checked and explained years later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transfers.assessment_records import (
    SCHEMA,
    Assessment,
    FindingRecord,
    GroundRecord,
    QuestionRecord,
    RegimeRecord,
    as_json,
    digest_of,
    ground_record,
)
from transfers.knowledge import Knowledge
from transfers.languages import ENGLISH, Language
from transfers.law.judge import judge
from transfers.rendering import Renderer
from transfers.route import Route
from transfers.view import Policy

__all__ = [
    "SCHEMA", "Assessment", "FindingRecord", "GroundRecord", "QuestionRecord", "RegimeRecord", "as_json", "assess", "digest_of", "ground_record",
]  # fmt: skip
"""The assessment, and the records that it is made of."""


def assess(
    route: Route, knowledge: Knowledge, as_of: date, policy: Policy | None = None, language: Language = ENGLISH
) -> Assessment:
    """Judge one route on one day. The same inputs and data give the same bytes.

    In another language the same judgement is told; the assessment in English stays the one for machines, and the digest is its.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
        BadRecord: a fact on file that the route needs is malformed.
    """
    chosen = policy or Policy()
    extract = knowledge.extract(route, as_of, numbered=False)
    view = knowledge.view(extract.case, as_of, chosen)
    judgement = judge(extract.case, view)
    fingerprint = knowledge.fingerprint(extract.case, view, extract.slots)

    def told(wanted: Language) -> Assessment:
        renderer = knowledge.once((Renderer, wanted.code), lambda: Renderer(knowledge.hub, wanted))
        return renderer.assessment(route, extract, judgement, as_of, chosen, fingerprint)

    english = told(ENGLISH)
    return english if language is ENGLISH else replace(told(language), digest=english.digest)
