"""The digest of what is asserted: the way it came makes no difference, the rest does."""

from hypothesis import given
from hypothesis import strategies as st

from graph.batch import Batch
from graph.records import Fact
from graph.snapshot import Facts
from graph.snapshot.asserted import contents_digest
from graph.snapshot.intake import Trial
from tests.contracts.facts import batch, profile, record, sanction, tie, voiding

FACTS = [profile(), tie(), record(), sanction(), record("罚〔2025〕9号", content="甲")]
EMPTY = contents_digest(Facts())


def digest(*batches: Batch) -> str:
    trial = Trial(Facts())
    for one in batches:
        trial.append(one)
    return contents_digest(trial.facts)


@given(st.permutations(FACTS), st.integers(0, len(FACTS)))
def test_order_and_batches_make_no_difference(facts: list[Fact], cut: int) -> None:
    parts = [part for part in (facts[:cut], facts[cut:], facts[:cut]) if part]
    found = digest(*(batch(f"b{n}", *part) for n, part in enumerate(parts)))
    assert found == digest(batch("all", *FACTS))


def test_what_is_said_who_says_it_and_what_was_voided_make_one() -> None:
    fact, other = (
        record("罚〔2025〕9号", content="甲"),
        record("罚〔2025〕9号", content="乙"),
    )
    said = batch("a", fact)
    found = [
        EMPTY,
        digest(said),
        digest(said, batch("b", other)),
        digest(batch("a", fact, source="court")),
        digest(said, batch("b", fact, source="court")),
        digest(said, voiding("v", fact)),
    ]
    assert len(set(found)) == len(found)
    assert digest(said, batch("b", other), batch("c", fact)) == found[1]
    # The numbers that sources have by the order of their first loads are not told.
    one, two = batch("1", fact, source="x"), batch("2", tie(), source="y")
    assert digest(one, two) == digest(two, one)
