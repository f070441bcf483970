"""The policy for OpenFisca: variables of one entity, each with a formula over the arrays of all cases.

Answers are enums, which are encoded beforehand. Its formulas know no third truth value: a ground that stands and a ground that is in
doubt are two variables, and ``select`` gives the order. One by one, each case is a simulation of its own, since a simulation keeps
what it calculated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from policies import Case, Ways

Untyped: TypeAlias = Any  # what OpenFisca gives and takes; it says no types

YEAR = "2026"
TRANSFER = build_entity(key="transfer", plural="transfers", label="Transfer", is_person=True)


def prepare(cases: Sequence[Case]) -> Ways:
    """Encoded columns of all cases, and of each."""
    system = TaxBenefitSystem([TRANSFER])
    system.add_variables(*INPUTS, *FORMULAS)
    rows = [case.words() for case in cases]
    columns = {
        one.__name__: one.possible_values.encode(numpy.array([row[one.__name__] for row in rows])) for one in INPUTS
    }
    alone = [{name: column[place : place + 1] for name, column in columns.items()} for place in range(len(cases))]
    return Ways(
        lambda: [_outcomes(system, 1, inputs)[0] for inputs in alone],
        lambda: _outcomes(system, len(cases), columns),
    )


def _outcomes(system: Untyped, count: int, inputs: Mapping[str, Untyped]) -> Sequence[str]:
    simulation = SimulationBuilder().build_default_simulation(system, count)
    for name, values in inputs.items():
        simulation.set_input(name, YEAR, values)
    found: Sequence[str] = simulation.calculate("outcome", YEAR).decode_to_str()
    return found


class Answer(Enum):
    unknown = "Not known"
    yes = "Yes"
    no = "No"


class Tool(Enum):
    none = "None"
    clauses = "Clauses"
    code = "Code of conduct"


class Status(Enum):
    unknown = "Not known"
    in_force = "In force"
    draft = "Draft"


class Outcome(Enum):
    undetermined = "Undetermined"
    permitted = "Permitted"
    permitted_with_safeguards = "Permitted with safeguards"
    not_permitted = "Not permitted"


def _input(name: str, values: Untyped, unless_said: Untyped, label: str) -> Untyped:
    """A variable that is given; one that is calculated is written as a class below, with its formula."""
    about = {"value_type": Enum, "possible_values": values, "default_value": unless_said, "label": label}
    return type(name, (Variable,), {**about, "entity": TRANSFER, "definition_period": DateUnit.YEAR})


INPUTS = (
    _input("restricted", Answer, Answer.unknown, "The exporter's law restricts transfers"),
    _input("adequate", Answer, Answer.unknown, "There is a finding of adequacy for the destination"),
    _input("sensitive", Answer, Answer.unknown, "Data are sensitive"),
    _input("tool", Tool, Tool.none, "Tool of the transfer"),
    _input("status", Status, Status.unknown, "Status of the tool"),
    _input("access", Answer, Answer.unknown, "An access law reaches the importer"),
    _input("readable", Answer, Answer.unknown, "The data can be read at the destination"),
    _input("derogation", Answer, Answer.unknown, "A derogation applies"),
)


class tool_stands(Variable):
    value_type = bool
    entity = TRANSFER
    definition_period = DateUnit.YEAR
    label = "A tool is in force, and what it protects is not exposed"

    def formula(transfer: Untyped, period: Untyped) -> Untyped:
        in_force = (transfer("tool", period) != Tool.none) & (transfer("status", period) == Status.in_force)
        return in_force & ((transfer("access", period) == Answer.no) | (transfer("readable", period) == Answer.no))


class tool_falls(Variable):
    value_type = bool
    entity = TRANSFER
    definition_period = DateUnit.YEAR
    label = "There is no tool, or a draft of one, or what it protects is exposed"

    def formula(transfer: Untyped, period: Untyped) -> Untyped:
        none_in_force = (transfer("tool", period) == Tool.none) | (transfer("status", period) == Status.draft)
        return none_in_force | (
            (transfer("access", period) == Answer.yes) & (transfer("readable", period) == Answer.yes)
        )


class derogation_stands(Variable):
    value_type = bool
    entity = TRANSFER
    definition_period = DateUnit.YEAR
    label = "A derogation applies, and no data are sensitive"

    def formula(transfer: Untyped, period: Untyped) -> Untyped:
        return (transfer("derogation", period) == Answer.yes) & (transfer("sensitive", period) == Answer.no)


class derogation_falls(Variable):
    value_type = bool
    entity = TRANSFER
    definition_period = DateUnit.YEAR
    label = "No derogation applies, or data are sensitive"

    def formula(transfer: Untyped, period: Untyped) -> Untyped:
        return (transfer("derogation", period) == Answer.no) | (transfer("sensitive", period) == Answer.yes)


class outcome(Variable):
    value_type = Enum
    possible_values = Outcome
    default_value = Outcome.undetermined
    entity = TRANSFER
    definition_period = DateUnit.YEAR
    label = "Outcome"

    def formula(transfer: Untyped, period: Untyped) -> Untyped:
        restricts, finding = transfer("restricted", period), transfer("adequate", period)
        data = transfer("sensitive", period)
        tried = (
            (restricts == Answer.no, Outcome.permitted),
            (restricts == Answer.unknown, Outcome.undetermined),
            ((finding == Answer.yes) & (data == Answer.no), Outcome.permitted),
            ((finding == Answer.yes) & (data == Answer.yes), Outcome.permitted_with_safeguards),
            (finding != Answer.no, Outcome.undetermined),
            (transfer("tool_stands", period), Outcome.permitted_with_safeguards),
            (~transfer("tool_falls", period), Outcome.undetermined),
            (transfer("derogation_stands", period), Outcome.permitted),
            (~transfer("derogation_falls", period), Outcome.undetermined),
        )
        return numpy.select([one for one, _ in tried], [gives for _, gives in tried], Outcome.not_permitted)


FORMULAS = (tool_stands, tool_falls, derogation_stands, derogation_falls, outcome)
