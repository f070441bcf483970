"""One layout for every record, so that a change of law is a change of one line.

Fields stand in the order of the model, what a fact says before its period and source, its note last. Rows of
tables (treaty status, members, places, sources) take one line each; everything else is laid out in blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import yaml

from country_reports.group import Membership
from country_reports.layout import model_of
from country_reports.places import PlaceRecord
from country_reports.records import BadRecord, Problem, Record, read_source, read_text_as
from country_reports.report import CountryReport
from country_reports.sourced import RecordFile, Sourced, SourceRecord
from country_reports.treaty import Total, TreatyStatus

WIDTH = 118
_ROWS = (TreatyStatus, Membership, PlaceRecord)
_LAST = ("note", "watch")

Node: TypeAlias = "str | int | date | list[Node] | dict[str, Node] | None"


def format_file(path: Path) -> tuple[str, str]:
    """The text of a record file as it is and as it should be.

    Raises:
        BadRecord: it is no record file, does not check, or holds a comment that the layout would lose.
    """
    model = model_of(path)
    if model is None:
        raise BadRecord([Problem(str(path), None, "", "this is not where a record lies; see the maintainer's guide")])
    text = read_source(path)
    return text, formatted(text, str(path), model)


def formatted(text: str, name: str, model: type[Record]) -> str:
    """``text`` in the one layout, its first lines of comment kept.

    Raises:
        BadRecord: it does not check, or holds a comment further down.
    """
    record = read_text_as(text, name, model)
    head = _comment_of(text)
    body = "".join(_field(field, value, record) for field, value in _ordered(record))
    if text[len(head) :].count("#") > body.count("#"):
        raise BadRecord([Problem(name, _line_of_comment(text, head), "", _COMMENT)])
    return head + body


_COMMENT = "a comment within the record would be lost; say it in a `note`, or in the lines at the top of the file"


def _comment_of(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))])


def _line_of_comment(text: str, head: str) -> int | None:
    lines = text.splitlines()
    start = len(head.splitlines())
    return next((number for number, line in enumerate(lines[start:], start + 1) if "#" in line), None)


def _ordered(record: Record) -> list[tuple[str, object]]:
    """The fields that were written, in the order in which a reader wants them."""
    marks = list(Sourced.model_fields) if isinstance(record, Sourced) else []
    own = [name for name in type(record).model_fields if name not in marks and name != "sources"]
    if isinstance(record, RecordFile):
        closing = _CLOSING if isinstance(record, CountryReport) else ()
        tables = [name for name in own if _is_table(getattr(record, name)) and name not in closing]
        first = [name for name in own if name not in (*tables, *closing, *_LAST)]
        order = [*first, *marks, *(name for name in _LAST if name in own), "sources", *tables, *closing]
    else:
        order = [*(name for name in own if name not in _LAST), *marks, *(name for name in _LAST if name in own)]
    return [(name, getattr(record, name)) for name in order if name in record.model_fields_set]


_CLOSING = ("confidence", "open_questions")
"""What closes a report."""


def _is_table(value: object) -> bool:
    """Lists of records, and chapters that hold such lists."""
    if isinstance(value, tuple):
        return bool(value) and isinstance(value[0], Record)
    return isinstance(value, Record) and not isinstance(value, Sourced | SourceRecord | Total)


def _field(name: str, value: object, file: Record) -> str:
    """One field of the file as lines of YAML."""
    if name == "sources" and isinstance(value, dict):
        return f"{name}:\n" + "".join(f"  {_line(key)}: {_line(_plain(value[key], file))}\n" for key in sorted(value))
    if isinstance(value, tuple) and value and isinstance(value[0], _ROWS):
        return f"{name}:\n" + "".join(f"- {_line(_plain(row, file))}\n" for row in value)
    node = {name: _laid_out(_plain(value, file), name)}
    return yaml.dump(node, Dumper=_Dumper, width=WIDTH, sort_keys=False, allow_unicode=True, default_flow_style=False)


def _plain(value: object, file: Record) -> Node:
    """Records as mappings in their order; a source that the file lists as its key."""
    if isinstance(value, SourceRecord):
        key = _key_of(value, file)
        return key if key is not None else {name: _plain(item, file) for name, item in _ordered(value)}
    if isinstance(value, Record):
        return {name: _plain(item, file) for name, item in _ordered(value)}
    if isinstance(value, dict):
        return {str(_plain(key, file)): _plain(item, file) for key, item in value.items()}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        return [_plain(item, file) for item in value]
    if value is None or isinstance(value, str | int | date):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a record")


def _key_of(source: SourceRecord, file: Record) -> str | None:
    sources: dict[str, SourceRecord] = getattr(file, "sources", {})
    return next((key for key in sorted(sources) if sources[key] == source and sources[key] is not source), None)


class _Flow(dict[str, Node]):
    """A mapping on one line."""


class _FlowList(list[Node]):
    """A list on one line."""


def _laid_out(node: Node, field: str = "") -> Node:
    if isinstance(node, dict):
        leaf = all(not isinstance(item, dict | list) for item in node.values()) and not {*node} & {
            *Sourced.model_fields
        }
        short = leaf and sum(len(f"{name}: {item}, ") for name, item in node.items()) <= WIDTH
        return _Flow(node) if short or field == "source" else {name: _laid_out(node[name], name) for name in node}
    if isinstance(node, list):
        words = all(isinstance(item, int | date) or (isinstance(item, str) and " " not in item) for item in node)
        codes = all(len(str(item)) <= _CODE for item in node)
        short = words and (codes or sum(len(f"{item}, ") for item in node) <= WIDTH)
        return _FlowList(node) if short else [_laid_out(item) for item in node]
    return node


_CODE = 12
"""Length of a word that is a code, such as a place: lists of codes are wrapped, not stacked."""


def _line(node: Node) -> str:
    """A value on one line, however long."""
    text = yaml.dump(node, Dumper=_Dumper, default_flow_style=True, width=10**9, sort_keys=False, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """No anchors: records refuse them."""
        return True


_Dumper.add_representer(_Flow, lambda d, x: d.represent_mapping("tag:yaml.org,2002:map", x.items(), flow_style=True))
_Dumper.add_representer(_FlowList, lambda d, x: d.represent_sequence("tag:yaml.org,2002:seq", x, flow_style=True))


def unformatted(paths: Iterable[Path]) -> Iterator[Path]:
    """Those of the files whose layout is another."""
    for path in paths:
        before, after = format_file(path)
        if before != after:
            yield path
