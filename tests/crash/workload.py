"""Batches that are a function of their number: what must be there can be worked out.

Each batch adds facts, changes some of the batch before, repeats some unchanged, and
every fifth voids one. So a lost, doubled or reordered batch shows in the end.
"""

from collections.abc import Iterator
from itertools import chain, count, islice

from graph.batch import Batch
from graph.records import Fact
from graph.snapshot import Facts
from graph.snapshot.intake import Trial
from graph.store.projection import EffectDelta, EffectRow
from tests.contracts.facts import DAY, batch, profile, record, sanction, tie, voiding
from tests.journal import key_of

ROWS = 12


def batches(n: int) -> Iterator[Batch]:
    """Yield the batches of step `n`: facts, and every fifth time a void."""
    yield batch(f"load:{n}", *_facts(n), file=f"{n}.csv")
    if n % 5 == 4:
        wrong = sanction(f"列{n - 2}号", subject=f"org:{n - 2}")
        yield voiding(f"void:{n}", wrong)


def _facts(n: int) -> Iterator[Fact]:
    yield profile(f"org:{n}", f"公司{n}")
    penalty = record(f"罚{n}号", subject=f"org:{n}", content="内容" * n)
    yield penalty
    yield sanction(f"列{n}号", subject=f"org:{n}", record_key=key_of(penalty).hex())
    for row in range(ROWS):
        yield tie(f"per:{n}-{row}", f"org:{n}")
    if n:
        yield from (
            tie(f"per:{n - 1}-{row}", f"org:{n - 1}", valid_to=DAY("2025-01-01"))
            for row in range(ROWS // 2)
        )
        yield tie(f"per:{n - 1}-{ROWS - 1}", f"org:{n - 1}")
        yield profile(f"org:{n - 1}", f"公司{n - 1}（更名）")


def effects(n: int) -> list[EffectRow]:
    """Return the effects that stand after step `n`; a voided sanction has none."""
    return [
        EffectRow(
            id=f"e{of}",
            bearer=f"per:{of}-0",
            measure="OFFICE-BAN",
            measure_zh="任职限制",
            scope="",
            jurisdiction="CN",
            status="in_force" if of == n else "ended",
            status_zh="生效" if of == n else "已终止",
            valid_from=DAY("2025-01-01"),
            valid_to=None,
            rules=("RULE@2021-01-01",),
            sanctions=(key_of(sanction(f"列{of}号", subject=f"org:{of}")).hex(),),
        )
        for of in range(max(0, n - 4), n + 1)
        if not (of % 5 == 2 and of + 2 <= n)
    ]


def delta(n: int, standing: set[str]) -> EffectDelta:
    """Return what brings the projection to step `n`."""
    rows = effects(n)
    return EffectDelta(rows, sorted(standing - {row.id for row in rows}))


def every() -> Iterator[Batch]:
    """Yield the batches of all steps, in order."""
    return chain.from_iterable(map(batches, count()))


def expected(size: int) -> Facts:
    """Return the facts after the first `size` batches, without any server."""
    trial = Trial(Facts())
    for batch_ in islice(every(), size):
        trial.append(batch_)
    return trial.facts


def batches_in(steps: int) -> int:
    """Return how many batches the first `steps` steps have."""
    return steps + steps // 5
