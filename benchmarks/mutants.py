"""Mutation of the law: changes a condition, a connective or a comparison in `transfers/law` and asks the golden routes to notice.

    python benchmarks/mutants.py [HOW_MANY]

Needs `pip install cosmic-ray`, which does the work; works on a copy of the checkout. A mutant that survives is a missing golden
route or dead code. The sample is drawn with a fixed seed, so that two runs over the same code ask about the same mutants.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TELLING = (
    "core/AddNot",
    "core/ReplaceComparisonOperator_Is_IsNot",
    "core/ReplaceComparisonOperator_IsNot_Is",
    "core/ReplaceComparisonOperator_Eq_NotEq",
    "core/ReplaceComparisonOperator_NotEq_Eq",
    "core/ReplaceOrWithAnd",
    "core/ReplaceAndWithOr",
    "core/ReplaceBinaryOperator_BitOr_BitAnd",
    "core/ReplaceBinaryOperator_BitAnd_BitOr",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
)
"""Operators that change what the law says; the others change types, and break before any route is read."""

CONFIG = """[cosmic-ray]
module-path = "transfers/law"
timeout = 60.0
excluded-modules = []
test-command = "{python} -m pytest -q -x -p no:cacheprovider tests/transfers/test_golden.py -k golden_routes"
[cosmic-ray.distributor]
name = "local"
"""


def main(how_many: int) -> None:
    """Draw mutants, run the golden routes against each, print the score and who survived."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        (copy / "mutants.toml").write_text(CONFIG.format(python=sys.executable), encoding="utf-8")
        _cosmic_ray(copy, "init", "mutants.toml", "session.sqlite")
        session = copy / "session.sqlite"
        drawn = _draw(session, how_many)
        _cosmic_ray(copy, "exec", "mutants.toml", "session.sqlite")
        survivors = _survivors(session)
    for where in survivors:
        print(f"survived: {where}")
    print(f"mutants.tried: {drawn}")
    print(f"mutants.killed: {drawn - len(survivors)}")
    print(f"mutants.score: {(drawn - len(survivors)) / drawn:.3f}")


def _cosmic_ray(folder: Path, *words: str) -> None:
    tool = Path(sys.executable).with_name("cosmic-ray")
    subprocess.run(
        [str(tool), *words], cwd=folder, check=True, env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"}
    )


def _draw(session: Path, how_many: int) -> int:
    """Leave only a sample of the telling mutants in the session."""
    with sqlite3.connect(session) as store:
        marks = ",".join("?" * len(TELLING))
        rows = store.execute(f"SELECT job_id FROM mutation_specs WHERE operator_name IN ({marks})", TELLING)
        jobs = [row[0] for row in rows]
        order = store.execute(
            "SELECT job_id, module_path, start_pos_row, operator_name, occurrence FROM mutation_specs"
        )
        place = {row[0]: row[1:] for row in order}
        jobs = sorted(
            (job for job in jobs if not _is_annotation(session.parent, *place[job][:2])), key=place.__getitem__
        )
        kept = set(random.Random(1).sample(jobs, min(how_many, len(jobs))))
        dropped = [(job,) for job in place if job not in kept]
        store.executemany("DELETE FROM mutation_specs WHERE job_id = ?", dropped)
        store.executemany("DELETE FROM work_items WHERE job_id = ?", dropped)
    return len(kept)


def _is_annotation(copy: Path, module: str, row: int) -> bool:
    """`X | None` in an annotation is never evaluated."""
    return "| None" in (copy / module).read_text(encoding="utf-8").splitlines()[row - 1]


def _survivors(session: Path) -> list[str]:
    with sqlite3.connect(session) as store:
        rows = store.execute(
            "SELECT module_path, start_pos_row, operator_name FROM mutation_specs JOIN work_results USING (job_id) "
            "WHERE test_outcome LIKE '%SURVIVED%' ORDER BY 1, 2"
        )
        return [f"{path}:{row} {operator.removeprefix('core/')}" for path, row, operator in rows]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
