"""The samples of all sources in one store: counts reconcile, and again adds nothing."""

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint
from graph.vocabulary import FactKind
from loaders.pipeline import LoadReport, load
from loaders.quarantine import Quarantine
from loaders.registry import sources
from loaders.sampling import sample_of
from tests.servers import wipe

LAW = LawBook.load()
KEYS = PersonKeys(bytes(range(32)))
ROOT = Path(str(files("loaders.sources")))
START = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Desk:
    """A store on a server and its quarantine."""

    def __init__(self, endpoint: Endpoint, folder: Path) -> None:
        wipe(endpoint)
        self.folder = folder
        self.store = BoltStore(endpoint, lock_folder=folder)
        self.store.prepare(key_check=KEYS.check_value(), purpose="test")
        self.quarantine = Quarantine(folder / "quarantine", bytes(32))

    def load(self, key: str, *, hours: int) -> LoadReport:
        """Load a copy of the sample of a source: each file has a name of its own."""
        sample = sample_of(ROOT / key)
        path = self.folder / f"{key}{sample.suffix}"
        path.write_bytes(sample.read_bytes())
        (report,) = load(
            [path],
            store=self.store,
            keys=KEYS,
            law=LAW,
            quarantine=self.quarantine,
            recorded_at=START + timedelta(hours=hours),
        )
        return report


def bring(desk: Desk) -> None:
    """Assert that every sample is taken once, and known when it comes again."""
    first = {key: desk.load(key, hours=0) for key in sources()}
    for key, report in first.items():
        assert report.source == key
        assert report.read == report.new + report.known + report.quarantined, key
        assert report.new > 0, key
    waiting = Counter(file.source for file in desk.quarantine.waiting())
    assert waiting == Counter(k for k, r in first.items() if r.quarantined)
    assert desk.store.verify().findings == ()
    stood = standing(desk.store)
    again = {key: desk.load(key, hours=1) for key in sources()}
    # A feed that adds and takes back is carried out again, and ends as it ended.
    feeds = {key for key, source in sources().items() if source.mode == "change_feed"}
    assert {key for key, r in again.items() if r.new} <= feeds
    for key, report in again.items():
        taken = first[key].new + first[key].known
        assert report.known + report.new == taken, key
        assert report.quarantined == first[key].quarantined, key
    assert standing(desk.store) == stood
    assert desk.store.verify().findings == ()


def standing(store: BoltStore) -> dict[FactKind, set[bytes]]:
    """Return the keys of the facts that stand."""
    snapshot = store.facts.snapshot()
    rows = {kind: snapshot.all_rows(kind) for kind in FactKind}
    return {kind: set(snapshot.keys(kind, found)) for kind, found in rows.items()}


@pytest.mark.embedded
def test_all_sources_live_in_one_embedded_store(
    embedded_endpoint: Endpoint, tmp_path: Path
) -> None:
    desk = Desk(embedded_endpoint, tmp_path)
    with closing(desk.store):
        bring(desk)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_all_sources_live_in_one_neo4j(
    neo4j_endpoint: Endpoint, tmp_path: Path
) -> None:
    desk = Desk(neo4j_endpoint, tmp_path)
    with closing(desk.store):
        bring(desk)
