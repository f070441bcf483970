"""How a record of processing activities is laid out: which heading leads to which field, and what its words mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from country_reports.facts import Verification
from country_reports.records import BadRecord, Day, Fault, Problem, Record, read_record
from country_reports.sourced import SourceRecord
from transfers.registry.importer import ImporterKind
from transfers.route import ExporterKind, Frequency, PartyRole, Purpose, SpecialCategory, Subject
from transfers.tables.mapping import Mapping, folded

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "record_templates"

FIELDS = (
    "id", "title", "purpose", "frequency",
    "exporter.name", "exporter.country", "exporter.role", "exporter.kind", "joint_controller",
    "importer.name", "importer.kind", "importer_role", "destination", "mechanisms",
    "data.subjects", "data.categories", "data.special_categories",
)  # fmt: skip
"""What a heading may lead to: the fields of a route, and ``joint_controller``, which says that there is one."""

OF_A_TRANSFER = ("importer.name", "importer.kind", "importer_role", "destination", "mechanisms")
"""Of these fields, those that each transfer of an activity has for itself."""

ALLOWED: dict[str, type[StrEnum]] = {
    "purpose": Purpose, "frequency": Frequency, "exporter.role": PartyRole, "exporter.kind": ExporterKind,
    "importer.kind": ImporterKind, "importer_role": PartyRole, "data.subjects": Subject,
    "data.special_categories": SpecialCategory,
}  # fmt: skip
"""Fields whose words are a route's own."""


class Layout(StrEnum):
    """A table has an activity in every row; on a form, one sheet is one activity, with labels left of what they ask for."""

    TABLE = "table"
    FORM = "form"


class Block(Record):
    """A small table within a form, from its heading to the next one that is known.

    ``each`` says what a row is: a transfer, a recipient, or just more of the fields in its columns. ``rows`` gives single rows, by
    their label, columns of their own; ``means`` gives the word that a row stands for once something is written in it.
    """

    heading: tuple[str, ...] = Field(min_length=1)
    each: Literal["transfer", "recipient"] | None = None
    columns: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    means: dict[str, str] = {}
    ignore: tuple[str, ...] = ()


class RecordTemplate(Mapping):
    """A layout with its source. A person's own mapping is the same record, and lies over a template where both are given.

    ``separators``: how cells with several values are split, the first that occurs first. ``nothing``: words that say that there is
    none. ``nobody``: words that, alone or together, name no one. ``left_open``: words that look like an answer and are none, with
    the reason. ``unverified``: what of the layout was not confirmed at its source.
    """

    id: str = "mapping"
    title: str = ""
    source: SourceRecord | None = None
    found_in: tuple[SourceRecord, ...] = ()
    verified_on: Day | None = None
    verification: Verification = Verification.UNVERIFIED
    unverified: tuple[str, ...] = ()
    layout: Layout = Layout.TABLE
    blocks: tuple[Block, ...] = ()
    required: tuple[str, ...] = ("destination",)
    named_by: tuple[str, ...] = ("title",)
    skip_sheets: tuple[str, ...] = ()
    separators: dict[str, tuple[str, ...]] = {}
    nothing: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    left_open: dict[str, dict[str, str]] = {}

    def faults(self) -> Iterator[Fault]:
        """Fields that no route has, and words that a route does not know."""
        yield from super().faults()
        yield from (
            _unknown_field(("columns", name), field) for name, field in self.columns.items() if field not in FIELDS
        )
        for number, block in enumerate(self.blocks):
            fields = [*block.columns.values(), *(field for row in block.rows.values() for field in row.values())]
            yield from (_unknown_field(("blocks", number), field) for field in fields if field not in FIELDS)
        for name in ("values", "left_open", "separators", "defaults"):
            yield from (_unknown_field((name, field), field) for field in getattr(self, name) if field not in FIELDS)
        for field, kind in ALLOWED.items():
            said: list[tuple[tuple[str, ...], str]] = [
                (("values", field, text), word) for text, word in self.values.get(field, {}).items()
            ]
            said += [(("defaults", field), self.defaults[field])] if field in self.defaults else []
            allowed = [one.value for one in kind]
            for where, word in said:
                if word not in allowed:
                    yield Fault(where, f"{word!r} is not one of the allowed words. Allowed: {', '.join(allowed)}")

    def says_nothing(self, text: str) -> bool:
        """Whether a cell says that there is none."""
        return folded(text) in self._nothing or not folded(text).strip("-–—/")

    def names_nobody(self, text: str) -> bool:
        """Whether every word of a recipient's name is one that names no one."""
        words = "".join(letter if letter.isalnum() else " " for letter in folded(text)).split()
        return bool(words) and all(word in self._nobody or word.isdigit() for word in words)

    def why_open(self, field: str, text: str) -> str | None:
        """Why this word answers nothing, if it is such a word."""
        return self._left_open.get(field, {}).get(folded(text))

    def headings_of(self, field: str) -> tuple[str, ...]:
        """Every heading that leads to a field, also within blocks."""
        every = [self.columns, *(columns for block in self.blocks for columns in (block.columns, *block.rows.values()))]
        return tuple(dict.fromkeys(name for columns in every for name, led_to in columns.items() if led_to == field))

    def with_mapping(self, own: RecordTemplate) -> RecordTemplate:
        """This template with a person's own mapping over it: what both say, the person says."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        for name in own.model_fields_set - {"id", "title", "source"}:
            fields[name] = _over(fields[name], getattr(own, name))
        fields["columns"] = {name: field for name, field in fields["columns"].items() if not own.ignores(name)}
        return RecordTemplate.model_construct(**fields)

    @cached_property
    def _nothing(self) -> frozenset[str]:
        return frozenset(map(folded, self.nothing))

    @cached_property
    def _nobody(self) -> frozenset[str]:
        return frozenset(map(folded, self.nobody))

    @cached_property
    def _left_open(self) -> dict[str, dict[str, str]]:
        return {field: {folded(text): why for text, why in words.items()} for field, words in self.left_open.items()}


def template_ids() -> tuple[str, ...]:
    """Every shipped template."""
    return tuple(sorted(path.stem for path in SHIPPED_FOLDER.glob("*.yaml")))


def read_template(name: str | None, mapping: Path | None) -> RecordTemplate:
    """A shipped template, a person's own mapping, or the one with the other over it.

    Raises:
        BadRecord: there is no such template, or the mapping cannot be read.
    """
    own = read_record(mapping, RecordTemplate) if mapping is not None else None
    if name is None:
        assert own is not None
        return own
    if name not in template_ids():
        raise BadRecord([Problem(name, None, "", f"there is no such template. Templates: {', '.join(template_ids())}")])
    shipped = read_record(SHIPPED_FOLDER / f"{name}.yaml", RecordTemplate)
    return shipped.with_mapping(own) if own is not None else shipped


def _unknown_field(where: tuple[int | str, ...], field: str) -> Fault:
    near = difflib.get_close_matches(field, FIELDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"Allowed: {', '.join(FIELDS)}"
    return Fault(where, f"{field!r} is not a field that a record of processing can fill; {hint}")


def _over(shipped: object, own: object) -> object:
    """Maps are joined key by key, lists put one after the other; anything else is replaced."""
    if isinstance(shipped, dict) and isinstance(own, dict):
        return {**shipped, **{key: _over(shipped.get(key), value) for key, value in own.items()}}
    if isinstance(shipped, tuple) and isinstance(own, tuple):
        return (*own, *shipped)
    return own
