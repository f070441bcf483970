"""Supplementary measures (EDPB Recommendations 01/2020 v2.0, Annex 2): the use cases, condition by condition.

A use case is effective only if all its conditions are in place. Planned measures are printed elsewhere
and never counted here. Contractual and organisational measures alone never turn the answer.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of, any_of
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, Outcome, Possible, Question, Term, _, say
from transfers.law.rule import rule
from transfers.view import View

CONDITIONS: dict[str, tuple[str, ...]] = {
    "UC1": tuple(f"UC1.{number}" for number in range(1, 7)),
    "UC2": tuple(f"UC2.{number}" for number in range(1, 5)),
    "UC3": tuple(f"UC3.{number}" for number in range(1, 9)),
    "UC4": tuple(f"UC4.{number}" for number in range(1, 8)),
    "UC5": tuple(f"UC5.{number}" for number in range(1, 7)),
}

BEYOND_THE_EXPORTER = ("UC4.1", "UC4.2", "UC4.3")
"""Conditions about the recipient's own law, which no exporter can cure."""

EFFECTIVE = Possible.only(Outcome.PERMITTED_WITH_CONDITIONS)
TO_BE_ADDED = Possible.only(Outcome.SUPPLEMENTARY_MEASURES_REQUIRED)
NOT_EFFECTIVE = Possible.only(Outcome.NOT_PERMITTED)


@rule("edpb-01-2020.UC1", "edpb-01-2020:UC1", _("Is it encrypted storage that never needs clear text there?"))
def encrypted_storage(case: Case, view: View, leg: Leg) -> Finding:
    """Use case 1: storage or backup without need of clear text, keys held at home."""
    return _use_case("UC1", case)


@rule("edpb-01-2020.UC2", "edpb-01-2020:UC2", _("Are the data pseudonymised, with the key kept at home?"))
def pseudonymised(case: Case, view: View, leg: Leg) -> Finding:
    """Use case 2: transfer of pseudonymised data."""
    return _use_case("UC2", case)


@rule("edpb-01-2020.UC3", "edpb-01-2020:UC3", _("Are the data encrypted against interception on the way?"))
def encrypted_in_transit(case: Case, view: View, leg: Leg) -> Finding:
    """Use case 3: encryption against access on the way; says nothing on access at the importer."""
    return _use_case("UC3", case)


@rule("edpb-01-2020.UC4", "edpb-01-2020:UC4", _("Is the recipient specially protected by its law?"))
def protected_recipient(case: Case, view: View, leg: Leg) -> Finding:
    """Use case 4: a recipient exempt from access by its law, such as a doctor or a lawyer."""
    return _use_case("UC4", case)


@rule("edpb-01-2020.UC5", "edpb-01-2020:UC5", _("Are the data split so that no recipient can read them alone?"))
def split_processing(case: Case, view: View, leg: Leg) -> Finding:
    """Use case 5: split or multi-party processing in several jurisdictions."""
    return _use_case("UC5", case)


@rule("edpb-01-2020.clear_text", "edpb-01-2020:UC6", _("Can the recipient do its work without the data in the clear?"))
def no_clear_text_needed(case: Case, view: View, leg: Leg) -> Finding:
    """Use cases 6 and 7: where the recipient needs clear text, no effective technical measure is known."""
    truth = ~case.clear_text_needed
    if truth is Truth.YES:
        return Finding(truth, say(_("The recipient does not need the data in the clear.")))
    if truth is Truth.NO:
        because = _(
            "The recipient needs the data in the clear: no technical measure is effective against access at the recipient (use cases 6 and 7)."
        )
        option = _(
            "Let the recipient work without clear text: encryption with keys at home (use case 1) or pseudonymised data (use case 2)."
        )
        return Finding(
            truth, say(because), options=(say(option), say(_("Have the work done where the law meets the guarantees.")))
        )
    question = Question(
        id="data.clear_text_needed",
        text=say(_("Does the recipient need the data in the clear to do its work?")),
        ask="importer",
    )
    return Finding(
        truth, say(_("It is not known whether the recipient needs the data in the clear.")), questions=(question,)
    )


USE_CASES = (encrypted_storage, pseudonymised, protected_recipient, split_processing)


def against_access_at_the_importer(case: Case, leg: Leg, clear_text_free: Truth) -> Possible:
    """What the measures make of a law that falls short: effective, curable, or not."""
    return _without_clear_text(case, leg).where(clear_text_free, otherwise=_with_clear_text(case, leg))


def against_interception(case: Case, risk: Truth) -> Possible:
    """What the measures make of interception on the way."""
    encrypted = _curable(_met("UC3", case))
    return encrypted.where(risk, otherwise=EFFECTIVE)


def _without_clear_text(case: Case, leg: Leg) -> Possible:
    return _curable(any_of(*(_met(name, case) for name in ("UC1", "UC2", "UC5")), _met("UC4", case) & _about(leg)))


def _with_clear_text(case: Case, leg: Leg) -> Possible:
    """Only a protected recipient helps; what its own law does not give, the exporter cannot cure."""
    own_law = all_of(_about(leg), *(case.measure(condition) for condition in BEYOND_THE_EXPORTER))
    rest = all_of(*(case.measure(condition) for condition in CONDITIONS["UC4"] if condition not in BEYOND_THE_EXPORTER))
    return _curable(rest).where(own_law, otherwise=NOT_EFFECTIVE)


def _about(leg: Leg) -> Truth:
    """Use case 4 speaks of the first recipient and its own law, never of those it passes data to."""
    return Truth.of(leg.number == 0)


def _curable(met: Truth) -> Possible:
    return EFFECTIVE.where(met, otherwise=TO_BE_ADDED)


def _met(name: str, case: Case) -> Truth:
    conditions = all_of(*(case.measure(condition) for condition in CONDITIONS[name]))
    return conditions & _separate(case) if name == "UC5" else conditions


def _separate(case: Case) -> Truth:
    """Use case 5 needs several importers whose places, groups and parents have nothing in common, whatever is claimed."""
    places: list[set[str | None]] = []
    importers = {leg.number for leg in case.importers}
    for leg in case.legs:
        if leg.number in importers:
            places.append({leg.place})
        elif leg.terms == "same_importer":
            places[-1].add(leg.place)
    disjoint = len(places) > 1 and len(set().union(*places)) == sum(map(len, places))
    groups = [importer.group for importer in case.importers]
    parents = [importer.parent_place for importer in case.importers if importer.parent_place is not None]
    if not disjoint or len({*parents}) < len(parents) or _repeats(groups):
        return Truth.NO
    return Truth.UNKNOWN if None in groups else Truth.YES


def _repeats(groups: list[str | None]) -> bool:
    named = [group for group in groups if group is not None]
    return len(set(named)) < len(named)


def _use_case(name: str, case: Case) -> Finding:
    """The state of one use case; what is open is told in words."""
    truth = _met(name, case)
    missing = tuple(condition for condition in CONDITIONS[name] if case.measure(condition) is not Truth.YES)
    number = name[2:]
    if truth is Truth.YES:
        return Finding(truth, say(_("Every condition of use case {number} is in place."), number=number))
    if not missing:
        text = _(
            "The conditions of use case 5 are claimed, but the importers are not several, separate and in different countries."
        )
        return Finding(truth, say(text))
    words = tuple(Term(f"edpb-01-2020:{condition}") for condition in missing)
    option = say(_("For use case {number}, put in place: {missing}."), number=number, missing=words)
    if len(missing) == len(CONDITIONS[name]) and truth is Truth.NO:
        because = say(_("The route does not rely on use case {number}."), number=number)
        return Finding(truth, because, options=(option,) if name in _WORTH_NAMING else ())
    because = say(_("Use case {number} is not fully in place; open: {missing}."), number=number, missing=words)
    open_ones = tuple(condition for condition in missing if case.measure(condition) is Truth.UNKNOWN)
    questions = (
        tuple(ask_whether_met(f"edpb-01-2020:{condition}") for condition in open_ones) if truth is Truth.UNKNOWN else ()
    )
    return Finding(truth, because, questions=questions, options=(option,))


_WORTH_NAMING = ("UC3",)
"""Named even where the route does not speak of it: nothing else answers interception on the way."""


def ask_whether_met(criterion: str) -> Question:
    """The question whose answer puts a condition in place."""
    text = _("Is this condition met, and where is it documented: {condition}?")
    return Question(id=criterion, text=say(text, condition=Term(criterion)), ask="exporter")


@rule(
    "edpb-01-2020.support",
    "edpb-01-2020:support",
    _("Do contractual and organisational measures support the tool?"),
    favours=None,
)
def supporting_measures(case: Case, view: View, leg: Leg) -> Finding:
    """Annex 2, paras 98-143: such measures alone do not stop access by authorities (para 53); each works on a condition of its own."""
    in_place = [measure for measure in SUPPORT if case.measure(measure) is Truth.YES]
    if not in_place:
        return Finding(Truth.NO, say(_("No contractual or organisational measure is in place.")))
    because = say(
        _("In place, as a support of technical measures that never stops access by authorities alone: {measures}."),
        measures=tuple(Term(f"edpb-01-2020:{measure}") for measure in in_place),
    )
    text = _("Keep the measure in place, and keep what shows that it works there: {measure}.")
    conditions = tuple(
        Condition(provision, say(text, measure=Term(provision)), provision)
        for provision in (f"edpb-01-2020:{measure}" for measure in in_place)
    )
    return Finding(Truth.YES, because, conditions=conditions)


SUPPORT = (*(f"CM-{number:02}" for number in range(1, 12)), *(f"OM-{number:02}" for number in range(1, 8)))
"""Contractual and organisational measures (paras 98-143); what each depends on stands in the catalogue."""
