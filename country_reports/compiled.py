"""Shipped records in a form that is read fast: made when the package is built, used only while it is true.

The YAML stays the one source. In a folder ``compiled`` of its package lies the same record as JSON, checked already. Its
first line is a hash of the YAML, of the code of the models and of the JSON itself: after an edit of any of them the YAML
is read again, and nothing stale is ever answered. Nothing is written while transborder runs.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from country_reports.plain import as_plain, from_plain, types_in
from country_reports.records import read_record

ModelT = TypeVar("ModelT", bound=BaseModel)

HOUSE = Path(__file__).resolve().parent.parent
"""The folder that holds the packages."""

FOLDER = "compiled"


def read_shipped(path: Path, model: type[ModelT]) -> ModelT:
    """As ``read_record``, for a file of the package: from its compiled form where that is true."""
    form = true_form(path, model)
    return read_record(path, model) if form is None else from_plain(model, json.loads(form))


def true_form(path: Path, model: type[BaseModel]) -> bytes | None:
    """What was compiled of a file; None where nothing was, the file or its model was edited since, or it is of another house."""
    if not path.is_relative_to(HOUSE):
        return None
    try:
        seal, _, text = compiled_form(path).read_bytes().partition(b"\n")
        return text if seal == _seal(path.read_bytes(), model, text) else None
    except OSError:
        return None


def compile_record(path: Path, model: type[BaseModel]) -> Path:
    """Write the compiled form of one file, having checked it, and say where.

    Raises:
        BadRecord: the file does not fit its model.
        ValueError: the compiled form does not lead back to the same record.
    """
    record = read_record(path, model)
    text = json.dumps(as_plain(record, only_set=True), ensure_ascii=False, separators=(",", ":")).encode()
    if from_plain(model, json.loads(text)) != record:
        raise ValueError(f"{path}: the compiled form is another record than the YAML")
    form = compiled_form(path)
    form.parent.mkdir(parents=True, exist_ok=True)
    form.write_bytes(_seal(path.read_bytes(), model, text) + b"\n" + text)
    return form


def compiled_form(path: Path) -> Path:
    """Where the compiled form of a file of a package lies: in one folder of that package."""
    package, *inside = path.relative_to(HOUSE).parts
    return HOUSE.joinpath(package, FOLDER, *inside).with_suffix(".json")


def _seal(source: bytes, model: type[BaseModel], text: bytes) -> bytes:
    parts = (_code_of(model), hashlib.sha256(source).digest(), text)
    return hashlib.sha256(b"".join(parts)).hexdigest().encode()


@cache
def _code_of(model: type[BaseModel]) -> bytes:
    """Hash of every module of the house that says what a record of this model is."""
    modules = {base.__module__ for kind in types_in(model) for base in kind.__mro__}
    modules |= {read_record.__module__, as_plain.__module__, __name__}
    ours = sorted(name for name in modules if name.partition(".")[0] in _PACKAGES)
    return hashlib.sha256(b"".join((model.__qualname__.encode(), *map(_code_in, ours)))).digest()


_PACKAGES = frozenset(("country_reports", "clauses", "transfers"))


@cache
def _code_in(module: str) -> bytes:
    return hashlib.sha256(Path(str(sys.modules[module].__file__)).read_bytes()).digest()
