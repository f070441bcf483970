"""The words of a record: cells split into values, and values taken for places, tools and words of a route, or not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from country_reports.places import UnknownPlace
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import Fields
from transfers.records_of_processing.template import ALLOWED, RecordTemplate
from transfers.tables.sheets import Said


@dataclass(frozen=True, slots=True)
class Words:
    """Understands cells by the template, the places and the tools on file. What it does not understand it says it does not."""

    template: RecordTemplate
    knowledge: Knowledge

    def word(self, name: str, text: str) -> str | None:
        """The word of a route that a text means in this field."""
        word = self.template.word(name, text)
        return word or (text if text in [one.value for one in ALLOWED[name]] else None)

    def parts(self, fields: Fields, name: str, understood: Callable[[str], bool]) -> list[Said]:
        """The values of the cells, split only as far as is needed to understand them; those that say nothing are left out."""
        separators = self.template.separators.get(name, (";", "\n"))
        parts = [part for said in fields.get(name, []) for part in self._split(said, name, separators, understood)]
        return [part for part in parts if not self.template.says_nothing(part.text)]

    def _split(
        self, said: Said, name: str, separators: Iterable[str], understood: Callable[[str], bool]
    ) -> Iterator[Said]:
        rest = said.text.strip()
        while rest:
            whole = (
                understood(rest) or self.template.why_open(name, rest) is not None or self.template.says_nothing(rest)
            )
            separator = None if whole else next((one for one in separators if one in rest), None)
            first, _, rest = rest.partition(separator) if separator is not None else (rest, "", "")
            part = Said(first.strip(), said.where, said.line, said.column)
            if separator is not None:
                yield from self._split(part, name, separators, understood)
            else:
                yield part
            rest = rest.strip()

    def place(self, text: str) -> str | None:
        """The place that a text names."""
        if self.template.why_open("destination", text) is not None:
            return None
        try:
            return self.knowledge.hub.places.resolve(self.template.word("destination", text) or text)
        except UnknownPlace:
            return None

    def hint(self, said: Said) -> str | None:
        """The place that a cell gives in brackets at its end: ``Acme Inc. (US)``."""
        found = _IN_BRACKETS.search(said.text)
        return self.place(found[1]) if found is not None else None

    def without_hint(self, said: Said) -> Said:
        """The cell without that place."""
        if self.hint(said) is None:
            return said
        return Said(_IN_BRACKETS.sub("", said.text).strip(), said.where, said.line, said.column)

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of those on file with this name."""
        return self.knowledge.registry.called(name)

    def tool(self, text: str) -> str | None:
        """The tool that a text names, by the template's words or as a route writes it."""
        return self.template.word("mechanisms", text) or (text if self.knowledge.knows_tool(text) else None)


_IN_BRACKETS = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
