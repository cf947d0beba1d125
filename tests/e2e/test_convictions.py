"""What follows by law from a criminal judgment that a court reports."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.propagation.engine import derive
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot import date_of
from graph.snapshot.facts import Facts
from graph.snapshot.intake import Trial
from loaders.pipeline import load

LAW = LawBook.load()
HEAD = "案号,审理法院,被告人,被告人类别,证件类型,证件号码,罪名,罪名类别,主刑,宣告缓刑,判决日期,生效日期,执行完毕日期,监管领域"
WHO = "林甲,自然人,身份证,230799198001010016"
DAYS = "2023-01-10,2023-01-20,2025-01-19"


def follows(tmp_path: Path, crime: str) -> set[tuple[str, date | None, date | None]]:
    """Return the rules that bind the person, from and to when (half-open)."""
    path = tmp_path / "convictions.csv"
    path.write_text(f"{HEAD}\n（2023）黑07刑初示1号,某法院,{WHO},{crime}\n", "utf-8")
    store = Trial(Facts())
    (report,) = load(
        [path],
        store=store,
        keys=PersonKeys(bytes(32)),
        law=LAW,
        quarantine=None,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert (report.new, report.issues) == (1, [])
    effects = derive(store.facts.snapshot(), LAW).effects.values()
    return {
        (
            ground.rule.partition("@")[0],
            date_of(ground.valid_from),
            date_of(ground.valid_to),
        )
        for effect in effects
        for ground in effect.grounds
        if effect.bearer.startswith("per:")
    }


def test_a_sentence_for_economic_crime_bans_from_office_for_five_years_after_it(
    tmp_path: Path,
) -> None:
    found = follows(tmp_path, f"职务侵占罪,侵占财产罪,有期徒刑,否,{DAYS},")
    bans = [days for rule, *days in found if rule == "ECONOMIC-CRIME-OFFICE-BAN"]
    texts = [date(2023, 1, 20), date(2024, 7, 1)], [date(2024, 7, 1), date(2030, 1, 19)]
    assert sorted(bans) == list(texts)


@pytest.mark.parametrize(
    "crime",
    [
        f"单位行贿罪,贪污贿赂罪,免予刑事处罚,,{DAYS},",
        f"故意伤害罪,其他,有期徒刑,否,{DAYS},",
    ],
)
def test_no_sentence_or_another_crime_bans_nobody(tmp_path: Path, crime: str) -> None:
    assert follows(tmp_path, crime) == set()


def test_a_food_crime_bans_from_the_trade_for_life(tmp_path: Path) -> None:
    crime = f"生产、销售不符合安全标准的食品罪,,有期徒刑,是,{DAYS},食品"
    ban = ("FOOD-CRIME-OCCUPATION-BAN", date(2023, 1, 20), None)
    assert follows(tmp_path, crime) == {ban}
