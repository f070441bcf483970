"""A document as blocks: what is said, in which order, and nothing of how a page or a file looks.

The writers (``transfers/documents/writers``) know no law. Text is data to every one of them: markup in it is shown, never obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Style(StrEnum):
    """How words stand out."""

    PLAIN = "plain"
    STRONG = "strong"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one style; ``code`` is for ids that a reader may have to copy. ``language``: where it is not that of the document."""

    text: str
    style: Style = Style.PLAIN
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """The number of a source in the notes of the document."""

    number: int


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to fill in; ``label`` says with what."""

    label: str


Run: TypeAlias = Words | Cite | Blank
Content: TypeAlias = str | tuple[Run, ...]
"""Plain text, or runs of it."""


def runs_of(content: Content) -> tuple[Run, ...]:
    """Any content as runs."""
    return (Words(content),) if isinstance(content, str) else content


def text_of(content: Content) -> str:
    """The words alone, without sources and blanks."""
    return content if isinstance(content, str) else "".join(run.text for run in content if isinstance(run, Words))


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the title of the document. ``new_page``: where there are pages, it begins one."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Content
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their headings.

    ``about`` says what the table holds, for readers who cannot see it; ``weights`` how wide each column is beside the
    others (none: all alike); ``row_headings`` whether the first cell of a row names the row.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    about: str = ""
    weights: tuple[int, ...] = ()
    row_headings: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered source: what it is, and where a reader can open it."""

    text: Content
    url: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """The numbered sources, in the order of their numbers."""

    items: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, what it shows in words for those who cannot see it, and its caption; sizes in points."""

    svg: str
    alt: str
    caption: str
    width: float
    height: float


class Tone(StrEnum):
    """How a callout is coloured; its words alone say what it means."""

    GOOD = "good"
    CARE = "care"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Callout:
    """What must be seen first."""

    title: str
    text: tuple[Content, ...]
    tone: Tone


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Notes | Figure | Callout


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of the house. ``kind`` is ``png`` or ``jpg``; sizes in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


class BadPicture(ValueError):
    """A logo that is whole as a file and yet cannot be drawn."""


@dataclass(frozen=True, slots=True)
class House:
    """How the one who files it wants a document to look: a marking on each page, a logo, a Word template of its own."""

    marking: str = ""
    logo: Logo | None = None
    template: bytes | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what follows.

    ``version`` is the line that tells one state of the document from another, ``day`` the day it speaks of, ``contents`` how
    many levels of headings its table of contents has (0: there is none); it stands after the first chapter.
    """

    title: str
    blocks: tuple[Block, ...]
    version: str = ""
    day: date | None = None
    language: str = "en"
    contents: int = 0
    house: House = field(default_factory=House)

    @property
    def with_title(self) -> Iterator[Block]:
        yield Heading(1, self.title)
        yield from self.blocks
