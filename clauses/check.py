"""Check the clause sets: each by itself, and all of them against one another and against the laws that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clauses.in_full import ClauseSetInFull
from clauses.library import Library
from country_reports.hub import Hub
from country_reports.records import BadRecord, Problem, problem_at
from country_reports.regime import Gateway, Regime

Location = tuple[int | str, ...]
Found = tuple[Path, Location, str]

WITHOUT_SETS = ("eu-gdpr", "coe-108plus", "eu-dir-95-46")
"""Laws whose clauses no gateway on record names: their rules are code, or, under the Directive, one of the sets is not on file."""


def check(hub: Hub, library: Library) -> list[Problem]:
    """Every problem in the sets of this library and in what the laws of this hub say of them."""
    problems: list[Problem] = []
    sets: dict[Path, ClauseSetInFull] = {}
    for set_id in library.set_ids():
        try:
            sets[library.path_of(set_id)] = library.in_full(set_id)
        except BadRecord as error:
            problems += error.problems
    try:
        books = Books(hub, sets, tuple(_laws(hub)))
        problems += [problem_at(*found) for rule in RULES for found in rule(books)]
    except BadRecord as error:
        problems += error.problems
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.field, problem.message))


@dataclass(frozen=True, slots=True)
class Books:
    """What can be read: the sets under their files, and the laws under theirs."""

    hub: Hub
    sets: dict[Path, ClauseSetInFull]
    laws: tuple[tuple[Path, Regime], ...]

    def gateways(self) -> Iterator[tuple[Path, Location, Regime, Gateway]]:
        """Every gateway that names sets."""
        for path, law in self.laws:
            for number, gateway in enumerate(law.gateways):
                if gateway.sets:
                    yield path, ("gateways", number), law, gateway

    def set(self, set_id: str) -> ClauseSetInFull | None:
        return next((one for one in self.sets.values() if one.id == set_id), None)


def _laws(hub: Hub) -> Iterator[tuple[Path, Regime]]:
    for path in {
        path.stem: path for folder in hub.folders for path in sorted((folder / "regimes").glob("*.yaml"))
    }.values():
        law = hub.regime(path.stem)
        if law is not None:
            yield path, law


def gateways_name_sets_on_file(books: Books) -> Iterator[Found]:
    """Sets that a law names exist, and serve that law."""
    for path, location, law, gateway in books.gateways():
        for number, set_id in enumerate(gateway.sets):
            found = books.set(set_id)
            if found is None or not found.is_clauses:
                yield path, (*location, "sets", number), f"{set_id!r} is no set of clauses on file"
            elif law.id not in found.regimes:
                message = f"{set_id!r} does not name {law.id!r} among the `regimes` that it serves"
                yield path, (*location, "sets", number), message


def sets_are_named_by_the_laws_they_serve(books: Books) -> Iterator[Found]:
    """Clauses that can be signed are judged by some gateway of each law that they serve."""
    named = {(law.id, set_id) for _, _, law, gateway in books.gateways() for set_id in gateway.sets}
    for path, one in books.sets.items():
        can_be_signed = one.is_clauses and bool(one.modules or one.adaptation_of)
        for number, law in enumerate(one.regimes if can_be_signed else ()):
            if law not in WITHOUT_SETS and (law, one.id) not in named:
                yield path, ("regimes", number), f"no gateway of {law} names this set, so that it would carry nothing"


def filings_stand_once(books: Books) -> Iterator[Found]:
    """What must be filed is told by the gateway or by its sets, and where by several sets, by all of them alike."""
    for path, location, law, gateway in books.gateways():
        sets = [found for one in gateway.sets if (found := books.set(one)) is not None]
        told = [filing for one in sets if (filing := one.filing_under(law.id)) is not None]
        if gateway.filing is not None and told:
            yield path, (*location, "filing"), f"the filing stands in the record of {gateway.sets[0]} too; keep one"
        if gateway.filing is None and len(told) < len(sets):
            yield path, (*location, "sets"), "neither the gateway nor each of its sets says what must be filed"
        if len({(one.needed, one.what, one.to, one.due) for one in told}) > 1:
            yield path, (*location, "sets"), "the sets of this gateway say different things of what must be filed"


def sets_named_exist(books: Books) -> Iterator[Found]:
    """Sets that a record points to are on file."""
    for path, one in books.sets.items():
        for field in ("based_on", "replaced_by"):
            for number, name in enumerate(getattr(one, field)):
                if books.set(name) is None:
                    yield path, (field, number), f"{name!r} is no set on file"


def places_exist(books: Books) -> Iterator[Found]:
    """Places are spelled as in places.yaml."""
    for path, one in books.sets.items():
        for location, name in _places_named(one):
            if name not in books.hub.places:
                yield path, location, f"{name!r} is no place in places.yaml"


def _places_named(one: ClauseSetInFull) -> Iterator[tuple[Location, str]]:
    for number, demand in enumerate(one.demands):
        yield from ((("demands", number, "places"), place) for place in demand.places)
    for number, position in enumerate(one.positions):
        yield ("positions", number, "place"), position.place
    for field in ("members", "associates"):
        yield from (((field, number), place) for number, place in enumerate(getattr(one, field)))


RULES: Iterable[Callable[[Books], Iterator[Found]]] = (
    gateways_name_sets_on_file,
    sets_are_named_by_the_laws_they_serve,
    filings_stand_once,
    sets_named_exist,
    places_exist,
)
