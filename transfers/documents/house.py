"""What a house brings to a document of its own: a Word template, a logo, a marking. Each is checked before anything is written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from country_reports.records import BadRecord, Problem
from transfers.documents.blocks import House, Logo
from transfers.tables.reading import MissingExtra, refuse_bombs

MAX_LOGO = 2 * 2**20
"""Bytes of a logo."""
MAX_SIDE = 5_000
"""Pixels of a side of a logo."""
_MAX_TEMPLATE = 64 * 2**20
"""Bytes that a template may unpack to."""


def house_of(template: Path | None, logo: Path | None, marking: str | None) -> House:
    """The house with its files read.

    Raises:
        BadRecord: the template is no DOCX document, or the logo no picture of the kinds that are taken; it names the file.
        MissingExtra: a template without python-docx.
    """
    read_logo = _logo(logo) if logo is not None else None
    return House(marking or "", read_logo, _template(template) if template is not None else None)


def _template(path: Path) -> bytes:
    content = _content(path)
    refuse_bombs(path, _MAX_TEMPLATE, "DOCX document")
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("reading a DOCX template needs python-docx: pip install 'transborder[docx]'") from None
    try:
        sections = Document(str(path)).sections
    except Exception as error:  # python-docx tells damage in many ways
        raise _bad(path, f"no DOCX document that can be read ({error}); save the template as .docx") from None
    if not len(sections):
        raise _bad(path, "a DOCX document without a page; save it again in Word")
    return content


def _logo(path: Path) -> Logo:
    content = _content(path)
    if len(content) > MAX_LOGO:
        raise _bad(path, f"{len(content)} bytes; a logo has at most {MAX_LOGO}")
    kind, read = ("png", _png_size) if content.startswith(_PNG) else ("jpg", _jpg_size)
    try:
        width, height = read(content)
    except (struct.error, zlib.error, ValueError) as error:
        raise _bad(path, f"no PNG or JPEG picture that is whole ({error})") from None
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise _bad(path, f"{width} by {height} pixels; a logo has at most {MAX_SIDE} on each side")
    return Logo(content, kind, width, height)


_PNG = b"\x89PNG\r\n\x1a\n"


def _png_size(content: bytes) -> tuple[int, int]:
    """The size, after every chunk was checked against its sum and the picture unpacked."""
    chunks = dict(_png_chunks(content))
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    if width <= MAX_SIDE and height <= MAX_SIDE:
        unpacking = zlib.decompressobj()
        unpacking.decompress(chunks[b"IDAT"], MAX_SIDE * MAX_SIDE * 8)
    return width, height


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, data, header = len(_PNG), b"", b""
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (total,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(name + body) != total:
            raise ValueError("a part of it is damaged")
        data += body if name == b"IDAT" else b""
        header = body if name == b"IHDR" else header
        place += 12 + length
        if name == b"IEND":
            break
    else:
        raise ValueError("it ends too early")
    if not header or not data:
        raise ValueError("it holds no picture")
    yield from ((b"IHDR", header), (b"IDAT", data))


_FRAMES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
"""Markers of a JPEG after which the size stands."""


def _jpg_size(content: bytes) -> tuple[int, int]:
    if not content.startswith(b"\xff\xd8\xff") or not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise ValueError("it neither begins nor ends like one")
    place = 2
    while place < len(content):
        mark, code, length = struct.unpack_from(">BBH", content, place)
        if mark != 0xFF:
            break
        if code in _FRAMES:
            _depth, height, width = struct.unpack_from(">BHH", content, place + 4)
            return width, height
        place += 2 + length
    raise ValueError("it holds no picture")


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise _bad(path, "there is no such file")
    return path.read_bytes()


def _bad(path: Path, message: str) -> BadRecord:
    return BadRecord([Problem(str(path), None, "", message)])
