"""What is read at sight is what pydantic reads, and nothing that pydantic refuses."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from country_reports.at_sight import at_sight
from country_reports.group import Group
from country_reports.records import Record, read_plain, read_record
from tests.conftest import EXAMPLES, ROOT
from transfers import golden
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import SHIPPED_FOLDER as IMPORTERS
from transfers.route import Route

GOLDEN = [read_record(path, golden.GoldenFile) for path in sorted((ROOT / "tests" / "cases").rglob("*.yaml"))
          if "workspace" not in path.parts]  # fmt: skip
ROUTES: list[Any] = [read_plain(path) for path in EXAMPLES]
ROUTES += [{"id": "r", **route} for file in GOLDEN for route in file.routes.values()]
ROUTES += [{"id": "r", **case.route} for file in GOLDEN for case in file.cases if isinstance(case.route, dict)]
RECIPIENTS: list[Any] = [read_plain(path) for path in sorted(IMPORTERS.glob("*.yaml"))]

WORDS = (
    "yes",
    "no",
    "unknown",
    "",
    "US",
    "2024-05-02",
    "2024-5-2",
    "signed",
    "processor",
    "UC1.1",
    "UC9.9",
    "name",
    "ncmec",
    "x\n",
)
VALUES: st.SearchStrategy[Any] = (st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers(-1, 3) | st.just(1.0) | st.just([]) | st.just({})
          | st.sampled_from(ROUTES) | st.sampled_from(RECIPIENTS))  # fmt: skip


def as_pydantic_reads(model: type[BaseModel], plain: object) -> BaseModel | None:
    try:
        return model.model_validate(plain)
    except ValidationError:
        return None


@pytest.mark.parametrize(("model", "every"), [(Route, ROUTES), (ImporterRecord, RECIPIENTS)])
def test_every_record_at_hand_is_read_at_sight_and_the_same(model: type[BaseModel], every: list[Any]) -> None:
    for plain in every:
        read = at_sight(model, plain)
        assert read is not None
        assert read == as_pydantic_reads(model, plain)
        assert list(read.__dict__) == list(model.model_fields)


def places_in(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [path, *(deeper for key, value in inside for deeper in places_in(value, (*path, key)))]


def changed(plain: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = deepcopy(plain)
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_is_put_anywhere_is_read_as_pydantic_reads_it_or_left_to_it(data: st.DataObject) -> None:
    model, every = data.draw(st.sampled_from([(Route, ROUTES), (ImporterRecord, RECIPIENTS)]))
    plain = data.draw(st.sampled_from(every))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(places_in(plain)))
        if path and data.draw(st.booleans()) and isinstance(path[-1], str):
            path = (*path[:-1], data.draw(st.sampled_from(sorted(model.model_fields))))
        plain = changed(plain, path, data.draw(VALUES))
    read = at_sight(model, plain)
    assert read is None or read == as_pydantic_reads(model, plain)


def test_models_that_look_at_their_fields_before_are_left_to_pydantic() -> None:
    path = ROOT / "country_reports" / "groups" / "eu.yaml"
    assert at_sight(Group, read_plain(path)) is None
    assert read_record(path, Group).id == "eu"


def test_checks_between_fields_are_made() -> None:
    assert at_sight(Route, {"id": "r", "importer": "iwf", "importers": ["ncmec"]}) is None
    assert at_sight(Route, {"id": "r", "mechanisms": [{"tool": "adequacy"}, {"tool": "adequacy"}]}) is None
    assert at_sight(Route, {"id": "r", "data": {"volume": {"people": -1}}}) is None


def test_a_check_that_is_not_known_is_left_to_pydantic() -> None:
    from typing import Annotated

    from pydantic import Field

    class Short(Record):
        word: Annotated[str, Field(max_length=3)]

    assert at_sight(Short, {"word": "no"}) is None
