"""The README's own commands, run as a reader would: the blocks between the fences.

What stands for something of the reader's (`my-files/`, `EFFECT`, `SANCTION`) is filled
in from the sample city; nothing else is changed.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.store.embedded import EmbeddedServer

pytestmark = [pytest.mark.embedded, pytest.mark.slow, pytest.mark.xdist_group("readme")]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = Path(sys.executable).parent / "creditgraph"


def commands(heading: str) -> list[str]:
    """Return the commands of the blocks between this heading and the next."""
    section = README.split(heading, 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.S)
    lines = [
        line.split("  #")[0].strip() for block in blocks for line in block.split("\n")
    ]
    return [line for line in lines if line.startswith("creditgraph ")]


class Shell:
    """A reader's folder, in which a data folder and the files lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(data=folder / "my-data", embedded_memory="512m")

    def run(
        self, command: str, *, answer: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run one command; `answer` is typed in."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CREDITGRAPH_", "NEO4J_"))
        }
        environment |= {
            "CREDITGRAPH_DATA": "my-data",
            "CREDITGRAPH_EMBEDDED_MEMORY": "512m",
        }
        return subprocess.run(
            [PROGRAM, *shlex.split(command)[1:]],
            cwd=self.folder,
            env=environment,
            input=answer,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def ask(self, command: str) -> str:
        """Run a command that must succeed and return what it printed."""
        done = self.run(command, answer="y\n")
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "examples" / "mistakes", folder / "examples" / "mistakes")
    shutil.copy(ROOT / "examples" / "if.yaml", folder / "examples")
    shutil.copytree(
        ROOT / "examples" / "city",
        folder / "my-files",
        ignore=shutil.ignore_patterns("*.json", "*.md"),
    )
    shell = Shell(folder)
    shell.ask("creditgraph status")
    # Kept up, so that each command attaches instead of starting Java again.
    with EmbeddedServer(shell.settings.data / "store", memory="512m"):
        yield shell


def test_five_minutes_with_your_own_files(shell: Shell) -> None:
    listed = commands("## 五分钟")
    assert len(listed) >= 10
    names: dict[str, str] = {}
    for line in listed:
        if not names and re.search("EFFECT|SANCTION", line):
            names = examples(shell)
        command = line
        for word, name in names.items():
            command = command.replace(word, name)
        shown = shell.ask(command)
        assert shown.strip(), command
        if command.startswith("creditgraph load my-files/ --dry-run"):
            assert json.loads(shell.ask("creditgraph status --json"))["facts"] == 0
        if command.startswith("creditgraph end"):
            key = names["SANCTION"]
            again = shell.run(
                f"creditgraph end {key} --document 文号 --authority 机关 --yes"
            )
            assert again.returncode == 4
            assert "终止" in again.stdout + again.stderr


def examples(shell: Shell) -> dict[str, str]:
    """Return an effect and the sanction that it rests on."""
    code = re.findall(r"creditgraph effects (\w+)", README)[0]
    effects = json.loads(shell.ask(f"creditgraph effects {code} --json"))
    found = effects["effects"] if isinstance(effects, dict) else effects
    subject = json.loads(shell.ask(f"creditgraph subject {code} --json"))
    return {"EFFECT": found[0]["id"], "SANCTION": subject["sanctions"][0]["key"]}


def test_the_file_with_three_mistakes_is_told_line_by_line(shell: Shell) -> None:
    told = shell.ask(
        "creditgraph load examples/mistakes/registrations_with_mistakes.csv"
    )
    assert re.search(r"隔离 3\b", told)
    assert len(re.findall(r"第 \d+ 行", told)) == 3
