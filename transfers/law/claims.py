"""Grounds that carry nothing unless the route claims them, and then only as far as each of their tests is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from country_reports.facts import Truth, all_of, any_of
from country_reports.regime import DecidedBy
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, Sentence, _, say
from transfers.law import as_stated
from transfers.law.answers import to_document


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a ground. ``name`` completes the id of the answer; ``shown`` is what the route itself says of it.

    Where the route decides the test, ``field`` is the field to fill in, and no answer can replace it, though one that says no
    counts. ``said`` is the question itself where it comes from a record and not from ``asks``.
    """

    name: str
    asks: str = ""
    shown: Truth | None = None
    field: str | None = None
    who: str = "counsel"
    said: Sentence | None = None

    def truth(self, case: Case, leg: Leg, provision: str) -> Truth:
        answer = case.answer(self.criterion(leg, provision))
        return answer if self.shown is None or answer is Truth.NO else self.shown

    def criterion(self, leg: Leg, provision: str) -> str:
        """The id of the answer, for this recipient alone."""
        return leg.criterion(f"{provision}.{self.name}")

    def question(self, leg: Leg, provision: str) -> Question:
        said = self.said if self.said is not None else say(self.asks, provision=provision)
        return Question(self.field or self.criterion(leg, provision), said, self.who)


def decided(case: Case, leg: Leg, by: DecidedBy, name: str, asks: str = "", said: Sentence | None = None) -> Test:
    """A test that a field of the route decides; the exporter is asked for the field where it is not stated."""
    shown = as_stated.decides(case, leg, by)
    field = as_stated.FIELDS.get(by) if shown is not None else None
    return Test(name, asks, shown, field, "exporter" if field else "counsel", said)


def is_claimed(case: Case, provision: str) -> bool:
    """Whether the route relies on a ground today; a planned one is not relied on."""
    return any(claim.tool == provision and claim.signed is not Truth.NO for claim in case.mechanisms or ())


def by_tests(case: Case, leg: Leg, provision: str, tests: Sequence[Test]) -> Finding:
    """No where the ground is not claimed or one test fails; yes where every test is shown."""
    if not is_claimed(case, provision):
        return Finding(Truth.NO, say(_("The route does not rely on it.")))
    claims = [claim for claim in case.mechanisms or () if claim.tool == provision]
    relied_on, in_time = any_of(*(claim.signed for claim in claims)), any_of(*(claim.in_time for claim in claims))
    in_place = Test("in_place", _IN_PLACE, relied_on, f"mechanisms.{provision}.signed", "exporter")
    made = Test("in_time", _IN_TIME, in_time, f"mechanisms.{provision}.signed_on", "exporter")
    return all_met(case, leg, provision, (*tests, in_place, made))


def all_met(case: Case, leg: Leg, provision: str, tests: Sequence[Test]) -> Finding:
    """No where one test fails, naming it; yes where every test is shown; else the open ones as questions."""
    truths = {test: test.truth(case, leg, provision) for test in tests}
    truth = all_of(*truths.values())
    if truth is Truth.NO:
        failed = next(test for test in tests if truths[test] is Truth.NO)
        because = say(_("One test is not met. {test}"), test=failed.question(leg, provision).text)
        return Finding(truth, because)
    if truth is Truth.UNKNOWN:
        open_ones = tuple(test.question(leg, provision) for test in tests if truths[test] is Truth.UNKNOWN)
        return Finding(truth, say(_("Not every test of it is answered.")), questions=open_ones)
    answered = (test.criterion(leg, provision) for test in tests if test.shown is None)
    return Finding(truth, say(_("Every test of it is met.")), conditions=to_document(case, *answered))


_IN_PLACE = _("Is the tool in place today, signed or approved and binding on both, or only planned ({provision})?")
_IN_TIME = _(
    "Was the tool signed, granted or approved on a day on which the law had it, and on which day ({provision})?"
)
