"""Seconds for whole-graph kernels, beside igraph, NetworKit and SciPy in one run.

Run: python -m bench.kernels [companies …]. On the network of bench.network, without its
relations. Peers that are not installed are named; conversion into their own shape is
not counted. Rounds alternate between the libraries; the medians are compared, and the
answers, where a kernel has one answer.
"""

import importlib.util
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module

import numpy as np

from analytics.kernels.components import blocks, strong_components, weak_components
from analytics.kernels.cores import core_numbers, triangles
from analytics.kernels.csr import Csr, build_csr
from analytics.kernels.rank import betweenness, page_rank
from analytics.network.network import Network
from bench.network import invented

SIZES = (100_000, 1_000_000)
ROUNDS = 5
Work = Callable[[], object]


def ours(network: Network, directed: Csr) -> dict[str, Work]:
    csr = network.csr
    some = np.arange(0, network.nodes, network.nodes // 8, dtype=np.int32)[:8]
    return {
        "rows from columns": lambda: build_csr(
            csr.nodes, network.near, network.far, both=True
        ),
        "weak components": lambda: weak_components(
            csr.nodes, network.near, network.far
        ),
        "strong components": lambda: strong_components(directed),
        "articulation, blocks": lambda: blocks(csr, network.edges),
        "core numbers": lambda: core_numbers(csr),
        "triangles": lambda: triangles(csr),
        "PageRank to 1e-8": lambda: page_rank(csr),
        "PageRank, 10 seeds": lambda: page_rank(csr, seeds=some),
        "betweenness, 8 sources": lambda: betweenness(csr, some),
    }


def with_scipy(network: Network) -> dict[str, Work]:
    coo_array = import_module("scipy.sparse").coo_array
    connected_components = import_module("scipy.sparse.csgraph").connected_components

    shape = (network.nodes, network.nodes)
    ones = np.ones(network.edges, np.int8)
    matrix = coo_array((ones, (network.near, network.far)), shape).tocsr()
    parts = partial(connected_components, matrix)
    return {
        "rows from columns": lambda: coo_array(
            (ones, (network.near, network.far)), shape
        ).tocsr(),
        "weak components": partial(parts, connection="weak"),
        "strong components": partial(parts, connection="strong"),
    }


def with_igraph(network: Network) -> dict[str, Work]:
    igraph = import_module("igraph")

    edges = np.stack([network.near, network.far], axis=1)
    directed = igraph.Graph(network.nodes, edges, directed=True)
    plain = igraph.Graph(network.nodes, edges)
    simple = plain.copy().simplify()
    some = list(range(0, network.nodes, network.nodes // 8))[:8]
    return {
        "weak components": lambda: plain.connected_components().membership,
        "strong components": lambda: (
            directed.connected_components(mode="strong").membership
        ),
        "articulation, blocks": plain.biconnected_components,
        "core numbers": simple.coreness,
        "triangles": lambda: simple.transitivity_local_undirected(mode="zero"),
        "PageRank to 1e-8": plain.pagerank,
        "PageRank, 10 seeds": lambda: plain.personalized_pagerank(reset_vertices=some),
        "betweenness, 8 sources": lambda: simple.betweenness(sources=some),
    }


def with_networkit(network: Network) -> dict[str, Work]:
    nk = import_module("networkit")

    nk.setNumberOfThreads(2)
    pairs = np.unique(
        np.sort(np.stack([network.near, network.far], axis=1), axis=1), axis=0
    )
    graph = nk.Graph(network.nodes)
    graph.addEdges((pairs[:, 0].astype(np.uint64), pairs[:, 1].astype(np.uint64)))
    directed = nk.Graph(network.nodes, directed=True)
    directed.addEdges((network.near.astype(np.uint64), network.far.astype(np.uint64)))
    return {
        "weak components": lambda: nk.components.ConnectedComponents(graph).run(),
        "strong components": lambda: nk.components.StronglyConnectedComponents(
            directed
        ).run(),
        "articulation, blocks": lambda: nk.components.BiconnectedComponents(
            graph
        ).run(),
        "core numbers": lambda: nk.centrality.CoreDecomposition(graph).run(),
        "triangles": lambda: nk.centrality.LocalClusteringCoefficient(
            graph, turbo=False
        ).run(),
        "PageRank to 1e-8": lambda: nk.centrality.PageRank(graph, 0.85, 1e-8).run(),
    }


PEERS = {"scipy": with_scipy, "igraph": with_igraph, "networkit": with_networkit}


def seconds(work: Work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compare(companies: int) -> None:
    network = invented(companies)
    directed = build_csr(network.nodes, network.near, network.far, both=False)
    there = {
        p: make(network) for p, make in PEERS.items() if importlib.util.find_spec(p)
    }
    own, ratios = ours(network, directed), []
    print(
        f"\n{network.nodes:,} nodes, {network.edges:,} edges; without {', '.join(set(PEERS) - set(there)) or 'nothing'}"
    )
    for name, work in own.items():
        work()
        works = {"ours": work} | {p: w[name] for p, w in there.items() if name in w}
        times: dict[str, list[float]] = {p: [] for p in works}
        for _ in range(ROUNDS):
            for who, one in works.items():
                times[who].append(seconds(one))
        medians = {who: float(np.median(found)) for who, found in times.items()}
        best = min((m for who, m in medians.items() if who != "ours"), default=0.0)
        ratio = best / medians["ours"]
        ratios += [ratio] if best else []
        told = "  ".join(f"{who} {m:8.3f}" for who, m in medians.items())
        print(
            f"  {name:24} {told}   {ratio:.2f} × the best peer"
            if best
            else f"  {name:24} {told}",
            flush=True,
        )
    print(f"  geometric mean {np.exp(np.mean(np.log(ratios))):.2f} ×")


def main() -> None:
    for companies in map(int, sys.argv[1:] or SIZES):
        compare(companies)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:,.0f} MB, peers included")


if __name__ == "__main__":
    main()
