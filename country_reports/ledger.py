"""The ledger: every fact on file under its id, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from country_reports.adequacy_act import AdequacyFile, Outlook
from country_reports.facts import FactKind
from country_reports.group import Group
from country_reports.hub import FreshnessFile, LawfulBasesFile, VocabularyFile
from country_reports.layout import OnFile
from country_reports.places import PlacesFile
from country_reports.records import Record
from country_reports.regime import BindingsFile, Regime
from country_reports.report import CountryReport
from country_reports.sourced import Sourced
from country_reports.treaty import Treaty

Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact on file. ``location`` leads to it in its file; ``kind`` says how fast it ages, if it does."""

    id: str
    name: str
    record: Record
    location: Location
    kind: FactKind | None = None

    @property
    def sourced(self) -> Sourced | None:
        """The record with its period and marks, where it has them."""
        return self.record if isinstance(self.record, Sourced) else None


def entries_of(file: OnFile) -> Iterator[Entry]:
    """Every fact of one file, in its order."""
    record = file.record
    match record:
        case Treaty():
            yield from _treaty(record)
        case Group():
            yield Entry(f"groups/{record.id}", record.name, record, (), FactKind.GROUP_MEMBERSHIP)
            yield from _each(f"groups/{record.id}", "members", record.members, FactKind.GROUP_MEMBERSHIP, record.name)
        case AdequacyFile():
            yield from (
                Entry(f"adequacy/{act.id}", act.instrument, act, ("acts", number), FactKind.ADEQUACY)
                for number, act in enumerate(record.acts)
            )
        case BindingsFile():
            yield from (
                Entry(f"regimes/{one.regime}", one.name, one, ("regimes", number), FactKind.EXPORTER_REGIME)
                for number, one in enumerate(record.regimes)
            )
        case Regime():
            yield Entry(f"regimes/{record.id}/text", record.name, record, (), FactKind.EXPORTER_REGIME)
            yield from _each(f"regimes/{record.id}", "gateways", record.gateways, None, record.name)
        case CountryReport():
            yield from _report(record)
        case LawfulBasesFile():
            yield from _each("lawful-bases", "bases", record.bases, FactKind.LAWFUL_BASIS, "Lawful basis")
        case PlacesFile():
            yield from _each("places", "places", record.places, None, "Place")
        case _:
            yield from _loose(record)


def _treaty(treaty: Treaty) -> Iterator[Entry]:
    here = f"treaties/{treaty.id}"
    yield Entry(here, f"{treaty.short}: the table", treaty, (), FactKind.TREATY_TABLE)
    yield Entry(
        f"{here}/in-force", f"{treaty.short}: entry into force", treaty.in_force, ("in_force",), FactKind.TREATY_TABLE
    )
    yield from _each(here, "status", treaty.status, FactKind.TREATY_STATUS, treaty.short)


def _report(report: CountryReport) -> Iterator[Entry]:
    here = f"reports/{report.place.lower()}"
    yield Entry(here, f"Report on {report.place}", report, ())
    rules = report.data_protection.transfer_rules
    if rules is not None:
        at = ("data_protection", "transfer_rules")
        yield Entry(f"{here}/transfer_rules", f"{report.place}: transfer rules", rules, at, FactKind.REPORT)
    yield from _each(here, "access_laws", report.access_laws, FactKind.ACCESS_LAW, report.place)
    yield from _each(f"{here}/guarantees", "guarantees", report.guarantees, FactKind.GUARANTEE_RATING, report.place)
    for location, records in report.chapters():
        for number, record in enumerate(records):
            name = f"{report.place}: {location[-1].replace('_', ' ')}, {record.id}"
            yield Entry(f"{here}/{location[-1]}/{record.id}", name, record, (*location, number), FactKind.REPORT)


def _each(here: str, field: str, records: Iterable[Record], kind: FactKind | None, name: str) -> Iterator[Entry]:
    """One entry for each record of a list, known by its id or place."""
    for number, record in enumerate(records):
        yield Entry(f"{here}/{_key(record).lower()}", f"{name}: {_key(record)}", record, (field, number), kind)


def _key(record: Record) -> str:
    return str(getattr(record, "id", None) or getattr(record, "place", ""))


def _loose(record: Record) -> Iterator[Entry]:
    """Files whose items have no period: words, limits, and what stands beside the findings."""
    if isinstance(record, FreshnessFile):
        yield from (
            Entry(f"freshness/{kind.value}", f"Limit for {kind.value}", limit, ("limits", kind.value))
            for kind, limit in record.limits.items()
        )
    elif isinstance(record, VocabularyFile):
        yield Entry("vocabulary", "Words with a fixed meaning", record, ())
    elif isinstance(record, Outlook):
        yield Entry("outlook", "Beside the findings of adequacy", record, ())
