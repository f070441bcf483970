"""What is said in the same words of many recipients is told once on the terminal, and never left out of the record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DAY, Run
from transfers.assessment import Assessment, assess
from transfers.documents.alike import SHOWN, Recipients
from transfers.documents.saying import speaking
from transfers.documents.terminal import assessment_text, explanation
from transfers.knowledge import Knowledge
from transfers.languages import language_of
from transfers.route import Route

MANY = 30


def company(number: int, place: str) -> dict[str, object]:
    return {
        "recipient": {"id": f"sub{number}", "name": f"Sub {number} <Ltd>", "country": place, "kind": "company"},
        "place": place,
    }


@pytest.fixture(scope="module")
def many(knowledge: Knowledge) -> Assessment:
    """Thirty companies in India, one in Brazil between them, to which an act of adequacy applies."""
    onward = [company(number, "IN") for number in range(MANY)]
    onward.insert(10, company(99, "BR"))
    return assess(Route.model_validate(plain_route(onward)), knowledge, date.fromisoformat(DAY))


def plain_route(onward: list[dict[str, object]]) -> dict[str, object]:
    return {
        "id": "many",
        "exporter": {"country": "FR", "role": "controller", "kind": "private"},
        "importer": {"id": "acme", "name": "Acme", "country": "US", "kind": "company"},
        "onward": onward,
    }


def test_legs_that_end_alike_are_counted_and_others_stand_apart(many: Assessment) -> None:
    text = assessment_text(many)
    told = " ".join(text.split())
    assert (
        f"Sub 0 <Ltd> in India: Undetermined: facts are missing. The same of {MANY - 1} other recipients: sub1@IN"
        in told
    )
    assert "Sub 99 <Ltd> in Brazil: " in told
    assert f"All {MANY + 2} are named in the assessment as JSON" in told
    assert "sub20@IN" not in told
    assert len(text) < 2 * len(assessment_text(few(many)))


def test_a_question_asked_of_all_is_told_once_and_names_the_first_of_them(many: Assessment) -> None:
    text = " ".join(assessment_text(many).split())
    asked = "[eu-gdpr:44.onward.sub0@IN] Ask counsel."
    assert f"{asked} The same of {MANY - 1} other recipients: sub1@IN, sub2@IN, sub3@IN ..." in text
    assert "[eu-gdpr:44.onward.sub1@IN]" not in text
    assert sum(question.id.startswith("eu-gdpr:44.onward.") for question in many.questions) >= MANY
    with speaking(language_of("fr")):
        assert f"De même pour {MANY - 1} autres destinataires" in " ".join(assessment_text(many).split())


def test_as_many_as_fit_are_told_one_by_one(knowledge: Knowledge) -> None:
    onward = [company(number, "IN") for number in range(SHOWN)]
    found = assess(Route.model_validate(plain_route(onward)), knowledge, date.fromisoformat(DAY))
    told = [alike.first.id for alike in Recipients(found).questions()]
    assert told == [question.id for question in found.questions]
    assert "The same of" not in assessment_text(found)


def test_findings_that_say_the_same_are_explained_once(many: Assessment) -> None:
    text = explanation(many, "edpb-02-2020.A")
    assert f"leg sub0@IN. The same of {MANY - 1} other recipients: sub1@IN" in text
    assert "sub20@IN" not in text


def test_the_record_names_everyone(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text(json.dumps(plain_route([company(n, "IN") for n in range(MANY)])), "utf-8")
    done = transborder("assess", "many.yaml", "--as-of", DAY, "--format", "json")
    assert [leg["id"] for leg in json.loads(done.stdout)["legs"]][1:] == [f"sub{n}@IN" for n in range(MANY)]


def few(many: Assessment) -> Assessment:
    """The same without what is about the later recipients: what a reader of one would see."""
    late = tuple(f"sub{number}@IN" for number in range(1, MANY))
    return replace(
        many,
        legs=tuple(leg for leg in many.legs if leg.id not in late),
        questions=tuple(one for one in many.questions if not one.id.endswith(late)),
    )
