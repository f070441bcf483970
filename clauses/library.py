"""The library of clause sets: look up a tool by its id, such as ``eu-scc-2021/m2 WITH ch-fdpic``."""

from __future__ import annotations

import difflib
from pathlib import Path

from clauses.clause_set import ClauseSet, Module
from country_reports.compiled import HOUSE
from country_reports.facts import Origin
from country_reports.frozen import frozen
from country_reports.shelf import Shelf

SHIPPED_FOLDER = Path(__file__).resolve().parent / "sets"


class UnknownTool(ValueError):
    """No clause set or module has this id; the message offers near matches."""


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

    def serves(self, regime: str) -> bool:
        """Whether it is a transfer tool under this law, by itself or through an adaptation."""
        return any(regime in part.regimes for part in (self.clause_set, *self.adaptations))


class Library:
    """All clause sets, read when first asked for; a workspace's ``clauses`` folder adds and overrides by id.

    ``house`` is the folder that holds the packages.
    """

    def __init__(self, workspace: Path | None = None, house: Path = HOUSE) -> None:
        self._shelves = [Shelf(house / SHIPPED_FOLDER.relative_to(HOUSE), Origin.SHIPPED)]
        if workspace is not None and (workspace / "clauses").is_dir():
            self._shelves.append(Shelf(workspace / "clauses", Origin.WORKSPACE))
        self._sets: dict[str, tuple[ClauseSet, Origin]] = {}

    def tool(self, expression: str) -> Tool:
        """The tool called ``expression``: ``set/module``, or that joined by `` WITH `` to adaptations.

        Raises:
            UnknownTool: some part of it is not in the library.
        """
        base, *joined = (part.strip() for part in expression.split(" WITH "))
        set_id, _, module_id = base.partition("/")
        clause_set, origin = self._set(set_id, expression)
        module = next((module for module in clause_set.modules if module.id == module_id), None)
        if module is None:
            known = ", ".join(f"{set_id}/{module.id}" for module in clause_set.modules)
            raise UnknownTool(f"{base!r} is not a module of {clause_set.short}. Its modules: {known}")
        adaptations = tuple(self._set(part, expression)[0] for part in joined)
        for adaptation in adaptations:
            if adaptation.adaptation_of != set_id:
                raise UnknownTool(f"{adaptation.id!r} is not an adaptation of {set_id!r} and cannot be joined to it")
        return Tool(expression, clause_set, module, adaptations, origin)

    def tools(self, expression: str) -> tuple[Tool, ...]:
        """The tool called ``expression``; of a set named without a module, each of its modules.

        Raises:
            UnknownTool: some part of it is not in the library, or an adaptation stands alone.
        """
        base, *joined = (part.strip() for part in expression.split(" WITH "))
        if "/" in base:
            return (self.tool(expression),)
        clause_set, _ = self._set(base, expression)
        if not clause_set.modules:
            told = (
                f"; join it, as in '{clause_set.adaptation_of}/MODULE WITH {base}'" if clause_set.adaptation_of else ""
            )
            raise UnknownTool(f"{base!r} has no modules of its own{told}")
        return tuple(self.tool(" WITH ".join((f"{base}/{module.id}", *joined))) for module in clause_set.modules)

    def known(self, expression: str) -> bool:
        """Whether there is such a tool."""
        try:
            self.tool(expression)
        except UnknownTool:
            return False
        return True

    def ids(self) -> tuple[str, ...]:
        """Every tool id, for hints and listings."""
        return tuple(f"{clause_set.id}/{module.id}" for clause_set, _ in self.sets() for module in clause_set.modules)

    def serving(self, regime: str) -> tuple[str, ...]:
        """Every tool of this law: modules of its own sets, and modules of others joined to its adaptations."""
        own = [one for one, _ in self.sets() if regime in one.regimes]
        bases = {one.id: one for one, _ in self.sets()}
        modules = [f"{one.id}/{module.id}" for one in own for module in one.modules]
        joined = [
            f"{one.adaptation_of}/{module.id} WITH {one.id}"
            for one in own
            if one.adaptation_of in bases
            for module in bases[one.adaptation_of].modules
        ]
        return (*modules, *joined)

    def sets(self) -> tuple[tuple[ClauseSet, Origin], ...]:
        """Every set on file, adaptations without modules included."""
        names = sorted({path.stem for shelf in self._shelves for path in shelf.folder.glob("*.yaml")})
        return tuple(self._set(name, name) for name in names)

    def _set(self, set_id: str, expression: str) -> tuple[ClauseSet, Origin]:
        if set_id not in self._sets:
            for shelf in self._shelves:
                path = shelf.folder / f"{set_id}.yaml"
                if set_id.replace("-", "").isalnum() and path.is_file():
                    self._sets[set_id] = (shelf.read(path, ClauseSet), shelf.origin)
        if set_id not in self._sets:
            raise UnknownTool(self._refusal(set_id, expression))
        return self._sets[set_id]

    def _refusal(self, set_id: str, expression: str) -> str:
        near = difflib.get_close_matches(expression, self.ids(), n=2, cutoff=0.5)
        hint = f"Near matches: {', '.join(near)}" if near else f"Known: {', '.join(self.ids())}"
        return f"{set_id!r} is not a clause set we know. {hint}"
