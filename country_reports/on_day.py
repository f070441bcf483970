"""What the facts on file say on one day. A question that is asked again gets the same objects again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, timedelta
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from country_reports.access import AccessLaw, Area, Guarantee
from country_reports.adequacy_act import AdequacyAct
from country_reports.facts import Fact, FactKind, Ground, Origin, Role, Standing, Truth, any_of
from country_reports.frozen import frozen
from country_reports.places import PlaceKind
from country_reports.regime import Binding
from country_reports.treaty import Treaty

if TYPE_CHECKING:
    from country_reports.hub import Hub


@frozen
class RatedGuarantee:
    """A guarantee as rated on the day, with its ground, and that of the practice documented with it on the day."""

    record: Guarantee
    ground: Ground
    practice: Ground | None = None

    def __hash__(self) -> int:
        """The id tells them apart, but for the day."""
        return hash(self.record.id)


@frozen
class RatedLaw:
    """An access law in force on the day, with its ground, and that of the practice documented with it on the day."""

    record: AccessLaw
    ground: Ground
    practice: Ground | None = None

    def __hash__(self) -> int:
        """The id tells them apart, but for the day."""
        return hash(self.record.id)


OnDay: TypeAlias = RatedGuarantee | RatedLaw
"""What a report says of access on a day, with the practice documented with it."""


@frozen
class ActOnDay:
    """A finding of adequacy about a place with its role on the day; ended and coming ones explain a no.

    ``follows`` are the findings of another issuer in force on the day through which alone a rule covers the
    place: it holds within their limits and no further.
    """

    record: AdequacyAct
    ground: Ground
    follows: tuple[ActOnDay, ...] = ()


@frozen
class BindingOnDay:
    """A regime that binds an exporter on the day, as far as place and kind decide."""

    record: Binding
    ground: Ground


_FOLLOWING = "findings:"
POLICE_ONLY = frozenset(("eu-led", "uk-dpa-part3"))
"""Regimes of police and prosecution: a finding for them says nothing to anybody else."""


def named_by_itself(act: AdequacyAct) -> tuple[str, ...]:
    """The destinations that an act names by itself."""
    return tuple(name for name in act.destinations if not name.startswith(_FOLLOWING))


AnswerT = TypeVar("AnswerT")
P = ParamSpec("P")


def _answered_once(
    method: Callable[Concatenate[HubOnDay, P], AnswerT],
) -> Callable[Concatenate[HubOnDay, P], AnswerT]:
    """Have a question about one day give the same answer, and the same object, whenever it is asked again."""

    def answer(self: HubOnDay, /, *arguments: P.args, **_: P.kwargs) -> AnswerT:
        return self.once((method, *arguments), lambda: method(self, *arguments))  # type: ignore[call-arg]

    update_wrapper(answer, method)
    return answer


class HubOnDay:
    """Questions to the hub whose answers depend on the day. Unknown places and gaps answer unknown."""

    def __init__(self, hub: Hub, day: date) -> None:
        self._hub = hub
        self.day = day
        self._answers: dict[Hashable, object] = {}

    def once(self, question: Hashable, answer: Callable[[], AnswerT]) -> AnswerT:
        """The answer to a question about this day, worked out when it is first asked."""
        if question not in self._answers:
            self._answers[question] = answer()
        return cast(AnswerT, self._answers[question])

    def ground(self, fact: Fact) -> Ground:
        """The fact as a finding of this day may cite it."""
        return Ground(fact, fact.period.role_on(self.day), fact.verification_on(self.day), self._is_stale(fact))

    @_answered_once
    def treaty_in_force(self, treaty_id: str) -> Standing:
        """Is the treaty itself in force?"""
        treaty, _ = self._hub.treaty(treaty_id)
        fact = treaty.force_fact(Origin.SHIPPED)
        if treaty.in_force.valid_from is None:
            return Standing(Truth.NO, (self.ground(fact),))
        return self._standing_of([fact], ())

    @_answered_once
    def party(self, place: str, treaty_id: str) -> Standing:
        """Is ``place`` bound by the treaty on the day?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.valid_from is not None]
        facts = [treaty.status_fact(row, origins[row.place]) for row in rows]
        return self._or_absent(self._standing_of(facts, ()), treaty, place)

    @_answered_once
    def ratified(self, place: str, treaty_id: str) -> Standing:
        """Has ``place`` consented to be bound, whether or not the treaty is in force?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.ratified is not None]
        facts = [treaty.ratification_fact(row, origins[row.place]) for row in rows]
        return self._or_absent(self._standing_of(facts, ()), treaty, place)

    @_answered_once
    def applies_provisionally(self, place: str, treaty_id: str) -> Standing:
        """Has ``place`` declared that it applies the treaty before its entry into force?"""
        treaty, origins = self._hub.treaty(treaty_id)
        rows = [row for row in treaty.status if row.place == place and row.provisional_from is not None]
        facts = [treaty.provisional_fact(row, origins[place]) for row in rows]
        return self._standing_of(facts, (self.ground(treaty.table_fact(Origin.SHIPPED)),))

    @_answered_once
    def member(self, place: str, group_id: str) -> Standing:
        """Is ``place`` in the group on the day?"""
        group, origins = self._hub.group(group_id)
        facts = [group.member_fact(member, origins[place]) for member in group.members if member.place == place]
        standing = self._standing_of(facts, (self.ground(group.list_fact(Origin.SHIPPED)),))
        if standing.truth is Truth.NO and not facts and not group.complete:
            return Standing(Truth.UNKNOWN, standing.grounds)
        return standing

    @_answered_once
    def detection_allowed(self) -> Standing:
        """Is a law in force that allows voluntary detection by messaging providers in the Union?"""
        return self._standing_of((basis.fact(origin) for basis, origin in self._hub.lawful_bases), ())

    @_answered_once
    def detection_leaves_out(self) -> tuple[str, ...]:
        """Communications that the law in force on the day does not cover."""
        in_force = (basis for basis, _ in self._hub.lawful_bases if basis.period.contains(self.day))
        return tuple(sorted({kind for basis in in_force for kind in basis.leaves_out}))

    @_answered_once
    def detection_not_established_for(self) -> frozenset[str]:
        """Places of which it was not found that the law in force on the day is theirs too."""
        in_force = (basis for basis, _ in self._hub.lawful_bases if basis.period.contains(self.day))
        return frozenset(place for basis in in_force for place in basis.not_established_for)

    @_answered_once
    def adequacy(self, place: str, issuers: frozenset[str] | tuple[str, ...]) -> tuple[ActOnDay, ...]:
        """Every finding of these issuers about ``place``, with its role on the day."""
        return tuple(
            ActOnDay(act, self.ground(act.fact(origin)), self._followed(act, place))
            for issuer in sorted(issuers)
            for act, origin in self._hub.acts(issuer)
            if self._listed(act.destinations, place)
        )

    def _followed(self, act: AdequacyAct, place: str) -> tuple[ActOnDay, ...]:
        """The findings through which alone the act covers the place; none where it names it otherwise."""
        issuers = [name.removeprefix(_FOLLOWING) for name in act.destinations if name.startswith(_FOLLOWING)]
        if not issuers or self._listed(named_by_itself(act), place):
            return ()
        return tuple(found for issuer in issuers for found in self._leading(issuer, place))

    def _leading(self, issuer: str, place: str) -> Iterator[ActOnDay]:
        """Findings of an issuer in force on the day that others may follow: not those for police, nor such as follow themselves."""
        for act, origin in self._hub.acts(issuer):
            in_force = act.period.contains(self.day) and not {*act.usable_under} <= POLICE_ONLY
            if in_force and self._listed(named_by_itself(act), place):
                yield ActOnDay(act, self.ground(act.fact(origin)))

    @_answered_once
    def regimes_binding(self, place: str, exporter_kind: str) -> tuple[BindingOnDay, ...]:
        """Regimes in force on the day that bind exporters of this kind at this place."""
        return tuple(binding for binding in self.regimes_of(place) if exporter_kind in binding.record.exporter_kinds)

    @_answered_once
    def regimes_of(self, place: str) -> tuple[BindingOnDay, ...]:
        """Regimes that bind exporters of any kind at this place on the day."""
        return tuple(
            BindingOnDay(binding, self.ground(binding.fact(origin)))
            for binding, origin in self._hub.bindings
            if binding.period.contains(self.day) and self._listed(binding.places, place)
        )

    @_answered_once
    def regime(self, regime_id: str) -> BindingOnDay | None:
        """Whom a regime binds, if it is in force on the day."""
        return next(
            (
                BindingOnDay(binding, self.ground(binding.fact(origin)))
                for binding, origin in self._hub.bindings
                if binding.regime == regime_id and binding.period.contains(self.day)
            ),
            None,
        )

    @_answered_once
    def within(self, place: str, area: tuple[str, ...]) -> Standing:
        """Is ``place`` among these places and groups on the day?"""
        if place in area:
            return Standing(Truth.YES)
        groups = [self.member(place, name.removeprefix("group:")) for name in area if name.startswith("group:")]
        truth = any_of(*(standing.truth for standing in groups))
        return Standing(truth, tuple(g for standing in groups if standing.truth is truth for g in standing.grounds))

    @_answered_once
    def lists_complete(self, regime: str, issuers: frozenset[str] | tuple[str, ...]) -> bool:
        """Whether every finding usable under a regime is on file: some are in force that day, and none of them is a list with gaps."""
        acts = [act for issuer in sorted(issuers) for act, _ in self._hub.acts(issuer) if regime in act.usable_under]
        in_force = [act for act in acts if act.period.contains(self.day)]
        return bool(in_force) and all(act.list_complete for act in in_force)

    @_answered_once
    def regimes_in_force(self) -> frozenset[str]:
        """Regimes that bind anybody on the day."""
        return frozenset(binding.regime for binding, _origin in self._hub.bindings if binding.period.contains(self.day))

    @_answered_once
    def guarantees(self, place: str) -> tuple[RatedGuarantee, ...]:
        """Ratings in force on the day; nothing where the place has no in-depth report."""
        found = self._hub.access_report(place)
        if found is None:
            return ()
        report, origins = found
        rated = ((rating, rating.fact(place, origins[rating.id])) for rating in report.guarantees)
        return tuple(
            RatedGuarantee(rating, self.ground(fact), self._practice(rating, fact))
            for rating, fact in rated
            if rating.period.contains(self.day)
        )

    @_answered_once
    def access_laws(self, place: str) -> tuple[RatedLaw, ...]:
        """Access laws in force on the day; nothing where the place has no in-depth report."""
        found = self._hub.access_report(place)
        if found is None:
            return ()
        report, origins = found
        laws = ((law, law.fact(place, origins[law.id])) for law in report.access_laws)
        return tuple(
            RatedLaw(law, self.ground(fact), self._practice(law, fact))
            for law, fact in laws
            if law.period.contains(self.day)
        )

    def _practice(self, record: Guarantee | AccessLaw, carrier: Fact) -> Ground | None:
        """The practice documented with a rating or law, where that is a fact of this day."""
        documented = record.practice
        if documented is None or not documented.period.contains(self.day):
            return None
        return self.ground(documented.fact(carrier))

    @_answered_once
    def complete_areas(self, place: str) -> frozenset[Area]:
        """Areas of access whose laws are all on file."""
        found = self._hub.access_report(place)
        return frozenset() if found is None else frozenset(found[0].complete_areas)

    def _standing_of(self, facts: Iterable[Fact], otherwise: tuple[Ground, ...]) -> Standing:
        """Yes where a fact holds on the day; no, citing those that ended or are to come, where none does."""
        grounds = tuple(self.ground(fact) for fact in facts)
        holding = tuple(ground for ground in grounds if ground.role is Role.SUPPORTS)
        if holding:
            return Standing(Truth.YES, holding)
        return Standing(Truth.NO, grounds + otherwise)

    def _or_absent(self, standing: Standing, treaty: Treaty, place: str) -> Standing:
        """A place without a row: no if the table is complete for it, else unknown."""
        if standing.truth is Truth.YES:
            return standing
        table = self.ground(treaty.table_fact(Origin.SHIPPED))
        truth = Truth.UNKNOWN if self._may_be_missing(treaty, place) else Truth.NO
        return Standing(truth, (*standing.grounds, table))

    def _may_be_missing(self, treaty: Treaty, place: str) -> bool:
        """Candidates for a row the table lacks; territories, whose coverage is a matter of declarations."""
        candidate = place in treaty.candidates and (
            treaty.candidates_from is None or self.day >= treaty.candidates_from
        )
        if candidate:
            return True
        known = place in self._hub.places
        return not known or self._hub.places[place].kind in (PlaceKind.TERRITORY, PlaceKind.SUB_UNIT)

    def _listed(self, names: tuple[str, ...], place: str) -> bool:
        if place in names:
            return True
        return any(self._in_class(name, place) for name in names if ":" in name)

    def _in_class(self, class_name: str, place: str) -> bool:
        """Whether the place is in a class of places on the day: a group, Parties to a treaty, holders of a finding."""
        kind, _, name = class_name.partition(":")
        if kind == "group":
            return self.member(place, name).truth is Truth.YES
        if kind == "treaty":
            return self.party(place, name).truth is Truth.YES
        return any(self._leading(name, place))

    def _is_stale(self, fact: Fact) -> bool:
        """Too old to carry a permission. A certification that nobody looked up again ages from its first day."""
        reached = fact.verified_on
        if reached is None and fact.kind is FactKind.CERTIFICATION:
            reached = fact.period.valid_from
        if reached is None or fact.period.role_on(self.day) is Role.ENDED:
            return False
        if fact.due is not None and reached < fact.due:
            return self.day >= fact.due
        limit = self._hub.freshness.get(fact.kind)
        return limit is not None and self.day - reached > timedelta(days=limit.days)
