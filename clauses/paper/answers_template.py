"""The open fields of a draft as a file to fill in: YAML, with a comment for each that says what is asked, and where in the set it stands."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.paper.draft import Draft, Entry

_PARTS = {
    "contact": ("name", "position", "details"),
    "data_subject_contact": ("name", "position", "details"),
    "signatory": ("name", "position"),
    "main_contract": ("title", "reference", "dated"),
}
"""Answers that are groups of fields."""

_LISTS = {
    "measures": ("- {group: protection in storage, what: ...}", "one for each measure, in specific words"),
    "sub_processors": (
        "- {name: ..., address: ..., country: ..., contact: ..., processing: ..., bound_by: ...}",
        "[] where there are none",
    ),
    "onward": ("- {name: ..., country: ..., bound_by: ...}", "[] where there are none"),
}
"""Answers that are lists, with what an item looks like."""


def answers_template(draft: Draft) -> str:
    """YAML that can be read as it stands, and says nothing until it is filled in."""
    lines = [
        "# Fill in what you know; a field that stands empty is one that nobody answered. Days are written year-month-day.",
        f"# For: {', '.join(draft.tools)}, as of {draft.as_of}.",
    ]
    asked: dict[str, Entry] = {}
    for entry in draft.blanks:
        asked.setdefault(entry.field.partition("[")[0], entry)
    nested: dict[str, object] = {}
    for field, entry in asked.items():
        place = nested
        *groups, name = field.split(".")
        for group in groups:
            under = place.setdefault(group, {})
            assert isinstance(under, dict)
            place = under
        place[name] = entry
    return "\n".join((*lines, *_written(nested, ""))) + "\n"


def _written(nested: dict[str, object], indent: str) -> Iterator[str]:
    for name, below in nested.items():
        if isinstance(below, dict):
            yield f"{indent}{name}:"
            yield from _written(below, f"{indent}  ")
        elif isinstance(below, Entry):
            yield from _field(name, below, indent)


def _field(name: str, entry: Entry, indent: str) -> Iterator[str]:
    about = ": ".join(filter(None, (entry.at, entry.group, entry.label)))
    yield f"{indent}# {_one_line(about)}"
    if entry.hint:
        yield f"{indent}#   {_one_line(entry.hint)}"
    if name in _LISTS:
        item, note = _LISTS[name]
        yield f"{indent}#   {note}; like this:"
        yield f"{indent}#   {item}"
    yield f"{indent}{name}:"
    yield from (f"{indent}  {part}:" for part in _PARTS.get(name, ()))


def _one_line(text: str) -> str:
    return " ".join(text.split())
