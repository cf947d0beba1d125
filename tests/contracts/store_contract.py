"""What every store must do, whichever server it speaks to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint
from tests.contracts.details import DetailsContract
from tests.contracts.drawing import DrawingContract
from tests.contracts.effects import EffectsContract
from tests.contracts.journaling import JournalContract
from tests.contracts.lines import LinesContract
from tests.contracts.opening import OpeningContract
from tests.contracts.seen import Database
from tests.contracts.verifying import VerifyContract
from tests.contracts.withdrawing import WithdrawingContract
from tests.contracts.writers import WritersContract
from tests.servers import wipe

KEY_CHECK = "0f"


class StoreContract(
    OpeningContract,
    JournalContract,
    DrawingContract,
    DetailsContract,
    EffectsContract,
    VerifyContract,
    WithdrawingContract,
    WritersContract,
    LinesContract,
):
    """The whole contract; a subclass names the server with two fixtures.

    `endpoint` is a server that may be wiped, `lock_folder` what orders its writers.
    """

    @pytest.fixture
    def blank(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint of an empty database."""
        wipe(endpoint)
        return endpoint

    @pytest.fixture
    def database(self, blank: Endpoint) -> Iterator[Database]:
        seen = Database(blank)
        yield seen
        seen.close()

    @pytest.fixture
    def store(self, blank: Endpoint, lock_folder: Path | None) -> Iterator[BoltStore]:
        opened = BoltStore(blank, lock_folder=lock_folder)
        opened.prepare(key_check=KEY_CHECK, purpose="demo")
        yield opened
        opened.close()

    @pytest.fixture
    def other(self, store: BoltStore) -> Iterator[BoltStore]:
        """A second user of the same store, in this process."""
        opened = BoltStore(store.endpoint, lock_folder=store.lock_folder)
        opened.prepare(key_check=KEY_CHECK, purpose="demo")
        yield opened
        opened.close()
