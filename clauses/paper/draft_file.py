"""A draft as JSON, with the answers that it was made from, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from clauses.agreement import Agreement
from clauses.assembly import made_out
from clauses.paper.contract import Contract
from clauses.paper.draft import SCHEMA, Draft, Entry, From, Part
from clauses.paper.trouble import Trouble
from country_reports.records import BadRecord, Day, Plain, Problem, Record, fit, read_source


class DraftFile(Record):
    """What is read of a draft. ``parts`` are compared with what the answers give, so that nothing was changed by hand."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    schema_id: Literal["transborder/clause-draft/1"] = Field(alias="schema")
    as_of: Day
    agreement: Agreement
    origins: dict[str, From] = {}
    parts: tuple[dict[str, object], ...]


def as_json(draft: Draft, contract: Contract) -> str:
    """The draft for other programs, and for ``clauses check``."""
    plain: dict[str, Plain] = {
        "schema": SCHEMA,
        "kind": draft.kind.value,
        "title": draft.title,
        "as_of": draft.as_of,
        "tools": [*draft.tools],
        "blanks": [_entry(entry) for entry in draft.blanks],
        "parts": [part_as_plain(part) for part in draft.parts],
        "agreement": contract.agreement.model_dump(mode="json", exclude_unset=True),
        "origins": {field: origin.value for field, origin in sorted(contract.origins.items())},
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def read_draft(path: Path) -> DraftFile:
    """A draft from its file.

    Raises:
        BadRecord: it is no JSON, or no draft.
    """
    text = read_source(path)
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRecord([Problem(str(path), error.lineno, "", f"this is no JSON: {error.msg}")]) from None
    except RecursionError:
        raise BadRecord([Problem(str(path), None, "", "this is nested deeper than any draft is")]) from None
    return fit(plain, DraftFile, str(path))


def changed_by_hand(file: DraftFile, contract: Contract) -> Iterator[Trouble]:
    """Parts of a draft that say something else than its answers give; ``contract`` is made of those, as of the day of the draft."""
    expected = {part.id: part_as_plain(part) for part in made_out(contract).parts}
    found = {str(part.get("id")): part for part in file.parts}
    for part_id in (*expected, *(one for one in found if one not in expected)):
        given, right = found.get(part_id), expected.get(part_id)
        if given == right:
            continue
        heading = str((right or given or {}).get("heading", part_id))
        if given is None:
            message = f"the part {heading!r} was taken out of the draft"
        else:
            message = (
                f"the part {heading!r} was changed by hand"
                if right is not None
                else f"the part {heading!r} was put in by hand"
            )
        where = f"{contract.named}, {heading}"
        yield Trouble(
            "changed_by_hand", f"parts.{part_id}", where, message, "Change the answers and assemble the draft again."
        )


def part_as_plain(part: Part) -> dict[str, Plain]:
    """A part for JSON."""
    return {
        "id": part.id,
        "heading": part.heading,
        "is_note": part.is_note,
        "text": [*part.text],
        "entries": [_entry(entry) for entry in part.entries],
    }


def _entry(entry: Entry) -> dict[str, Plain]:
    value = entry.value
    return {
        "field": entry.field,
        "label": entry.label,
        "at": entry.at,
        "group": entry.group,
        "value": value.text if value is not None else None,
        "from": value.origin.value if value is not None else None,
        "detail": value.detail if value is not None else "",
        "required": entry.required,
        "by_hand": entry.by_hand,
        "hint": entry.hint,
    }
