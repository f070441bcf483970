"""From a route to its Case: names resolved, facts about the parties viewed as of the day, the rest left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from clauses.library import Library, UnknownTool
from country_reports.facts import Fact, Origin, Truth, Verification, any_of
from country_reports.frozen import frozen
from country_reports.hub import Hub
from country_reports.places import UnknownPlace
from country_reports.regime import Gateway
from transfers.case import Case, CertificationState, Leg, Mechanism, OcseaCase, OrderCase
from transfers.claimed_tools import in_time, relied_on, signed_on_day, while_it_stood
from transfers.extract import Extract, Party
from transfers.field_problems import BadRoute, FieldProblem
from transfers.finding import SlotGround
from transfers.given_answers import AnswerReader, laws_on_record
from transfers.law.catalogue import OTHER_TOOLS
from transfers.leg_names import names_of
from transfers.memory import Table
from transfers.registry.importer import (
    ImporterRecord,
    OnwardTerms,
    certification_fact,
    clauses_fact,
    importer_fact,
    sub_processor_fact,
)
from transfers.registry.shelf import Registry, UnknownImporter
from transfers.route import MechanismClaim, OnwardRecipient, PartyRole, Purpose, Route, Service, ToolStatus

PURPOSES_OF_JUSTICE = (
    Purpose.LAW_ENFORCEMENT, Purpose.CRIMINAL_INVESTIGATION, Purpose.PUBLIC_SECURITY, Purpose.STATE_SECURITY,
    Purpose.NATIONAL_DEFENCE, Purpose.OCSEA_REPORT, Purpose.OCSEA_HASH_QUERY,
)  # fmt: skip
"""Purposes for which another law binds police and like authorities (Directive (EU) 2016/680, art. 1(1), or none of the Union)."""


@frozen
class Further:
    """Somebody to whom an importer passes data on: named by the route, or by the importer's record. The first place is the one stated."""

    reference: str | ImporterRecord | None
    name: str | None
    places: tuple[str, ...]
    role: PartyRole
    terms: OnwardTerms
    path: str
    told_by: tuple[Fact, ...] = ()

    @staticmethod
    def of_route(step: OnwardRecipient, path: str) -> Further:
        named = step.recipient if isinstance(step.recipient, str) else None
        places = (step.place,) if step.place is not None else ()
        return Further(step.recipient, named, places, step.role, step.terms, path)


class Extraction:
    """Reads one route into a Case, collecting every problem before it gives up."""

    def __init__(
        self,
        hub: Hub,
        library: Library,
        registry: Registry,
        route: Route,
        as_of: date,
        facts: Table[Fact],
    ) -> None:
        self.hub = hub
        self.library = library
        self.registry = registry
        self.route = route
        self.as_of = as_of
        self.facts = facts
        self.problems: list[FieldProblem] = []
        self.slots: dict[Fact, int] = {}
        self.parties: list[Party] = []
        self.exporter: str | None = None

    def result(self) -> Extract:
        route = self.route
        self.exporter = self._place(route.exporter.country, "exporter.country")
        legs = self._legs()
        names = self._name_legs(legs)
        reader = AnswerReader(self.hub, self.library, self.as_of, self.problems)
        answers = reader.read(route.answers, names, [party.record for party in self.parties])
        places_known, places_grounds = self._places_known()
        mechanisms = (
            None
            if route.mechanisms is None
            else tuple(
                sorted(
                    (self._mechanism(claim, number) for number, claim in enumerate(route.mechanisms)),
                    key=lambda mechanism: mechanism.tool,
                )
            )
        )
        routed_via = self._places(route.processing.routed_via, "processing.routed_via")
        case = Case(
            period=0,
            exporter=self.exporter,
            exporter_role=route.exporter.role.value,
            exporter_kind=self._exporter_kind(),
            kind_stated=route.exporter.kind is not None,
            exporter_services=_words(route.exporter.services),
            subject_to=self._subject_to(),
            legs=legs,
            places_known=places_known,
            places_grounds=places_grounds,
            collected_directly=route.collected_directly,
            purpose=route.purpose.value if route.purpose else None,
            subjects=_words(route.data.subjects),
            data_kinds=self._data_kinds(),
            special_categories=_words(route.data.special_categories),
            clear_text_needed=route.data.clear_text_needed,
            frequency=route.frequency.value,
            mechanisms=mechanisms,
            measures=None
            if route.measures is None
            else frozenset((measure.id, measure.status.value) for measure in route.measures),
            routed_via=frozenset(place for place in routed_via if place is not None),
            answers=answers.values,
            documented=answers.documented,
            evidence=answers.evidence,
            told_by_importers=answers.by_importers,
            order=self._order(),
            ocsea=self._ocsea(),
        )
        if self.problems:
            raise BadRoute(self.problems)
        return Extract(case, tuple(self.parties), tuple(self.slots))

    def _data_kinds(self) -> frozenset[str] | None:
        """What access laws would call the data; a category in the user's own words may be any of them."""
        categories = self.route.data.categories
        if not categories:
            return None
        return frozenset(self.hub.kind_of_data.get(category, "any") for category in categories)

    def _legs(self) -> tuple[Leg, ...]:
        """The importers at their seats, their other places, and every onward recipient.

        Where an importer is established decides first: a destination elsewhere is one of its other places.
        """
        route = self.route
        several = enumerate(route.importers)
        named: list[tuple[str | ImporterRecord | None, str]] = [(one, f"importers[{n}]") for n, one in several]
        named = named or [(route.importer, "importer")]
        destination = self._place(route.destination, "destination")
        legs: list[Leg] = []
        for reference, path in named:
            record, origin = self._importer(reference, path)
            seat = self._place(record.country, f"{path}.country") if record else destination
            legs.append(self._leg(len(legs), record, origin, seat, route.importer_role, "parallel" if legs else ""))
            legs += self._other_places(legs[-1], record, origin, destination)
        for further in self._further(reference for reference, _path in named):
            legs += self._onward_legs(len(legs), further)
        return tuple(legs)

    def _further(self, importers: Iterable[str | ImporterRecord | None]) -> list[Further]:
        """Whom the route names; where it says nothing of further recipients, the sub-processors on the importers' records."""
        if self.route.onward is not None:
            return [Further.of_route(step, f"onward[{number}]") for number, step in enumerate(self.route.onward)]
        found: dict[tuple[str | None, str, OnwardTerms], Further] = {}
        for record, origin in (self._importer(one, "importer", report=False) for one in importers):
            for number, one in enumerate(record.sub_processors or () if record is not None else ()):
                key = (one.id, one.name, one.terms)
                assert record is not None
                before, told = (found[key].places, found[key].told_by) if key in found else ((), ())
                path = f"importer.sub_processors[{number}]"
                places, told = (*before, one.place), (*told, sub_processor_fact(record, one, origin))
                found[key] = Further(one.id, one.name, places, PartyRole.PROCESSOR, one.terms, path, told)
        return list(found.values())

    def _name_legs(self, legs: tuple[Leg, ...]) -> tuple[str, ...]:
        """Settle what further legs are called."""
        recipients = [
            (party.record.id if party.record else party.name, leg.place)
            for party, leg in zip(self.parties, legs, strict=True)
        ]
        first, *further = self.parties
        called = names_of(recipients)
        self.parties = [first, *(replace(party, id=name) for party, name in zip(further, called[1:], strict=True))]
        return called

    def _check_schemes(self, record: ImporterRecord, path: str) -> None:
        known = self.hub.vocabulary.schemes
        for scheme in (*(entry.scheme for entry in record.certifications or ()), *record.certifications_open):
            if scheme not in known:
                self.problems.append(FieldProblem(path, self.hub.vocabulary.no_such_scheme(scheme)))

    def _check_categories(self, record: ImporterRecord, path: str) -> None:
        """A misspelt category would silently mean "unknown"."""
        known = self.hub.vocabulary.categories
        for category in (*record.legal_categories, *record.legal_categories_excluded):
            if category not in known:
                near = get_close_matches(category, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
                self.problems.append(FieldProblem(path, f"{category!r} is not a legal category; {hint}"))

    def _leg(
        self, number: int, record: ImporterRecord | None, origin: Origin, place: str | None, role: PartyRole, terms: str
    ) -> Leg:
        self.parties.append(_party(record, origin))
        if record is None:
            return Leg(number, place, "unknown", role.value, terms=terms)
        self._check_categories(record, "importer.legal_categories")
        self._check_schemes(record, "importer.certifications")
        return Leg(
            number=number,
            place=place,
            kind=record.kind.value,
            role=role.value,
            categories=frozenset(record.legal_categories),
            categories_excluded=frozenset(record.legal_categories_excluded),
            gdpr_applies=record.gdpr_applies_directly,
            category_ground=self._category_ground(record, origin),
            gdpr_ground=self._slot_ground(self._fact(record, "gdpr_applies_directly", origin)),
            certifications=self._certifications(record, origin),
            certifications_open=frozenset(record.certifications_open),
            group=record.group,
            parent_place=self._place(record.parent.country, "importer.parent") if record.parent else None,
            terms=terms,
        )

    def _other_places(
        self, leg: Leg, record: ImporterRecord | None, origin: Origin, destination: str | None
    ) -> list[Leg]:
        """The same importer elsewhere: at the destination, where it stores the data or lets them be seen from."""
        places = {destination, *({*self._stated_places(record)} - self._home())} - {leg.place}
        start = leg.number + 1
        return [
            replace(
                self._leg(start + offset, record, origin, place, PartyRole(leg.role), "same_importer"),
                number=start + offset,
            )
            for offset, place in enumerate(sorted(place for place in places if place is not None))
        ]

    def _stated_places(self, record: ImporterRecord | None) -> list[str | None]:
        processing = self.route.processing
        storage = processing.storage if processing.storage is not None else (record.storage if record else None)
        access = (
            processing.access_from if processing.access_from is not None else (record.access_from if record else None)
        )
        return [
            *self._places(storage or (), "processing.storage"),
            *self._places(access or (), "processing.access_from"),
        ]

    def _places_known(self) -> tuple[Truth, tuple[SlotGround, ...]]:
        """Whether seat, storage and access of every importer are stated, by the route or by its record."""
        processing = self.route.processing
        references = self.route.importers or (self.route.importer,)
        found = [self._importer(reference, "importer", report=False) for reference in references]
        grounds: list[SlotGround] = []
        known = all(record is not None for record, _origin in found)
        for field, stated in (("storage", processing.storage), ("access_from", processing.access_from)):
            if stated is None:
                known = known and all(
                    record is not None and getattr(record, field) is not None for record, _origin in found
                )
                grounds += [self._slot_ground(self._fact(record, field, origin)) for record, origin in found if record]
        return (Truth.YES, tuple(grounds)) if known else (Truth.UNKNOWN, ())

    def _onward_legs(self, number: int, further: Further) -> list[Leg]:
        """A further recipient at its place, and at every other place that is named for it."""
        path = further.path
        record, origin = self._importer(further.reference, f"{path}.recipient")
        seat = self._place(record.country, f"{path}.recipient.country") if record else None
        named = [self._place(place, f"{path}.place") for place in further.places]
        place = next(iter(named), None) or seat
        kept = (
            self._places([*(record.storage or ()), *(record.access_from or ())], f"{path}.recipient") if record else []
        )
        elsewhere = sorted({found for found in (seat, *named, *kept) if found is not None} - {place} - self._home())
        told = self._slot_ground(max(further.told_by, key=self._doubt)) if further.told_by else None
        legs: list[Leg] = []
        for found in (place, *elsewhere):
            leg = self._leg(number + len(legs), record, origin, found, further.role, further.terms.value)
            legs.append(replace(leg, terms_ground=told))
            if record is None and further.name is not None:
                self.parties[-1] = Party(further.name, further.name, None, Origin.SHIPPED)
        return legs

    def _home(self) -> set[str | None]:
        """The exporter's own country, where data have not left; for an exporter that a foreign law reaches they have."""
        return set() if self.route.exporter.subject_to else {self.exporter}

    def _importer(
        self, reference: str | ImporterRecord | None, path: str, report: bool = True
    ) -> tuple[ImporterRecord | None, Origin]:
        if isinstance(reference, ImporterRecord):
            return reference, Origin.WORKSPACE
        if reference is None:
            return None, Origin.SHIPPED
        try:
            record, origin = self.registry.get(reference)
        except UnknownImporter as error:
            if report and (error.misspelt or not path.startswith("onward")):
                self.problems.append(FieldProblem(path, str(error)))
            return None, Origin.SHIPPED
        if record.retired_on is not None and record.retired_on <= self.as_of:
            reason = record.retired_because or "no reason given"
            self.problems.append(FieldProblem(path, f"{reference!r} was retired on {record.retired_on}: {reason}"))
        return record, origin

    def _certifications(self, record: ImporterRecord, origin: Origin) -> tuple[CertificationState, ...] | None:
        if record.certifications is None:
            return None
        on = self.hub.on(self.as_of)
        states = []
        for certification in sorted(record.certifications, key=lambda entry: (entry.scheme, entry.valid_from)):
            ground = on.ground(certification_fact(record, certification, origin))
            states.append(
                CertificationState(
                    certification.scheme,
                    frozenset(certification.scope),
                    ground.role,
                    ground.verification,
                    ground.stale,
                    self._slot(ground.fact),
                )
            )
        return tuple(states)

    def _category_ground(self, record: ImporterRecord, origin: Origin) -> SlotGround | None:
        """What the record says of legal categories, where it says anything; of its two lists the one that is known less well."""
        fields = [field for field in ("legal_categories", "legal_categories_excluded") if getattr(record, field)]
        facts = [self._fact(record, field, origin) for field in fields]
        return self._slot_ground(max(facts, key=self._doubt)) if facts else None

    def _fact(self, record: ImporterRecord, field: str, origin: Origin) -> Fact:
        """What the registry knows about a field, which many routes cite."""
        return self.facts.once((id(record), field, origin), lambda: importer_fact(record, field, origin), record)

    def _doubt(self, fact: Fact) -> tuple[bool, bool]:
        ground = self.hub.on(self.as_of).ground(fact)
        return ground.stale, ground.verification is Verification.UNVERIFIED

    def _slot_ground(self, fact: Fact) -> SlotGround:
        ground = self.hub.on(self.as_of).ground(fact)
        return SlotGround(self._slot(fact), ground.role, ground.verification, ground.stale)

    def _slot(self, fact: Fact) -> int:
        return self.slots.setdefault(fact, len(self.slots))

    def _mechanism(self, claim: MechanismClaim, number: int) -> Mechanism:
        gateway = self._gateway(claim.tool)
        if claim.tool in OTHER_TOOLS or gateway is not None:
            return Mechanism(claim.tool, relied_on(claim, gateway, self.as_of), self._gateway_in_time(claim, gateway))
        try:
            tool = self.library.tool(claim.tool)
        except UnknownTool as error:
            self.problems.append(
                FieldProblem(
                    f"mechanisms[{number}].tool", f"{error}. Besides clause sets: {', '.join(OTHER_TOOLS[:3])}, ..."
                )
            )
            return Mechanism(claim.tool, Truth.UNKNOWN, Truth.UNKNOWN)
        told, ground = self._as_signed(claim)
        signed, made_in_time = signed_on_day(told, self.as_of), in_time(told, tool.parts, self.as_of)
        return Mechanism(claim.tool, signed, made_in_time, told.signed_on is not None, ground)

    def _gateway_in_time(self, claim: MechanismClaim, gateway: Gateway | None) -> Truth:
        """Whether it was signed while the gateway stood, and some form could be signed where the gateway is nothing but its sets."""
        if gateway is None:
            return Truth.YES
        stood = while_it_stood(claim, gateway)
        if not gateway.is_its_sets:
            return stood
        return stood & any_of(*(in_time(claim, (self.library.record(one),), self.as_of) for one in gateway.sets))

    def _as_signed(self, claim: MechanismClaim) -> tuple[MechanismClaim, SlotGround | None]:
        """The claim; where the route does not say whether it is signed, as your own record of the one importer has it."""
        if claim.status is not ToolStatus.UNKNOWN or self.route.importers:
            return claim, None
        record, origin = self._importer(self.route.importer, "importer", report=False)
        if record is None or origin is not Origin.WORKSPACE:
            return claim, None
        for signed in record.clauses or ():
            if signed.tool == claim.tool and signed.signed_on is not None:
                told = MechanismClaim(tool=claim.tool, status=ToolStatus.SIGNED, signed_on=signed.signed_on)
                return told, self._slot_ground(clauses_fact(record, signed, origin))
        return claim, None

    def _gateway(self, tool: str) -> Gateway | None:
        """The gateway of a law on record that a claim names as ``law:gateway``."""
        law, _, gateway = tool.partition(":")
        record = self.hub.regime(law) if law in self._laws else None
        gateways = () if record is None else record.gateways
        return next((one for one in gateways if one.id == gateway and one.can_be_claimed), None)

    @cached_property
    def _laws(self) -> frozenset[str]:
        return laws_on_record(self.hub)

    def _exporter_kind(self) -> str:
        """The kind stated; unstated it is private, unless an authority of justice may be behind such a purpose, or none is given.

        What authorities do not offer shows a private body too; hotlines some of them run, and "other" may be anything.
        """
        exporter, purpose = self.route.exporter, self.route.purpose
        if exporter.kind is not None:
            return exporter.kind.value
        offers_services = not {Service.HOTLINE, Service.OTHER}.issuperset(exporter.services or ())
        return "private" if offers_services or purpose not in (None, *PURPOSES_OF_JUSTICE) else "unknown"

    def _subject_to(self) -> frozenset[str]:
        """Laws that reach the exporter beyond its own country; a misspelt one would silently bind nobody."""
        for number, regime in enumerate(self.route.exporter.subject_to):
            known = {binding.regime for binding, _origin in self.hub.bindings}
            if regime not in known:
                message = f"{regime!r} is not a regime we know. Known: {', '.join(sorted(known))}"
                self.problems.append(FieldProblem(f"exporter.subject_to[{number}]", message))
        return frozenset(self.route.exporter.subject_to)

    def _order(self) -> OrderCase | None:
        order = self.route.order
        if order is None:
            return None
        return OrderCase(
            bool(order.authority and order.authority.strip()), bool(order.agreement and order.agreement.strip())
        )

    def _ocsea(self) -> OcseaCase | None:
        profile = self.route.ocsea
        if profile is None:
            return None
        return OcseaCase(
            profile.lawful_basis.value if profile.lawful_basis else None,
            profile.scenario.value if profile.scenario else None,
            profile.audio,
            profile.end_to_end_encrypted,
            frozenset((head.value, value) for head, value in profile.safeguards.items()),
        )

    def _places(self, names: Iterable[str], path: str) -> list[str | None]:
        return [self._place(name, f"{path}[{number}]") for number, name in enumerate(names)]

    def _place(self, name: str | None, path: str) -> str | None:
        if name is None:
            return None
        try:
            return self.hub.places.resolve(name)
        except UnknownPlace as error:
            problem = FieldProblem(path, str(error))
            if problem not in self.problems:
                self.problems.append(problem)
            return None


def places_of(case: Case) -> frozenset[str]:
    """Every place the law may ask about."""
    return case.places


def places_reached(case: Case) -> frozenset[str]:
    """Every place where the data may be taken."""
    return case.places_reached


def _party(record: ImporterRecord | None, origin: Origin) -> Party:
    """The recipient of a leg."""
    if record is None:
        return Party("recipient", "the recipient", None, origin)
    return Party(record.id, record.name, record, origin)


def _words(values: tuple[StrEnum, ...] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(value.value for value in values)
