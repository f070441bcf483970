"""The sub-criteria of the four European Essential Guarantees (EDPB Recommendations 02/2020), one rule each.

They refine a head where our record rates them, or where the route answers them. Neither is needed: a head may be
rated, and answered, as a whole.
"""

from __future__ import annotations

from country_reports.facts import Truth
from country_reports.guarantees import Criterion, Head
from transfers.case import Case, Leg
from transfers.finding import Finding, PlaceName, Sentence, _, say
from transfers.law.answers import to_document
from transfers.law.parts_of_a_head import Parts, answered_in, parts_of
from transfers.law.ratings import cited_authority
from transfers.law.rule import Rule, rule
from transfers.law.situation import remembered
from transfers.view import PlaceView, View


@rule(
    "edpb-02-2020.A1",
    "edpb-02-2020:A1",
    _("Is the legal basis of access public, accessible and binding in domestic law?"),
)
def public_basis(case: Case, view: View, leg: Leg) -> Finding:
    """A1: a public, accessible legal basis, binding in domestic law.

    CJEU C-311/18, para 175; C-623/17, paras 65 and 68; ECtHR Zakharov, paras 228-231.
    """
    return _found(Criterion.A1, case, view, leg)


@rule("edpb-02-2020.A2", "edpb-02-2020:A2", _("Does the law itself say how far the power goes and against whom?"))
def scope_in_the_law(case: Case, view: View, leg: Leg) -> Finding:
    """A2: the law itself states the scope of the power and who may be targeted.

    CJEU C-311/18, paras 176 and 180; ECtHR Weber, para 95; Zakharov, paras 231 and 243-249.
    """
    return _found(Criterion.A2, case, view, leg)


@rule("edpb-02-2020.A3", "edpb-02-2020:A3", _("Is the duration of a measure limited?"))
def limited_duration(case: Case, view: View, leg: Leg) -> Finding:
    """A3: limits on the duration of a measure.

    ECtHR Weber, para 95; Zakharov, paras 250-252; Big Brother Watch, para 361(6).
    """
    return _found(Criterion.A3, case, view, leg)


@rule("edpb-02-2020.A4", "edpb-02-2020:A4", _("Are there rules on examining, using and storing the data?"))
def rules_on_use(case: Case, view: View, leg: Leg) -> Finding:
    """A4: a procedure for examining, using and storing the data.

    ECtHR Weber, para 95; Big Brother Watch, para 361(4).
    """
    return _found(Criterion.A4, case, view, leg)


@rule("edpb-02-2020.A5", "edpb-02-2020:A5", _("Are there rules on sharing the data with other bodies or States?"))
def rules_on_sharing(case: Case, view: View, leg: Leg) -> Finding:
    """A5: rules on sharing with other bodies and States.

    ECtHR Weber, para 95; Big Brother Watch, paras 361(5) and 362.
    """
    return _found(Criterion.A5, case, view, leg)


@rule("edpb-02-2020.A6", "edpb-02-2020:A6", _("Are there rules on erasing the data?"))
def rules_on_erasure(case: Case, view: View, leg: Leg) -> Finding:
    """A6: rules on erasure.

    ECtHR Weber, para 95; Zakharov, paras 253-255; Big Brother Watch, para 361(6).
    """
    return _found(Criterion.A6, case, view, leg)


@rule(
    "edpb-02-2020.A7",
    "edpb-02-2020:A7",
    _("Can the rights that the law gives be enforced against authorities in court?"),
)
def actionable_rights(case: Case, view: View, leg: Leg) -> Finding:
    """A7: the rights created are actionable against authorities in court.

    CJEU C-311/18, paras 181-182.
    """
    return _found(Criterion.A7, case, view, leg)


@rule("edpb-02-2020.A8", "edpb-02-2020:A8", _("Can people foresee when and how data may be taken, without secret law?"))
def foreseeable(case: Case, view: View, leg: Leg) -> Finding:
    """A8: foreseeable consequences, no secret law.

    ECtHR Malone; Zakharov, para 229.
    """
    return _found(Criterion.A8, case, view, leg)


@rule(
    "edpb-02-2020.B1",
    "edpb-02-2020:B1",
    _("Does the law state a legitimate aim, and tell serious crime from national security?"),
)
def legitimate_aim(case: Case, view: View, leg: Leg) -> Finding:
    """B1: a legitimate aim is stated, serious crime and national security are told apart.

    CJEU C-511/18, paras 131-136; C-203/15, para 102.
    """
    return _found(Criterion.B1, case, view, leg)


@rule(
    "edpb-02-2020.B2",
    "edpb-02-2020:B2",
    _("Is access limited by objective criteria that link the person with the aim?"),
)
def objective_criteria(case: Case, view: View, leg: Leg) -> Finding:
    """B2: access is limited by objective criteria that link the person with the aim.

    CJEU C-293/12, paras 57-62; C-203/15, paras 119-120; C-362/14, para 93.
    """
    return _found(Criterion.B2, case, view, leg)


@rule(
    "edpb-02-2020.B3",
    "edpb-02-2020:B3",
    _("Is general and indiscriminate access to data, or transmission of data, excluded?"),
)
def no_general_access(case: Case, view: View, leg: Leg) -> Finding:
    """B3: no general and indiscriminate access to data or transmission of data.

    CJEU C-362/14, paras 93-94; C-623/17, paras 80-82; C-311/18, para 183.
    """
    return _found(Criterion.B3, case, view, leg)


@rule("edpb-02-2020.B4", "edpb-02-2020:B4", _("Is generalised access to the content of communications excluded?"))
def no_general_access_to_content(case: Case, view: View, leg: Leg) -> Finding:
    """B4: access to content on a generalised basis is excluded, as it touches the essence of the right.

    CJEU C-362/14, para 94.
    """
    return _found(Criterion.B4, case, view, leg)


@rule(
    "edpb-02-2020.B5",
    "edpb-02-2020:B5",
    _("Is interception in bulk, if there is any, under safeguards from end to end?"),
)
def bulk_safeguards(case: Case, view: View, leg: Leg) -> Finding:
    """B5: bulk interception only with safeguards at each stage; core where a law of bulk collection is rated.

    ECtHR Big Brother Watch (Grand Chamber), paras 350 and 361; Centrum för Rättvisa (Grand Chamber), para 275.
    """
    return _found(Criterion.B5, case, view, leg)


@rule(
    "edpb-02-2020.B6",
    "edpb-02-2020:B6",
    _("Must there be reasonable suspicion or a sufficient factual basis, and strict necessity?"),
)
def reasonable_suspicion(case: Case, view: View, leg: Leg) -> Finding:
    """B6: reasonable suspicion or a sufficient factual basis for targeting, and strict necessity.

    ECtHR Zakharov, paras 260-262; Szabó and Vissy, paras 71-73.
    """
    return _found(Criterion.B6, case, view, leg)


@rule("edpb-02-2020.B7", "edpb-02-2020:B7", _("Are retention and later use of the data limited?"))
def limited_retention(case: Case, view: View, leg: Leg) -> Finding:
    """B7: retention periods and later use are limited.

    CJEU C-293/12, paras 63-65; C-511/18, paras 132 and 138.
    """
    return _found(Criterion.B7, case, view, leg)


@rule(
    "edpb-02-2020.B8",
    "edpb-02-2020:B8",
    _("Is there no general duty to weaken encryption or to hand over the means of decryption?"),
)
def no_weakened_encryption(case: Case, view: View, leg: Leg) -> Finding:
    """B8: no general duty to weaken encryption or to hand over the means of decryption.

    ECtHR Podchasov, paras 76-79.
    """
    return _found(Criterion.B8, case, view, leg)


@rule("edpb-02-2020.B9", "edpb-02-2020:B9", _("Are people abroad and non-nationals protected too?"))
def foreigners_protected(case: Case, view: View, leg: Leg) -> Finding:
    """B9: non-nationals and persons abroad are protected too.

    CJEU C-311/18, paras 180-183.
    """
    return _found(Criterion.B9, case, view, leg)


@rule("edpb-02-2020.C1", "edpb-02-2020:C1", _("Does a court or an independent body authorise access beforehand?"))
def prior_authorisation(case: Case, view: View, leg: Leg) -> Finding:
    """C1: prior authorisation by a court or an independent administrative body, in urgent cases a prompt review.

    CJEU C-203/15, para 120; C-511/18, para 189; C-746/18, paras 51-54; ECtHR Szabó and Vissy, para 77.
    """
    return _found(Criterion.C1, case, view, leg)


@rule(
    "edpb-02-2020.C2",
    "edpb-02-2020:C2",
    _("Can whoever authorises check suspicion, necessity and proportion in the single case?"),
)
def authoriser_checks_the_case(case: Case, view: View, leg: Leg) -> Finding:
    """C2: the authorising body can check suspicion, necessity and proportionality in the single case.

    ECtHR Zakharov, paras 257-263.
    """
    return _found(Criterion.C2, case, view, leg)


@rule(
    "edpb-02-2020.C3",
    "edpb-02-2020:C3",
    _("Is there ongoing oversight that is independent of the executive and of the services?"),
)
def independent_supervision(case: Case, view: View, leg: Leg) -> Finding:
    """C3: an ongoing oversight body, independent of the executive and of those who carry out surveillance.

    ECtHR Klass, paras 55-56; Zakharov, paras 275-281.
    """
    return _found(Criterion.C3, case, view, leg)


@rule(
    "edpb-02-2020.C4",
    "edpb-02-2020:C4",
    _("Has oversight sufficient powers, with access to closed files and with effect?"),
)
def powers_of_oversight(case: Case, view: View, leg: Leg) -> Finding:
    """C4: sufficient powers, access to files including closed material, binding or effective consequences.

    ECtHR Zakharov, paras 281-282; Big Brother Watch, paras 356-359.
    """
    return _found(Criterion.C4, case, view, leg)


@rule("edpb-02-2020.C5", "edpb-02-2020:C5", _("Is oversight open to public scrutiny?"))
def public_scrutiny(case: Case, view: View, leg: Leg) -> Finding:
    """C5: public scrutiny, such as published reports.

    ECtHR Zakharov, para 283.
    """
    return _found(Criterion.C5, case, view, leg)


@rule("edpb-02-2020.C6", "edpb-02-2020:C6", _("Does oversight work in practice, with the means it needs?"))
def oversight_works(case: Case, view: View, leg: Leg) -> Finding:
    """C6: oversight functions in practice and has the means it needs.

    EDPB Recommendations 02/2020, guarantee C; sources on practice.
    """
    return _found(Criterion.C6, case, view, leg)


@rule("edpb-02-2020.D1", "edpb-02-2020:D1", _("Can the person turn to an independent and impartial body?"))
def independent_body_for_redress(case: Case, view: View, leg: Leg) -> Finding:
    """D1: the individual can turn to an independent and impartial body, a court or its equal.

    CJEU C-362/14, para 95; C-311/18, paras 187-189 and 194.
    """
    return _found(Criterion.D1, case, view, leg)


@rule("edpb-02-2020.D2", "edpb-02-2020:D2", _("Can that body bind intelligence services and police?"))
def binding_decisions(case: Case, view: View, leg: Leg) -> Finding:
    """D2: that body can adopt decisions that bind intelligence services and police.

    CJEU C-311/18, paras 195-197.
    """
    return _found(Criterion.D2, case, view, leg)


@rule("edpb-02-2020.D3", "edpb-02-2020:D3", _("Is the person told in the end, or is a remedy open without being told?"))
def told_or_open(case: Case, view: View, leg: Leg) -> Finding:
    """D3: notification once it no longer harms the task, or a remedy open without prior notification.

    CJEU C-203/15, para 121; C-511/18, paras 190-191; ECtHR Szabó and Vissy, para 86; Zakharov, paras 286-300; Kennedy, para 167.
    """
    return _found(Criterion.D3, case, view, leg)


@rule("edpb-02-2020.D4", "edpb-02-2020:D4", _("Can access, rectification and erasure be obtained?"))
def access_and_erasure(case: Case, view: View, leg: Leg) -> Finding:
    """D4: access, rectification and erasure can be obtained.

    CJEU C-362/14, para 95; C-311/18, para 194.
    """
    return _found(Criterion.D4, case, view, leg)


@rule(
    "edpb-02-2020.D5",
    "edpb-02-2020:D5",
    _("Have people abroad standing, without a burden of proof they cannot meet?"),
)
def standing_of_foreigners(case: Case, view: View, leg: Leg) -> Finding:
    """D5: standing for foreigners abroad, no insurmountable burden of proof.

    CJEU C-311/18, paras 191-192; ECtHR Big Brother Watch, para 359.
    """
    return _found(Criterion.D5, case, view, leg)


@rule(
    "edpb-02-2020.D6",
    "edpb-02-2020:D6",
    _("Is the procedure fair, with reasons, and with compensation or an end to the measure?"),
)
def fair_procedure(case: Case, view: View, leg: Leg) -> Finding:
    """D6: a fair procedure, reasons, compensation or an end to the measure.

    ECtHR Kennedy, para 190; Big Brother Watch, para 359.
    """
    return _found(Criterion.D6, case, view, leg)


SUB_CRITERIA: dict[Criterion, Rule] = {
    Criterion.A1: public_basis,
    Criterion.A2: scope_in_the_law,
    Criterion.A3: limited_duration,
    Criterion.A4: rules_on_use,
    Criterion.A5: rules_on_sharing,
    Criterion.A6: rules_on_erasure,
    Criterion.A7: actionable_rights,
    Criterion.A8: foreseeable,
    Criterion.B1: legitimate_aim,
    Criterion.B2: objective_criteria,
    Criterion.B3: no_general_access,
    Criterion.B4: no_general_access_to_content,
    Criterion.B5: bulk_safeguards,
    Criterion.B6: reasonable_suspicion,
    Criterion.B7: limited_retention,
    Criterion.B8: no_weakened_encryption,
    Criterion.B9: foreigners_protected,
    Criterion.C1: prior_authorisation,
    Criterion.C2: authoriser_checks_the_case,
    Criterion.C3: independent_supervision,
    Criterion.C4: powers_of_oversight,
    Criterion.C5: public_scrutiny,
    Criterion.C6: oversight_works,
    Criterion.D1: independent_body_for_redress,
    Criterion.D2: binding_decisions,
    Criterion.D3: told_or_open,
    Criterion.D4: access_and_erasure,
    Criterion.D5: standing_of_foreigners,
    Criterion.D6: fair_procedure,
}


def spoken_of(head: Head, case: Case, view: View, leg: Leg) -> tuple[Finding, ...]:
    """The findings on those sub-criteria of a head of which the record or the route speaks."""
    return tuple(SUB_CRITERIA[criterion](case, view, leg) for criterion in _spoken_of(case, view, leg, head))


@remembered
def _spoken_of(case: Case, view: View, leg: Leg, head: Head) -> tuple[Criterion, ...]:
    place = view.places.get(leg.place or "")
    if place is None:
        return ()
    rated = any(rating.record.criteria for rating in place.guarantees if rating.record.head is head)
    if not rated and not answered_in(head, case, leg):
        return ()
    return parts_of(head, case, view, leg, place).spoken_of


def _found(criterion: Criterion, case: Case, view: View, leg: Leg) -> Finding:
    """One sub-criterion as rated for the laws that decide the head and, where they leave it open, as answered."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not known.")))
    parts = parts_of(criterion.head, case, view, leg, place)
    truth = parts.truth_of(criterion)
    if parts.rests_on_answer(criterion):
        answered = leg.criterion(f"edpb-02-2020:{criterion}")
        because = say(_("As counsel assessed it for this transfer, answered by the exporter."))
        return Finding(truth, because, conditions=to_document(case, answered) if truth is Truth.YES else ())
    return Finding(truth, _rated(truth, criterion, parts, place), parts.grounds_of(criterion))


def _rated(truth: Truth, criterion: Criterion, parts: Parts, place: PlaceView) -> Sentence:
    """What the record says of a sub-criterion."""
    where = PlaceName(place.id)
    if truth is Truth.YES:
        return say(_("Rated as met in {place} for every law that reaches this recipient."), place=where)
    if truth is Truth.NO:
        authority = cited_authority(criterion.head, place)
        return say(_("Rated as not met in {place} ({authority})."), place=where, authority=authority)
    return say(
        _(
            "Open in {place}: rated as only partly met or unclear, by us alone as not met, or not for every law that reaches this recipient."
        ),
        place=where,
    )
