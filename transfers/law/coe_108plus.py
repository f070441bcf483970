"""Convention 108+, article 14, as a benchmark: the standard applied to every route, whether or not it is in force.

States that have ratified CETS 223 by the day are taken as Parties, and so is the exporter's State. The
result stands beside the outcome and never changes it.
"""

from __future__ import annotations

from country_reports.facts import Standing, Truth, all_of, any_of
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, LegConclusion, Outcome, PlaceName, Possible, Question, RegimeConclusion, _, say
from transfers.law import eu_gdpr
from transfers.law.essential_equivalence import equivalence, guarantees_hold, holds
from transfers.law.rule import Rule, rule
from transfers.view import ToolView, View

REGIME = "coe-108plus"
NAME = "Convention 108+, article 14 (benchmark)"

FREE = Possible.only(Outcome.PERMITTED)
CLOSED = Possible.only(Outcome.NOT_PERMITTED)
SAFEGUARDED = Possible.only(Outcome.PERMITTED_WITH_CONDITIONS)
DEROGATED = Possible.only(Outcome.PERMITTED_DEROGATION_ONLY)


# --- Article 14(1): between Parties -------------------------------------------------------------------------------


@rule("coe-108plus.free_flow", "coe-108plus:14(1)", _("Is the recipient under the jurisdiction of a State that has ratified Convention 108+?"))
def free_flow(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), first sentence: between Parties, no ban or special authorisation for the sole purpose of data protection."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")))
    if place.kind in (PlaceKind.INTERNATIONAL_ORGANISATION, PlaceKind.EU_BODY) or leg.kind == "international_organisation":
        return Finding(Truth.NO, say(_("{place} is an organisation and not a Party."), place=PlaceName(place.id)), place.ratified_108plus.grounds)
    return _ratification(place.ratified_108plus, place.id)


@rule("coe-108plus.circumvention", "coe-108plus:14(1)-circumvention", _("Has the exporter's State restricted this flow because it would circumvent the Convention?"), favours=Truth.NO)
def circumvention(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), second sentence: a power of the Party where there is a real and serious risk of circumvention (explanatory report, para 106)."""
    criterion = "coe-108plus:14(1)-circumvention"
    if not case.claims(criterion):
        return Finding(Truth.NO, say(_("The exception is a power of the exporter's State; no use of it is recorded.")))
    truth = case.answer(criterion)
    questions = (Question(criterion, say(_("Has the authority of the exporter's State invoked this exception for this flow?")), "counsel"),)
    return Finding(truth, say(_("Answered by the exporter.")), questions=questions if truth is Truth.UNKNOWN else ())


@rule("coe-108plus.regional_rules", "coe-108plus:14(1)-regional", _("Is the exporter bound by harmonised rules of a regional organisation?"), favours=None)
def regional_rules(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), third sentence: exporters bound by harmonised rules shared by States of a regional organisation follow those."""
    harmonised = [binding for binding in view.regimes if binding.record.regime.startswith("eu-")]
    grounds = tuple(binding.ground for binding in harmonised)
    if harmonised:
        return Finding(Truth.YES, say(_("The exporter is bound by the rules of the Union, which decide: {regime}."), regime=harmonised[0].record.name), grounds)
    return Finding(Truth.NO, say(_("The exporter is not bound by harmonised rules of a regional organisation.")))


# --- Article 14(2)-(3): to a non-Party -----------------------------------------------------------------------------


@rule("coe-108plus.appropriate_level", "coe-108plus:14(2)", _("Is an appropriate level of protection, based on the Convention, secured for this transfer?"))
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


@rule("coe-108plus.law", "coe-108plus:14(3)(a)", _("Does the law of the recipient's State, its treaties included, secure the level?"))
def law_of_destination(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(a); explanatory report, paras 109-110: judged for this transfer, by type of data, purpose, rule of law and the law there.

    A finding of adequacy by the exporter's own issuer counts; one made for others is only evidence.
    """
    criterion = "coe-108plus:14(3)(a)"
    if any(binding.record.regime == eu_gdpr.REGIME for binding in view.regimes):
        decision = eu_gdpr.adequacy(case, view, leg)
        if decision.truth is Truth.YES:
            return Finding(Truth.YES, say(_("A finding of adequacy made for this exporter covers the transfer.")), decision.grounds, conditions=decision.conditions)
    truth = case.answer(criterion)
    if truth is not Truth.UNKNOWN:
        return Finding(truth, say(_("Answered by the exporter.")))
    if guarantees_hold(case, view, leg) is Truth.NO:
        return Finding(Truth.NO, say(_("An authority has found that access by authorities in {place} falls short."), place=PlaceName(leg.place or "")))
    question = Question(criterion, say(_("Does the law of {place} contain and apply the elements of the Convention for these data: rights, an independent "
                                         "authority, redress, limits on access by authorities, rules on onward flows?"), place=PlaceName(leg.place or "")), "counsel")  # fmt: skip
    return Finding(truth, say(_("No assessment of the law of {place} against the elements of the Convention is on file."), place=PlaceName(leg.place or "")), questions=(question,))


@rule("coe-108plus.safeguards_approved", "coe-108plus:14(3)(b)", _("Are there ad hoc or approved standardised safeguards?"))
def safeguards_relied_on(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): ad hoc safeguards, or standardised ones approved by an authority or by law."""
    if case.mechanisms is None:
        question = Question("mechanisms", say(_("On which safeguards does the exporter rely, and when were they signed?")), "exporter")
        return Finding(Truth.UNKNOWN, say(_("The route does not say on which safeguards it relies.")), questions=(question,))
    tools = _clause_tools(case, view)
    if not tools:
        return Finding(Truth.NO, say(_("The route relies on no clauses.")))
    return Finding(Truth.YES, say(_("The route relies on {tools}."), tools=tuple(tool.tool.id for tool in tools)), tuple(tool.ground for tool in tools))


@rule("coe-108plus.binding", "coe-108plus:14(3)(b)-binding", _("Are the safeguards legally binding on that day?"))
def binding_instrument(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): legally binding instruments; a draft or a withdrawn set binds nobody."""
    claims = {mechanism.tool: mechanism for mechanism in case.mechanisms or ()}
    truths = [claims[tool.tool.id].signed & claims[tool.tool.id].in_time & Truth.of(tool.ground.role == "supports") for tool in _clause_tools(case, view)]
    truth = any_of(*truths)
    questions = (Question("mechanisms.signed", say(_("Are the safeguards signed, by whom and when?")), "exporter"),)
    return Finding(truth, say(_SIGNED[truth]), questions=questions if truth is Truth.UNKNOWN else ())


_SIGNED = {
    Truth.YES: _("The safeguards are signed and in force."),
    Truth.NO: _("No safeguards are signed and in force."),
    Truth.UNKNOWN: _("It is not known whether the safeguards are signed and in force."),
}


@rule("coe-108plus.enforceable", "coe-108plus:14(3)(b)-enforceable", _("Can the data subject enforce the safeguards?"))
def enforceable(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): enforceable instruments; explanatory report, para 111: also by the data subject."""
    rights = any_of(*(Truth(tool.tool.clause_set.third_party_rights) for tool in _clause_tools(case, view)))
    return _element(case, "coe-108plus:14(3)(b)-enforceable", rights, _("Which rights can the data subject enforce under the safeguards, before which court?"))


@rule("coe-108plus.adopted", "coe-108plus:14(3)(b)-adopted", _("Have all involved in the transfer and in further processing adopted the safeguards?"))
def adopted_by_all(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): adopted by the persons involved in the transfer and further processing, onward recipients too."""
    steps = {"joined_clauses": Truth.YES, "equivalent_safeguards": Truth.YES, "same_importer": Truth.YES, "none": Truth.NO}
    joined = all_of(*(steps.get(other.terms, Truth.UNKNOWN) for other in case.legs[1:]))
    return _element(case, "coe-108plus:14(3)(b)-adopted", joined, _("Has every further recipient adopted the safeguards?"))


@rule("coe-108plus.implemented", "coe-108plus:14(3)(b)-implemented", _("Are the safeguards put into practice?"))
def implemented(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(3)(b): adopted and implemented; a signature alone is not enough."""
    return _element(case, "coe-108plus:14(3)(b)-implemented", Truth.UNKNOWN, _("How has the recipient put the safeguards into practice, and what shows it?"))


@rule("coe-108plus.content", "coe-108plus:14(3)(b)-content", _("Do the safeguards cover the relevant protection elements of the Convention?"))
def content(case: Case, view: View, leg: Leg) -> Finding:
    """Explanatory report, para 111: the relevant elements of data protection. A set approved under a law that carries out the Convention is taken to do so."""
    own = {binding.record.regime for binding in view.regimes} | {REGIME}
    approved = any_of(*(Truth.of(bool(own.intersection(_regimes(tool)))) for tool in _clause_tools(case, view)))
    known = Truth.YES if approved is Truth.YES else Truth.UNKNOWN
    return _element(case, "coe-108plus:14(3)(b)-content", known, _("Do the safeguards cover rights, purpose, security, onward flows, redress and contact point?"))


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


# --- Article 14(4): derogations -------------------------------------------------------------------------------------


@rule("coe-108plus.consent", "coe-108plus:14(4)(a)", _("Has the data subject consented explicitly, specifically and freely, knowing the risks?"))
def consent(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(a): explicit, specific and free consent after information on the risks. Acceptance of terms is none."""
    if case.ocsea is not None and case.ocsea.lawful_basis == "consent_by_terms":
        return Finding(Truth.NO, say(_("Acceptance of terms of service is not free and specific consent.")))
    return _derogation(case, "coe-108plus:14(4)(a)", ("adopted", "explicit", "specific", "free", "informed"))


@rule("coe-108plus.interests", "coe-108plus:14(4)(b)", _("Do specific interests of the data subject require it in this case?"))
def interests_of_the_person(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(b): the specific interests of the data subject require it in the particular case."""
    return _derogation(case, "coe-108plus:14(4)(b)", ("adopted", "required_in_this_case"))


@rule("coe-108plus.public_interest", "coe-108plus:14(4)(c)", _("Does a law provide for it, for a prevailing legitimate interest, necessarily and proportionately?"))
def prevailing_interests(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(c): prevailing legitimate interests provided for by law, necessary and proportionate in a democratic society."""
    return _derogation(case, "coe-108plus:14(4)(c)", ("adopted", "provided_by_law", "necessary", "proportionate"))


@rule("coe-108plus.expression", "coe-108plus:14(4)(d)", _("Is it necessary and proportionate for freedom of expression?"))
def freedom_of_expression(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(d): a necessary and proportionate measure for freedom of expression."""
    return _derogation(case, "coe-108plus:14(4)(d)", ("adopted", "necessary", "proportionate"))


# --- Article 14(5)-(6): duties towards the authority ------------------------------------------------------------------


@rule("coe-108plus.inform", "coe-108plus:14(5)", _("What must the supervisory authority be told?"), favours=None)
def inform_authority(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(5): all relevant information on transfers under (3)(b); on request, under (4)(b) and (c)."""
    condition = Condition("inform_authority_14_5", say(_("Keep all relevant information on the safeguards, recipients and reasons ready for the supervisory authority before the first transfer.")), "coe-108plus:14(5)")
    return Finding(Truth.YES, say(_("Transfers on safeguards, or on interests under (4)(b) and (c), are to be accounted for to the authority.")), conditions=(condition,))


@rule("coe-108plus.demonstrate", "coe-108plus:14(6)", _("Can the exporter demonstrate that the safeguards work, or that the interest prevails?"), favours=None)
def demonstrate(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(6): on request, demonstrate effectiveness or the prevailing interest; the authority may prohibit, suspend or attach conditions."""
    condition = Condition("demonstrate_14_6", say(_("Keep evidence that each safeguard works, or that the interest prevails: the authority may ask for it and may prohibit or suspend the transfer.")), "coe-108plus:14(6)")
    return Finding(Truth.YES, say(_("The authority may ask for a demonstration, and may prohibit, suspend or attach conditions.")), conditions=(condition,))


@rule("coe-108plus.status", "coe-108plus:37(3)", _("Is Convention 108+ in force, or applied provisionally by the exporter's State?"), favours=None)
def status(case: Case, view: View, leg: Leg) -> Finding:
    """CETS 223, art. 37: in force, or applied provisionally by declaration; reported, never binding by itself."""
    force = view.cets_223_in_force
    exporter = view.places.get(case.exporter or "")
    provisional = exporter.provisional_108plus if exporter else Standing(Truth.UNKNOWN)
    if force.truth is Truth.YES:
        return Finding(Truth.YES, say(_("Convention 108+ is in force.")), force.grounds)
    if provisional.truth is Truth.YES:
        because = say(_("Convention 108+ is not in force; {place} has declared that it applies it provisionally. Read here as a benchmark."), place=PlaceName(case.exporter or ""))
        return Finding(Truth.NO, because, (*force.grounds, *provisional.grounds))
    return Finding(Truth.NO, say(_("Convention 108+ is not in force on that day. Read here as a benchmark.")), force.grounds)


DEROGATIONS: tuple[Rule, ...] = (consent, interests_of_the_person, prevailing_interests, freedom_of_expression)


def conclude(case: Case, view: View, carrier: RegimeConclusion | None) -> RegimeConclusion:
    """The benchmark reading of article 14 for the route, leg by leg."""
    first = case.importer
    findings = [status(case, view, first)]
    regional = regional_rules(case, view, first)
    findings.append(regional)
    possible = _leg(case, view, first, carrier, regional.truth, findings)
    legs = [LegConclusion(first.number, possible.outcome)]
    for leg in case.legs[1:]:
        further = _leg(case, view, leg, carrier, regional.truth, findings)
        legs.append(LegConclusion(leg.number, further.outcome))
        possible = possible.and_also(further)
    if case.exporter is None or first.place is None or first.role == "unknown":
        possible = possible.either(CLOSED).either(FREE)
    if any(found.conditions for found in findings if found.rule == "coe-108plus.free_flow"):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return RegimeConclusion(REGIME, NAME, False, possible, tuple(findings), tuple(legs), carried_by=_carried(carrier, regional, findings))


def _carried(carrier: RegimeConclusion | None, regional: Finding, findings: list[Finding]) -> str | None:
    between = any(found.rule == "coe-108plus.free_flow" and found.truth is not Truth.NO for found in findings)
    return carrier.id if carrier is not None and regional.truth is Truth.YES and between else None


def _leg(case: Case, view: View, leg: Leg, carrier: RegimeConclusion | None, regional: Truth, findings: list[Finding]) -> Possible:
    party, restricted = free_flow(case, view, leg), circumvention(case, view, leg)
    findings += [party, restricted]
    between = FREE
    if regional is Truth.YES:
        between = carrier.possible if carrier is not None else FREE.either(CLOSED)
    between = between.where(~restricted.truth, otherwise=CLOSED)
    if party.truth is Truth.YES:
        return between
    return between.where(party.truth, otherwise=_to_a_non_party(case, view, leg, findings))


def _to_a_non_party(case: Case, view: View, leg: Leg, findings: list[Finding]) -> Possible:
    """Article 14(2): by law, else by safeguards, else by derogation."""
    level, law = appropriate_level(case, view, leg), law_of_destination(case, view, leg)
    findings += [level, law]
    if law.truth is Truth.YES:
        return SAFEGUARDED if law.conditions else FREE
    relied_on = safeguards_relied_on(case, view, leg)
    derogations = tuple(test(case, view, leg) for test in DEROGATIONS)
    findings += [relied_on, *derogations]
    by_safeguards = CLOSED
    if relied_on.truth is not Truth.NO:
        by_safeguards = _by_safeguards(case, view, leg, relied_on, findings)
    if _accountable(relied_on, derogations):
        findings += [inform_authority(case, view, leg), demonstrate(case, view, leg)]
    return FREE.where(law.truth, otherwise=CLOSED).or_else(by_safeguards).or_else(_by_derogation(case, derogations))


def _by_safeguards(case: Case, view: View, leg: Leg, relied_on: Finding, findings: list[Finding]) -> Possible:
    """Article 14(3)(b): every element, and law and practice that leave the safeguards effective."""
    result = equivalence(case, view, leg)
    elements = tuple(test(case, view, leg) for test in _ELEMENTS[1:])
    findings += [*elements, not_neutralised(case, view, leg), *result.findings]
    met = all_of(relied_on.truth, *(element.truth for element in elements))
    return result.possible.and_also(SAFEGUARDED).where(met, otherwise=CLOSED)


_ELEMENTS = (safeguards_relied_on, binding_instrument, enforceable, adopted_by_all, implemented, content)


def _by_derogation(case: Case, derogations: tuple[Finding, ...]) -> Possible:
    """Derogations are read narrowly: flows that are systematic are contested under (b) to (d)."""
    by_consent = DEROGATED.where(derogations[0].truth, otherwise=CLOSED)
    others = any_of(*(found.truth for found in derogations[1:]))
    narrow = {"systematic": Possible.only(Outcome.CONTESTED), "unknown": DEROGATED.either(Possible.only(Outcome.CONTESTED))}
    return by_consent.or_else(narrow.get(case.frequency, DEROGATED).where(others, otherwise=CLOSED))


def _accountable(relied_on: Finding, derogations: tuple[Finding, ...]) -> bool:
    return relied_on.truth is not Truth.NO or any(found.truth is not Truth.NO for found in derogations[1:3])


def _safeguards_hold(case: Case, view: View, leg: Leg) -> Truth:
    return all_of(*(test(case, view, leg).truth for test in _ELEMENTS), holds(equivalence(case, view, leg)))


def _ratification(standing: Standing, place: str) -> Finding:
    name = PlaceName(place)
    if standing.truth is Truth.YES:
        return Finding(Truth.YES, say(_("{place} has ratified Convention 108+ and is taken as a Party."), place=name), standing.grounds)
    if standing.truth is Truth.NO:
        return Finding(Truth.NO, say(_("{place} has not ratified Convention 108+."), place=name), standing.grounds)
    question = Question(f"treaty:cets-223.{place}", say(_("Check with the Treaty Office whether {place} has ratified CETS 223."), place=name), "registry")
    return Finding(Truth.UNKNOWN, say(_("It is not established whether {place} has ratified Convention 108+."), place=name), standing.grounds, (question,))


def _clause_tools(case: Case, view: View) -> tuple[ToolView, ...]:
    return tuple(view.tools[mechanism.tool] for mechanism in case.mechanisms or () if mechanism.tool in view.tools)


def _regimes(tool: ToolView) -> set[str]:
    return set(tool.tool.clause_set.regimes).union(*(adaptation.regimes for adaptation in tool.tool.adaptations))


def _element(case: Case, criterion: str, known: Truth, question: str) -> Finding:
    """One element of 14(3)(b): as the record of the clauses says, or as answered."""
    truth = case.answer(criterion) if case.claims(criterion) else known
    if truth is Truth.YES:
        return Finding(truth, say(_("Met, by the clauses relied on or as answered.")))
    if truth is Truth.NO:
        return Finding(truth, say(_("Not met.")))
    return Finding(truth, say(_("Not established.")), questions=(Question(criterion, say(question), "exporter"),))


def _derogation(case: Case, provision: str, tests: tuple[str, ...]) -> Finding:
    """A derogation counts only where the route claims it; each of its tests is then a fact to be shown."""
    if all(mechanism.tool != provision for mechanism in case.mechanisms or ()):
        return Finding(Truth.NO, say(_("The route does not rely on this derogation.")))
    truths = {test: case.answer(f"{provision}.{test}") for test in tests}
    truth = all_of(*truths.values())
    questions = tuple(
        Question(f"{provision}.{test}", say(_("Is this test of {provision} met: {test}?"), provision=provision, test=test.replace("_", " ")), "counsel")
        for test in tests
        if truths[test] is Truth.UNKNOWN
    )
    return Finding(truth, say(_DEROGATION[truth]), questions=questions if truth is Truth.UNKNOWN else ())


_DEROGATION = {
    Truth.YES: _("Every test of this derogation is answered with yes."),
    Truth.NO: _("A test of this derogation is not met."),
    Truth.UNKNOWN: _("Not every test of this derogation is answered."),
}
