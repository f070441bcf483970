"""What a route and the record of its importer already answer of a paper that is to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clauses.paper.answers import Answers
from clauses.paper.draft import From
from clauses.supplementary import read_supplementary
from country_reports.places import Gazetteer
from country_reports.records import Plain
from transfers.knowledge import Knowledge
from transfers.law.catalogue import provisions
from transfers.registry.importer import ImporterRecord, OnwardTerms
from transfers.route import Frequency, MeasureStatus, OnwardRecipient, PartyRole, Route


def answers_of(routes: Sequence[Route], tools: Sequence[str], knowledge: Knowledge, day: date) -> Answers:
    """The answers of one or several routes, each a transfer of the paper; ``tools`` is one expression for all, or one for each.

    Raises:
        BadRoute: a route names a place, importer or tool that does not exist.
        BadRecord: the record of an importer cannot be read.
    """
    made = _Prefilled(knowledge, day)
    for number, route in enumerate(routes):
        made.add(route, tools[number] if len(tools) > 1 else None, alone=len(routes) == 1)
    if len(tools) == 1:
        made.put("tool", tools[0], From.ANSWER)
    if made.laws:
        made.put("laws", [*made.laws], From.COUNTRY_REPORT)
    return Answers(made.plain, made.origins)


class _Prefilled:
    """Answers being collected, with where each came from."""

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self.knowledge = knowledge
        self.places = knowledge.hub.places
        self.day = day
        self.plain: dict[str, Plain] = {}
        self.origins: dict[str, From] = {}
        self.laws: dict[str, None] = {}

    def put(self, path: str, value: Plain, origin: From) -> None:
        """An answer at its dotted field; what is not known is not answered."""
        if value is None:
            return
        *groups, name = path.split(".")
        place = self.plain
        for group in groups:
            under = place.setdefault(group, {})
            assert isinstance(under, dict)
            place = under
        place[name] = value
        self.origins[path] = origin

    def add(self, route: Route, tool: str | None, alone: bool) -> None:
        """One route as one transfer."""
        case = self.knowledge.extract(route, self.day, numbered=False).case
        named = (*route.importers, *((route.importer,) if route.importer is not None else ()))
        records = [self.knowledge.registry.get(one)[0] if isinstance(one, str) else one for one in named]
        transfer = _short(route.id)
        exporter = self._exporter(route, case.exporter)
        importers = [self._importer(route, record) for record in records] or [self._unnamed_importer(route)]
        self.put(f"transfers.{transfer}.tool", tool, From.ANSWER)
        self.put(f"transfers.{transfer}.exporters", [exporter], From.ROUTE)
        self.put(f"transfers.{transfer}.importers", [*importers], From.ROUTE)
        at = "" if alone else f"transfers.{transfer}."
        self._describe(route, records, at)
        self._measures(route, at)
        self._sub_processors(route, records)
        self._onward(route)
        if case.exporter is not None:
            on = self.knowledge.hub.on(self.day)
            bound = (one.record.regime for one in on.regimes_binding(case.exporter, case.presumed_kind))
            self.laws |= dict.fromkeys((*bound, *sorted(case.subject_to)))

    def _exporter(self, route: Route, place: str | None) -> str:
        exporter = route.exporter
        name = self._party("exporter", exporter.name)
        self.put(f"parties.{name}.side", "exporter", From.ROUTE)
        self.put(f"parties.{name}.name", exporter.name, From.ROUTE)
        self.put(f"parties.{name}.country", place, From.ROUTE)
        if exporter.role is not PartyRole.UNKNOWN:
            self.put(f"parties.{name}.role", exporter.role.value, From.ROUTE)
        return name

    def _importer(self, route: Route, record: ImporterRecord) -> str:
        name = self._party("importer", record.name)
        known = route.importer if isinstance(route.importer, str) or route.importers else None
        origin = From.IMPORTER_RECORD if known is not None else From.ROUTE
        self.put(f"parties.{name}.side", "importer", From.ROUTE)
        self.put(f"parties.{name}.name", record.name, origin)
        self.put(f"parties.{name}.country", self.places.resolve(record.country), origin)
        numbers = [f"{one.number} ({one.register_name})" for one in record.national_numbers]
        numbers += [f"LEI {record.lei}"] if record.lei else []
        self.put(f"parties.{name}.registration_number", "; ".join(numbers) or None, origin)
        if route.importer_role is not PartyRole.UNKNOWN:
            self.put(f"parties.{name}.role", route.importer_role.value, From.ROUTE)
        return name

    def _unnamed_importer(self, route: Route) -> str:
        self.put("parties.importer.side", "importer", From.ROUTE)
        self.put("parties.importer.country", route.destination and self.places.resolve(route.destination), From.ROUTE)
        if route.importer_role is not PartyRole.UNKNOWN:
            self.put("parties.importer.role", route.importer_role.value, From.ROUTE)
        return "importer"

    def _party(self, side: str, called: str | None) -> str:
        """The short name of a party: the same for the same name on another route."""
        parties = self.plain.get("parties")
        taken = parties if isinstance(parties, dict) else {}
        for name, party in taken.items():
            if called is not None and isinstance(party, dict) and party.get("name") == called and name.startswith(side):
                return name
        number = sum(name.startswith(side) for name in taken) + 1
        return side if number == 1 else f"{side}-{number}"

    def _describe(self, route: Route, records: Iterable[ImporterRecord], at: str) -> None:
        """What the route says; of sensitive data it does not say the safeguards, which belong with them, so that field stays open."""
        data = route.data
        answers = {
            "data_subjects": _listed(data.subjects),
            "data_categories": _listed(data.categories),
            "sensitive_data": "None" if data.special_categories == () else None,
            "frequency": _FREQUENCIES.get(route.frequency),
            "purposes": _said(route.purpose) if route.purpose is not None else None,
            "retention": f"{data.retention.months} months" if data.retention is not None else None,
            "scale": _scale(route),
        }
        for field, text in answers.items():
            self.put(f"{at}description.{field}", text, From.ROUTE)
        self._nature(route, records, at)

    def _nature(self, route: Route, records: Iterable[ImporterRecord], at: str) -> None:
        """Where data are kept and seen from: as the route says, else as the importer's record does."""
        processing, origin = route.processing, From.ROUTE
        storage, access = processing.storage, processing.access_from
        for record in records:
            if (storage is None and record.storage is not None) or (access is None and record.access_from is not None):
                origin = From.IMPORTER_RECORD
            storage = record.storage if storage is None else storage
            access = record.access_from if access is None else access
        told = [
            f"{what} {_places(self.places, places)}"
            for what, places in (("storage in", storage), ("access from", access))
            if places
        ]
        self.put(f"{at}description.nature", _sentence(told), origin)

    def _record_of(self, one: OnwardRecipient) -> ImporterRecord | None:
        if isinstance(one.recipient, ImporterRecord):
            return one.recipient
        registry = self.knowledge.registry
        return registry.get(one.recipient)[0] if one.recipient is not None and one.recipient in registry.ids() else None

    def _measures(self, route: Route, at: str) -> None:
        """Measures in place in the words of the method, and a supplementary clause for each that is one of contract."""
        named = provisions()
        in_place = [one.id for one in route.measures or () if one.status is MeasureStatus.IN_PLACE]
        listed: list[Plain] = []
        for measure in in_place:
            if not measure.startswith("CM-"):
                group = _GROUPS.get(measure) or _GROUPS[measure.partition(".")[0]]
                self.origins[f"{at}measures[{len(listed)}]"] = From.ROUTE
                listed.append(
                    {"id": measure, "group": group, "what": named[f"edpb-01-2020:{measure}"].about.rstrip(".")}
                )
        self.put(f"{at}measures", listed or None, From.ROUTE)
        chosen = (MeasureStatus.IN_PLACE, MeasureStatus.PLANNED)
        for claim in route.measures or ():
            if claim.status in chosen and read_supplementary().get(claim.id) is not None:
                self.put(f"supplementary.{claim.id}", {}, From.ROUTE)

    def _sub_processors(self, route: Route, records: Iterable[ImporterRecord]) -> None:
        """Further recipients that are processors, as the route names them; where it says nothing, those on the importers' records."""
        if route.onward is not None:
            self._add_to("sub_processors", self._named_onward(route.onward, processors=True), From.ROUTE)
            return
        known = [record.sub_processors for record in records if record.sub_processors is not None]
        if known:
            found = [self._further(one.name, one.place, one.for_what, one.terms) for listed in known for one in listed]
            self._add_to("sub_processors", found, From.IMPORTER_RECORD)

    def _onward(self, route: Route) -> None:
        """Further recipients that are no processors, or of which that is not known."""
        if route.onward is not None:
            self._add_to("onward", self._named_onward(route.onward, processors=False), From.ROUTE)

    def _named_onward(self, onward: Iterable[OnwardRecipient], processors: bool) -> list[Plain]:
        found: list[Plain] = []
        for one in onward:
            if (one.role is PartyRole.PROCESSOR) is processors:
                record = self._record_of(one)
                place = one.place or (record.country if record is not None else None)
                found.append(self._further(_name_of(one, record), place, None, one.terms))
        return found

    def _add_to(self, field: str, found: list[Plain], origin: From) -> None:
        """Items of a list besides those of another route, each once."""
        before = self.plain.get(field)
        both = [*(before if isinstance(before, list) else []), *found]
        once = [one for number, one in enumerate(both) if one not in both[:number]]
        self.put(field, once, origin)
        for number, one in enumerate(once):
            self.origins |= {f"{field}[{number}].{name}": origin for name in one} if isinstance(one, dict) else {}

    def _further(self, name: str, place: str | None, for_what: str | None, terms: OnwardTerms) -> Plain:
        bound = None if terms in (OnwardTerms.UNKNOWN, OnwardTerms.NONE) else _said(terms)
        country = self.places.resolve(place) if place is not None else None
        answers: dict[str, Plain] = {"name": name, "country": country, "processing": for_what, "bound_by": bound}
        return {field: value for field, value in answers.items() if value is not None}


def _name_of(one: OnwardRecipient, record: ImporterRecord | None) -> str:
    if record is not None:
        return record.name
    return one.recipient if isinstance(one.recipient, str) else "A recipient to be named"


def _short(route_id: str) -> str:
    """The id of a route as the short name of a transfer."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in route_id)


def _listed(words: Iterable[str] | None) -> str | None:
    return ", ".join(map(_said, words)) or None if words is not None else None


def _said(word: str) -> str:
    return _WORDS.get(word, word.replace("_", " "))


def _scale(route: Route) -> str | None:
    volume = route.data.volume
    if volume is None:
        return None
    return f"{volume.people} people" + (f" in one {volume.period}" if volume.period else "")


def _places(places: Gazetteer, named: Iterable[str]) -> str:
    return ", ".join(places[places.resolve(one)].name for one in named)


def _sentence(parts: list[str]) -> str | None:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}" if text else None


_WORDS = {
    "it_support": "IT support",
    "hr_administration": "administration of staff",
    "hr_records": "records of staff",
    "ip_addresses": "IP addresses",
    "ocsea_report": "reports of online child sexual exploitation and abuse",
    "ocsea_hash_query": "comparison of hashes against online child sexual exploitation and abuse",
}
"""Words of a route that a contract says otherwise."""
_FREQUENCIES = {
    Frequency.ONE_OFF: "Once",
    Frequency.OCCASIONAL: "Occasionally, in single cases",
    Frequency.SYSTEMATIC: "Continuously",
}
_GROUPS = {
    "UC1": "pseudonymisation and encryption",
    "UC2": "pseudonymisation and encryption",
    "UC3": "protection in transmission",
    "UC4": "pseudonymisation and encryption",
    "UC5": "pseudonymisation and encryption",
    "OM-01": "governance of IT and of its security",
    "OM-02": "logging of events",
    "OM-03": "accountability",
    "OM-04": "data minimisation",
    "OM-05": "accountability",
    "OM-06": "certification or assurance",
    "OM-07": "governance of IT and of its security",
}
"""Under which heading of the annex on measures a measure stands. A test holds that these are headings of the set."""
