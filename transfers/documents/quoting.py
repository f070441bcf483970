"""What a document in another language quotes in English: texts of records that nobody has translated yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from transfers.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Content,
    Figure,
    Heading,
    Note,
    Notes,
    Paragraph,
    Run,
    Table,
    Words,
    runs_of,
)
from transfers.documents.saying import _
from transfers.languages import quotes_in, unmarked


def with_quotes_marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with every quotation in English as a run of its own; the first of each section says what it is."""
    quoting = _Quoting()
    for block in blocks:
        if isinstance(block, Heading):
            quoting.explained = False
        yield quoting.block(block)


class _Quoting:
    explained = False
    """Whether this section has said that it quotes in English."""

    def block(self, block: Block) -> Block:
        match block:
            case Heading(_level, text):
                return replace(block, text=unmarked(text))
            case Paragraph(text):
                return replace(block, text=self.content(text))
            case Bullets(items):
                return Bullets(tuple(map(self.content, items)))
            case Table(headings, rows, about):
                cells = tuple(tuple(map(self.content, row)) for row in rows)
                return replace(block, headings=tuple(map(unmarked, headings)), rows=cells, about=unmarked(about))
            case Notes(items):
                return Notes(tuple(Note(self.content(note.text), note.url) for note in items))
            case Figure(_svg, alt, caption):
                return replace(block, alt=unmarked(alt), caption=unmarked(caption))
            case Callout(title, lines):
                return replace(block, title=unmarked(title), text=tuple(map(self.content, lines)))

    def content(self, content: Content) -> Content:
        runs = [run for whole in runs_of(content) for run in self._split(whole)]
        return content if runs == list(runs_of(content)) else tuple(runs)

    def _split(self, run: Run) -> Iterator[Run]:
        if not isinstance(run, Words):
            yield run
            return
        for text, quoted in quotes_in(run.text):
            yield replace(run, text=text, language="en" if quoted else "")
            if quoted and not self.explained:
                self.explained = True
                yield replace(run, text=_(" (in English in the file)"))
