"""The questionnaire as a form: what it asks, how each question may be answered, and the seal that shows it was not altered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from enum import StrEnum

from country_reports.records import Day, Record
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS
from transfers.leg_names import base_of
from transfers.questionnaire.open_points import CATEGORY, TERMS

SCHEMA = "transborder/importer-questionnaire/1"


class Form(StrEnum):
    """How a question is answered."""

    TRUTH = "truth"
    PLACES = "places"
    CERTIFICATIONS = "certifications"
    SUB_PROCESSORS = "sub_processors"
    NAME = "name"
    TERMS = "terms"


FIELDS = {
    "importer.storage": Form.PLACES,
    "importer.access_from": Form.PLACES,
    "importer.gdpr_applies_directly": Form.TRUTH,
    "importer.certifications": Form.CERTIFICATIONS,
    "importer.sub_processors": Form.SUB_PROCESSORS,
    "importer.group": Form.NAME,
}
"""Questions whose answers are fields of the importer's record, called as the field is."""

WORDS = {
    Form.TRUTH: ("yes", "no", "unknown"),
    Form.PLACES: ("none", "unknown"),
    Form.CERTIFICATIONS: ("none", "unknown"),
    Form.SUB_PROCESSORS: ("none", "unknown"),
    Form.NAME: ("none", "unknown"),
    Form.TERMS: ("joined_clauses", "equivalent_safeguards", "adequate_destination", "none", "unknown"),
}
"""Words with a fixed meaning; for yes or no and for terms there are no others."""

CLOSED = (Form.TRUTH, Form.TERMS)
"""Forms that are answered by these words alone."""


class AskedQuestion(Record):
    """One question, and the answer once it is filled in. ``routes`` are the ids of those it serves."""

    id: str
    question: str
    why: str
    looks_like: str
    allowed: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    answer: str | None = None
    by: str | None = None
    on: str | None = None
    shown_by: str | None = None


class Questionnaire(Record):
    """Everything one importer is asked on one day. ``seal`` is taken over whom it asks, for which day, and what."""

    form: str = SCHEMA
    importer: str
    name: str
    as_of: Day
    asked_by: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()
    seal: str
    questions: tuple[AskedQuestion, ...]

    @property
    def title(self) -> str:
        return f"Questions to {self.name}"


COLUMNS = {
    "id": "Id",
    "question": "Question",
    "why": "Why we ask",
    "looks_like": "What an answer looks like",
    "allowed": "Allowed words",
    "routes": "For the transfers",
    "answer": "Answer",
    "by": "Answered by",
    "on": "Answered on",
    "shown_by": "What shows it",
}
"""The fields of a question as a form calls them, in order."""

TO_FILL_IN = ("answer", "by", "on", "shown_by")

ABOUT = {"importer": "Importer", "as_of": "Questionnaire of", "seal": "Seal"}
"""What names the questionnaire, as a form calls it."""


def cells_of(one: AskedQuestion) -> dict[str, str]:
    """A question as the cells of a form, field by field."""
    many = len(one.routes) - _ROUTES_SHOWN
    routes = ", ".join(one.routes[:_ROUTES_SHOWN]) + (f" and {many} more" if many > 0 else "")
    told = {**dict(one), "allowed": ", ".join(one.allowed), "routes": routes}
    return {field: str(told[field] or "") for field in COLUMNS}


_ROUTES_SHOWN = 100


def form_of(question: str) -> Form:
    """How the question of this id is answered."""
    return FIELDS.get(question, Form.TERMS if is_about_terms(question) else Form.TRUTH)


def is_about_terms(question: str) -> bool:
    """Whether it asks on what terms somebody on the way has the data."""
    return question == TERMS or question.startswith(f"{TERMS}.")


def goes_on_record(question: str) -> bool:
    """Whether the answer is kept on the importer's record for all routes; any other is for the exporter to weigh, route by route."""
    return question in FIELDS or question.startswith(CATEGORY) or base_of(question) in ANSWERED_BY_IMPORTERS


def seal_of(importer: str, as_of: str, questions: Iterable[tuple[str, str]]) -> str:
    """A short hash over whom a questionnaire asks, for which day, and the ids and words of its questions, in order."""
    told = [importer, as_of, *([name, " ".join(words.split())] for name, words in questions)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:20]


def sealed(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with its seal."""
    return questionnaire.model_copy(update={"seal": true_seal(questionnaire)})


def true_seal(questionnaire: Questionnaire) -> str:
    """The seal that it must bear."""
    asked = ((one.id, one.question) for one in questionnaire.questions)
    return seal_of(questionnaire.importer, questionnaire.as_of.isoformat(), asked)
