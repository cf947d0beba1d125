"""The projection of effects: a delta, a stamp, and nothing else touched."""

from dataclasses import replace
from typing import Any

from graph.store.bolt import BoltStore
from graph.store.projection import CHUNK, EffectDelta, EffectRow, ProjectionState
from tests.contracts.facts import DAY, batch, record, sanction, tie
from tests.contracts.seen import Database
from tests.journal import key_of

EDGES = (
    "MATCH (e:Effect {id: $id})-[x]-(o) "
    "RETURN type(x) AS t, coalesce(o.id, o.key) AS o ORDER BY t, o"
)


def effect(id_: str = "e1", **more: Any) -> EffectRow:
    values: dict[str, Any] = {
        "id": id_,
        "bearer": "per:a",
        "measure": "OFFICE-BAN",
        "measure_zh": "任职限制",
        "scope": "food",
        "jurisdiction": "CN",
        "status": "in_force",
        "status_zh": "生效",
        "valid_from": DAY("2025-03-01"),
        "valid_to": None,
        "rules": ("RULE-A@2021-01-01",),
        "sanctions": (key_of(sanction()).hex(),),
    }
    return EffectRow(**(values | more))


class EffectsContract:
    def test_an_effect_hangs_between_its_bearer_its_rule_and_its_cause(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", tie(), sanction()))
        store.project_effects(EffectDelta([effect()]), load=1, law_digest="L1")
        assert database(EDGES, id="e1") == [
            {"t": "BEARS", "o": "per:a"},
            {"t": "FOLLOWS_FROM", "o": key_of(sanction()).hex()},
            {"t": "UNDER_RULE", "o": "RULE-A@2021-01-01"},
        ]
        (row,) = database("MATCH (e:Effect) RETURN properties(e) AS e")
        assert (row["e"]["load"], row["e"]["law_digest"]) == (1, "L1")
        (rule,) = database("MATCH (u:Rule) RETURN properties(u) AS u")
        assert (rule["u"]["key"], rule["u"]["version"]) == ("RULE-A", "2021-01-01")
        assert store.verify().ok

    def test_a_changed_effect_is_written_anew_and_the_same_one_left_alone(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", tie(), sanction(), record()))
        store.project_effects(
            EffectDelta([effect(), effect("e2")]), load=1, law_digest="L1"
        )
        causes = (key_of(sanction()).hex(), key_of(record()).hex())
        changed = effect(status="ended", sanctions=causes, rules=("RULE-B@2022-01-01",))
        delta = EffectDelta([changed, effect("e2")])
        store.project_effects(delta, load=1, law_digest="L2")
        assert [row["t"] for row in database(EDGES, id="e1")] == [
            "BEARS",
            "FOLLOWS_FROM",
            "FOLLOWS_FROM",
            "UNDER_RULE",
        ]
        stamps = database("MATCH (e:Effect) RETURN e.law_digest AS d ORDER BY e.id")
        assert [row["d"] for row in stamps] == ["L2", "L1"]
        assert store.projection_state().law_digest == "L2"
        assert store.verify().ok

    def test_a_removed_effect_is_gone_and_nothing_else(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", tie(), sanction()))
        before = database.graph()
        store.project_effects(EffectDelta([effect()]), load=1, law_digest="L")
        store.project_effects(EffectDelta([], ["e1", "e9"]), load=1, law_digest="L")
        assert store.projected_ids() == set()
        left = [
            x for x in database.graph() if "['Rule']" not in x and "Projection" not in x
        ]
        assert left == before
        assert store.projection_state() == ProjectionState(1, "L", 0, f"{0:016x}")

    def test_the_digest_does_not_depend_on_how_the_effects_came(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", tie(), sanction()))
        rows = [effect(f"e{n}") for n in range(5)]
        store.project_effects(EffectDelta(rows), load=1, law_digest="L")
        at_once = store.projection_state()
        store.project_effects(
            EffectDelta([], [r.id for r in rows]), load=1, law_digest="L"
        )
        for row in reversed(rows):
            draft = replace(row, status="suspended")
            store.project_effects(EffectDelta([draft]), load=1, law_digest="L")
            store.project_effects(EffectDelta([row]), load=1, law_digest="L")
        assert store.projection_state() == at_once

    def test_an_empty_delta_still_moves_the_stamp(self, store: BoltStore) -> None:
        store.append(batch("b1", tie()))
        assert store.verify().lag == 1
        store.project_effects(EffectDelta(), load=1, law_digest="L")
        assert store.projection_state() == ProjectionState(1, "L", 0, f"{0:016x}")
        assert store.verify().lag == 0

    def test_an_older_projection_does_not_overwrite_a_newer_one(
        self, store: BoltStore, other: BoltStore
    ) -> None:
        store.append(batch("b1", tie(), sanction()))
        store.append(batch("b2", tie("per:b")))
        store.project_effects(EffectDelta([effect()]), load=2, law_digest="L")
        other.project_effects(EffectDelta([], ["e1"]), load=1, law_digest="L")
        assert store.projected_ids() == {"e1"}
        assert store.projection_state().load == 2

    def test_more_than_one_transaction_of_effects(self, store: BoltStore) -> None:
        store.append(batch("b1", tie(), sanction()))
        rows = [effect(f"e{n}") for n in range(CHUNK + 3)]
        store.project_effects(EffectDelta(rows), load=1, law_digest="L")
        assert store.projection_state().count == len(rows)
        assert store.verify().ok
