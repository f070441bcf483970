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


COMPANY_FORMS = frozenset((
    "ab", "ag", "bv", "corp", "gmbh", "inc", "kft", "llc", "ltd", "ltda", "nv", "oy", "oyj", "plc", "pte", "pty", "pvt", "sarl", "sas", "sasu",
    "spa", "srl", "sro",
))  # fmt: skip
"""Legal forms that only companies have."""
_SAME_FORM = {"incorporated": "inc", "corporation": "corp", "limited": "ltd", "private": "pvt"}


def name_key(name: str) -> str:
    """What two spellings of one name have in common; the whole name where nothing but a legal form would be left."""
    words = _words(name)
    telling = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(telling or words)


def legal_form(name: str) -> frozenset[str]:
    """The legal form that closes a name, in one spelling: ``Ltd`` for ``Ltd`` and ``Limited``; empty where none does."""
    form: list[str] = []
    for word in reversed(_words(name)):
        if word not in LEGAL_FORMS:
            break
        form.append(_SAME_FORM.get(word, word))
    return frozenset(form)


def id_of(name: str) -> str:
    """The id that a record of this name gets where nobody chose one."""
    return "-".join(name_key(name).split())


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char)))
