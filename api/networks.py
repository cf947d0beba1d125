"""Networks by what they depend on: one is made when it is first asked for, then kept.

Two are kept, because one of five million edges takes about 170 MB. A load that
touches no post, holding, branch, link or contact leaves a network as it is.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final

from analytics.network.network import Network, network_of, stamp
from graph.snapshot import Snapshot

_KEPT: Final = 2
_SMALL_BYTES: Final = 20_000_000
_SMALL_KEPT: Final = 16


class Networks:
    """The networks last asked about."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Network] = OrderedDict()
        self._lock = Lock()

    def of(self, snapshot: Snapshot, day: int) -> Network:
        """Return the network that a reader may see on a day.

        Args:
            snapshot: under the reader's scope.
            day: as a number.
        """
        key = stamp(snapshot, day)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = network_of(snapshot, day)
                self._forget(found)
            self._kept.move_to_end(key)
            return found

    def _forget(self, newest: Network) -> None:
        most = _SMALL_KEPT if newest.nbytes < _SMALL_BYTES else _KEPT
        while len(self._kept) > most:
            self._kept.popitem(last=False)
