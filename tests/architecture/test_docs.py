"""The documents tell the truth: commands, settings and exit codes."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli import app
from api.console import EXIT_CODES, EXIT_FAULTS
from api.settings import Settings

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def variables() -> list[str]:
    return [
        str(field.validation_alias or f"CREDITGRAPH_{name.upper()}")
        for name, field in Settings.model_fields.items()
    ]


@pytest.mark.parametrize("variable", variables())
def test_every_setting_is_documented_with_its_default(variable: str) -> None:
    rows = [r for r in text("docs/reference/settings.md").splitlines() if variable in r]
    assert rows, f"{variable} is missing"
    name = next(
        n
        for n, f in Settings.model_fields.items()
        if variable in (f.validation_alias, f"CREDITGRAPH_{n.upper()}")
    )
    default = Settings.model_fields[name].default
    assert default is None or f"`{default}`" in rows[0]


def test_no_setting_is_documented_that_is_not_there() -> None:
    named = set(
        re.findall(
            r"^\| `((?:CREDITGRAPH|NEO4J|DEMO)_\w+)`",
            text("docs/reference/settings.md"),
            re.M,
        )
    )
    assert named == set(variables())


def commands() -> list[str]:
    root: Any = typer.main.get_command(app)
    return sorted(root.commands)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"`creditgraph {command}" in text("docs/reference/cli.md")


def test_no_command_is_documented_that_is_not_there() -> None:
    named = set(
        re.findall(r"^\| `creditgraph ([\w-]+)", text("docs/reference/cli.md"), re.M)
    )
    assert named == set(commands())


def test_every_exit_code_is_documented() -> None:
    section = text("docs/reference/cli.md").split("Exit codes", 1)[1]
    named = {int(n) for n in re.findall(r"^\| (\d+) \|", section, re.M)}
    assert named == {0, EXIT_FAULTS} | {code for _, code in EXIT_CODES}


def test_every_make_target_of_the_readme_is_there_and_explained() -> None:
    named = set(re.findall(r"`make (\w+)`", text("README.md")))
    targets = set(re.findall(r"^(\w+):.*##", text("Makefile"), re.M))
    assert named
    assert named <= targets


def test_every_path_of_the_readme_exists() -> None:
    paths = re.findall(r"\]\(([^)#:]+)\)", text("README.md"))
    assert paths
    assert [p for p in paths if not (ROOT / p).exists()] == []


def test_the_lock_names_no_index_and_hashes_everything() -> None:
    lock = text("requirements.lock")
    assert "http" not in re.sub(
        r"(?m)^\s*#.*$|httpx|httpcore|httptools|httplib2", "", lock
    )
    pinned = re.findall(r"(?m)^[a-z0-9].*==.*$", lock)
    assert pinned
    assert all(line.rstrip().endswith("\\") for line in pinned)


def test_the_wheel_carries_the_four_packages_only() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    target = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert target["packages"] == ["graph", "loaders", "analytics", "api"]
