from fractions import Fraction

from analytics.network.edges import chosen
from analytics.network.grouping import grouped
from analytics.network.network import Network
from analytics.network.paths import connections, one_to_many
from tests.unit.analytics.network.facts import at, guarantees, holds, network, post


def codes(found: Network, *subjects: str) -> list[int]:
    return [found.code(subject) for subject in subjects]


def told(found: Network, *subjects: str, **more: object) -> list[list[str]]:
    left, right = codes(found, *subjects)
    paths = connections(found, left, right, **more)  # type: ignore[arg-type]
    return [[found.subject(n) for n in c.path.nodes] for c in paths.found]


def bidders() -> Network:
    """A and B share li, B and C share an address, D and E a telephone of a thousand."""
    return network(
        post("li", "A"), post("li", "B"), at("B", "x"), at("C", "x"),
        *(at(f"N{i}", "7") for i in range(1_000)), at("D", "7"), at("E", "7"),
        post("zhao", "F"),
    )  # fmt: skip


def test_paths_run_through_persons_and_addresses_but_not_through_hubs() -> None:
    found = bidders()
    assert told(found, "org:A", "org:C") == [
        ["org:A", "per:li", "org:B", "anc:x", "org:C"]
    ]
    left, right = codes(found, "org:D", "org:E")
    shut = connections(found, left, right)
    assert (shut.found, shut.hubs) == ((), (found.code("anc:7"),))
    assert len(connections(found, left, right, hub=5_000).found) == 1
    assert told(found, "org:A", "org:C", steps=3) == []
    assert told(found, "org:A", "org:nobody") == []


def test_what_is_forbidden_is_never_run_through_what_is_avoided_only_at_need() -> None:
    found = network(
        post("li", "A"), post("li", "B"), holds("A", "M", "10"), holds("M", "B", "10")
    )
    short = ["org:A", "per:li", "org:B"]
    other = ["org:A", "org:M", "org:B"]
    li = codes(found, "per:li")
    assert told(found, "org:A", "org:B", count=1, avoid=li) == [other]
    assert told(found, "org:A", "org:B", count=2, avoid=li) == [other, short]
    assert told(found, "org:A", "org:B", count=2, forbid=li) == [other]
    left, right = codes(found, "org:A", "org:B")
    marked = connections(found, left, right, count=2, avoid=li).found
    assert [c.avoided for c in marked] == [False, True]


def test_bidders_that_belong_together_are_one_group() -> None:
    found = bidders()
    asked = codes(found, "org:A", "org:B", "org:C", "org:D", "org:E", "org:F", "org:?")
    two = grouped(found, asked, steps=2)
    assert two.groups == ((0, 1, 2),)
    assert [(p.left, p.right, p.steps) for p in two.pairs] == [(0, 1, 2), (1, 2, 2)]
    assert two.pairs[0].strength == 1.0
    assert two.pairs[1].strength == 0.25
    assert two.hubs == {found.code("anc:7"): 2}
    assert two.total == 2
    four = grouped(found, asked, steps=4)
    assert (0, 2) in {(p.left, p.right) for p in four.pairs}
    firm = grouped(found, asked, steps=2, strength=0.5)
    assert firm.groups == ((0, 1),)
    short = grouped(found, asked, steps=2, pairs=1)
    assert (len(short.pairs), short.total, short.groups) == (1, 2, two.groups)
    assert not two.exhausted


def test_an_address_of_many_links_less_than_one_of_two() -> None:
    found = network(at("A", "x"), at("B", "x"), *(at(f"C{i}", "y") for i in range(64)))
    pair = grouped(found, codes(found, "org:A", "org:B")).pairs[0]
    many = grouped(found, codes(found, "org:C1", "org:C2")).pairs[0]
    assert (pair.strength, many.strength) == (0.25, 0.0417)


def test_one_against_many() -> None:
    found = bidders()
    targets = codes(found, "org:C", "org:B", "org:F", "org:?", "org:B")
    reached = one_to_many(found, found.code("org:A"), targets, paths=1)
    assert reached.steps == (4, 2, -1, -1, 2)
    (path,) = reached.paths.items()
    assert path[0] == 1
    assert [found.subject(n) for n in path[1].nodes] == ["org:A", "per:li", "org:B"]
    assert one_to_many(found, -1, targets).steps == (-1,) * 5


def test_only_the_edges_asked_for_connect() -> None:
    found = network(guarantees("A", "B"), post("li", "B"), post("li", "C"))
    posts = found.only(chosen(["posts"]), Fraction(0))
    assert told(posts, "org:A", "org:C") == []
    assert told(found, "org:A", "org:C") != []
