"""The projection of effects: what follows from the facts, for people who look.

Derived elsewhere, written here as a delta and never read back for an answer. It is
the one part of the graph in which something is deleted. Its stamp says up to which
load and under which law book it was derived.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

from graph.store import journal
from graph.store.queries import Row, Run

CHUNK: Final = 2_000
"""Effects a transaction."""

CAUSES: Final = ("Sanction", "Record")
"""Labels of what an effect can follow from."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One effect as it stands in the graph.

    Args:
        rules: rule versions as `KEY@day`.
        sanctions: keys (hex) of the sanctions or records it goes back to.
    """

    id: str
    bearer: str
    measure: str
    measure_zh: str
    scope: str
    jurisdiction: str
    status: str
    status_zh: str
    valid_from: date | None
    valid_to: date | None
    rules: Sequence[str] = ()
    sanctions: Sequence[str] = ()

    def properties(self) -> Row:
        """Return the properties of the node; `digest` is over all others."""
        values = {n: v for n, v in asdict(self).items() if v is not None}
        values["rules"], values["sanctions"] = list(self.rules), list(self.sanctions)
        return values | {"digest": f"{digest_of(values):016x}"}


@dataclass(frozen=True, slots=True)
class EffectDelta:
    """What changed: effects to write, and identifiers of those that are gone."""

    upserts: Sequence[EffectRow] = ()
    removed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ProjectionState:
    """How far the projection is; `digest` does not depend on the order of effects."""

    load: int = 0
    law_digest: str = ""
    count: int = 0
    digest: str = f"{0:016x}"


def digest_of(properties: Mapping[str, Any]) -> int:
    """Return a number for these properties; the stamps and itself do not enter."""
    names = sorted(set(properties) - {"digest", "load", "law_digest"})
    text = "\x1f".join(f"{name}={_text(properties[name])}" for name in names)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _text(value: Any) -> str:
    return "\x1e".join(map(str, value)) if isinstance(value, list) else str(value)


def steps(delta: EffectDelta) -> Iterator[EffectDelta]:
    """Yield the delta in parts, one a transaction; always at least one."""
    upserts, removed = iter(delta.upserts), iter(delta.removed)
    while True:
        part = EffectDelta(
            upserts=tuple(islice(upserts, CHUNK)), removed=tuple(islice(removed, CHUNK))
        )
        if not part.upserts and not part.removed:
            break
        yield part
    yield EffectDelta()


def state(run: Run) -> ProjectionState:
    """Return how far the projection is; all zero before the first."""
    rows = run("read_projection")
    return ProjectionState(**rows[0]) if rows else ProjectionState()


def write(part: EffectDelta, load: int, law_digest: str, run: Run) -> None:
    """Write one part and the stamp with it, so that both always agree.

    What stands already as it should is left alone: a new process may send all. A
    projection that another process has brought further is not touched.
    """
    journal.lock(run, "projection")
    stamp = state(run)
    if stamp.load > load:
        return
    rows = [row.properties() for row in part.upserts]
    known = _digests(run, [*(row["id"] for row in rows), *part.removed])
    changed = [row for row in rows if known.get(row["id"]) != row["digest"]]
    removed = [id_ for id_ in part.removed if id_ in known]
    marks = {"load": load, "law_digest": law_digest}
    _remove(run, removed)
    _put(run, [row | marks for row in changed], set(known))
    gone = [known[row["id"]] for row in changed if row["id"] in known]
    gone += [known[id_] for id_ in removed]
    new = [row["digest"] for row in changed]
    run(
        "write_projection",
        **marks,
        count=stamp.count + len(new) - len(gone),
        digest=toggled(stamp.digest, [*gone, *new]),
    )


def toggled(digest: str, others: Iterable[str]) -> str:
    """Return the digest of a set with these members entered or taken out."""
    value = int(digest, 16)
    for other in others:
        value ^= int(other, 16)
    return f"{value:016x}"


def _digests(run: Run, ids: list[str]) -> dict[str, str]:
    rows = run("known_effects", ids=ids) if ids else []
    return {row["id"]: row["digest"] for row in rows}


def _remove(run: Run, ids: list[str]) -> None:
    if ids:
        run("remove_effects", ids=ids)


def _put(run: Run, rows: list[Row], known: set[str]) -> None:
    if not rows:
        return
    if again := [row["id"] for row in rows if row["id"] in known]:
        run("unlink_effects", ids=again)
    run("put_effects", rows=rows)
    new = [row for row in rows if row["id"] not in known]
    if new:
        run("bear_effects", rows=[{"id": r["id"], "bearer": r["bearer"]} for r in new])
    _put_rules(run, rows)
    for label in CAUSES:
        causes = [{"effect": r["id"], "cause": c} for r in rows for c in r["sanctions"]]
        if causes:
            run(f"let_follow/{label}", rows=causes)


def _put_rules(run: Run, rows: list[Row]) -> None:
    pairs = [
        {"effect": row["id"], "rule": rule} for row in rows for rule in row["rules"]
    ]
    rules = sorted({pair["rule"] for pair in pairs})
    if rules:
        parts = [(rule, *rule.rpartition("@")) for rule in rules]
        run(
            "add_rules",
            rows=[{"id": i, "key": key, "version": day} for i, key, _, day in parts],
        )
        run("put_under_rules", rows=pairs)
