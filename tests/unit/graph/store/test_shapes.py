"""Every word that makes a relationship has a type of its own in the graph."""

import pytest

from graph.store.shapes import LINKS
from graph.vocabulary import FactKind


@pytest.mark.parametrize("kind", [k for k, shape in LINKS.items() if shape.words])
def test_each_word_has_a_type(kind: FactKind) -> None:
    shape = LINKS[kind]
    assert shape.words is not None
    types = [shape.type_of(word.value) for word in shape.words]
    assert len(set(types)) == len(types)
