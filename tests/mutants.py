"""Break the lines that matter, one at a time: the property that guards each must fail.

Run: `make mutants`, or `python -m tests.mutants [NAME …]`. Not part of `make test`: it
takes minutes. A mutant that survives, or a line that is no longer there, ends it with
an error. The tree is copied first; nothing in it is touched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("graph", "loaders", "analytics", "api", "tests", "bench", "deploy")
PATIENCE = 500.0


class Mutant(NamedTuple):
    """One line broken.

    Args:
        property: what it breaks, in the words of the requirement.
        file: where the line stands.
        line: the line, or a part of it that occurs once.
        broken: what stands there instead.
        test: the test that must fail, below tests/properties.
    """

    property: str
    file: str
    line: str
    broken: str
    test: str


PROPAGATION = "analytics/propagation"

MUTANTS = {
    "finding": Mutant(
        "engine ≡ oracle: who needs a finding waits for it",
        f"{PROPAGATION}/findings.py",
        "if not needed and not stretch.doubts:",
        "if not stretch.doubts:",
        "test_oracle.py",
    ),
    "last-day": Mutant(
        "engine ≡ oracle: who left on the day before does not answer",
        f"{PROPAGATION}/bearers.py",
        "if t.valid_from < ends and begins < t.valid_to and",
        "if t.valid_from < ends and begins <= t.valid_to and",
        "test_oracle.py",
    ),
    "threshold": Mutant(
        "engine ≡ oracle: a threshold is reached at its number, not above it",
        f"{PROPAGATION}/thresholds.py",
        "day = cause.begins if len(found) >= threshold.limit else OPEN",
        "day = cause.begins if len(found) > threshold.limit else OPEN",
        "test_oracle.py",
    ),
    "lead": Mutant(
        "a lead never becomes an effect: a name alone stays pending",
        f"{PROPAGATION}/evaluation.py",
        "if is_scoped(candidate.bearer):",
        "if is_scoped(candidate.bearer) and status is EffectStatus.REPORTED:",
        "test_oracle.py",
    ),
    "first-wins": Mutant(
        "what the law leaves open is a conflict, never first wins",
        f"{PROPAGATION}/conflicts.py",
        "    if prevails is None:\n        return None\n",
        "    if prevails is None:\n        return other\n",
        "test_oracle.py",
    ),
    "ended-by": Mutant(
        "apply then end ≡ effect until that day where the rule ends by it",
        f"{PROPAGATION}/terms.py",
        "if cause.ends < ends and _counts(cause, provision):",
        "if cause.ends < ends:",
        "test_undoing.py",
    ),
    "void": Mutant(
        "apply then void ≡ never applied",
        "graph/snapshot/facts.py",
        "if (voids := np.flatnonzero(ops == _VOID)).size:",
        "if (voids := np.flatnonzero(ops == _VOID)[1:]).size:",
        "test_undoing.py",
    ),
    "order": Mutant(
        "the order of facts is irrelevant",
        f"{PROPAGATION}/effects.py",
        "    return every if len(every) < 2 else tuple(sorted(every, key=ground_order))",
        "    return every",
        "test_invariance.py",
    ),
    "hidden": Mutant(
        "effects follow from all facts, whoever reads",
        f"{PROPAGATION}/engine.py",
        "        return _derived(snapshot.under(ALL), law)",
        "        return _derived(snapshot, law)",
        "test_invariance.py",
    ),
    "pinned": Mutant(
        "a fixed (as_of, known_at, law) never changes",
        "graph/snapshot/view.py",
        "        return replace(self, loads=self.loads[:seq])",
        "        return replace(self, loads=self.loads[: max(seq, 2)])",
        "test_invariance.py",
    ),
    "bearers": Mutant(
        "incremental ≡ full: effects of those whose posts changed are grown again",
        f"{PROPAGATION}/engine.py",
        "            moved.update(self._bearers.get(bearer, ()))",
        "            moved.update(())",
        "test_increments.py",
    ),
    "neighbours": Mutant(
        "incremental ≡ full: a link of identities reaches the facts of both groups",
        f"{PROPAGATION}/touched.py",
        "for name in group | self._neighbours(group):",
        "for name in ():",
        "test_increments.py",
    ),
    "rings": Mutant(
        "incremental ≡ full: rings never hold themselves up",
        f"{PROPAGATION}/chains.py",
        "                queue += self.replace(name, ())",
        "                self.replace(name, ())",
        "test_increments.py",
    ),
    "chained-law": Mutant(
        "another book from the differences ≡ in full",
        f"{PROPAGATION}/engine.py",
        "moved |= {e.id for e in self.effects.values() if e.measure in chained}",
        "moved |= set()",
        "test_other_law.py",
    ),
    "feed": Mutant(
        "the changes fold to what stands",
        f"{PROPAGATION}/feed.py",
        "if day_before < day <= day_after:",
        "if day_before < day < day_after:",
        "test_feed.py",
    ),
    "smallest": Mutant(
        "removing any fact of a minimal set alone does not lift the effect",
        f"{PROPAGATION}/counterfactual.py",
        "found = [one for one in found if self._is_smallest(one)]",
        "found = [one | {Supposed(f) for f in self._universe[:1]} for one in found]",
        "test_counterfactual.py",
    ),
    "outside": Mutant(
        "removing a fact outside all sets does not lift it: none is missing",
        f"{PROPAGATION}/counterfactual.py",
        "            if fact not in taken:\n",
        "            if fact not in taken and len(taken) < 1:\n",
        "test_counterfactual.py",
    ),
    "seal": Mutant(
        "an altered fact, date or article is found and named",
        "analytics/proof/checking.py",
        "            if not is_sealed(part, algorithm):",
        '            if name != "law" and not is_sealed(part, algorithm):',
        "test_proof.py",
    ),
    "claim": Mutant(
        "every effect has a proof that can be checked",
        "analytics/proof/checking.py",
        "        if claim.get(key) != found.get(key):",
        "        if claim.get(key) == found.get(key):",
        "test_proof.py",
    ),
}


def main() -> None:
    """Break one line after another and print the table."""
    wanted = sys.argv[1:] or list(MUTANTS)
    if unknown := set(wanted) - set(MUTANTS):
        sys.exit(f"There is no mutant {', '.join(sorted(unknown))}.")
    survived = []
    print("| mutant | property | line | test | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", copy)
        for name in wanted:
            mutant = MUTANTS[name]
            begun = time.monotonic()
            dead = killed(copy, mutant)
            seconds = time.monotonic() - begun
            line = " ".join(mutant.line.split()).replace("|", r"\|")
            fate = f"killed in {seconds:.0f} s" if dead else "SURVIVED"
            print(
                f"| {name} | {mutant.property} | `{line}` | {mutant.test} | {fate} |",
                flush=True,
            )
            if not dead:
                survived.append(name)
    if survived:
        sys.exit(f"Survived: {', '.join(survived)}")


def killed(copy: Path, mutant: Mutant) -> bool:
    """Return whether the property fails on the broken line.

    Raises:
        SystemExit: the line is not there once, or the tests do not run.
    """
    file = copy / mutant.file
    text = file.read_text("utf-8")
    if text.count(mutant.line) != 1:
        sys.exit(f"{mutant.file} holds {text.count(mutant.line)} × {mutant.line!r}")
    file.write_text(text.replace(mutant.line, mutant.broken), "utf-8")
    try:
        done = subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
                f"tests/properties/{mutant.test}",
            ],
            cwd=copy, capture_output=True, text=True, timeout=PATIENCE, check=False,
            env={
                **os.environ, "PYTHONPATH": str(copy), "CI": "true",
                "CREDITGRAPH_PROPERTIES": "mutants", "PYTHONDONTWRITEBYTECODE": "1",
            },
        )  # fmt: skip
    finally:
        file.write_text(text, "utf-8")
    if done.returncode not in (0, 1):
        sys.exit(f"The tests do not run:\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
    return done.returncode == 1


if __name__ == "__main__":
    main()
