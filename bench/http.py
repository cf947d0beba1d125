"""Latency of the HTTP API at a steady arrival rate, on a city of 100,000 companies.

Run: python -m bench.http [companies] [rate] [seconds]. The server is its own process
on loopback; requests leave at fixed instants whether or not earlier ones came back
(open loop), so a stall shows in the figures. The board is in memory and no database
runs: reads of the board never touch one.
"""

import asyncio
import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, cast

import httpx
import numpy as np
import pyarrow as pa
import uvicorn

from analytics.scoring.scorecard import Scorecard
from api.app import create_app
from api.clock import FixedClock
from api.keys import KeyRing
from api.risks import Risks
from api.service import Service
from api.settings import Settings
from graph.batch import Batch, Load, Page, Receipt
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot import Facts
from graph.snapshot.intake import take_in
from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind
from loaders.quarantine import Quarantine

TODAY = date(2026, 11, 22)
SINCE = date(2018, 1, 1)
CORPORATE = 0.2
"""So large a part of the companies is held by another company as well."""
BATCH = 10_000
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"


class BoardOnly:
    """A store that takes batches into memory and has nothing else."""

    def __init__(self) -> None:
        self.facts = Facts()

    def append(self, batch: Batch) -> Receipt:
        intake, seq = take_in(batch, self.facts), self.facts.seq + 1
        load = Load(
            seq, batch.batch, batch.kind, batch.source, batch.file, batch.digest,
            batch.recorded_at, {}, batch.note, f"{seq:064x}",
        )  # fmt: skip
        pages = [Page(seq, i, k, t) for i, (k, t) in enumerate(intake.tables)]
        self.facts.apply(load, pages)
        return intake.receipt(seq)

    def head(self) -> int:
        return self.facts.seq

    catch_up = head

    def projected_ids(self) -> set[str]:
        return set()

    def project_effects(self, *_: object, **__: object) -> None:
        """Keep no projection."""


def company(n: int) -> str:
    return f"org:91230700MX{n:08d}"


def person(n: int) -> str:
    return f"per:{n:032x}"


def column(value: object, n: int, kind: pa.DataType | None = None) -> pa.Array:
    return pa.array([value] * n, kind)


def city(companies: int) -> dict[FactKind, pa.Table]:
    """Return facts: per company a profile, two posts, two holdings; 2 % are listed.

    Its representative holds three fifths; the rest another person or, one in five
    times, a company, so that chains of companies are some long and most short.
    """
    people, rng = companies * 3 // 2, np.random.default_rng(0)
    subjects = [company(n) for n in range(companies)]
    persons = [person(n) for n in range(people)]
    names = [f"伊春第{n}号有限公司" for n in range(companies)]
    names += [f"{SURNAMES[n % 20]}小{n}" for n in range(people)]
    every = subjects + persons
    kinds = pa.array(["company"] * companies + [None] * people)
    ties, listed = companies * 2, companies // 50
    who = rng.integers(0, people, ties)
    where = [subjects[n % companies] for n in range(ties)]
    roles = ["legal_representative"] * companies + ["director"] * companies
    by_company = rng.random(companies) < CORPORATE
    second = who[companies:]
    second = np.where(second == who[:companies], (second + 1) % people, second)
    others = np.where(by_company, rng.integers(0, companies, companies), second)
    authority = "11230700MB00000001"
    return {
        FactKind.PROFILE: pa.table(
            {
                "subject": every,
                "name": names,
                "organization_kind": kinds,
                "region": column("230717", len(every)),
                **period(len(every)),
            }
        ),
        FactKind.TIE: pa.table(
            {
                "person": [persons[n] for n in who],
                "organization": where,
                "role": roles,
                **period(ties),
            }
        ),
        FactKind.HOLDING: pa.table(
            {
                "holder": [persons[n] for n in who[:companies]]
                + [
                    (subjects if held else persons)[n]
                    for n, held in zip(others, by_company, strict=True)
                ],
                "organization": subjects * 2,
                "share_num": [3] * companies + [2] * companies,
                "share_den": column(5, companies * 2, pa.int64()),
                **period(companies * 2),
            }
        ),
        FactKind.SANCTION: pa.table(
            {
                "authority": column(authority, listed),
                "document_number": [f"列〔2025〕{n}号" for n in range(listed)],
                "list": column("market_supervision", listed),
                "subject": subjects[:listed],
                "decided_on": column(date(2025, 3, 1), listed),
                "listed_on": column(date(2025, 3, 5), listed),
                **period(listed, date(2025, 3, 5)),
            }
        ),
    }


def period(n: int, since: date = SINCE) -> dict[str, pa.Array]:
    return {"valid_from": column(since, n), "public": column(True, n)}


def open_board(folder: Path, companies: int) -> Service:
    store, at = BoardOnly(), datetime(2026, 11, 20, tzinfo=UTC)
    tables = city(companies)
    store.append(Batch(batch="city", source="bench", recorded_at=at, tables=tables))
    return Service(
        settings=Settings(data=folder),
        clock=FixedClock.on(TODAY),
        store=cast("BoltStore", store),
        keys=PersonKeys(b"0" * 32),
        law=LawBook.load(),
        quarantine=Quarantine(folder / "quarantine", b"1" * 32),
        risks=Risks(Scorecard.load()),
        close=lambda: None,
    )


def serve(listener: socket.socket, companies: int, ready: Connection) -> None:
    """Serve the board on a socket; tell the key and a listed person's effect."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        service = open_board(Path(folder), companies)
        ring = KeyRing(service.settings.keys_file)
        _, key = ring.create("bench", now=service.clock.now())
        effects = service.board.derivation.effects
        ready.send((key, sorted(effects)[:1000], time.monotonic() - begun))
        config = uvicorn.Config(create_app(service), log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


def addresses(companies: int, effects: Sequence[str]) -> dict[str, Callable[[], str]]:
    """Return what is asked, by name; each call asks about another subject."""
    rng = Random(0)

    def some() -> str:
        return f"/v1/subjects/{company(rng.randrange(companies))}"

    def listed() -> str:
        return f"/v1/subjects/{company(rng.randrange(companies // 50))}"

    return {
        "subject": some,
        "subject by code": lambda: some().replace("org:", ""),
        "ties": lambda: some() + "/ties",
        "sanctions": lambda: listed() + "/sanctions",
        "effects by company": lambda: f"/v1/effects?organization={listed()[13:]}",
        "effect with reasons": lambda: f"/v1/effects/{rng.choice(effects)}/explanation",
        "search by name": lambda: f"/v1/subjects?q=伊春第{rng.randrange(companies)}",
        "neighbours": lambda: some() + "/adjacent",
        "network of two steps": lambda: some() + "/network?depth=2",
        "path between two": lambda: f"/v1/paths?from={some()[13:]}&to={some()[13:]}",
        "ownership": lambda: some() + "/ownership",
        "controllers": lambda: some() + "/controllers",
        "score": lambda: f"/v1/risk/{some()[13:]}",
        "highest scores": lambda: "/v1/risk/top",
        "leads": lambda: f"/v1/leads?subject={listed()[13:]}",
    }


async def open_loop(
    client: httpx.AsyncClient, next_url: Callable[[], str], *, rate: float, n: int
) -> list[float]:
    """Return the seconds from the due instant to the answer, of each request."""
    begun = time.perf_counter() + 0.05

    async def one(at: float) -> float:
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        answer = await client.get(next_url())
        answer.raise_for_status()
        return time.perf_counter() - at

    return list(await asyncio.gather(*(one(begun + i / rate) for i in range(n))))


async def closed_loop(
    client: httpx.AsyncClient, next_url: Callable[[], str], *, workers: int, n: int
) -> float:
    """Return requests per second when each worker asks again at once."""

    async def worker() -> None:
        for _ in range(n // workers):
            (await client.get(next_url())).raise_for_status()

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(workers)))
    return n / (time.perf_counter() - begun)


async def measure(base: str, told: Any, companies: int, rate: float, span: int) -> None:
    key, effects, built = told
    print(f"{companies:,} companies, board built in {built:.1f} s, {rate:g} req/s")
    print(f"{'read':24}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'max ms':>8}")
    headers = {"Authorization": f"Bearer {key}"}
    # The server closes what is idle for five seconds; the client must be first.
    limits = httpx.Limits(max_connections=32, keepalive_expiry=2)
    async with httpx.AsyncClient(
        base_url=base, headers=headers, limits=limits, timeout=30
    ) as client:
        for name, next_url in addresses(companies, effects).items():
            await open_loop(client, next_url, rate=rate, n=int(rate))  # warm
            found = await open_loop(client, next_url, rate=rate, n=int(rate * span))
            p50, p95, p99 = np.percentile(found, [50, 95, 99]) * 1e3
            print(f"{name:24}{p50:8.1f}{p95:8.1f}{p99:8.1f}{max(found) * 1e3:8.1f}")
        wanted = [company(n) for n in range(BATCH)]
        begun = time.perf_counter()
        answer = await client.post("/v1/risk:batch", json={"subjects": wanted})
        answer.raise_for_status()
        spent = time.perf_counter() - begun
        print(f"scores of {BATCH:,} codes in one request: {spent:.2f} s")
        subject = addresses(companies, effects)["subject"]
        per_second = await closed_loop(client, subject, workers=8, n=2_000)
        print(f"subject, 8 workers asking at once: {per_second:,.0f} req/s")


def main(companies: int = 100_000, rate: float = 20, span: int = 10) -> None:
    """Start the server, measure, and stop it."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    server = context.Process(target=serve, args=(listener, companies, theirs))
    server.start()
    try:
        asyncio.run(measure(base, mine.recv(), companies, rate, span))
    finally:
        server.terminate()
        server.join()
        listener.close()


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:4]]
    main(*given)
