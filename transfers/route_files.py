"""Reading routes from files, with every problem named by file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from country_reports.records import BadRecord, Problem, line_of_field, problem_at, read_record, read_source
from transfers.assessment import Assessment, assess
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.languages import ENGLISH, Language
from transfers.route import Route
from transfers.view import Policy

FoundT = TypeVar("FoundT")
_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".parquet", ".jsonl")


def assess_file(
    path: Path, knowledge: Knowledge, as_of: date, policy: Policy, language: Language = ENGLISH
) -> Assessment:
    """Assess the route in a YAML file, told in ``language``.

    Raises:
        BadRecord: the file is no route, or names something unknown; each problem with its line.
    """
    return of_file(path, lambda route: assess(route, knowledge, as_of, policy, language))


def of_file(path: Path, find: Callable[[Route], FoundT]) -> FoundT:
    """What is found about the route in a YAML file.

    Raises:
        BadRecord: the file is no route, or names something unknown; each problem with its line.
    """
    if path.suffix.casefold() in _TABLES:
        raise BadRecord(
            [Problem(str(path), None, "", "this is a table; transborder batch assesses the route in each of its rows")]
        )
    route = read_record(path, Route)
    try:
        return find(route)
    except BadRoute as error:
        text = read_source(path)
        raise BadRecord(
            Problem(str(path), line_of_field(text, str(path), problem.field), problem.field, problem.message)
            for problem in error.problems
        ) from None


def read_routes(paths: Iterable[Path]) -> tuple[Route, ...]:
    """The routes in files, and in the YAML files that lie in folders, not below them.

    Raises:
        BadRecord: a file is no route, a folder holds none, or two routes have one id; each problem with its file.
    """
    routes: dict[str, tuple[Route, Path]] = {}
    problems: list[Problem] = []
    for path in _files_of(paths):
        try:
            route = read_record(path, Route) if not path.is_dir() else _no_routes_in(path)
        except BadRecord as error:
            problems += error.problems
            continue
        if route.id in routes:
            message = f"{routes[route.id][1]} is called {route.id!r} too; ids must differ"
            problems.append(problem_at(path, ("id",), message))
        routes[route.id] = (route, path)
    if problems:
        raise BadRecord(problems)
    return tuple(route for route, _ in routes.values())


def files_below(folder: Path) -> int:
    """How many YAML files lie in folders within this one, where nobody reads them."""
    return sum(path.suffix in _ENDINGS for path in folder.glob("*/**/*"))


def _no_routes_in(folder: Path) -> NoReturn:
    raise BadRecord([Problem(str(folder), None, "", "no YAML file lies in this folder; name one that holds routes")])


_ENDINGS = (".yaml", ".yml")


def _files_of(paths: Iterable[Path]) -> list[Path]:
    """Each file once, those of a folder by name; a folder that holds none stands for itself."""
    found: dict[Path, Path] = {}
    for path in paths:
        inside = sorted(one for one in path.iterdir() if _is_route_file(one)) if path.is_dir() else []
        found |= {one.resolve(): one for one in inside or [path]}
    return list(found.values())


def _is_route_file(path: Path) -> bool:
    return path.suffix in _ENDINGS and not path.name.startswith(".") and not path.is_dir()
