"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path`` through a temporary file beside it: a reader never sees half of it.

    A link is followed; what is no file, such as a pipe or a device, is written to as it is.

    Raises:
        OSError: the folder is missing, not writable or full; it names ``path``.
    """
    packed = content.encode("utf-8") if isinstance(content, str) else content
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        path.write_bytes(packed)
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_new(files: Mapping[Path, str | bytes]) -> None:
    """Write files that are not there yet, all of them or none; folders are made as they are needed.

    Raises:
        FileExistsError: one of them is there; nothing was written.
        OSError: a folder is not writable or full; what was written until then is taken away again.
    """
    for path in files:
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    written: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            write_whole(path, content)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def safe_name(text: str) -> str:
    """A file name part from data: letters, digits, dot, dash and underscore only, never a path."""
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in text)
    return kept.strip(".-") or "unnamed"
