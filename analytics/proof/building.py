"""A proof of an effect: facts, provisions and steps, each with its digest.

The facts are a smallest set from which the effect follows, what a register says of
the organizations in it, and whatever frees or rests the bearer. Nobody's name is in
a proof: persons stand in it by their keyed identifier.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, Final

from analytics.proof.canonical import Algorithm, sealed
from analytics.proof.replaying import Replay, replayed
from analytics.propagation.counterfactual import support_of
from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.supposing import Fact as FactRow
from analytics.propagation.supposing import Stage
from analytics.propagation.wording import iso
from graph.law.book import FORMAT as BOOK_FORMAT
from graph.law.book import LawBook
from graph.law.model import RuleVersion
from graph.records import Fact
from graph.snapshot import Snapshot
from graph.vocabulary import EffectStatus, FactKind

FORMAT: Final = "creditgraph-proof/1"

LAW_PARTS: Final = (
    *("rules", "instruments", "measures", "lists", "fields", "roles"),
    *("thresholds", "person_states"),
)
"""Shelves of the law book from which a proof may take parts."""

_FREEING = (FactKind.RELEASE, FactKind.SUSPENSION, FactKind.FINDING)
_LEFT_OUT = {
    *("line", "public", "department", "sector"),
    *("name", "id_masked", "address", "business_scope", "title", "content"),
}
"""Who may read a fact proves nothing, nor does free text, which may name persons."""


def prove(
    effect: Effect, derivation: Derivation, *, day: int, algorithm: Algorithm = "sha256"
) -> dict[str, Any] | None:
    """Return a proof that the effect stands as it does on a day, as JSON values.

    Args:
        effect: of the derivation.
        derivation: what follows from all facts.
        day: the day spoken of, as a number.
        algorithm: of the digests.

    Returns:
        None where the effect does not stand on the day.
    """
    status = effect.status_on(day)
    if status in (None, EffectStatus.ENDED):
        return None
    assert status is not None  # noqa: S101  # for the type checker
    snapshot = derivation.snapshot
    rows = _facts(effect, derivation, day, status)
    facts = [snapshot.fact(*row) for row in rows]
    law, replay = _excerpt(facts, derivation.law, effect.id, day)
    if replay.status is not status:  # what rests it names somebody by another name
        rows = _in_order({*rows, *_links(rows, snapshot)})
        facts = [snapshot.fact(*row) for row in rows]
        law, replay = _excerpt(facts, derivation.law, effect.id, day)
    proof = {
        "format": FORMAT,
        "algorithm": algorithm,
        "claim": claim_of(effect, day, status),
        "known": {
            "load": snapshot.seq,
            "facts": snapshot.digest,
            "law": derivation.law_digest,
            "recorded_at": _recorded(snapshot),
        },
        "facts": [
            sealed(_stated(n, row, fact, snapshot), algorithm)
            for n, (row, fact) in enumerate(zip(rows, facts, strict=True), 1)
        ],
        "law": [sealed(part, algorithm) for part in _parts(json.loads(law))],
        "steps": [sealed(step, algorithm) for step in steps_of(replay)],
    }
    return sealed(proof, algorithm)


def claim_of(effect: Effect, day: int, status: EffectStatus) -> dict[str, Any]:
    """Return what a proof is of."""
    return {
        "effect": effect.id,
        "bearer": effect.bearer,
        "measure": effect.measure,
        "scope": list(effect.scope),
        "jurisdiction": effect.jurisdiction,
        "day": iso(day),
        "status": status.value,
    }


def steps_of(replay: Replay) -> list[dict[str, Any]]:
    """Return the grounds in the order in which they follow from each other."""
    return [
        {"step": number, **_step(ground)}
        for number, ground in enumerate(replay.grounds, 1)
    ]


def _step(ground: Ground) -> dict[str, Any]:
    return {
        "rule": f"{ground.rule}@{ground.version.isoformat()}",
        "cause": {"kind": ground.cause_kind, "key": ground.cause},
        "bearer": ground.bearer,
        "role": ground.role.value,
        "organization": ground.organization or None,
        "gives": {
            "effect": ground.effect_id,
            "measure": ground.measure,
            "status": ground.status.value,
            "valid_from": iso(ground.valid_from),
            "valid_to": iso(ground.valid_to),
            "suspended": [
                [iso(begins), iso(ends)] for begins, ends in ground.suspended
            ],
            "ended_by": ground.ended_by,
            "flags": list(ground.flags),
        },
    }


# ---- facts ---------------------------------------------------------------


def _facts(
    effect: Effect, derivation: Derivation, day: int, status: EffectStatus
) -> list[FactRow]:
    """Return what the effect follows from, and what could stand against it."""
    snapshot, stage = derivation.snapshot, Stage(effect, derivation)
    carrying = support_of(stage, day, status)
    organizations = {
        name
        for kind, row in carrying
        for column in snapshot.tables[kind].by_subject
        for name in snapshot.identities.members(snapshot.text(kind, row, column))
    }
    profiles = {
        (FactKind.PROFILE, row)
        for name in organizations
        if name.startswith("org:")
        for row in snapshot.rows(FactKind.PROFILE, "subject", name)
    }
    freeing = {fact for fact in stage.seen if fact[0] in _FREEING} | stage.states()
    return _in_order({*carrying, *profiles, *freeing})


def _in_order(facts: Iterable[FactRow]) -> list[FactRow]:
    order = list(FactKind)
    return sorted(facts, key=lambda fact: (order.index(fact[0]), fact[1]))


def _links(facts: Iterable[FactRow], snapshot: Snapshot) -> set[FactRow]:
    """Return the links by which facts are about whom they are about.

    What carries the effect brings its own; what frees may name somebody otherwise.
    """
    link = FactKind.IDENTITY_LINK
    return {
        (link, row)
        for kind, at in facts
        for column in snapshot.tables[kind].by_subject
        if (name := snapshot.text(kind, at, column))
        for member in snapshot.identities.members(name)
        for side in ("left", "right")
        for row in snapshot.rows(link, side, member)
    }


def _stated(
    number: int, row: FactRow, fact: Fact, snapshot: Snapshot
) -> dict[str, Any]:
    source = snapshot.source(*row)
    return {
        "fact": number,
        "kind": row[0].value,
        "key": snapshot.key(*row).hex(),
        "says": {
            f.name: _plain(value)
            for f in fields(fact)
            if f.name not in _LEFT_OUT
            and (value := getattr(fact, f.name)) not in (None, ())
        },
        "source": {
            "dataset": source.dataset,
            "file": source.file,
            "file_digest": source.file_digest,
            "line": source.line,
            "load": source.load,
            "recorded_at": source.recorded_at.isoformat(),
        },
    }


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return value if isinstance(value, bool | int) else str(value)


def _recorded(snapshot: Snapshot) -> str | None:
    return snapshot.loads[-1].recorded_at.isoformat() if snapshot.loads else None


# ---- law -----------------------------------------------------------------


def _excerpt(
    facts: list[Fact], law: LawBook, effect: str, day: int
) -> tuple[bytes, Replay]:
    """Return the smaller of two excerpts under which the same follows, and what does.

    Mostly the versions that the grounds name are enough. Where rules compete, or tell
    the outcomes of trials apart, those that they are compared with are needed too.
    """
    whole = replayed(facts, law, effect, day)
    used = {(g.rule, g.version) for g in whole.grounds}
    small = _payload(law, whole, used)
    replay = replayed(facts, LawBook.from_payload(small), effect, day)
    if steps_of(replay) == steps_of(whole):
        return small, replay
    topics = {law.rules[rule].topic for rule, _ in used}
    named = {
        key
        for rule, _ in used
        for version in law.rules[rule].versions
        for exception in version.exceptions
        for key in exception.when.rules
    }
    trials = {g.cause_kind for g in whole.grounds if g.cause_kind != "sanction"}
    related = {
        (v.rule.key, v.version.in_force_from)
        for v in law.active_versions()
        if v.rule.topic in topics
        or v.rule.key in named
        or v.version.trigger.on.value in trials
    }
    large = _payload(law, whole, used | related)
    return large, replayed(facts, LawBook.from_payload(large), effect, day)


def _payload(law: LawBook, replay: Replay, wanted: set[tuple[str, date]]) -> bytes:
    """Return the payload of a book with these versions and what they refer to."""
    rules, versions = [], list[RuleVersion]()
    for key, rule in law.rules.items():
        used = tuple(v for v in rule.versions if (key, v.in_force_from) in wanted)
        if used:
            rules.append(rule.model_copy(update={"versions": used}))
            versions += used
    lists = {k for v in versions for k in v.trigger.lists} | set(replay.lists)
    measures = {v.effect.measure for v in versions}
    measures |= {m for v in versions for m in v.trigger.measures}
    measures |= {m for k in lists if k in law.lists for m in law.lists[k].measures}
    content = {
        "format": BOOK_FORMAT,
        "rules": [_dump(rule) for rule in rules],
        "instruments": _chosen(law.instruments, _texts(versions)),
        "measures": _chosen(law.measures, measures),
        "lists": _chosen(law.lists, lists),
        "fields": _chosen(law.fields, _fields(versions)),
        "thresholds": _chosen(law.thresholds, _thresholds(versions)),
        "person_states": _chosen(law.person_states, law.person_states)
        if replay.has_states
        else [],
        "roles": _chosen(law.roles, replay.kinds),
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _texts(versions: Iterable[RuleVersion]) -> set[str]:
    return {
        basis.instrument
        for version in versions
        for basis in (
            *version.basis,
            *(b for exception in version.exceptions for b in exception.basis),
        )
    }


def _thresholds(versions: Iterable[RuleVersion]) -> set[str]:
    return {key for version in versions for key in version.trigger.thresholds}


def _fields(versions: Iterable[RuleVersion]) -> set[str]:
    return {
        field
        for version in versions
        for field in (
            *version.trigger.fields,
            *version.effect.scope_fields,
            *(f for exception in version.exceptions for f in exception.when.fields),
        )
    }


def _chosen(shelf: Any, keys: Iterable[Any]) -> list[Any]:
    return [_dump(shelf[key]) for key in sorted(keys) if key in shelf]


def _dump(model: Any) -> Any:
    return model.model_dump(mode="json")


def _parts(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each provision as a part of its own; a rule by its versions."""
    return [
        {"part": shelf, "text": text} for shelf in LAW_PARTS for text in content[shelf]
    ]
