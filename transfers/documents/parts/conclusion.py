"""Page one: the result, why, what must be met, what to do next, and who must be told."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment
from transfers.assessment_records import ConditionRecord
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Callout, Content, Paragraph, Style, Table, Tone, Words
from transfers.documents.parts.telling import Telling, place_of
from transfers.documents.reasons import advice
from transfers.documents.saying import _, dated, marked, told, told_with
from transfers.finding import Outcome


def result(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The outcome in words and the findings that decide it."""
    yield Callout(
        words.OUTCOMES[assessment.outcome], (*telling.reasons(assessment), advice(assessment)), _tone(assessment)
    )
    if len(assessment.legs) > 1 and assessment.weakest_leg:
        leg = next(leg for leg in assessment.legs if leg.id == assessment.weakest_leg)
        text = _("The leg that decides is {recipient} in {place} ({leg}).")
        place = place_of(assessment, leg.to)
        yield Paragraph(told_with(text, recipient=leg.name, place=place, leg=(Words(leg.id, Style.CODE),)))


def _tone(assessment: Assessment) -> Tone:
    outcome = Outcome.of_word(assessment.outcome)
    if outcome is Outcome.NOT_PERMITTED:
        return Tone.STOP
    return Tone.GOOD if outcome <= Outcome.PERMITTED else Tone.CARE


def results_by_law(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The outcome under each law that binds, with both lines where they differ, and the benchmark beside them."""
    rows: list[tuple[Content, ...]] = []
    for regime in assessment.regimes:
        name: Content = regime.name
        if regime.carried_by:
            text = _("{law}. It takes the result of {other}, which carries it out.")
            name = told_with(text, law=regime.name, other=(Words(regime.carried_by, Style.CODE),))
        rows.append((name, _("binding") if regime.binding else _("not binding"), words.OUTCOMES[regime.outcome]))
        for line in regime.lines:
            reading = told(_("One line: {doctrine}"), doctrine=words.DOCTRINES.get(line.doctrine, line.doctrine))
            rows.append((reading, _("a reading"), words.OUTCOMES[line.outcome]))
    benchmark = assessment.benchmark
    force = _("in force") if benchmark.in_force == "yes" else _("a benchmark: not in force")
    article = told_with(_("Convention 108+, Article 14 ({article})"), article=(Words(benchmark.provision, Style.CODE),))
    rows.append((article, force, words.OUTCOMES[benchmark.outcome]))
    yield Table((_("Law"), _("Force"), _("Result")), tuple(rows), _("Result under each law"), (55, 18, 27))


def conditions(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """What the binding laws make the result depend on."""
    chosen = [condition for condition in assessment.conditions if condition.binding]
    if chosen:
        yield Bullets(tuple(told_condition(telling, one) for one in chosen))


def told_condition(telling: Telling, condition: ConditionRecord) -> Content:
    """A condition with its provision."""
    return (Words(condition.text), Words(" ("), telling.provision(condition.provision), Words(")"))


def next_steps(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """What follows for those who decide, in the order in which they would do it."""
    steps: list[Content] = []
    for asked, label in words.ASKED.items():
        number = sum(question.ask == asked for question in assessment.questions)
        if number:
            text = _("Open questions for {whom}: {number}. They stand in the chapter on what is open.")
            steps.append(told(text, whom=label, number=number))
    if assessment.options:
        steps.append(
            _("See what could open the way, in the chapter on what is open; one item alone may not be enough.")
        )
    if any(condition.binding for condition in assessment.conditions):
        steps.append(_("Name for each condition above who meets it, and where the evidence is kept."))
    if assessment.planned:
        steps.append(told(_("Not counted, because only planned: {names}."), names=", ".join(assessment.planned)))
    steps.append(told(_("Have this assessment signed, and review it by {day}."), day=dated(assessment.review_by)))
    yield Bullets(tuple(steps))


def whom_to_tell(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Conditions that are duties to tell somebody; by when, as far as that is on file."""
    rows: list[tuple[Content, ...]] = []
    for condition in assessment.conditions:
        whom = next((entry for mark, entry in _WHOM.items() if mark in condition.id), None)
        if whom is not None:
            force = _("binding") if condition.binding else _("benchmark")
            rows.append((_(whom[0]), _(whom[1]), told_condition(telling, condition), force))
    if rows:
        headings = (_("Who"), _("By when"), _("What"), _("Force"))
        yield Table(headings, tuple(rows), _("Who must be told, and by when"), (18, 20, 49, 13))


_NO_DAY = marked("no day is on file: see the provision")
_WHOM = {
    "inform_authority_14_5": (marked("the supervisory authority"), marked("ready before the first transfer")),
    "inform_authority_on_request": (marked("the supervisory authority"), marked("on request")),
    "demonstrate_14_6": (marked("the supervisory authority"), marked("on request")),
    "no_reason_to_believe_report": (marked("the supervisory authority and the data subjects"), marked("on request")),
    ".inform_authority": (marked("the supervisory authority"), _NO_DAY),
    ".inform_data_subjects": (marked("the data subjects"), _NO_DAY),
    ".information": (marked("the data subjects"), _NO_DAY),
    ".filing": (marked("the authority named beside"), marked("as said beside")),
    "eu-gdpr:46(2)(c).assessment": (marked("the supervisory authority"), marked("on request")),
}
"""Marks in the ids of conditions that are duties to tell: whom, and by when as far as the condition says so."""
