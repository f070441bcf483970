"""Answers about the second leg of a generated route, which go by its name, whoever that turns out to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from transfers.knowledge import Knowledge
from transfers.route import Route

MARK = ".leg-1"


def naming_the_second_leg(record: dict[str, Any], knowledge: Knowledge) -> Route:
    """The route of a record whose answers about the second leg end in ``.leg-1``; they are left out where it has no such leg."""
    _, *further = knowledge.extract(Route.model_validate({**record, "answers": {}}), date(2026, 11, 23)).parties
    answers = {
        name.replace(MARK, f".{further[0].id}") if further else name: answer
        for name, answer in record["answers"].items()
        if further or not name.endswith(MARK)
    }
    return Route.model_validate({**record, "answers": answers})
