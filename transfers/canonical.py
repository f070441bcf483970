"""Canonical JSON (RFC 8785) for records without floating-point numbers: the bytes that digests are taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

from pydantic import JsonValue

Json: TypeAlias = JsonValue


def canonical_json(value: object) -> bytes:
    """UTF-8 bytes of ``value`` with keys in UTF-16 order and no spaces.

    Raises:
        TypeError: the value holds a float, whose RFC 8785 form this does not write.
    """
    return as_bytes(canonical_text(value))


def canonical_text(value: object) -> str:
    """The same before it is encoded, so that parts can be put together.

    Raises:
        TypeError: as ``canonical_json``.
    """
    return _in_order_written.encode(_ordered(value))


def canonical_text_of_mapping(value: dict[str, Json]) -> str:
    """The same for what is known to hold no float: the keys are put in order as they are written, not in a copy before."""
    text = _ordering.encode(value)
    return text if text.isascii() or max(text) < _SURROGATES else canonical_text(value)


canonical_text_of_word = json.encoder.encode_basestring
"""The same for text."""


def as_bytes(text: str) -> bytes:
    """The bytes of canonical JSON; what is no character is kept as it was read."""
    return text.encode("utf-8", "surrogatepass")


_in_order_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ordering = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_SURROGATES = "\ud800"
"""Below it, UTF-16 orders as letters do."""


def _ordered(value: object) -> Json:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in _in_utf16_order(value)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, float):
        raise TypeError("a digest is never taken over a floating-point number")
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a record")


def _in_utf16_order(keys: Iterable[str]) -> list[str]:
    """Code units and letters sort alike, except beyond the basic plane."""
    plain = sorted(keys)
    if all(map(str.isascii, plain)):
        return plain
    return sorted(plain, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
