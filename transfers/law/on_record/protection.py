"""What a tool is measured against at a place, where the exporter's law or its authority says so, and where readings differ."""

from __future__ import annotations

from dataclasses import dataclass

from country_reports.facts import Truth
from country_reports.regime import Standard
from transfers.case import Case, Leg
from transfers.finding import Finding, PlaceName, Possible, Question, _, say
from transfers.law import supplementary_measures as measures
from transfers.law.answers import to_document
from transfers.law.doctrines import Sides
from transfers.law.essential_equivalence import equivalence
from transfers.law.on_record.scope import Scope
from transfers.law.rule import record_rule
from transfers.view import RegimeView, View

DATA_PROTECTION_TEST, LIKELIHOOD = Scope("data_protection_test"), Scope("likelihood")

SIDES = {
    Standard.NOT_MATERIALLY_LOWER: Sides(wide=("ico",)),
    Standard.FOUR_GUARANTEES: Sides(narrow=("fdpic",)),
}
"""Who takes which line on a standard that authorities read differently."""

LINES = {
    Standard.NOT_MATERIALLY_LOWER: ("edpb", "ico"),
    Standard.FOUR_GUARANTEES: ("fdpic", "risk_based"),
}
"""What the narrow and the wide line on it are called."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What a tool can reach at one place: on the narrow and on the wide line, and the findings on the way."""

    narrow: Possible
    wide: Possible
    findings: tuple[Finding, ...] = ()


def protection(case: Case, view: View, leg: Leg, law: RegimeView) -> Protection:
    """By the standard of the law; where the record names none, the law's own assessment is asked for with the tool instead."""
    standard = law.record.standard
    if standard is None:
        return Protection(measures.EFFECTIVE, measures.EFFECTIVE)
    equal = equivalence(case, view, leg)
    if standard is Standard.NOT_MATERIALLY_LOWER:
        test = data_protection_test(case, view, leg, law, DATA_PROTECTION_TEST)
        considered = measures.EFFECTIVE.where(test.truth, otherwise=measures.NOT_EFFECTIVE)
        return Protection(equal.possible.and_also(considered), considered, (test, *equal.findings))
    if standard is Standard.FOUR_GUARANTEES:
        unlikely = likelihood(case, view, leg, law, LIKELIHOOD)
        wide = measures.EFFECTIVE.where(unlikely.truth, otherwise=measures.NOT_EFFECTIVE).or_else(equal.possible)
        told = (unlikely,) if unlikely.truth is not Truth.NO else ()
        return Protection(equal.possible, wide, (*told, *equal.findings))
    return Protection(equal.possible, equal.possible, equal.findings)


@record_rule(
    "on-record.data_protection_test",
    _(
        "Does the exporter, acting reasonably and proportionately, consider that protection is not materially lower there?"
    ),
)
def data_protection_test(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """UK GDPR, art. 46(1A), (6) and (7): the exporter's own test (the regulator's transfer risk assessment). Without it no tool is open."""
    criterion = leg.criterion(f"{law.id}:{part.id}")
    answer = case.answer(criterion)
    place = PlaceName(leg.place or "")
    if answer is Truth.UNKNOWN:
        asks = say(
            _(
                "Was the data protection test (transfer risk assessment) made for {place}, and is the standard not materially lower?"
            ),
            place=place,
        )
        because = say(_("The exporter's own test of the protection in {place} is not on file."), place=place)
        return Finding(answer, because, (law.ground,), (Question(criterion, asks, "exporter"),))
    if answer is Truth.NO:
        because = say(_("The exporter considers the protection in {place} materially lower."), place=place)
        return Finding(answer, because, (law.ground,))
    contested = say(
        _(
            "How much the exporter's own test can carry: the ICO asks whether protection is not materially lower, judged reasonably and "
            "proportionately for this transfer; the EDPB line asks that the law and practice of {place} meet the Essential Guarantees."
        ),
        place=place,
    )
    because = say(_("The exporter considers the protection in {place} not materially lower."), place=place)
    return Finding(answer, because, (law.ground,), conditions=to_document(case, criterion), contested=(contested,))


@record_rule("on-record.likelihood", _("Does the exporter rely on access by authorities being unlikely?"))
def likelihood(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """The risk-based reading in Switzerland: an estimate of the likelihood of access. The FDPIC's guide of June 2021 does not provide for it."""
    criterion = leg.criterion(f"{law.id}:{part.id}")
    if not case.claims(criterion):
        return Finding(Truth.NO, say(_("The route does not rely on an estimate of likelihood.")))
    answer = case.answer(criterion)
    contested = say(
        _(
            "Whether an estimate of likelihood may decide: exporters in Switzerland rely on such models; the FDPIC's guide asks for legality, "
            "proportionality, an effective remedy and an independent court, and has no place for likelihood."
        )
    )
    if answer is Truth.UNKNOWN:
        asks = say(
            _(
                "What does the documented estimate of the likelihood of access in {place} come to, and is it within what is tolerated?"
            ),
            place=PlaceName(leg.place or ""),
        )
        because = say(_("The estimate of likelihood is not on file."))
        return Finding(answer, because, questions=(Question(criterion, asks, "exporter"),), contested=(contested,))
    because = say(_("The route relies on an estimate of the likelihood of access."))
    conditions = to_document(case, criterion) if answer is Truth.YES else ()
    return Finding(answer, because, conditions=conditions, contested=(contested,) if answer is Truth.YES else ())
