"""What is still open about one importer on one route: what the law asks it, and what its record leaves unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from country_reports.facts import Truth, Verification, all_of
from country_reports.frozen import frozen
from country_reports.sourced import SourceRecord
from transfers.alternatives.questions import Variant, Variants, weighed_questions
from transfers.alternatives.variation import Variations
from transfers.assessment import assess
from transfers.case import Leg
from transfers.extract import Extract
from transfers.finding import Outcome, Question
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS
from transfers.law.supplementary_measures import CONDITIONS
from transfers.leg_names import base_of
from transfers.registry.importer import Certification, Evidence, ImporterRecord
from transfers.route import Route

CATEGORY = "importer:legal_category."
_CERTIFICATION = "importer:certification."
TERMS = "eu-gdpr:44.onward"


@frozen
class OpenPoint:
    """One thing that is open. ``text`` is the question in the words of the rule, where one asks it; ``scheme`` a certification that matters."""

    id: str
    text: str = ""
    scheme: str | None = None


def open_points(route: Route, importer: str, variations: Variations) -> tuple[OpenPoint, ...] | None:
    """What the importer is to be asked for this route, nothing twice; None where it is no recipient on it.

    Left out is what can no longer move the answer. A record written out in the route is the route's own and is not asked about.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    extract = variations.knowledge.extract(route, variations.as_of)
    records = [party.record for party in extract.parties if party.record is not None and party.record.id == importer]
    if not records:
        return None
    found = _Points(route, records[0], extract, variations).all()
    return tuple({(point.id, point.scheme): point for point in found}.values())


class _Points:
    """The points of one route."""

    def __init__(self, route: Route, record: ImporterRecord, extract: Extract, variations: Variations) -> None:
        self.route = route
        self.record = record
        self.extract = extract
        self.variations = variations
        self.judgement = variations.judged(route)
        self.legs = [
            leg
            for leg, party in zip(extract.case.legs, extract.parties, strict=True)
            if party.record is not None and party.record.id == record.id
        ]

    def all(self) -> Iterator[OpenPoint]:
        moving = self._moving()
        if "processing.storage" in moving:
            yield from self._places_of_an_importer()
        for question, leg in self._asked():
            text = moving.get(self.extract.told(question.id))
            if text is not None:
                yield from self._point(question, leg, text)
        yield from self._to_be_confirmed_again()
        if self.judgement.outcome not in _SETTLED:
            yield from self._left_open_by_the_record()

    def _moving(self) -> dict[str, str]:
        """The questions that can still move the answer, with their words."""
        variations = self.variations
        assessment = assess(self.route, variations.knowledge, variations.as_of, variations.policy)
        questions = [question.id for question in assessment.questions]
        trying = _trying(self.route, self.record, questions, variations.as_of)
        weighed = weighed_questions(self.route, assessment, variations, trying)
        return {one.question.id: one.question.text for one in weighed}

    def _asked(self) -> Iterator[tuple[Question, Leg]]:
        """Questions of the laws that bind and are not settled, each with the leg it is about."""
        legs = {leg.number: leg for leg in self.extract.case.legs}
        for regime in self.judgement.regimes:
            if len(regime.possible.outcomes) > 1:
                for found in regime.findings:
                    yield from ((question, legs[found.leg]) for question in found.questions)

    def _point(self, question: Question, leg: Leg, text: str) -> Iterator[OpenPoint]:
        told, base = self.extract.told(question.id), base_of(question.id)
        if base == TERMS:
            if leg in self.legs or (self._sends_on and leg.terms != "parallel"):
                yield OpenPoint(told, text)
        elif leg not in self.legs:
            return
        elif told.startswith(f"verify:importers/{self.record.id}/"):
            yield from self._again(told.rpartition("/")[2])
        elif question.ask != "importer" or base == "processing.storage":
            return
        elif base.startswith(_CERTIFICATION):
            yield OpenPoint("importer.certifications", text, base.removeprefix(_CERTIFICATION))
        else:
            yield OpenPoint(base if base in ANSWERED_BY_IMPORTERS else told, text)

    @property
    def _sends_on(self) -> bool:
        """Whether it is the first importer, from whom further recipients have the data."""
        return any(leg.number == 0 for leg in self.legs)

    def _places_of_an_importer(self) -> Iterator[OpenPoint]:
        processing = self.route.processing
        if any(leg in self.extract.case.importers for leg in self.legs):
            for field, stated in (("storage", processing.storage), ("access_from", processing.access_from)):
                if stated is None and getattr(self.record, field) is None:
                    yield OpenPoint(f"importer.{field}")

    def _again(self, field: str) -> Iterator[OpenPoint]:
        """What stands on its record for too long to be relied on."""
        if field in ("legal_categories", "legal_categories_excluded"):
            yield from (OpenPoint(f"{CATEGORY}{category}") for category in getattr(self.record, field))
        elif field in ("storage", "access_from", "gdpr_applies_directly"):
            yield OpenPoint(f"importer.{field}")

    def _to_be_confirmed_again(self) -> Iterator[OpenPoint]:
        """Its own answers that are too old, or lack a name, a day or a source."""
        for regime in self.judgement.regimes:
            for found in regime.findings:
                for condition in found.conditions:
                    criterion = condition.id.removeprefix("document_answer:")
                    of_it = any(leg.number == found.leg for leg in self.legs)
                    if criterion != condition.id and of_it and criterion in self.extract.case.told_by_importers:
                        yield OpenPoint(base_of(criterion))

    def _left_open_by_the_record(self) -> Iterator[OpenPoint]:
        """What no rule asks for, though it is read wherever a record says it: it could only make the answer stricter, or use case 5 hold."""
        case, record = self.extract.case, self.record
        first = [leg for leg in self.legs if leg in case.importers]
        if any(leg.terms not in ("", "parallel", "same_importer") for leg in self.legs):
            fields = ("storage", "access_from")
            yield from (OpenPoint(f"importer.{field}") for field in fields if getattr(record, field) is None)
        if first and self.route.onward is None and record.sub_processors is None:
            yield OpenPoint("importer.sub_processors")
        claimed = all_of(*(case.measure(condition) for condition in CONDITIONS["UC5"]))
        if first and len(case.importers) > 1 and record.group is None and claimed is Truth.YES:
            yield OpenPoint("importer.group")


_SETTLED = (Outcome.NOT_PERMITTED, Outcome.NOT_IN_SCOPE)
"""Outcomes that a further place or recipient of the importer does not change."""


def _trying(route: Route, record: ImporterRecord, questions: list[str], day: date) -> dict[str, Variants]:
    """Answers to questions about the record that can be tried, the better one first: where the route itself names the importer."""
    named = (route.importer, *route.importers, *(step.recipient for step in route.onward or ()))
    if record.id not in named:
        return {}
    found: dict[str, Variants] = {}
    for question in questions:
        if question == "importer.gdpr_applies_directly":
            outcomes = (Truth.NO, Truth.YES)
            found[question] = [(said.value, _recorded(record, day, gdpr_applies_directly=said)) for said in outcomes]
        elif question.startswith(_CERTIFICATION):
            others = record.certifications or ()
            held = (*others, _held(question.removeprefix(_CERTIFICATION), day))
            found[question] = [
                (said, _recorded(record, day, certifications=entries, certifications_open=()))
                for said, entries in (("yes", held), ("no", others))
            ]
    return found


def _held(scheme: str, day: date) -> Certification:
    return Certification(
        scheme=scheme, scope=("hr", "non_hr"), valid_from=day, verified_on=day, verification=Verification.PRIMARY
    )


def _recorded(record: ImporterRecord, day: date, **fields: object) -> Variant:
    """The route with the importer's record written out and changed, as if the change had been read at its source that day."""
    source = SourceRecord(title="what if")
    known = Evidence(
        fields=tuple(fields), statement="what if", source=source, verified_on=day, verification=Verification.PRIMARY
    )

    def changed(reference: str | ImporterRecord | None) -> str | ImporterRecord | None:
        before = record if reference == record.id else reference
        if not isinstance(before, ImporterRecord) or before.id != record.id:
            return reference
        return before.model_copy(update={**fields, "evidence": (known, *before.evidence)})

    def change(route: Route) -> Route:
        onward = route.onward and tuple(
            step.model_copy(update={"recipient": changed(step.recipient)}) for step in route.onward
        )
        importers = tuple(changed(one) for one in route.importers)
        return route.model_copy(update={"importer": changed(route.importer), "importers": importers, "onward": onward})

    return change
