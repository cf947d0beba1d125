"""`creditgraph load` is killed at any moment; the same command finishes the rest.

What is in the store afterwards, the rows that wait and the effects are those of a load
that nobody disturbed.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from graph.store.embedded import EmbeddedServer, Endpoint
from loaders.registry import sources
from loaders.sampling import sample_of
from loaders.synthetic import Rates, synthesize, write_mistakes
from tests.servers import wipe

ROOT: Final = Path(__file__).parents[2]
DAY: Final = date(2026, 11, 22)
NEVER: Final = 1 << 60
ROWS: Final = 60
"""Rows of a batch."""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(7_200)]


@dataclass
class Person:
    """Somebody at a terminal, with a data folder."""

    data: Path
    city: Path
    bulk_from: int = NEVER
    endpoint: Endpoint | None = None

    def start(self, *words: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "CREDITGRAPH_DATA": str(self.data)}
        environment |= {"CREDITGRAPH_EMBEDDED_MEMORY": "512m"}
        if self.endpoint:
            environment |= {
                "NEO4J_URI": self.endpoint.uri,
                "NEO4J_USER": self.endpoint.user,
                "NEO4J_PASSWORD": self.endpoint.password,
            }
        command = [sys.executable, "-m", "tests.crash.loading"]
        return subprocess.Popen(
            [*command, str(ROWS), str(self.bulk_from), *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def types(self, *words: str) -> str:
        process = self.start(*words)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out

    def asks(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))

    def load(self) -> None:
        self.types("load", str(self.city))

    def load_and_be_killed(self, after: float) -> bool:
        """Return whether the load was still at work when it was killed."""
        process = self.start("load", str(self.city))
        with process:
            time.sleep(after)
            working = process.poll() is None
            process.kill()
        return working

    def picture(self) -> dict[str, Any]:
        """Return what the store says, what waits and what follows."""
        verified = self.asks("verify")
        assert verified["ok"], verified["findings"]
        status = self.asks("status")
        assert status["files.unreconciled"] == 0
        kept = ("facts", "effects", "quarantine")
        return {
            "contents": verified["contents"],
            "counts": {k: n for k, n in status.items() if k.startswith(kept)},
            "read": status["rows.read"],
            "waiting": [
                {k: file[k] for k in ("digest", "source", "waiting", "reasons")}
                for file in sorted(
                    self.asks("quarantine", "list"), key=lambda file: file["digest"]
                )
            ],
            "left": sorted(
                path.name
                for path in self.data.iterdir()
                if path.name.startswith("first-load")
            ),
        }


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of an invented city, with wrong rows, a change feed and a whole list."""
    folder = tmp_path_factory.mktemp("city")
    synthesize(
        folder, organizations=400, seed=7, reference=DAY, rates=Rates(wrong=0.01)
    )
    write_mistakes(folder / "mistakes.csv", reference=DAY)
    for key in ("permits_2015", "penalties_2015", "cn_countermeasures"):
        place = sources()[key].folder
        sample = sample_of(Path(str(place)))
        shutil.copy(sample, folder / f"{key}{sample.suffix}")
    return folder


def endures(undisturbed: Person, killed: Person, kills: int) -> None:
    """Assert that being killed changes nothing of what there is in the end."""
    undisturbed.types("status")
    with kept_up(undisturbed):
        begun = time.monotonic()
        undisturbed.load()
        lasted = time.monotonic() - begun
        should = undisturbed.picture()
    killed.data.mkdir(mode=0o700)
    # The same secret: identifiers of persons are keyed with it.
    shutil.copy(undisturbed.data / "secret.key", killed.data)
    if killed.endpoint:
        wipe(killed.endpoint)
    seed = random.SystemRandom().randrange(10**6)
    lot = random.Random(seed)
    with kept_up(killed):
        moments = [lot.uniform(0, lasted) for _ in range(kills)]
        worked = sum(map(killed.load_and_be_killed, moments))
        print(f"seed {seed}: {worked} of {kills} loads killed while at work")
        killed.load()
        assert killed.picture() == should
        again = killed.asks("load", str(killed.city))
        feeds = {key for key, source in sources().items() if source.operation}
        assert not [r for r in again["files"] if r["new"] and r["source"] not in feeds]
        assert killed.picture() == should


@contextmanager
def kept_up(person: Person) -> Iterator[None]:
    """Keep the server, so that no command waits for Java."""
    if person.endpoint:
        yield
        return
    with EmbeddedServer(person.data / "store", memory="512m"):
        yield


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return max(4, int(request.config.getoption("--kills")) // 10)


@pytest.mark.embedded
@pytest.mark.parametrize("bulk_from", [NEVER, 0], ids=["in batches", "in bulk"])
def test_a_killed_load_is_finished_by_the_same_command(
    tmp_path: Path, city: Path, kills: int, bulk_from: int
) -> None:
    undisturbed = Person(tmp_path / "undisturbed", city)
    killed = Person(tmp_path / "killed", city, bulk_from)
    endures(undisturbed, killed, kills)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_killed_load_into_neo4j_is_finished_by_the_same_command(
    neo4j_endpoint: Endpoint, tmp_path: Path, city: Path, kills: int
) -> None:
    wipe(neo4j_endpoint)
    undisturbed = Person(tmp_path / "undisturbed", city, endpoint=neo4j_endpoint)
    killed = Person(tmp_path / "killed", city, endpoint=neo4j_endpoint)
    endures(undisturbed, killed, kills)
