"""What a gateway, a leg or a demand can lead to, by name."""

from __future__ import annotations

from transfers.finding import Outcome, Possible

FREE = Possible.only(Outcome.PERMITTED)
CLOSED = Possible.only(Outcome.NOT_PERMITTED)
NOTHING_LEAVES = Possible.only(Outcome.NO_TRANSFER)
CONDITIONAL = Possible.only(Outcome.PERMITTED_WITH_CONDITIONS)
DEROGATED = Possible.only(Outcome.PERMITTED_DEROGATION_ONLY)
UNTOUCHED = Possible.only(Outcome.NOT_IN_SCOPE)
"""Adds nothing to a demand that is met: the mildest outcome of all."""
