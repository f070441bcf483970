"""Every transfer tool side by side for one route: open, closed and why, or open if."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transfers.assessment import Assessment, assess
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.law.catalogue import provisions
from transfers.route import MechanismClaim, Route, ToolStatus
from transfers.view import Policy


@dataclass(frozen=True, slots=True)
class Compared:
    """One tool, and the assessment of the route as if it relied on that tool alone."""

    tool: str
    title: str
    assessment: Assessment

    @property
    def outcome(self) -> Outcome:
        return Outcome.of_word(self.assessment.outcome)


def compared_tools(route: Route, knowledge: Knowledge, as_of: date, policy: Policy) -> list[Compared]:
    """Each tool relied on alone, signed on the day, the mildest outcome first.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    claimed = {claim.tool: claim for claim in route.mechanisms or ()}
    names = dict.fromkeys(("adequacy", *knowledge.tools_open_to(route, as_of), *claimed))
    found = [
        Compared(
            name,
            _title(name, knowledge),
            assess(_relying_on(route, claimed.get(name), name, as_of), knowledge, as_of, policy),
        )
        for name in names
    ]
    return sorted(found, key=lambda one: (one.outcome, list(names).index(one.tool)))


def _relying_on(route: Route, claim: MechanismClaim | None, tool: str, as_of: date) -> Route:
    """The route with one tool alone: as it claims it, or as if signed on the day."""
    alone = claim or MechanismClaim(tool=tool, status=ToolStatus.SIGNED, signed_on=as_of)
    return route.model_copy(update={"mechanisms": (alone,)})


def _title(tool: str, knowledge: Knowledge) -> str:
    """What a reader calls it."""
    if tool == "adequacy":
        return "Decision of adequacy"
    provision = provisions().get(tool)
    if provision is not None:
        return f"{provision.about.rstrip('.')} ({tool})"
    return knowledge.title_of_gateway(tool) or knowledge.library.tool(tool).title
