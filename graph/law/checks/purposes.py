"""What a purpose is barred by: something, once, and borne by those who apply."""

from collections.abc import Iterator

from graph.errors import Said
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item
from graph.law.reference import Measure, Purpose


def check_purposes(draft: Draft) -> Iterator[Fault]:
    """Yield bars of nothing, bars told twice and bars that no applicant can bear."""
    measures = draft.by_key(Measure)
    for item in draft.of(Purpose):
        yield from _empty(item)
        yield from _twice(item)
        yield from _unbearable(item, measures)


def _empty(item: Item[Purpose]) -> Iterator[Fault]:
    for number, bar in enumerate(item.model.bars):
        if not bar.measures and not bar.lists:
            yield item.fault(
                ("bars", number),
                FaultKind.INCONSISTENT,
                Said(
                    "没有写是哪些措施或者名单",
                    "it names neither a measure nor a list",
                ),
                Said(
                    "写上措施或者名单，或者删去这一项", "name one, or remove the entry"
                ),
            )


def _twice(item: Item[Purpose]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, bar in enumerate(item.model.bars):
        for part in ("measures", "lists"):
            for place, key in enumerate(getattr(bar, part)):
                if key in seen:
                    yield item.fault(
                        ("bars", number, part, place),
                        FaultKind.REPEATED,
                        Said(
                            f"{key} 在同一用途中写了两次",
                            f"{key} stands twice in one purpose",
                        ),
                        Said("只留一处", "leave one of them"),
                    )
                seen.add(key)


def _unbearable(item: Item[Purpose], measures: dict[str, Measure]) -> Iterator[Fault]:
    for number, bar in enumerate(item.model.bars):
        for place, key in enumerate(bar.measures):
            found = measures.get(key)
            if found and not set(found.targets) & set(item.model.applicants):
                yield item.fault(
                    ("bars", number, "measures", place),
                    FaultKind.INCONSISTENT,
                    Said(
                        f"措施 {key} 不能由申请人承担",
                        f"no applicant can bear the measure {key}",
                    ),
                    Said(
                        "改 applicants，或者去掉这项措施",
                        "mend applicants, or remove the measure",
                    ),
                )
