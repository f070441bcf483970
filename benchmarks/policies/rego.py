"""The policy for Rego (regopy, the rego-cpp interpreter): one module, compiled to a bundle.

Rego has "undefined" for what is not given, but ``not`` makes it true, so that an answer that is unknown is a word like the others, and
doubt is spelled out. ``else`` gives the order. Together, the same function is asked of a list of cases in one input.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import regopy

from policies import Case, Ways

MODULE = """
package transfer

import rego.v1

outcome := decided(input)

outcomes := [decided(case) | some case in input.cases]

default decided(_) := "not_permitted"

decided(case) := "permitted" if case.restricted == "no"
else := "undetermined" if case.restricted == "unknown"
else := "permitted" if {
    case.adequate == "yes"
    case.sensitive == "no"
}
else := "permitted_with_safeguards" if {
    case.adequate == "yes"
    case.sensitive == "yes"
}
else := "undetermined" if case.adequate != "no"
else := "permitted_with_safeguards" if {
    may_be_in_force(case)
    case.status == "in_force"
    hidden(case)
}
else := "undetermined" if {
    may_be_in_force(case)
    not exposed(case)
}
else := "permitted" if {
    case.derogation == "yes"
    case.sensitive == "no"
}
else := "undetermined" if {
    case.derogation != "no"
    case.sensitive != "yes"
}

may_be_in_force(case) if {
    case.tool != "none"
    case.status != "draft"
}

hidden(case) if case.access == "no"

hidden(case) if case.readable == "no"

exposed(case) if {
    case.access == "yes"
    case.readable == "yes"
}
"""


def prepare(cases: Sequence[Case]) -> Ways:
    """An input for each case, and one for all."""
    interpreter = regopy.Interpreter()
    interpreter.add_module("transfer.rego", MODULE)
    bundle = interpreter.build(None, ["transfer/outcome", "transfer/outcomes"])
    words = [case.words() for case in cases]
    inputs, whole = [regopy.Input(one) for one in words], regopy.Input({"cases": words})

    def outcome(given: regopy.Input) -> str:
        interpreter.set_input(given)
        output = interpreter.query_bundle_entrypoint(
            bundle, "transfer/outcome"
        )  # held: its nodes live no longer than it
        return str(output.expressions()[0].value)

    def together() -> list[str]:
        interpreter.set_input(whole)
        output = interpreter.query_bundle_entrypoint(bundle, "transfer/outcomes")
        return list(json.loads(output.expressions()[0].json()))

    return Ways(lambda: [outcome(one) for one in inputs], together)
