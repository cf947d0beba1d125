from datetime import date

from analytics.network.adjacent import adjacent, counts
from analytics.network.edges import ALL_TYPES, chosen
from analytics.network.events import events
from analytics.network.neighbourhood import Neighbourhood, neighbourhood
from analytics.network.network import Network
from graph.snapshot import day_of
from graph.vocabulary import Role
from tests.journal import Journal
from tests.unit.analytics.network.facts import at, guarantees, holds, network, post


def names(found: Network, around: Neighbourhood) -> dict[str, int]:
    return {found.subject(code): depth for code, depth in around.depths.items()}


def test_counts_then_edges_by_relation_weight_and_identifier() -> None:
    found = network(
        post("li", "A"),
        holds("wang", "A", "20"),
        holds("zhao", "A", "70"),
        holds("chen", "A", "10"),
        holds("A", "B", "100"),
    )
    code = found.code("org:A")
    assert [(c.type.value, c.out, c.edges) for c in counts(found, code)] == [
        ("legal_representative", False, 1),
        ("holds", False, 3),
        ("holds", True, 1),
    ]
    assert [(a.other, a.out) for a in adjacent(found, code)] == [
        ("per:li", False),
        ("per:zhao", False),
        ("per:wang", False),
        ("per:chen", False),
        ("org:B", True),
    ]
    out = adjacent(found, code, types=chosen(["holdings"]), out=True)
    assert [a.other for a in out] == ["org:B"]
    assert (counts(found, -1), adjacent(found, -1)) == ((), [])


def test_the_network_grows_level_by_level() -> None:
    found = network(
        post("li", "A"), post("li", "B"), at("B", "x"), at("C", "x"), post("qian", "Z")
    )
    start = found.code("org:A")
    assert names(found, neighbourhood(found, start)) == {"org:A": 0, "per:li": 1}
    three = neighbourhood(found, start, depth=3)
    assert names(found, three) == {
        "org:A": 0, "per:li": 1, "org:B": 2, "anc:x": 3,
    }  # fmt: skip
    assert len(three.edges) == 3
    assert three.reasons == ()
    assert neighbourhood(found, -1).depths == {}


def test_a_budget_keeps_the_strongest_then_the_first_by_name() -> None:
    facts = [holds(name, "A", share) for name, share in
             (("d", "10"), ("c", "40"), ("b", "10"), ("a", "40"))]  # fmt: skip
    found = network(*facts)
    cut = neighbourhood(found, found.code("org:A"), max_nodes=4)
    assert list(names(found, cut)) == ["org:A", "per:a", "per:c", "per:b"]
    assert cut.reasons == ("nodes",)
    assert cut.unfollowed == {found.code("org:A"): "nodes"}


def test_edges_past_the_limit_are_counted() -> None:
    facts = [guarantees("A", "B", document=str(i)) for i in range(1_000)]
    found = network(*facts)
    cut = neighbourhood(found, found.code("org:A"), max_edges=10)
    assert (len(cut.edges), cut.omitted_edges) == (10, 990)
    assert cut.reasons == ("edges",)


def test_a_hub_is_shown_but_not_followed_unless_it_was_asked_for() -> None:
    found = network(*(at(f"C{i:04}", "x") for i in range(600)))
    start = found.code("org:C0000")
    around = neighbourhood(found, start, depth=3)
    assert names(found, around) == {"org:C0000": 0, "anc:x": 1}
    assert around.unfollowed == {found.code("anc:x"): "hub"}
    assert around.reasons == ("hub",)
    itself = neighbourhood(found, found.code("anc:x"), max_nodes=100)
    assert len(itself.depths) == 100
    assert itself.reasons == ("nodes",)


def test_a_post_for_five_thousand_and_a_clique_stay_within_budget() -> None:
    person = network(*(post("li", f"C{i}") for i in range(5_000)))
    around = neighbourhood(person, person.code("org:C7"), depth=2)
    assert around.reasons == ("hub",)
    clique = network(
        *(guarantees(f"C{i}", f"C{j}") for i in range(60) for j in range(i))
    )
    every = neighbourhood(clique, clique.code("org:C7"), max_nodes=50, max_edges=500)
    assert (len(every.depths), len(every.edges)) == (50, 500)
    assert every.omitted_edges == 50 * 49 // 2 - 500


def test_order_of_facts_does_not_matter() -> None:
    facts = [post("li", "A"), post("wang", "A", Role.DIRECTOR), post("li", "B"),
             holds("wang", "B", "30"), at("A", "x"), at("C", "x")]  # fmt: skip
    one, other = network(*facts), network(*reversed(facts))

    def told(found: Network) -> tuple[list[str], list[tuple[str, str, str]]]:
        around = neighbourhood(found, found.code("org:A"), depth=3, max_nodes=5)
        every = [found.edge(e) for e in around.edges]
        return list(names(found, around)), [
            (e.near, e.type.value, e.far) for e in every
        ]

    assert told(one) == told(other)


def test_a_time_line_tells_what_began_and_ended_on_its_own_day() -> None:
    journal = Journal(
        post("li", "A", valid_from=date(2018, 1, 1), valid_to=date(2020, 3, 1)),
        post("wang", "A", valid_from=date(2020, 3, 1)),
        holds("A", "B", "60", valid_from=date(2019, 5, 5)),
        post("zhao", "B"),
    )

    def told(**more: int) -> list[tuple[str, str, str, str]]:
        found = events(journal.now(), ["org:A"], types=ALL_TYPES, **more)
        return [(str(e.on), e.what, e.near, e.far) for e in found]

    d = {day: day_of(date.fromisoformat(day)) for day in
         ("2018-01-01", "2019-05-05", "2020-03-01")}  # fmt: skip
    assert told() == [
        (str(d["2018-01-01"]), "began", "per:li", "org:A"),
        (str(d["2019-05-05"]), "began", "org:A", "org:B"),
        (str(d["2020-03-01"]), "ended", "per:li", "org:A"),
        (str(d["2020-03-01"]), "began", "per:wang", "org:A"),
    ]
    assert len(told(after=d["2019-05-05"])) == 2
    assert len(told(until=d["2019-05-05"])) == 2
    assert events(journal.now(), ["org:B"], types=chosen(["posts"])) == []
