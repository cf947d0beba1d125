"""The first load of the embedded server: all of it or nothing."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.batch import Load
from graph.store.bulk.collecting import Collector, beginning
from graph.store.bulk.embedded import draw
from graph.store.bulk.painting import Painting
from graph.store.bulk.spool import Spool
from graph.store.embedded import BatchDoor
from graph.store.preparing import BATCH
from graph.store.queries import Transact, named

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """A load into a store that knows no fact yet.

    Args:
        door: where the server takes a graph in one stream.
        loads: the entries its journal has already.
        spool: a file on a disk with room for the journal; whoever writes is alone,
            so one that is there was left by a killed load and is removed.
    """

    door: BatchDoor
    loads: Sequence[Load]
    spool: Path

    def take(
        self,
        bring: Callable[[Collector], T],
        write: Transact,
        *,
        undo: Callable[[], None],
    ) -> T:
        """Take what `bring` appends; the last thing written says that it is whole.

        Args:
            bring: appends every batch.
            write: does work in a transaction of its own.
            undo: empties the store: half a graph must not be written to.
        """
        self.spool.unlink(missing_ok=True)
        with closing(Spool(self.spool)) as spool:
            collector = Collector(spool, *beginning(self.loads))
            answer = bring(collector)
            write(named("begin_bulk", state=BATCH))
            try:
                draw(self.door, Painting(collector.facts, spool.entries))
                # The batch door does not sync what it writes; the entries below do.
                os.sync()
                for load, pages in spool.entries():
                    write(named("write_entry", load=load, pages=pages))
                write(named("finish_bulk"))
            except BaseException:
                undo()
                raise
            return answer
