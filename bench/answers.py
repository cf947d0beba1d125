"""Milliseconds for answers that are worked out: explain, what would lift, proof, batch.

Run: python -m bench.answers [companies]. On the city of bench.http; called as the API calls
them, without a server. Among the listed companies everybody is barred from honours.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import orjson
import pyarrow as pa

from analytics.proof.building import prove
from analytics.proof.canonical import canonical
from analytics.propagation.counterfactual import counterfactual
from analytics.propagation.explain import explain
from analytics.propagation.lifting import tell
from api.access import Sight
from api.eligibility import Judging
from api.schemas.eligibility import EligibilityRequest
from api.service import Service
from api.showing.eligibility import show_answers
from bench.http import column, company, open_board, period, person
from graph.batch import Batch
from graph.scope import ALL, Scope
from graph.vocabulary import FactKind

BATCH = 10_000
ASKED = 500
LIMITED = Scope(departments=frozenset(("market",)))


def batch(service: Service, scope: Scope, body: bytes) -> bytes:
    """Return the answer to a request, from its bytes to the bytes of the answer."""
    request = EligibilityRequest.model_validate_json(body)
    seen = Sight(service.view(), scope)
    judged = Judging(seen, service.keys).judge(request)
    return orjson.dumps(show_answers(judged, seen), default=str)


def batches(companies: int) -> dict[str, bytes]:
    """Return requests: companies (2 % of them listed), persons, and the barred only."""
    rng = Random(0)

    def asked(purpose: str, items: list[str]) -> bytes:
        return orjson.dumps({"purpose": purpose, "field": "food", "items": items})

    people = range(companies * 3 // 2)
    return {
        "permit, companies": asked(
            "permit", [company(rng.randrange(companies)) for _ in range(BATCH)]
        ),
        "office, persons": asked(
            "company_office", [person(rng.choice(people)) for _ in range(BATCH)]
        ),
        "honours, listed companies": asked(
            "honours", [company(n % (companies // 50)) for n in range(BATCH)]
        ),
    }


def also_listed(service: Service, companies: int) -> None:
    """List 2 % of the companies once more, with measures that bar from honours."""
    listed = companies // 50
    entries = pa.table(
        {
            "authority": column("11230700MB00000002", listed),
            "document_number": [f"欠薪列〔2025〕{n}号" for n in range(listed)],
            "list": column("wage_arrears", listed),
            "subject": [company(n) for n in range(listed)],
            **period(listed, date(2025, 6, 5)),
        }
    )
    at = service.clock.now()
    tables = {FactKind.SANCTION: entries}
    service.store.append(
        Batch(batch="more", source="bench", recorded_at=at, tables=tables)
    )
    service.refresh()


def spent(work: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one_by_one(service: Service) -> dict[str, Callable[[str], object]]:
    """Return what is asked about single effects."""
    derivation, view = service.board.derivation, service.view()
    snapshot, law, day = view.snapshot, view.law, view.day
    effects = derivation.effects

    def lifting(name: str) -> object:
        found = counterfactual(effects[name], derivation, day=day)
        return found and tell(found, snapshot, law).text("zh")

    def proof(name: str) -> object:
        found = prove(effects[name], derivation, day=day)
        return found and canonical(found)

    return {
        "explanation": lambda name: explain(
            effects[name], derivation, snapshot, law, day=day
        ).text("zh"),
        "counterfactual": lifting,
        "proof": proof,
    }


def main(companies: int = 100_000) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        service = open_board(Path(folder), companies)
        also_listed(service, companies)
        names = sorted(service.board.derivation.effects)
        print(f"{companies:,} companies, {len(names):,} effects")
        print(f"{'answer':32}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
        for what, work in one_by_one(service).items():
            chosen = Random(1).choices(names, k=ASKED)
            print_row(what, [spent(partial(work, name)) for name in chosen])
        for what, body in batches(companies).items():
            for whose, scope in (("all", ALL), ("limited", LIMITED)):
                work_ = partial(batch, service, scope, body)
                print_row(
                    f"{BATCH:,} {what} ({whose})", [spent(work_) for _ in "12345"]
                )


def print_row(what: str, seconds: list[float]) -> None:
    """Print one line of the table."""
    p50, p99 = np.percentile(seconds, [50, 99]) * 1e3
    print(f"{what:32}{p50:9.1f}{p99:9.1f}{max(seconds) * 1e3:9.1f}")


if __name__ == "__main__":
    main(*[int(text) for text in sys.argv[1:2]])
