"""A batch killed at fifty random moments, each time taken up: it ends with the bytes of an undisturbed one."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from varied import ROOT, varied

from transfers.portfolio.sheets import CsvFile
from transfers.tables.dotted import cells_of

KILLS, ROWS = 50, 600


def main() -> None:
    """Kill, take up, compare."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        routes = folder / "routes.csv"
        _write(routes)
        start = time.monotonic()
        subprocess.run(_command(routes, folder / "undisturbed"), check=True, capture_output=True)
        whole = time.monotonic() - start
        random = Random(1)
        killed = same = 0
        while killed < KILLS:
            with subprocess.Popen(_command(routes, folder / "killed"), stdout=subprocess.DEVNULL) as running:
                time.sleep(random.uniform(0, whole))
                running.send_signal(signal.SIGKILL)
            killed += running.returncode == -signal.SIGKILL
            if random.randrange(5) == 0:
                subprocess.run(_command(routes, folder / "killed"), check=True, capture_output=True)
                same += _files(folder / "killed") == _files(folder / "undisturbed") or _differ()
        subprocess.run(_command(routes, folder / "killed"), check=True, capture_output=True)
        same += _files(folder / "killed") == _files(folder / "undisturbed") or _differ()
        print(f"killed.kills: {killed}")
        print(f"killed.finished_the_same: {same}")


def _write(path: Path) -> None:
    rows = [cells_of(route) for route in varied(ROWS, seed=4)]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    file = CsvFile(path, headings)
    for row in rows:
        file.add([row.get(name, "") for name in headings])
    file.close()


def _command(routes: Path, folder: Path) -> list[str]:
    transborder = str(Path(sys.executable).with_name("transborder"))
    workspace = str(ROOT / "examples" / "workspace")
    return [transborder, "batch", str(routes), "-o", str(folder), "--workspace", workspace, "--as-of", "2026-11-23"]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _differ() -> int:
    raise SystemExit("the bytes differ from those of an undisturbed run")


if __name__ == "__main__":
    main()
