"""A route as a person writes it: who sends what to whom, where it is kept, and what is relied on."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from country_reports.facts import Truth
from country_reports.records import Answer, Day, Record
from transfers.answers import GivenAnswer
from transfers.registry.importer import ImporterRecord, OnwardTerms

_MEASURE = r"^(UC1\.[1-6]|UC2\.[1-4]|UC3\.[1-8]|UC4\.[1-7]|UC5\.[1-6]|CM-(0[1-9]|1[01])|OM-0[1-7])$"


def _measure(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(_MEASURE, value):
        return value
    message = "{given} is not a measure; write UC1.1 to UC5.6 (use cases), CM-01 to CM-11 (contract), OM-01 to OM-07 (organisation)"
    raise PydanticCustomError("measure", message, {"given": repr(value)})


class ExporterKind(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    POLICE = "police"
    EU_BODY = "eu_body"


class PartyRole(StrEnum):
    """The factual role, whatever a contract calls it."""

    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    PROCESSOR = "processor"
    UNKNOWN = "unknown"


class Purpose(StrEnum):
    """Why the data are sent. Findings of adequacy leave out some of these."""

    HR_ADMINISTRATION = "hr_administration"
    GROUP_ADMINISTRATION = "group_administration"
    CUSTOMER_SERVICE = "customer_service"
    IT_SUPPORT = "it_support"
    HOSTING = "hosting"
    BACKUP = "backup"
    PAYMENTS = "payments"
    MARKETING = "marketing"
    RESEARCH = "research"
    HEALTH_CARE = "health_care"
    TRAVEL = "travel"
    LITIGATION = "litigation"
    REGULATORY = "regulatory"
    OCSEA_REPORT = "ocsea_report"
    OCSEA_HASH_QUERY = "ocsea_hash_query"
    LAW_ENFORCEMENT = "law_enforcement"
    CRIMINAL_INVESTIGATION = "criminal_investigation"
    PUBLIC_SECURITY = "public_security"
    NATIONAL_DEFENCE = "national_defence"
    STATE_SECURITY = "state_security"
    IMMIGRATION_CONTROL = "immigration_control"
    OTHER = "other"


class Frequency(StrEnum):
    ONE_OFF = "one_off"
    OCCASIONAL = "occasional"
    SYSTEMATIC = "systematic"
    UNKNOWN = "unknown"


class ToolStatus(StrEnum):
    """Only a signed tool is a tool; a planned one is printed and never counted."""

    SIGNED = "signed"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class MeasureStatus(StrEnum):
    """Only a measure in place counts; a planned one is printed."""

    IN_PLACE = "in_place"
    PLANNED = "planned"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Service(StrEnum):
    """What the exporter offers; who carries communications, independent of numbers or based on them, is bound by their confidentiality."""

    NI_ICS = "ni_ics"
    NB_ICS = "nb_ics"
    HOSTING = "hosting"
    HOTLINE = "hotline"
    SEARCH = "search"
    SOCIAL_NETWORK = "social_network"
    OTHER = "other"


class Subject(StrEnum):
    """Whose data are sent. Staff data need their own cover under some certifications."""

    EMPLOYEES = "employees"
    FORMER_EMPLOYEES = "former_employees"
    JOB_APPLICANTS = "job_applicants"
    CONTRACTORS = "contractors"
    CUSTOMERS = "customers"
    USERS = "users"
    PATIENTS = "patients"
    CHILDREN = "children"
    VICTIMS = "victims"
    SUSPECTS = "suspects"
    WITNESSES = "witnesses"
    MEMBERS = "members"
    STUDENTS = "students"
    SUPPLIERS = "suppliers"
    TRAVELLERS = "travellers"
    RESEARCH_PARTICIPANTS = "research_participants"
    PUBLIC = "public"
    OTHER = "other"


class SpecialCategory(StrEnum):
    """Data whose processing the law restricts by their nature (GDPR arts 9 and 10, Convention 108+ art. 6)."""

    RACIAL_OR_ETHNIC_ORIGIN = "racial_or_ethnic_origin"
    POLITICAL_OPINIONS = "political_opinions"
    RELIGIOUS_BELIEFS = "religious_beliefs"
    TRADE_UNION = "trade_union"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    HEALTH = "health"
    SEX_LIFE = "sex_life"
    OFFENCES = "offences"


class Exporter(Record):
    name: str | None = None
    country: str | None = None
    role: PartyRole = PartyRole.UNKNOWN
    kind: ExporterKind | None = None
    services: tuple[Service, ...] | None = None
    subject_to: tuple[str, ...] = ()


class Processing(Record):
    """Where data are kept and seen from; absent is unknown, ``[]`` says nowhere else."""

    storage: tuple[str, ...] | None = None
    access_from: tuple[str, ...] | None = None
    routed_via: tuple[str, ...] = ()


class Volume(Record):
    people: int = Field(ge=0)
    period: str | None = None


class Retention(Record):
    months: int = Field(ge=0)


class Data(Record):
    subjects: tuple[Subject, ...] | None = None
    categories: tuple[str, ...] | None = None
    special_categories: tuple[SpecialCategory, ...] | None = None
    volume: Volume | None = None
    retention: Retention | None = None
    clear_text_needed: Answer = Truth.UNKNOWN


class MechanismClaim(Record):
    """What the route relies on: a clause set's module, ``adequacy``, or a provision such as ``eu-gdpr:49(1)(d)``."""

    tool: str
    status: ToolStatus = ToolStatus.UNKNOWN
    signed_on: Day | None = None


class MeasureClaim(Record):
    """A supplementary measure: a condition of a use case (UC1.1), a contractual (CM-01) or organisational one (OM-01)."""

    id: Annotated[str, BeforeValidator(_measure)]
    status: MeasureStatus


class OnwardRecipient(Record):
    """A further leg: who gets the data from the importer, where, and on what terms."""

    recipient: str | ImporterRecord | None = None
    place: str | None = None
    role: PartyRole = PartyRole.UNKNOWN
    terms: OnwardTerms = OnwardTerms.UNKNOWN


class Order(Record):
    """A request of a court or authority abroad (GDPR art. 48): which one, to whom, and under which agreement; what is missing is asked."""

    authority: str | None = None
    addressed_to: str | None = None
    agreement: str | None = None


class LawfulBasisOfDetection(StrEnum):
    """On what the detection rests (expert report of 2021, section 3.4)."""

    CONSENT_BY_TERMS = "consent_by_terms"
    LEGITIMATE_INTEREST_OF_AUTHORITIES = "legitimate_interest_of_authorities"
    OWN_LEGITIMATE_INTEREST = "own_legitimate_interest"
    PUBLIC_INTEREST_LAW = "public_interest_law"
    MANDATORY_DETECTION_LAW = "mandatory_detection_law"


class Scenario(StrEnum):
    """Reporting: on contract terms (R1), under a statute (R2), as a duty (R3), on request of a court (R4)."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"


class Safeguard(StrEnum):
    """The heads of the report's checklist; the tenth is the transfer itself."""

    OC_01 = "OC-01"
    OC_02 = "OC-02"
    OC_03 = "OC-03"
    OC_04 = "OC-04"
    OC_05 = "OC-05"
    OC_06 = "OC-06"
    OC_07 = "OC-07"
    OC_08 = "OC-08"
    OC_09 = "OC-09"
    OC_10 = "OC-10"


class Ocsea(Record):
    """Only for detection and reporting of online child sexual exploitation and abuse."""

    lawful_basis: LawfulBasisOfDetection | None = None
    scenario: Scenario | None = None
    audio: Answer = Truth.UNKNOWN
    end_to_end_encrypted: Answer = Truth.UNKNOWN
    safeguards: dict[Safeguard, Answer] = {}


def _id_or_record(value: object) -> object:
    if value is None or isinstance(value, str | dict | ImporterRecord):
        return value
    raise PydanticCustomError("importer", "give a registry id or the fields of an importer")


class Route(Record):
    """One flow of personal data to one importer. ``owner`` is who answers for it in the house; it decides nothing."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")
    title: str | None = None
    note: str | None = None
    owner: str | None = None
    exporter: Exporter = Exporter.model_construct()
    importer: Annotated[str | ImporterRecord | None, BeforeValidator(_id_or_record)] = None
    importers: tuple[str | ImporterRecord, ...] = ()
    importer_role: PartyRole = PartyRole.UNKNOWN
    destination: str | None = None
    processing: Processing = Processing.model_construct()
    collected_directly: Answer = Truth.UNKNOWN
    purpose: Purpose | None = None
    data: Data = Data.model_construct()
    frequency: Frequency = Frequency.UNKNOWN
    mechanisms: tuple[MechanismClaim, ...] | None = None
    measures: tuple[MeasureClaim, ...] | None = None
    onward: tuple[OnwardRecipient, ...] | None = None
    order: Order | None = None
    answers: dict[str, GivenAnswer] = {}
    ocsea: Ocsea | None = None

    @model_validator(mode="after")
    def _one_way_to_name_importers(self) -> Self:
        if self.importer is not None and self.importers:
            raise ValueError("give either `importer` or `importers`, not both")
        return self

    @model_validator(mode="after")
    def _each_claim_once(self) -> Self:
        claims = (
            ("mechanisms", [claim.tool for claim in self.mechanisms or ()]),
            ("measures", [claim.id for claim in self.measures or ()]),
        )
        for field, names in claims:
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(
                    f"`{field}` names {', '.join(twice)} more than once; keep one, with the status that is true"
                )
        return self
