"""The data-importer registry: whom data are sent to, what law reaches them, and how we know."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from country_reports.facts import Fact, FactKind, Origin, Period, Source, Truth, Verification, stating
from country_reports.records import Answer, Day, Record
from country_reports.sourced import SourceRecord
from transfers.answers import GivenAnswer
from transfers.finding import _


class ImporterKind(StrEnum):
    COMPANY = "company"
    ASSOCIATION = "association"
    HOTLINE = "hotline"
    CLEARING_HOUSE = "clearing_house"
    PUBLIC_AUTHORITY = "public_authority"
    POLICE = "police"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    EU_BODY = "eu_body"
    INDIVIDUAL = "individual"
    EMPLOYEE_OF_EXPORTER = "employee_of_exporter"


class OnwardTerms(StrEnum):
    """On what terms a recipient passes the data on."""

    JOINED_CLAUSES = "joined_clauses"
    ADEQUATE_DESTINATION = "adequate_destination"
    EQUIVALENT_SAFEGUARDS = "equivalent_safeguards"
    NONE = "none"
    UNKNOWN = "unknown"


class Evidence(Record):
    """How some fields of the record are known. ``expires`` is the first day on which it no longer shows them; ``owner`` keeps it."""

    fields: tuple[str, ...]
    statement: str
    source: SourceRecord
    verified_on: Day | None = None
    verification: Verification
    expires: Day | None = None
    owner: str | None = None


class NationalNumber(Record):
    """An entry in a register of companies, associations or tax payers."""

    register_name: str
    number: str
    country: str


class Parent(Record):
    """Who controls it: a place is enough for the law, the id of another record lets the registry follow the chain."""

    country: str | None = None
    name: str | None = None
    id: str | None = None


class SignedClauses(Record):
    """A set of clauses that the importer offers to sign, or has signed: in a record of your own, with you, as ``signed_on`` says."""

    tool: str
    offered: Answer = Truth.UNKNOWN
    signed_on: Day | None = None
    source: SourceRecord | None = None
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED


class AccessRequests(Record):
    """What the importer says of requests by authorities. ``free_to_tell``: may it by law say all there is?"""

    period: str
    requests: int | None = None
    disclosed: int | None = None
    statement: str | None = None
    free_to_tell: Answer = Truth.UNKNOWN
    source: SourceRecord | None = None
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED


class SubProcessor(Record):
    """Somebody to whom the importer passes data on, and on what terms; ``for_what`` in a few words, ``id`` where it is in the registry."""

    name: str
    place: str
    id: str | None = None
    for_what: str | None = None
    terms: OnwardTerms = OnwardTerms.UNKNOWN
    source: SourceRecord | None = None
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED


class Certification(Record):
    """A certification under a scheme, with what it covers. ``valid_to`` is the first day without it.

    ``renews_on`` is the day by which it is to be renewed: from then on it carries nothing until somebody has looked again.
    """

    scheme: str
    scope: tuple[str, ...]
    valid_from: Day
    valid_to: Day | None = None
    renews_on: Day | None = None
    source: SourceRecord | None = None
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED


def _lei(value: str) -> str:
    from stdnum import lei
    from stdnum.exceptions import ValidationError

    try:
        return str(lei.validate(value))
    except ValidationError as error:
        raise PydanticCustomError(
            "lei", "{value} is no Legal Entity Identifier: {why}", {"value": repr(value), "why": str(error)}
        ) from error


def _parent(value: object) -> object:
    """``parent: US`` is taken for ``parent: {country: US}``."""
    return {"country": value} if isinstance(value, str) else value


class ImporterRecord(Record):
    """One recipient of data. An absent field is unknown; an empty list says that there is none.

    ``legal_categories`` are those established for it; ``legal_categories_excluded`` those shown not to apply.
    ``certifications_open`` are schemes of which it is not known whether it is in them, where the rest of ``certifications`` is
    complete. ``lei`` is the Legal Entity Identifier of ISO 17442. A record that is no longer used says since when in ``retired_on`` and is kept.
    ``answers`` are those that the importer gave once for every route to it (`transfers.law.asked_of_importers`), without leg.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str
    kind: ImporterKind
    legal_form: str | None = None
    website: str | None = None
    lei: Annotated[str, AfterValidator(_lei)] | None = None
    national_numbers: tuple[NationalNumber, ...] = ()
    parent: Annotated[Parent, BeforeValidator(_parent)] | None = None
    group: str | None = None
    roles: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    inhope_member: Answer = Truth.UNKNOWN
    storage: tuple[str, ...] | None = None
    access_from: tuple[str, ...] | None = None
    legal_categories: tuple[str, ...] = ()
    legal_categories_excluded: tuple[str, ...] = ()
    gdpr_applies_directly: Answer = Truth.UNKNOWN
    certifications: tuple[Certification, ...] | None = None
    certifications_open: tuple[str, ...] = ()
    clauses: tuple[SignedClauses, ...] | None = None
    access_requests: tuple[AccessRequests, ...] | None = None
    sub_processors: tuple[SubProcessor, ...] | None = None
    retired_on: Day | None = None
    retired_because: str | None = None
    fictitious: Answer = Truth.NO
    summary: str | None = None
    open_questions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: dict[str, GivenAnswer] = {}

    @model_validator(mode="after")
    def _a_category_applies_or_not(self) -> Self:
        both = sorted({*self.legal_categories} & {*self.legal_categories_excluded})
        if both:
            raise ValueError(
                f"{', '.join(both)} stands in `legal_categories` and in `legal_categories_excluded`; keep one"
            )
        return self


def certification_fact(importer: ImporterRecord, certification: Certification, origin: Origin) -> Fact:
    """An entry in a scheme as a dated fact. An entry without a day of checking ages from its first day."""
    source = certification.source or SourceRecord(title=f"List of participants, {certification.scheme}")
    return Fact(
        id=f"importers/{importer.id}/certifications/{certification.scheme}",
        kind=FactKind.CERTIFICATION,
        statement=f"{importer.name}: {certification.scheme} ({', '.join(certification.scope)})",
        period=Period(certification.valid_from, certification.valid_to),
        source=Source(source.title, source.url),
        verified_on=certification.verified_on,
        verification=certification.verification,
        origin=origin,
        due=certification.renews_on,
    )


def clauses_fact(importer: ImporterRecord, signed: SignedClauses, origin: Origin) -> Fact:
    """That the importer has signed a set of clauses, from the day of signing on."""
    source = signed.source or SourceRecord(title=_RECORD)
    statement = stating(
        "{importer}: {tool}, signed on {day}", importer=importer.name, tool=signed.tool, day=str(signed.signed_on)
    )
    return Fact(
        id=f"importers/{importer.id}/clauses/{signed.tool}",
        kind=FactKind.IMPORTER,
        statement=str(statement),
        period=Period(signed.signed_on),
        source=Source(source.title, source.url),
        verified_on=signed.verified_on,
        verification=signed.verification,
        origin=origin,
        made_of=statement,
    )


_RECORD = _("Record of the importer")


def sub_processor_fact(importer: ImporterRecord, one: SubProcessor, origin: Origin) -> Fact:
    """That the importer passes data on to somebody, and on what terms."""
    source = one.source or SourceRecord(title=_RECORD)
    statement = stating(
        "{importer} passes data on to {name} ({place}), terms: {terms}",
        importer=importer.name,
        name=one.name,
        place=one.place,
        terms=one.terms.replace("_", " "),
    )
    return Fact(
        id=f"importers/{importer.id}/sub_processors/{one.id or one.name}",
        kind=FactKind.IMPORTER,
        statement=str(statement),
        period=Period(),
        source=Source(source.title, source.url),
        verified_on=one.verified_on,
        verification=one.verification,
        origin=origin,
        made_of=statement,
    )


def importer_fact(importer: ImporterRecord, field: str, origin: Origin) -> Fact:
    """What the registry knows about one field of an importer, with the evidence for it."""
    evidence = next((entry for entry in importer.evidence if field in entry.fields), None)
    recorded = stating("{importer}: {field} as recorded", importer=importer.name, field=field.replace("_", " "))
    return Fact(
        id=f"importers/{importer.id}/{field}",
        kind=FactKind.IMPORTER,
        statement=evidence.statement if evidence else str(recorded),
        period=Period(),
        source=Source(evidence.source.title, evidence.source.url) if evidence else Source(_RECORD),
        verified_on=evidence.verified_on if evidence else None,
        verification=evidence.verification if evidence else Verification.UNVERIFIED,
        origin=origin,
        made_of=None if evidence else recorded,
    )
