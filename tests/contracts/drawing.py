"""The graph as people see it in the database."""

from decimal import Decimal
from typing import Any

import pytest

from graph.batch import DECISION
from graph.errors import StoreDamaged
from graph.records import Holding, IdentityLink
from graph.schema import SCHEMAS
from graph.store.bolt import BoltStore
from graph.store.shapes import LINKS, NODES
from graph.vocabulary import FactKind, Judgement, Role
from tests.contracts.facts import (
    DAY,
    batch,
    one_of_each,
    profile,
    record,
    sanction,
    tie,
    voiding,
)
from tests.contracts.seen import Database
from tests.journal import key_of

DESCRIBED = "MATCH (s:Subject {id: $id}) RETURN properties(s) AS p, labels(s) AS l"


def subject(database: Database, identifier: str) -> dict[str, Any]:
    """Return what the node of a subject says."""
    (row,) = database(DESCRIBED, id=identifier)
    properties: dict[str, Any] = row["p"]
    return properties | {"labels": sorted(row["l"])}


class DrawingContract:
    def test_every_kind_of_fact_is_drawn(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", *one_of_each()))
        types = {
            (row["a"], row["t"], row["b"])
            for row in database(
                "MATCH (a)-[x]->(b) WHERE type(x) <> 'HAS_PAGE' "
                "RETURN labels(a) AS la, a.id AS ia, type(x) AS t, labels(b) AS lb, "
                "b.id AS ib"
            )
            for row in [
                {
                    "a": row["ia"] or row["la"][0],
                    "t": row["t"],
                    "b": row["ib"] or row["lb"][0],
                }
            ]
        }
        office = "市场监督管理局"
        assert types == {
            ("org:x", "HAS_PROFILE", "Profile"),
            ("per:a", "HAS_PROFILE", "Profile"),
            ("per:a", "LEGAL_REPRESENTATIVE_OF", "org:x"),
            ("per:a", "HOLDS_SHARES_IN", "org:x"),
            ("org:y", "HOLDS_SHARES_IN", "org:x"),
            ("org:y", "BRANCH_OF", "org:x"),
            ("org:y", "GUARANTEES", "org:x"),
            ("org:x", "HAS_PHONE", "anc:phone:0123456789abcdef"),
            ("org:x", "HAS_RECORD", "Record"),
            ("Record", "ISSUED_BY", office),
            ("org:x", "UNDER_SANCTION", "Sanction"),
            ("Sanction", "ISSUED_BY", office),
            ("Sanction", "BASED_ON", "Record"),
            ("per:a", "HAS_FINDING", "Finding"),
            ("Finding", "CONCERNS", "org:x"),
            ("Finding", "ISSUED_BY", office),
            ("per:a", "HAS_RELEASE", "Release"),
            ("Release", "CONCERNS", "org:x"),
            ("Release", "ISSUED_BY", office),
            ("org:x", "HAS_SUSPENSION", "Suspension"),
            ("Suspension", "CONCERNS", "org:x"),
            ("Suspension", "ISSUED_BY", office),
            ("per:a", "SAME_AS", "per:scoped:b"),
        }

    def test_every_fact_carries_where_it_came_from_and_its_whole_content(
        self, store: BoltStore, database: Database
    ) -> None:
        facts = one_of_each()
        store.append(batch("b1", *facts, source="registry"))
        for fact in facts:
            kind = fact.kind_of_fact
            drawn = (
                f"MATCH (f:{NODES[kind].label} {{key: $key}})"
                if kind in NODES
                else f"MATCH ()-[f:{'|'.join(LINKS[kind].types.values())} "
                "{key: $key}]->()"
            )
            ((found),) = database(
                f"{drawn} RETURN properties(f) AS p", key=key_of(fact).hex()
            )
            properties = found["p"]
            assert properties["source"] == "registry"
            assert (properties["load"], properties["line"]) == (1, 0)
            assert properties["recorded_at"] == "2026-01-01T00:00:00.000000Z"
            assert "superseded_at" not in properties
            given = {
                c.name
                for c in SCHEMAS[kind].columns
                if getattr(fact, c.name) is not None
            }
            # A relationship says by its ends whom it joins.
            ends = {LINKS[kind].start, LINKS[kind].end} if kind in LINKS else set()
            assert given - ends <= properties.keys()

    def test_subjects_are_labelled_by_what_they_are(
        self, store: BoltStore, database: Database
    ) -> None:
        link = IdentityLink(
            left="x:1",
            right="per:scoped:1",
            document="d",
            authority="a",
            judgement=Judgement.NOT_SAME,
        )
        store.append(batch("b1", tie("per:1", "org:1"), link))
        assert subject(database, "org:1") == {
            "id": "org:1",
            "labels": ["Organization", "Subject"],
        }
        assert subject(database, "per:1")["identity"] == "verified"
        assert subject(database, "per:scoped:1")["identity"] == "scoped"
        assert subject(database, "x:1") == {"id": "x:1", "labels": ["Subject"]}
        assert database("MATCH ({id: 'x:1'})-[x]->() RETURN type(x) AS t") == [
            {"t": "NOT_SAME_AS"}
        ]

    @pytest.mark.parametrize("role", list(Role), ids=str)
    def test_a_role_is_the_type_of_its_relationship(
        self, store: BoltStore, database: Database, role: Role
    ) -> None:
        store.append(batch("b1", tie(role=role)))
        found = database("MATCH (:Person)-[x]->(:Organization) RETURN type(x) AS t")
        assert found == [{"t": f"{role.value.upper()}_OF"}]

    def test_the_subject_repeats_the_description_that_begins_last(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", profile(valid_from=DAY("2022-01-01"), name="丙")))
        store.append(batch("b2", profile(valid_from=DAY("2020-01-01"), name="甲")))
        assert subject(database, "org:x")["name"] == "丙"
        store.append(batch("b3", profile(valid_from=DAY("2023-01-01"), name="丁")))
        assert subject(database, "org:x")["name"] == "丁"
        assert store.verify().ok

    def test_a_decision_about_a_description_is_the_one_repeated(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", profile(name="旧")))
        store.append(batch("b2", profile(name="裁"), source=DECISION))
        store.append(batch("b3", profile(name="新")))
        assert subject(database, "org:x")["name"] == "裁"
        assert store.verify().ok

    def test_a_voided_description_gives_way_to_the_one_before(
        self, store: BoltStore, database: Database
    ) -> None:
        first = profile(address="某路1号", capital_yuan=Decimal(5))
        later = profile(valid_from=DAY("2023-01-01"), name="乙")
        store.append(batch("b1", first))
        store.append(batch("b2", later))
        assert "address" not in subject(database, "org:x")
        store.append(voiding("b3", later))
        assert subject(database, "org:x")["name"] == "甲公司"
        assert subject(database, "org:x")["address"] == "某路1号"
        store.append(voiding("b4", first))
        assert subject(database, "org:x") == {
            "id": "org:x",
            "labels": ["Organization", "Subject"],
        }
        assert store.verify().ok

    def test_a_replaced_version_stays_with_the_instant_it_was_closed(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", record(title="旧"), tie()))
        store.append(batch("b2", record(title="新"), tie(valid_to=DAY("2024-01-01"))))
        for text in ("MATCH (f:Record)", "MATCH ()-[f:LEGAL_REPRESENTATIVE_OF]->()"):
            found = database(
                f"{text} RETURN f.load AS load, f.superseded_at IS NULL AS stands, "
                "f.superseded_load AS closed, f.voided AS voided ORDER BY f.load"
            )
            assert found == [
                {"load": 1, "stands": False, "closed": 2, "voided": None},
                {"load": 2, "stands": True, "closed": None, "voided": None},
            ]

    def test_a_voided_fact_stays_and_is_marked(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", record(), tie()))
        store.append(voiding("b2", record(), tie()))
        for text in ("MATCH (f:Record)", "MATCH ()-[f:LEGAL_REPRESENTATIVE_OF]->()"):
            found = database(f"{text} RETURN f.superseded_load AS c, f.voided AS v")
            assert found == [{"c": 2, "v": True}]

    @pytest.mark.parametrize("first", ["record", "sanction"])
    def test_a_sanction_is_joined_to_its_record_whichever_comes_first(
        self, store: BoltStore, database: Database, first: str
    ) -> None:
        facts = [record(), sanction(record_key=key_of(record()).hex())]
        if first == "sanction":
            facts.reverse()
        for n, fact in enumerate(facts):
            store.append(batch(f"b{n}", fact))
        text = (
            "MATCH (s:Sanction)-[:BASED_ON]->(f:Record) RETURN s.load AS s, f.load AS f"
        )
        assert len(database(text)) == 1
        store.append(batch("b3", record(title="新")))
        assert sorted(row["f"] for row in database(text))[-1] == 3
        assert len(database(text)) == 2
        assert store.verify().ok

    def test_an_authority_keeps_the_name_given_last(
        self, store: BoltStore, database: Database
    ) -> None:
        names = (None, "甲局", None, "乙局", None)
        for n, name in enumerate(names):
            store.append(batch(f"b{n}", record(f"{n}号", authority_name=name)))
        found = database("MATCH (a:Authority) RETURN a.name AS name")
        assert found == [{"name": "乙局"}]
        assert store.verify().ok

    def test_a_subject_named_in_a_trial_only_is_still_drawn_when_it_comes(
        self, store: BoltStore
    ) -> None:
        from graph.snapshot.intake import Trial

        Trial(store.facts).append(batch("trial", tie("per:t", "org:t")))
        store.append(batch("b1", tie("per:t", "org:t")))
        assert store.verify().ok

    def test_a_subject_somebody_removed_stops_the_load_and_is_named(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", profile()))
        database("MATCH (s:Subject {id: 'org:x'}) DETACH DELETE s")
        with pytest.raises(StoreDamaged, match="0 of 1 tie rows"):
            store.append(batch("b2", tie()))
        assert store.head() == 1

    def test_a_subject_whose_node_was_made_anew_is_found_again(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", profile()))
        database("MATCH (s:Subject {id: 'org:x'}) SET s.id = 'org:gone'")
        database("CREATE (:Subject:Organization {id: 'org:x'})")
        assert store.append(batch("b2", tie())).added == 1
        found = database("MATCH (s)<-[x:LEGAL_REPRESENTATIVE_OF]-() RETURN s.id AS s")
        assert found == [{"s": "org:x"}]

    def test_relationships_both_ways_and_in_parallel_are_kept_apart(
        self, store: BoltStore, database: Database
    ) -> None:
        one = Holding(holder="org:x", organization="org:y", share_num=1, share_den=2)
        back = Holding(holder="org:y", organization="org:x", share_num=1, share_den=2)
        self_held = Holding(holder="org:x", organization="org:x")
        store.append(batch("b1", one, back, self_held, tie(), tie(role=Role.DIRECTOR)))
        store.append(voiding("b2", one))
        found = database(
            "MATCH (a)-[x:HOLDS_SHARES_IN]->(b) WHERE x.voided IS NULL "
            "RETURN a.id AS a, b.id AS b ORDER BY a"
        )
        assert found == [{"a": "org:x", "b": "org:x"}, {"a": "org:y", "b": "org:x"}]
        assert store.facts.tables[FactKind.TIE].size == 2
        assert store.verify().ok
