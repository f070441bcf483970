"""An earlier state of the records: a folder, or a revision or release in the git history of one."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from country_reports.layout import files_of


class NoSuchState(ValueError):
    """Neither a folder nor a revision; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A state in the history of a folder: its full id, and the day it was committed on."""

    id: str
    day: str

    @property
    def short(self) -> str:
        return self.id[:10]


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
    commit = commit_of(name, folder)
    if commit is None:
        raise NoSuchState(
            f"{name!r} is neither a folder nor a revision in the history of {folder}; "
            "name a folder, or a git revision or release from within a clone"
        )
    with checked_out(commit, folder) as records:
        yield records


def commit_of(name: str, folder: Path) -> Commit | None:
    """The commit that a revision, or the release of that number, names in the history of ``folder``; None where none does.

    Raises:
        NoSuchState: git is not installed, or will not read a clone of somebody else's.
    """
    for revision in (name, f"v{name}") if name and not name.startswith("-") else ():
        done = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if done.returncode == 0:
            commit = done.stdout.decode().strip()
            return Commit(commit, _git(folder, "show", "-s", "--format=%cs", commit).stdout.decode().strip())
        if b"safe.directory" in done.stderr:
            raise NoSuchState(f"the clone of {folder} is another user's, and git will not read it before you allow it: "
                              f"git config --global --add safe.directory {folder}")  # fmt: skip
    return None


def root_of(folder: Path) -> Path | None:
    """The top of the clone that ``folder`` lies in, if it lies in one.

    Raises:
        NoSuchState: git is not installed.
    """
    done = _git(folder, "rev-parse", "--show-toplevel")
    return Path(done.stdout.decode().strip()).resolve() if done.returncode == 0 else None


@contextmanager
def checked_out(commit: Commit, folder: Path) -> Iterator[Path]:
    """``folder`` as it was at a commit, in a folder that is taken away again; the clone itself is only read.

    Raises:
        NoSuchState: ``folder`` was not there then, or what was cannot be unpacked.
    """
    done = _git(folder, "archive", "--format=tar", commit.id, ".")
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        why = told[-1] if told else "git does not say why"
        raise NoSuchState(f"{folder} cannot be had as it was at {commit.short}; was it there then? ({why})")
    with tempfile.TemporaryDirectory() as temporary:
        try:
            with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
                packed.extractall(temporary, filter="data")
        except tarfile.TarError as error:
            raise NoSuchState(f"{folder} as it was at {commit.short} cannot be unpacked: {error}") from None
        yield Path(temporary).resolve()


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, whatever clone the one who calls stands in: a hook would hand its own down."""
    own = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False, env=own)
    except FileNotFoundError:
        raise NoSuchState("git is not installed; name two folders instead") from None


_OF_A_HOOK = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"))
