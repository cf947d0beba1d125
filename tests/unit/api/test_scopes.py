"""What a key may not see leaves no trace in any answer.

Declared exceptions: `meta.load` and `meta.snapshot` name the whole history, and an
effect exists whoever may see why (so it also counts in `counts.effects`).
"""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.records import Fact, Holding
from graph.vocabulary import RecordKind, Role
from tests.unit.api import city
from tests.unit.api.conftest import open_world

SUBJECTS = (city.FOOD, city.INN, city.MINE, city.ZHANG, city.LI, city.ZHAO, city.SUN)
EXAMPLES = 60
"""Times some forty addresses: more than two thousand comparisons."""

subjects = st.sampled_from(SUBJECTS)
organizations = st.sampled_from(SUBJECTS[:3])
persons = st.sampled_from(SUBJECTS[3:])
days = st.dates(city.D("2014-01-01"), city.D("2026-11-01"))
numbers = st.integers(1, 9).map(lambda n: f"密〔2026〕{n}号")

without_effects: st.SearchStrategy[Fact] = st.one_of(
    st.builds(
        lambda subject, number, day: city.record(
            subject, number, decided_on=day, kind=RecordKind.INSPECTION, **city.HIDDEN
        ),
        subjects,
        numbers,
        days,
    ),
    st.builds(
        lambda subject, day, n: city.profile(
            subject, f"伊春密{n}", valid_from=day, **city.HIDDEN
        ),
        subjects,
        days,
        st.integers(1, 9),
    ),
    st.builds(
        lambda holder, organization, day: Holding(
            holder=holder,
            organization=organization,
            share_num=1,
            share_den=2,
            valid_from=day,
            public=False,
            department=city.DEPARTMENT,
        ),
        subjects,
        organizations,
        days,
    ),
)
any_fact: st.SearchStrategy[Fact] = st.one_of(
    without_effects,
    st.builds(
        lambda person, organization, role, day: city.tie(
            person, organization, role, valid_from=day, **city.HIDDEN
        ),
        persons,
        organizations,
        st.sampled_from([Role.LEGAL_REPRESENTATIVE, Role.DIRECTOR, Role.FINANCE_HEAD]),
        days,
    ),
    st.builds(
        lambda subject, number, day: city.sanction(
            subject,
            number,
            list="market_supervision",
            valid_from=day,
            listed_on=day,
            **city.HIDDEN,
        ),
        organizations,
        numbers,
        days,
    ),
)


def distinct(facts: list[Fact]) -> list[Fact]:
    """Keep one fact per business key: two contents of one key are a fault."""
    kept: dict[Any, Fact] = {}
    for fact in facts:
        name = getattr(fact, "document_number", None) or fact.valid_from
        who = getattr(fact, "subject", None) or (
            getattr(fact, "person", None) or getattr(fact, "holder", None),
            getattr(fact, "organization", None),
        )
        kept[type(fact), str(name), str(who), str(getattr(fact, "role", ""))] = fact
    return list(kept.values())


class Twins:
    """Two worlds that differ only in what is hidden from the key `limited`."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.folder = loop, folder

    def answers(self, hidden: list[Fact], *more: str) -> dict[str, tuple[int, bytes]]:
        """Return what the limited key gets at every address."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        public = [f for f in city.facts() if f.public]
        world = open_world(folder, self.loop, [*public, *distinct(hidden)])
        found: dict[str, tuple[int, bytes]] = {}
        for url in (*addresses(), *more):
            answer = world.get(
                url, key="limited", headers={"X-Request-Id": "same-request"}
            )
            found[url] = answer.status_code, answer.content
        return found


def addresses() -> Iterator[str]:
    """Yield every address under which something could show."""
    for subject in SUBJECTS:
        yield f"/v1/subjects/{subject}"
        for part in (
            "records?limit=1",
            "sanctions",
            "ties",
            "holdings",
            "branches",
            "links",
            "contacts",
        ):
            yield f"/v1/subjects/{subject}/{part}"
    for q in ("伊", "铁力", "张", "密", "伊春密"):
        yield f"/v1/subjects?q={q}&limit=1"
    yield f"/v1/sanctions/{PUBLIC_SANCTION}?texts=true"
    yield f"/v1/sanctions/{PUBLIC_SANCTION}/examination"
    yield f"/v1/subjects/{city.FOOD}/records?texts=true"
    yield f"/v1/subjects/{city.FOOD}?as_of=2020-01-01"
    yield from ("/v1/rules", "/v1/lists", "/v1/measures")
    yield from QUALITY


EFFECTS = (
    "/v1/effects",
    f"/v1/effects?organization={city.FOOD}",
    "/v1/effects?region=2307",
    "/v1/pending",
    "/v1/conflicts",
    *(f"/v1/subjects/{person}/effects" for person in SUBJECTS[3:]),
)

QUALITY = (
    "/v1/data-quality?by=department&by=region&limit=500",
    "/v1/data-quality/late_records/rows",
    "/v1/data-quality/two_representatives/rows",
    "/v1/data-quality/before_establishment/rows",
    "/v1/data-quality/wrong_codes/rows",
    "/v1/data-quality/duplicate_codes/rows",
)

PUBLIC_SANCTION = "afa0a49963a79c8bcf1886dce86d838b"


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    loop = asyncio.new_event_loop()
    yield Twins(tmp_path_factory.mktemp("twins"), loop)
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture(scope="module")
def bare(twins: Twins) -> dict[str, tuple[int, bytes]]:
    return twins.answers([])


def without_counts(answers: dict[str, tuple[int, bytes]]) -> dict[str, Any]:
    """Leave out the one number that counts effects."""
    return {
        url: (status, re.sub(rb'"effects":\d+\}', b'"effects":*}', body))
        for url, (status, body) in answers.items()
    }


quiet = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_the_addresses_do_show_something(bare: dict[str, tuple[int, bytes]]) -> None:
    shown = [url for url, (status, _) in bare.items() if status == 200]
    assert f"/v1/sanctions/{PUBLIC_SANCTION}/examination" in shown
    assert len(shown) > 30


@quiet
@given(hidden=st.lists(any_fact, min_size=1, max_size=6))
def test_hidden_facts_leave_every_answer_as_it_is(
    twins: Twins, bare: dict[str, tuple[int, bytes]], hidden: list[Fact]
) -> None:
    found = twins.answers(hidden)
    assert without_counts(found) == without_counts(bare)


@quiet
@given(hidden=st.lists(without_effects, min_size=1, max_size=6))
def test_hidden_facts_without_effects_leave_the_effects_as_they_are(
    twins: Twins, hidden: list[Fact]
) -> None:
    assert twins.answers(hidden, *EFFECTS) == twins.answers([], *EFFECTS)
