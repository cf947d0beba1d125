"""The answer key: what was planted, which rows are wrong and which come late.

`answers.json` says what follows by law from the papers of the stories. The folder `key`
has the rest, a JSON document a line, so that it can be read for a city of any size.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.authorities import office_position
from loaders.synthetic.columns import days
from loaders.synthetic.contagion import Spread
from loaders.synthetic.deliveries import Deliveries
from loaders.synthetic.grades import GRADES
from loaders.synthetic.model import City
from loaders.synthetic.outlet import Written
from loaders.synthetic.people import ROLES
from loaders.synthetic.punishments import document_numbers
from loaders.synthetic.stories import Plan

ANSWERS: Final = "answers.json"
KEY: Final = "key"
_CITY: Final = "city.json"
_ABOUT: Final = "Answer key of the invented city: what must follow, and what must not."


def is_key(path: Path) -> bool:
    """Return whether a file or folder is (part of) the answers to an invented city."""
    if path.name == ANSWERS and path.is_file():
        with path.open("rb") as file:
            return _ABOUT.encode() in file.read(1_000)
    folder = path if path.is_dir() else path.parent
    return folder.name == KEY and (folder / _CITY).is_file()


def write_answers(out: Path, plan: Plan) -> None:
    """Write what must follow by law, and what must not."""
    answers: dict[str, Any] = {
        "about": _ABOUT,
        "as_of": plan.reference.isoformat(),
        "stories": [story.as_json() for story in plan.stories],
    }
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    (out / ANSWERS).write_text(text + "\n", encoding="utf-8")


def write_key(
    out: Path,
    city: City,
    deliveries: Deliveries,
    written: Sequence[Written],
    cases: Iterable[Mapping[str, Any]],
    asked: Mapping[str, Any],
) -> None:
    """Write the folder `key`.

    Args:
        out: folder of the city.
        city: what was drawn.
        deliveries: which rows are late.
        written: what the files hold.
        cases: what is planted for detectors.
        asked: what the city was asked for.
    """
    folder = out / KEY
    folder.mkdir(exist_ok=True)
    _write_lines(folder / "cases.jsonl", cases)
    _write_lines(folder / "wrong_rows.jsonl", _wrong_rows(written))
    _write_lines(folder / "late_rows.jsonl", _late_rows(city, deliveries))
    _write_lines(folder / "people.jsonl", _people(city))
    if city.spread is not None:
        _write_lines(folder / "spread.jsonl", _passed_on(city, city.spread))
    counts = np.bincount(city.organizations.grade, minlength=len(GRADES)).tolist()
    about = {
        **asked,
        "files": [
            {"name": w.name, "rows": w.rows, "wrong": len(w.wrong)} for w in written
        ],
        "grades_drawn": dict(zip(GRADES, counts, strict=True)),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (folder / _CITY).write_text(text + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _wrong_rows(written: Sequence[Written]) -> Iterable[dict[str, Any]]:
    for one in written:
        for wrong in one.wrong:
            bad = wrong.spoiled
            yield {
                "file": wrong.file,
                "line": wrong.line,
                "wrong": bad.kind,
                "field": bad.field,
                "value": bad.value,
            }


def _late_rows(city: City, deliveries: Deliveries) -> Iterable[dict[str, Any]]:
    given = city.penalties.taken(deliveries.late)
    place = city.organizations.prefecture[given.organization]
    organ = office_position(place, given.office)
    codes = city.organizations.codes.take(pa.array(given.organization))
    columns = (
        days(deliveries.delivered), days(given.decided), codes,
        document_numbers(given, organ),
    )  # fmt: skip
    for delivered, decided, code, document in zip(
        *(column.to_pylist() for column in columns), strict=True
    ):
        yield {
            "file": f"penalties_delivered_{delivered}.csv",
            "document": document,
            "code": code,
            "decided": decided,
            "delivered": delivered,
        }


def _people(city: City) -> Iterable[dict[str, Any]]:
    """Yield who it is whose posts or one of them a file states by name alone.

    The number of a person means nothing outside of the key.
    """
    posts, holdings = city.posts, city.holdings
    unnumbered = np.zeros(len(city.people), np.bool_)
    unnumbered[posts.person[~posts.numbered]] = True
    codes = city.organizations.codes.to_pylist()
    found: dict[int, dict[str, Any]] = {}
    rows = np.flatnonzero(unnumbered[posts.person])
    names = city.people.names(posts.person[rows]).to_pylist()
    for row, name in zip(rows.tolist(), names, strict=True):
        person = int(posts.person[row])
        entry = found.setdefault(
            person, {"person": person, "name": name, "posts": [], "holds": []}
        )
        entry["posts"].append(
            {
                "code": codes[posts.organization[row]],
                "role": ROLES[posts.role[row]],
                "numbered": bool(posts.numbered[row]),
            }
        )
    for row in np.flatnonzero(~holdings.by_firm).tolist():
        if (person := int(holdings.holder[row])) in found:
            found[person]["holds"].append(codes[holdings.organization[row]])
    yield from found.values()


def _passed_on(city: City, spread: Spread) -> Iterable[dict[str, Any]]:
    codes = city.organizations.codes
    columns = (
        codes.take(pa.array(spread.source)), days(spread.began),
        codes.take(pa.array(spread.target)), days(spread.decided),
    )  # fmt: skip
    for source, began, target, decided in zip(
        *(column.to_pylist() for column in columns), strict=True
    ):
        yield {"from": source, "began": began, "to": target, "decided": decided}
