"""verify: silent about what is right, and exact about what somebody changed."""

import pytest

from graph.store.bolt import BoltStore
from graph.store.projection import EffectDelta
from tests.contracts.effects import effect
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

TIE, RECORD = key_of(tie()).hex(), key_of(record()).hex()
SANCTION, PROFILE = key_of(sanction()).hex(), key_of(profile()).hex()
HANDS = {
    "name of a subject": (
        "MATCH (s:Subject {id: 'org:x'}) SET s.name = '改'",
        ("subject", "org:x", "differs from its description: name"),
    ),
    "added property of a subject": (
        "MATCH (s:Subject {id: 'org:y'}) SET s.name = '改'",
        ("subject", "org:y", "has what no source says: name"),
    ),
    "identity of a person": (
        "MATCH (s:Subject {id: 'per:scoped:b'}) SET s.identity = 'verified'",
        ("subject", "per:scoped:b", "differs: identity"),
    ),
    "label of a subject": (
        "MATCH (s:Subject {id: 'org:y'}) SET s:Blacklisted",
        ("subject", "org:y", "has other labels"),
    ),
    "added subject": (
        "CREATE (:Subject:Organization {id: 'org:q'})",
        ("subject", "org:q", "is not in the journal"),
    ),
    "text of a record": (
        "MATCH (f:Record) SET f.content = '改'",
        ("record", RECORD, "differs in load 1: content"),
    ),
    "day of a relationship": (
        "MATCH ()-[f:LEGAL_REPRESENTATIVE_OF]->() WHERE f.superseded_at IS NULL "
        "SET f.valid_to = date('2030-01-01')",
        ("tie", TIE, "differs in load 2: valid_to"),
    ),
    "two properties": (
        "MATCH (f:Profile {key: $profile}) REMOVE f.address SET f.line = 7",
        ("profile", PROFILE, "differs in load 1: address, line"),
    ),
    "closed version opened": (
        "MATCH ()-[f:LEGAL_REPRESENTATIVE_OF {load: 1}]->() REMOVE f.superseded_at",
        ("tie", TIE, "differs in load 1: superseded_at"),
    ),
    "standing version closed": (
        "MATCH (f:Sanction) SET f.superseded_at = 'x', f.superseded_load = 1",
        ("sanction", SANCTION, "differs in load 1: superseded_at, superseded_load"),
    ),
    "mark of voiding": (
        "MATCH (f:Finding) SET f.voided = false",
        ("finding", "", "differs in load 1: voided"),
    ),
    "removed relationship of a fact": (
        "MATCH ()-[f:HOLDS_SHARES_IN]->() DELETE f",
        ("holding", "", "the version of load 1 is missing from the graph"),
    ),
    "removed node of a fact": (
        "MATCH (f:Suspension) DETACH DELETE f",
        ("suspension", "", "the version of load 1 is missing from the graph"),
    ),
    "removed link to a subject": (
        "MATCH ()-[x:HAS_RECORD]->() DELETE x",
        ("record", RECORD, "differs in load 1: what it is joined to"),
    ),
    "removed link to an authority": (
        "MATCH (:Release)-[x:ISSUED_BY]->() DELETE x",
        ("release", "", "differs in load 1: what it is joined to"),
    ),
    "fact moved to somebody else": (
        "MATCH (f:Record)<-[x:HAS_RECORD]-() DELETE x WITH f "
        "MATCH (o:Subject {id: 'org:y'}) CREATE (o)-[:HAS_RECORD]->(f)",
        ("record", RECORD, "differs in load 1: what it is joined to"),
    ),
    "relationship turned round": (
        "MATCH (a)-[f:BRANCH_OF]->(b) CREATE (b)-[g:BRANCH_OF]->(a) SET g = f DELETE f",
        ("branch", "", "differs in load 1: what it is joined to"),
    ),
    "removed basis": (
        "MATCH ()-[x:BASED_ON]->() DELETE x",
        ("sanction", SANCTION, "is not joined to the record it rests on"),
    ),
    "added basis": (
        "MATCH (f:Record), (s:Sanction) CREATE (s)-[:BASED_ON]->(f)",
        (
            "sanction",
            SANCTION,
            "is joined to a record it does not rest on, or joined twice",
        ),
    ),
    "added relationship": (
        "MATCH (a:Subject {id: 'per:a'}), (b:Subject {id: 'org:y'}) "
        "CREATE (a)-[:ACTUAL_CONTROLLER_OF {key: 'k'}]->(b)",
        ("tie", "k", "is not in the journal"),
    ),
    "doubled relationship": (
        "MATCH (a)-[f:SAME_AS]->(b) CREATE (a)-[g:SAME_AS]->(b) SET g = f",
        ("identity_link", "", "stands twice in the graph"),
    ),
    "relationship of a foreign type": (
        "MATCH (a:Subject {id: 'per:a'}), (b:Subject {id: 'org:y'}) "
        "CREATE (a)-[:KNOWS]->(b)",
        ("relationship", "KNOWS", "1 in the graph, 0 by the journal"),
    ),
    "added node of a fact": (
        "CREATE (:Record {key: '00', load: 1})",
        ("record", "00", "is not in the journal"),
    ),
    "node of a foreign label": (
        "CREATE (:Note)",
        ("node", "Note", "1 nodes with a label this program does not write"),
    ),
    "name of an authority": (
        "MATCH (a:Authority) SET a.name = '改'",
        ("authority", "市场监督管理局", "differs: name"),
    ),
    "bytes of a page": (
        "MATCH (p:Page {seq: 1, part: 0}) SET p.data = $data",
        ("journal", "1", "the bytes of page 0 changed"),
    ),
    "page and its digest": (
        "MATCH (p:Page {seq: 1, part: 0}) SET p.digest = 'x'",
        ("journal", "1", "the bytes of page 0 changed"),
    ),
    "removed page": (
        "MATCH (p:Page {seq: 1, part: 2}) DETACH DELETE p",
        ("journal", "1", "11 of 12 pages are there"),
    ),
    "header of a load": (
        "MATCH (l:Load {seq: 1}) SET l.file = 'x'",
        ("journal", "1", "the chain does not lead here: its header or a page changed"),
    ),
    "removed load": (
        "MATCH (l:Load {seq: 1}) DETACH DELETE l",
        ("journal", "1", "the load is missing"),
    ),
    "ledger turned back": (
        "MATCH (l:Ledger) SET l.seq = 1",
        ("journal", "ledger", "stands elsewhere than load 1"),
    ),
    "status of an effect": (
        "MATCH (e:Effect {id: 'e1'}) SET e.status = 'ended'",
        ("effect", "e1", "differs from what was projected"),
    ),
    "bearer of an effect": (
        "MATCH ()-[x:BEARS]->(:Effect {id: 'e1'}) DELETE x",
        ("effect", "e1", "is not borne by its bearer alone"),
    ),
    "cause of an effect": (
        "MATCH (:Effect {id: 'e1'})-[x:FOLLOWS_FROM]->() DELETE x",
        ("effect", "e1", "does not follow from its causes"),
    ),
    "removed effect": (
        "MATCH (e:Effect {id: 'e1'}) DETACH DELETE e",
        ("effect", "", "1 in the graph, 2 projected; or others than those"),
    ),
    "added effect": (
        "CREATE (:Effect {id: 'e9', bearer: 'per:a'})",
        ("effect", "e9", "differs from what was projected"),
    ),
}


def fill(store: BoltStore) -> None:
    """Write facts of every kind, one replaced version, and two effects."""
    facts = one_of_each()
    store.append(batch("b1", *facts))
    store.append(batch("b2", tie(valid_to=DAY("2026-01-01"))))
    rows = [effect(), effect("e2", bearer="org:x")]
    store.project_effects(EffectDelta(rows), load=2, law_digest="L")


class VerifyContract:
    def test_nothing_is_found_where_nobody_interfered(self, store: BoltStore) -> None:
        assert store.verify().ok
        fill(store)
        store.append(batch("b3", *one_of_each(), source="court"))
        store.append(voiding("b4", record(), tie()))
        report = store.verify()
        assert report.findings == ()
        assert report.counts["tie"] == (0, 1, 2)
        assert report.counts["record"] == (2, 0, 2)
        assert report.counts["sanction"] == (2, 0, 0)
        assert (report.seq, report.lag, report.effects) == (4, 2, 2)
        assert report.chain == store.facts.snapshot().digest

    @pytest.mark.parametrize("hand", HANDS)
    def test_a_hand_edit_is_found_and_named(
        self, store: BoltStore, database: Database, hand: str
    ) -> None:
        fill(store)
        text, (kind, key, problem) = HANDS[hand]
        database(text, data=b"no page", profile=PROFILE)
        report = store.verify()
        assert not report.ok
        matching = [
            f
            for f in report.findings
            if (f.kind, f.problem.en) == (kind, problem) and f.key.startswith(key)
        ]
        assert matching, report.findings

    def test_a_report_holds_no_values_of_the_data(
        self, store: BoltStore, database: Database
    ) -> None:
        fill(store)
        database("MATCH (s:Subject {id: 'org:x'}) SET s.name = '秘密'")
        assert "秘密" not in str(store.verify().findings)
        assert "甲公司" not in str(store.verify().findings)

    def test_many_findings_of_a_kind_are_counted(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b1", *(tie(f"per:{n}") for n in range(130))))
        database("MATCH ()-[x:LEGAL_REPRESENTATIVE_OF]->() SET x.line = 9")
        findings = [f for f in store.verify().findings if f.kind == "tie"]
        assert len(findings) == 101
        assert findings[-1].problem == ("另有 30 处", "and 30 more")

    def test_what_others_write_meanwhile_is_not_found(
        self, store: BoltStore, other: BoltStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(store)
        sweep = store._sweep
        written: list[int] = []

        def meanwhile(query, **values):  # type: ignore[no-untyped-def]
            if not written:
                written.append(other.append(batch("b9", tie("per:new"))).seq)
            return sweep(query, **values)

        monkeypatch.setattr(store, "_sweep", meanwhile)
        report = store.verify()
        assert report.findings == ()
        assert report.seq == 3
