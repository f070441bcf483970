"""Supplementary measures: each use case condition by condition, with what the route says of it."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment
from transfers.documents.blocks import Block, Content, Paragraph, Style, Table, Words
from transfers.documents.parts.telling import Telling, findings_of
from transfers.documents.saying import Wording, _, described, marked, told, told_with
from transfers.documents.topics import Topic, topic_of
from transfers.law.catalogue import provisions
from transfers.law.supplementary_measures import CONDITIONS

STATES = Wording(
    {
        "in_place": marked("in place"),
        "planned": marked("planned, not counted"),
        "absent": marked("absent"),
        "not_applicable": marked("not applicable"),
        "unknown": marked("not known"),
    }
)


def measures(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The state of every condition, whether or not the route names it; nothing where no finding asks for measures."""
    states = stated(assessment)
    asked = any(topic_of(finding.rule) is Topic.MEASURES for finding in findings_of(assessment))
    if not asked and not states:
        yield Paragraph(_("No finding of this route asks for supplementary measures, and the route states none."))
        return
    rows = [row for case, names in CONDITIONS.items() for row in _use_case(telling, case, names, states)]
    headings = (_("Condition"), _("What it asks, in our words"), _("State"))
    yield Table(headings, tuple(rows), _("Use cases, condition by condition"), (24, 54, 22))
    text = _("A use case ({first} to {last}) is effective only if all its conditions are in place.")
    first, *_others, last = (telling.provision(f"edpb-01-2020:{case}") for case in CONDITIONS)
    yield Paragraph(told_with(text, first=(first,), last=(last,)), small=True)
    yield from _support(states)


def stated(assessment: Assessment) -> dict[str, str]:
    """The state of each measure that the route names."""
    claimed = assessment.inputs.route.get("measures")
    claims = [claim for claim in claimed if isinstance(claim, dict)] if isinstance(claimed, list) else []
    return {str(claim["id"]): str(claim.get("status")) for claim in claims}


def _use_case(
    telling: Telling, case: str, names: tuple[str, ...], states: dict[str, str]
) -> Iterator[tuple[Content, ...]]:
    met = sum(states.get(name) == "in_place" for name in names)
    text = told(_("{met} of {all} in place"), met=met, all=len(names))
    yield (
        (telling.provision(f"edpb-01-2020:{case}"),),
        (Words(described(provisions()[f"edpb-01-2020:{case}"]), Style.STRONG),),
        (Words(text, Style.STRONG),),
    )
    for name in names:
        yield _measure(name, states)


def _measure(name: str, states: dict[str, str]) -> tuple[Content, ...]:
    provision = f"edpb-01-2020:{name}"
    state = STATES[states[name]] if states.get(name) in STATES else _("not known: not stated")
    return (Words(provision, Style.CODE),), described(provisions()[provision]), state


def _support(states: dict[str, str]) -> Iterator[Block]:
    """Contractual and organisational measures: those the route names in full, the others by number."""
    every = [
        name.removeprefix("edpb-01-2020:")
        for name in provisions()
        if name.startswith(("edpb-01-2020:CM-", "edpb-01-2020:OM-"))
    ]
    named = [name for name in every if name in states]
    if named:
        headings = (_("Measure"), _("What it asks, in our words"), _("State"))
        rows = tuple(_measure(name, states) for name in named)
        yield Table(headings, rows, _("Contractual and organisational measures"), (24, 54, 22))
    others = [name for name in every if name not in states]
    if others:
        text = _("Contractual and organisational measures of which the route says nothing (not known): {names}.")
        yield Paragraph(told(text, names=", ".join(others)), small=True)
