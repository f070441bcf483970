"""Records that all others lean on: words with a fixed meaning, how long a fact stays fresh, laws that allow a processing for a time."""

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Record
from country_reports.sourced import Sourced


class Limit(Record):
    days: int
    reason: str


class VocabularyFile(Record):
    """Words with a fixed meaning that records use, and how a reader sees them."""

    schemes: dict[str, str] = {}
    scopes: dict[str, tuple[str, ...]] = {}
    categories: dict[str, str] = {}
    data_kinds: dict[str, tuple[str, ...]] = {}

    def no_such_scheme(self, name: str) -> str:
        """What to tell somebody who calls a scheme by a name that none has: what the known ones are called, the closest first."""
        from difflib import SequenceMatcher

        def closeness(known: tuple[str, str]) -> float:
            words = (_letters(word) for word in known)
            return max(SequenceMatcher(None, _letters(name), word).ratio() for word in words)

        ordered = sorted(sorted(self.schemes.items()), key=closeness, reverse=True)
        closest, known = ordered[0][0], ", ".join(scheme for scheme, _title in ordered)
        return (
            f"{name!r} is not a scheme we know. The closest is {closest}: {self.schemes[closest]}. All of them: {known}"
        )

    def overlaid_by(self, other: "VocabularyFile") -> "VocabularyFile":
        """The words of both; where both have one, that of the other."""
        both = {name: getattr(self, name) | getattr(other, name) for name in VocabularyFile.model_fields}
        return self.model_copy(update=both)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class LawfulBasis(Sourced):
    """A law that allows a processing for a time; ``leaves_out`` names the communications it does not cover.

    ``not_established_for`` are places where its other rules apply and that it applies too was not found.
    """

    id: str
    statement: str
    leaves_out: tuple[str, ...] = ()
    not_established_for: tuple[str, ...] = ()

    def fact(self, origin: Origin) -> Fact:
        return self.as_fact(f"lawful-bases/{self.id}", FactKind.LAWFUL_BASIS, self.statement, origin)


class LawfulBasesFile(Record):
    bases: tuple[LawfulBasis, ...]


class FreshnessFile(Record):
    limits: dict[FactKind, Limit]
