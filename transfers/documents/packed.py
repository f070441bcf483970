"""Office files are packed folders; the same content makes the same bytes, whoever writes it and whenever."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date


def settled(packed: bytes, day: date) -> bytes:
    """The packed folder with its parts in order, no hour of writing on them, and ``day`` as the day on which it was last changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == _PROPERTIES:
                content = _CHANGED.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<2>", content)
            name = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            name.compress_type, name.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(name, content)
    return result.getvalue()


_PROPERTIES = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a packed folder can bear."""
