"""One small policy on transfers, written out for several systems, one module each. It is made up to be measured: it is not the law.

The policy in words, which every module here says in its own way. Grounds are tried in this order, and the first that stands decides:

1. The exporter's law does not restrict transfers: permitted.
2. There is a finding of adequacy for the destination, and no data are sensitive: permitted.
3. There is a finding of adequacy for the destination, and data are sensitive: permitted with safeguards.
4. There is a tool, it is in force and no draft, and it is not so that an access law reaches the importer and the data can be read
   at the destination: permitted with safeguards.
5. A derogation applies, and no data are sensitive: permitted.

If none stands: not permitted. A ground whose conditions depend on an answer that is unknown is in doubt; if it comes before any that
stands, the outcome is undetermined. Where one condition of a ground is not met, no other is needed: the ground falls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from enum import StrEnum
from itertools import product

from country_reports.facts import Truth
from country_reports.frozen import frozen


class Outcome(StrEnum):
    PERMITTED = "permitted"
    PERMITTED_WITH_SAFEGUARDS = "permitted_with_safeguards"
    NOT_PERMITTED = "not_permitted"
    UNDETERMINED = "undetermined"


class Tool(StrEnum):
    NONE = "none"
    CLAUSES = "clauses"
    CODE = "code"


class Status(StrEnum):
    IN_FORCE = "in_force"
    DRAFT = "draft"
    UNKNOWN = "unknown"


@frozen
class Case:
    """What the policy is asked of."""

    restricted: Truth
    """The exporter's law restricts transfers."""
    adequate: Truth
    """There is a finding of adequacy for the destination."""
    sensitive: Truth
    tool: Tool
    status: Status
    """Of the tool; of no matter where there is none."""
    access: Truth
    """An access law reaches the importer."""
    readable: Truth
    """The data can be read at the destination."""
    derogation: Truth

    def words(self) -> dict[str, str]:
        """The answers by field, as the systems that know no ``Truth`` take them."""
        return {one.name: getattr(self, one.name).value for one in fields(self)}


@frozen
class Ways:
    """How a system decides the cases it was prepared for, which it already has in the form it takes: outcomes in the cases' order."""

    one_by_one: Callable[[], Sequence[str]]
    together: Callable[[], Sequence[str]] | None = None
    """Its own way of deciding many at once, if it has one."""


def every_case() -> list[Case]:
    """All combinations of answers: 6,561."""
    return [Case(*answers) for answers in product(Truth, Truth, Truth, Tool, Status, Truth, Truth, Truth)]
