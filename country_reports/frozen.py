"""Classes of values: frozen, slotted, compared by their fields. Dataclasses, made in a quarter of the time.

``@dataclass(frozen=True, slots=True)`` writes and compiles six methods for every class; for the fifty classes that an
assessment needs, that took longer than the assessment. Here only ``__init__`` is compiled for each; the others are shared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

ClassT = TypeVar("ClassT", bound=type)


@dataclass_transform(frozen_default=True)
def frozen(cls: ClassT) -> ClassT:
    """Make a class of values of the fields it declares; a default is one object for all of them.

    Raises:
        TypeError: a field has a default that is made anew each time, or is none to give; that takes a plain dataclass.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # else dataclass() works out a signature to stand there
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    names = [field.name for field in fields(made)]
    held = attrgetter(*names) if len(names) > 1 else lambda self: (getattr(self, names[0]),)
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _init(made),
        "__eq__": lambda self, other: held(self) == held(other) if type(other) is made else NotImplemented,
        "__hash__": lambda self: hash(held(self)),
        "__repr__": lambda self: f"{made.__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})",
        "__reduce__": lambda self: (made, held(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _init(made: Any) -> Callable[..., None]:
    """Sets each field through its slot, past the refusal."""
    declared = fields(made)
    if any(field.default_factory is not MISSING or not field.init for field in declared):
        raise TypeError(f"{made.__name__} has fields that only a plain dataclass can fill")
    known = {f"set_{field.name}": getattr(made, field.name).__set__ for field in declared}
    known |= {f"default_{field.name}": field.default for field in declared if field.default is not MISSING}
    parameters = (field.name + ("" if field.default is MISSING else f"=default_{field.name}") for field in declared)
    lines = (f" set_{field.name}(self, {field.name})" for field in declared)
    found: dict[str, Any] = {}
    exec("\n".join((f"def __init__(self, {', '.join(parameters)}):", *lines)), known, found)
    init: Callable[..., None] = found["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is as it is")
