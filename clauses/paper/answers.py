"""Answers as a person writes them in a file, and put over what is known already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clauses.agreement import Agreement
from clauses.paper.draft import From
from country_reports.frozen import frozen
from country_reports.records import Plain, fit, parse, read_source


@frozen
class Answers:
    """Answers and, for those that no person gave, where they came from, by dotted field."""

    plain: Mapping[str, Plain]
    origins: Mapping[str, From]

    def overlaid(self, other: Mapping[str, Plain]) -> Answers:
        """These with a person's answers over them: groups of fields are joined, everything else is replaced."""
        merged = _merged(self.plain, other)
        answered = set(_paths(other, ""))
        kept = {
            field: origin
            for field, origin in self.origins.items()
            if field not in answered and not any(_within(field, path) for path in answered)
        }
        return Answers(merged, kept)

    def agreement(self, name: str) -> Agreement:
        """All of them, checked; ``name`` stands for the file in errors.

        Raises:
            BadRecord: an answer does not fit its field.
        """
        return fit(dict(self.plain), Agreement, name)


def read_answers(path: Path) -> dict[str, Plain]:
    """The answers in a YAML file. A field with nothing behind it is one that nobody answered yet.

    Raises:
        BadRecord: it is no strict YAML, or an answer does not fit its field; each problem with its line.
    """
    text, name = read_source(path), str(path)
    plain = _answered(parse(text, name))
    fit(plain, Agreement, name, text)
    return dict(plain) if isinstance(plain, dict) else {}


def _answered(plain: Plain) -> Plain:
    """Without the fields that stand empty, and the groups of which nothing is left."""
    if not isinstance(plain, dict):
        return plain
    kept = {key: _answered(value) for key, value in plain.items() if value is not None}
    return {key: value for key, value in kept.items() if value != {} or plain[key] == {}}


def _merged(below: Mapping[str, Plain], above: Mapping[str, Plain]) -> dict[str, Plain]:
    found = dict(below)
    for key, value in above.items():
        under = found.get(key)
        found[key] = _merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return found


def _paths(plain: Plain | Mapping[str, Plain], path: str) -> list[str]:
    """The dotted field of every answer that is no group."""
    if not isinstance(plain, Mapping):
        return [path]
    return [found for key, value in plain.items() for found in _paths(value, f"{path}.{key}" if path else key)]


def _within(field: str, path: str) -> bool:
    """Whether a field is one item of a list that was replaced as a whole."""
    return field.startswith((f"{path}[", f"{path}."))
