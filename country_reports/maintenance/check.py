"""Check a folder of records: every file by itself, and all of them against one another.

A file that cannot be read is told with every problem in it, and does not hide the problems of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product
from pathlib import Path
from typing import TypeVar

from country_reports.access import AccessReport, Area, Guarantee
from country_reports.adequacy_act import AdequacyAct, AdequacyFile
from country_reports.facts import FactKind, Period
from country_reports.group import Group
from country_reports.guarantees import Head
from country_reports.layout import Collection, OnFile, read_all
from country_reports.ledger import Entry, Location, entries_of
from country_reports.outlook import Outlook
from country_reports.places import PlacesFile
from country_reports.records import Problem, Record, problem_at
from country_reports.reference import FreshnessFile, VocabularyFile
from country_reports.regime import Binding, BindingsFile, Regime
from country_reports.report import CountryReport
from country_reports.shelf import strays
from country_reports.sourced import RecordFile
from country_reports.treaty import Treaty

RecordT = TypeVar("RecordT", bound=Record)


def check(folders: Iterable[Path], today: date) -> list[Problem]:
    """Every problem in these folders of records; later folders lie over earlier ones, as a workspace does.

    ``today`` bounds the days on which something can have been verified.
    """
    collections = [read_all(folder) for folder in folders]
    books = Books(collections, today)
    problems = [problem for collection in collections for problem in collection.problems]
    problems += [problem for collection in collections for problem in strays(collection.folder)]
    unread = {problem.file for collection in collections for problem in collection.problems}
    problems += _missing(collections[0], unread)
    for rule, needed in RULES.items():
        if not any(_in(name, needed, collections) for name in unread):
            problems += [problem_at(file.path, location, message) for file, location, message in rule(books)]
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.field, problem.message))


def _missing(shipped: Collection, unread: set[str]) -> list[Problem]:
    """Files that the engine cannot do without."""
    there = {file.name for file in shipped.files}
    paths = [shipped.folder / name for name in REQUIRED if name not in there]
    return [
        Problem(str(path), None, "", "this file is missing; the engine needs it")
        for path in paths
        if str(path) not in unread
    ]


def _in(file: str, needed: tuple[str, ...], collections: list[Collection]) -> bool:
    """Whether a file that could not be read is one that a rule needs to be whole."""
    names = (
        Path(file).relative_to(one.folder).as_posix() for one in collections if Path(file).is_relative_to(one.folder)
    )
    return any(name.startswith(needed) for name in names)


REQUIRED = (
    "places.yaml", "vocabulary.yaml", "freshness.yaml", "exporters.yaml", "lawful-bases.yaml",
    "treaties/cets-108.yaml", "treaties/cets-181.yaml", "treaties/cets-223.yaml", "groups/eu.yaml", "groups/gdpr-area.yaml",
)  # fmt: skip


def vanished(before: Path, after: Path) -> list[Problem]:
    """Facts that stood in an earlier state of a folder and are gone: they must be ended, never deleted."""
    kept = {entry.id for file in read_all(after).files for entry in entries_of(file.record)}
    return [
        Problem(str(after / file.name), None, "", f"{entry.id} is gone; end it with `valid_to`, or give it its id back")
        for file in read_all(before).files
        for entry in entries_of(file.record)
        if entry.id not in kept
    ]


@dataclass(frozen=True)
class Books:
    """All files together, each kind under its id."""

    collections: list[Collection]
    today: date

    @cached_property
    def files(self) -> tuple[OnFile, ...]:
        return tuple(file for collection in self.collections for file in collection.files)

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(place.id for _, file in self.of(PlacesFile) for place in file.places)

    @cached_property
    def groups(self) -> dict[str, Group]:
        return _merged((group.id, group) for _, group in self.of(Group))

    @cached_property
    def treaties(self) -> dict[str, Treaty]:
        return _merged((treaty.id, treaty) for _, treaty in self.of(Treaty))

    @cached_property
    def issuers(self) -> frozenset[str]:
        return frozenset(file.issuer for _, file in self.of(AdequacyFile))

    @cached_property
    def regimes(self) -> dict[str, Regime]:
        return {regime.id: regime for _, regime in self.of(Regime)}

    @cached_property
    def vocabulary(self) -> list[VocabularyFile]:
        return [file for _, file in self.of(VocabularyFile)]

    @cached_property
    def acts(self) -> list[tuple[OnFile, Location, AdequacyAct]]:
        return [
            (file, ("acts", number), act)
            for file, record in self.of(AdequacyFile)
            for number, act in enumerate(record.acts)
        ]

    @cached_property
    def bindings(self) -> list[tuple[OnFile, Location, Binding]]:
        return [
            (file, ("regimes", number), one)
            for file, record in self.of(BindingsFile)
            for number, one in enumerate(record.regimes)
        ]

    @cached_property
    def entries(self) -> list[tuple[OnFile, Entry]]:
        return [(file, entry) for file in self.files for entry in entries_of(file.record)]

    @cached_property
    def reports(self) -> list[tuple[OnFile, CountryReport]]:
        return self.of(CountryReport)

    def of(self, model: type[RecordT]) -> list[tuple[OnFile, RecordT]]:
        """Every file of one kind."""
        return [(file, file.record) for file in self.files if isinstance(file.record, model)]

    def knows(self, name: str) -> bool:
        """Whether a destination or a class of destinations exists."""
        kind, _, of = name.rpartition(":")
        known: dict[str, Container[str]] = {
            "": self.places,
            "group": self.groups,
            "treaty": self.treaties,
            "findings": self.issuers,
        }
        return kind in known and of in known[kind]


FileT = TypeVar("FileT", bound=RecordFile)


def _merged(records: Iterable[tuple[str, FileT]]) -> dict[str, FileT]:
    """Records of one id as they lie over one another."""
    merged: dict[str, FileT] = {}
    for key, record in records:
        merged[key] = merged[key].overlaid_by(record) if key in merged else record
    return merged


Found = tuple[OnFile, Location, str]


def files_are_named_by_their_id(books: Books) -> Iterator[Found]:
    """So that a reader finds the record, and the hub reads one file and not all."""
    named = {Treaty: "id", Group: "id", Regime: "id", AdequacyFile: "issuer", CountryReport: "place"}
    for file in books.files:
        field = named.get(type(file.record))
        if field is not None:
            right = str(getattr(file.record, field)).lower().replace("_", "-") + ".yaml"
            if file.path.name != right and file.path.name.replace("_", "-") != right:
                yield file, (field,), f"this record belongs in a file called {right}"


def places_exist(books: Books) -> Iterator[Found]:
    """Every place that a fact is about is in places.yaml."""
    for file, location, names in _names_of_places(books):
        for name in sorted({*names} - books.places):
            yield file, location, f"{name!r} is no place in places.yaml; use its id there, or add it first"


def _names_of_places(books: Books) -> Iterator[tuple[OnFile, Location, Iterable[str]]]:
    for file, treaty in books.of(Treaty):
        yield from ((file, ("status", number, "place"), (row.place,)) for number, row in enumerate(treaty.status))
        yield file, ("candidates",), treaty.candidates
    for file, group in books.of(Group):
        yield from ((file, ("members", number, "place"), (one.place,)) for number, one in enumerate(group.members))
    for file, report in books.reports:
        yield file, ("place",), (report.place,)
    for file, location, act in books.acts:
        yield file, (*location, "not_established_for"), act.not_established_for
    for file, gazetteer in books.of(PlacesFile):
        wholes = ((number, place.within) for number, place in enumerate(gazetteer.places) if place.within)
        yield from ((file, ("places", number, "within"), (whole,)) for number, whole in wholes)
    for file, outlook in books.of(Outlook):
        yield file, ("not_researched",), outlook.not_researched
        yield from ((file, ("none_found", number), (one.exporter,)) for number, one in enumerate(outlook.none_found))
        yield from ((file, ("under_way", number), one.places) for number, one in enumerate(outlook.under_way))


def destinations_exist(books: Books) -> Iterator[Found]:
    """Destinations and exporters are places, groups, Parties to a treaty, or holders of a finding."""
    named = [(file, (*at, "destinations"), act.destinations) for file, at, act in books.acts]
    named += [(file, (*at, "believed"), act.believed) for file, at, act in books.acts]
    named += [(file, (*at, "places"), one.places) for file, at, one in books.bindings]
    for file, location, names in named:
        for name in names:
            if not books.knows(name):
                yield file, location, f"{name!r} is no place, group:, treaty: or findings: that is on file"


def words_are_in_the_vocabulary(books: Books) -> Iterator[Found]:
    """Schemes, and categories of recipients, are spelled as in vocabulary.yaml."""
    schemes = {scheme for words in books.vocabulary for scheme in words.schemes}
    categories = {category for words in books.vocabulary for category in words.categories} | {"any"}
    for file, location, act in books.acts:
        if act.scheme is not None and act.scheme not in schemes:
            yield file, (*location, "scheme"), f"{act.scheme!r} is no scheme in vocabulary.yaml"
        for number, requirement in enumerate(act.requires):
            if requirement.category not in categories:
                at = (*location, "requires", number, "category")
                yield file, at, f"{requirement.category!r} is no category in vocabulary.yaml"
    for file, report in books.reports:
        for number, law in enumerate(report.access_laws):
            for word in sorted({*law.reaches} - categories):
                yield file, ("access_laws", number, "reaches"), f"{word!r} is no category in vocabulary.yaml, nor `any`"


def regimes_and_issuers_exist(books: Books) -> Iterator[Found]:
    """Findings are usable under regimes on file, and regimes recognise issuers on file."""
    bound = {binding.regime for _, _, binding in books.bindings} | set(books.regimes)
    for file, location, act in books.acts:
        for regime in sorted({*act.usable_under} - bound):
            yield file, (*location, "usable_under"), f"{regime!r} is no regime in exporters.yaml or regimes/"
    for file, location, binding in books.bindings:
        for issuer in sorted({*binding.adequacy_by} - books.issuers):
            yield file, (*location, "adequacy_by"), f"no file in adequacy/ holds the findings of {issuer!r}"
        for regime in sorted({*binding.implements} - set(books.regimes)):
            yield file, (*location, "implements"), f"{regime!r} is no regime in regimes/"


def bindings_agree_with_their_regimes(books: Books) -> Iterator[Found]:
    """A regime binds from the day on which it is in force, and has a file of its own."""
    for file, location, binding in books.bindings:
        regime = books.regimes.get(binding.regime)
        if regime is None:
            yield (
                file,
                (*location, "regime"),
                f"regimes/{binding.regime}.yaml is missing; it says which gateways the regime opens",
            )
        elif regime.period != binding.period:
            here, there = _said(binding.period), _said(regime.period)
            yield (
                file,
                location,
                f"in force {here} here, {there} in regimes/{binding.regime}.yaml; one of them is wrong",
            )


def regimes_do_not_compete(books: Books) -> Iterator[Found]:
    """Two general regimes of one place bind the same exporters on one day only by mistake."""
    for (_, _, one), (file, location, other) in combinations(books.bindings, 2):
        shared = {*one.places} & {*other.places} and {*one.exporter_kinds} & {*other.exporter_kinds}
        if shared and one.period.overlaps(other.period):
            message = (
                f"{one.regime} binds {', '.join(sorted(shared))} exporters there on the same days; end one of them"
            )
            yield file, (*location, "places"), message


def groups_of_origin_exist(books: Books) -> Iterator[Found]:
    """A rating that holds for some exporters only names a group on file."""
    for file, report in books.reports:
        for number, rating in enumerate(report.guarantees):
            if rating.origin_in is not None and rating.origin_in.group not in books.groups:
                at = ("guarantees", number, "origin_in", "group")
                yield file, at, f"no file in groups/ is called {rating.origin_in.group!r}"


def ratings_cover_every_day(books: Books) -> Iterator[Found]:
    """In a full report each guarantee has a rating in each area, from before our record to today and on."""
    merged = _merged((report.place, report) for _, report in books.reports)
    for file, report in {written.place: (file, merged[written.place]) for file, written in books.reports}.values():
        for head, area in product(Head, (Area.NATIONAL_SECURITY, Area.LAW_ENFORCEMENT)) if report.is_full else ():
            rated = [one for one in report.guarantees if one.head is head and one.area is area]
            for rating_id, message in _unrated_days(rated):
                yield file, _rating_in(file, rating_id), f"no rating of guarantee {head} for {area} {message}"


def _unrated_days(rated: list[Guarantee]) -> Iterator[tuple[str | None, str]]:
    """The gaps between ratings, each with the rating after it or before it."""
    if not rated:
        yield None, "at all; write `unclear` where nothing is known"
        return
    covered: date | None = date.min
    ordered = sorted(rated, key=lambda one: one.valid_from or date.min)
    for one in ordered:
        starts = one.valid_from or date.min
        if covered is not None and starts > covered:
            yield one.id, f"from {covered} to {starts}" if covered != date.min else f"before {starts}"
        covered = None if covered is None or one.valid_to is None else max(covered, one.valid_to)
    if covered is not None:
        yield ordered[-1].id, f"from {covered} on"


def _rating_in(file: OnFile, rating_id: str | None) -> Location:
    report = file.record
    ids = [one.id for one in report.guarantees] if isinstance(report, CountryReport) else []
    return ("guarantees", ids.index(rating_id)) if rating_id in ids else ("guarantees",)


def no_finding_survives_accession(books: Books) -> Iterator[Found]:
    """A finding of the Commission ends when the country joins the Union."""
    union = books.groups.get("eu")
    for file, location, act in books.acts:
        for member in union.members if union is not None and act.issuer == "eu_commission" else ():
            if member.place in act.destinations and act.period.overlaps(member.period):
                since = f"since {member.valid_from}" if member.valid_from else "then"
                message = f"{member.place} is a Member State {since}; a finding under the GDPR cannot stand beside that"
                yield file, (*location, "destinations"), message


def members_of_the_union_are_in_the_area(books: Books) -> Iterator[Found]:
    """Where the GDPR applies and who is in the Union cannot differ."""
    union, area = books.groups.get("eu"), books.groups.get("gdpr_area")
    file = next((file for file, group in books.of(Group) if group.id == "gdpr_area"), None)
    if union is None or area is None or file is None:
        return
    inside = {member.place for member in area.members if member.valid_to is None}
    for member in union.members:
        if member.valid_to is None and member.place not in inside:
            yield file, ("members",), f"{member.place} is in the group `eu` and not here"


def protocols_follow_the_convention(books: Books) -> Iterator[Found]:
    """Only a Party to Convention 108 can ratify its protocols."""
    convention = books.treaties.get("cets-108")
    parties = {row.place for row in convention.status if row.ratified or row.valid_from} if convention else set()
    for file, treaty in books.of(Treaty):
        for number, row in enumerate(treaty.status):
            bound = row.ratified is not None or row.valid_from is not None
            if convention and treaty.id in ("cets-181", "cets-223") and bound and row.place not in parties:
                yield (
                    file,
                    ("status", number, "place"),
                    f"{row.place} is no Party to Convention 108 in treaties/cets-108.yaml",
                )


def totals_agree(books: Books) -> Iterator[Found]:
    """What the depositary counts, what is listed, and who may be missing."""
    for file, treaty in books.of(Treaty):
        if treaty.total is None:
            continue
        counted, listed, of = treaty.total.counted, treaty.listed, treaty.total.of
        if listed > counted:
            yield (
                file,
                ("total", "counted"),
                f"{listed} {of} are listed, {counted} counted; take the new count from the depositary",
            )
        if counted - listed > len(treaty.candidates):
            yield (
                file,
                ("total", "counted"),
                f"{counted} {of} are counted, {listed} listed; add the row, or name in `candidates` who may have it",
            )
        if counted == listed and treaty.candidates:
            told = f"all {counted} {of} counted are listed: raise the count if one is new, else take the candidates out"
            yield file, ("candidates",), told
        for row in treaty.status:
            if row.place in treaty.candidates and treaty.counts(row):
                yield file, ("candidates",), f"{row.place} has its row now; take it out of the candidates"


def reports_agree_with_the_tables(books: Books) -> Iterator[Found]:
    """What a report repeats of treaties is what the tables say on the day of the report."""
    for file, report in books.reports:
        for number, framework in enumerate(report.frameworks):
            treaty = books.treaties.get(_TABLE_OF.get(framework.id, ""))
            if treaty is None or framework.status not in ("party", "none", "signed") or framework.note:
                continue
            is_party = _bound(treaty, report.place, report.as_of)
            if is_party is not None and is_party != (framework.status == "party"):
                told = "is" if is_party else "is not"
                table = f"treaties/{treaty.id}.yaml says that {report.place} {told} bound"
                message = (
                    f"says {framework.status!r}, and {table}; the table wins: correct this, or explain it in `note`"
                )
                yield file, ("frameworks", number, "status"), message


_TABLE_OF = {
    "convention_108": "cets-108",
    "convention_108_plus": "cets-223",
    "echr": "cets-005",
    "budapest": "cets-185",
    "budapest_2nd_protocol": "cets-224",
    "lanzarote": "cets-201",
}


def _bound(treaty: Treaty, place: str, day: date) -> bool | None:
    """Whether the place had consented to be bound by the day; None where the table may lack its row."""
    if place in treaty.candidates:
        return None
    rows = [row for row in treaty.status if row.place == place]
    return any(
        (row.ratified or row.valid_from) is not None
        and (row.ratified or row.valid_from or date.min) <= day
        and (row.valid_to is None or day < row.valid_to)
        for row in rows
    )


def nothing_is_verified_in_the_future(books: Books) -> Iterator[Found]:
    """A source cannot have been read on a day to come, nor reach beyond the report that cites it."""
    for file, entry in books.entries:
        fact = entry.sourced
        if fact is None or fact.verified_on is None:
            continue
        if fact.verified_on > books.today:
            yield file, (*entry.location, "verified_on"), f"{fact.verified_on} is in the future"
        if isinstance(file.record, AccessReport) and fact.verified_on > file.record.as_of:
            yield (
                file,
                ("as_of",),
                f"{entry.id} was verified on {fact.verified_on}; the report reaches at least to that day",
            )


def ids_are_for_one_thing(books: Books) -> Iterator[Found]:
    """No two facts of one folder share an id."""
    for collection in books.collections:
        seen: dict[str, str] = {}
        for file in collection.files:
            for entry in entries_of(file.record):
                if entry.id in seen:
                    yield file, entry.location, f"{entry.id} stands in {seen[entry.id]} too; ids are for one thing only"
                seen[entry.id] = file.name


def every_kind_of_fact_has_a_limit(books: Books) -> Iterator[Found]:
    """freshness.yaml says of every kind of fact how old it may be."""
    files = books.of(FreshnessFile)
    known = {kind for _, file in files for kind in file.limits}
    for kind in (kind for kind in FactKind if files and kind not in known):
        yield files[0][0], ("limits",), f"no limit for {kind.value}"


def ends_are_explained(books: Books) -> Iterator[Found]:
    """A finding that was ended by an act says which; one that runs out says so by its date alone."""
    for file, location, act in books.acts:
        if act.valid_to is not None and act.valid_to <= books.today and not (act.ended_by or act.ended_kind):
            yield file, (*location, "valid_to"), "the finding has ended: say in `ended_by` and `ended_kind` by what"


def _said(period: Period) -> str:
    return f"{period.valid_from or 'since before our record'} to {period.valid_to or 'now'}"


RULES: dict[Callable[[Books], Iterator[Found]], tuple[str, ...]] = {
    files_are_named_by_their_id: (),
    places_exist: ("places",),
    destinations_exist: ("places", "groups/", "treaties/", "adequacy/"),
    words_are_in_the_vocabulary: ("vocabulary",),
    regimes_and_issuers_exist: ("exporters", "regimes/", "adequacy/"),
    bindings_agree_with_their_regimes: ("regimes/",),
    regimes_do_not_compete: (),
    groups_of_origin_exist: ("groups/",),
    ratings_cover_every_day: (),
    no_finding_survives_accession: ("groups/eu",),
    members_of_the_union_are_in_the_area: ("groups/eu", "groups/gdpr-area"),
    protocols_follow_the_convention: ("treaties/cets-108",),
    totals_agree: (),
    reports_agree_with_the_tables: ("treaties/",),
    nothing_is_verified_in_the_future: (),
    ids_are_for_one_thing: (),
    every_kind_of_fact_has_a_limit: (),
    ends_are_explained: (),
}
"""Every rule between files, each a function from the books to what it found, and the files it needs to be whole."""
