"""Where a law on record begins: is there a transfer as it sees it, what does it ask of every one, how deep is the record?"""

from __future__ import annotations

from dataclasses import dataclass

from country_reports.facts import Standing, Truth
from country_reports.places import PlaceKind
from country_reports.regime import Confidence, Depth, LeftOut
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, PartyName, PlaceName, Question, Sentence, _, ask, say
from transfers.law import as_stated
from transfers.law.answers import to_document
from transfers.law.rule import record_rule
from transfers.view import RegimeView, View


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a law that says what it applies to, or what follows from it for a route as a whole."""

    id: str
    provision: str = ""


SCOPE, PLACES, TOOLS, DEPTH = Scope("scope"), Scope("places"), Scope("tools"), Scope("depth")


@record_rule(
    "on-record.disclosure",
    _("Does the exporter send the data, or make them available, to somebody else as {law} sees it?"),
    favours=Truth.NO,
)
def disclosure(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """Direct collection, staff of the exporter and a return to the controller are left out only where the record says so."""
    if leg.role == "unknown":
        question = ask("importer_role", _("Is the recipient a controller, a joint controller or a processor?"))
        return Finding(Truth.UNKNOWN, say(_("The role of the recipient is not given.")), questions=(question,))
    if case.collected_directly is Truth.UNKNOWN and leg.kind != "employee_of_exporter":
        question = ask("collected_directly", _("Does the recipient collect the data directly from the data subject?"))
        because = say(_("It is not said whether the recipient collects the data from the data subject itself."))
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    if case.collected_directly is Truth.YES:
        return _left_out(case, law, LeftOut.DIRECT_COLLECTION)
    if leg.kind == "employee_of_exporter":
        return _left_out(case, law, LeftOut.OWN_STAFF)
    if case.exporter_role == "processor" and leg.role == "controller":
        return _back_to_the_controller(case, law)
    return _made_available()


def _made_available() -> Finding:
    return Finding(Truth.YES, say(_("The data are sent, or made available, to somebody else.")))


def _back_to_the_controller(case: Case, law: RegimeView) -> Finding:
    """A processor that returns data to its own controller, where the law leaves that out."""
    if LeftOut.RETURN_TO_CONTROLLER not in law.record.leaves_out or len(case.legs) > 1:
        return _made_available()
    criterion = f"{law.id}:{SCOPE.id}.own_controller"
    own = case.answer(criterion)
    if own is Truth.NO:
        return _made_available()
    if own is Truth.YES:
        because = say(_LEFT_OUT[LeftOut.RETURN_TO_CONTROLLER], law=law.name)
        return Finding(Truth.NO, because, conditions=to_document(case, criterion))
    question = ask(criterion, _("Is the recipient the controller for whom the exporter processes the data?"))
    because = say(_("It is not said whether the data return to the exporter's own controller."))
    return Finding(Truth.UNKNOWN, because, questions=(question,))


def _left_out(case: Case, law: RegimeView, kind: LeftOut) -> Finding:
    """Whether the law leaves this constellation out: as its record says, else as counsel says; never for whoever gets the data after that."""
    if len(case.legs) > 1:
        asks = say(_("Who receives or keeps the data after that, and on what ground of {law}?"), law=law.name)
        because = say(_("The data go on to others or are kept elsewhere: state who holds them there as the recipient."))
        return Finding(Truth.UNKNOWN, because, questions=(Question("importer", asks, "exporter"),))
    if kind in law.record.leaves_out and law.gateways_known and law.record.confidence is not Confidence.LOW:
        return Finding(Truth.NO, say(_LEFT_OUT[kind], law=law.name))
    criterion = f"{law.id}:{SCOPE.id}"
    answer = case.answer(criterion)
    if answer is not Truth.UNKNOWN:
        because = say(_("Whether {law} sees a transfer in this is answered in the route."), law=law.name)
        return Finding(answer, because, conditions=to_document(case, criterion))
    asks = say(_("Does {law} see a transfer in this, and does it need one of its grounds?"), law=law.name)
    because = say(_("It is not on record whether {law} sees a transfer in this."), law=law.name)
    return Finding(Truth.UNKNOWN, because, questions=(Question(criterion, asks, "counsel"),))


_LEFT_OUT = {
    LeftOut.DIRECT_COLLECTION: _(
        "The recipient collects the data from the person itself; {law} sees no transfer by an exporter in that."
    ),
    LeftOut.OWN_STAFF: _("The recipient is staff of the exporter; {law} sees no transfer in that."),
    LeftOut.RETURN_TO_CONTROLLER: _("A processor returns the data to its controller; {law} sees no transfer in that."),
}


@record_rule("on-record.abroad", _("Is the recipient outside the place where {law} is the law?"), favours=Truth.NO)
def abroad(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """Any other place, and any international organisation wherever it sits."""
    place = view.places.get(leg.place or "")
    if place is None:
        question = ask("destination", _("To which country or organisation do the data go?"))
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")), questions=(question,))
    if place.kind is PlaceKind.INTERNATIONAL_ORGANISATION or leg.kind == "international_organisation":
        return Finding(
            Truth.YES, say(_("{recipient} is an international organisation."), recipient=PartyName(leg.number))
        )
    inside = law.inside[place.id]
    if place.kind is PlaceKind.EU_BODY and not _of_the_union(case, view, law):
        inside = Standing(Truth.NO)
    template = {
        Truth.YES: _("{place} lies where {law} is itself the law."),
        Truth.NO: _("{place} is another jurisdiction for {law}."),
        Truth.UNKNOWN: _("It is not established whether {place} lies where {law} is itself the law."),
    }[inside.truth]
    return Finding(~inside.truth, say(template, place=PlaceName(place.id), law=law.name), inside.grounds)


def _of_the_union(case: Case, view: View, law: RegimeView) -> bool:
    """Whether bodies of the Union are the exporter's own: not for a State that the area names apart, since it applies the law by association."""
    home = view.places.get(case.exporter or "")
    if home is None or home.kind is PlaceKind.EU_BODY:
        return home is not None
    return home.id not in law.record.area and law.inside[home.id].truth is Truth.YES


@record_rule("on-record.places", _("Are all places of storage and access known?"))
def places(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """Storage and access elsewhere are further transfers, so that none may stay unknown."""
    return as_stated.places(case)


@record_rule("on-record.tools_answered", _("Is it said which transfer tool the exporter relies on?"))
def tools_answered(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """Without a finding about the destination, the exporter must rely on something; on what is for it to say."""
    return as_stated.tools(case)


@record_rule("on-record.depth", _("Is {law} on file in enough depth to be relied on?"))
def depth(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """A record less than deep is for counsel to confirm; one of low confidence carries nothing until counsel has."""
    record = law.record
    if record.confidence is Confidence.LOW or not law.gateways_known:
        return _for_counsel_to_confirm(case, law, part)
    grounds = (law.ground, law.record_ground)
    if record.depth is Depth.DEEP:
        return Finding(Truth.YES, say(_("{law} is on file in depth."), law=law.name), grounds)
    confirm = say(
        _("{law} is on file at depth '{depth}', with {confidence} confidence: have counsel there confirm the answer."),
        law=law.name,
        depth=record.depth,
        confidence=record.confidence,
    )
    condition = Condition(f"confirm_law:{law.id}", confirm, f"{law.id}:{part.id}")
    return Finding(Truth.YES, confirm, grounds, conditions=(condition,))


def _for_counsel_to_confirm(case: Case, law: RegimeView, part: Scope) -> Finding:
    """A record that was not read, or that shows the gateways as they stood on another day."""
    criterion = f"{law.id}:{part.id}"
    answer = case.answer(criterion)
    if answer is Truth.YES:
        confirmed = say(_("Counsel has confirmed the answer under {law}."), law=law.name)
        return Finding(answer, confirmed, (law.ground, law.record_ground), conditions=to_document(case, criterion))
    asks = say(_("Does counsel confirm that these gateways of {law} are as the law stands on that day?"), law=law.name)
    why = (
        _("The record of {law} is of low confidence and carries nothing by itself.")
        if law.gateways_known
        else _("The gateways of {law} are on file as they stand since {day}, which is later than the day asked about.")
    )
    because = say(why, law=law.name, day=law.record.gateways_since or "")
    return Finding(Truth.UNKNOWN, because, (law.ground,), (Question(criterion, asks, "counsel"),))


def in_words(law: RegimeView, where: str, text: str) -> Sentence:
    """A question in the words of the record, with the provision it comes from."""
    return say(_("{law}, {where}: {text}") if where else _("{law}: {text}"), law=law.name, where=where, text=text)
