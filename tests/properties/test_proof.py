"""Every effect has a proof that holds by itself, and none survives an alteration."""

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analytics.proof.building import prove
from analytics.proof.canonical import canonical, sealed
from analytics.proof.checking import check
from analytics.propagation.effects import Effect
from analytics.propagation.engine import derive
from graph.vocabulary import EffectStatus
from tests.journal import Journal
from tests.properties.cases import Case, cases


def proven(
    case: Case, data: st.DataObject
) -> tuple[Effect, int, dict[str, Any]] | None:
    """Return an effect of the world, a day on which it stands, and its proof."""
    derivation = derive(Journal(*case.facts).now(), case.law)
    standing = [
        (e, g.valid_from)
        for e in derivation.effects.values()
        for g in e.grounds
        if e.status_on(g.valid_from) is not EffectStatus.ENDED
    ]
    if not standing:
        return None
    effect, day = data.draw(st.sampled_from(standing))
    proof = prove(effect, derivation, day=day)
    assert proof is not None
    assert proof["claim"]["status"] == effect.status_on(day)
    return effect, day, json.loads(canonical(proof))


@given(cases, st.data())
def test_every_effect_has_a_proof_that_holds(case: Case, data: st.DataObject) -> None:
    found = proven(case, data)
    if found:
        assert check(found[2]) == []


@given(cases, st.data())
def test_an_altered_part_is_found_and_named(case: Case, data: st.DataObject) -> None:
    found = proven(case, data)
    if not found:
        return
    proof = found[2]
    name, word = data.draw(st.sampled_from([("facts", "fact"), ("law", "law")]))
    number = data.draw(st.integers(0, len(proof[name]) - 1))
    altered = copy.deepcopy(proof)
    content = altered[name][number]["says" if name == "facts" else "text"]
    key = data.draw(st.sampled_from(sorted(content)))
    content[key] = f"{content[key]}'"
    parts = [fault.part for fault in check(altered)]
    assert f"{word} {number + 1}" in parts


@given(cases, st.data())
def test_a_fact_taken_out_breaks_it_however_well_sealed(
    case: Case, data: st.DataObject
) -> None:
    found = proven(case, data)
    if not found:
        return
    carrying = ("sanction", "record", "tie", "identity_link")
    rests = found[2]["claim"]["status"] == "suspended"
    places = [
        n
        for n, f in enumerate(found[2]["facts"])
        if f["kind"] in carrying
        # A link may be there for what rests it, a state for what might end it.
        and not (f["kind"] == "identity_link" and rests)
        and f["says"].get("kind") != "person_state"
    ]
    forged = copy.deepcopy(found[2])
    del forged["facts"][data.draw(st.sampled_from(places))]
    del forged["digest"]
    assert check(sealed(forged, forged["algorithm"]))
