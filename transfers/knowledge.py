"""Knowledge: hub, clause library and importer registry together; turns a route into a Case and resolves its View."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar, cast

from clauses.library import Library, Tool, UnknownTool
from country_reports.compiled import HOUSE
from country_reports.facts import Fact, Ground, Origin, Role, Standing, Truth, Verification
from country_reports.hub import BindingOnDay, Hub, HubOnDay
from country_reports.places import PlaceKind
from country_reports.plain import as_plain
from country_reports.records import Record
from country_reports.regime import Regime
from transfers.canonical import as_bytes, canonical_text_of_mapping
from transfers.case import Case
from transfers.consulted import consulted, grounds_on_access, standings_of
from transfers.extract import Extract
from transfers.extraction import Extraction, places_of, places_reached
from transfers.law.catalogue import CODED, OTHER_TOOLS
from transfers.law.situation import Situation
from transfers.law_periods import Concerned, LawPeriods
from transfers.memory import Memory, Table
from transfers.registry.shelf import Registry
from transfers.route import Route
from transfers.view import PlaceView, Policy, RegimeView, ToolView, View

MadeT = TypeVar("MadeT")

DATA_VERSION = "2026.11.2"
"""Version of the shipped facts: year, month, number."""

_PACKAGES = ("country_reports", "clauses", "transfers")
_RECORDS = (".yaml", ".sqlite3")

DEFAULT_CLAUSES = tuple(f"eu-scc-2021/m{number}" for number in range(1, 5))


class Knowledge:
    """Everything transborder knows, shipped and from a workspace.

    ``house`` is the folder that holds the packages: that of another revision or release has the records of that one, while the
    law is judged by the code that runs.
    """

    def __init__(self, workspace: Path | None = None, house: Path = HOUSE) -> None:
        self.workspace = workspace
        self._folders = [*(house / name for name in _PACKAGES), *([] if workspace is None else [workspace])]
        self.hub = Hub(workspace, house)
        self.library = Library(workspace, house)
        self.registry = Registry(workspace, house)
        self._periods = LawPeriods(self.hub, self.library)
        self._memory = Memory()
        self._made: dict[Hashable, object] = {}
        self._policies: dict[Policy, Policy] = {}
        self._of_importers: Table[Fact] = Table(20_000)
        self._consulted: Table[tuple[bytes, ...]] = Table(3_000)
        self._begun: Table[hashlib._Hash] = Table(3_000)
        self._lines: Table[bytes] = Table(20_000)
        self._of_facts: Table[bytes] = Table(20_000)
        self._of_records: Table[bytes] = Table(20_000)
        self._of_places: Table[frozenset[bytes]] = Table(5_000)
        self._fingerprints: Table[str] = Table(20_000)

    @cached_property
    def edition(self) -> str:
        """SHA-256 over every record on file, shipped and of the workspace: equal editions give equal answers."""
        whole = hashlib.sha256()
        for folder in self._folders:
            for path in records_in(folder):
                whole.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
        return f"sha256:{whole.hexdigest()}"

    def once(self, what: Hashable, make: Callable[[], MadeT]) -> MadeT:
        """What is made once from this knowledge and kept with it."""
        if what not in self._made:
            self._made[what] = make()
        return cast(MadeT, self._made[what])

    def forget(self) -> None:
        """Forget what the law found, as somebody must who changes a rule; what was read from files is kept."""
        self._memory.forget()

    def extract(self, route: Route, as_of: date, numbered: bool = True) -> Extract:
        """The Case of a route on a day, with the number of its law period unless cases of other days do not matter.

        Raises:
            BadRoute: it names a place, importer or tool that does not exist.
        """
        extract = Extraction(self.hub, self.library, self.registry, route, as_of, self._of_importers).result()
        if not numbered:
            return extract
        case = extract.case
        laws = self._laws(case)
        issuers = self.hub.recognised_by(laws)
        tools = case.tools_named.union(DEFAULT_CLAUSES)
        concerned = Concerned(places_of(case), places_reached(case), issuers, laws - CODED, tools)
        period = self._periods.number(concerned, as_of)
        return replace(extract, case=replace(extract.case, period=period))

    def view(self, case: Case, as_of: date, policy: Policy) -> View:
        """Every fact the law may ask about this case, as of the day."""
        chosen = self._policies.setdefault(policy, policy)
        here = Situation(case, None, memory=self._memory)
        return here.find(self._viewed, None, self.hub.on(as_of), chosen)

    def _viewed(self, case: Case, _: View, on: HubOnDay, policy: Policy) -> View:
        return self._resolve(case, on.day, policy)

    def tools_open_to(self, route: Route, as_of: date) -> tuple[str, ...]:
        """Every tool and exception of the laws that bind the exporter, law by law and in the order of each.

        Raises:
            BadRoute: the route names a place, importer or tool that does not exist.
        """
        case = self.extract(route, as_of).case
        view = self.view(case, as_of, Policy())
        laws = {binding.record.regime for binding in view.regimes} | (case.subject_to & view.regimes_in_force)
        own = (*DEFAULT_CLAUSES, *(tool for tool in OTHER_TOOLS if tool.startswith("eu-gdpr:")))
        found = list(own) if laws & CODED or not view.gateways else []
        for law in view.gateways.values():
            found += self.library.serving(law.record)
            by_name = (one for one in law.record.gateways if one.can_be_claimed and not one.is_its_sets)
            found += [f"{law.id}:{gateway.id}" for gateway in by_name]
        return tuple(found)

    def knows_tool(self, tool: str) -> bool:
        """Whether a route may name this tool: a clause set's module, a gateway of a law on record, or another tool that is judged."""
        try:
            self.library.tool(tool)
        except UnknownTool:
            return tool in OTHER_TOOLS or self.title_of_gateway(tool) is not None
        return True

    def title_of_gateway(self, tool: str) -> str | None:
        """What a reader calls a gateway named ``law:gateway``; None where it names none."""
        law, _, gateway_id = tool.partition(":")
        name = next((binding.short or binding.name for binding, _ in self.hub.bindings if binding.regime == law), None)
        record = self.hub.regime(law) if name is not None else None
        gateway = next((one for one in record.gateways if one.id == gateway_id), None) if record is not None else None
        return None if gateway is None else f"{name}, {gateway.provision}, {gateway.kind.replace('_', ' ')} ({tool})"

    def fingerprint(self, case: Case, view: View, slots: tuple[Fact, ...]) -> str:
        """SHA-256 over the facts consulted and how they stood, "no" answers included; an edit elsewhere leaves it as it is."""
        key = (id(view), slots, case.data_kinds)
        return self._fingerprints.once(key, lambda: self._fingerprint(case, view, slots), view)

    def _fingerprint(self, case: Case, view: View, slots: tuple[Fact, ...]) -> str:
        """The digest of all lines in order; as far as the view's own lines come first, it is begun once for each view."""
        consulted = self._consulted.once(id(view), lambda: self._lines_of(view), view)
        own = {self._lines.once(fact, partial(_line_of, fact)) for fact in slots}
        own.add(_as_line({"data_kinds": sorted(case.data_kinds or ())}))
        first = bisect_left(consulted, min(own))
        begun = self._begun.once((id(view), first), lambda: _digest_of(consulted[:first]), view).copy()
        begun.update(b"\n".join(sorted(own.union(consulted[first:]))))
        return f"sha256:{begun.hexdigest()}"

    def _lines_of(self, view: View) -> tuple[bytes, ...]:
        """Every fact and record of a view as canonical lines, in order. They are in many views, and each is made a line once."""
        lines = set(map(_as_line, _standings_of(view)))
        for one in consulted(view):
            fact, record = one.ground.fact, one.record
            if not one.by_record_alone:
                lines.add(self._of_facts.once(id(fact), partial(_line_of, fact), fact))
            if record is not None:
                lines.add(self._of_records.once(id(record), partial(_line_of_record, record), record))
        for place in view.places.values():
            lines |= self._of_places.once(id(place), partial(_lines_of_place, place), place)
        return tuple(sorted(lines))

    def _laws(self, case: Case) -> frozenset[str]:
        """Every law that binds or bound exporters at the place, whatever the day, and those that the route names."""
        at_home = self.hub.regimes_at(case.exporter) if case.exporter is not None else frozenset()
        return at_home | case.subject_to

    def _resolve(self, case: Case, as_of: date, policy: Policy) -> View:
        on = self.hub.on(as_of)
        reached, issuers = places_reached(case), self.hub.recognised_by(self._laws(case))
        places = {
            place: _place_view(on, self.hub, place, issuers, place in reached) for place in sorted(places_of(case))
        }
        regimes = on.regimes_binding(case.exporter, case.presumed_kind) if case.exporter else ()
        gateways = self._on_record(case, on, regimes, issuers, frozenset(places))
        return View(
            places=places,
            regimes=regimes,
            regimes_in_force=on.regimes_in_force(),
            gateways=gateways,
            under=frozenset(binding.record.regime for binding in regimes),
            cets_223_in_force=on.treaty_in_force("cets-223"),
            origins={group: _origin(on, case.exporter, group) for group in _origin_groups(places)},
            tools=self._tools(case, on, gateways),
            lawful_basis=on.detection_allowed(),
            lawful_basis_leaves_out=on.detection_leaves_out(),
            lawful_basis_not_established_for=on.detection_not_established_for(),
            policy=policy,
            memory=self._memory,
        )

    def _on_record(
        self,
        case: Case,
        on: HubOnDay,
        regimes: tuple[BindingOnDay, ...],
        issuers: frozenset[str],
        places: frozenset[str],
    ) -> dict[str, RegimeView]:
        """Every law that binds the exporter and is judged from its record: that of its place, and those the route names."""
        named = (on.regime(name) for name in sorted(case.subject_to))
        reaching = tuple(binding for binding in named if binding is not None)
        found: dict[str, RegimeView] = {}
        for binding in (*regimes, *reaching):
            recorded = self.hub.regime_from(binding.record.regime) if binding.record.regime not in CODED else None
            if recorded is not None:
                law = self.once(("with filings", recorded[0].id), partial(self.library.with_filings, recorded[0]))
                found[law.id] = _regime_view(on, binding, law, recorded[1], places, issuers)
        return found

    def _tools(self, case: Case, on: HubOnDay, gateways: dict[str, RegimeView]) -> dict[str, ToolView]:
        """The clause tools that are claimed, and those that each law of the exporter offers."""
        names = {tool for tool in case.tools_named if self._is_clauses(tool)}.union(DEFAULT_CLAUSES)
        names.update(*(self._serving(law, on) for law in gateways.values()))
        return {name: _tool_view(name, self.library, on) for name in sorted(names)}

    def _is_clauses(self, tool: str) -> bool:
        return self.once((Library.known, tool), partial(self.library.known, tool))

    def _serving(self, law: RegimeView, on: HubOnDay) -> tuple[str, ...]:
        return on.once((Library.serving, law.id), partial(self.library.serving, law.record))


def records_in(folder: Path) -> list[Path]:
    """Every file of a workspace or of the shipped records that an answer may rest on."""
    return sorted(path for path in folder.rglob("*") if path.suffix in _RECORDS and path.is_file())


def _regime_view(
    on: HubOnDay, binding: BindingOnDay, record: Regime, origin: Origin, places: frozenset[str], issuers: frozenset[str]
) -> RegimeView:
    """One object for all cases of the day, which is told of further places as cases name them."""
    law = on.once((_regime_view, record.id, issuers), lambda: _regime_seen(on, binding, record, origin, issuers))
    area = record.area or binding.record.places
    law.inside.update((place, on.within(place, area)) for place in places - law.inside.keys())
    return law


def _regime_seen(
    on: HubOnDay, binding: BindingOnDay, record: Regime, origin: Origin, issuers: frozenset[str]
) -> RegimeView:
    """A law as its record shows it on the day, with the gateways that it has then."""
    since = record.gateways_since
    gateways = tuple(gateway for gateway in record.gateways if gateway.stands_on(on.day))
    return RegimeView(
        record=record if len(gateways) == len(record.gateways) else record.model_copy(update={"gateways": gateways}),
        name=binding.record.short or record.name,
        ground=binding.ground,
        inside={},
        lists_complete=on.lists_complete(record.id, issuers),
        gateways_known=record.period.contains(on.day) and (since is None or since <= on.day),
        record_ground=on.ground(record.fact(origin)),
    )


def _place_view(on: HubOnDay, hub: Hub, place: str, issuers: frozenset[str], reached: bool) -> PlaceView:
    return on.once((_place_view, place, issuers, reached), lambda: _place_seen(on, hub, place, issuers, reached))


def _place_seen(on: HubOnDay, hub: Hub, place: str, issuers: frozenset[str], reached: bool) -> PlaceView:
    """One place on the day; what authorities may take there only where the data go."""
    return PlaceView(
        id=place,
        kind=hub.places[place].kind if place in hub.places else PlaceKind.STATE,
        party_108=on.party(place, "cets-108"),
        party_181=on.party(place, "cets-181"),
        party_108plus=on.party(place, "cets-223"),
        ratified_108plus=on.ratified(place, "cets-223"),
        provisional_108plus=on.applies_provisionally(place, "cets-223"),
        gdpr_area=on.member(place, "gdpr_area"),
        acts=on.adequacy(place, issuers),
        access_laws=on.access_laws(place) if reached else (),
        guarantees=on.guarantees(place) if reached else (),
        complete_areas=on.complete_areas(place) if reached else frozenset(),
    )


def _origin_groups(places: dict[str, PlaceView]) -> list[str]:
    """Groups of exporters' countries on which some rating depends."""
    ratings = (rating.record for place in places.values() for rating in place.guarantees)
    return sorted({rating.origin_in.group for rating in ratings if rating.origin_in is not None})


def _origin(on: HubOnDay, exporter: str | None, group: str) -> Standing:
    return on.member(exporter, group) if exporter is not None else _NOT_KNOWN


_NOT_KNOWN = Standing(Truth.UNKNOWN)


def _tool_view(name: str, library: Library, on: HubOnDay) -> ToolView:
    return on.once((_tool_view, name), lambda: _tool_seen(library.tool(name), on))


def _tool_seen(tool: Tool, on: HubOnDay) -> ToolView:
    """The set on the day; where an adaptation joined to it is not in force, that decides."""
    grounds = tuple(on.ground(part.fact(tool.origin)) for part in tool.parts)
    return ToolView(tool.as_of(on.day), tool.open_on(on.day), max(grounds, key=_doubt), grounds)


def _doubt(ground: Ground) -> tuple[bool, bool, bool]:
    """The least reliable part decides: not in force, then too old, then not checked."""
    return ground.role is not Role.SUPPORTS, ground.stale, ground.verification is Verification.UNVERIFIED


def _lines_of_place(place: PlaceView) -> frozenset[bytes]:
    return frozenset(map(_as_line, _standings_of_place(place)))


def _standings_of_place(place: PlaceView) -> Iterable[dict[str, str | list[str]]]:
    """What was made of the facts about a place: lists that may lack a row, limits of age and kinds of places show here."""
    yield {"place": place.id, "kind": place.kind.value, "complete": sorted(place.complete_areas)}
    for name, standing in standings_of(place):
        yield {"place": place.id, "standing": name, "is": standing.truth.value, "doubts": _doubts(standing.grounds)}
    grounds = [*(act.ground for act in place.acts), *grounds_on_access(place)]
    yield {"place": place.id, "doubts": _doubts(grounds)}


def _standings_of(view: View) -> Iterable[dict[str, str | list[str]]]:
    """The same of the laws and tools."""
    yield {"regimes_in_force": sorted(view.regimes_in_force), "left_out": sorted(view.lawful_basis_leaves_out)}
    yield {"basis_not_established_for": sorted(view.lawful_basis_not_established_for)}
    for law in view.gateways.values():
        inside = sorted(f"{place} {law.inside[place].truth.value}" for place in view.places)
        yield {
            "law": law.id,
            "inside": inside,
            "lists": str(law.lists_complete),
            "gateways": str(law.gateways_known),
            "doubts": _doubts([law.ground]),
        }
    for name, tool in view.tools.items():
        yield {"tool": name, "doubts": _doubts(tool.grounds)}


def _doubts(grounds: Iterable[Ground]) -> list[str]:
    return sorted(f"{one.fact.id} {one.verification.value}{' stale' if one.stale else ''}" for one in grounds)


def _digest_of(lines: Iterable[bytes]) -> hashlib._Hash:
    """Of lines that others follow."""
    return hashlib.sha256(b"".join(line + b"\n" for line in lines))


def _line_of_record(record: Record) -> bytes:
    return _as_line(as_plain(record))


def _line_of(fact: Fact) -> bytes:
    return _as_line(_fact_record(fact))


def _as_line(record: Any) -> bytes:
    return as_bytes(canonical_text_of_mapping(record))


def _fact_record(fact: Fact) -> dict[str, str | bool | None]:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "id": fact.id,
        "statement": fact.statement,
        "valid_from": day(fact.period.valid_from),
        "valid_to": day(fact.period.valid_to),
        "source": fact.source.title,
        "url": fact.source.url,
        "verified_on": day(fact.verified_on),
        "verification": fact.verification.value,
        "origin": fact.origin.value,
        "start_unverified": fact.start_unverified,
    }
