"""What is told of law and practice beyond yes and no: whose word stands against whose, what lacks, what may still be tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.conftest import ROOT
from transfers.assessment import Assessment, assess
from transfers.documents.reasons import decisive_reason
from transfers.knowledge import Knowledge
from transfers.route import Route

WORKSPACE = ROOT / "tests" / "cases" / "rules" / "workspace"
RULES = Knowledge(WORKSPACE)
DAY = date(2024, 1, 15)


def assessed(place: str, knowledge: Knowledge = RULES, day: date = DAY, **changed: object) -> Assessment:
    record = {
        "id": "r",
        "exporter": {"country": "FR", "role": "controller", "kind": "private"},
        "importer": {"id": "someone", "name": "Someone", "country": place, "kind": "company", "certifications": [],
                     "gdpr_applies_directly": "no", "legal_categories": ["telecommunications_operator"]},
        "importer_role": "processor",
        "collected_directly": "no",
        "processing": {"storage": [], "access_from": []},
        "purpose": "hosting",
        "data": {"clear_text_needed": "yes", "subjects": ["customers"], "categories": ["messages"], "special_categories": []},
        "frequency": "systematic",
        "mechanisms": [{"tool": "eu-scc-2021/m2", "status": "signed", "signed_on": "2023-01-10"}],
        "measures": [],
    }  # fmt: skip
    return assess(Route.model_validate({**record, **changed}), knowledge, day)


def because(assessment: Assessment, rule: str) -> str:
    found = (one for regime in assessment.regimes for one in regime.findings if one.rule == rule)
    return next(found).because


def test_practice_and_laws_against_a_tool_are_contested_under_a_finding_that_examined_access(tmp_path: Path) -> None:
    """The shipped decision on the framework stands; what a workspace records against it is told beside it."""
    folder = tmp_path / "country_reports" / "reports"
    folder.mkdir(parents=True)
    text = (WORKSPACE / "country_reports" / "reports" / "xl.yaml").read_text(encoding="utf-8").replace("XL", "US")
    text = text.replace("  practice:\n", "  defeats: [{how: no_regime, text: None.}]\n  practice:\n")
    (folder / "us.yaml").write_text(text, encoding="utf-8")
    found = assessed("US", Knowledge(tmp_path))
    assert found.regimes[0].outcome == "permitted_with_conditions"
    assert any("Practice in the United States" in point for point in found.contested)
    assert any("defeating the tool by itself" in point for point in found.contested)
    assert not any("Practice" in point or "defeating" in point for point in assessed("US").contested)


def test_a_report_is_offered_only_where_practice_does_not_close_that_way() -> None:
    offered = "Show by a documented report"
    assert any(option.startswith(offered) for option in assessed("XA").options)
    assert not any(option.startswith(offered) for option in assessed("XE").options)


def test_what_the_report_lacks_is_named() -> None:
    name = "edpb-01-2020:43.3.non_application"
    told = {"value": "yes", "evidence": [{"class": "S8", "source": "A study", "on": "2023-06-01"}]}
    assert "Academic studies" in because(assessed("XA", answers={name: told}), "edpb-01-2020.43.3")
    bare = because(assessed("XA", answers={name: "yes"}), "edpb-01-2020.43.3")
    assert bare.endswith("or practice shown by independent sources, is missing.")
    alone = assessed("XA", answers={"edpb-01-2020:43.3.likelihood": "yes"})
    assert because(alone, "edpb-01-2020.43.3") == "The route relies on a likelihood of access alone, and on no report."


def test_a_report_that_holds_says_on_what() -> None:
    sources = [{"class": name, "source": "A source", "on": "2023-06-01"} for name in ("S8", "S3")]
    told = {"edpb-01-2020:43.3.non_application": {"value": "yes", "evidence": sources}}
    shown = because(assessed("XA", answers=told), "edpb-01-2020.43.3")
    assert shown.index("intergovernmental") < shown.index("Academic")
    excluded = because(assessed("XA", answers={"edpb-01-2020:43.3.scope_exclusion": "yes"}), "edpb-01-2020.43.3")
    assert "It rests on" not in excluded


def test_an_obstacle_is_told_as_the_authority_found_it() -> None:
    told = because(assessed("RU", Knowledge(), date(2026, 11, 23)), "c-311-18.135")
    assert "Podchasov" in told
    assert "must be stored" not in told, "our own reading is not put into the mouth of the court"
    keys = assessed("XJ")
    assert "means of decryption" in because(keys, "c-311-18.135")
    assert "Fictitious court of XJ, 2023" in because(keys, "c-311-18.135")
    assert "means of decryption" in decisive_reason(keys)


def test_the_reason_of_a_refusal_is_the_guarantee_and_not_a_part_of_it() -> None:
    told = decisive_reason(assessed("XV"))
    assert "Guarantee B is rated as not met" in told
    assert "Rated as not met" not in told


def test_the_open_questions_of_a_guarantee_begin_with_the_worst_rated_part() -> None:
    asked = [question.id for question in assessed("XC").questions if question.id.startswith("edpb-02-2020:A")]
    assert asked == ["edpb-02-2020:A", "edpb-02-2020:A3", "edpb-02-2020:A2"]
