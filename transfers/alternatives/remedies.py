"""What the exporter could change so that a transfer becomes permissible: a search over assessments, least burden first.

The changes come from a fixed list of things in the exporter's own hands; nothing is assumed about facts that are
open. "None" says that no set of at most four of these changes suffices, and no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from country_reports.facts import Truth
from transfers.alternatives.variation import Variations
from transfers.finding import Outcome, Sentence, _, say
from transfers.law.catalogue import provisions
from transfers.law.supplementary_measures import CONDITIONS
from transfers.registry.importer import ImporterRecord
from transfers.route import MeasureClaim, MeasureStatus, Processing, Route

LIMIT = 4
"""How many changes a set may hold."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing the exporter can do. ``burden`` orders changes by what they ask of a business: 1 a signature, 6 another vendor."""

    id: str
    text: Sentence
    burden: int
    technical: bool
    apply: Callable[[Route], Route]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A smallest set of changes that reaches a permissible outcome."""

    changes: tuple[Change, ...]
    outcome: Outcome

    @property
    def burden(self) -> int:
        return sum(change.burden for change in self.changes)


@dataclass(frozen=True, slots=True)
class Remedies:
    """The outcome as it stands, what was tried, and every smallest set that suffices, least burden first."""

    outcome: Outcome
    tried: tuple[Change, ...]
    found: tuple[Remedy, ...]

    @property
    def technical_suffices(self) -> bool:
        """Whether technical measures alone, with a signature where one is missing, reach a permissible outcome."""
        return any(all(change.technical for change in remedy.changes) for remedy in self.found)


def remedies(route: Route, variations: Variations) -> Remedies:
    """Every smallest set of at most four changes that makes the route permissible; empty where it is so already.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    outcome = variations.outcome(route)
    changes = tuple(_changes(route, variations))
    if outcome.permissible:
        return Remedies(outcome, changes, ())
    found: list[Remedy] = []
    for size in range(1, LIMIT + 1):
        for chosen in combinations(changes, size):
            if not any({*one.changes} <= {*chosen} for one in found):
                reached = variations.outcome(_applied(route, chosen))
                if reached.permissible:
                    found.append(Remedy(chosen, reached))
    found.sort(key=lambda one: (one.burden, len(one.changes), [change.id for change in one.changes]))
    return Remedies(outcome, changes, tuple(found))


def _applied(route: Route, changes: tuple[Change, ...]) -> Route:
    for change in changes:
        route = change.apply(route)
    return route


def _changes(route: Route, variations: Variations) -> Iterator[Change]:
    """What this exporter could change about this route."""
    yield from _signatures(route, variations)
    yield from _use_cases(route)
    if route.data.clear_text_needed is not Truth.NO:
        yield Change("no_clear_text", say(_NO_CLEAR_TEXT), 4, False, _without_clear_text)
    if route.onward:
        yield Change("no_onward", say(_("Let the recipient pass the data on to nobody.")), 3, False, _without_onward)
    processing = route.processing
    if processing.routed_via or {*(processing.storage or ()), *(processing.access_from or ())} - {route.destination}:
        text = _("Have the data kept, seen and routed nowhere but at the recipient's own place.")
        yield Change("no_further_places", say(text), 3, False, _without_further_places)
    if route.exporter.country is not None and route.importer is not None:
        text = _(
            "Have the work done by a recipient in the exporter's own country, and the data kept and seen there only."
        )
        yield Change("recipient_at_home", say(text), 6, False, _at_home)


def _signatures(route: Route, variations: Variations) -> Iterator[Change]:
    """The modules of the clauses that the exporter's laws offer and the route does not rely on."""
    relied_on = {claim.tool for claim in route.mechanisms or ()}
    for tool in variations.clauses_open_to(route):
        if tool not in relied_on:
            title = variations.knowledge.library.tool(tool).title

            def sign(to_sign: Route, tool: str = tool) -> Route:
                return variations.relying_on(to_sign, tool)

            yield Change(f"sign:{tool}", say(_("Sign {tool}."), tool=title), 1, True, sign)


def _use_cases(route: Route) -> Iterator[Change]:
    """The conditions of each use case that are not yet in place, put in place together."""
    in_place = {claim.id for claim in route.measures or () if claim.status is MeasureStatus.IN_PLACE}
    for name, burden in (("UC1", 3), ("UC2", 4), ("UC3", 2), ("UC5", 5)):
        missing = tuple(condition for condition in CONDITIONS[name] if condition not in in_place)
        if missing:
            about = "; ".join(provisions()[f"edpb-01-2020:{condition}"].about.rstrip(".") for condition in missing)

            def put_in_place(bare: Route, missing: tuple[str, ...] = missing) -> Route:
                kept = tuple(claim for claim in bare.measures or () if claim.id not in missing)
                added = (MeasureClaim(id=condition, status=MeasureStatus.IN_PLACE) for condition in missing)
                return bare.model_copy(update={"measures": (*kept, *added)})

            text = _("Put in place what use case {number} still lacks: {conditions}.")
            yield Change(name, say(text, number=name[2:], conditions=about), burden, True, put_in_place)


_NO_CLEAR_TEXT = _(
    "Let the recipient do its work without ever seeing the data in the clear, or do without that part of the work."
)


def _without_clear_text(route: Route) -> Route:
    return route.model_copy(update={"data": route.data.model_copy(update={"clear_text_needed": Truth.NO})})


def _without_onward(route: Route) -> Route:
    return route.model_copy(update={"onward": ()})


def _without_further_places(route: Route) -> Route:
    return route.model_copy(update={"processing": Processing(storage=(), access_from=(), routed_via=())})


def _at_home(route: Route) -> Route:
    home = route.exporter.country
    recipient = {"id": "recipient-at-home", "name": "a recipient at home", "country": home, "kind": "company"}
    nowhere_else = Processing(storage=(), access_from=(), routed_via=())
    record = ImporterRecord.model_validate(recipient)
    return route.model_copy(update={"importer": record, "destination": home, "processing": nowhere_else})
