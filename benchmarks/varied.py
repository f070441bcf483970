"""Routes as a register holds them: the examples, each with other facts, so that no two are the same Case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from country_reports.facts import Truth
from country_reports.records import read_record
from transfers.answers import CriterionAnswer
from transfers.route import (
    Frequency,
    MeasureClaim,
    MeasureStatus,
    PartyRole,
    Purpose,
    Route,
    SpecialCategory,
    Subject,
)

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = tuple(read_record(path, Route) for path in sorted((ROOT / "examples").glob("*.yaml")))

_UNION = ("AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "SE")
_PURPOSES = (
    None,
    Purpose.HOSTING,
    Purpose.HR_ADMINISTRATION,
    Purpose.RESEARCH,
    Purpose.CUSTOMER_SERVICE,
    Purpose.OCSEA_REPORT,
)
_CRITERIA = (
    "coe-108plus:14(3)(a)",
    "coe-108plus:14(3)(b)-implemented",
    "cets-181:2(1)",
    "edpb-02-2020:A",
    "edpb-02-2020:D",
)


def _use_case(number: int, conditions: int, **open_ones: str) -> tuple[MeasureClaim, ...]:
    """A use case of the EDPB, in place but for what is named."""
    names = (f"UC{number}.{condition}" for condition in range(1, conditions + 1))
    return tuple(MeasureClaim(id=name, status=MeasureStatus(open_ones.get(name[-1], "in_place"))) for name in names)


_MEASURES = (
    None,
    (),
    _use_case(1, 6),
    _use_case(3, 8),
    _use_case(1, 6) + _use_case(3, 8),
    _use_case(2, 4, **{"1": "absent"}) + _use_case(3, 8),
    _use_case(3, 8, **{"2": "unknown"}),
    _use_case(4, 7),
)


def varied(count: int, seed: int) -> list[Route]:
    """The same routes for the same seed."""
    random = Random(seed)
    return [_other(EXAMPLES[number % len(EXAMPLES)], f"route-{number}", random) for number in range(count)]


def _other(route: Route, name: str, random: Random) -> Route:
    exporter = route.exporter
    if exporter.country in _UNION:
        exporter = exporter.model_copy(update={"country": random.choice(_UNION)})
    data = {
        "clear_text_needed": random.choice(list(Truth)),
        "subjects": tuple(random.sample(list(Subject), random.randrange(3))),
        "special_categories": random.choice((None, (), (SpecialCategory.HEALTH,))),
    }
    answers = {name: _answer(random.choice(list(Truth))) for name in random.sample(_CRITERIA, random.randrange(3))}
    changes: dict[str, Any] = {
        "id": name,
        "exporter": exporter,
        "importer_role": random.choice(list(PartyRole)),
        "purpose": random.choice(_PURPOSES),
        "data": route.data.model_copy(update=data),
        "frequency": random.choice(list(Frequency)),
        "measures": random.choice(_MEASURES),
        "answers": {**route.answers, **answers},
    }
    return route.model_copy(update=changes)


def _answer(truth: Truth) -> CriterionAnswer:
    return CriterionAnswer(value=truth, by="A. Counsel", on=date(2026, 10, 1), source="opinion")
