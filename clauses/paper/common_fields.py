"""What forms of different sets ask alike, from ``common_fields.yaml``, so that the parties answer it once."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from country_reports.records import Fault, Record, read_record
from country_reports.sourced import repeated

SHIPPED_FILE = Path(__file__).resolve().parent / "common_fields.yaml"


class Per(StrEnum):
    """For what a field is answered: each party, each transfer, each sub-processor, or the contract as a whole."""

    PARTY = "party"
    TRANSFER = "transfer"
    SUB_PROCESSOR = "sub_processor"
    CONTRACT = "contract"


class CommonField(Record):
    """One thing that is asked. ``fields`` are where sets ask it: ``set:annex.field``, ``set:fill-in``, or ``set:annex`` where its fields were not read."""

    id: str
    what: str
    per: Per
    fields: tuple[str, ...]


class CommonFields(Record):
    """All of them, in the order in which a paper lists them."""

    fields: tuple[CommonField, ...]

    def faults(self) -> Iterator[Fault]:
        """Ids used twice, and fields of a set that two of them answer."""
        yield from repeated(("fields",), (field.id for field in self.fields))
        named: dict[str, str] = {}
        for number, field in enumerate(self.fields):
            for reference in field.fields:
                other = named.setdefault(reference, field.id)
                if other != field.id and "." in reference:
                    yield Fault(("fields", number, "fields"), f"{reference!r} is answered by {other!r} already")

    def answering(self, reference: str) -> CommonField | None:
        """What answers a field of a set, if one does."""
        return next((field for field in self.fields if reference in field.fields), None)

    def of_annex(self, set_id: str, annex: str) -> tuple[CommonField, ...]:
        """What belongs in an annex whose fields were not read."""
        return tuple(field for field in self.fields if f"{set_id}:{annex}" in field.fields)

    def described(self) -> tuple[str, ...]:
        """Ids that may stand under ``description``."""
        return tuple(field.id for field in self.fields if field.per in (Per.TRANSFER, Per.CONTRACT))


@cache
def read_common_fields(path: Path = SHIPPED_FILE) -> CommonFields:
    """The file, read once.

    Raises:
        BadRecord: it is missing or wrong.
    """
    return read_record(path, CommonFields)
