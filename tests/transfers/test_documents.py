"""What a reader sees: every finding, every source, nothing that data could turn into markup."""

from __future__ import annotations

from datetime import date

import pytest
from transfers.documents.markdown import tia_markdown

from country_reports.records import read_record
from tests.conftest import EXAMPLES
from transfers.assessment import Assessment, assess
from transfers.documents import words
from transfers.documents.terminal import assessment_text
from transfers.documents.tia import by_destination
from transfers.documents.writing import safe_name
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.route import Route

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def assessments() -> list[Assessment]:
    from tests.conftest import ROOT

    knowledge = Knowledge(ROOT / "examples" / "workspace")
    return [assess(read_record(path, Route), knowledge, TODAY) for path in EXAMPLES]


def unescaped(text: str) -> str:
    return text.replace("\\", "")


def test_every_finding_condition_question_and_source_is_in_the_document(
    assessments: list[Assessment], knowledge: Knowledge
) -> None:
    documents = {tia.destination: unescaped(tia_markdown(tia)) for tia in by_destination(assessments, knowledge.hub)}
    for assessment in assessments:
        document = documents[assessment.destination or ""]
        findings = [finding for regime in assessment.regimes for finding in regime.findings] + list(
            assessment.benchmark.findings
        )
        for finding in findings:
            assert unescaped(finding.because) in document
            assert finding.provision in document
            for ground in finding.grounds:
                assert ground.fact in document
                assert words.VERIFICATIONS[ground.verification] in document
        for text in [condition.text for condition in assessment.conditions] + [
            question.text for question in assessment.questions
        ]:
            assert unescaped(text) in document
        assert assessment.digest in document
        assert words.OUTCOMES[assessment.outcome] in document


def test_the_conclusion_stands_before_the_findings(assessments: list[Assessment], knowledge: Knowledge) -> None:
    for tia in by_destination(assessments, knowledge.hub):
        document = tia_markdown(tia)
        assert (
            document.index("## Conclusion")
            < document.index("## Route:")
            < document.index("## Sources")
            < document.index("## Sign-off")
        )


def test_every_outcome_has_its_words() -> None:
    for outcome in Outcome:
        assert outcome.word in words.OUTCOMES
        assert outcome.word in words.ADVICE


HOSTILE = "A|B <script>alert(1)</script> `x` [link](javascript:1) *bold*\n# Heading \x1b[31m \u202e txt"


def test_hostile_names_stay_text(knowledge: Knowledge) -> None:
    route = Route.model_validate({
        "id": "hostile", "title": HOSTILE, "exporter": {"country": "FR", "name": HOSTILE, "role": "controller"},
        "importer": {"id": "x", "name": HOSTILE, "country": "US", "kind": "company"}, "importer_role": "processor", "collected_directly": "no",
    })  # fmt: skip
    assessment = assess(route, knowledge, TODAY)
    (tia,) = by_destination([assessment], knowledge.hub)
    document = tia_markdown(tia)
    assert "<script>" not in document
    assert "\n# Heading" not in document
    assert "[link](" not in document
    for forbidden in ("\x1b", "\u202e"):
        assert forbidden not in document
        assert forbidden not in assessment_text(assessment)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("US", "US"), ("AE-DIFC", "AE-DIFC"), ("../../etc/passwd", "etc-passwd"), ("a b/c", "a-b-c"), ("", "unnamed")],
)
def test_file_names_from_data_never_leave_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
