"""Article 14(2) and (3): an appropriate level, by law or by safeguards."""

from __future__ import annotations

from dataclasses import replace

from country_reports.facts import Truth, all_of, any_of
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    PartyName,
    PlaceName,
    Question,
    _,
    say,
)
from transfers.law import as_stated
from transfers.law.answers import to_document
from transfers.law.clauses_relied_on import titled
from transfers.law.coe_108plus import elements
from transfers.law.essential_equivalence import equivalence, holds, stands_in_the_way
from transfers.law.eu_gdpr import article_45
from transfers.law.on_record.gateways import by_findings
from transfers.law.rule import rule
from transfers.view import ToolView, View

REGIME = "coe-108plus"


@rule(
    "coe-108plus.appropriate_level",
    "coe-108plus:14(2)",
    _("Is an appropriate level of protection, based on the Convention, secured for this transfer?"),
)
def appropriate_level(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(2): secured by the law of the recipient's State (3)(a), or by safeguards (3)(b); else only a derogation remains."""
    by_law, by_safeguards = law_of_destination(case, view, leg), _safeguards_hold(case, view, leg)
    truth = by_law.truth | by_safeguards
    template = {
        Truth.YES: _("An appropriate level is secured."),
        Truth.NO: _("An appropriate level is not secured, neither by law nor by safeguards."),
        Truth.UNKNOWN: _("It is not established that an appropriate level is secured."),
    }[truth]
    return Finding(truth, say(template))


@rule(
    "coe-108plus.law",
    "coe-108plus:14(3)(a)",
    _("Does the law of the recipient's State, its treaties included, secure the level?"),
)
def law_of_destination(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(a); explanatory report, paras 109-110: judged for this transfer, by type of data, purpose, rule of law and the law there.

    A finding of adequacy by the exporter's own issuer counts; one made for others is only evidence.
    """
    place = PlaceName(leg.place or "")
    found = _finding_for_this_exporter(case, view, leg)
    if found is not None:
        because = say(_("A finding of adequacy made for this exporter covers the transfer."))
        return Finding(Truth.YES, because, found.grounds, conditions=found.conditions)
    undone = stands_in_the_way(case, view, leg)
    if undone is Truth.YES:
        because = say(
            _(
                "Access by authorities in {place} falls short: as found by a study or ruling cited, or as answered by the exporter."
            ),
            place=place,
        )
        return Finding(Truth.NO, because)
    truth = elements.answered(case, leg, _BY_LAW) & ~undone
    if truth is Truth.YES:
        conditions = to_document(case, *elements.relied_on(case, leg, _BY_LAW))
        return Finding(truth, say(_("Answered by the exporter.")), conditions=conditions)
    if truth is Truth.NO:
        failing = tuple(name.replace("_", " ") for name in elements.failing(case, leg, _BY_LAW))
        text = (
            _("Answered by the exporter; missing in {place}: {elements}.")
            if failing
            else _("Answered by the exporter.")
        )
        return Finding(truth, say(text, place=place, elements=failing))
    because = say(
        _("No assessment of the law of {place} against the elements of the Convention is on file."), place=place
    )
    begun = elements.open_elements(case, leg, _BY_LAW, "counsel")
    whole = Question(leg.criterion(_BY_LAW), say(_ALL_ELEMENTS, place=place), "counsel")
    return Finding(truth, because, questions=begun or (whole,))


_BY_LAW = "coe-108plus:14(3)(a)"
_ALL_ELEMENTS = _(
    "Does the law of {place} contain and apply the elements of the Convention for these data: rights, an independent authority, "
    "redress, limits on access by authorities, rules on onward flows?"
)


def _finding_for_this_exporter(case: Case, view: View, leg: Leg) -> Finding | None:
    """A finding of adequacy by an issuer that a law of the exporter's place recognises, if it covers the leg."""
    found: list[Finding] = []
    for binding in view.regimes:
        if binding.record.regime == article_45.REGIME:
            found.append(article_45.adequacy(case, view, leg))
        elif binding.record.regime in view.gateways:
            found += by_findings(case, view, leg, view.gateways[binding.record.regime])
    return next((one for one in found if one.truth is Truth.YES), None)


@rule(
    "coe-108plus.safeguards_approved",
    "coe-108plus:14(3)(b)",
    _("Are there ad hoc or approved standardised safeguards?"),
)
def safeguards_relied_on(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): ad hoc safeguards, or standardised ones approved by an authority or by law."""
    if case.mechanisms is None:
        question = Question(
            "mechanisms", say(_("On which safeguards does the exporter rely, and when were they signed?")), "exporter"
        )
        return Finding(
            Truth.UNKNOWN, say(_("The route does not say on which safeguards it relies.")), questions=(question,)
        )
    tools = _clause_tools(case, view)
    if not tools:
        return Finding(Truth.NO, say(_("The route relies on no clauses.")))
    return Finding(
        Truth.YES,
        say(_("The route relies on {tools}."), tools=tuple(titled(tool.tool) for tool in tools)),
        tuple(tool.ground for tool in tools),
    )


@rule("coe-108plus.binding", "coe-108plus:14(3)(b)-binding", _("Are the safeguards legally binding on that day?"))
def binding_instrument(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): legally binding instruments; a draft or a withdrawn set binds nobody."""
    claims = {mechanism.tool: mechanism for mechanism in case.mechanisms or ()}
    truth = any_of(*(_binds(case, tool) for tool in _clause_tools(case, view)))
    questions = (Question("mechanisms.signed", say(_("Are the safeguards signed, by whom and when?")), "exporter"),)
    recorded = tuple(claim.ground for claim in claims.values() if claim.ground is not None)
    return Finding(truth, say(_SIGNED[truth]), recorded, questions if truth is Truth.UNKNOWN else ())


_SIGNED = {
    Truth.YES: _("The safeguards are signed and in force."),
    Truth.NO: _("No safeguards are signed and in force."),
    Truth.UNKNOWN: _("It is not known whether the safeguards are signed and in force."),
}


@rule("coe-108plus.enforceable", "coe-108plus:14(3)(b)-enforceable", _("Can the data subject enforce the safeguards?"))
def enforceable(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): enforceable instruments; explanatory report, para 111: also by the data subject."""
    tools = _binding_tools(case, view)
    rights = all_of(*(tool.tool.clause_set.third_party_rights for tool in tools)) if tools else Truth.UNKNOWN
    return _element(
        case,
        "coe-108plus:14(3)(b)-enforceable",
        rights,
        _("Which rights can the data subject enforce under the safeguards, before which court?"),
    )


@rule(
    "coe-108plus.adopted",
    "coe-108plus:14(3)(b)-adopted",
    _("Have all involved in the transfer and in further processing adopted the safeguards?"),
)
def adopted_by_all(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): adopted by the persons involved in the transfer and further processing, onward recipients too.

    Terms that the importer's record tells are cited from it; whose terms nobody tells is named.
    """
    criterion, further = "coe-108plus:14(3)(b)-adopted", case.legs[1:]
    joined = all_of(*map(_has_adopted, further))
    found = _element(case, criterion, joined, _("Has every further recipient adopted the safeguards?"))
    if found.truth is Truth.UNKNOWN:
        open_ones = tuple(
            say("{recipient} ({place})", recipient=PartyName(leg.number), place=PlaceName(leg.place or ""))
            for leg in further
            if _has_adopted(leg) is Truth.UNKNOWN
        )
        return replace(found, because=say(_NOT_SAID, recipients=open_ones)) if open_ones else found
    if found.truth is Truth.YES and not case.claims(criterion):
        return replace(found, grounds=tuple(ground for leg in further for ground in as_stated.told_of_terms(leg)))
    return found


_NOT_SAID = _("Neither the route nor the importer's record says that these have adopted the safeguards: {recipients}.")


def _has_adopted(further: Leg) -> Truth:
    """A decision about the place of a further recipient says nothing of what the recipient has adopted."""
    return Truth.UNKNOWN if further.terms == "adequate_destination" else as_stated.terms_bind(further)


@rule("coe-108plus.implemented", "coe-108plus:14(3)(b)-implemented", _("Are the safeguards put into practice?"))
def implemented(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): adopted and implemented; a signature alone is not enough."""
    return _element(
        case,
        "coe-108plus:14(3)(b)-implemented",
        Truth.UNKNOWN,
        _("How has the recipient put the safeguards into practice, and what shows it?"),
    )


@rule(
    "coe-108plus.content",
    "coe-108plus:14(3)(b)-content",
    _("Do the safeguards cover the relevant protection elements of the Convention?"),
)
def content(case: Case, view: View, leg: Leg) -> Finding:
    """Explanatory report, para 111: the relevant elements of data protection. A set approved under a law that carries out the Convention is taken to do so."""
    own = {binding.record.regime for binding in view.regimes if binding.record.implements} | {REGIME}
    tools = _binding_tools(case, view)
    approved = all_of(*(Truth.of(bool(own.intersection(_regimes(tool)))) for tool in tools)) if tools else Truth.UNKNOWN
    criterion = "coe-108plus:14(3)(b)-content"
    if approved is not Truth.YES and not case.claims(criterion):
        begun = elements.open_elements(case, leg, criterion, "exporter")
        answered = elements.answered(case, leg, criterion)
        if begun or answered is not Truth.UNKNOWN:
            documents = to_document(case, *elements.relied_on(case, leg, criterion)) if answered is Truth.YES else ()
            return Finding(answered, say(_BY_ELEMENT[answered]), questions=begun, conditions=documents)
    known = Truth.YES if approved is Truth.YES else Truth.UNKNOWN
    asks = _("Do the safeguards cover rights, purpose, security, onward flows, redress and contact point?")
    return _element(case, criterion, known, asks)


_BY_ELEMENT = {
    Truth.YES: _("Every protection element is covered, as answered one by one."),
    Truth.NO: _("A protection element is not covered."),
    Truth.UNKNOWN: _("Not every protection element is answered."),
}


@rule("coe-108plus.not_neutralised", "coe-108plus:11", _("Do law and practice there leave the safeguards effective?"))
def not_neutralised(case: Case, view: View, leg: Leg) -> Finding:
    """Article 11 with 14(3)(b): exceptions there must be provided by law, respect the essence of rights, be necessary and proportionate, with review."""
    truth = holds(equivalence(case, view, leg))
    template = {
        Truth.YES: _("Law and practice there, or the measures in place, leave the safeguards effective."),
        Truth.NO: _("Access by authorities there can undo the safeguards, and no effective measure is in place."),
        Truth.UNKNOWN: _("It is not established that access by authorities there leaves the safeguards effective."),
    }[truth]
    return Finding(truth, say(template))


ELEMENTS = (safeguards_relied_on, binding_instrument, enforceable, adopted_by_all, implemented, content)
"""Everything article 14(3)(b) asks of the safeguards themselves."""


def _safeguards_hold(case: Case, view: View, leg: Leg) -> Truth:
    return all_of(*(test(case, view, leg).truth for test in ELEMENTS), holds(equivalence(case, view, leg)))


def _clause_tools(case: Case, view: View) -> tuple[ToolView, ...]:
    return tuple(view.tools[mechanism.tool] for mechanism in case.mechanisms or () if mechanism.tool in view.tools)


def _binding_tools(case: Case, view: View) -> tuple[ToolView, ...]:
    """The clauses that bind the parties, or else those that may; what is planned has no qualities that count. Of several the weakest decides."""
    every = _clause_tools(case, view)
    by_truth = {truth: tuple(tool for tool in every if _binds(case, tool) is truth) for truth in Truth}
    return by_truth[Truth.YES] or by_truth[Truth.UNKNOWN] or every


def _binds(case: Case, tool: ToolView) -> Truth:
    """Whether it is signed, while it could be, and in force."""
    claims = (claim for claim in case.mechanisms or () if claim.tool == tool.tool.id)
    in_force = Truth.of(tool.ground.role == "supports")
    return any_of(*(claim.signed & claim.in_time & in_force for claim in claims))


def _regimes(tool: ToolView) -> set[str]:
    return {regime for part in tool.tool.parts for regime in part.regimes}


def _element(case: Case, criterion: str, known: Truth, question: str) -> Finding:
    """One element of 14(3)(b): as the record of the clauses says, or as answered. What is on file against it no answer lifts."""
    if known is Truth.NO:
        return Finding(known, say(_("Not met.")))
    truth = case.answer(criterion) if case.claims(criterion) else known
    if truth is Truth.YES and case.claims(criterion):
        return Finding(truth, say(_("Met, as answered by the exporter.")), conditions=to_document(case, criterion))
    if truth is Truth.YES:
        return Finding(truth, say(_("Met by the clauses relied on.")))
    if truth is Truth.NO:
        return Finding(truth, say(_("Not met.")))
    return Finding(truth, say(_("Not established.")), questions=(Question(criterion, say(question), "exporter"),))
