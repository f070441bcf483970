"""Answers that people give to questions of the law: in a route, or in the record of the importer that gave them."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from country_reports.facts import Truth
from country_reports.records import Answer, Day, Record, between_fields


class SourceClass(StrEnum):
    """The classes of sources of Annex 3 to EDPB Recommendations 01/2020; ``transborder`` names them in words in every finding."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    S6 = "S6"
    S7 = "S7"
    S8 = "S8"
    S9 = "S9"
    S10 = "S10"
    S11 = "S11"


class AnswerEvidence(Record):
    """A source behind an answer: of which class, what it is, and of which day. ``of_importer``: the importer's own (S7 only)."""

    source_class: SourceClass = Field(alias="class")
    source: str = Field(min_length=1)
    on: Day
    of_importer: Answer = Truth.NO

    @model_validator(mode="after")
    def _own_reports_only(self) -> Self:
        if self.of_importer is not Truth.NO and self.source_class is not SourceClass.S7:
            raise between_fields(
                "of_importer", "only reports on requests (S7) may be the importer's own; its other records are S11"
            )
        return self

    @model_serializer(mode="wrap")
    def _as_written(self, plain: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = plain(self)
        return {"class": fields.pop("source_class"), **fields}

    @property
    def counted_as(self) -> str:
        """The class as the law counts it: reports that may be the importer's own are taken as such."""
        return f"{self.source_class}.importer" if self.of_importer is not Truth.NO else self.source_class.value


class CriterionAnswer(Record):
    """A person's answer to a question, with who gave it, when and why; ``evidence`` lists the sources it rests on."""

    value: Answer
    by: str | None = None
    on: Day | None = None
    source: str | None = None
    evidence: tuple[AnswerEvidence, ...] | None = None


def _short_answer(value: object) -> object:
    """``id: yes`` is taken for ``id: {value: yes}``."""
    return value if isinstance(value, dict | CriterionAnswer) else {"value": value}


GivenAnswer = Annotated[CriterionAnswer, BeforeValidator(_short_answer)]
"""An answer as it stands in a record; the bare word will do."""
