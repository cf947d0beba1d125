"""Precision and recall of patterns on planted stories, seconds to find all leads.

Run: python -m bench.leads [--organizations N] [seed …]. Each seed is an invented city
with stories planted for four of the patterns, and beside each story a decoy that lacks
one element of it. A planted story counts as found when one lead has its main subjects;
any other lead of the pattern counts as wrong, although chance makes true ones too, so
the precision is a lower bound. Seeds 11, 12 and 13 were used for nothing before. The
peer looks for the same rings of guarantees with NetworkX.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from analytics.leads.detecting import PATTERNS, Leads
from api.access import Sight
from api.clock import SystemClock
from api.leads import LeadBook
from api.settings import Settings
from api.wiring import open_service
from graph.records import Link
from graph.scope import ALL
from graph.vocabulary import FactKind, Relation

DAY = date(2026, 11, 22)
STORIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "phoenix": ("phoenix", ("old", "new")),
    "swapped_representative": ("swapped_representative", ("punished",)),
    "nominee_representative": ("nominee_representative", ("front",)),
    "guarantee_ring": ("guarantee_ring", ("member",)),
}
"""By story the pattern, and the parts whose organizations a lead must name."""


def load(folder: Path, organizations: int, seed: int) -> None:
    """Invent a city and load it into a store of its own."""
    city = folder / "city"
    command = [sys.executable, "-m", "api.cli"]
    environment = {**os.environ, "CREDITGRAPH_DATA": str(folder / "data")}
    for words in (
        [
            "synth",
            "--out",
            str(city),
            "--organizations",
            str(organizations),
            "--seed",
            str(seed),
            "--reference",
            DAY.isoformat(),
        ],
        ["load", str(city)],
    ):
        done = subprocess.run(
            [*command, *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 3):
            sys.exit(done.stdout[-2000:] + done.stderr[-2000:])


def cases(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "city" / "key" / "cases.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def firms(case: Mapping[str, Any]) -> frozenset[str]:
    """Return the organizations that a lead about the case must name; all of a decoy."""
    _, parts = STORIES[case["story"]]
    if case["decoy"]:
        return frozenset(f"org:{one['code']}" for one in case["organizations"])
    return frozenset(
        f"org:{one['code']}" for one in case["organizations"] if one["part"] in parts
    )


def judge(leads: Leads, told: list[dict[str, Any]]) -> dict[str, tuple[int, ...]]:
    """Return by story: planted, found, leads, decoys found, decoys."""
    found: dict[str, tuple[int, ...]] = {}
    for story, (pattern, _) in STORIES.items():
        named = [
            frozenset(s for s, _ in lead.found.subjects if s.startswith("org:"))
            for lead in leads.every
            if lead.pattern == pattern
        ]
        mine = [case for case in told if case["story"] == story]
        true = [firms(case) for case in mine if not case["decoy"]]
        decoys = [firms(case) for case in mine if case["decoy"]]
        hits = sum(any(wanted <= lead for lead in named) for wanted in true)
        lured = sum(any(wanted <= lead for lead in named) for wanted in decoys)
        right = sum(any(wanted <= lead for wanted in true) for lead in named)
        found[story] = (len(true), hits, len(named), right, len(decoys), lured)
    return found


def networkx_rings(leads: Leads) -> tuple[float, int]:
    """Return the seconds and the rings of guarantees with an exposed member."""
    cut = leads.cut
    start = time.perf_counter()
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in cut.current(FactKind.LINK).tolist():
        link = cut.snapshot.fact(FactKind.LINK, row)
        if isinstance(link, Link) and link.relation is Relation.GUARANTEES:
            graph.add_edge(link.subject, link.other)
    place = {subject: n for n, subject in enumerate(cut.subjects)}
    rings = [
        ring
        for ring in nx.strongly_connected_components(graph)
        if len(ring) >= 3 and any(cut.serious[place[s]] for s in ring if s in place)
    ]
    return time.perf_counter() - start, len(rings)


def main() -> None:
    """Print the table of every seed, and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[11, 12, 13])
    parser.add_argument("--organizations", type=int, default=20_000)
    asked = parser.parse_args()
    total: dict[str, list[int]] = {story: [0] * 6 for story in STORIES}
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            load(folder, asked.organizations, seed)
            settings = Settings(data=folder / "data")
            with open_service(settings, SystemClock()) as service:
                seen = Sight(service.view(as_of=DAY), ALL)
                start = time.perf_counter()
                leads = LeadBook().of(seen)
                seconds = time.perf_counter() - start
                counts = {p.name: 0 for p in PATTERNS}
                for lead in leads.every:
                    counts[lead.pattern] += 1
                peer, rings = networkx_rings(leads)
                told = judge(leads, cases(folder))
        print(
            f"seed {seed}: {len(leads.every)} leads of {leads.cut.size:,} organizations in {seconds:.2f} s"
        )
        print("  " + ", ".join(f"{k} {v}" for k, v in counts.items()))
        print(
            f"  rings by NetworkX: {rings} in {peer:.3f} s; here {counts['guarantee_ring']}"
        )
        for story, row in told.items():
            total[story] = [a + b for a, b in zip(total[story], row, strict=True)]
    for story, (planted, hits, count, right, decoys, lured) in total.items():
        print(
            f"{story:24} recall {hits}/{planted}, precision {right}/{count}, decoys {lured}/{decoys}"
        )


if __name__ == "__main__":
    main()
