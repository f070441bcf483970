"""Names of importers, compared as people mean them: case, accents, punctuation and the legal form do not matter."""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORMS = frozenset((
    "ab", "ag", "as", "asbl", "asl", "bv", "corp", "corporation", "co", "company", "eg", "ev", "gmbh", "inc", "incorporated", "kft", "kg",
    "limited", "llc", "llp", "lp", "ltd", "ltda", "nv", "oy", "oyj", "plc", "private", "pte", "pty", "pvt", "sa", "sarl", "sas", "sasu",
    "se", "sl", "spa", "srl", "sro",
))  # fmt: skip
"""Endings that say what kind of body somebody is, and not who."""


def name_key(name: str) -> str:
    """What two spellings of one name have in common; the whole name where nothing but a legal form would be left."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char)))
    telling = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(telling or words)
