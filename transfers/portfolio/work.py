"""The folder in which a batch is worked out, beside its results and hidden, until all of it is done.

Every answer is written down as it is found. A run that was stopped, whatever stopped it, is taken up where it was; what is
half written is told by its last line and left. Only when everything is there do the files move to where they belong.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from country_reports.records import BadRecord, Problem
from transfers.documents.writing import write_whole
from transfers.portfolio.results import Verdict, as_line, of_line

PART = ".transborder-part"
RUN = "run.json"
"""Says of a folder of results from what, with what and when in law they were made, and which files they are."""

SAFE_EVERY = 500
"""Answers after which what was written is made safe on the disk."""


class Work:
    """The work on one batch. ``of`` says what it is the work on: with anything else it begins anew."""

    def __init__(self, results: Path, of: Mapping[str, object]) -> None:
        self.results = results
        self.folder = results / PART
        self.of = dict(of)
        self._lock: IO[str] | None = None

    def begin(self) -> dict[str, Verdict]:
        """Make the folder ready and say which answers it holds already.

        Raises:
            BadRecord: another run works in it.
            OSError: it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder)
        if _read_json(self.folder / "of.json") != self.of:
            for path in self.folder.iterdir():
                if path.name != "lock":
                    path.unlink() if path.is_file() else shutil.rmtree(path)
            write_whole(self.folder / "of.json", _as_json(self.of))
        return dict(self._decided())

    def note(self, found: Iterable[tuple[str, Verdict]]) -> Iterator[tuple[str, Verdict]]:
        """Hand answers through, each written down."""
        with (self.folder / "decided.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            for number, (key, verdict) in enumerate(found, 1):
                file.write(as_line(key, verdict) + "\n")
                if number % SAFE_EVERY == 0:
                    _make_safe(file)
                yield key, verdict
            _make_safe(file)

    def finish(self, files: Iterable[str], told: Mapping[str, object]) -> None:
        """Move finished files to the results, and take away those of an earlier run that this one does not have."""
        names = sorted(files)
        write_whole(self.folder / "finished.json", _as_json({"files": names, "told": dict(told)}))
        self._move(names, told)

    def was_finished(self) -> Mapping[str, object] | None:
        """What is told of a run that had finished but for moving its files, which is done now."""
        found = _read_json(self.folder / "finished.json")
        if not isinstance(found, dict):
            return None
        self._move(found["files"], found["told"])
        return {**found["told"], "files": found["files"]}

    def leave_no_trace(self) -> None:
        """Take the folder away where nothing was found yet that another run could use."""
        if self._lock is None or (self.folder / "decided.jsonl").exists():
            return
        self.close()
        shutil.rmtree(self.folder)
        if not any(self.results.iterdir()):
            self.results.rmdir()

    def close(self) -> None:
        """Let another run have the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _move(self, names: list[str], told: Mapping[str, object]) -> None:
        before = _read_json(self.results / RUN)
        for name in names:
            if (self.folder / name).exists():
                (self.folder / name).replace(self.results / name)
        for name in before.get("files", []) if isinstance(before, dict) else []:
            if name not in names and Path(name).name == name and name != RUN:
                (self.results / name).unlink(missing_ok=True)
        write_whole(self.folder / RUN, _as_json({**told, "files": names}))
        (self.folder / RUN).replace(self.results / RUN)
        self.close()
        shutil.rmtree(self.folder)

    def _decided(self) -> Iterator[tuple[str, Verdict]]:
        """The answers that were written whole; what follows the first that was not is cut off."""
        path = self.folder / "decided.jsonl"
        if not path.exists():
            return
        whole = 0
        with path.open("rb") as file:
            for line in file:
                try:
                    found = of_line(line.decode("utf-8")) if line.endswith(b"\n") else None
                except ValueError:
                    found = None
                if found is None:
                    break
                whole += len(line)
                yield found
        os.truncate(path, whole)


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _make_safe(file: IO[str]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _locked(folder: Path) -> IO[str]:
    file = (folder / "lock").open("w", encoding="utf-8")
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass  # a system without such locks: two runs into one folder are then the user's to avoid
    except OSError:
        file.close()
        message = "another batch is writing here; wait for it, or give another folder with -o"
        raise BadRecord([Problem(str(folder.parent), None, "", message)]) from None
    return file


def _as_json(value: Mapping[str, object]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
