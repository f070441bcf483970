"""The hub: look up what the law is at a place, as of a day. Loads only what it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from country_reports.access import AccessReport
from country_reports.adequacy_act import AdequacyAct, AdequacyFile
from country_reports.compiled import HOUSE
from country_reports.facts import FactKind, Origin
from country_reports.group import Group
from country_reports.on_day import (
    POLICE_ONLY,
    ActOnDay,
    BindingOnDay,
    HubOnDay,
    OnDay,
    RatedGuarantee,
    RatedLaw,
    named_by_itself,
)
from country_reports.places import Gazetteer, PlaceRecord, PlacesFile
from country_reports.records import BadRecord, Problem
from country_reports.reference import FreshnessFile, LawfulBasesFile, LawfulBasis, Limit, VocabularyFile
from country_reports.regime import Binding, BindingsFile, Regime
from country_reports.shelf import Shelf, refuse_strays
from country_reports.sourced import RecordFile
from country_reports.treaty import Treaty

if TYPE_CHECKING:
    from country_reports.outlook import Outlook
    from country_reports.report import CountryReport

__all__ = [
    "POLICE_ONLY", "SHIPPED_FOLDER", "ActOnDay", "BindingOnDay", "Hub", "HubOnDay", "OnDay", "RatedGuarantee", "RatedLaw", "named_by_itself",
]  # fmt: skip
"""The hub and its answers for a day."""

ModelT = TypeVar("ModelT", bound=BaseModel)
FileT = TypeVar("FileT", bound=RecordFile)

SHIPPED_FOLDER = Path(__file__).resolve().parent
DAYS_KEPT = 32
"""A register that is read on many days is mostly read day by day."""


class Hub:
    """All facts about places, from the shipped records and, over them, a workspace folder.

    ``house`` is the folder that holds the packages: another than the installed one has other shipped records.
    """

    def __init__(self, workspace: Path | None = None, house: Path = HOUSE) -> None:
        self._shelves = [Shelf(house / SHIPPED_FOLDER.name, Origin.SHIPPED)]
        if workspace is not None and (workspace / "country_reports").is_dir():
            self._shelves.append(Shelf(workspace / "country_reports", Origin.WORKSPACE))
            refuse_strays(workspace / "country_reports")
        self._treaties: dict[str, tuple[Treaty, dict[str, Origin]]] = {}
        self._groups: dict[str, tuple[Group, dict[str, Origin]]] = {}
        self._acts: dict[str, tuple[tuple[AdequacyAct, Origin], ...]] = {}
        self._regimes: dict[str, tuple[Regime, Origin] | None] = {}
        self._access: dict[str, tuple[AccessReport, dict[str, Origin]] | None] = {}
        self._days: dict[date, HubOnDay] = {}
        self._regimes_at: dict[str, frozenset[str]] = {}
        self._recognised: dict[frozenset[str], frozenset[str]] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the records lie, the workspace's last."""
        return tuple(shelf.folder for shelf in self._shelves)

    def on(self, day: date) -> HubOnDay:
        """This hub as of ``day``; a day asked for again is answered with the same objects."""
        if day not in self._days:
            if len(self._days) == DAYS_KEPT:
                del self._days[next(iter(self._days))]
            self._days[day] = HubOnDay(self, day)
        return self._days[day]

    @cached_property
    def places(self) -> Gazetteer:
        files = [file for _, file in self._read("places.yaml", PlacesFile)]
        if not files:
            raise self._missing("places.yaml")
        records = {place.id: place for file in files for place in file.places}
        if len(files) > 1:
            self._refuse_clashes(records.values())
        return Gazetteer(records.values())

    def _refuse_clashes(self, records: Iterable[PlaceRecord]) -> None:
        """Files that are well each by itself may give one name to two places."""
        clashes = list(PlacesFile(places=tuple(records)).faults())
        if clashes:
            where = str(self._shelves[-1].folder / "places.yaml")
            raise BadRecord(Problem(where, None, "places", clash.message) for clash in clashes)

    @cached_property
    def vocabulary(self) -> VocabularyFile:
        """Schemes of certification and legal categories of recipients in words; categories of data by kind."""
        files = [file for _, file in self._read("vocabulary.yaml", VocabularyFile)]
        return reduce(VocabularyFile.overlaid_by, files, VocabularyFile.model_construct())

    @cached_property
    def kind_of_data(self) -> dict[str, str]:
        """What access laws would call the data, by category."""
        return {word: kind for kind, words in self.vocabulary.data_kinds.items() for word in words}

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
        from country_reports.outlook import Outlook

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
        if place not in self._regimes_at:
            self._regimes_at[place] = frozenset(
                binding.regime
                for binding, _ in self.bindings
                if place in binding.places or any(self._ever_in(name, place) for name in binding.places if ":" in name)
            )
        return self._regimes_at[place]

    def recognised_by(self, regimes: frozenset[str]) -> frozenset[str]:
        """The issuers whose findings count under these regimes; a workspace's findings say so themselves."""
        if regimes not in self._recognised:
            named = (binding.adequacy_by for binding, _ in self.bindings if binding.regime in regimes)
            own = (
                file.issuer for file in self._own_findings if any(regimes & {*act.usable_under} for act in file.acts)
            )
            issuers = frozenset(issuer for issuers in named for issuer in issuers).union(own)
            self._recognised[regimes] = self._with_followed(issuers)
        return self._recognised[regimes]

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
                    yield shelf.origin, shelf.read(path, model)
