"""Three rules, whole, on engines that others keep; beside all rules of the book here.

Run: python -m bench.engines [organizations, default 20,000].

The rules are the three simplest of the book: severe list → record of whoever stands
for the organization that day; the same for what is registered in Yichun since
2023-08-18; licence revoked → representative of the day. Each engine gets the facts
in the shape that suits it; putting them in is timed apart. All must name the same
(rule, person, document). None of the peers has periods, chains, standings, exceptions
or increments; creditgraph derives every rule with all of these in its time.

Peers: Cypher on a real Neo4j (needs Java and the jars, see `make neo4j`), clingo
(answer sets), pyDatalog; the last two are in the dependency group `bench`. A missing
one is named. Souffle is no package; egglog has no negation or numbers that compare
as days do without user code; vlog and rdfox on PyPI are clients of other servers.
"""

import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import neo4j

from analytics.propagation.engine import Derivation, derive
from bench.propagation import Tables, columns, documents_of, invented, loaded, province
from bench.propagation import timed as clocked
from deploy.neo4j.run import LocalNeo4j, Neo4jUnavailable
from graph.law.book import LawBook
from graph.snapshot import day_of
from graph.vocabulary import FactKind, Role

LISTED, PLACE = "SEVERE-LIST-PERSON-RECORD-CN", "SEVERE-LIST-PERSON-RECORD-YICHUN"
REVOKED = "LICENCE-REVOKED-OFFICE-BAN"
SINCE = day_of(date(2023, 8, 18))
YICHUN = "2307"
REVOCATION = "business_licence_revoked"
NEVER = 10**6
BATCH = 10_000
PYDATALOG_AT_MOST = 20_000
"""So many organizations take it minutes; beyond it is not tried."""

Found = set[tuple[str, str, str]]
Ask = Callable[[], Found]


class World:
    """The facts as plain tuples, and what the rules need of the book."""

    def __init__(self, tables: Tables, law: LawBook) -> None:
        profiles = tables[FactKind.PROFILE]
        self.kinds = list(columns(profiles, "subject", "organization_kind", "region"))
        wanted = ("person", "organization", "role", "valid_from", "valid_to")
        self.posts = [
            (person, organization, role, begins, NEVER if ends is None else ends)
            for person, organization, role, begins, ends in columns(
                tables[FactKind.TIE], *wanted
            )
        ]
        wanted = ("document_number", "subject", "list", "measures", "decided_on")
        self.sanctions = list(columns(tables[FactKind.SANCTION], *wanted))
        self.severe = sorted(law.severe_lists)
        self.answering = sorted(
            (kind.value, role.value)
            for kind, rule in law.roles.items()
            for role in {*rule.answering, Role.ACTUAL_CONTROLLER}
        )


def told(derivation: Derivation, documents: dict[str, str]) -> Found:
    """Return what creditgraph says of the three rules."""
    return {
        (ground.rule, ground.bearer, documents[key])
        for key, grounds in derivation.causes.items()
        for ground in grounds
        if ground.rule in (LISTED, PLACE, REVOKED)
    }


# ---- Cypher on Neo4j -----------------------------------------------------

PUT = (
    "CREATE INDEX o IF NOT EXISTS FOR (o:Organization) ON (o.id)",
    "CREATE INDEX p IF NOT EXISTS FOR (p:Person) ON (p.id)",
)
PUT_ORGANIZATIONS = """
UNWIND $rows AS r CREATE (:Organization {id: r[0], kind: r[1], region: r[2]})"""
PUT_PERSONS = "UNWIND $rows AS r CREATE (:Person {id: r})"
PUT_POSTS = """
UNWIND $rows AS r MATCH (p:Person {id: r[0]}) MATCH (o:Organization {id: r[1]})
CREATE (p)-[:HOLDS {role: r[2], begins: r[3], ends: r[4]}]->(o)"""
PUT_SANCTIONS = """
UNWIND $rows AS r MATCH (o:Organization {id: r[1]})
CREATE (o)-[:HAS]->(:Sanction {document: r[0], list: r[2], measures: r[3], on: r[4]})"""
RULES = {
    LISTED: """
MATCH (s:Sanction)<-[:HAS]-(o:Organization)<-[h:HOLDS]-(p:Person)
WHERE s.list IN $severe AND h.begins <= s.on AND s.on < h.ends
  AND h.role IN $answering[o.kind] RETURN DISTINCT p.id AS who, s.document AS document""",
    PLACE: """
MATCH (s:Sanction)<-[:HAS]-(o:Organization)<-[h:HOLDS]-(p:Person)
WHERE s.list IN $severe AND s.on >= $since AND o.region STARTS WITH $place
  AND h.begins <= s.on AND s.on < h.ends AND h.role IN $answering[o.kind]
RETURN DISTINCT p.id AS who, s.document AS document""",
    REVOKED: """
MATCH (s:Sanction)<-[:HAS]-(:Organization)<-[h:HOLDS]-(p:Person)
WHERE $measure IN s.measures AND h.begins <= s.on AND s.on < h.ends
  AND h.role = 'legal_representative'
RETURN DISTINCT p.id AS who, s.document AS document""",
}


@contextmanager
def with_cypher(world: World) -> Iterator[Ask]:
    """Give what asks a Neo4j that holds the facts."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalNeo4j(Path(folder), memory="2g") as at,
        neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver,
        driver.session() as session,
    ):
        put(world, session)
        answering: dict[str, list[str]] = {}
        for kind, role in world.answering:
            answering.setdefault(kind, []).append(role)
        given = {
            "severe": world.severe, "answering": answering, "since": SINCE,
            "place": YICHUN, "measure": REVOCATION,
        }  # fmt: skip
        yield lambda: {
            (rule, row["who"], row["document"])
            for rule, text in RULES.items()
            for row in session.run(text, given)
        }


def put(world: World, session: neo4j.Session) -> None:
    """Put the facts into an empty database."""
    for text in PUT:
        session.run(text).consume()
    session.run("CALL db.awaitIndexes(60)").consume()
    for text, rows in (
        (PUT_ORGANIZATIONS, [list(kind) for kind in world.kinds]),
        (PUT_PERSONS, sorted({post[0] for post in world.posts})),
        (PUT_POSTS, [list(post) for post in world.posts]),
        (PUT_SANCTIONS, [list(one) for one in world.sanctions]),
    ):
        for start in range(0, len(rows), BATCH):
            session.run(text, rows=rows[start : start + BATCH]).consume()


# ---- clingo --------------------------------------------------------------

PROGRAM = """
in_office(P, D, R, O) :- on(D, O, T), post(P, O, R, B, E), B <= T, T < E.
stands(P, D) :- in_office(P, D, R, O), kind(O, K), answers(K, R).
found(listed, P, D) :- severe(D), stands(P, D).
found(place, P, D) :- severe(D), stands(P, D), on(D, O, T), yichun(O), T >= since.
found(revoked, P, D) :- revoked(D), in_office(P, D, legal_representative, _).
#show found/3.
"""
SHORT = {"listed": LISTED, "place": PLACE, "revoked": REVOKED}


@contextmanager
def with_clingo(world: World) -> Iterator[Ask]:
    """Give what grounds and solves; the facts are text, as clingo reads them."""
    clingo = importlib.import_module("clingo")
    severe = set(world.severe)
    lines = [f"#const since = {SINCE}."]
    for subject, kind, region in world.kinds:
        lines.append(f'kind("{subject}",{kind}).')
        if region.startswith(YICHUN):
            lines.append(f'yichun("{subject}").')
    lines += [f"answers({kind},{role})." for kind, role in world.answering]
    lines += [f'post("{p}","{o}",{r},{b},{e}).' for p, o, r, b, e in world.posts]
    for document, subject, listed, measures, on in world.sanctions:
        lines.append(f'on("{document}","{subject}",{on}).')
        if listed in severe:
            lines.append(f'severe("{document}").')
        if REVOCATION in measures:
            lines.append(f'revoked("{document}").')
    facts = "\n".join(lines)

    def ask() -> Found:
        control = clingo.Control(["--warn=none"])
        control.add("base", [], facts + PROGRAM)
        control.ground([("base", [])])
        found: Found = set()
        control.solve(
            on_model=lambda model: found.update(
                (
                    SHORT[a.arguments[0].name],
                    a.arguments[1].string,
                    a.arguments[2].string,
                )
                for a in model.symbols(shown=True)
            )
        )
        return found

    yield ask


# ---- pyDatalog -----------------------------------------------------------

DATALOG = """
in_office(P, D, R, O) <= on(D, O, T) & post(O, P, R, B, E) & (B <= T) & (T < E)
stands(P, D) <= in_office(P, D, R, O) & kind(O, K) & answers(K, R)
listed(P, D) <= severe(D) & stands(P, D)
place(P, D) <= recent(D) & stands(P, D)
revoked(P, D) <= licence(D) & in_office(P, D, 'legal_representative', O)
"""


@contextmanager
def with_pydatalog(world: World) -> Iterator[Ask]:
    """Give what asks pyDatalog; it compares texts and numbers, so days stay numbers."""
    if len(world.kinds) > PYDATALOG_AT_MOST:
        raise ImportError(f"not tried beyond {PYDATALOG_AT_MOST:,} organizations")
    datalog = importlib.import_module("pyDatalog.pyDatalog")
    datalog.clear()
    add, severe = datalog.assert_fact, set(world.severe)
    region = {subject: place for subject, _, place in world.kinds}
    for subject, kind, _ in world.kinds:
        add("kind", subject, kind)
    for kind, role in world.answering:
        add("answers", kind, role)
    for person, organization, role, begins, ends in world.posts:
        add("post", organization, person, role, begins, ends)
    for document, subject, listed, measures, on in world.sanctions:
        add("on", document, subject, on)
        if listed in severe:
            add("severe", document)
            if on >= SINCE and region[subject].startswith(YICHUN):
                add("recent", document)
        if REVOCATION in measures:
            add("licence", document)
    datalog.load(DATALOG)

    def ask() -> Found:
        return {
            (rule, person, document)
            for short, rule in SHORT.items()
            for person, document in (datalog.ask(f"{short}(P, D)").answers or ())
        }

    yield ask


PEERS: dict[str, Callable[[World], AbstractContextManager[Ask]]] = {
    "Cypher on Neo4j": with_cypher,
    "clingo": with_clingo,
    "pyDatalog": with_pydatalog,
}


def main() -> None:
    """Measure, and refuse to print a ratio for another answer."""
    size, law = province(int(sys.argv[1]) if sys.argv[1:] else 20_000), LawBook.load()
    tables = invented(size)
    snapshot = loaded(tables).facts.snapshot()
    tries = [clocked(lambda: derive(snapshot, law)) for _ in range(3)]
    whole, own = min(t for t, _ in tries), told(tries[0][1], documents_of(snapshot))
    print(f"{size}; {len(own):,} answers")
    print(f"  creditgraph      every rule                      {whole:8.2f} s")
    world = World(tables, law)
    for name, prepare in PEERS.items():
        begun = time.perf_counter()
        try:
            with prepare(world) as ask:
                ready = time.perf_counter() - begun
                tries = [clocked(ask) for _ in range(2)]
        except (ImportError, Neo4jUnavailable) as why:
            print(f"  {name:16} {why}")
            continue
        assert all(answer == own for _, answer in tries), name
        least = min(seconds for seconds, _ in tries)
        print(
            f"  {name:16} three rules  {ready:8.2f} s to begin {least:8.2f} s   "
            f"creditgraph × {least / whole:.2f}"
        )


if __name__ == "__main__":
    main()
