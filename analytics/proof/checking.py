"""Checking a proof with nothing but the proof: no store, no law book, no network.

Three things are asked: is every part the one that was sealed, does the claim follow
from the facts and provisions as they stand there, and are the steps those that do.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from analytics.proof.building import FORMAT, LAW_PARTS, claim_of, steps_of
from analytics.proof.canonical import canonical, is_sealed
from analytics.proof.replaying import Replay, replayed
from graph.errors import BadInput, CreditGraphError
from graph.law.book import FORMAT as BOOK_FORMAT
from graph.law.book import LawBook
from graph.records import Fact, fact_of
from graph.schema import SCHEMAS
from graph.snapshot import day_of
from graph.vocabulary import FactKind

_UNNAMED = "-"


class Fault(NamedTuple):
    """What is wrong with a proof.

    Args:
        part: which part: `fact 3`, `law 2`, `step 1`, `claim`, `proof`.
        zh: what is wrong, in Chinese.
        en: what is wrong, in English.
    """

    part: str
    zh: str
    en: str


def check(proof: Mapping[str, Any]) -> list[Fault]:
    """Return everything that is wrong with a proof; nothing: it holds.

    Raises:
        BadInput: it is not a proof, or of a format that is not known.
    """
    _refuse_strange(proof)
    broken = list(_broken_seals(proof))
    return broken or list(_unfounded(proof))


def _refuse_strange(proof: Mapping[str, Any]) -> None:
    if not isinstance(proof, Mapping) or proof.get("format") != FORMAT:
        found = proof.get("format") if isinstance(proof, Mapping) else None
        raise BadInput(
            f"不是本程序的证明文件（format 为 {found}，应为 {FORMAT}）。",
            f"This is no proof of this program (format {found!r}, not {FORMAT!r}).",
            hint_zh="请给出 `creditgraph proof show` 或者接口输出的 JSON 文件。",
            hint_en="Give the JSON that `creditgraph proof show` or the API wrote.",
        )


# ---- seals ---------------------------------------------------------------


def _broken_seals(proof: Mapping[str, Any]) -> Iterator[Fault]:
    algorithm = str(proof.get("algorithm"))
    for name, word in (("facts", "fact"), ("law", "law"), ("steps", "step")):
        for number, part in enumerate(proof.get(name, ()), 1):
            if not is_sealed(part, algorithm):
                yield _altered(f"{word} {number}", name, part)
    if not is_sealed(proof, algorithm):
        yield Fault(
            "proof",
            "整份证明的摘要不符：有部分被改动、增加或者删除",
            "the digest of the whole proof does not match: a part was altered, added "
            "or taken out",
        )


def _altered(where: str, name: str, part: Mapping[str, Any]) -> Fault:
    told = {"facts": "事实", "law": "条文", "steps": "步骤"}[name]
    about = _about(part)
    return Fault(
        where,
        f"{told} {where.split()[1]}（{about}）被改动：内容与摘要不符",
        f"{where} ({about}) was altered: its content does not match its digest",
    )


def _about(part: Mapping[str, Any]) -> str:
    """Return what a part is about, in a few words."""
    if "says" in part:
        says = part["says"]
        words = (says.get(k) for k in ("document_number", "document", "role"))
        return " ".join(filter(None, (str(part.get("kind")), *words)))
    if "text" in part:
        text = part["text"]
        name = text.get("key") or text.get("organization_kind")
        return f"{part.get('part')} {name}"
    return str(part.get("rule", ""))


# ---- whether it follows --------------------------------------------------


def _unfounded(proof: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        facts = [_fact(part) for part in proof["facts"]]
        law = _book(proof["law"])
        claim = dict(proof["claim"])
        day = day_of(date.fromisoformat(claim["day"]))
        replay = replayed(facts, law, claim["effect"], day)
    except (CreditGraphError, KeyError, TypeError, ValueError) as error:
        yield Fault(
            "proof",
            f"内容无法按事实和条文读取：{error}",
            f"its content cannot be read as facts and provisions: {error}",
        )
        return
    if replay.effect is None or replay.status is None:
        yield Fault(
            "claim",
            "由所列事实和条文推不出这一后果",
            "the effect does not follow from the facts and provisions stated",
        )
        return
    found = claim_of(replay.effect, day, replay.status)
    yield from _differing(claim, found)
    yield from _other_steps(proof["steps"], replay)


def _differing(claim: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Fault]:
    for key in sorted({*claim, *found}):
        if claim.get(key) != found.get(key):
            yield Fault(
                "claim",
                f"所称 {key} 为 {claim.get(key)}，由所列事实和条文得出的是 {found.get(key)}",
                f"it claims {key} = {claim.get(key)}; what follows from the facts and "
                f"provisions is {found.get(key)}",
            )


def _other_steps(steps: list[Mapping[str, Any]], replay: Replay) -> Iterator[Fault]:
    stated = [{k: v for k, v in step.items() if k != "digest"} for step in steps]
    derived = steps_of(replay)
    for number in range(max(len(stated), len(derived))):
        one = stated[number] if number < len(stated) else None
        other = derived[number] if number < len(derived) else None
        if one is None or other is None or canonical(one) != canonical(other):
            yield Fault(
                f"step {number + 1}",
                f"第 {number + 1} 步写的是 {_short(one)}，推导得出的是 {_short(other)}",
                f"step {number + 1} states {_short(one)}; what follows is "
                f"{_short(other)}",
            )


def _short(step: Mapping[str, Any] | None) -> str:
    if step is None:
        return "—"
    gives = step.get("gives", {})
    return (
        f"{step.get('rule')} {step.get('role')} {gives.get('status')} "
        f"{gives.get('valid_from')}..{gives.get('valid_to')}"
    )


def _fact(part: Mapping[str, Any]) -> Fact:
    kind = FactKind(part["kind"])
    types = {column.name: column.type for column in SCHEMAS[kind].columns}
    values = {
        name: _read(value, types.get(name)) for name, value in part["says"].items()
    }
    if "name" in types:
        values.setdefault("name", _UNNAMED)
    return fact_of(kind, values)


def _read(value: Any, of: pa.DataType | None) -> Any:
    if of is None:
        raise ValueError(value)
    if pa.types.is_date(of):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _book(parts: list[Mapping[str, Any]]) -> LawBook:
    content: dict[str, Any] = {"format": BOOK_FORMAT}
    for shelf in LAW_PARTS:
        content[shelf] = [part["text"] for part in parts if part["part"] == shelf]
    return LawBook.from_payload(canonical(content))
