"""What the same law says of a route with something changed: the ground that searches over assessments stand on."""

from __future__ import annotations

from datetime import date

from country_reports.facts import Truth
from transfers.answers import AnswerEvidence, CriterionAnswer
from transfers.case import Case
from transfers.field_problems import BadRoute
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.law.catalogue import READ_WITH_EVIDENCE, same_in_other_words
from transfers.law.judge import Judgement, judge
from transfers.route import MechanismClaim, Route, ToolStatus
from transfers.view import Policy


class Variations:
    """Judges variants of a route on one day, each distinct case once."""

    def __init__(self, knowledge: Knowledge, as_of: date, policy: Policy) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.policy = policy
        self._judged: dict[Case, Judgement] = {}

    def judged(self, route: Route) -> Judgement:
        """What the law says of a variant.

        Raises:
            BadRoute: it names a place, importer or tool that does not exist.
        """
        case = self.knowledge.extract(route, self.as_of).case
        if case not in self._judged:
            self._judged[case] = judge(case, self.knowledge.view(case, self.as_of, self.policy))
        return self._judged[case]

    def clauses_open_to(self, route: Route) -> tuple[str, ...]:
        """The sets and modules that the laws of the exporter offer."""
        offered = self.knowledge.tools_open_to(route, self.as_of)
        return tuple(tool for tool in offered if self.knowledge.library.known(tool))

    def outcome(self, route: Route) -> Outcome:
        return self.judged(route).outcome

    def relying_on(self, route: Route, *tools: str) -> Route:
        """The route with these tools signed today, beside those it relies on."""
        kept = tuple(claim for claim in route.mechanisms or () if claim.tool not in tools)
        signed = (MechanismClaim(tool=tool, status=ToolStatus.SIGNED, signed_on=self.as_of) for tool in tools)
        return route.model_copy(update={"mechanisms": (*kept, *signed)})

    def answering(self, route: Route, criterion: str, value: Truth) -> Route:
        """The route with one question answered, by somebody who says when and on what.

        An answer to a guarantee as a whole takes the place of those to its parts, and the other way round.
        """
        told = {name: answer for name, answer in route.answers.items() if not same_in_other_words(name, criterion)}
        answer = CriterionAnswer(
            value=value, by="what if", on=self.as_of, source="what if", evidence=self._what_if(criterion)
        )
        return route.model_copy(update={"answers": {**told, criterion: answer}})

    def can_be_answered(self, route: Route, criterion: str) -> bool:
        """Whether a question takes a yes or no: not where a field of the route, or a fact on file, is what is missing."""
        try:
            self.judged(self.answering(route, criterion, Truth.YES))
        except BadRoute:
            return False
        return True

    def _what_if(self, criterion: str) -> tuple[AnswerEvidence, ...] | None:
        """Sources that suffice, for the answer that is read with them."""
        if not criterion.startswith(READ_WITH_EVIDENCE):
            return None
        fields = ({"class": name, "source": "what if", "on": self.as_of} for name in ("S3", "S8"))
        return tuple(AnswerEvidence.model_validate(one) for one in fields)
