"""Rows in quarantine over HTTP: listed, shown masked, driven again once."""

import csv
import io
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.vocabulary import LoadKind
from loaders.correcting import write_rows
from loaders.issues import Issue, Reason
from tests.unit.api.conftest import World

ID = "230799198001010016"
HEADINGS = "姓名,证件类型,证件号码,任职单位,职务,备注\n"
POSTS = f"""{HEADINGS}林甲,,,示例公司,监事,
林乙丙,身份证,{ID},示例公司,大顾问,电话13900000000
林丁,,,示例公司,监事,
林戊己,,,,监事,
"""


@pytest.fixture
def digest(world: World, tmp_path: Path) -> str:
    return load(world, tmp_path, "posts.csv", POSTS)


def load(world: World, folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return world.service.load([path]).reports[0].digest


def drive(
    world: World,
    digest: str,
    *,
    content: bytes | None = None,
    again: str | None = "redrive-1",
    key: str = "writer",
) -> httpx.Response:
    more: dict[str, Any] = {"json": {}}
    if content is not None:
        more = {"files": [("file", ("corrected.csv", content, "text/csv"))]}
    headers = {"Idempotency-Key": again} if again else {}
    path = f"/v1/quarantine/{digest}:redrive"
    return world.call("POST", path, key=key, headers=headers, **more)


def finished(world: World, answer: httpx.Response) -> Any:
    assert answer.status_code == 202, answer.text
    for _ in range(400):
        job = world.get(answer.headers["location"], key="writer").json()["item"]
        if job["state"]["value"] in {"done", "failed"}:
            return job
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def corrected(world: World, folder: Path, digest: str) -> bytes:
    """Return the masked export with what is wrong put right."""
    rows = list(world.service.quarantine.rows(digest))
    path = folder / "corrected.csv"
    write_rows(path, rows, masking=None, language="zh")
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]))
    writer.writeheader()
    writer.writerows({**r, "职务": "监事", "任职单位": "示例公司"} for r in found)
    return out.getvalue().encode()


def test_files_with_waiting_rows_are_listed(world: World, digest: str) -> None:
    answer = world.get("/v1/quarantine", key="writer").json()
    (item,) = answer["items"]
    assert (item["digest"], item["file"], item["source"]) == (
        digest,
        "posts.csv",
        "posts",
    )
    assert item["waiting"] == sum(item["reasons"].values()) == 2
    assert item["since"]
    assert (answer["total"], answer["next_cursor"]) == (1, None)


def test_files_are_chosen_by_source_and_reason(world: World, digest: str) -> None:
    def found(query: str) -> int:
        return len(world.get(f"/v1/quarantine?{query}", key="writer").json()["items"])

    (item,) = world.get("/v1/quarantine", key="writer").json()["items"]
    assert found("source=posts") == found(f"reason={next(iter(item['reasons']))}") == 1
    assert found("source=penalties") == found("reason=share") == 0
    answer = world.get("/v1/quarantine?reason=nonsense", key="writer")
    assert answer.json()["type"].endswith(":unknown_term")


def test_pages_of_files_and_rows_join_without_gap(
    world: World, tmp_path: Path, digest: str
) -> None:
    bad = "".join(f"林{n},,,示例公司,大顾问,\n" for n in range(7))
    good = "".join(f"王{n},,,示例公司,监事,\n" for n in range(9))
    load(world, tmp_path, "b.csv", HEADINGS + good + bad)
    many = load(world, tmp_path, "c.csv", HEADINGS + bad + good)

    def pages(path: str, limit: int) -> list[Any]:
        found, cursor = [], ""
        while cursor is not None:
            query = f"?limit={limit}" + (f"&cursor={cursor}" if cursor else "")
            answer = world.get(path + query, key="writer").json()
            assert len(answer["items"]) <= limit
            found += answer["items"]
            cursor = answer["next_cursor"]
        assert answer["total"] == len(found)
        return found

    files = [f["digest"] for f in pages("/v1/quarantine", 1)]
    assert len(files) == len(set(files)) == 3
    rows = [r["line"] for r in pages(f"/v1/quarantine/{many}/rows", 3)]
    assert rows == list(range(2, 9))
    answer = world.get("/v1/quarantine?cursor=WzFd", key="writer")
    assert answer.json()["type"].endswith(":bad_input")


def test_rows_are_shown_with_all_that_is_wrong_and_masked(
    world: World, digest: str
) -> None:
    answer = world.get(f"/v1/quarantine/{digest}/rows", key="writer")
    first, second = answer.json()["items"]
    assert (first["line"], second["line"]) == (3, 5)
    (issue,) = first["issues"]
    assert (issue["field"], issue["value"]) == ("职务", "大顾问")
    assert issue["message"]["zh"]
    assert issue["message"]["en"]
    assert first["row"]["姓名"] == "林*丙"
    assert first["row"]["证件号码"] == "2307**********0016"
    assert first["loader"]
    for secret in (ID, "林乙丙", "林戊己", "13900000000"):
        assert secret not in answer.text


def test_names_are_for_keys_with_personal_data(world: World, digest: str) -> None:
    from api.keys import KeyRing

    ring = KeyRing(world.service.settings.keys_file)
    now = world.service.clock.now()
    more: dict[str, Any] = {"role": "writer", "personal_data": True}
    world.keys["clear"] = ring.create("clear", now=now, **more)[1]
    answer = world.get(f"/v1/quarantine/{digest}/rows", key="clear")
    assert answer.json()["items"][0]["row"]["姓名"] == "林乙丙"
    assert ID not in answer.text


def test_the_name_of_a_person_is_masked_in_its_issue_too(
    world: World, digest: str
) -> None:
    told = (Reason.CHARACTER, "有误", "is wrong", "", "")
    issue = Issue("f.csv", 2, "姓名", "林乙丙", *told)
    world.service.quarantine.add(
        file_digest="ef" * 32,
        file="f.csv",
        source="posts",
        rows=[(2, {"姓名": "林乙丙", "": "林乙丙,x"})],
        issues={2: [issue]},
        at=world.service.clock.now(),
    )
    answer = world.get(f"/v1/quarantine/{'ef' * 32}/rows", key="writer")
    assert "林乙丙" not in answer.text
    assert answer.json()["items"][0]["text"] == "***,*"


@pytest.mark.parametrize("key", ["reader", "personal", "limited", "limited_writer"])
def test_who_may_not_see_them(world: World, digest: str, key: str) -> None:
    for path in ("/v1/quarantine", f"/v1/quarantine/{digest}/rows"):
        assert world.get(path, key=key).status_code == 403
    assert drive(world, digest, key=key).status_code == 403


def test_a_limited_operator_may_look_and_not_load(world: World, digest: str) -> None:
    from api.keys import KeyRing

    ring = KeyRing(world.service.settings.keys_file)
    now = world.service.clock.now()
    more: dict[str, Any] = {"role": "operator", "departments": ("market",)}
    world.keys["looker"] = ring.create("looker", now=now, **more)[1]
    rows = f"/v1/quarantine/{digest}/rows"
    assert world.get(rows, key="looker").status_code == 200
    answer = drive(world, digest, key="looker")
    assert answer.json()["type"].endswith(":outside_scope")


def test_rows_driven_without_a_change_wait_on(world: World, digest: str) -> None:
    job = finished(world, drive(world, digest))
    (report,) = job["reports"]
    assert (report["read"], report["quarantined"]) == (2, 2)
    items = world.get(f"/v1/quarantine/{digest}/rows", key="writer").json()["items"]
    assert len(items) == 2


def test_corrected_rows_are_taken_and_resolved_once(
    world: World, digest: str, tmp_path: Path
) -> None:
    content = corrected(world, tmp_path, digest)
    first = drive(world, digest, content=content)
    (report,) = finished(world, first)["reports"]
    assert (report["file"], report["read"], report["new"]) == ("corrected.csv", 2, 2)
    head = world.store.facts.seq
    again = drive(world, digest, content=content)
    assert again.headers["idempotent-replay"] == "true"
    assert again.json()["item"]["id"] == first.json()["item"]["id"]
    assert drive(world, digest, content=b"x").json()["type"].endswith("_reused")
    assert drive(world, digest, again="redrive-2").status_code == 404
    assert world.store.facts.seq == head
    rows = world.get(f"/v1/quarantine/{digest}/rows", key="writer")
    assert rows.status_code == 404
    assert list((world.service.settings.data / "uploads").glob("*")) == []


def test_a_file_that_is_no_export_fails_with_a_problem(
    world: World, digest: str
) -> None:
    job = finished(world, drive(world, digest, content=POSTS.encode()))
    assert job["problem"]["type"].endswith(":bad_input")
    assert job["problem"]["hint"]


def test_driving_needs_an_idempotency_key_and_a_digest(
    world: World, digest: str
) -> None:
    assert drive(world, digest, again=None).status_code == 400
    assert drive(world, digest[:12]).status_code == 422
    assert drive(world, "0" * 64).status_code == 404


def test_status_says_how_many_rows_wait(world: World, digest: str) -> None:
    found = world.get("/v1/status", key="operator").json()["item"]["status"]
    assert found["quarantine.posts"] == 2


def disclosures(world: World) -> list[dict[str, str]]:
    loads = world.service.refresh().snapshot.loads
    return [dict(one.note) for one in loads if one.kind is LoadKind.DISCLOSURE]


def exported(world: World, digest: str, *, key: str = "writer", **asked: Any) -> Any:
    path = f"/v1/quarantine/{digest}/export"
    return world.get(path, key=key, params=asked)


def test_rows_are_exported_masked_and_come_back(world: World, digest: str) -> None:
    answer = exported(world, digest)
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    assert ID not in answer.text
    assert "2307**********0016" in answer.text
    assert disclosures(world) == []
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**r, "职务": "监事", "任职单位": "示例公司"} for r in rows)
    job = finished(world, drive(world, digest, content=out.getvalue().encode()))
    assert [r["new"] for r in job["reports"]] == [2]


def test_an_export_in_clear_needs_the_right_and_a_reason_and_is_journaled(
    world: World, digest: str
) -> None:
    refused = exported(world, digest, unmasked=True, reason="更正")
    assert (refused.status_code, disclosures(world)) == (403, [])
    no_reason = exported(world, digest, key="personal_writer", unmasked=True)
    assert (no_reason.status_code, disclosures(world)) == (422, [])
    answer = exported(
        world, digest, key="personal_writer", unmasked=True, reason="更正号码"
    )
    assert answer.status_code == 200, answer.text
    assert ID in answer.text
    (note,) = disclosures(world)
    assert (note["rows"], note["reason"]) == ("2", "更正号码")
    assert note["by"].startswith("key ")


def test_nothing_is_exported_of_a_file_that_waits_for_nothing(world: World) -> None:
    assert exported(world, "0" * 64).status_code == 404
