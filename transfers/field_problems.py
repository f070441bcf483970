"""What is wrong with a route that its form does not show: a field that names nothing known."""

from __future__ import annotations

from collections.abc import Iterable

from country_reports.frozen import frozen


@frozen
class FieldProblem:
    """A value in a route that names nothing known; ``field`` is its dotted path."""

    field: str
    message: str


class BadRoute(ValueError):
    """A route names places, importers or tools that do not exist."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in self.problems))
