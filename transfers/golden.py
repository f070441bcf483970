"""Golden routes: cases in YAML that a lawyer can read, run against the engine.

*Rule cases* bring their own facts in a workspace beside them and never change with the data; *fact cases*
run on the shipped facts and change with the law.

The route of a case is written out in it, or named: a name without ending is one of the file's own ``routes``, and one that
ends in ``.yaml`` is a route file, its path relative to the golden file. In either case ``set`` changes single fields::

    route: ../../../examples/report_systems/ncmec-cybertipline.yaml
    set: {exporter.country: GB, mechanisms: []}

Route files stand outside the folder of golden files, of which every YAML file is read as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from country_reports.records import BadRecord, Day, Problem, Record, fit, parse, read_record, read_source, read_text_as
from transfers.assessment import Assessment, assess
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.languages import ENGLISH, Language
from transfers.route import Route
from transfers.view import Policy


class PolicyRecord(Record):
    doctrine: str | None = None
    accept_stale: bool = False
    verified_only: bool = False


class Expectation(Record):
    """What must hold; a field left out is not looked at. Names ending in ``_not`` must be absent."""

    outcome: str | None = None
    permissible: bool | None = None
    regimes: dict[str, str] = {}
    benchmark: str | None = None
    benchmark_in_force: str | None = None
    carried_by: dict[str, str] = {}
    findings: dict[str, str] = {}
    cites: tuple[str, ...] = ()
    cites_not: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    grounds_not: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    conditions_not: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    questions_not: tuple[str, ...] = ()
    weakest_leg: str | None = None
    legs: dict[str, str] = {}


class GoldenCase(Record):
    """One sentence, one route, one day, one answer. ``set`` changes fields of the route by dotted path."""

    name: str
    as_of: Day
    route: str | dict[str, JsonValue]
    set: dict[str, JsonValue] = {}
    policy: PolicyRecord = PolicyRecord()
    expect: Expectation
    source: str | None = None


class GoldenFile(Record):
    """Cases that share routes and, for rule cases, a workspace of facts (relative to the file)."""

    workspace: str | None = None
    routes: dict[str, dict[str, JsonValue]] = {}
    cases: tuple[GoldenCase, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A case after the run; no differences means that it passed."""

    file: Path
    name: str
    differences: tuple[str, ...]


def run_folder(folder: Path) -> Iterator[Result]:
    """Every case of every golden file below ``folder``, in order of the file names.

    Raises:
        BadRecord: a file or a route in it does not fit.
    """
    for path in sorted(folder.rglob("*.yaml")):
        if "workspace" not in path.relative_to(folder).parts[:-1]:
            yield from run_file(path)


def run_file(path: Path) -> Iterator[Result]:
    """Every case of one golden file."""
    run = GoldenRun(path)
    return (run.result(number) for number in range(len(run.cases)))


class GoldenRun:
    """One golden file with the knowledge that its cases share, read once for as many runs as are wanted.

    Raises:
        BadRecord: the file, or a route in it, does not fit.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._golden = read_record(path, GoldenFile)
        self.workspace = path.parent / self._golden.workspace if self._golden.workspace else None
        self.knowledge = Knowledge(self.workspace)
        self._route_files: dict[str, dict[str, JsonValue]] = {}

    @property
    def cases(self) -> tuple[GoldenCase, ...]:
        return self._golden.cases

    def assessment(self, number: int, knowledge: Knowledge | None = None, language: Language = ENGLISH) -> Assessment:
        """What the engine says of a case, on the knowledge that the cases share or on another."""
        case = self.cases[number]
        where = f"cases[{number}].route"
        fields = {"id": "golden", **self._fields(case.route, where)}
        for dotted, value in case.set.items():
            fields = _with(fields, dotted.split("."), value)
        route = fit(fields, Route, f"{self.path} ({case.name})")
        policy = Policy(case.policy.doctrine, case.policy.accept_stale, case.policy.verified_only)
        try:
            return assess(route, knowledge or self.knowledge, case.as_of, policy, language)
        except BadRoute as error:
            raise BadRecord(
                Problem(str(self.path), None, f"{where}.{problem.field}", f"{problem.message} ({case.name})")
                for problem in error.problems
            ) from None

    def result(self, number: int) -> Result:
        """How that compares with what is expected."""
        case = self.cases[number]
        return Result(self.path, case.name, tuple(differences(self.assessment(number), case.expect)))

    def _fields(self, route: str | dict[str, JsonValue], where: str) -> dict[str, JsonValue]:
        """The route of a case before anything is set: as written out, as named in the file, or as it stands in a route file."""
        if not isinstance(route, str):
            return route
        if route.endswith(".yaml"):
            if route not in self._route_files:
                self._route_files[route] = _route_file(self.path.parent / route)
            return self._route_files[route]
        if route not in self._golden.routes:
            known = ", ".join(sorted(self._golden.routes)) or "none"
            message = f"no route called {route!r}. Known: {known}, or the path of a route file that ends in .yaml"
            raise BadRecord([Problem(str(self.path), None, where, message)])
        return self._golden.routes[route]


def differences(assessment: Assessment, expect: Expectation) -> Iterator[str]:
    """What is not as expected, one sentence each."""
    yield from _outcomes(assessment, expect)
    findings = [found for regime in assessment.regimes for found in regime.findings] + list(
        assessment.benchmark.findings
    )
    provisions = {found.provision for found in findings}
    grounds = {
        role: {g.fact for found in findings for g in found.grounds if g.role == role}
        for role in ("supports", "ended", "not_yet")
    }
    yield from _sets("provision", provisions, expect.cites, expect.cites_not)
    yield from _sets("ground", grounds["supports"], expect.grounds, expect.grounds_not)
    yield from _sets("ended ground", grounds["ended"], expect.ended, ())
    yield from _sets("coming ground", grounds["not_yet"], expect.not_yet, ())
    yield from _sets(
        "condition", {condition.id for condition in assessment.conditions}, expect.conditions, expect.conditions_not
    )
    yield from _sets(
        "question", {question.id for question in assessment.questions}, expect.questions, expect.questions_not
    )
    truths: dict[str, set[str]] = {}
    for found in findings:
        truths.setdefault(found.rule, set()).add(found.truth)
    for rule, truth in expect.findings.items():
        if truth not in truths.get(rule, set()):
            yield f"finding {rule}: expected {truth}, got {', '.join(sorted(truths.get(rule, set()))) or 'none'}"


def _outcomes(assessment: Assessment, expect: Expectation) -> Iterator[str]:
    from transfers.finding import Outcome

    pairs: list[tuple[str, str | None, str | None]] = [
        ("outcome", expect.outcome, assessment.outcome),
        ("benchmark", expect.benchmark, assessment.benchmark.outcome),
        ("benchmark in force", expect.benchmark_in_force, assessment.benchmark.in_force),
        ("weakest leg", expect.weakest_leg, assessment.weakest_leg),
    ]
    outcomes = {regime.id: regime.outcome for regime in assessment.regimes}
    carriers = {regime.id: regime.carried_by for regime in assessment.regimes}
    legs = {leg.id: leg.outcome for leg in assessment.legs}
    pairs += [(f"regime {regime}", outcome, outcomes.get(regime)) for regime, outcome in expect.regimes.items()]
    pairs += [(f"leg {leg}", outcome, legs.get(leg)) for leg, outcome in expect.legs.items()]
    pairs += [(f"{regime} carried by", carrier, carriers.get(regime)) for regime, carrier in expect.carried_by.items()]
    for what, expected, got in pairs:
        if expected is not None and expected != got:
            yield f"{what}: expected {expected}, got {got}"
    if expect.permissible is not None and Outcome.of_word(assessment.outcome).permissible is not expect.permissible:
        yield f"permissible: expected {expect.permissible}, got {assessment.outcome}"


def _sets(what: str, got: set[str], wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{what} {name} is missing" for name in wanted if name not in got)
    yield from (f"{what} {name} must not be there" for name in unwanted if name in got)


def _route_file(path: Path) -> dict[str, JsonValue]:
    """The fields of a route file, which must be a route as it stands: what is wrong with it is told with its line."""
    text = read_source(path)
    read_text_as(text, str(path), Route)
    plain = parse(text, str(path))
    assert isinstance(plain, dict)
    return plain


def _with(fields: dict[str, JsonValue], keys: list[str], value: JsonValue) -> dict[str, JsonValue]:
    """A copy with one nested field changed; dots inside answer ids are kept by quoting with `answers/`."""
    first, *rest = keys
    if first.startswith("answers/"):
        answers = fields.get("answers")
        known = answers if isinstance(answers, dict) else {}
        return {**fields, "answers": {**known, ".".join(keys).removeprefix("answers/"): value}}
    if not rest:
        return {**fields, first: value}
    inner = fields.get(first)
    return {**fields, first: _with(inner if isinstance(inner, dict) else {}, rest, value)}
