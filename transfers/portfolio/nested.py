"""Rows that are routes as they are written elsewhere, with fields in fields: the lines of a JSONL file, a list in YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping

from country_reports.records import BadRecord, Plain, fit
from transfers.portfolio.columns import FREE, BadCells, as_column, is_free, plainly_right
from transfers.portfolio.results import Trouble
from transfers.route import Route
from transfers.tables.dotted import cells_of_plain


class Nested:
    """The key is the record without what decides nothing."""

    def key_of(self, record: Mapping[str, Plain]) -> str:
        return json.dumps(_without_free(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def plain(self, key: str) -> dict[str, Plain]:
        """What a key says of a route.

        Raises:
            BadCells: it is no group of fields.
        """
        plain = json.loads(key)
        if not isinstance(plain, dict):
            raise BadCells([Trouble("", "a route is a group of fields")])
        return plain

    def cells(self, record: Mapping[str, Plain]) -> dict[str, str]:
        """The record as a row of a table."""
        return cells_of_plain(Route, record)

    def troubles_of_free(self, record: Mapping[str, Plain]) -> list[Trouble]:
        """What is wrong with the fields that decide nothing."""
        free = _only_free(record)
        cells = {name: text for name, text in cells_of_plain(Route, free).items() if is_free(name)}
        words = all(isinstance(free.get(name), str | None) for name in FREE if "." not in name)
        if words and plainly_right(cells) and not {"data", "exporter"} & free.keys():
            return []
        try:
            fit(free, Route, "")
        except BadRecord as error:
            return [Trouble(as_column(one.field), one.message) for one in error.problems]
        return []

    def heading_of(self, field: str) -> str:
        return field


def _without_free(record: Mapping[str, Plain]) -> dict[str, Plain]:
    found: dict[str, Plain] = {name: value for name, value in record.items() if name not in FREE}
    for first, inner in _FREE_IN.items():
        group = found.get(first)
        if isinstance(group, dict):
            found[first] = {name: value for name, value in group.items() if name not in inner}
    return found


def _only_free(record: Mapping[str, Plain]) -> dict[str, Plain]:
    found: dict[str, Plain] = {name: value for name, value in record.items() if name in FREE}
    for first, inner in _FREE_IN.items():
        group = record.get(first)
        if isinstance(group, dict) and inner & group.keys():
            found[first] = {name: value for name, value in group.items() if name in inner}
    return found


_FREE_IN = {
    first: frozenset(name.partition(".")[2] for name in FREE if name.startswith(f"{first}."))
    for first in ("exporter", "data")
}
