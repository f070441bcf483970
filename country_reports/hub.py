"""The hub: look up what the law is at a place, as of a day. Loads only what it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pydantic import BaseModel

from country_reports.access import AccessLaw, AccessReport, Area, Guarantee
from country_reports.adequacy_act import AdequacyAct, AdequacyFile, Outlook
from country_reports.facts import (
    Fact,
    FactKind,
    Ground,
    Origin,
    Role,
    Standing,
    Truth,
    any_of,
)
from country_reports.group import Group
from country_reports.places import Gazetteer, PlaceKind, PlaceRecord, PlacesFile
from country_reports.records import BadRecord, Problem, read_record
from country_reports.reference import FreshnessFile, LawfulBasesFile, LawfulBasis, Limit, VocabularyFile
from country_reports.regime import Binding, BindingsFile, Regime
from country_reports.shelf import Shelf, refuse_strays
from country_reports.sourced import RecordFile
from country_reports.treaty import Treaty

if TYPE_CHECKING:
    from country_reports.report import CountryReport

ModelT = TypeVar("ModelT", bound=BaseModel)
FileT = TypeVar("FileT", bound=RecordFile)

SHIPPED_FOLDER = Path(__file__).resolve().parent


class Hub:
    """All facts about places, from the shipped records and, over them, a workspace folder."""

    def __init__(self, workspace: Path | None = None) -> None:
        self._shelves = [Shelf(SHIPPED_FOLDER, Origin.SHIPPED)]
        if workspace is not None and (workspace / "country_reports").is_dir():
            self._shelves.append(Shelf(workspace / "country_reports", Origin.WORKSPACE))
            refuse_strays(workspace / "country_reports")
        self._treaties: dict[str, tuple[Treaty, dict[str, Origin]]] = {}
        self._groups: dict[str, tuple[Group, dict[str, Origin]]] = {}
        self._acts: dict[str, tuple[tuple[AdequacyAct, Origin], ...]] = {}
        self._regimes: dict[str, tuple[Regime, Origin] | None] = {}
        self._access: dict[str, tuple[AccessReport, dict[str, Origin]] | None] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the records lie, the workspace's last."""
        return tuple(shelf.folder for shelf in self._shelves)

    def on(self, day: date) -> HubOnDay:
        """This hub as of ``day``."""
        return HubOnDay(self, day)

    @cached_property
    def places(self) -> Gazetteer:
        records: dict[str, PlaceRecord] = {}
        for _, file in self._read("places.yaml", PlacesFile):
            records |= {place.id: place for place in file.places}
        if not records:
            raise self._missing("places.yaml")
        clashes = list(PlacesFile(places=tuple(records.values())).faults())
        if clashes:
            where = str(self._shelves[-1].folder / "places.yaml")
            raise BadRecord(Problem(where, None, "places", clash.message) for clash in clashes)
        return Gazetteer(records.values())

    @cached_property
    def vocabulary(self) -> VocabularyFile:
        """Schemes of certification and legal categories of recipients in words; categories of data by kind."""
        schemes: dict[str, str] = {}
        scopes: dict[str, tuple[str, ...]] = {}
        categories: dict[str, str] = {}
        data_kinds: dict[str, tuple[str, ...]] = {}
        for _, file in self._read("vocabulary.yaml", VocabularyFile):
            schemes |= file.schemes
            scopes |= file.scopes
            categories |= file.categories
            data_kinds |= file.data_kinds
        return VocabularyFile(schemes=schemes, scopes=scopes, categories=categories, data_kinds=data_kinds)

    @cached_property
    def freshness(self) -> dict[FactKind, Limit]:
        limits: dict[FactKind, Limit] = {}
        for _, file in self._read("freshness.yaml", FreshnessFile):
            limits |= file.limits
        if not set(FactKind) <= set(limits):
            raise self._missing("freshness.yaml")
        return limits

    @cached_property
    def bindings(self) -> tuple[tuple[Binding, Origin], ...]:
        """Which regime binds which exporters, by regime id."""
        found: dict[str, tuple[Binding, Origin]] = {}
        for origin, file in self._read("exporters.yaml", BindingsFile):
            found |= {binding.regime: (binding, origin) for binding in file.regimes}
        return tuple(found[regime] for regime in sorted(found))

    @cached_property
    def lawful_bases(self) -> tuple[tuple[LawfulBasis, Origin], ...]:
        """Laws that allowed voluntary detection of child sexual abuse in the Union, past ones included."""
        found: dict[str, tuple[LawfulBasis, Origin]] = {}
        for origin, file in self._read("lawful-bases.yaml", LawfulBasesFile):
            found |= {basis.id: (basis, origin) for basis in file.bases}
        return tuple(found[basis_id] for basis_id in sorted(found))

    @cached_property
    def issuers(self) -> dict[str, str]:
        """Who makes findings of adequacy: id and name."""
        return {file.issuer: file.name for _, file in self._read("adequacy/*.yaml", AdequacyFile)}

    @cached_property
    def outlook(self) -> Outlook:
        """What stands beside the findings of adequacy; the last file that says something says it."""
        return [Outlook(), *(file for _, file in self._read("outlook.yaml", Outlook))][-1]

    def acts(self, issuer: str) -> tuple[tuple[AdequacyAct, Origin], ...]:
        """Every finding of adequacy of one issuer, past ones included, by id."""
        if issuer not in self._acts:
            found: dict[str, tuple[AdequacyAct, Origin]] = {}
            name = f"adequacy/{issuer.replace('_', '-')}.yaml"
            for _, file in self._read(name, AdequacyFile, self._shelves[:1]):
                found |= {act.id: (act, Origin.SHIPPED) for act in file.acts}
            for file in self._own_findings:
                found |= {act.id: (act, Origin.WORKSPACE) for act in file.acts if act.issuer == issuer}
            self._acts[issuer] = tuple(found[act_id] for act_id in sorted(found))
        return self._acts[issuer]

    def regimes_at(self, place: str) -> frozenset[str]:
        """Every regime that ever bound exporters at this place."""
        return frozenset(
            binding.regime
            for binding, _ in self.bindings
            if place in binding.places or any(self._ever_in(name, place) for name in binding.places if ":" in name)
        )

    def recognised_by(self, regimes: Iterable[str]) -> frozenset[str]:
        """The issuers whose findings count under these regimes; a workspace's findings say so themselves."""
        wanted = frozenset(regimes)
        named = (binding.adequacy_by for binding, _ in self.bindings if binding.regime in wanted)
        own = (file.issuer for file in self._own_findings if any(wanted & {*act.usable_under} for act in file.acts))
        return self._with_followed(frozenset(issuer for issuers in named for issuer in issuers).union(own))

    def _with_followed(self, issuers: frozenset[str]) -> frozenset[str]:
        """These issuers and those whose findings theirs follow."""
        destinations = (name for issuer in issuers for act, _ in self.acts(issuer) for name in act.destinations)
        return issuers.union(name.removeprefix("findings:") for name in destinations if name.startswith("findings:"))

    @cached_property
    def _own_findings(self) -> tuple[AdequacyFile, ...]:
        files = self._read("adequacy/*.yaml", AdequacyFile, self._shelves[1:])
        return tuple(file for _, file in files)

    @cached_property
    def treaty_ids(self) -> tuple[str, ...]:
        """Every treaty with a table."""
        return self._names("treaties")

    @cached_property
    def group_ids(self) -> tuple[str, ...]:
        """Every group with a list, as files are named."""
        return self._names("groups")

    def _names(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted({path.stem for shelf in self._shelves for path in (shelf.folder / folder).glob("*.yaml")}))

    def treaty(self, treaty_id: str) -> tuple[Treaty, dict[str, Origin]]:
        """A treaty table and the origin of each place's row.

        Raises:
            BadRecord: there is no such table, or it cannot be read.
        """
        if treaty_id not in self._treaties:
            found = self._overlaid(f"treaties/{treaty_id}.yaml", Treaty)
            if found is None:
                raise self._missing(f"treaties/{treaty_id}.yaml")
            self._treaties[treaty_id] = found
        return self._treaties[treaty_id]

    def group(self, group_id: str) -> tuple[Group, dict[str, Origin]]:
        """A dated group and the origin of each member.

        Raises:
            BadRecord: there is no such group, or it cannot be read.
        """
        if group_id not in self._groups:
            found = self._overlaid(f"groups/{group_id.replace('_', '-')}.yaml", Group)
            if found is None:
                raise self._missing(f"groups/{group_id.replace('_', '-')}.yaml")
            self._groups[group_id] = found
        return self._groups[group_id]

    def access_report(self, place: str) -> tuple[AccessReport, dict[str, Origin]] | None:
        """What the report on a place says of access, and the origin of each record by id; None without a report."""
        if place not in self._access:
            self._access[place] = self._overlaid(self._report_name(place), AccessReport)
        return self._access[place]

    def report(self, place: str) -> tuple[CountryReport, dict[str, Origin]] | None:
        """The whole report on a place, and the origin of each record by id; None without one."""
        from country_reports.report import CountryReport

        return self._overlaid(self._report_name(place), CountryReport)

    def regime(self, regime_id: str) -> Regime | None:
        """The regime's record as a reader sees it, if it was researched."""
        found = self.regime_from(regime_id)
        return None if found is None else found[0]

    def regime_from(self, regime_id: str) -> tuple[Regime, Origin] | None:
        """The regime's record and where it comes from: the workspace's, if it has one."""
        if regime_id not in self._regimes:
            found = [(file, origin) for origin, file in self._read(f"regimes/{regime_id}.yaml", Regime)]
            self._regimes[regime_id] = found[-1] if found else None
        return self._regimes[regime_id]

    def _ever_in(self, name: str, place: str) -> bool:
        group, _ = self.group(name.removeprefix("group:"))
        return any(member.place == place for member in group.members)

    def _missing(self, name: str) -> BadRecord:
        """What to say of a file that the engine cannot do without."""
        return BadRecord(
            [
                Problem(
                    str(self._shelves[0].folder / name),
                    None,
                    "",
                    "this file is missing or incomplete; the engine needs it",
                )
            ]
        )

    def _report_name(self, place: str) -> str:
        """The file of a report; for a place that does not exist, one that cannot."""
        return f"reports/{place.lower()}.yaml" if place in self.places else "reports/"

    def _overlaid(self, name: str, model: type[FileT]) -> tuple[FileT, dict[str, Origin]] | None:
        """One file with the workspace's over it, and where each record that has an id or a place came from."""
        merged: FileT | None = None
        origins: dict[str, Origin] = {}
        for origin, file in self._read(name, model):
            merged = file if merged is None else merged.overlaid_by(file)
            origins |= dict.fromkeys(file.keys_of_records(), origin)
        return None if merged is None else (merged, origins)

    def _read(
        self, pattern: str, model: type[ModelT], shelves: Iterable[Shelf] | None = None
    ) -> Iterator[tuple[Origin, ModelT]]:
        for shelf in self._shelves if shelves is None else shelves:
            paths = sorted(shelf.folder.glob(pattern)) if "*" in pattern else [shelf.folder / pattern]
            for path in paths:
                if path.is_file():
                    yield shelf.origin, read_record(path, model)


@dataclass(frozen=True, slots=True)
class RatedGuarantee:
    """A guarantee as rated on the day, with its ground, and that of the practice documented with it on the day."""

    record: Guarantee
    ground: Ground
    practice: Ground | None = None


@dataclass(frozen=True, slots=True)
class RatedLaw:
    """An access law in force on the day, with its ground, and that of the practice documented with it on the day."""

    record: AccessLaw
    ground: Ground
    practice: Ground | None = None


OnDay: TypeAlias = RatedGuarantee | RatedLaw
"""What a report says of access on a day, with the practice documented with it."""


@dataclass(frozen=True, slots=True)
class ActOnDay:
    """A finding of adequacy about a place with its role on the day; ended and coming ones explain a no.

    ``follows`` are the findings of another issuer in force on the day through which alone a rule covers the
    place: it holds within their limits and no further.
    """

    record: AdequacyAct
    ground: Ground
    follows: tuple[ActOnDay, ...] = ()


@dataclass(frozen=True, slots=True)
class BindingOnDay:
    """A regime that binds an exporter on the day, as far as place and kind decide."""

    record: Binding
    ground: Ground


_FOLLOWING = "findings:"
POLICE_ONLY = frozenset(("eu-led", "uk-dpa-part3"))
"""Regimes of police and prosecution: a finding for them says nothing to anybody else."""


def named_by_itself(act: AdequacyAct) -> tuple[str, ...]:
    """The destinations that an act names by itself."""
    return tuple(name for name in act.destinations if not name.startswith(_FOLLOWING))


class HubOnDay:
    """Questions to the hub whose answers depend on the day. Unknown places and gaps answer unknown."""

    def __init__(self, hub: Hub, day: date) -> None:
        self._hub = hub
        self.day = day

    def ground(self, fact: Fact) -> Ground:
        """The fact as a finding of this day may cite it."""
        return Ground(fact, fact.period.role_on(self.day), fact.verification_on(self.day), self._is_stale(fact))

    def treaty_in_force(self, treaty_id: str) -> Standing:
        """Is the treaty itself in force?"""
        treaty, _ = self._hub.treaty(treaty_id)
        fact = treaty.force_fact(Origin.SHIPPED)
        if treaty.in_force.valid_from is None:
            return Standing(Truth.NO, (self.ground(fact),))
        return self._standing_of([fact], ())

    def party(self, place: str, treaty_id: str) -> Standing:
        """Is ``place`` bound by the treaty on the day?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.valid_from is not None]
        facts = [treaty.status_fact(row, origins[row.place]) for row in rows]
        return self._or_absent(self._standing_of(facts, ()), treaty, place)

    def ratified(self, place: str, treaty_id: str) -> Standing:
        """Has ``place`` consented to be bound, whether or not the treaty is in force?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.ratified is not None]
        facts = [treaty.ratification_fact(row, origins[row.place]) for row in rows]
        return self._or_absent(self._standing_of(facts, ()), treaty, place)

    def applies_provisionally(self, place: str, treaty_id: str) -> Standing:
        """Has ``place`` declared that it applies the treaty before its entry into force?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.provisional_from is not None]
        facts = [treaty.provisional_fact(row, origins[place]) for row in rows]
        return self._standing_of(facts, (self.ground(treaty.table_fact(Origin.SHIPPED)),))

    def member(self, place: str, group_id: str) -> Standing:
        """Is ``place`` in the group on the day?"""
        group, origins = self._hub.group(group_id)
        facts = [group.member_fact(member, origins[place]) for member in group.members if member.place == place]
        standing = self._standing_of(facts, (self.ground(group.list_fact(Origin.SHIPPED)),))
        if standing.truth is Truth.NO and not facts and not group.complete:
            return Standing(Truth.UNKNOWN, standing.grounds)
        return standing

    def detection_allowed(self) -> Standing:
        """Is a law in force that allows voluntary detection by messaging providers in the Union?"""
        return self._standing_of((basis.fact(origin) for basis, origin in self._hub.lawful_bases), ())

    def detection_leaves_out(self) -> tuple[str, ...]:
        """Communications that the law in force on the day does not cover."""
        in_force = (basis for basis, _ in self._hub.lawful_bases if basis.period.contains(self.day))
        return tuple(sorted({kind for basis in in_force for kind in basis.leaves_out}))

    def adequacy(self, place: str, issuers: Iterable[str]) -> tuple[ActOnDay, ...]:
        """Every finding of these issuers about ``place``, with its role on the day."""
        return tuple(
            ActOnDay(act, self.ground(act.fact(origin)), self._followed(act, place))
            for issuer in sorted(issuers)
            for act, origin in self._hub.acts(issuer)
            if self._listed(act.destinations, place)
        )

    def _followed(self, act: AdequacyAct, place: str) -> tuple[ActOnDay, ...]:
        """The findings through which alone the act covers the place; none where it names it otherwise."""
        issuers = [name.removeprefix(_FOLLOWING) for name in act.destinations if name.startswith(_FOLLOWING)]
        if not issuers or self._listed(named_by_itself(act), place):
            return ()
        return tuple(found for issuer in issuers for found in self._leading(issuer, place))

    def _leading(self, issuer: str, place: str) -> Iterator[ActOnDay]:
        """Findings of an issuer in force on the day that others may follow: not those for police, nor such as follow themselves."""
        for act, origin in self._hub.acts(issuer):
            in_force = act.period.contains(self.day) and not {*act.usable_under} <= POLICE_ONLY
            if in_force and self._listed(named_by_itself(act), place):
                yield ActOnDay(act, self.ground(act.fact(origin)))

    def regimes_binding(self, place: str, exporter_kind: str) -> tuple[BindingOnDay, ...]:
        """Regimes in force on the day that bind exporters of this kind at this place."""
        return tuple(binding for binding in self.regimes_of(place) if exporter_kind in binding.record.exporter_kinds)

    def regimes_of(self, place: str) -> tuple[BindingOnDay, ...]:
        """Regimes that bind exporters of any kind at this place on the day."""
        return tuple(
            BindingOnDay(binding, self.ground(binding.fact(origin)))
            for binding, origin in self._hub.bindings
            if binding.period.contains(self.day) and self._listed(binding.places, place)
        )

    def regime(self, regime_id: str) -> BindingOnDay | None:
        """Whom a regime binds, if it is in force on the day."""
        return next(
            (
                BindingOnDay(binding, self.ground(binding.fact(origin)))
                for binding, origin in self._hub.bindings
                if binding.regime == regime_id and binding.period.contains(self.day)
            ),
            None,
        )

    def within(self, place: str, area: tuple[str, ...]) -> Standing:
        """Is ``place`` among these places and groups on the day?"""
        if place in area:
            return Standing(Truth.YES)
        groups = [self.member(place, name.removeprefix("group:")) for name in area if name.startswith("group:")]
        truth = any_of(*(standing.truth for standing in groups))
        return Standing(truth, tuple(g for standing in groups if standing.truth is truth for g in standing.grounds))

    def lists_complete(self, regime: str, issuers: Iterable[str]) -> bool:
        """Whether every finding usable under a regime is on file: some are in force that day, and none of them is a list with gaps."""
        acts = [act for issuer in sorted(issuers) for act, _ in self._hub.acts(issuer) if regime in act.usable_under]
        in_force = [act for act in acts if act.period.contains(self.day)]
        return bool(in_force) and all(act.list_complete for act in in_force)

    def regimes_in_force(self) -> frozenset[str]:
        """Regimes that bind anybody on the day."""
        return frozenset(binding.regime for binding, _origin in self._hub.bindings if binding.period.contains(self.day))

    def guarantees(self, place: str) -> tuple[RatedGuarantee, ...]:
        """Ratings in force on the day; nothing where the place has no in-depth report."""
        found = self._hub.access_report(place)
        if found is None:
            return ()
        report, origins = found
        rated = ((rating, rating.fact(place, origins[rating.id])) for rating in report.guarantees)
        return tuple(
            RatedGuarantee(rating, self.ground(fact), self._practice(rating, fact))
            for rating, fact in rated
            if rating.period.contains(self.day)
        )

    def access_laws(self, place: str) -> tuple[RatedLaw, ...]:
        """Access laws in force on the day; nothing where the place has no in-depth report."""
        found = self._hub.access_report(place)
        if found is None:
            return ()
        report, origins = found
        laws = ((law, law.fact(place, origins[law.id])) for law in report.access_laws)
        return tuple(
            RatedLaw(law, self.ground(fact), self._practice(law, fact))
            for law, fact in laws
            if law.period.contains(self.day)
        )

    def _practice(self, record: Guarantee | AccessLaw, carrier: Fact) -> Ground | None:
        """The practice documented with a rating or law, where that is a fact of this day."""
        documented = record.practice
        if documented is None or not documented.period.contains(self.day):
            return None
        return self.ground(documented.fact(carrier))

    def complete_areas(self, place: str) -> frozenset[Area]:
        """Areas of access whose laws are all on file."""
        found = self._hub.access_report(place)
        return frozenset() if found is None else frozenset(found[0].complete_areas)

    def _standing_of(self, facts: Iterable[Fact], otherwise: tuple[Ground, ...]) -> Standing:
        """Yes where a fact holds on the day; no, citing those that ended or are to come, where none does."""
        grounds = tuple(self.ground(fact) for fact in facts)
        holding = tuple(ground for ground in grounds if ground.role is Role.SUPPORTS)
        if holding:
            return Standing(Truth.YES, holding)
        return Standing(Truth.NO, grounds + otherwise)

    def _or_absent(self, standing: Standing, treaty: Treaty, place: str) -> Standing:
        """A place without a row: no if the table is complete for it, else unknown."""
        if standing.truth is Truth.YES:
            return standing
        table = self.ground(treaty.table_fact(Origin.SHIPPED))
        truth = Truth.UNKNOWN if self._may_be_missing(treaty, place) else Truth.NO
        return Standing(truth, (*standing.grounds, table))

    def _may_be_missing(self, treaty: Treaty, place: str) -> bool:
        """Candidates for a row the table lacks; territories, whose coverage is a matter of declarations."""
        candidate = place in treaty.candidates and (
            treaty.candidates_from is None or self.day >= treaty.candidates_from
        )
        if candidate:
            return True
        known = place in self._hub.places
        return not known or self._hub.places[place].kind in (PlaceKind.TERRITORY, PlaceKind.SUB_UNIT)

    def _listed(self, names: tuple[str, ...], place: str) -> bool:
        if place in names:
            return True
        return any(self._in_class(name, place) for name in names if ":" in name)

    def _in_class(self, class_name: str, place: str) -> bool:
        """Whether the place is in a class of places on the day: a group, Parties to a treaty, holders of a finding."""
        kind, _, name = class_name.partition(":")
        if kind == "group":
            return self.member(place, name).truth is Truth.YES
        if kind == "treaty":
            return self.party(place, name).truth is Truth.YES
        return any(self._leading(name, place))

    def _is_stale(self, fact: Fact) -> bool:
        """Too old to carry a permission. A certification that nobody looked up again ages from its first day."""
        reached = fact.verified_on
        if reached is None and fact.kind is FactKind.CERTIFICATION:
            reached = fact.period.valid_from
        if reached is None or fact.period.role_on(self.day) is Role.ENDED:
            return False
        limit = self._hub.freshness.get(fact.kind)
        return limit is not None and self.day - reached > timedelta(days=limit.days)
