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
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


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
