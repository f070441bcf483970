"""The two sides of a comparison: the facts as they stand, as they were at a revision, or in a folder, each read on a day.

The code that judges is the one that runs, on both sides. A side whose records it cannot read is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from country_reports.compiled import HOUSE
from country_reports.maintenance.revision import Commit, NoSuchState, checked_out, commit_of, root_of
from country_reports.records import LAST_DAY, BadRecord, Problem
from country_reports.shelf import PATTERNS, strays
from transfers.assessment import Assessment, assess
from transfers.changes.facts_between import FactSeen, facts_seen, shifts
from transfers.changes.impact import impact_of, not_compared, untouched, worst_first
from transfers.changes.records import Comparison, Impact, Refused, SideTold, TableRead
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.route import Route
from transfers.view import Policy

OwnedRoute: TypeAlias = tuple[Route, str | None]
"""A route and who answers for it; whatever yields these can be compared."""


class NoSuchSide(ValueError):
    """Neither a day nor a folder nor a revision; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Side:
    """Facts and a day. ``name`` is what the user wrote, ``told`` what it was taken for."""

    name: str
    told: str
    day: date
    knowledge: Knowledge
    policy: Policy
    names: tuple[tuple[Path, str], ...] = ()

    @property
    def in_words(self) -> SideTold:
        """This side as a reader is told of it."""
        return SideTold(self.name, self.told, self.day.isoformat())

    def assessment(self, route: Route) -> Assessment | Refused:
        """What this side says of a route.

        Raises:
            BadRecord: a record that the route needs cannot be read.
        """
        with _named_by(self.names):
            try:
                return assess(route, self.knowledge, self.day, self.policy)
            except BadRoute as error:
                return Refused(self.day.isoformat(), error.problems)

    def facts(self, route: Route) -> dict[str, FactSeen]:
        """Every fact that this side's assessment of a route rests on."""
        with _named_by(self.names):
            extract = self.knowledge.extract(route, self.day, numbered=False)
            view = self.knowledge.view(extract.case, self.day, self.policy)
            return facts_seen(extract, view, self.knowledge.hub.on(self.day))


def comparison(routes: Iterable[OwnedRoute], before: Side, after: Side) -> Comparison:
    """Every route on both sides: as many are told as were read, the worst first.

    Raises:
        BadRecord: as ``impacts``.
    """
    return comparison_of(impacts(routes, before, after), before, after)


def comparison_of(found: Iterable[Impact], before: Side, after: Side, table: TableRead | None = None) -> Comparison:
    """What was found between two sides, in the order in which it is told; ``table`` is where the routes were read, if it was one."""
    return Comparison(before.in_words, after.in_words, before.policy, tuple(sorted(found, key=worst_first)), table)


def impacts(routes: Iterable[OwnedRoute], before: Side, after: Side) -> tuple[Impact, ...]:
    """What happens to each route, in their order.

    Raises:
        BadRecord: records of a side cannot be read by the code that runs: every one that a route needs, and no impact.
    """
    found: list[Impact] = []
    problems: dict[Problem, None] = {}
    for route, owner in routes:
        try:
            found.append(_impact(route, owner, before, after))
        except BadRecord as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise BadRecord(problems)
    return tuple(found)


def _impact(route: Route, owner: str | None, before: Side, after: Side) -> Impact:
    old, new = before.assessment(route), after.assessment(route)
    if isinstance(old, Refused) or isinstance(new, Refused):
        return not_compared(route.id, route.title, owner, old, new)
    if untouched(old, new):
        return impact_of(old, new, (), owner)
    facts = shifts(before.facts(route), after.facts(route), (before.day, after.day))
    return impact_of(old, new, facts, owner)


@contextmanager
def two_sides(
    before: str, after: str | None, as_of: date | None, today: date, workspace: Path | None, policy: Policy
) -> Iterator[tuple[Side, Side]]:
    """The sides called ``before`` and ``after`` (None: the facts as they stand), for as long as they are needed.

    Each is a day, a folder, a folder as it was at a revision (``FOLDER@REVISION``), or a revision or release: of the workspace where
    that has a history of its own and knows it, else of the clone that runs. ``as_of`` is the day of a side that names none, else ``today``.

    Raises:
        NoSuchSide: a name is none of these.
        BadRecord: a side lacks what the code that runs reads, or holds what it does not.
    """
    days = [None if name is None else _day(name) for name in (before, after)]
    if as_of is not None and None not in days:
        raise NoSuchSide("--as-of is for a side that names no day, and here both do; leave it out")
    with ExitStack() as stack:
        known: dict[tuple[Path, Path | None], Knowledge] = {}
        sides: list[Side] = []
        for name, day in zip((before, after), days, strict=True):
            try:
                records = _records(name if day is None else None, workspace, stack)
            except NoSuchState as error:
                raise NoSuchSide(str(error)) from None
            sides.append(_side(name, records, day or as_of or today, known, policy))
        yield sides[0], sides[1]


@dataclass(frozen=True, slots=True)
class _Records:
    """Where the records of a side lie; ``names`` say how the user would call what lies in a folder for the time being."""

    house: Path
    workspace: Path | None
    told: str
    names: tuple[tuple[Path, str], ...] = ()


def _side(
    name: str | None, records: _Records, day: date, known: dict[tuple[Path, Path | None], Knowledge], policy: Policy
) -> Side:
    key = (records.house, records.workspace)
    with _named_by(records.names):
        if key not in known:
            _refuse_half(records.house)
            known[key] = Knowledge(records.workspace, records.house)
    return Side(name or "now", records.told, day, known[key], policy, records.names)


def _day(name: str) -> date | None:
    """The day that a name is; None where it is no day.

    Raises:
        NoSuchSide: it is written as a day, and the calendar has none such, or it is too late to be read.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", name, re.ASCII):
        return None
    try:
        day = date.fromisoformat(name)
    except ValueError:
        raise NoSuchSide(f"{name!r} is no day of the calendar; write year-month-day, such as 2020-07-15") from None
    if day > LAST_DAY:
        raise NoSuchSide(f"{name!r} is later than any day that is read; the last is {LAST_DAY}")
    return day


def _records(name: str | None, workspace: Path | None, stack: ExitStack) -> _Records:
    if name is None:
        return _Records(HOUSE, workspace, f"the facts as they stand{_over(workspace)}")
    folder, revision = _at_a_revision(name)
    if folder is not None and revision is not None:
        return _then(folder, _known_commit(revision, folder), revision, workspace, stack)
    if folder is not None:
        return _in_folder(folder, folder, "", workspace)
    for clone in _clones(workspace):
        commit = commit_of(name, clone)
        if commit is not None:
            return _then(clone, commit, name, workspace, stack)
    raise NoSuchSide(_what_would_be_right(name))


def _at_a_revision(name: str) -> tuple[Path | None, str | None]:
    """The folder that a name is; or the one before an ``@``, and the revision behind it."""
    if name and Path(name).is_dir():
        return Path(name), None
    for at in re.finditer("@", name):
        if at.start() and Path(name[: at.start()]).is_dir():
            return Path(name[: at.start()]), name[at.end() :]
    return None, None


def _known_commit(revision: str, folder: Path) -> Commit:
    commit = commit_of(revision, folder)
    if commit is None:
        raise NoSuchSide(
            f"{revision!r} is no revision or release in the history of {folder}; git -C {folder} log lists them"
        )
    return commit


def _clones(workspace: Path | None) -> Iterator[Path]:
    """Where a revision is looked for: in the workspace first, if it has a history that is not that of the code."""
    if workspace is not None and root_of(workspace) not in (None, root_of(HOUSE)):
        yield workspace
    yield HOUSE


def _then(folder: Path, commit: Commit, revision: str, workspace: Path | None, stack: ExitStack) -> _Records:
    """A folder as it was at a commit."""
    there = stack.enter_context(checked_out(commit, folder))
    when = f", as of revision {revision} ({commit.short}, committed on {commit.day})"
    return replace(_in_folder(folder, there, when, workspace), names=((there, f"{revision}:"),))


def _in_folder(named: Path, there: Path, when: str, workspace: Path | None) -> _Records:
    """Records that lie ``there``: a whole house or a workspace, as the folder is one that the user named."""
    if _is_house(named):
        what = "the facts of this clone" if named == HOUSE else f"the facts in the folder {named}"
        house = HOUSE if there.resolve() == HOUSE else there.resolve()
        return _Records(house, workspace, f"{what}{when}{_over(workspace)}")
    if not any((named / name).is_dir() for name in ("country_reports", "importers", "clauses")):
        raise NoSuchSide(
            f"{named} holds neither the packages of transborder (country_reports, clauses, transfers) nor a workspace "
            "(country_reports, importers or clauses); name the folder that holds one of them"
        )
    if workspace is not None and workspace.resolve() != named.resolve():
        raise NoSuchSide(
            f"{named} is a workspace, and so is {workspace}; only one can lie over the facts: leave --workspace out"
        )
    return _Records(HOUSE, there, f"the facts as they stand, with the workspace {named}{when} over them")


def _is_house(folder: Path) -> bool:
    return (folder / "clauses" / "sets").is_dir() or (folder / "transfers" / "importers").is_dir()


def _over(workspace: Path | None) -> str:
    return "" if workspace is None else f", with the workspace {workspace} over them"


def _refuse_half(house: Path) -> None:
    """Records of another layout would be passed over in silence, and their facts with them.

    Raises:
        BadRecord: a file is there that nothing reads, or one is not that is read.
    """
    if house == HOUSE:
        return
    wanted = [f"country_reports/{pattern}" for pattern in PATTERNS if pattern not in _NOT_JUDGED_FROM]
    wanted += ["clauses/sets/*.yaml", "transfers/importers/*.yaml"]
    missing = [pattern for pattern in wanted if next(house.glob(pattern), None) is None]
    told = "not there; the code that runs reads it, so an answer without it would leave facts out"
    problems = [Problem(str(house / pattern), None, "", told) for pattern in missing]
    problems += strays(house / "country_reports")
    if problems:
        raise BadRecord(problems)


_NOT_JUDGED_FROM = ("outlook.yaml",)
"""Shown to readers of a country report only."""


@contextmanager
def _named_by(names: tuple[tuple[Path, str], ...]) -> Iterator[None]:
    """Tell problems by the names that the user knows, and not by those of a folder that is there for the time being."""
    try:
        yield
    except BadRecord as error:
        raise BadRecord(_renamed(problem, names) for problem in error.problems) from None


def _renamed(problem: Problem, names: tuple[tuple[Path, str], ...]) -> Problem:
    for folder, name in names:
        if Path(problem.file).is_relative_to(folder):
            inside = Path(problem.file).relative_to(folder).as_posix()
            return Problem(f"{name}{inside}", problem.line, problem.field, problem.message)
    return problem


def _what_would_be_right(name: str) -> str:
    hint = "; a day is written year-month-day, such as 2020-07-15" if re.search(r"\d[-/.]\d", name) else ""
    return (
        f"{name!r} is no day, no folder and no revision or release in the history of this clone or of the workspace{hint}. "
        "Give a day (2020-07-15), a folder, a folder as it was (FOLDER@REVISION), or a revision from within a clone"
    )
