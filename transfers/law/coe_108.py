"""Convention 108, article 12, and its Additional Protocol, article 2: what binds the exporter's State today.

The Convention binds States; the exporter is bound by the law that carries it out. Where a researched regime
does so for this exporter, that regime's outcome stands for article 2 of the Protocol.
"""

from __future__ import annotations

from country_reports.facts import Standing, Truth, any_of
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, Outcome, PlaceName, Possible, Question, RegimeConclusion, _, ask, say
from transfers.law.answers import to_document
from transfers.law.reached import CLOSED, FREE, NOTHING_LEAVES, UNTOUCHED
from transfers.law.rule import rule
from transfers.view import View

REGIME = "coe-108"
NAME = _("Convention 108 and its Additional Protocol (what binds the exporter's State)")


@rule(
    "coe-108.instrument",
    "cets-223:37",
    _("Is Convention 108+ in force between the two States on that day?"),
    favours=None,
)
def amended_convention_in_force(case: Case, view: View, leg: Leg) -> Finding:
    """CETS 223, art. 37: entry into force by all Parties, or for 38 consenting Parties from 2023-10-11."""
    force = view.cets_223_in_force
    if force.truth is not Truth.YES:
        return Finding(force.truth, say(_("Convention 108+ is not in force on that day.")), force.grounds)
    exporter, destination = _bound_by_108plus(view, case.exporter), _bound_by_108plus(view, leg.place)
    both = exporter.truth & destination.truth
    template = {
        Truth.YES: _("Convention 108+ is in force and binds both States."),
        Truth.NO: _("Convention 108+ is in force but does not bind both sides."),
        Truth.UNKNOWN: _("Convention 108+ is in force; whether it binds both sides is not established."),
    }[both]
    return Finding(both, say(template), (*force.grounds, *exporter.grounds, *destination.grounds))


@rule(
    "coe-108.border",
    "coe-108:12(1)",
    _("Does somebody send or show the data to a recipient under another jurisdiction?"),
    favours=None,
)
def crosses_a_border(case: Case, view: View, leg: Leg) -> Finding:
    """Article 12(1) with the explanatory report of 108+, para 102: data disclosed or made available across a border."""
    if case.collected_directly is Truth.YES:
        return Finding(
            Truth.NO, say(_("The recipient collects the data from the data subject itself: nobody sends them."))
        )
    if leg.kind == "employee_of_exporter":
        return Finding(Truth.NO, say(_("The recipient is staff of the exporter.")))
    if case.stays_at_home:
        return Finding(Truth.NO, say(_("Recipient and data stay in the exporter's own country.")))
    if case.collected_directly is Truth.UNKNOWN:
        question = ask("collected_directly", _("Does the recipient collect the data directly from the data subject?"))
        because = say(_("It is not said whether the recipient collects the data from the data subject itself."))
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    return Finding(
        Truth.YES, say(_("The data go, or are shown, to another jurisdiction, or it is not stated that they stay."))
    )


@rule(
    "coe-108.exporter_party",
    "coe-108:22",
    _("Is the exporter's State bound by Convention 108 on that day?"),
    favours=None,
)
def exporter_is_party(case: Case, view: View, leg: Leg) -> Finding:
    """Convention 108, arts 22-23: the Convention binds its Parties, each from its own day."""
    return _party(view, case.exporter)


@rule("coe-108.destination_party", "coe-108:12(2)", _("Is the recipient's State bound by Convention 108 on that day?"))
def free_flow(case: Case, view: View, leg: Leg) -> Finding:
    """Article 12(2): no ban and no special authorisation, for the sole purpose of privacy, on flows to the territory of another Party."""
    return _party(view, leg.place, leg.kind)


@rule(
    "coe-108.special_rule",
    "coe-108:12(3)(a)",
    _("Has the exporter's State special rules for these data, with no equivalent protection there?"),
    favours=Truth.NO,
)
def special_categories_rule(case: Case, view: View, leg: Leg) -> Finding:
    """Article 12(3)(a): a power of the exporter's State, for data or files that its law regulates specially because of their nature."""
    criterion = "coe-108:12(3)(a)"
    condition = Condition(
        criterion,
        say(_("Meet the special rules of the exporter's State for these data, or check whether it has any.")),
        criterion,
    )
    if case.claims(criterion):
        answer = case.answer(criterion)
        return Finding(
            answer, say(_("Answered by the exporter.")), conditions=() if answer is Truth.NO else (condition,)
        )
    if not case.special_categories and case.special_categories is not None:
        return Finding(Truth.NO, say(_("No special categories of data are sent.")))
    return Finding(
        Truth.NO,
        say(_("Special categories may be sent; no use of this power by the exporter's State is recorded.")),
        conditions=(condition,),
    )


@rule(
    "coe-108.stepping_stone",
    "coe-108:12(3)(b)",
    _("Do the data only pass through the other Party on their way to a State that is none?"),
    favours=Truth.NO,
)
def stepping_stone(case: Case, view: View, leg: Leg) -> Finding:
    """Article 12(3)(b): a power of the exporter's State against flows that use another Party as an intermediary to a non-Party."""
    onward = [
        other for other in case.legs[1:] if other.terms not in ("same_importer", "parallel") or other.place != leg.place
    ]
    if not onward:
        return Finding(Truth.NO, say(_("No further recipient or place is stated.")))
    parties = [(other, _party(view, other.place, other.kind)) for other in onward]
    outside = any_of(*(~found.truth for _other, found in parties))
    grounds = tuple(ground for _other, found in parties for ground in found.grounds)
    template = {
        Truth.YES: _("Data go on to a place whose State is not a Party: that step is judged as a transfer to it."),
        Truth.NO: _("Every further place belongs to a Party."),
        Truth.UNKNOWN: _("It is not established whether every further place belongs to a Party."),
    }[outside]
    return Finding(outside, say(template), grounds)


@rule(
    "cets-181.binding",
    "cets-181:2",
    _("Is the exporter's State bound by the Additional Protocol on that day?"),
    favours=None,
)
def exporter_bound_by_protocol(case: Case, view: View, leg: Leg) -> Finding:
    """CETS 181, art. 3: the Protocol binds its own Parties only."""
    exporter = view.places.get(case.exporter or "")
    standing = exporter.party_181 if exporter else Standing(Truth.UNKNOWN)
    return _as_finding(
        standing,
        case.exporter,
        _("{place} is bound by the Additional Protocol."),
        _("{place} is not bound by the Additional Protocol."),
    )


@rule("cets-181.adequate", "cets-181:2(1)", _("Does the destination assure adequate protection for this transfer?"))
def adequate_level(case: Case, view: View, leg: Leg) -> Finding:
    """Article 2(1): an adequate level of protection for the intended transfer, judged for this transfer."""
    return _answered(
        case,
        "cets-181:2(1)",
        _(
            "Has the exporter, or its authority under national law, found protection adequate for this transfer, and on what evidence?"
        ),
    )


@rule(
    "cets-181.interest",
    "cets-181:2(2)(a)",
    _("Does national law allow it for a specific or prevailing legitimate interest?"),
)
def national_derogation(case: Case, view: View, leg: Leg) -> Finding:
    """Article 2(2)(a): domestic law provides for it, for specific interests of the data subject or prevailing legitimate interests."""
    return _claimed(case, "cets-181:2(2)(a)")


@rule(
    "cets-181.safeguards",
    "cets-181:2(2)(b)",
    _("Has the competent authority found the exporter's safeguards adequate?"),
)
def approved_safeguards(case: Case, view: View, leg: Leg) -> Finding:
    """Article 2(2)(b): safeguards, from contract for example, that the competent authority found adequate under domestic law."""
    return _claimed(case, "cets-181:2(2)(b)")


def conclude(case: Case, view: View, carrier: RegimeConclusion | None) -> RegimeConclusion:
    """The binding reading. ``carrier`` is the regime that carries the Convention out for this exporter, if one was judged."""
    leg = case.importer
    flow = crosses_a_border(case, view, leg)
    findings = [amended_convention_in_force(case, view, leg), flow]
    if flow.truth is Truth.NO:
        return _conclusion(NOTHING_LEAVES, findings)
    if carrier is not None and carrier.possible == NOTHING_LEAVES:
        return _conclusion(NOTHING_LEAVES, findings, carrier.id)
    exporter = exporter_is_party(case, view, leg)
    findings.append(exporter)
    possible, carried_by = UNTOUCHED, None
    if exporter.truth is not Truth.NO:
        possible, carried_by = _between_or_beyond(case, view, carrier, findings)
    possible = possible.where(exporter.truth, otherwise=UNTOUCHED).where(flow.truth, otherwise=NOTHING_LEAVES)
    return _conclusion(possible, findings, carried_by)


def _between_or_beyond(
    case: Case, view: View, carrier: RegimeConclusion | None, findings: list[Finding]
) -> tuple[Possible, str | None]:
    """Article 12 between Parties; article 2 of the Protocol beyond them, and where a Party is only a stepping stone."""
    leg = case.importer
    destination = free_flow(case, view, leg)
    findings.append(destination)
    if destination.truth is Truth.NO:
        return _beyond_the_parties(case, view, carrier, findings)
    special, onward = special_categories_rule(case, view, leg), stepping_stone(case, view, leg)
    findings += [special, onward]
    between = FREE.where(~special.truth, otherwise=Possible.only(Outcome.PERMITTED_WITH_CONDITIONS))
    if destination.truth is Truth.YES and onward.truth is Truth.NO:
        return between, None
    beyond, carried_by = _beyond_the_parties(case, view, carrier, findings)
    between = between.and_also(FREE.where(~onward.truth, otherwise=beyond))
    return between.where(destination.truth, otherwise=beyond), carried_by


def _beyond_the_parties(
    case: Case, view: View, carrier: RegimeConclusion | None, findings: list[Finding]
) -> tuple[Possible, str | None]:
    """CETS 181, art. 2: transfers to a non-Party, where the exporter's State is bound by it."""
    leg = case.importer
    bound = exporter_bound_by_protocol(case, view, leg)
    findings.append(bound)
    if carrier is not None:
        return carrier.possible.where(
            bound.truth, otherwise=UNTOUCHED
        ), carrier.id if bound.truth is not Truth.NO else None
    adequate, interest, safeguards = (
        test(case, view, leg) for test in (adequate_level, national_derogation, approved_safeguards)
    )
    findings += [adequate, interest, safeguards]
    gateways = (
        FREE.where(adequate.truth, otherwise=CLOSED)
        .or_else(Possible.only(Outcome.PERMITTED_WITH_CONDITIONS).where(safeguards.truth, otherwise=CLOSED))
        .or_else(Possible.only(Outcome.PERMITTED_DEROGATION_ONLY).where(interest.truth, otherwise=CLOSED))
    )
    return gateways.where(bound.truth, otherwise=UNTOUCHED), None


def _conclusion(possible: Possible, findings: list[Finding], carried_by: str | None = None) -> RegimeConclusion:
    if any(found.conditions for found in findings):
        possible = Possible(
            frozenset(
                max(o, Outcome.PERMITTED_WITH_CONDITIONS) if o is Outcome.PERMITTED else o for o in possible.outcomes
            )
        )
    return RegimeConclusion(REGIME, NAME, True, possible, tuple(findings), carried_by=carried_by)


def _party(view: View, place_id: str | None, kind: str = "unknown") -> Finding:
    """Being a Party. Organisations and bodies of the Union are none: accession of the Union is not in force."""
    place = view.places.get(place_id or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not given.")))
    if place.kind in (PlaceKind.INTERNATIONAL_ORGANISATION, PlaceKind.EU_BODY) or kind == "international_organisation":
        return Finding(
            Truth.NO,
            say(_("{place} is an organisation and not a Party."), place=PlaceName(place.id)),
            place.party_108.grounds,
        )
    return _as_finding(
        place.party_108,
        place.id,
        _("{place} is a Party to Convention 108."),
        _("{place} is not a Party to Convention 108."),
    )


def _as_finding(standing: Standing, place: str | None, yes: str, no: str) -> Finding:
    name = PlaceName(place or "")
    if standing.truth is Truth.UNKNOWN:
        question = Question(
            f"treaty:{place or 'exporter'}",
            say(_("Check with the Treaty Office whether {place} is bound on that day."), place=name),
            "registry",
        )
        return Finding(
            Truth.UNKNOWN,
            say(_("It is not established whether {place} is bound."), place=name),
            standing.grounds,
            (question,),
        )
    return Finding(standing.truth, say(yes if standing.truth is Truth.YES else no, place=name), standing.grounds)


def _bound_by_108plus(view: View, place: str | None) -> Standing:
    found = view.places.get(place or "")
    return found.party_108plus if found else Standing(Truth.UNKNOWN)


def _answered(case: Case, criterion: str, question: str) -> Finding:
    """A fact that only the exporter or its authority can establish: open until answered."""
    truth = case.answer(criterion)
    if truth is Truth.UNKNOWN:
        return Finding(
            truth, say(_("This has not been established.")), questions=(Question(criterion, say(question), "counsel"),)
        )
    conditions = to_document(case, criterion) if truth is Truth.YES else ()
    return Finding(truth, say(_("Answered by the exporter.")), conditions=conditions)


def _claimed(case: Case, criterion: str) -> Finding:
    """A gateway that is not relied on unless the route says so."""
    if not case.claims(criterion):
        return Finding(Truth.NO, say(_("The route does not rely on this gateway.")))
    return _answered(case, criterion, _("Is this gateway open, and which text or decision says so?"))
