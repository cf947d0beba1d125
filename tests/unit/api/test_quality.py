"""What became of the files, as rates by source and month."""

from datetime import UTC, datetime

from api.quality import of_files
from loaders.report import FileReceipt


def receipt(digest: str, month: int, **counts: int) -> FileReceipt:
    read, wrong, aside = (counts.get(n, 0) for n in ("read", "code", "quarantined"))
    return FileReceipt(
        load=1,
        recorded_at=datetime(2026, month, 2, tzinfo=UTC),
        file=f"{digest}.csv",
        source="posts",
        digest=digest,
        read=read,
        new=read - aside,
        known=0,
        quarantined=aside,
        facts=0,
        reasons={"code": wrong} if wrong else {},
    )


def test_rates_are_by_source_and_month_and_a_file_sent_again_counts_once() -> None:
    told = of_files(
        [
            receipt("a", 1, read=100, code=3, quarantined=3),
            receipt("b", 1, read=300, code=1, quarantined=2),
            receipt("b", 1, read=300, code=0, quarantined=1),
            receipt("a", 2, read=50, code=1, quarantined=1),
        ]
    )
    found = {(m.key, m.group): m for m in told}
    january = found["wrong_codes", "posts 2026-01"]
    assert (january.numerator, january.denominator) == (3, 400)
    assert january.examples == ("a.csv",)
    assert january.rate == 3 / 400
    assert found["quarantined", "posts 2026-01"].numerator == 4
    assert found["wrong_codes", "posts 2026-02"].rate == 1 / 50
    assert found["impossible_days", "posts 2026-02"].numerator == 0
