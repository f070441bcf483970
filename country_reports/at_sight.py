"""Reading what plainly fits its model at sight, without the validators that pydantic would build first.

A value is taken here only if it is of the very type that is declared and passes every check of the model; building the
validators for a route takes five times as long. Whatever leaves a doubt, be it wrong or only unusual, is left to
pydantic, which alone refuses and says why. A test holds that both read the same from every route at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, WithJsonSchema

from country_reports.plain import defaults_of, record_of

ModelT = TypeVar("ModelT", bound=BaseModel)
Reader = Callable[[Any], Any]
"""Gives the value of a field from its plain form, or doubts."""


class _Doubt(Exception):
    """The value does not plainly fit."""


def at_sight(model: type[ModelT], plain: object) -> ModelT | None:
    """The record of these plain values; None where pydantic has to look at them."""
    try:
        record: ModelT = _model(model)(plain)
    except (_Doubt, ValueError):
        return None
    return record


def _doubt(_: object) -> NoReturn:
    raise _Doubt


@cache
def _model(model: type[BaseModel]) -> Reader:
    checks = [validator for validator in model.__pydantic_decorators__.model_validators.values()]
    if model.model_config.get("extra") != "forbid" or any(check.info.mode != "after" for check in checks):
        return _doubt
    readers = {name: _marked(_type(field.annotation), field.metadata) for name, field in model.model_fields.items()}
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    defaults = defaults_of(model)

    def read(plain: Any) -> BaseModel:
        if type(plain) is not dict or not required <= plain.keys() <= readers.keys():
            raise _Doubt
        values = {name: value.copy() if type(value) is dict else value for name, value in defaults.items()}
        for name, value in plain.items():
            values[name] = readers[name](value)
        record = record_of(model, values, set(plain))
        for check in checks:
            check.func(record)
        return record

    return read


def _type(annotation: Any) -> Reader:
    """Reads values of one type."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(_type(parts[0]), parts[1:])
    if origin in (Union, UnionType):
        return _one_of(parts)
    if origin is tuple and parts[1:] == (Ellipsis,):
        item = _type(parts[0])
        return lambda plain: tuple(map(item, plain)) if type(plain) is list else _doubt(plain)
    if origin is dict:
        key, value = map(_type, parts)
        return lambda plain: {key(name): value(plain[name]) for name in plain} if type(plain) is dict else _doubt(plain)
    if annotation in (str, int, bool, date, type(None)):
        return lambda plain: plain if type(plain) is annotation else _doubt(plain)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return lambda plain: annotation(plain) if type(plain) in (str, annotation) else _doubt(plain)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model(annotation)
    return _doubt


def _one_of(types: Iterable[Any]) -> Reader:
    """The first type that the value plainly is of."""
    readers = [_type(one) for one in types]

    def read(plain: Any) -> Any:
        for reader in readers:
            try:
                return reader(plain)
            except (_Doubt, ValueError):
                continue
        raise _Doubt

    return read


def _marked(reader: Reader, marks: Iterable[Any]) -> Reader:
    """With the checks that are written beside a type; one that is not known here is left to pydantic."""
    for mark in reversed([*marks]):
        reader = _with(reader, mark)
    return reader


def _with(reader: Reader, mark: Any) -> Reader:
    if isinstance(mark, BeforeValidator):
        before: Any = mark.func
        return lambda plain: reader(before(plain))
    if isinstance(mark, AfterValidator):
        after: Any = mark.func
        return lambda plain: after(reader(plain))
    if isinstance(mark, WithJsonSchema):
        return reader
    pattern, least = getattr(mark, "pattern", None), getattr(mark, "ge", None)
    if isinstance(pattern, str) and vars(mark) == {"pattern": pattern}:
        return lambda plain: reader(plain) if re.fullmatch(pattern, reader(plain)) else _doubt(plain)
    if type(mark).__name__ == "Ge":
        return lambda plain: reader(plain) if reader(plain) >= least else _doubt(plain)
    return _doubt
