"""What two parties answer so that clauses can be made out for them: who they are, what is sent, what they choose.

Everything may be left out: what a set asks for and nobody answered is a blank of the draft. Answers to parts of a set go by
the ids of its record; what forms of several sets ask alike is answered once, under ``description`` (``common_fields.yaml``).
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from clauses.contents import Seat
from clauses.parts import PartyRole
from country_reports.facts import Truth
from country_reports.records import Answer, Day, Record, between_fields


def _shown_as_typed(value: str) -> str:
    """Text that shows what it is: no control characters, none that turn the direction of writing, and not empty."""
    text = value.replace("\r\n", "\n").strip()
    if not text:
        raise PydanticCustomError("empty_text", "this is empty; write the answer, or leave the field out")
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            message = "this holds a character that no reader can see ({code}); type the text again"
            raise PydanticCustomError("unseen_character", message, {"code": f"U+{ord(character):04X}"})
    return text


Text: TypeAlias = Annotated[str, AfterValidator(_shown_as_typed), Field(max_length=6000)]
"""Words of a party. Markup in them is text like any other."""


def _answer_of_field(value: object) -> object:
    """A number is text here too: a retention of ``12`` or a version of ``1.2``."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, bool):
        raise PydanticCustomError(
            "field_answer", "write text, a list of text, or `choice: words` by the ids of the choices"
        )
    return value


FieldAnswer: TypeAlias = Annotated[Text | tuple[Text, ...] | dict[str, Text], BeforeValidator(_answer_of_field)]
"""Text; several; or words by the id of a choice, or by the heading of a group of measures."""


class Side(StrEnum):
    EXPORTER = "exporter"
    IMPORTER = "importer"


class Contact(Record):
    """Somebody to write to."""

    name: Text | None = None
    position: Text | None = None
    details: Text | None = None


class Representative(Record):
    """The representative that a party abroad has within the area of the exporter's law; ``country`` is where it sits."""

    name: Text
    address: Text | None = None
    country: Text | None = None
    details: Text | None = None


class Signatory(Record):
    """Who signs for a party, and the day on which that was done; a paper that is still to be signed has none."""

    name: Text | None = None
    position: Text | None = None
    signed_on: Day | None = None


class Party(Record):
    """One who signs. ``role`` is what it is for these transfers; a transfer may say otherwise.

    ``joined_on``: it joined a contract that stood already, by the docking clause. ``seat``: where an exporter stands towards the
    area of its law; left out it follows from ``country``, where that is known.
    """

    side: Side | None = None
    name: Text | None = None
    trading_name: Text | None = None
    registration_number: Text | None = None
    address: Text | None = None
    country: Text | None = None
    contact: Contact | None = None
    data_subject_contact: Contact | None = None
    activities: Text | None = None
    role: PartyRole | None = None
    seat: Seat | None = None
    representative: Representative | None = None
    data_protection_officer: Contact | None = None
    signatory: Signatory | None = None
    joined_on: Day | None = None


class SubProcessor(Record):
    """Somebody whom the importer engages. ``bound_by``: on what terms it gets the data, in words."""

    name: Text
    address: Text | None = None
    country: Text | None = None
    contact: Text | None = None
    processing: Text | None = None
    bound_by: Text | None = None


class OnwardRecipient(Record):
    """Somebody else to whom the importer passes data on, such as a controller of its group. ``bound_by``: on what terms, in words."""

    name: Text
    country: Text | None = None
    bound_by: Text | None = None


class MeasureInPlace(Record):
    """A measure that protects the data: in specific words, under one of the headings that the annex gives as examples."""

    id: Text | None = None
    group: Text | None = None
    what: Text


class MainContract(Record):
    """The contract that the clauses go with. ``terms`` are those of its words that touch liability, precedence or the clauses, by their number there."""

    title: Text | None = None
    reference: Text | None = None
    dated: Day | None = None
    limits_liability_to_data_subjects: Answer = Truth.UNKNOWN
    prevails_over_the_clauses: Answer = Truth.UNKNOWN
    changes_the_clauses: Answer = Truth.UNKNOWN
    terms: dict[str, Text] = {}


class Transfer(Record):
    """One transfer, or one kind of them: on which module, between whom, and what is answered otherwise than for the others."""

    tool: str | None = None
    title: Text | None = None
    exporters: tuple[str, ...] = ()
    importers: tuple[str, ...] = ()
    exporter_role: PartyRole | None = None
    importer_role: PartyRole | None = None
    options: dict[str, str] = {}
    fill_ins: dict[str, FieldAnswer] = {}
    annexes: dict[str, dict[str, FieldAnswer]] = {}
    description: dict[str, FieldAnswer] = {}
    measures: tuple[MeasureInPlace, ...] | None = None


class Agreement(Record):
    """All answers for one paper. ``laws`` are the laws of transfer that bind the exporter, by their ids on file.

    ``uses`` is the case of use of an adaptation, by its id, and ``joined`` what is written into its sentences. ``language`` is that
    of the text which is signed. ``filed_on`` is the day on which the signed form went to the authority.
    """

    tool: str | None = None
    title: Text | None = None
    signed_on: Day | None = None
    effective_on: Day | None = None
    filed_on: Day | None = None
    language: Text | None = None
    laws: tuple[str, ...] = ()
    parties: dict[str, Party] = {}
    transfers: dict[str, Transfer] = {}
    uses: dict[str, str] = {}
    joined: dict[str, dict[str, Text]] = {}
    options: dict[str, str] = {}
    fill_ins: dict[str, FieldAnswer] = {}
    annexes: dict[str, dict[str, FieldAnswer]] = {}
    description: dict[str, FieldAnswer] = {}
    measures: tuple[MeasureInPlace, ...] = ()
    sub_processors: tuple[SubProcessor, ...] | None = None
    onward: tuple[OnwardRecipient, ...] | None = None
    supplementary: dict[str, dict[str, Text]] = {}
    further_clauses: tuple[Text, ...] = ()
    main_contract: MainContract | None = None

    @model_validator(mode="after")
    def _names_are_single_words(self) -> Self:
        for field, names in (("parties", self.parties), ("transfers", self.transfers)):
            wrong = next((name for name in names if not name.replace("-", "").replace("_", "").isalnum()), None)
            if wrong is not None:
                raise between_fields(field, f"{wrong!r} is no short name; use letters, digits, - and _")
        return self

    def of_side(self, side: Side) -> dict[str, Party]:
        """The parties of one side, in the order in which they are written."""
        return {name: party for name, party in self.parties.items() if party.side is side}
