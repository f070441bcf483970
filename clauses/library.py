"""The library of clause sets: look up a tool by its id, such as ``eu-scc-2021/m2 WITH ch-fdpic``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clauses.clause_set import ClauseSet
from clauses.parts import Kind, Module, SetFiling
from clauses.tool_names import lacks_module, meant_by
from country_reports.compiled import HOUSE
from country_reports.facts import Origin, Role
from country_reports.frozen import frozen
from country_reports.hub import SHIPPED_FOLDER as HUB_FOLDER
from country_reports.records import BadRecord, Problem, problem_at, read_record
from country_reports.regime import Gateway, Regime
from country_reports.shelf import Shelf

if TYPE_CHECKING:
    from clauses.in_full import ClauseSetInFull

SHIPPED_FOLDER = Path(__file__).resolve().parent / "sets"


class UnknownTool(ValueError):
    """No clause set or module has this id, or what has it is no clauses; the message offers what is near, or would be right."""


@frozen
class Tool:
    """A module of a set, with the adaptations joined to it."""

    id: str
    clause_set: ClauseSet
    module: Module
    adaptations: tuple[ClauseSet, ...]
    origin: Origin

    @property
    def title(self) -> str:
        """What a reader sees: set, module and adaptations by name."""
        joined = "".join(f" with {adaptation.short}" for adaptation in self.adaptations)
        return f"{self.clause_set.short}, {self.module.name}{joined}"

    @property
    def parts(self) -> tuple[ClauseSet, ...]:
        """The set and what is joined to it; each must be in force, and each may make demands."""
        return (self.clause_set, *self.adaptations)

    def serves(self, regime: str) -> bool:
        """Whether it is a transfer tool under this law, by itself or through an adaptation."""
        return any(regime in part.regimes for part in self.parts)

    def open_on(self, day: date) -> bool:
        """Whether a new contract can be made on it that day, in all its parts."""
        return all(part.open_on(day) for part in self.parts)

    def as_of(self, day: date) -> Tool:
        """The tool with those demands of its parts that stand on the day."""
        first, *joined = (part.with_demands_of(day) for part in self.parts)
        return replace(self, clause_set=first, adaptations=tuple(joined))

    def is_one_of(self, sets: Iterable[str]) -> bool:
        """Whether it is, or is joined to, one of these sets."""
        return not {*sets}.isdisjoint(part.id for part in self.parts)


@frozen
class SetOnDay:
    """A set on a day: what it may support, and whether a new contract can be made on it."""

    record: ClauseSetInFull
    role: Role
    open: bool
    origin: Origin


class Library:
    """All clause sets, each read when first asked for; a workspace's ``clauses`` folder adds and overrides by id.

    A shipped set is read for an assessment without what stands in it; ``in_full`` reads that too. Of a workspace's set all is
    read and checked at once.
    ``house`` is the folder that holds the packages.
    """

    def __init__(self, workspace: Path | None = None, house: Path = HOUSE) -> None:
        self._shelves = [Shelf(house / SHIPPED_FOLDER.relative_to(HOUSE), Origin.SHIPPED)]
        if workspace is not None and (workspace / "clauses").is_dir():
            self._shelves.insert(0, Shelf(workspace / "clauses", Origin.WORKSPACE))
        folders = (house / HUB_FOLDER.name, *([workspace / "country_reports"] if workspace is not None else []))
        self._laws = tuple(folder / "regimes" for folder in folders)
        self._sets: dict[str, tuple[ClauseSet, Origin]] = {}
        self._in_full: dict[str, ClauseSetInFull] = {}

    def tool(self, expression: str) -> Tool:
        """The tool called ``expression`` that a route relies on: ``set/module``, or that joined by `` WITH `` to adaptations.

        Raises:
            UnknownTool: some part of it is not in the library, or is no clauses that parties to a transfer sign.
        """
        base = _parts_of(expression)[0]
        clause_set, _ = self._set(base.partition("/")[0], expression)
        if not clause_set.is_clauses or clause_set.adaptation_of is not None:
            raise UnknownTool(_no_clauses(clause_set))
        if "/" not in base and clause_set.modules:
            raise UnknownTool(lacks_module(base, (clause_set,)))
        return self._looked_up(expression)

    def tools(self, expression: str) -> tuple[Tool, ...]:
        """The tool called ``expression``, to be shown or compared, clauses or not; of a set named without a module, each of its modules.

        Raises:
            UnknownTool: some part of it is not in the library, or an adaptation stands alone.
        """
        base, *joined = _parts_of(expression)
        if "/" in base:
            return (self._looked_up(expression),)
        clause_set, _ = self._set(base, expression)
        if not clause_set.modules:
            told = (
                f"; join it, as in '{clause_set.adaptation_of}/MODULE WITH {base}'" if clause_set.adaptation_of else ""
            )
            raise UnknownTool(f"{base!r} has no modules of its own{told}")
        return tuple(self._looked_up(" WITH ".join((f"{base}/{one.id}", *joined))) for one in clause_set.modules)

    def _looked_up(self, expression: str) -> Tool:
        base, *joined = _parts_of(expression)
        set_id, _, module_id = base.partition("/")
        clause_set, origin = self._set(set_id, expression)
        module = next((module for module in clause_set.modules if module.id == module_id), None)
        if module is None:
            known = ", ".join(f"{set_id}/{module.id}" for module in clause_set.modules)
            raise UnknownTool(f"{base!r} is not a module of {clause_set.short}. Its modules: {known or 'none on file'}")
        adaptations = tuple(self._set(part, expression)[0] for part in joined)
        for adaptation in adaptations:
            if adaptation.adaptation_of != set_id or not adaptation.is_clauses:
                raise UnknownTool(f"{adaptation.id!r} is not an adaptation of {set_id!r} and cannot be joined to it")
        return Tool(expression, clause_set, module, adaptations, origin)

    def known(self, expression: str) -> bool:
        """Whether there is such a tool."""
        try:
            self.tool(expression)
        except UnknownTool:
            return False
        return True

    def ids(self) -> tuple[str, ...]:
        """Every tool id that can be claimed, for hints and listings; reads every set."""
        return tuple(f"{one.id}/{module.id}" for one, _ in self.sets() if one.is_clauses for module in one.modules)

    def serving(self, law: Regime) -> tuple[str, ...]:
        """Every tool of the sets that this law's gateways name: their own modules, and those of a base joined to an adaptation."""
        sets = self._named_by(law)
        own = [f"{one.id}/{module.id}" for one in sets if one.is_clauses for module in one.modules]
        adaptations = [one for one in sets if one.is_clauses and one.adaptation_of is not None]
        joined = [
            f"{one.adaptation_of}/{module.id} WITH {one.id}"
            for one in adaptations
            for module in self._set(str(one.adaptation_of), one.id)[0].modules
        ]
        return (*own, *joined)

    def filing(self, law: str, gateway: Gateway) -> SetFiling | None:
        """What the sets that are this gateway have filed; they agree, where the gateway leaves it to them."""
        return next((found for one in gateway.sets if (found := self._set(one, one)[0].filing_under(law))), None)

    def with_filings(self, law: Regime) -> Regime:
        """The law with the filings of its gateways, wherever they are on record: with the gateway or with its sets."""
        if all(gateway.filing is not None or not gateway.sets for gateway in law.gateways):
            return law
        gateways = tuple(
            one.model_copy(update={"filing": one.filing or self.filing(law.id, one)}) if one.sets else one
            for one in law.gateways
        )
        return law.model_copy(update={"gateways": gateways})

    def set_ids(self) -> tuple[str, ...]:
        """The id of every record on file, without reading them."""
        return tuple(sorted({path.stem for shelf in self._shelves for path in shelf.folder.glob("*.yaml")}))

    def path_of(self, set_id: str) -> Path:
        """Where the record of this id lies: in the workspace, if it has one of its own."""
        paths = [shelf.folder / f"{set_id}.yaml" for shelf in self._shelves]
        return next((path for path in paths if path.is_file()), paths[-1])

    def sets(self) -> tuple[tuple[ClauseSet, Origin], ...]:
        """Every set on file, adaptations without modules included."""
        return tuple(self._set(name, name) for name in self.set_ids())

    def record(self, set_id: str) -> ClauseSet:
        """One set, as far as an assessment reads it.

        Raises:
            UnknownTool: there is no such set.
        """
        return self._set(set_id, set_id)[0]

    def in_full(self, set_id: str) -> ClauseSetInFull:
        """One set with all that stands in it.

        Raises:
            UnknownTool: there is no such set.
        """
        from clauses.in_full import ClauseSetInFull  # forty models that an assessment can do without

        if set_id not in self._in_full:
            found, _ = self._set(set_id, set_id)
            shipped = self._shelves[-1].folder / f"{set_id}.yaml"
            whole = found if isinstance(found, ClauseSetInFull) else read_record(shipped, ClauseSetInFull)
            self._in_full[set_id] = whole
        return self._in_full[set_id]

    def on(self, day: date) -> tuple[SetOnDay, ...]:
        """Every set on a day, by its id."""
        return tuple(self.set_on(set_id, day) for set_id in self.set_ids())

    def set_on(self, set_id: str, day: date) -> SetOnDay:
        """One set on a day, with those of its parts that stand then.

        Raises:
            UnknownTool: there is no such set.
        """
        whole, origin = self.in_full(set_id), self._set(set_id, set_id)[1]
        return SetOnDay(whole.as_of(day), whole.role_on(day), whole.open_on(day), origin)

    def _named_by(self, law: Regime) -> list[ClauseSet]:
        """The sets that are gateways of a law, in the order of its record.

        Raises:
            BadRecord: one of them is not on file.
        """
        named = dict.fromkeys((set_id, one.id) for one in law.gateways for set_id in one.sets)
        missing = [(set_id, gateway) for set_id, gateway in named if set_id not in self.set_ids()]
        if missing:
            raise BadRecord(
                Problem(
                    f"regimes/{law.id}.yaml", None, f"gateways.{gateway}.sets", f"{set_id!r} is no clause set on file"
                )
                for set_id, gateway in missing
            )
        return [self._set(set_id, set_id)[0] for set_id in dict.fromkeys(set_id for set_id, _ in named)]

    def _set(self, set_id: str, expression: str) -> tuple[ClauseSet, Origin]:
        if set_id not in self._sets:
            found = self._read(set_id)
            if found is None:
                raise UnknownTool(self._refusal(set_id, expression))
            self._sets[set_id] = found
        return self._sets[set_id]

    def _read(self, set_id: str) -> tuple[ClauseSet, Origin] | None:
        for shelf in self._shelves if set_id.replace("-", "").isalnum() else ():
            path = shelf.folder / f"{set_id}.yaml"
            if path.is_file():
                record = shelf.read(path, ClauseSet) if shelf.origin is Origin.SHIPPED else self._whole(path)
                self._refuse_strangers(record, path)
                return record, shelf.origin
        return None

    def _whole(self, path: Path) -> ClauseSetInFull:
        from clauses.in_full import ClauseSetInFull

        return read_record(path, ClauseSetInFull)

    def _refuse_strangers(self, record: ClauseSet, path: Path) -> None:
        """A record under another name would never be found, an adaptation of nothing never joined, a law that is none never served."""
        if record.id != path.stem:
            message = f"this record belongs in a file called {record.id}.yaml"
            raise BadRecord([problem_at(path, ("id",), message)])
        base = record.adaptation_of
        if base is not None and not any((shelf.folder / f"{base}.yaml").is_file() for shelf in self._shelves):
            message = f"{base!r} is no set on file that this could be joined to"
            raise BadRecord([problem_at(path, ("adaptation_of",), message)])
        unknown = [(number, law) for number, law in enumerate(record.regimes) if not self._is_law(law)]
        if unknown:
            message = "{} is no regime on file; use its id in regimes/, or name it under `regimes_not_on_file`"
            raise BadRecord(problem_at(path, ("regimes", number), message.format(repr(law))) for number, law in unknown)

    def _is_law(self, law: str) -> bool:
        return any((folder / f"{law}.yaml").is_file() for folder in self._laws)

    def _refusal(self, set_id: str, expression: str) -> str:
        alone = set_id == _parts_of(expression)[0]
        meant = meant_by(set_id, (one for one, _ in self.sets())) if alone else ()
        if meant:
            return lacks_module(set_id, meant)
        near = difflib.get_close_matches(expression.casefold(), self.ids(), n=2, cutoff=0.5)
        hint = f"Near matches: {', '.join(near)}" if near else f"Known: {', '.join(self.ids())}"
        return f"{set_id!r} is not a clause set we know. {hint}"


def _parts_of(expression: str) -> list[str]:
    """The set and module, then the adaptations joined to it."""
    return [part.strip() for part in expression.split(" WITH ")]


def _no_clauses(record: ClauseSet) -> str:
    """Why a record on file cannot be claimed as clauses, and what can be instead."""
    instead = f" Rely on {' or '.join(record.relied_on_as)} instead" if record.relied_on_as else ""
    if record.kind in (Kind.ADDENDUM, Kind.ADAPTATION):
        return (
            f"{record.id!r} is joined to a module of {record.adaptation_of!r}: write the module, then WITH {record.id}"
        )
    return f"{record.id!r} is on file to be shown and compared, and is no set of clauses for a transfer.{instead}"
