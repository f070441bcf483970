"""The route: who sends what to whom, under which laws of which dates, and what people have answered."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment, GroundRecord
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import Blank, Block, Content, Figure, Paragraph, Style, Table, Words
from transfers.documents.parts.telling import Telling, findings_of, place_of
from transfers.documents.saying import _, dated, listed, told
from transfers.documents.sources import kind_of


def picture(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The route as a drawing, with the same in words."""
    from transfers.documents.pictures import route_picture

    drawn = route_picture(assessment)
    title = told(_("Route: {title}"), title=assessment.title or assessment.route)
    yield Figure(drawn.svg, drawn.alt, title, drawn.width, drawn.height)


def parties(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Who takes part, for what, with which tools and measures."""
    route = assessment.inputs.route
    rows: list[tuple[Content, ...]] = []
    exporter = route.get("exporter")
    if isinstance(exporter, dict):
        name, country = exporter.get("name") or _("not named"), exporter.get("country")
        role = flat(exporter.get("role")) or _("role not given")
        place = place_of(assessment, str(country)) if country else _("country not given")
        rows.append((_("Exporter"), told(_("{name}, {place}, {role}"), name=str(name), place=place, role=role)))
    rows += [
        (_("Recipient"), told(_("{name}, {place}"), name=leg.name, place=place_of(assessment, leg.to)))
        for leg in assessment.legs[:1]
    ]
    told_of = (
        (_("Role of the recipient"), flat(route.get("importer_role"))),
        (_("Purpose"), flat(route.get("purpose"))),
        (_("Frequency"), flat(route.get("frequency"))),
        (_("Data"), flat(route.get("data"))),
        (_("Storage, access and way"), flat(route.get("processing"))),
        (_("Tools relied on"), claims(route.get("mechanisms"), "tool")),
        (_("Measures stated"), claims(route.get("measures"), "id")),
        (_("Order from abroad"), flat(route.get("order"))),
        (_("Detection and reporting"), flat(route.get("ocsea"))),
        (_("Note"), str(route.get("note") or "")),
    )
    rows += [(label, text) for label, text in told_of if text]
    yield Table((_("What"), _("As stated")), tuple(rows), _("Parties, purpose and data"), (24, 76), row_headings=True)


def data_sent(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """What is sent of whom; how much harm it can do is for a person to say."""
    data = assessment.inputs.route.get("data")
    stated = data if isinstance(data, dict) else {}
    rows: list[tuple[Content, ...]] = [
        (label, flat(stated.get(field)) or _("not stated"), (Blank(told(_("level of risk: {what}"), what=label)),))
        for field, label in (
            ("subjects", _("Data subjects")),
            ("categories", _("Categories of data")),
            ("special_categories", _("Special categories")),
            ("volume", _("Volume")),
            ("retention", _("Retention")),
        )
    ]
    yield Table(
        (_("What"), _("As stated"), _("Level of risk, by whom and why")),
        tuple(rows),
        _("Data sent"),
        (24, 40, 36),
        True,
    )


def legs(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Each leg with its own result, the one that decides marked."""
    if len(assessment.legs) < 2:
        return
    rows: list[tuple[Content, ...]] = []
    for leg in assessment.legs:
        outcome = words.OUTCOMES[leg.outcome]
        decides = told(_("{result} (decides)"), result=outcome) if leg.id == assessment.weakest_leg else outcome
        rows.append(((Words(leg.id, Style.CODE),), leg.name, place_of(assessment, leg.to), decides))
    yield Table(
        (_("Leg"), _("Recipient"), _("Place"), _("Result")), tuple(rows), _("Legs of the route"), (20, 32, 18, 30)
    )


_LAYERS = ("regimes", "treaties", "adequacy", "clauses", "lawful-bases")


def legal_layers(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The acts behind the findings, in order of their first day."""
    found = dict.fromkeys(ground for finding in findings_of(assessment) for ground in finding.grounds)
    acts = [ground for ground in found if kind_of(ground) in _LAYERS]
    if acts:
        rows = tuple(_layer(telling, ground) for ground in acts)
        headings = (_("Act"), _("From"), _("Until before"), _("On this day"))
        yield Table(headings, rows, _("Acts and their dates"), (54, 13, 13, 20))


def _layer(telling: Telling, ground: GroundRecord) -> tuple[Content, ...]:
    act: Content = (Words(ground.statement), *telling.sources.cited((ground,)))
    since = dated(ground.valid_from) if ground.valid_from else _("not on file")
    until = dated(ground.valid_to) if ground.valid_to else _("no end on file")
    return act, since, until, words.ROLES[ground.role]


def answers_given(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Each answer with who gave it, when and on what."""
    rows = [_answer(criterion, answer) for criterion, answer in sorted(assessment.inputs.answers.items())]
    for importer in assessment.inputs.importers:
        answers = importer.get("answers")
        if isinstance(answers, dict):
            rows += [_answer(criterion, answer) for criterion, answer in sorted(answers.items())]
    if rows:
        headings = (_("Question"), _("Answer"), _("By"), _("On"), _("Shown by"))
        yield Table(headings, tuple(rows), _("Answers given by people"), (32, 12, 17, 13, 26))
        yield Paragraph(_("The tool does not judge an answer; whoever gave it answers for it."), small=True)


def _answer(criterion: str, answer: Json) -> tuple[Content, ...]:
    given = answer if isinstance(answer, dict) else {"value": answer}
    value = flat(given.get("value"))
    told_of = (dated(str(given.get(field) or _("not stated"))) for field in ("by", "on", "source"))
    return ((Words(criterion, Style.CODE),), words.TRUTHS.get(value, value), *told_of)


def claims(value: Json, name: str) -> str:
    """Tools or measures with their status; a list that is missing was not answered."""
    if not isinstance(value, list):
        return _("not answered")
    named = []
    for claim in value:
        if isinstance(claim, dict):
            status = flat(claim.get("status"))
            signed = claim.get("signed_on")
            told_of = f"{status}, {dated(str(signed))}" if status and signed else status
            named.append(f"{claim.get(name)} ({told_of})" if told_of else str(claim.get(name)))
    return ", ".join(named) or _("none")


def flat(value: Json) -> str:
    """A value of a route on one line; what is empty is left out."""
    if isinstance(value, dict):
        named = ((words.said(name), flat(item)) for name, item in value.items() if item not in (None, [], {}))
        return listed([told(_("{name}: {value}"), name=name, value=text) for name, text in named])
    if isinstance(value, list):
        return ", ".join(flat(item) for item in value)
    return dated(words.said(str(value))) if value is not None else ""
