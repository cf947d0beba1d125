"""States of persons: known words, and no more evidence than their text."""

from collections.abc import Iterator

from graph.errors import Said
from graph.law.checks.grounds import is_stronger
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft
from graph.law.reference import Instrument, PersonState
from graph.vocabulary import PERSON_STATES


def check_states(draft: Draft) -> Iterator[Fault]:
    """Yield states that no record can tell, or that claim more than was read."""
    instruments = draft.by_key(Instrument)
    words = {word.value: word for word in PERSON_STATES}
    for item in draft.of(PersonState):
        if item.key not in words:
            zh = "、".join(f"{w.zh}({w.value})" for w in PERSON_STATES)
            yield item.fault(
                ("key",),
                FaultKind.UNKNOWN_WORD,
                Said(f"没有“{item.key}”这种状况", f"there is no state {item.key}"),
                Said(f"可用：{zh}", f"known: {', '.join(words)}"),
            )
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
