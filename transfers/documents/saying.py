"""Sentences of documents: literal templates with named parameters, so that they can be translated."""

from __future__ import annotations

from string import Formatter

from transfers.documents.blocks import Content, Run, Words, runs_of


def told(template: str, **parameters: str | int) -> str:
    """A sentence with its parameters filled in; wrap the template in `transfers.finding._` so that extraction finds it."""
    return template.format(**parameters)


def told_with(template: str, **parameters: Content) -> tuple[Run, ...]:
    """A sentence some of whose parameters stand out, are sources, or have to be filled in."""
    runs: list[Run] = []
    for literal, name, _form, _conversion in Formatter().parse(template):
        if literal:
            runs.append(Words(literal))
        if name is not None:
            runs += runs_of(parameters[name])
    return tuple(runs)
