"""Orders of courts and authorities abroad: whoever obeys one can name who gave it, and the treaty that lets it be obeyed."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.case import OrderCase
from transfers.finding import Question, _, say


def unnamed(order: OrderCase, rests_on_agreement: bool) -> Iterator[Question]:
    """What the route does not name of the order: its court or authority, and the agreement where it rests on one."""
    if not order.names_authority:
        yield Question("order.authority", say(_WHO), "exporter")
    if rests_on_agreement and not order.names_agreement:
        yield Question("order.agreement", say(_UNDER_WHAT), "counsel")


_WHO = _(
    "Which court or authority, of which State, ordered the disclosure, by which act and under which law of its own?"
)
_UNDER_WHAT = _("Which international agreement in force, and which article of it, makes the order enforceable?")
