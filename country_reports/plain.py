"""Records as plain values, and plain values that came from a record as that record again.

The way back checks nothing: it is for values that ``as_plain`` wrote of a record that was read and checked.
Pydantic would build a validator for every model first, which costs more than all the records of an assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from country_reports.records import Plain

ModelT = TypeVar("ModelT", bound=BaseModel)
Restore = Callable[[Any], Any]
"""Makes a value of a field from its plain form."""


class NoPlainForm(TypeError):
    """A field holds what has no plain form that leads back to it."""


def as_plain(value: Any, only_set: bool = False) -> Plain:
    """A record, or what one holds, as JSON has it; ``only_set`` leaves out fields that nobody wrote."""
    kind = type(value)
    if kind in _PLAIN:
        return value  # type: ignore[no-any-return]
    if kind is tuple:
        return [item if type(item) in _PLAIN else as_plain(item, only_set) for item in value]
    if isinstance(value, BaseModel):
        held, told = value.__dict__, value.model_fields_set if only_set else value.__dict__
        written = _as_written(value.__class__)
        return {
            written.get(name, name): item if type(item) in _PLAIN else as_plain(item, only_set)
            for name, item in held.items()
            if name in told
        }
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(as_plain(key)): as_plain(item, only_set) for key, item in value.items()}
    raise NoPlainForm(f"{kind.__name__} has no plain form")


@cache
def _as_written(model: type[BaseModel]) -> dict[str, str]:
    """Fields that a person writes under another name."""
    return {name: field.alias for name, field in model.model_fields.items() if field.alias is not None}


_PLAIN = frozenset((str, int, bool, float, type(None)))


def from_plain(model: type[ModelT], plain: object) -> ModelT:
    """The record that ``as_plain(record, only_set=True)`` was made of."""
    record: ModelT = _restore_model(model)(plain)
    return record


def record_of(model: type[ModelT], values: dict[str, Any], names_set: set[str]) -> ModelT:
    """A record of these values, as copying sets them: without a check."""
    record = model.__new__(model)
    object.__setattr__(record, "__dict__", values)
    object.__setattr__(record, "__pydantic_fields_set__", names_set)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)
    return record


def types_in(model: type[BaseModel]) -> frozenset[type]:
    """Every model and enumeration that a record of this model can hold, itself included."""
    found: set[type] = set()
    new: set[type] = {model}
    while new:
        found |= new
        held = (kind for one in new if issubclass(one, BaseModel) for kind in _held_by(one))
        new = set(held) - found
    return frozenset(found)


def _held_by(model: type[BaseModel]) -> Iterator[type]:
    for field in model.model_fields.values():
        yield from _types_of(field.annotation)


def _types_of(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and issubclass(annotation, (BaseModel, Enum)):
        yield annotation
    for part in get_args(annotation):
        yield from _types_of(part)


@cache
def defaults_of(model: type[BaseModel]) -> dict[str, Any]:
    """What each field holds where nobody set it, in the order of the fields; of what must be set, a mark."""
    return {name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()}


@cache
def _restore_model(model: type[BaseModel]) -> Restore:
    makers = {name: _restore(field.annotation) for name, field in model.model_fields.items()}
    defaults = defaults_of(model)
    mappings = [name for name, default in defaults.items() if isinstance(default, dict)]

    def restore(plain: dict[str, Any]) -> BaseModel:
        values = defaults.copy()
        for name, value in plain.items():
            made = makers[name]
            values[name] = value if made is None or value is None else made(value)
        for name in mappings:
            values[name] = values[name].copy()
        return record_of(model, values, set(plain))

    return restore if any(makers.values()) else _restored_once(restore)


def _restored_once(restore: Restore) -> Restore:
    """Records of words alone are one object for all places that hold the same, as many facts name the same source."""
    known: dict[tuple[Any, ...], Any] = {}

    def known_or_restored(plain: dict[str, Any]) -> Any:
        key = tuple(plain.items())
        if key not in known:
            known[key] = restore(plain)
        return known[key]

    return known_or_restored


def _restore(annotation: Any) -> Restore | None:
    """How a field of this type is made from its plain form; None where it is plain itself.

    Raises:
        NoPlainForm: the type is one that the plain form does not tell apart.
    """
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _restore(parts[0])
    if origin in (Union, UnionType):
        return _restore_one_of([part for part in parts if part is not type(None)])
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        item = _restore(parts[0])
        return tuple if item is None else lambda plain: tuple(map(item, plain))
    if origin is dict:
        return _restore_mapping(*map(_restore, parts))
    if annotation in _PLAIN:
        return None
    if annotation is date:
        return date.fromisoformat
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _restore_model(annotation)
    raise NoPlainForm(f"{annotation} is not restored from plain values")


def _restore_one_of(types: list[Any]) -> Restore | None:
    if len(types) == 1:
        return _restore(types[0])
    raise NoPlainForm(f"plain values do not tell which of {types} it was")


def _restore_mapping(key: Restore | None, item: Restore | None) -> Restore:
    return lambda plain: {
        (name if key is None else key(name)): (value if item is None else item(value)) for name, value in plain.items()
    }
