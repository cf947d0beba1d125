"""The graph store over Bolt, for the embedded server and for Neo4j alike.

The only importer of the driver. One private function sends text to the server and
takes it from graph.store.queries by name. Work in a transaction may run more than
once and must not mind: an answer can be lost after the server has committed.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar

import neo4j
from neo4j import exceptions as refused

from graph.batch import Batch, Load, Page, Receipt
from graph.errors import NotFound, StoreDamaged, StoreError, StoreUnavailable
from graph.scope import Scope
from graph.snapshot.facts import Facts
from graph.store import appending, details, journal, preparing, projection, verify
from graph.store.bulk.collecting import Collector
from graph.store.bulk.first_load import FirstLoad
from graph.store.embedded import BatchDoor, Endpoint
from graph.store.locks import writer_lock
from graph.store.preparing import StoreInfo
from graph.store.projection import EffectDelta, ProjectionState
from graph.store.queries import TEXTS, Row, Run, named
from graph.store.subjects import Drawn
from graph.store.verify import VerifyReport
from graph.vocabulary import FactKind, LoadKind

T = TypeVar("T")

_READ_BUDGET, _WRITE_BUDGET = 8.0, 30.0
"""Seconds in which a failed transaction is tried again."""
_OVERTAKEN: Final = 5.0
"""Seconds in which a commit that a unique key refuses is tried again."""
_READ_LIMIT, _WRITE_LIMIT, _SWEEP_LIMIT = 30.0, 120.0, 1_800.0
"""Seconds after which the server gives a transaction up; a sweep reads everything."""
_FETCH: Final = 1_000
_PAUSE: Final = 0.2


class BoltStore:
    """Facts, journal and graph of one deployment.

    Args:
        endpoint: the server and how to enter it.
        lock_folder: folder whose lock orders writers; needed for the embedded
            server, which is optimistic. Neo4j orders them by its own lock.
        door: where the embedded server takes a first load in one stream.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        lock_folder: Path | None = None,
        door: BatchDoor | None = None,
    ) -> None:
        self.endpoint, self.lock_folder, self._door = endpoint, lock_folder, door
        self._driver = _driver(endpoint)
        self._lock = RLock()
        self._info: StoreInfo | None = None
        self.facts = Facts()
        self._drawn = Drawn(self.facts)

    def close(self) -> None:
        """Close the connections; the server goes on."""
        self._driver.close()

    # ---- opening ---------------------------------------------------------

    def prepare(self, *, key_check: str, purpose: str) -> StoreInfo:
        """Return which store this is, after making an empty one ours.

        Args:
            key_check: what the deployment's person key makes of a fixed text.
            purpose: "production", "demo" …; a store keeps its first one.

        Raises:
            StoreUnavailable: the server does not answer or refuses the password.
            StoreTooNew: a later version of the program prepared the store.
            StoreMismatch: another key, another purpose, or not a store of ours.
        """
        with self._guarded():
            self._driver.verify_connectivity()
        with self._writing():
            preparing.prepare(
                self._read, self._write, key_check=key_check, purpose=purpose
            )
        (meta,) = self._read(named("read_meta"))
        agent = self._driver.get_server_info().agent
        self._info = preparing.info_of(meta, agent=agent, seq=self.head())
        return self._info

    @property
    def info(self) -> StoreInfo:
        """Return which store this is.

        Raises:
            StoreError: the store was not prepared.
        """
        if self._info is None:
            raise StoreError(
                "存储尚未准备。",
                "The store was not prepared.",
                hint_zh="请先调用 prepare。",
                hint_en="Call prepare first.",
            )
        return self._info

    def start_over(self) -> None:
        """Empty a store whose purpose is "demo"; an empty one stays so.

        Raises:
            StoreMismatch: the store is for something else.
        """
        with self._writing():
            self._read(preparing.refuse_start_over)
            self._empty()

    def _empty(self) -> None:
        preparing.empty(self._write)
        self.facts = Facts()
        self._drawn = Drawn(self.facts)

    # ---- writing ---------------------------------------------------------

    def append(self, batch: Batch) -> Receipt:
        """Write the batch in one transaction and return what became of its rows.

        A batch that was acknowledged before, or that brings nothing new, writes
        nothing.

        Raises:
            BadInput: a row contradicts its schema or another row.
            AlreadyVoided: a row asserts a fact that was voided by decision.
            NotFound: a void of something that nobody asserts.
            StoreUnavailable: the server did not answer in time; sending the batch
                again is safe.
        """
        with self._writing():
            while True:
                work = partial(appending.append, batch, self.facts, self._drawn)
                try:
                    written = self._write(work)
                except appending.Behind:
                    self.catch_up()
                except appending.Settled as settled:
                    self.catch_up()
                    return settled.receipt
                except StoreDamaged:
                    if not self._drawn.forget():  # nodes may have other numbers now
                        raise
                else:
                    self.facts.apply(written.load, written.pages)
                    self._drawn.remember(written.places)
                    return written.receipt

    @property
    def takes_bulk(self) -> bool:
        """Return whether a first load may come in one stream: no fact is known yet."""
        empty = all(table.size == 0 for table in self.facts.tables.values())
        return self._door is not None and empty

    def bulk(self, bring: Callable[[Collector], T], spool: Path) -> T:
        """Take the first load of an empty store in one stream; all of it or nothing.

        Args:
            bring: appends every batch.
            spool: a file on a disk with room for the journal, for the time of the load.

        Raises:
            StoreError: the store is not empty, or the server refused something; what
                was half-written is removed when the store is opened next.
        """
        with self._writing():
            self.catch_up()
            if self._door is None or not self.takes_bulk:
                raise StoreError("存储不是空的。", "The store is not empty.")
            work = FirstLoad(self._door, self.facts.loads, spool)
            answer = work.take(bring, self._write, undo=self._empty)
            self.catch_up()
            return answer

    # ---- reading ---------------------------------------------------------

    def head(self) -> int:
        """Return the number of the last load in the store, 0 before the first."""
        rows = self._read(named("head"))
        return int(rows[0]["seq"]) if rows else 0

    def catch_up(self) -> int:
        """Apply what others wrote to `facts`; return how many loads that was."""
        with self._lock:
            return appending.catch_up(self._ask, self.facts, self.head())

    def loads(self, since: int = 0) -> Iterator[Load]:
        """Yield the loads after number `since`, in order."""
        rows = journal.loads(self._ask, since, self.head())
        return map(journal.load_of, rows)

    def pages(self, since: int = 0, until: int | None = None) -> Iterator[Page]:
        """Yield the pages of the loads after `since` up to `until`, in order."""
        end = self.head() if until is None else until
        for _, rows in journal.entries(self._ask, since, end):
            yield from journal.decoded(rows)

    def law_books(self) -> list[Load]:
        """Return the loads that brought a law book; `payload` has its content."""
        return [load for load in self.loads() if load.kind is LoadKind.LAW]

    def payload(self, seq: int) -> bytes:
        """Return the bytes that load `seq` carries; empty when it carries none.

        Raises:
            NotFound: the journal has no such load.
        """
        for _, rows in journal.entries(self._ask, seq - 1, seq):
            return journal.payload_of(rows)
        raise NotFound(
            f"账本中没有第 {seq} 次载入。", f"The journal has no load {seq}."
        )

    def details(
        self, kind: FactKind, keys: Sequence[bytes], *, scope: Scope
    ) -> dict[bytes, dict[str, Any]]:
        """Return all columns, long texts too, of the facts that stand.

        A key that nobody asserts, or that the scope does not allow, is not in the
        answer.
        """
        return self._read(lambda run: details.read(run, self.facts, kind, keys, scope))

    # ---- effects ---------------------------------------------------------

    def project_effects(
        self, delta: EffectDelta, *, load: int, law_digest: str
    ) -> None:
        """Bring the projection of effects to what was derived at `load`.

        A projection that another process has brought further is left alone.
        """
        with self._writing():
            for part in projection.steps(delta):
                self._write(partial(projection.write, part, load, law_digest))

    def projected_ids(self) -> set[str]:
        """Return the identifiers of all effects in the graph."""
        return {row["id"] for row in self._read(named("effect_ids"))}

    def projection_state(self) -> ProjectionState:
        """Return how far the projection is."""
        return self._read(projection.state)

    def verify(self) -> VerifyReport:
        """Return what in graph, journal and projection is not as it should be.

        If something was found while others wrote, it looks again with the writers
        held back.
        """
        report = verify.verify(self._sweep, self._ask)
        if not report.ok and report.seq != self.head():
            alone = partial(verify.verify_alone, self._sweep, self._ask)
            with self._writing():
                report = self._write(alone, limit=_SWEEP_LIMIT)
        return report

    # ---- the connection --------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Order writers: threads by a lock, processes by the folder's."""
        lock: AbstractContextManager[None] = nullcontext()
        if self.lock_folder is not None:
            lock = writer_lock(self.lock_folder)
        with self._lock, lock:
            yield

    def _sweep(self, query: str, **values: object) -> Iterator[Row]:
        """Yield the rows of a query that reads everything; it is not tried again."""
        with (
            self._guarded(),
            self._session(_READ_BUDGET) as session,
            session.begin_transaction(timeout=_SWEEP_LIMIT) as tx,
        ):
            yield from _stream(tx, query, values)

    def _ask(self, query: str, **values: object) -> list[Row]:
        return self._read(named(query, **values))

    def _read(self, work: Callable[[Run], T]) -> T:
        return self._again(
            lambda session: session.execute_read(_unit(work, _READ_LIMIT)), _READ_BUDGET
        )

    def _write(self, work: Callable[[Run], T], *, limit: float = _WRITE_LIMIT) -> T:
        return self._again(
            lambda session: session.execute_write(_unit(work, limit)), _WRITE_BUDGET
        )

    def _again(self, attempt: Callable[[neo4j.Session], T], budget: float) -> T:
        """Return what the attempt does, trying again until the budget is spent.

        The driver does not try again when the answer to a commit is lost, or when the
        commit of a writer that was killed came between; all work here may run twice.
        """
        began = time.monotonic()
        while True:
            with self._guarded(), self._session(budget) as session:
                try:
                    return attempt(session)
                except (refused.IncompleteCommit, refused.ConstraintError) as error:
                    lost = isinstance(error, refused.IncompleteCommit)
                    if time.monotonic() - began > (budget if lost else _OVERTAKEN):
                        raise
            time.sleep(_PAUSE)

    def _session(self, budget: float) -> neo4j.Session:
        return self._driver.session(
            database=self.endpoint.database,
            fetch_size=_FETCH,
            max_transaction_retry_time=budget,
            initial_retry_delay=0.2,
            retry_delay_multiplier=1.4,
        )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        place = self.endpoint.uri
        try:
            yield
        except refused.AuthError as error:
            raise StoreUnavailable(
                f"{place} 拒绝用户 {self.endpoint.user} 的密码。",
                f"{place} refuses the password of user {self.endpoint.user}.",
                hint_zh="请核对数据库的用户名和密码。",
                hint_en="Check the user and the password of the database.",
            ) from error
        except (refused.DriverError, refused.TransientError, OSError) as error:
            raise StoreUnavailable(
                f"数据库 {place} 没有应答：{_said(error)}",
                f"The database at {place} does not answer: {_said(error)}",
                hint_zh="请启动数据库，或者核对地址和网络。",
                hint_en="Start the server, or check its address and the network.",
            ) from error
        except refused.Neo4jError as error:
            raise StoreError(
                f"数据库 {place} 拒绝执行语句：{_said(error)}",
                f"The database at {place} refused a query: {_said(error)}",
            ) from error


def _driver(endpoint: Endpoint) -> neo4j.Driver:
    """Return the driver; with its own values a dead server looks like a hung page.

    Those wait 60 s for a pooled connection, 30 s for a new one, and check no idle one.
    """
    return neo4j.GraphDatabase.driver(
        endpoint.uri,
        auth=(endpoint.user, endpoint.password),
        connection_acquisition_timeout=5.0,
        connection_timeout=3.0,
        liveness_check_timeout=30.0,
        max_connection_pool_size=16,
        notifications_min_severity="OFF",
        user_agent="creditgraph",
    )


def _unit(
    work: Callable[[Run], T], limit: float
) -> Callable[[neo4j.ManagedTransaction], T]:
    @neo4j.unit_of_work(timeout=limit)
    def unit(tx: neo4j.ManagedTransaction) -> T:
        return work(partial(_send, tx))

    return unit


def _send(tx: neo4j.ManagedTransaction, query: str, **values: object) -> list[Row]:
    return list(_stream(tx, query, values))


def _stream(
    tx: neo4j.ManagedTransaction | neo4j.Transaction, query: str, values: Row
) -> Iterator[Row]:
    """Run one of the known texts; the only place that sends text to a server."""
    for record in tx.run(TEXTS[query], values):
        yield dict(zip(record.keys(), record.values(), strict=True))


def _said(error: Exception) -> str:
    """Return the first line of what the driver says."""
    return (str(error).splitlines() or [type(error).__name__])[0]
