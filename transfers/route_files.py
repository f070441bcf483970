"""Reading routes from files, with every problem named by file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from country_reports.records import BadRecord, Problem, line_of_field, read_record, read_source
from transfers.assessment import Assessment, assess
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.route import Route
from transfers.view import Policy


def assess_file(path: Path, knowledge: Knowledge, as_of: date, policy: Policy) -> Assessment:
    """Assess the route in a YAML file.

    Raises:
        BadRecord: the file is no route, or names something unknown; each problem with its line.
    """
    route = read_record(path, Route)
    try:
        return assess(route, knowledge, as_of, policy)
    except BadRoute as error:
        text = read_source(path)
        raise BadRecord(
            Problem(str(path), line_of_field(text, str(path), problem.field), problem.field, problem.message)
            for problem in error.problems
        ) from None
