"""Records as rows of a table: a column for each field, dotted where fields are nested, and back.

``exporter.country`` is a field of a field, ``mechanisms.1.tool`` that of the first item of a list, ``answers.ID.value`` that
of an entry under a name of its own. A cell of a list of words has semicolons between them; ``none`` says that the list is
empty, which a blank cell does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from country_reports.facts import Truth
from country_reports.frozen import frozen
from country_reports.records import Plain

EMPTY = "none"
"""What a cell says of a list that has no items."""


@frozen
class Shape:
    """What a field holds: a word, the fields of a ``record``, a list of ``items``, or ``entries`` under names of their own."""

    word: bool = False
    number: bool = False
    truth: bool = False
    record: type[BaseModel] | None = None
    items: Shape | None = None
    entries: Shape | None = None


@frozen
class Column:
    """One column: the way to its field, and what the field holds."""

    name: str
    path: tuple[str | int, ...]
    shape: Shape

    def put(self, into: dict[str, Plain], value: Plain) -> None:
        """Put the value of a cell where it belongs.

        Raises:
            ValueError: another column holds a single value where this one needs a field, or the items are not counted from 1.
        """
        *way, last = self.path
        place: Plain = into
        for part, following in zip(way, self.path[1:], strict=True):
            place = self._inside(place, part, [] if isinstance(following, int) else {})
        said = self._said(value)
        if isinstance(place, list) and isinstance(last, int):
            if last != len(place):
                raise ValueError(f"{self.name}: count the items from 1, one after the other")
            place.append(said)
        elif isinstance(place, dict) and isinstance(last, str) and last not in place:
            place[last] = said
        else:
            raise ValueError(f"{self.name} is given twice, or holds a single value in another column")

    def _inside(self, place: Plain, part: str | int, empty: Plain) -> Plain:
        if isinstance(place, list) and isinstance(part, int):
            if part > len(place):
                raise ValueError(f"{self.name}: count the items from 1, one after the other")
            if part == len(place):
                place.append(empty)
            return place[part]
        if isinstance(place, dict) and isinstance(part, str):
            found = place.setdefault(part, empty)
            if type(found) is type(empty):
                return found
        raise ValueError(f"{part} holds a single value in another column")

    def _said(self, value: Plain) -> Plain:
        if not isinstance(value, str):
            return value
        shape, text = self.shape, value.strip()
        if shape.items is not None:
            return [] if text == EMPTY else [_word(part, shape.items) for part in text.split(";") if part.strip()]
        return _word(text, shape)


def _word(text: str, shape: Shape) -> Plain:
    text = text.strip()
    if shape.truth and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    return int(text) if shape.number and re.fullmatch(r"[0-9]{1,15}", text) else text


@cache
def column_of(model: type[BaseModel], name: str) -> Column:
    """The column of this name in a table of such records.

    Raises:
        ValueError: such records have no such field; the message says how far the name leads.
    """
    found = _follow(Shape(record=model), name)
    if found is None:
        raise ValueError(f"{name!r} is not a column; {_hint(model, name)}")
    path, shape = found
    return Column(name, path, shape)


def cells_of(record: BaseModel) -> dict[str, str]:
    """A record as a row that leads back to the same record."""
    plain = record.model_dump(mode="json", exclude_unset=True)
    return dict(_cells("", plain, Shape(record=type(record))))


def cells_of_plain(model: type[BaseModel], plain: Mapping[str, Plain]) -> dict[str, str]:
    """Plain values as they would stand in a table of such records, whether or not they fit."""
    return dict(_cells("", dict(plain), Shape(record=model)))


def _cells(name: str, value: object, shape: Shape | None) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _cells(f"{name}.{key}" if name else str(key), inner, _inner(shape, str(key)))
    elif isinstance(value, list):
        items = shape.items if shape is not None else None
        if not value:
            yield name, EMPTY
        elif all(_fits_in_a_list(one) for one in value):
            yield name, "; ".join(map(_text, value))
        else:
            for number, inner in enumerate(value, 1):
                yield from _cells(f"{name}.{number}", inner, items)
    elif value is not None and not isinstance(value, dict):
        yield name, _text(value)


def _fits_in_a_list(item: object) -> bool:
    return not isinstance(item, dict | list) and ";" not in str(item) and str(item) != EMPTY


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _inner(shape: Shape | None, key: str) -> Shape | None:
    if shape is None or shape.record is None:
        return shape.entries if shape is not None else None
    return _fields(shape.record).get(key)


def _follow(shape: Shape, name: str) -> tuple[tuple[str | int, ...], Shape] | None:
    """The way that a dotted name leads from a field of this shape, and what it leads to."""
    if shape.entries is not None:
        return _entry(shape.entries, name)
    first, _, rest = name.partition(".")
    if shape.items is not None and first.isdigit() and int(first) >= 1:
        return _joined(int(first) - 1, shape.items, rest)
    inner = _fields(shape.record).get(first) if shape.record is not None else None
    return None if inner is None else _joined(first, inner, rest)


def _joined(part: str | int, shape: Shape, rest: str) -> tuple[tuple[str | int, ...], Shape] | None:
    if not rest:
        return ((part,), shape) if shape.entries is None else None
    found = _follow(shape, rest)
    return None if found is None else ((part, *found[0]), found[1])


def _entry(shape: Shape, name: str) -> tuple[tuple[str | int, ...], Shape] | None:
    """An entry's name may have dots itself: it ends where what follows is a field of the entry."""
    if shape.record is not None:
        for dot in re.finditer(r"\.", name):
            found = _follow(shape, name[dot.end() :])
            if found is not None and dot.start():
                return (name[: dot.start()], *found[0]), found[1]
    return ((name,), Shape(word=True, truth=shape.truth or shape.record is not None)) if name else None


@cache
def _fields(model: type[BaseModel]) -> dict[str, Shape]:
    return {field.alias or name: _shape(_marked(field)) for name, field in model.model_fields.items()}


def _marked(field: Any) -> Any:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _shape(annotation: Any) -> Shape:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(_shape(parts[0]), parts[1:])
    if origin in (Union, UnionType):
        return _either([_shape(part) for part in parts if part is not type(None)])
    if origin in (tuple, list):
        return Shape(items=_shape(parts[0]))
    if origin is dict:
        return Shape(entries=_shape(parts[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(record=annotation)
    truth = isinstance(annotation, type) and issubclass(annotation, Enum) and annotation is Truth
    return Shape(word=True, number=annotation is int, truth=truth)


def _annotated(shape: Shape, marks: tuple[Any, ...]) -> Shape:
    """A record that a validator also takes in a word, as ``parent: US``, may stand in a single cell."""
    short = shape.record is not None and any(isinstance(mark, BeforeValidator) for mark in marks)
    return Shape(word=True, record=shape.record) if short else shape


def _either(shapes: list[Shape]) -> Shape:
    if len(shapes) == 1:
        return shapes[0]
    return Shape(
        word=any(shape.word for shape in shapes),
        record=next((shape.record for shape in shapes if shape.record is not None), None),
        items=next((shape.items for shape in shapes if shape.items is not None), None),
    )


def _hint(model: type[BaseModel], name: str) -> str:
    from difflib import get_close_matches

    known = list(_names(Shape(record=model), ""))
    near = get_close_matches(re.sub(r"\.\d+(?=\.|$)", ".1", name), known, n=2, cutoff=0.7)
    return f"did you mean {' or '.join(near)}?" if near else f"columns are, for example, {', '.join(known[:6])}"


def _names(shape: Shape, before: str, depth: int = 0) -> Iterator[str]:
    """Names of columns as far as they can be listed, for hints."""
    if depth > 4:
        return
    if shape.items is not None and shape.items.record is not None:
        yield from _names(Shape(record=shape.items.record), f"{before}.1", depth + 1)
    elif shape.record is not None:
        for name, inner in _fields(shape.record).items():
            yield from _names(inner, f"{before}.{name}" if before else name, depth + 1)
    if before and (shape.word or (shape.items is not None and shape.items.record is None)):
        yield before
