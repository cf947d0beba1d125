"""Milliseconds for neighbours, networks, paths and groups, beside NetworkX.

Run: python -m bench.network [companies …]. Each company has a representative, two other
officers, holders, and an address and a telephone that some share; hubs: an address of
a tenth of all companies, a person of 5,000 posts. Called below HTTP, on one thread;
the peer asks the same of the same edges, its hubs closed alike.
"""

import resource
import sys
import time
from collections.abc import Callable

import networkx as nx
import numpy as np

from analytics.kernels.csr import build_csr
from analytics.network.adjacent import adjacent
from analytics.network.edges import EDGE_TYPES
from analytics.network.grouping import grouped
from analytics.network.neighbourhood import neighbourhood
from analytics.network.network import Network
from analytics.network.paths import connections, one_to_many
from graph.snapshot import Facts

SIZES = (100_000, 1_000_000)
ASKED = 300
PEER_AT_MOST = 100_000
HUB = 500

_TYPE = {t.value: t.code for t in EDGE_TYPES}


class Codes:
    """Names of nodes, made when asked for: the bench has no facts behind its edges."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __getitem__(self, code: int) -> str:
        return f"org:{code:09}"

    def __len__(self) -> int:
        return self._count


def invented(companies: int, seed: int = 0) -> Network:
    """Return a network of so many companies, half as many persons again, and anchors."""
    rng = np.random.default_rng(seed)
    persons, anchors = companies * 3 // 2, companies // 3
    first_person, first_anchor = companies, companies + persons
    nodes = first_anchor + anchors
    company = np.arange(companies)

    def some_person(count: int) -> np.ndarray:
        return first_person + (persons * rng.random(count) ** 1.5).astype(np.int64)

    hub_address = np.where(
        rng.random(companies) < 0.1, 0, rng.integers(0, anchors // 2, companies)
    )
    phones = anchors // 2 + rng.integers(0, anchors - anchors // 2, companies)
    owners = rng.integers(0, companies, companies // 3)
    many = min(5_000, companies // 2)
    parts = [
        (some_person(companies), company, "legal_representative"),
        (some_person(companies), company, "supervisor"),
        (some_person(companies // 2), company[::2][: companies // 2], "director"),
        (some_person(companies), company, "holds"),
        (owners, rng.integers(0, companies, len(owners)), "holds"),
        (company, first_anchor + hub_address, "registered_address"),
        (company[::2], (first_anchor + phones)[::2], "phone"),
        (np.full(many, first_person), rng.integers(0, companies, many), "director"),
    ]
    near = np.concatenate([p[0] for p in parts]).astype(np.int32)
    far = np.concatenate([p[1] for p in parts]).astype(np.int32)
    kinds = np.concatenate([np.full(len(p[0]), _TYPE[p[2]], np.int8) for p in parts])
    apart = near != far
    near, far, kinds = near[apart], far[apart], kinds[apart]
    weights = np.array([t.weight for t in EDGE_TYPES], np.float32)[kinds]
    snapshot = Facts().snapshot()
    snapshot.subjects.texts = Codes(nodes)  # type: ignore[assignment]
    rows = np.arange(len(near), dtype=np.int32)
    csr = build_csr(nodes, near, far, both=True)
    return Network(snapshot, 0, near, far, kinds, rows, weights, csr)


def spent(
    work: Callable[[int], object], asked: int = ASKED
) -> tuple[float, float, float]:
    """Return median, p95 and worst milliseconds."""
    times = []
    for number in range(asked):
        begun = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - begun) * 1e3)
    return float(np.median(times)), float(np.quantile(times, 0.95)), max(times)


def questions(network: Network, companies: int) -> dict[str, Callable[[int], object]]:
    rng = np.random.default_rng(1)
    one = rng.integers(0, companies, ASKED).tolist()
    two = rng.integers(0, companies, ASKED).tolist()
    thousand = rng.choice(companies, 1_000, replace=False).tolist()
    targets = rng.choice(companies, min(10_000, companies), replace=False).tolist()
    hub = companies  # the person of many posts
    return {
        "adjacent": lambda i: adjacent(network, one[i]),
        "adjacent, a hub": lambda _: adjacent(network, hub),
        "network, two hops": lambda i: neighbourhood(network, one[i], depth=2),
        "network, three hops": lambda i: neighbourhood(network, one[i], depth=3),
        "network, a hub, two hops": lambda _: neighbourhood(network, hub, depth=2),
        "3 paths, 4 hops": lambda i: connections(network, one[i], two[i], steps=4),
        "3 paths, 6 hops": lambda i: connections(network, one[i], two[i], steps=6),
        "group of 1,000, 2 steps": lambda _: grouped(network, thousand, steps=2),
        "group of 1,000, 4 steps": lambda _: grouped(network, thousand, steps=4),
        "one to 10,000, 4 hops": lambda i: one_to_many(
            network, one[i], targets, steps=4
        ),
    }


def peer(network: Network, companies: int) -> dict[str, Callable[[int], object]]:
    """Return what NetworkX does of the same, on the edges without hubs."""
    degrees = network.degrees
    graph: nx.Graph[int] = nx.Graph()
    pairs = zip(network.near.tolist(), network.far.tolist(), strict=True)
    graph.add_edges_from(
        p for p in pairs if degrees[p[0]] <= HUB and degrees[p[1]] <= HUB
    )
    rng = np.random.default_rng(1)
    one = rng.integers(0, companies, ASKED).tolist()
    two = rng.integers(0, companies, ASKED).tolist()

    def path(i: int) -> object:
        try:
            return nx.bidirectional_shortest_path(graph, one[i], two[i])
        except nx.NetworkXException:
            return None

    return {
        "network, two hops": lambda i: nx.ego_graph(graph, one[i], radius=2),
        "3 paths, 4 hops": path,
        "3 paths, 6 hops": path,
        "one to 10,000, 4 hops": lambda i: nx.single_source_shortest_path_length(
            graph, one[i], cutoff=4
        ),
    }


def main() -> None:
    for companies in map(int, sys.argv[1:] or SIZES):
        begun = time.perf_counter()
        network = invented(companies)
        made = time.perf_counter() - begun
        begun = time.perf_counter()
        build_csr(network.nodes, network.near, network.far, both=True)
        rows = time.perf_counter() - begun
        print(
            f"\n{companies:,} companies, {network.nodes:,} nodes, {network.edges:,} edges; invented in {made:.1f} s, rows {rows:.2f} s, {network.nbytes / 1e6:.0f} MB"
        )
        asked = questions(network, companies)
        for work in asked.values():
            work(0)
        beside = peer(network, companies) if companies <= PEER_AT_MOST else {}
        for name, work in asked.items():
            few = 5 if "1,000" in name or "10,000" in name else ASKED
            median, p95, worst = spent(work, few)
            told = ""
            if name in beside:
                other, _, _ = spent(beside[name], min(few, 40))
                told = f"   NetworkX {other:9.2f} ms = {other / median:.1f} ×"
            print(
                f"  {name:26} {median:9.2f} ms   p95 {p95:9.2f}   worst {worst:9.2f}{told}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
