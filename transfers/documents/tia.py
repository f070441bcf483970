"""A transfer impact assessment: one destination and every assessment with a leg there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from country_reports.access import Area
from country_reports.guarantees import Head
from country_reports.hub import Hub, RatedGuarantee, RatedLaw
from transfers.assessment import Assessment, GroundRecord, as_json, ground_record
from transfers.assessment_records import told_in
from transfers.canonical import Json
from transfers.finding import Outcome, _
from transfers.languages import ENGLISH, Language

SCHEMA = "transborder/tia/1"


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One guarantee in one area on the day, as the country report has it."""

    head: str
    area: str
    rating: str
    reasoning: str
    watch: tuple[str, ...]
    ground: GroundRecord


@dataclass(frozen=True, slots=True)
class AccessLawRow:
    """One access law in force on the day."""

    name: str
    citation: str
    areas: tuple[str, ...]
    addressees: str
    authorisation: str
    remedies: str
    sunset: str | None
    ground: GroundRecord


@dataclass(frozen=True, slots=True)
class Tia:
    """A destination on a day. ``depth`` says whether its access laws were researched; ``language`` is what all of it is told in."""

    destination: str
    name: str
    name_in_text: str
    as_of: str
    depth: str
    summary: str | None
    assessments: tuple[Assessment, ...]
    access_laws: tuple[AccessLawRow, ...]
    ratings: tuple[RatingRow, ...]
    language: Language = ENGLISH

    @property
    def id(self) -> str:
        """The id of the destination as a reader sees it."""
        return self.destination if self.destination != "unknown" else self.language.text(_("unknown"))

    @property
    def outcome(self) -> str:
        """The strictest outcome of its routes."""
        return max((Outcome.of_word(one.outcome) for one in self.assessments), default=Outcome.UNDETERMINED).word


def by_destination(assessments: Iterable[Assessment], hub: Hub, language: Language = ENGLISH) -> tuple[Tia, ...]:
    """One TIA per destination with a leg there, in order of the place id; legs without a place stand under ``unknown``.

    ``language`` is the one that the assessments are told in.
    """
    grouped: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        for place in sorted({leg.to or "unknown" for leg in assessment.legs}):
            grouped.setdefault(place, []).append(assessment)
    return tuple(_tia(place, grouped[place], hub, language) for place in sorted(grouped))


def tia_json(tia: Tia) -> dict[str, Json]:
    """The TIA as plain values: the destination and its assessments."""
    return {
        "schema": SCHEMA,
        "destination": tia.destination,
        "name": tia.name,
        "as_of": tia.as_of,
        "outcome": tia.outcome,
        "depth": tia.depth,
        "assessments": [as_json(assessment) for assessment in tia.assessments],
    }


def _tia(place: str, assessments: list[Assessment], hub: Hub, language: Language) -> Tia:
    ordered = tuple(sorted(assessments, key=lambda assessment: assessment.route))
    as_of = ordered[0].as_of
    name, in_text, found = language.text(_("Unknown destination")), language.text(_("an unknown destination")), None
    if place in hub.places:
        name = in_text = language.record(hub.places[place].name)
        in_text = hub.places[place].name_in_text if language is ENGLISH else in_text
        found = hub.access_report(place)
    if found is None or not found[0].is_full:
        return Tia(place, name, in_text, as_of, "baseline", None, ordered, (), (), language)
    on = hub.on(date.fromisoformat(as_of))
    return Tia(
        place,
        name,
        in_text,
        as_of,
        "full",
        language.record(found[0].summary) if found[0].summary else None,
        ordered,
        _access_laws(on.access_laws(place), language),
        _ratings(on.guarantees(place), language),
        language,
    )


def _access_laws(laws: Iterable[RatedLaw], language: Language) -> tuple[AccessLawRow, ...]:
    return tuple(
        AccessLawRow(
            name=language.record(law.record.name),
            citation=law.record.citation,
            areas=tuple(area.value for area in law.record.areas),
            addressees=language.record(law.record.addressees),
            authorisation=language.word(law.record.prior_authorisation.text or law.record.prior_authorisation.answer),
            remedies=language.word(law.record.remedies_for_foreigners or _("not recorded")),
            sunset=language.record(law.record.sunset) if law.record.sunset else None,
            ground=told_in(language, ground_record(law.ground, law.ground.fact), law.ground.fact),
        )
        for law in laws
    )


def _ratings(ratings: Iterable[RatedGuarantee], language: Language) -> tuple[RatingRow, ...]:
    order = {(head, area): (number, place) for number, head in enumerate(Head) for place, area in enumerate(Area)}
    rows = sorted(ratings, key=lambda rating: order[rating.record.head, rating.record.area])
    return tuple(
        RatingRow(
            head=rating.record.head.value,
            area=rating.record.area.value,
            rating=rating.record.rating.value,
            reasoning=language.record(rating.record.reasoning),
            watch=tuple(map(language.record, rating.record.watch)),
            ground=told_in(language, ground_record(rating.ground, rating.ground.fact), rating.ground.fact),
        )
        for rating in rows
    )
