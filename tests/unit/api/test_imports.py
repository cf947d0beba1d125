"""Loading files over HTTP: job, progress, report, dry run, once and only once."""

import os
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.jobs import JobState
from loaders.pipeline import Progress
from tests.unit.api.conftest import World

CITY = Path(__file__).parents[3] / "examples/city/registrations.csv"
SAMPLE = b"".join(CITY.read_bytes().splitlines(keepends=True)[:12])
"""A dozen invented registrations."""


def send(
    world: World,
    *,
    name: str = "registrations.csv",
    content: bytes | None = None,
    again: str | None = "import-1",
    key: str = "writer",
    query: str = "",
) -> httpx.Response:
    data = SAMPLE if content is None else content
    headers = {"Idempotency-Key": again} if again else {}
    files = [("files", (name, data, "text/csv"))]
    url = f"/v1/imports{query}"
    return world.call("POST", url, key=key, files=files, headers=headers)


def finished(world: World, answer: httpx.Response, key: str = "writer") -> Any:
    """Return the job once it is over."""
    assert answer.status_code == 202, answer.text
    for _ in range(400):
        job = world.get(answer.headers["location"], key=key).json()["item"]
        if job["state"]["value"] in {"done", "failed"}:
            return job
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def uploads(world: World) -> list[Path]:
    return list((world.service.settings.data / "uploads").glob("*"))


def test_a_file_is_loaded_aside_and_every_row_is_accounted_for(world: World) -> None:
    before = world.store.facts.seq
    answer = send(world)
    assert answer.json()["item"]["id"] in answer.headers["location"]
    job = finished(world, answer)
    (report,) = job["reports"]
    assert job["problem"] is None
    assert report["read"] == report["new"] + report["known"] + report["quarantined"]
    assert report["new"] > 0
    assert report["source"] == "registrations"
    assert world.store.facts.seq > before
    assert job["effects"] is not None


def test_the_uploaded_file_does_not_stay(world: World) -> None:
    finished(world, send(world))
    assert uploads(world) == []


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    before = world.store.facts.seq
    tried = finished(world, send(world, query="?dry_run=true"))
    assert world.store.facts.seq == before
    done = finished(world, send(world, again="import-2"))
    assert tried["dry_run"] is True
    assert tried["reports"][0]["new"] == done["reports"][0]["new"]


def test_the_same_request_again_is_the_same_job(world: World) -> None:
    first = send(world)
    second = send(world)
    assert second.headers["idempotent-replay"] == "true"
    assert second.json()["item"]["id"] == first.json()["item"]["id"]
    finished(world, second)


def test_the_same_file_under_another_key_finds_its_rows_known(world: World) -> None:
    first = finished(world, send(world))["reports"][0]
    second = finished(world, send(world, again="import-2"))["reports"][0]
    assert second["new"] == 0
    assert second["known"] == first["new"] + first["known"]


@pytest.mark.parametrize("change", [{"query": "?dry_run=true"}, {"content": b"x"}])
def test_one_idempotency_key_is_for_one_import(
    world: World, change: dict[str, Any]
) -> None:
    finished(world, send(world))
    answer = send(world, **change)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":idempotency_reused")


def test_an_import_needs_an_idempotency_key(world: World) -> None:
    assert send(world, again=None).status_code == 400


@pytest.mark.parametrize(
    "name",
    ["a.exe", "../../etc/passwd.csv", "a/b.csv", "c:x.csv", ".csv/..", "x" * 130],
)
def test_a_name_that_is_no_name_of_a_file_is_refused(world: World, name: str) -> None:
    answer = send(world, name=name)
    assert answer.status_code == 422
    assert uploads(world) == []


def test_a_limited_key_may_not_load(world: World) -> None:
    answer = send(world, key="limited_writer")
    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":outside_scope")


def test_a_file_that_cannot_be_read_fails_with_a_problem(world: World) -> None:
    job = finished(world, send(world, content=b"nothing,known\n1,2\n"))
    assert job["state"]["value"] == "failed"
    assert job["problem"]["type"].startswith("urn:creditgraph:problem:")
    assert job["problem"]["detail"]
    assert uploads(world) == []


def test_an_unforeseen_fault_ends_the_job_and_not_the_queue(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    with monkeypatch.context() as patched:
        patched.setattr(world.service, "load", broken)
        job = finished(world, send(world))
    assert job["state"]["value"] == "failed"
    assert "secret" not in str(job)
    job = finished(world, send(world, again="import-2"))
    assert job["state"]["value"] == "done"


def test_a_job_is_for_the_key_that_sent_it_and_for_operators(world: World) -> None:
    answer = send(world)
    finished(world, answer)
    where = answer.headers["location"]
    assert world.get(where, key="reader").status_code == 404
    assert world.get(where, key="operator").status_code == 200


def test_an_upload_over_the_limit_is_refused(world: World) -> None:
    limit = world.service.settings.upload_mb * 2**20
    answer = world.call(
        "POST",
        "/v1/imports",
        key="writer",
        content=b"",
        headers={
            "Content-Type": "multipart/form-data; boundary=x",
            "Content-Length": str(limit + 1),
            "Idempotency-Key": "too-large",
        },
    )
    assert answer.status_code == 413


def test_too_many_files_are_refused(world: World) -> None:
    files = [("files", (f"{n}.csv", b"a\n1\n", "text/csv")) for n in range(21)]
    answer = world.call(
        "POST",
        "/v1/imports",
        key="writer",
        files=files,
        headers={"Idempotency-Key": "many-files"},
    )
    assert answer.status_code == 400


def test_a_full_queue_says_so_and_keeps_no_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.jobs._WAITING_AT_MOST", 0)
    answer = send(world)
    assert answer.status_code == 429
    assert uploads(world) == []


def test_files_of_a_killed_process_are_removed_at_the_next_start(world: World) -> None:
    folder = world.service.settings.data / "uploads"
    dead, alive = folder / "import-999999999-a", folder / f"import-{os.getpid()}-b"
    dead.mkdir(parents=True)
    alive.mkdir()
    from api.jobs import Jobs

    Jobs(world.service).close()
    assert uploads(world) == [alive]


def test_a_stop_ends_the_running_load_and_leaves_no_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(*_: object, progress: Progress, **__: object) -> None:
        while True:
            begun.set()
            progress("a.csv", 1, None, 1.0)
            time.sleep(0.01)

    monkeypatch.setattr(world.service, "load", endless)
    first, second = send(world), send(world, again="import-2")
    assert begun.wait(5)
    world.app.state.jobs.close()
    state = world.get(first.headers["location"], key="writer").json()["item"]
    assert state["problem"]["type"].endswith(":stopping")
    assert state["progress"]["rows_done"] == 1
    waiting = world.get(second.headers["location"], key="writer").json()["item"]
    assert waiting["state"]["value"] == "waiting"
    assert uploads(world) == []


def test_states_are_a_closed_list() -> None:
    assert [s.value for s in JobState] == ["waiting", "running", "done", "failed"]


# --- what is expected of a file -------------------------------------------------------


def shrunk(world: World, *, again: str, **form: str) -> Any:
    """Send three rows of a list of which forty were loaded before."""
    files = [("files", ("short.csv", _list(3), "text/csv"))]
    answer = world.call(
        "POST",
        "/v1/imports",
        key="writer",
        files=files,
        data=form,
        headers={"Idempotency-Key": again},
    )
    return finished(world, answer)


def _list(rows: int) -> bytes:
    lines = [f"{n},firm {n},,2021-01-05," for n in range(rows)]
    headings = "Name,Clean Name,Parent Name,Start date,End date"
    return "\n".join([headings, *lines, ""]).encode()


def test_a_file_that_shrinks_fails_and_is_taken_with_a_reason(world: World) -> None:
    finished(world, send(world, name="long.csv", content=_list(40), again="long-file"))
    seq = world.store.facts.seq
    job = shrunk(world, again="short-file-1")
    assert job["problem"]["type"].endswith(":expectation_missed")
    assert "37 条" in job["problem"]["detail"]
    assert "accept" in job["problem"]["hint"]
    assert world.store.facts.seq == seq
    job = shrunk(world, again="short-file-2", accept="名单本月缩减，见通知")
    (report,) = job["reports"]
    assert (report["withdrawn"], report["known"]) == (37, 3)
    assert report["accepted"] == "名单本月缩减，见通知"
    receipt = world.service.receipts()[-1]
    assert receipt.accepted == "名单本月缩减，见通知"
    assert receipt.accepted_by.startswith("key ")
    assert receipt.missed == {"kept": "0.075 < 0.8"}


def test_a_reason_belongs_to_the_request(world: World) -> None:
    shrunk(world, again="same-key", accept="一")
    answer = world.call(
        "POST",
        "/v1/imports",
        key="writer",
        files=[("files", ("short.csv", _list(3), "text/csv"))],
        data={"accept": "二"},
        headers={"Idempotency-Key": "same-key"},
    )
    assert answer.json()["type"].endswith(":idempotency_reused")


def test_an_empty_reason_or_a_day_to_come_is_refused(world: World) -> None:
    files = [("files", ("short.csv", _list(3), "text/csv"))]
    headers = {"Idempotency-Key": "empty-reason"}
    answer = world.call(
        "POST", "/v1/imports", key="writer", files=files, data={"accept": " "},
        headers=headers,
    )  # fmt: skip
    assert answer.status_code == 422
    job = finished(world, send(world, query="?on=2199-01-01"))
    assert job["problem"]["type"].endswith(":bad_input")
