"""The answers for one paper, put beside the sets that they name as these stood on the day: who, on which module, with what answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from clauses.agreement import Agreement, FieldAnswer, Party, Side, Transfer
from clauses.contents import Annex, Change, FillIn, Option, Seat
from clauses.in_full import ClauseSetInFull
from clauses.library import Library
from clauses.paper.draft import From, Value
from clauses.parts import Module, PartyRole
from country_reports.facts import Truth
from country_reports.frozen import frozen
from country_reports.hub import Hub
from country_reports.places import UnknownPlace


@frozen
class Line:
    """One transfer with its module, what is joined to it, and its parties by their short names."""

    id: str
    transfer: Transfer
    tool: str
    base: ClauseSetInFull
    module: Module
    adaptations: tuple[ClauseSetInFull, ...]
    exporters: Mapping[str, Party]
    importers: Mapping[str, Party]

    def role(self, name: str, party: Party) -> PartyRole | None:
        """What a party is for this transfer."""
        own = self.transfer.exporter_role if name in self.exporters else self.transfer.importer_role
        return own or party.role

    @property
    def title(self) -> str:
        """What a reader sees."""
        return self.transfer.title or f"Transfer {self.id!r}"

    @property
    def sets(self) -> tuple[ClauseSetInFull, ...]:
        """The base and what is joined to it."""
        return (self.base, *self.adaptations)

    @property
    def options(self) -> tuple[tuple[ClauseSetInFull, Option], ...]:
        """What the parties decide, in the module and in what is joined to it."""
        own = ((self.base, option) for option in self.base.options_in(self.module.id))
        joined = ((record, option) for record in self.adaptations for option in record.options)
        return (*own, *joined)

    @property
    def fill_ins(self) -> tuple[FillIn, ...]:
        """What the parties write into clauses of the module."""
        return tuple(one for one in self.base.fill_ins if not one.modules or self.module.id in one.modules)

    @property
    def annexes(self) -> tuple[tuple[ClauseSetInFull, Annex], ...]:
        """The annexes of the module and of what is joined to it; an addendum names the modules of its base."""
        return tuple((record, annex) for record in self.sets for annex in record.annexes_in(self.module.id))


class Contract:
    """Looks up answers: those of a transfer over those for all, with where each came from.

    ``origins`` names for answers that no person gave where they came from, by their dotted field. ``day`` is the one on which
    sets and countries are seen.

    Raises:
        UnknownTool: an expression names no clauses that parties sign.
    """

    def __init__(
        self, agreement: Agreement, library: Library, hub: Hub, day: date, origins: Mapping[str, From] | None = None
    ) -> None:
        self.agreement = agreement
        self.hub = hub
        self.day = day
        self.origins = dict(origins or {})
        self._library = library
        transfers = agreement.transfers or {"one": Transfer()}
        self.lines = tuple(
            self._line(name, one)
            for name, one in transfers.items()
            if one.tool is not None or agreement.tool is not None
        )

    def _line(self, name: str, transfer: Transfer) -> Line:
        expression = transfer.tool or self.agreement.tool or ""
        tool = self._library.tool(expression)
        base, *adaptations = (self._library.set_on(part.id, self.day).record for part in tool.parts)
        return Line(
            name,
            transfer,
            expression,
            base,
            tool.module,
            tuple(adaptations),
            self._parties(Side.EXPORTER, transfer.exporters),
            self._parties(Side.IMPORTER, transfer.importers),
        )

    def _parties(self, side: Side, named: tuple[str, ...]) -> dict[str, Party]:
        of_side = self.agreement.of_side(side)
        return {name: party for name, party in of_side.items() if not named or name in named}

    @property
    def official_form_only(self) -> bool:
        """Whether the official form itself must be signed, so that only a sheet to copy from can be made."""
        return any(line.base.official_form_only for line in self.lines)

    @property
    def bases(self) -> tuple[ClauseSetInFull, ...]:
        """The sets that the paper is made on, each once."""
        return tuple({line.base.id: line.base for line in self.lines}.values())

    @property
    def named(self) -> str:
        """Those sets by their short names."""
        return ", ".join(base.short for base in self.bases)

    @property
    def adaptations(self) -> tuple[ClauseSetInFull, ...]:
        """What is joined to them, each once."""
        return tuple({one.id: one for line in self.lines for one in line.adaptations}.values())

    def laws_of(self, line: Line, exporter: Party) -> tuple[str, ...]:
        """The laws of transfer that bind an exporter: as answered, else as they bind a private body at its place.

        None where it says that it is abroad and bound all the same, as the cases of the competent authority have it.
        """
        if self.agreement.laws:
            return self.agreement.laws
        place = self.place(exporter.country)
        if place is None or exporter.seat in (Seat.REPRESENTED_WITHIN, Seat.NOT_REPRESENTED):
            return ()
        return tuple(binding.record.regime for binding in self.hub.on(self.day).regimes_binding(place, "private"))

    def knows_law(self, law: str) -> bool:
        """Whether a law is on record, or some set says that it serves it."""
        if any(binding.regime == law for binding, _ in self.hub.bindings):
            return True
        return any(law in record.regimes for record, _ in self._library.sets())

    def open_under(self, laws: Iterable[str]) -> tuple[str, ...]:
        """The sets on which a contract can be made on the day under one of these laws."""
        named = {*laws}
        return tuple(one.record.id for one in self._library.on(self.day) if one.open and named & {*one.record.regimes})

    def lines_on(self, set_id: str) -> tuple[Line, ...]:
        """The transfers that a set, or an adaptation, carries."""
        return tuple(line for line in self.lines if any(one.id == set_id for one in line.sets))

    def applies(self, base: ClauseSetInFull, line: Line) -> bool:
        """Whether a law that the base serves by itself governs the transfer; if nobody said which do, it may.

        Of a set with cases of use, the case decides: one in which no law of the base has a part is that of its first case.
        """
        laws = {*self.agreement.laws}
        chosen = [(one, self.use(one)) for one in line.adaptations if one.uses]
        if chosen:
            return all(use is None or use != one.uses[0].id for one, use in chosen)
        return not line.adaptations or not laws or bool(laws & {*base.regimes})

    def use(self, record: ClauseSetInFull) -> str | None:
        """The case of use that was chosen; a record with one case needs no choice."""
        return self.agreement.uses.get(record.id)

    def changed(self, line: Line, clause: str) -> tuple[ClauseSetInFull, Change] | None:
        """What an adaptation makes of a clause, where it changes it."""
        for record in line.adaptations:
            for change in record.changes:
                if any(_same_clause(clause, named) for named in _clauses_in(change.at)):
                    return record, change
        return None

    def option(self, line: Line, option_id: str) -> tuple[str, str] | None:
        """The choice and the field it was answered in."""
        if option_id in line.transfer.options:
            return line.transfer.options[option_id], f"transfers.{line.id}.options.{option_id}"
        if option_id in self.agreement.options:
            return self.agreement.options[option_id], f"options.{option_id}"
        return None

    def fill_in(self, line: Line, fill_in_id: str) -> tuple[FieldAnswer, str] | None:
        """What is written into a clause, and the field it was answered in."""
        if fill_in_id in line.transfer.fill_ins:
            return line.transfer.fill_ins[fill_in_id], f"transfers.{line.id}.fill_ins.{fill_in_id}"
        if fill_in_id in self.agreement.fill_ins:
            return self.agreement.fill_ins[fill_in_id], f"fill_ins.{fill_in_id}"
        return None

    def annex_field(self, line: Line, annex: str, field: str) -> tuple[FieldAnswer, str] | None:
        """What is written into a field of an annex, and where it was answered."""
        for path, annexes in ((f"transfers.{line.id}.", line.transfer.annexes), ("", self.agreement.annexes)):
            if field in annexes.get(annex, {}):
                return annexes[annex][field], f"{path}annexes.{annex}.{field}"
        return None

    def described(self, line: Line, common: str) -> tuple[FieldAnswer, str] | None:
        """What is answered for every form alike, and where."""
        for path, description in (
            (f"transfers.{line.id}.", line.transfer.description),
            ("", self.agreement.description),
        ):
            if common in description:
                return description[common], f"{path}description.{common}"
        return None

    def value(self, text: str, field: str, detail: str = "") -> Value:
        """A value with where it came from."""
        return Value(text, self.origins.get(field, From.ANSWER), detail)

    def place(self, name: str | None) -> str | None:
        """The id of a place that somebody named; None where no place has that name."""
        if name is None:
            return None
        try:
            return self.hub.places.resolve(name)
        except UnknownPlace:
            return None

    def place_named(self, name: str) -> str:
        """The name of a place as a reader sees it; what is no place of ours stays as it was written."""
        found = self.place(name)
        return name if found is None else self.hub.places[found].name

    def is_member_state(self, place: str) -> Truth:
        """Whether a place is a Member State of the European Union on the day."""
        return self.hub.on(self.day).member(place, "eu").truth


def words(answer: FieldAnswer) -> str:
    """An answer on one line, or on one for each of several."""
    if isinstance(answer, str):
        return answer
    return "; ".join(answer if isinstance(answer, tuple) else (f"{key}: {text}" for key, text in answer.items()))


def _clauses_in(text: str) -> Iterable[str]:
    """The numbers of clauses that words such as "Clause 8.7(i) in Module One, 8.8(i) in Two" speak of."""
    return re.findall(r"(?<![\w./])(\d+(?:\.\d+)?(?:\([a-z]+\))*)(?![\d/])", text) if text.startswith("Clause") else ()


def _same_clause(asked: str, changed: str) -> bool:
    """Whether a change of one clause touches another: 17 touches 17 and 17(a), and 13(a) touches 13."""
    return asked == changed or asked.startswith(f"{changed}(") or changed.startswith(f"{asked}(")
