"""Where the nodes of subjects are, as far as it is remembered."""

from graph.snapshot.facts import Facts
from graph.store.subjects import Drawn


def _drawn(*names: str) -> Drawn:
    facts = Facts()
    for name in names:
        facts.subjects.code(name)
    return Drawn(facts)


def test_numbers_are_remembered_by_subject() -> None:
    drawn = _drawn("org:a", "org:b")
    drawn.remember({"org:a": 7, "org:b": 0})
    assert drawn.places(["org:a", "org:b", "org:c"]) == {"org:a": 7, "org:b": 0}


def test_a_subject_that_the_journal_does_not_name_is_not_remembered() -> None:
    drawn = _drawn("org:a")
    drawn.remember({"org:c": 1})
    assert drawn.places(["org:c"]) == {}


def test_forgetting_says_whether_there_was_something() -> None:
    drawn = _drawn("org:a")
    assert not drawn.forget()
    drawn.remember({"org:a": 7})
    assert drawn.forget()
    assert drawn.places(["org:a"]) == {}
    assert not drawn.forget()


def test_a_later_number_takes_the_place_of_an_earlier() -> None:
    drawn = _drawn("org:a")
    drawn.remember({"org:a": 7})
    drawn.remember({"org:a": 8})
    assert drawn.places(["org:a"]) == {"org:a": 8}
