"""The data-importer registry: whom data are sent to, what law reaches them, and how we know."""

import difflib
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import model_validator

from country_reports.facts import Fact, FactKind, Origin, Period, Source, Truth, Verification
from country_reports.records import Answer, Day, Record
from country_reports.shelf import Shelf
from country_reports.sourced import SourceRecord

SHIPPED_FOLDER = Path(__file__).resolve().parent / "importers"


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


class Evidence(Record):
    """How some fields of the record are known."""

    fields: tuple[str, ...]
    statement: str
    source: SourceRecord
    verified_on: Day | None = None
    verification: Verification


class Certification(Record):
    """A certification under a scheme, with what it covers. ``valid_to`` is the first day without it."""

    scheme: str
    scope: tuple[str, ...]
    valid_from: Day
    valid_to: Day | None = None
    source: SourceRecord | None = None
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED


class ImporterRecord(Record):
    """One recipient of data. An absent field is unknown; an empty list says that there is none.

    ``legal_categories`` are those established for it; ``legal_categories_excluded`` those shown not to apply.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str
    kind: ImporterKind
    legal_form: str | None = None
    website: str | None = None
    parent: str | None = None
    group: str | None = None
    systems: tuple[str, ...] = ()
    inhope_member: Answer = Truth.UNKNOWN
    storage: tuple[str, ...] | None = None
    access_from: tuple[str, ...] | None = None
    legal_categories: tuple[str, ...] = ()
    legal_categories_excluded: tuple[str, ...] = ()
    gdpr_applies_directly: Answer = Truth.UNKNOWN
    certifications: tuple[Certification, ...] | None = None
    fictitious: Answer = Truth.NO
    summary: str | None = None
    open_questions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _a_category_applies_or_not(self) -> Self:
        both = sorted({*self.legal_categories} & {*self.legal_categories_excluded})
        if both:
            raise ValueError(
                f"{', '.join(both)} stands in `legal_categories` and in `legal_categories_excluded`; keep one"
            )
        return self


class UnknownImporter(ValueError):
    """No importer has this id or name; the message offers near matches. ``misspelt``: one is so near that it was meant."""

    def __init__(self, message: str, misspelt: bool) -> None:
        super().__init__(message)
        self.misspelt = misspelt


class Registry:
    """Importers by id, name or alias; a workspace's ``importers`` folder adds and overrides by id."""

    def __init__(self, workspace: Path | None = None) -> None:
        self._shelves = [Shelf(SHIPPED_FOLDER, Origin.SHIPPED)]
        if workspace is not None and (workspace / "importers").is_dir():
            self._shelves.append(Shelf(workspace / "importers", Origin.WORKSPACE))
        self._read: dict[str, tuple[ImporterRecord, Origin]] = {}
        self._unknown: dict[str, tuple[str, bool]] = {}

    def get(self, importer_id: str) -> tuple[ImporterRecord, Origin]:
        """The importer with this id.

        Raises:
            UnknownImporter: there is none, with near matches.
        """
        if importer_id not in self._read and importer_id not in self._unknown:
            self._look_for(importer_id)
        if importer_id in self._unknown:
            raise UnknownImporter(*self._unknown[importer_id])
        return self._read[importer_id]

    def ids(self) -> tuple[str, ...]:
        """Every importer on file."""
        return tuple(sorted({path.stem for shelf in self._shelves for path in shelf.folder.glob("*.yaml")}))

    def _look_for(self, importer_id: str) -> None:
        for shelf in reversed(self._shelves):
            path = shelf.folder / f"{importer_id}.yaml"
            if importer_id.replace("-", "").isalnum() and path.is_file():
                self._read[importer_id] = (shelf.read(path, ImporterRecord), shelf.origin)
                return
        misspelt = bool(difflib.get_close_matches(importer_id, self.ids(), n=1, cutoff=0.8))
        self._unknown[importer_id] = (self._refusal(importer_id), misspelt)

    def _refusal(self, importer_id: str) -> str:
        near = difflib.get_close_matches(importer_id.casefold(), self.ids(), n=2, cutoff=0.5)
        hint = f"Near matches: {', '.join(near)}" if near else f"Known: {', '.join(self.ids())}"
        own = (
            "" if len(self._shelves) > 1 else ". One of your own is found with --workspace FOLDER, or written out here"
        )
        return f"{importer_id!r} is not in the importer registry. {hint}{own}"


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
    )


def importer_fact(importer: ImporterRecord, field: str, origin: Origin) -> Fact:
    """What the registry knows about one field of an importer, with the evidence for it."""
    evidence = next((entry for entry in importer.evidence if field in entry.fields), None)
    return Fact(
        id=f"importers/{importer.id}/{field}",
        kind=FactKind.IMPORTER,
        statement=evidence.statement if evidence else f"{importer.name}: {field.replace('_', ' ')} as recorded",
        period=Period(),
        source=Source(evidence.source.title, evidence.source.url) if evidence else Source("Record of the importer"),
        verified_on=evidence.verified_on if evidence else None,
        verification=evidence.verification if evidence else Verification.UNVERIFIED,
        origin=origin,
    )
