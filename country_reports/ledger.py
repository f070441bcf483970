"""The ledger: every fact on file under its id, whatever file it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from country_reports.access import Practice
from country_reports.adequacy_act import AdequacyFile
from country_reports.facts import FactKind
from country_reports.group import Group
from country_reports.outlook import Outlook
from country_reports.places import PlacesFile
from country_reports.records import Record
from country_reports.reference import FreshnessFile, LawfulBasesFile, VocabularyFile
from country_reports.regime import BindingsFile, Regime
from country_reports.report import CountryReport
from country_reports.sourced import Sourced
from country_reports.treaty import Treaty

Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact on file.

    ``location`` leads to it in its file, ``places`` are those it is about by name, ``kind`` says how fast
    it ages, if it does.
    """

    id: str
    name: str
    record: Record
    location: Location
    kind: FactKind | None = None
    places: tuple[str, ...] = ()

    @property
    def sourced(self) -> Sourced | None:
        """The record with its period and marks, where it has them."""
        return self.record if isinstance(self.record, Sourced) else None


def entries_of(record: Record) -> Iterator[Entry]:
    """Every fact of one file, in its order."""
    match record:
        case Treaty():
            yield from _treaty(record)
        case Group():
            yield Entry(f"groups/{record.id}", record.name, record, (), FactKind.GROUP_MEMBERSHIP)
            yield from _each(f"groups/{record.id}", "members", record.members, FactKind.GROUP_MEMBERSHIP, record.name)
        case AdequacyFile():
            yield from (
                Entry(f"adequacy/{act.id}", act.instrument, act, ("acts", number), FactKind.ADEQUACY, act.destinations)
                for number, act in enumerate(record.acts)
            )
        case BindingsFile():
            yield from (
                Entry(f"regimes/{one.regime}", one.name, one, ("regimes", number), FactKind.EXPORTER_REGIME, one.places)
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
    place = (report.place,)
    yield Entry(here, "the report itself", report, (), None, place)
    rules = report.data_protection.transfer_rules
    if rules is not None:
        at = ("data_protection", "transfer_rules")
        yield Entry(f"{here}/transfer_rules", "transfer rules", rules, at, FactKind.REPORT, place)
    for number, law in enumerate(report.access_laws):
        entry = Entry(f"{here}/{law.id}", law.name, law, ("access_laws", number), FactKind.ACCESS_LAW, place)
        yield from _with_practice(entry, law.practice)
    for number, one in enumerate(report.guarantees):
        name = f"guarantee {one.head}, {one.area.replace('_', ' ')}"
        entry_id, kind = f"{here}/guarantees/{one.id}", FactKind.GUARANTEE_RATING
        yield from _with_practice(Entry(entry_id, name, one, ("guarantees", number), kind, place), one.practice)
    for chapter, records in report.chapters():
        for number, record in enumerate(records):
            name = f"{chapter[-1].replace('_', ' ')}: {_told(record)}"
            entry_id = f"{here}/{chapter[-1]}/{record.id}"
            yield Entry(entry_id, name, record, (*chapter, number), FactKind.REPORT, place)


def _with_practice(carrier: Entry, practice: Practice | None) -> Iterator[Entry]:
    """A rating or an access law, and the practice documented with it as a fact of its own."""
    yield carrier
    if practice is not None:
        location, kind = (*carrier.location, "practice"), FactKind.GUARANTEE_RATING
        yield Entry(f"{carrier.id}/practice", f"{carrier.name}: practice", practice, location, kind, carrier.places)


def _each(here: str, field: str, records: Iterable[Record], kind: FactKind | None, name: str) -> Iterator[Entry]:
    """One entry for each record of a list, known by its id or place; a place's second row is numbered."""
    seen: Counter[str] = Counter()
    for number, record in enumerate(records):
        key, place = _key(record).lower(), getattr(record, "place", None)
        seen[key] += 1
        entry_id = f"{here}/{key}" if seen[key] == 1 else f"{here}/{key}-{seen[key]}"
        told = name if place else f"{name}: {_key(record)}"
        yield Entry(entry_id, told, record, (field, number), kind, (place,) if place else ())


def _told(record: Record) -> str:
    """What a fact of a report is called."""
    names = (
        getattr(record, name, None)
        for name in ("title", "name", "right", "gap", "what", "route", "duty", "event", "id")
    )
    return str(next(name for name in names if name))


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
