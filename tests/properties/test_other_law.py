"""Under another law book, what is worked out from the differences is what follows."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.propagation.engine import derive
from graph.law.book import LawBook
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.properties.worlds import everything
from tests.strategies_law import law_books


@st.composite
def amendments(draw: st.DrawFn, law: LawBook) -> LawBook:
    """Return a book in which some rules stay, some go and some are other ones."""
    rules = list(law.rules.values())
    kept = [rule for rule in rules if draw(st.booleans())]
    others = [rule for rule in draw(law_books()).rules.values() if draw(st.booleans())]
    spare = [r.model_copy(update={"key": f"X{r.key}"}) for r in others[1:]]
    return law.with_rules([*kept, *others[:1], *spare])


@given(cases, st.data())
def test_another_book_from_the_differences_is_another_book_in_full(
    case: Case, data: st.DataObject
) -> None:
    journal = Journal(*case.facts)
    law = data.draw(amendments(case.law))
    before = derive(journal.now(), case.law)
    under, full = before.under(law), derive(journal.now(), law)
    assert everything(under) == everything(full)
    assert under.law is law
    assert everything(under.under(case.law)) == everything(before)
