"""Makes an empty store ours, and refuses one that is not.

A store belongs to one person key and one purpose for good: with another key the
same person would get a second identity, and a demonstration must never mix with
what is real.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import pyarrow as pa

from graph.errors import StoreMismatch, StoreTooNew
from graph.schema import SCHEMAS
from graph.store.queries import Row, Run, Transact, named, names
from graph.store.shapes import NODES

SCHEMA_VERSION: Final = 1
"""Grows with each series of `schema_N_…` statements."""
IMPORT: Final = "import"
"""A store that was imported and not yet opened: its first opening finishes it."""
BATCH: Final = "batch"
"""A store whose first load stopped half-way: it is emptied."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Which store this is; `seq` is where its journal stood when it was opened."""

    server: str
    schema_version: int
    purpose: str
    created_at: str
    seq: int


def check(run: Run, *, key_check: str, purpose: str) -> int:
    """Return the schema version of the store, 0 for an empty one.

    Raises:
        StoreTooNew: a later version of the program has prepared it.
        StoreMismatch: it has another key, another purpose, or is no store of ours.
    """
    rows = run("read_meta")
    if not rows:
        _refuse_foreign(run)
        return 0
    meta = rows[0]
    if meta["schema_version"] > SCHEMA_VERSION:
        raise StoreTooNew(
            f"存储是模式版本 {meta['schema_version']}，本程序只认到 {SCHEMA_VERSION}。",
            f"The store has schema version {meta['schema_version']}; this program "
            f"knows {SCHEMA_VERSION}.",
            hint_zh="请使用写入该存储的程序版本或更新的版本。",
            hint_en="Use the program version that wrote the store, or a newer one.",
        )
    if meta["key_check"] != key_check:
        raise StoreMismatch(
            "该存储是用另一个人员密钥建立的。",
            "The store was made with another person key.",
            hint_zh="请放回属于该存储的密钥文件：换用别的密钥，已知的人会有第二个标识。",
            hint_en="Put back the secret file that belongs to this store: with another "
            "one, persons known already would get a second identity.",
        )
    if meta["purpose"] != purpose:
        raise StoreMismatch(
            f"该存储的用途是 {meta['purpose']}，不是 {purpose}。",
            f"The store is for {meta['purpose']}, not for {purpose}.",
            hint_zh="请改用另一个数据库或者数据目录。",
            hint_en="Name another database or data folder.",
        )
    return int(meta["schema_version"])


def _refuse_foreign(run: Run) -> None:
    rows = run("any_node")
    if rows:
        labels = ":".join(rows[0]["labels"])
        raise StoreMismatch(
            f"数据库不是空的（有 :{labels} 节点），也不是本程序的存储。",
            f"The database is not empty (it has a node :{labels}) and is no store of "
            "this program.",
            hint_zh="请改用空的数据库。",
            hint_en="Name an empty database.",
        )


def prepare(read: Transact, write: Transact, *, key_check: str, purpose: str) -> None:
    """Make an empty store ours; bring an older one to the present schema.

    Every statement may run again: what stopped half way is taken up.
    """
    version = read(partial(check, key_check=key_check, purpose=purpose))
    if version and read(named("read_meta"))[0]["unfinished"] == BATCH:
        # Nothing of it was acknowledged; the same command does it again.
        empty(write)
        version = 0
    for name in statements(version):
        write(named(name))
    if version < SCHEMA_VERSION:
        ours = {"key_check": key_check, "purpose": purpose}
        write(named("create_meta", schema_version=SCHEMA_VERSION, **ours))
        read(partial(check, key_check=key_check, purpose=purpose))
    if read(named("read_meta"))[0]["unfinished"] == IMPORT:
        finish(write)


def empty(write: Transact) -> None:
    """Remove everything, part by part."""
    while write(named("empty_some", limit=5_000))[0]["removed"]:
        pass


def finish(write: Transact) -> None:
    """Finish what `neo4j-admin database import` cannot say: lists that are empty."""
    for kind, shape in NODES.items():
        for column in SCHEMAS[kind].columns:
            if pa.types.is_list(column.type):
                given = {"list": column.name, "empty": {column.name: []}}
                write(named(f"finish_lists/{shape.label}", **given))
    write(named("finish_bulk"))


def statements(since: int) -> list[str]:
    """Return the names of the schema statements later than version `since`."""
    return [
        name
        for version in range(since + 1, SCHEMA_VERSION + 1)
        for name in names(f"schema_{version}_")
    ]


def info_of(row: Row, *, agent: str, seq: int) -> StoreInfo:
    """Return what the store and its server say of themselves."""
    return StoreInfo(
        server=_server_name(agent),
        schema_version=row["schema_version"],
        purpose=row["purpose"],
        created_at=row["created_at"],
        seq=seq,
    )


def _server_name(agent: str) -> str:
    """Return "ArcadeDB 26.10" for "Neo4j/5.26.0 compatible (ArcadeDB 26.10)"."""
    if agent.endswith(")") and "(" in agent:
        return agent[agent.index("(") + 1 : -1]
    return agent.replace("/", " ")


def refuse_start_over(run: Run) -> None:
    """Return when the store may be emptied: it is a demonstration, or empty.

    Raises:
        StoreMismatch: the store is for something else.
    """
    rows = run("read_meta")
    if not rows:
        _refuse_foreign(run)
    elif rows[0]["purpose"] != "demo":
        raise StoreMismatch(
            f"该存储的用途是 {rows[0]['purpose']}；只有演示用的存储才可以清空。",
            f"The store is for {rows[0]['purpose']}; only a demonstration is emptied.",
            hint_zh="请改用另一个数据库或者数据目录。",
            hint_en="Name another database or data folder.",
        )
