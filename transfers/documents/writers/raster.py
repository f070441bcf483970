"""Drawings as pictures of points, for files that cannot show drawings everywhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

_PROGRAM = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n'


def as_png(svg: str) -> bytes | None:
    """The drawing at 200 points an inch; None where typst, which draws it, is not installed."""
    try:
        import typst
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "picture.svg").write_text(svg, encoding="utf-8")
        main = Path(folder) / "main.typ"
        main.write_bytes(_PROGRAM)
        drawn = typst.Compiler(str(main), root=folder, ignore_system_fonts=True).compile(format="png", ppi=200)
    assert isinstance(drawn, bytes)
    return drawn
