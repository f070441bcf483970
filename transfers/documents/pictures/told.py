"""What an assessment says of its route, put into the words of the picture and, beside each, the sentence of its text alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from country_reports.frozen import frozen
from country_reports.places import Gazetteer
from transfers.assessment_records import Assessment, LegRecord
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.pictures import sentences as s
from transfers.documents.pictures.reading import Fields, RouteRead, fields, items, shipped_places
from transfers.documents.pictures.sentences import said
from transfers.documents.saying import dated, listed
from transfers.finding import Outcome

_UNNAMED = "the recipient"
"""What an assessment calls a recipient of which nothing is known."""

_TOOLS = 4
"""Tools that are drawn; the text alternative has them all."""


@frozen
class ExporterTold:
    """``role``, ``name`` and ``place`` are what its box says; ``keys`` what is kept there by a measure in place."""

    role: str
    name: str
    place: str
    stored: bool
    seen: bool
    keys: tuple[str, ...]
    sentence: str


@frozen
class FactTold:
    """A line on the arrow between exporter and importer. ``passing`` marks what lies on the way."""

    label: str
    text: str
    sentence: str
    passing: bool = False


@frozen
class LegTold:
    """One leg. ``kind`` is importer, same_importer or further; ``owner`` the number of the importer it hangs from.

    ``heading``, ``name`` and ``line`` are what its box says, ``recipient`` and ``place`` what it is.
    """

    kind: str
    owner: int
    heading: str
    name: str
    line: str
    recipient: str
    place: str
    stored: bool
    seen: bool
    outcome: Outcome
    weakest: bool
    sentence: str


@frozen
class RouteTold:
    title: str
    day: str
    outcome: Outcome
    exporter: ExporterTold
    facts: tuple[FactTold, ...]
    legs: tuple[LegTold, ...]


def route_told(assessment: Assessment, places: Gazetteer | None = None) -> RouteTold:
    """What the picture of a route says."""
    read = RouteRead(assessment, places or shipped_places())
    return RouteTold(
        title=assessment.title or assessment.route,
        day=dated(assessment.as_of),
        outcome=Outcome.of_word(assessment.outcome),
        exporter=_exporter(read),
        facts=tuple(_facts(read)),
        legs=tuple(_legs(read)),
    )


def _exporter(read: RouteRead) -> ExporterTold:
    role = _role(read.exporter.get("role"))
    name = str(read.exporter.get("name") or said(s.EXPORTER_UNNAMED))
    place = read.place_name(read.exporter.get("country")) or said(s.PLACE_UNKNOWN)
    measures = _measures(read)
    keys = ((said(s.KEYS_HERE), "UC1.6"), (said(s.IDENTITIES_HERE), "UC2.2"))
    return ExporterTold(
        role=said(s.EXPORTER, role=role),
        name=name,
        place=place,
        stored=read.at_home("storage"),
        seen=read.at_home("access_from"),
        keys=tuple(mark for mark, measure in keys if measures.get(measure) == "in_place"),
        sentence=said(s.EXPORTER_TOLD, exporter=name, place=place, role=role),
    )


def _facts(read: RouteRead) -> Iterator[FactTold]:
    yield from _data(read)
    yield _relied_on(read)
    yield _kept(read, "storage", said(s.STORED), s.STORED_TOLD)
    yield _kept(read, "access_from", said(s.SEEN), s.SEEN_TOLD)
    if through := [
        read.place_name(place) or said(s.PLACE_UNKNOWN) for place in items(read.processing.get("routed_via"))
    ]:
        yield FactTold(said(s.THROUGH), listed(through), said(s.THROUGH_TOLD, places=listed(through)), passing=True)
    measures = _measures(read)
    keys = measures.get("UC1.6", "unknown")
    yield FactTold(said(s.KEYS), s.KEYS_STATES[keys], s.KEYS_TOLD[keys])
    if identities := measures.get("UC2.2"):
        yield FactTold(said(s.IDENTITIES), s.IDENTITIES_STATES[identities], s.IDENTITIES_TOLD[identities])


def _data(read: RouteRead) -> Iterator[FactTold]:
    data, purpose = fields(read.route.get("data")), read.route.get("purpose")
    if categories := _words(data.get("categories")):
        yield FactTold(said(s.DATA), categories, said(s.DATA_TOLD, what=categories))
    else:
        yield FactTold(said(s.DATA), said(s.NOT_STATED), said(s.DATA_UNKNOWN_TOLD))
    if special := _words(data.get("special_categories")):
        yield FactTold(said(s.SPECIAL), special, said(s.SPECIAL_TOLD, what=special))
    if subjects := _words(data.get("subjects")):
        yield FactTold(said(s.PEOPLE), subjects, said(s.PEOPLE_TOLD, who=subjects))
    if purpose:
        yield FactTold(
            said(s.PURPOSE), words.said(str(purpose)), said(s.PURPOSE_TOLD, purpose=words.said(str(purpose)))
        )


def _relied_on(read: RouteRead) -> FactTold:
    claims = read.route.get("mechanisms")
    if not isinstance(claims, list):
        return FactTold(said(s.RELIED_ON), said(s.NOT_STATED), said(s.RELIED_ON_UNKNOWN_TOLD))
    if not claims:
        return FactTold(said(s.RELIED_ON), said(s.NOTHING), said(s.RELIED_ON_NOTHING_TOLD))
    tools = [_tool(read, fields(claim)) for claim in claims]
    more = len(tools) - _TOOLS + 1
    shown = tools if more <= 1 else [*tools[:-more], said(s.MORE_TOOLS, count=more)]
    return FactTold(said(s.RELIED_ON), listed(shown), said(s.RELIED_ON_TOLD, tools=listed(tools)))


def _tool(read: RouteRead, claim: Fields) -> str:
    """A tool with its state; where the route leaves it to the importer's record whether clauses are signed, as that has it."""
    tool, status, day = str(claim.get("tool")), str(claim.get("status", "unknown")), claim.get("signed_on")
    name = words.GATEWAYS.get(tool, tool)
    on_record = _signed_on_record(read, tool) if status == "unknown" else None
    if status == "planned":
        return said(s.TOOL_PLANNED, tool=name)
    if status == "unknown" and on_record is None:
        unsigned = tool == "adequacy" or tool.startswith(("eu-gdpr:49", "coe-108plus:14(4)"))
        return said(s.TOOL_NEEDS_NO_SIGNATURE if unsigned else s.TOOL_UNKNOWN, tool=name)
    signed_on = str(on_record or day or "")
    if not signed_on:
        return said(s.TOOL_SIGNED, tool=name)
    if signed_on > read.assessment.as_of:
        return said(s.TOOL_SIGNED_LATER, tool=name, day=dated(signed_on))
    return said(s.TOOL_SIGNED_ON_RECORD if on_record else s.TOOL_SIGNED_ON, tool=name, day=dated(signed_on))


def _signed_on_record(read: RouteRead, tool: str) -> str | None:
    """The day on which the one importer's record says that the clauses were signed."""
    if read.route.get("importers"):
        return None
    clauses = map(fields, items(read.record(read.assessment.legs[0].name).get("clauses")))
    return next((str(one["signed_on"]) for one in clauses if one.get("tool") == tool and one.get("signed_on")), None)


def _kept(read: RouteRead, field: str, label: str, told: Mapping[str, str]) -> FactTold:
    """Where data are stored or seen from: as the route says, else as the records of its importers do."""
    lists = [read.processing.get(field)]
    if not isinstance(lists[0], list):
        lists = [read.record(leg.name).get(field) for leg in read.importers]
    complete = all(isinstance(one, list) for one in lists)
    names = dict.fromkeys(read.place_name(place) or said(s.PLACE_UNKNOWN) for one in lists for place in items(one))
    known = ("all" if complete else "some") if names else ("nowhere_else" if complete else "unknown")
    places = listed(list(names))
    return FactTold(label, said(s.KEPT[known], places=places), said(told[known], places=places))


def _legs(read: RouteRead) -> Iterator[LegTold]:
    owner = -1
    for leg, kind in zip(read.assessment.legs, read.kinds, strict=True):
        owner += kind == "importer"
        yield _leg(read, leg, kind, 0 if kind == "further" else owner)


def _leg(read: RouteRead, leg: LegRecord, kind: str, owner: int) -> LegTold:
    place, outcome = read.place_name(leg.to) or said(s.PLACE_UNKNOWN), words.OUTCOMES[leg.outcome]
    unnamed = said(s.FURTHER_UNNAMED) if kind == "further" else said(s.IMPORTER_UNNAMED)
    recipient = unnamed if leg.name == _UNNAMED else leg.name
    heading, name, line = "", recipient, place
    if kind == "importer":
        role = _role(read.route.get("importer_role"))
        heading = said(s.IMPORTER, role=role)
        sentence = said(s.IMPORTER_TOLD, importer=recipient, place=place, role=role, outcome=outcome)
    elif kind == "same_importer":
        name, line = place, said(s.SAME_IMPORTER)
        sentence = said(s.SAME_IMPORTER_TOLD, importer=recipient, place=place, outcome=outcome)
    else:
        terms = s.TERMS[read.terms(leg)]
        line = said(s.FURTHER, place=place, terms=terms)
        sentence = said(s.FURTHER_TOLD, recipient=recipient, place=place, terms=terms, outcome=outcome)
    here = kind != "further" and leg.to is not None
    return LegTold(
        kind=kind,
        owner=owner,
        heading=heading,
        name=name,
        line=line,
        recipient=recipient,
        place=place,
        stored=here and leg.to in read.stated("storage", leg),
        seen=here and leg.to in read.stated("access_from", leg),
        outcome=Outcome.of_word(leg.outcome),
        weakest=leg.id == read.assessment.weakest_leg,
        sentence=sentence,
    )


def _measures(read: RouteRead) -> dict[str, str]:
    claims = map(fields, items(read.route.get("measures")))
    return {str(claim.get("id")): str(claim.get("status")) for claim in claims}


def _role(value: Json) -> str:
    return words.said(value) if isinstance(value, str) and value != "unknown" else said(s.ROLE_UNKNOWN)


def _words(value: Json) -> str:
    return listed([words.said(str(item)) for item in items(value)])
