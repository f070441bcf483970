"""The spaces that a language has before signs and within quotation marks, at which no line may break."""

from __future__ import annotations

import re

_THIN, _FULL = "\u202f", "\u00a0"


def put_right(language: str, text: str) -> str:
    """A translation with the spaces that its signs ask for; only spaces that stand there already are replaced."""
    return _french(text) if language == "fr" else text


def _french(text: str) -> str:
    """A thin space before ; ? ! and within « », a full one before the colon, as the Imprimerie nationale has them."""
    text = text.replace("'", "’").replace("...", "…")
    text = re.sub(f"[ {_THIN}{_FULL}]+([;?!»])", rf"{_THIN}\1", text)
    text = re.sub(f"[ {_THIN}{_FULL}]+:", f"{_FULL}:", text)
    return re.sub(f"«[ {_THIN}{_FULL}]*", f"«{_THIN}", text)
