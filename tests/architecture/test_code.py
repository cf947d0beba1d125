"""Promises about the code that the type checker cannot keep."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import CreditGraphError

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "loaders", "analytics", "api")
SOURCES = sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def test_imports_keep_to_the_layers() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines())
        for p in SOURCES
    }
    assert {p: n for p, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long: dict[str, int] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1 if ast.get_docstring(node) else 0 :] or node.body
                length = (node.end_lineno or 0) - first[0].lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert [p for p in SOURCES if p.stem == name] == []


def test_every_error_has_a_code_and_codes_that_differ_in_meaning_differ() -> None:
    for path in SOURCES:
        __import__(_module(path))
    errors = {e for e in _family(CreditGraphError) if not e.__name__.startswith("_")}
    own = {e: e.__dict__["code"] for e in errors if "code" in e.__dict__}
    assert set(own) == errors, "an error inherits its parent's code"
    assert len(set(own.values())) == len(own)


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] in {"__init__", "__main__"} else parts)


def _family(cls: type[CreditGraphError]) -> set[type[CreditGraphError]]:
    return {cls}.union(*(_family(sub) for sub in cls.__subclasses__()))


def test_only_the_clock_reads_the_clock_and_only_settings_the_environment() -> None:
    """Ruff bans the names; this makes sure that nobody bans the ban elsewhere."""
    allowed = {ROOT / "api/clock.py", ROOT / "api/settings.py"}
    found = [
        f"{p.relative_to(ROOT)}: {line.strip()}"
        for p in SOURCES
        if p not in allowed
        for line in p.read_text("utf-8").splitlines()
        if "noqa" in line and ("TID251" in line or "DTZ" in line)
    ]
    assert found == []
