"""What is missing from a paper or contradicts its set, with the clause and what would be right."""

from __future__ import annotations

from collections.abc import Iterable

from country_reports.frozen import frozen


@frozen
class Trouble:
    """One thing. ``rule`` is the name of the check, ``field`` where it is answered, ``clause`` what it offends against."""

    rule: str
    field: str
    clause: str
    message: str
    right: str

    def __str__(self) -> str:
        said = f"{self.message} ({self.clause})" if self.clause else self.message
        return f"{said}. {self.right}" if self.right else said


class BadAgreement(ValueError):
    """Answers that cannot be put into the sets that they name."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(f"{trouble.field}: {trouble}" for trouble in self.troubles))
