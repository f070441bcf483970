"""The policy for CLIPS: a template for a case, and rules whose salience is their order; a rule that fires takes the case away.

A pattern knows no third truth value: rules for doubt stand after the rule of the ground that stands. Each rule tells Python the outcome.
With clipspy 1.0.6 an environment gets slower with every fact that it has known, so that a new one is made after ``KNOWN`` cases,
within the time that is measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import clips

from policies import Case, Ways

KNOWN = 1_000
TEMPLATE = """
(deftemplate transfer
  (slot number (type INTEGER))
  (slot restricted (type SYMBOL) (allowed-symbols yes no unknown))
  (slot adequate (type SYMBOL) (allowed-symbols yes no unknown))
  (slot sensitive (type SYMBOL) (allowed-symbols yes no unknown))
  (slot tool (type SYMBOL) (allowed-symbols none clauses code))
  (slot status (type SYMBOL) (allowed-symbols in_force draft unknown))
  (slot access (type SYMBOL) (allowed-symbols yes no unknown))
  (slot readable (type SYMBOL) (allowed-symbols yes no unknown))
  (slot derogation (type SYMBOL) (allowed-symbols yes no unknown)))
"""
RULES = (
    ("unrestricted", "(restricted no)", "permitted"),
    ("unrestricted-in-doubt", "(restricted unknown)", "undetermined"),
    ("adequate", "(adequate yes) (sensitive no)", "permitted"),
    ("adequate-for-sensitive-data", "(adequate yes) (sensitive yes)", "permitted_with_safeguards"),
    ("adequate-in-doubt", "(adequate ~no)", "undetermined"),
    ("tool-without-access", "(tool ~none) (status in_force) (access no)", "permitted_with_safeguards"),
    ("tool-unreadable", "(tool ~none) (status in_force) (readable no)", "permitted_with_safeguards"),
    ("tool-in-doubt-of-access", "(tool ~none) (status ~draft) (access ~yes)", "undetermined"),
    ("tool-in-doubt-of-reading", "(tool ~none) (status ~draft) (readable ~yes)", "undetermined"),
    ("derogation", "(derogation yes) (sensitive no)", "permitted"),
    ("derogation-in-doubt", "(derogation ~no) (sensitive ~yes)", "undetermined"),
    ("otherwise", "", "not_permitted"),
)


def prepare(cases: Sequence[Case]) -> Ways:
    """The slots of a fact for each case."""
    symbols = [{name: clips.Symbol(word) for name, word in case.words().items()} for case in cases]
    facts = [{"number": number, **slots} for number, slots in enumerate(symbols)]
    blocks = [facts[start : start + KNOWN] for start in range(0, len(facts), KNOWN)]

    def one_by_one() -> list[str]:
        found: dict[int, str] = {}
        for block in blocks:
            environment = _environment(found)
            template = environment.find_template("transfer")
            for fact in block:
                template.assert_fact(**fact)
                environment.run()
        return [found[number] for number in range(len(cases))]

    def together() -> list[str]:
        found: dict[int, str] = {}
        for block in blocks:
            environment = _environment(found)
            template = environment.find_template("transfer")
            for fact in block:
                template.assert_fact(**fact)
            environment.run()
        return [found[number] for number in range(len(cases))]

    return Ways(one_by_one, together)


def _environment(found: dict[int, str]) -> clips.Environment:
    def decide(number: int, outcome: str) -> None:
        found[number] = outcome

    environment = clips.Environment()
    environment.define_function(decide)
    environment.build(TEMPLATE)
    for place, (name, condition, outcome) in enumerate(RULES):
        environment.build(
            f"(defrule {name} (declare (salience {-place}))"
            f" ?transfer <- (transfer (number ?number) {condition})"
            f" => (retract ?transfer) (decide ?number {outcome}))"
        )
    return environment
