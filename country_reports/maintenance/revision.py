"""An earlier state of the records: a folder, or a revision or release in the git history of one."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from country_reports.layout import files_of


class NoSuchState(ValueError):
    """Neither a folder nor a revision; the message says what would be."""


@contextmanager
def state(name: str, folder: Path) -> Iterator[Path]:
    """The folder of records called ``name``: a path, or ``folder`` as it was at a git revision or release.

    Raises:
        NoSuchState: there is no such folder or revision, or ``folder`` has no history here.
    """
    given = Path(name)
    if name and given.is_dir():
        inside = given / "country_reports"
        records = inside if inside.is_dir() else given
        if next(files_of(records), None) is None:
            raise NoSuchState(f"{name!r} is a folder that holds no records")
        yield records
        return
    archive = _archived(name, folder)
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(temporary, filter="data")
        yield Path(temporary)


def _archived(name: str, folder: Path) -> bytes:
    """The folder at a revision, or at the release of that number, as a tar archive."""
    try:
        for revision in (name, f"v{name}") if name else ():
            done = subprocess.run(
                ["git", "-C", str(folder), "archive", "--format=tar", revision, "."], capture_output=True, check=False
            )
            if done.returncode == 0:
                return done.stdout
    except FileNotFoundError:
        raise NoSuchState("git is not installed; name two folders of records instead") from None
    raise NoSuchState(
        f"{name!r} is neither a folder nor a revision in the history of {folder}; "
        "name a folder, or a git revision or release from within a clone"
    )
