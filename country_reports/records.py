"""Strict reading of the YAML that people write: one line per problem, with file, line and field.

YAML 1.2 core only: ``NO`` is Norway, not false. Duplicate keys, aliases, tags, files over 4 MiB and
nesting over 40 levels are refused, because no record needs them and each has been used to mislead.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from country_reports.at_sight import at_sight
from country_reports.facts import Truth
from country_reports.frozen import frozen

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
LAST_DAY = date(2999, 12, 31)
"""No day that is written may be later: terms are counted from it, and the calendar of the computer ends."""

Scalar: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = "Scalar | list[Plain] | dict[str, Plain]"

ModelT = TypeVar("ModelT", bound=BaseModel)


@frozen
class Problem:
    """One thing that is wrong with a file, in words its author can act on."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}  {self.field}: {self.message}" if self.field else f"{place}  {self.message}"


class BadRecord(Exception):
    """A file cannot be used; ``problems`` says why, one per line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@frozen
class Fault:
    """What is wrong between the fields of one file, and where: ``("status", 3, "valid_to")``."""

    location: tuple[int | str, ...]
    message: str


class Record(BaseModel):
    """Base of every model that a person writes: unknown fields are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def faults(self) -> Iterator[Fault]:
        """What the fields say against one another; a file with faults is refused as one with bad fields is."""
        yield from ()


def read_record(path: Path, model: type[ModelT]) -> ModelT:
    """Read one YAML file into ``model``.

    Raises:
        BadRecord: the file is missing, too large, no strict YAML, or does not fit the model.
    """
    return read_text_as(read_source(path), str(path), model)


def read_text_as(text: str, name: str, model: type[ModelT]) -> ModelT:
    """As ``read_record``, for text that came from elsewhere; ``name`` stands for the file in errors."""
    return fit(parse(text, name), model, name, text)


def read_source(path: Path) -> str:
    """The text of a file that a person wrote.

    Raises:
        BadRecord: it is missing, a folder, too large, or no UTF-8 text.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise _refuse(str(path), None, "this is no file that can be read")
        if path.stat().st_size > MAX_BYTES:
            raise _refuse(str(path), None, f"the file is larger than {MAX_BYTES // 2**20} MiB, no record is")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise _refuse(str(path), None, "there is no such file") from None
    except IsADirectoryError:
        raise _refuse(str(path), None, "this is a folder; name the YAML files in it") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refuse(str(path), line, "this is not text in UTF-8; save the file in that encoding") from None
    except OSError as error:
        raise _refuse(str(path), None, f"this file cannot be read: {error.strerror}") from None


def problem_at(path: Path, location: tuple[int | str, ...], message: str) -> Problem:
    """A problem with one field of a file that can be read, on its line."""
    return Problem(str(path), _locate(_compose(read_source(path), str(path)), location), _dotted(location), message)


def line_of_field(text: str, name: str, field: str) -> int | None:
    """The line on which a dotted field such as ``onward[0].place`` stands, or its nearest parent."""
    parts = (int(part[1:-1]) if part.startswith("[") else part for part in re.findall(r"\[\d+\]|[^.\[]+", field))
    return _locate(_compose(text, name), tuple(parts))


def read_plain(path: Path) -> Plain:
    """Read one strict YAML file into plain values.

    Raises:
        BadRecord: as ``read_record``.
    """
    return parse(read_source(path), str(path))


def fit(data: Plain, model: type[ModelT], name: str, text: str | None = None) -> ModelT:
    """Validate plain values against ``model``; ``text`` lets errors name the line.

    Raises:
        BadRecord: one problem per field that does not fit.
    """
    try:
        record = at_sight(model, data) or model.model_validate(data)
    except ValidationError as error:
        root = _compose(text, name) if text is not None else None
        raise BadRecord(_problem(details, model, name, root) for details in _telling(error)) from None
    faults = list(record.faults()) if isinstance(record, Record) else []
    if faults:
        root = _compose(text, name) if text is not None else None
        raise BadRecord(
            Problem(name, _locate(root, fault.location), _dotted(fault.location), fault.message) for fault in faults
        )
    return record


def parse(text: str, name: str) -> Plain:
    """Strict YAML text to plain values.

    Raises:
        BadRecord: syntax, duplicate key, alias, tag, depth or size.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _refuse(name, None, f"the file is larger than {MAX_BYTES // 2**20} MiB, no record is")
    root = _compose(text, name)
    if root is None:
        raise _refuse(name, None, "the file is empty; see the examples for what belongs in it")
    return _value(root, name, 0, set() if "&" in text else None)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # PyYAML may be built without its C part
    """Composes nodes only; plain scalars are read by ``_scalar``, so YAML 1.1 guesses never happen."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        """One tag per kind of node, whatever the scalar looks like."""
        return _DEFAULT_TAG[kind]


def _compose(text: str, name: str) -> yaml.Node | None:
    if _too_deep(text):
        raise _refuse(name, None, f"nested deeper than {MAX_DEPTH} levels")
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _refuse(name, line, f"not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise _refuse(name, None, f"not valid YAML: {str(error).splitlines()[0]}") from None


_SAFE_DEPTH = 500
_BRACKET = re.compile(r"[\[\]{}]")
_RUN_OF_DASHES = re.compile(rf"(?:[-?][ \t]+){{{_SAFE_DEPTH}}}")
_DEEP_INDENT = re.compile(rf"^ {{{2 * _SAFE_DEPTH}}}", re.MULTILINE)


def _too_deep(text: str) -> bool:
    """Guard the C composer's stack before it runs; ``_value`` counts exactly afterwards."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _SAFE_DEPTH:
            return True
    return bool(_RUN_OF_DASHES.search(text) or _DEEP_INDENT.search(text))


def _value(node: yaml.Node, name: str, depth: int, seen: set[int] | None) -> Plain:
    if seen is not None:
        if id(node) in seen:
            raise _refuse(name, _line(node), "anchors and aliases (&, *) are not allowed; write the value again")
        seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.tag not in _PLAIN_TAGS:
            raise _refuse(name, _line(node), f"the tag {node.tag} is not allowed")
        return str(node.value) if node.style else _scalar(node.value)
    if depth > MAX_DEPTH:
        raise _refuse(name, _line(node), f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, name, depth + 1, seen) for child in node.value]
    mapping: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _refuse(name, _line(key_node), "a field name must be a single word")
        key = key_node.value
        if key in mapping:
            raise _refuse(name, _line(key_node), f"the field {key!r} is written twice; keep one")
        mapping[key] = _value(value_node, name, depth + 1, seen)
    return mapping


_DEFAULT_TAG = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "!"}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def _scalar(text: str) -> Scalar:
    """A plain scalar under the YAML 1.2 core schema (hexadecimal, infinity and NaN left out)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "+-.0123456789":
        if _INTEGER.match(text):
            return int(text) if len(text) < 20 else text
        if _FLOAT.match(text):
            return float(text)
    return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _refuse(name: str, line: int | None, message: str) -> BadRecord:
    return BadRecord([Problem(name, line, "", message)])


def _telling(error: ValidationError) -> list[ErrorDetails]:
    """Of a value that may be a word or a group of fields, only the complaint about the form that was written."""
    every = error.errors(include_url=False)
    told = [
        details for details in every if not (details["type"] == "string_type" and isinstance(details["input"], dict))
    ]
    told = [
        details for details in told if not (details["type"] == "model_type" and isinstance(details["input"], str))
    ] or told
    return told or every


def _problem(details: ErrorDetails, model: type[BaseModel], name: str, root: yaml.Node | None) -> Problem:
    location = tuple(part for part in details["loc"] if not _is_branch_name(part))
    if details["type"] == "between_fields":
        location += (str(details.get("ctx", {}).get("field", "")),)
    return Problem(name, _locate(root, location), _dotted(location), _explain(details, model))


def _is_branch_name(part: int | str) -> bool:
    """Pydantic names the branch of a union in the location; a reader of YAML never wrote it."""
    return isinstance(part, str) and ((part[:1].isupper() and part.isidentifier() and len(part) > 3)
                                      or "[" in part or part in ("str", "int", "bool"))  # fmt: skip


def _locate(root: yaml.Node | None, location: tuple[int | str, ...]) -> int | None:
    """The line of the deepest node that exists on the way."""
    node, line = root, None if root is None else _line(root)
    for part in location:
        child = _child(node, part)
        if child is None:
            break
        key, node = child
        line = _line(key)
    return line


def _child(node: yaml.Node | None, part: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _dotted(location: Iterable[int | str]) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _explain(details: ErrorDetails, model: type[BaseModel]) -> str:
    given = details.get("input")
    match details["type"]:
        case "extra_forbidden":
            return _unknown_field(str(details["loc"][-1]), _fields_at(model, details["loc"][:-1]))
        case "missing":
            return "this field is required"
        case "enum" | "literal_error":
            allowed = str(details.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
            return f"{_shown(given)} is not one of the allowed words. Allowed: {allowed}"
        case "string_type":
            return f"{_shown(given)} is not text; put it in quotes if it is meant as text"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{_shown(given)} is not a group of fields (name: value)"
        case "tuple_type" | "list_type" | "set_type" | "frozen_set_type":
            return f"{_shown(given)} is not a list; write [item, item]"
        case _:
            return _out_of_bounds(details) or details["msg"].removeprefix("Value error, ")


def _out_of_bounds(details: ErrorDetails) -> str | None:
    """A word or a number of the right sort that is still none of those that can stand there; None for any other error."""
    given, bounds = _shown(details.get("input")), details.get("ctx", {})
    match details["type"]:
        case "string_pattern_mismatch":  # the id of a route is the one field that has a pattern
            return f"{given}: use letters, digits, dot, dash and underscore, a letter or digit first, at most 120"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size" | "finite_number":
            return f"{given} is not a whole number"
        case "greater_than_equal":
            return f"{given} is too small; the least is {bounds.get('ge')}"
        case _:
            return None


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else text[:57] + "..."


def _unknown_field(field: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(field, allowed, n=1)
    if near:
        return f"unknown field; did you mean {near[0]!r}?"
    return f"unknown field. Allowed: {', '.join(sorted(allowed))}"


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Names of the fields allowed where the unknown one stands, for the hint."""
    schema = model.model_json_schema()
    place: object = schema
    for part in location:
        place = _step(schema, place, part)
    place = _resolve(schema, place)
    properties = place.get("properties", {}) if isinstance(place, dict) else {}
    return [str(name) for name in properties]


def _step(schema: dict[str, object], place: object, part: int | str) -> object:
    for option in _options(schema, place):
        if isinstance(part, int) and "items" in option:
            return option["items"]
        properties = option.get("properties")
        if isinstance(properties, dict) and part in properties:
            return properties[part]
        if isinstance(part, str) and part == option.get("title"):
            return option
        if isinstance(option.get("additionalProperties"), dict):
            return option["additionalProperties"]
    return place


def _options(schema: dict[str, object], place: object) -> list[dict[str, object]]:
    resolved = _resolve(schema, place)
    if not isinstance(resolved, dict):
        return []
    branches = resolved.get("anyOf") or resolved.get("oneOf")
    if isinstance(branches, list):
        return [option for branch in branches for option in _options(schema, branch)]
    return [resolved]


def _resolve(schema: dict[str, object], place: object) -> object:
    while isinstance(place, dict) and "$ref" in place:
        definitions = schema.get("$defs", {})
        place = definitions.get(str(place["$ref"]).rsplit("/", 1)[-1]) if isinstance(definitions, dict) else None
    if isinstance(place, dict) and "properties" not in place:
        branches = place.get("anyOf")
        if isinstance(branches, list):
            for branch in branches:
                found = _resolve(schema, branch)
                if isinstance(found, dict) and "properties" in found:
                    return found
    return place


def _as_day(value: object) -> object:
    if value is None or type(value) is date:
        return value
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("day", "{given} is not a date; write year-month-day, such as 2026-11-23",
                                  {"given": _shown(value)})  # fmt: skip
    if day > LAST_DAY:
        raise PydanticCustomError("day", "{given} is later than any day that is read; the last is {last}",
                                  {"given": _shown(value), "last": LAST_DAY.isoformat()})  # fmt: skip
    return day


def _as_truth(value: object) -> object:
    if isinstance(value, bool):
        return Truth.of(value)
    if isinstance(value, str) and value in Truth._value2member_map_:
        return Truth(value)
    if isinstance(value, Truth):
        return value
    raise PydanticCustomError("truth", "{given} is not an answer. Allowed: yes, no, unknown", {"given": _shown(value)})


def between_fields(field: str, message: str) -> PydanticCustomError:
    """The error to raise in a model whose ``field`` does not go with its others."""
    return PydanticCustomError("between_fields", "{message}", {"field": field, "message": message})


Day = Annotated[date, BeforeValidator(_as_day)]
"""A calendar day written as YYYY-MM-DD; never a number, never a date and time."""

Answer = Annotated[Truth, BeforeValidator(_as_truth)]
"""yes, no or unknown; true and false are taken for yes and no."""


def _as_loose_day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", value):
        return value
    raise PydanticCustomError("loose_day", "{given} is not a date; write '2026', '2026-11' or '2026-11-23', in quotes",
                              {"given": _shown(value)})  # fmt: skip


LooseDay = Annotated[str, BeforeValidator(_as_loose_day), WithJsonSchema({"type": "string", "examples": ["2026-11"]})]
"""A day, month or year as far as it is known, written in quotes."""
