"""`creditgraph status`: the counts of every file, and whether they add up."""

from datetime import UTC, datetime
from pathlib import Path

from api.status import by_file, of_files
from loaders.issues import Issue, Reason
from loaders.quarantine import Quarantine
from loaders.report import FileReceipt

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


def receipt(load: int, digest: str, **counts: int) -> FileReceipt:
    rows = {"read": 0, "new": 0, "known": 0, "quarantined": 0, "facts": 0} | counts
    return FileReceipt(
        load=load,
        recorded_at=AT,
        file=f"{digest}.csv",
        source="posts",
        digest=digest,
        reasons={},
        **rows,  # type: ignore[arg-type]
    )


def test_counts_are_of_the_last_load_and_what_it_did_of_all(tmp_path: Path) -> None:
    box = Quarantine(tmp_path, bytes(32))
    issue = Issue("a.csv", 3, "职务", "", Reason.WORD, "错", "wrong", "改", "mend")
    box.add(
        file_digest="a",
        file="a.csv",
        source="posts",
        rows=[(3, {"职务": ""})],
        issues={3: [issue]},
        at=AT,
    )
    told = [
        receipt(1, "a", read=3, new=2, quarantined=1, corrected=2, withdrawn=1),
        receipt(2, "b", read=2, new=1, quarantined=1, ended=4),
        receipt(3, "a", read=3, known=2, quarantined=1, corrected=1),
    ]
    first, second = by_file(told, box)
    assert (first["file"], first["new"], first["known"]) == ("a.csv", 0, 2)
    assert (first["corrected"], first["withdrawn"], first["ended"]) == (3, 1, 0)
    assert (first["waiting"], first["adds_up"]) == (1, True)
    # A row was set aside of which the quarantine knows nothing.
    assert (second["waiting"], second["adds_up"], second["ended"]) == (0, False, 4)
    sums = of_files(told, box)
    assert (sums["rows.read"], sums["rows.known"], sums["rows.quarantined"]) == (
        5,
        2,
        2,
    )
    assert (sums["files.corrected"], sums["files.unreconciled"]) == (3, 1)
