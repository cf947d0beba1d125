"""Thresholds: a period where times are counted, and no more evidence than its text."""

from collections.abc import Iterator

from graph.errors import Said
from graph.law.checks.grounds import is_stronger
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item
from graph.law.reference import Instrument, Threshold
from graph.law.words import ThresholdUnit


def check_thresholds(draft: Draft) -> Iterator[Fault]:
    """Yield thresholds that cannot be counted or claim more than was read."""
    instruments = draft.by_key(Instrument)
    for item in draft.of(Threshold):
        yield from _period(item)
        if is_stronger(item.model.evidence, item.model.basis, instruments):
            yield item.fault(
                ("evidence",),
                FaultKind.EVIDENCE,
                Said(
                    "证据等级高于它所依据的文件",
                    "its evidence is better than that of the text it rests on",
                ),
                Said(
                    "降低等级，或者补读文件后改 instruments/ 里的 evidence",
                    "lower it, or read the text and then change evidence in "
                    "instruments/",
                ),
            )


def _period(item: Item[Threshold]) -> Iterator[Fault]:
    counts_times = item.model.unit is ThresholdUnit.TIMES
    if counts_times and item.model.within is None:
        yield item.fault(
            ("within",),
            FaultKind.INCONSISTENT,
            Said(
                "按次数计的，没有写在多长期间内",
                "times are counted, but not within which period",
            ),
            Said("写成 P1Y、P180D 的样子", "write it like P1Y or P180D"),
        )
    if not counts_times and item.model.within is not None:
        yield item.fault(
            ("within",),
            FaultKind.INCONSISTENT,
            Said(
                "只有按次数计的才有期间",
                "only a threshold that counts times has a period",
            ),
            Said("写 null", "write null"),
        )
