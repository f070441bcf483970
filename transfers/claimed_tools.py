"""What a claim of a tool amounts to on a day: signed or not, and made while it could be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clauses.clause_set import ClauseSet
from country_reports.facts import Truth
from country_reports.regime import Gateway
from transfers.route import MechanismClaim, ToolStatus


def relied_on(claim: MechanismClaim, gateway: Gateway | None, day: date) -> Truth:
    """Whether a tool that is no clause set is relied on; an exception or decision needs no signature, but a safeguard does."""
    signed = signed_on_day(claim, day)
    safeguard = claim.tool.startswith("eu-gdpr:46") if gateway is None else gateway.is_signed
    return signed if safeguard or signed is not Truth.UNKNOWN else Truth.YES


def signed_on_day(claim: MechanismClaim, day: date) -> Truth:
    """Whether the tool is signed on the day; a later signature is not there yet, and a planned one is none."""
    if claim.status is ToolStatus.SIGNED and claim.signed_on is not None:
        return Truth.of(claim.signed_on <= day)
    return _SIGNED[claim.status]


_SIGNED = {ToolStatus.SIGNED: Truth.YES, ToolStatus.PLANNED: Truth.NO, ToolStatus.UNKNOWN: Truth.UNKNOWN}


def in_time(claim: MechanismClaim, parts: Sequence[ClauseSet], day: date) -> Truth:
    """Whether the contract was made while the set, with what is joined to it, could be concluded; without a date it is open if that window is."""
    if claim.signed_on is not None:
        after_start = all(part.valid_from is None or claim.signed_on >= part.valid_from for part in parts)
        before_end = all(part.concludable_until is None or claim.signed_on < part.concludable_until for part in parts)
        return Truth.of(after_start and before_end)
    still_open = all(part.concludable_until is None or day < part.concludable_until for part in parts)
    return Truth.YES if still_open else Truth.UNKNOWN


def while_it_stood(claim: MechanismClaim, gateway: Gateway) -> Truth:
    """Whether a tool that somebody signs or approves dates from a day on which the law had it; open where that matters and no day is told."""
    if not (gateway.is_signed and gateway.has_days_of_its_own):
        return Truth.YES
    return Truth.UNKNOWN if claim.signed_on is None else Truth.of(gateway.concludable_on(claim.signed_on))
