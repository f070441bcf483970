"""Grounds that carry nothing unless the route claims them, and then only as far as each of their tests is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from country_reports.facts import Truth, all_of, any_of
from transfers.case import Case
from transfers.finding import Finding, Question, _, say
from transfers.law.answers import to_document


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a ground. ``name`` completes the id of the answer; ``shown`` is what the route itself says of it.

    Where the route decides the test, ``field`` is the field to fill in, and no answer can replace it.
    """

    name: str
    asks: str
    shown: Truth | None = None
    field: str | None = None
    who: str = "counsel"

    def truth(self, case: Case, provision: str) -> Truth:
        return case.answer(f"{provision}.{self.name}") if self.shown is None else self.shown

    def question(self, provision: str) -> Question:
        return Question(self.field or f"{provision}.{self.name}", say(self.asks, provision=provision), self.who)


def is_claimed(case: Case, provision: str) -> bool:
    """Whether the route relies on a ground today; a planned one is not relied on."""
    return any(claim.tool == provision and claim.signed is not Truth.NO for claim in case.mechanisms or ())


def by_tests(case: Case, provision: str, tests: Sequence[Test]) -> Finding:
    """No where the ground is not claimed or one test fails; yes where every test is shown."""
    if not is_claimed(case, provision):
        return Finding(Truth.NO, say(_("The route does not rely on it.")))
    relied_on = any_of(*(claim.signed for claim in case.mechanisms or () if claim.tool == provision))
    tests = (*tests, Test("in_place", _IN_PLACE, relied_on, f"mechanisms.{provision}.signed", "exporter"))
    truths = {test: test.truth(case, provision) for test in tests}
    truth = all_of(*truths.values())
    if truth is Truth.NO:
        failed = next(test for test in tests if truths[test] is Truth.NO)
        because = say(_("One test is not met: {test}."), test=failed.name.replace("_", " "))
        return Finding(truth, because)
    if truth is Truth.UNKNOWN:
        open_ones = tuple(test.question(provision) for test in tests if truths[test] is Truth.UNKNOWN)
        return Finding(truth, say(_("Not every test of it is answered.")), questions=open_ones)
    answered = (f"{provision}.{test.name}" for test in tests if test.shown is None)
    return Finding(truth, say(_("Every test of it is met.")), conditions=to_document(case, *answered))


_IN_PLACE = _("Is the tool in place today, signed or approved and binding on both, or only planned ({provision})?")
