"""Why an effect stands otherwise than before: which grounds came, went or changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from analytics.propagation.effects import Effect, EffectChange, EffectChanges, Ground
from analytics.propagation.engine import Derivation
from graph.vocabulary import FactKind, Term

Shape = tuple[object, ...]


class ReasonKind(Term):
    """What happened to a ground; the value is stable."""

    TRIGGER_NEW = "trigger_new", "所依据的惩戒、记录或者后果为新", "its cause is new"
    TRIGGER_GONE = (
        "trigger_gone",
        "所依据的惩戒、记录或者后果不复存在",
        "its cause is there no more",
    )
    RULE_NEW = "rule_new", "规则（版本）为新", "the version of the rule is new"
    RULE_GONE = "rule_gone", "规则（版本）不再适用", "the version applies no more"
    ALTERED = "altered", "期间或者状态有变", "its period or standing changed"
    ROLE_NEW = (
        "role_new",
        "任职、认定等情形使之成立",
        "a post, finding or other circumstance gives it",
    )
    ROLE_GONE = (
        "role_gone",
        "任职、认定等情形不再成立",
        "a post, finding or other circumstance is gone",
    )


class Reason(NamedTuple):
    """One ground that came, went or changed, and why.

    Args:
        before: the ground as it was; None where there was none.
        after: the ground as it is; None where there is none.
    """

    kind: ReasonKind
    before: Ground | None
    after: Ground | None


def reasons(
    change: EffectChange, before: Derivation, after: Derivation
) -> tuple[Reason, ...]:
    """Return what happened to the grounds of an effect, in the order of the grounds.

    Nothing where only the day is another one: then its periods tell why.
    """
    old, new = _grounds(change.was), _grounds(change.now)
    gone = _by_shape(g for g in old if g not in new)
    come = _by_shape(g for g in new if g not in old)
    return tuple(
        Reason(_why(now, was, before, after), was, now)
        for shape in dict.fromkeys((*gone, *come))
        for was, now in zip_longest(gone.get(shape, ()), come.get(shape, ()))
    )


def _by_shape(grounds: Iterable[Ground]) -> dict[Shape, list[Ground]]:
    found: dict[Shape, list[Ground]] = {}
    for ground in grounds:
        found.setdefault(_shape(ground), []).append(ground)
    return found


def _grounds(effect: Effect | None) -> tuple[Ground, ...]:
    return effect.grounds if effect else ()


def _shape(ground: Ground) -> Shape:
    """Return what makes a ground the same one in another period or standing."""
    return (
        ground.rule, ground.version, ground.cause, ground.bearer, ground.role,
        ground.organization,
    )  # fmt: skip


def _why(
    now: Ground | None, was: Ground | None, before: Derivation, after: Derivation
) -> ReasonKind:
    if now and was:
        return ReasonKind.ALTERED
    if now:
        if not _applies(now, before):
            return ReasonKind.RULE_NEW
        known = _stands(now, before)
        return ReasonKind.ROLE_NEW if known else ReasonKind.TRIGGER_NEW
    assert was is not None  # noqa: S101  # one of the two is given
    if not _applies(was, after):
        return ReasonKind.RULE_GONE
    return ReasonKind.ROLE_GONE if _stands(was, after) else ReasonKind.TRIGGER_GONE


def _applies(ground: Ground, derivation: Derivation) -> bool:
    found = derivation.law.version(f"{ground.rule}@{ground.version.isoformat()}")
    return found is not None and found.version.is_active


def _stands(ground: Ground, derivation: Derivation) -> bool:
    """Return whether what the ground rests on is there."""
    if ground.cause_kind == "effect":
        return ground.cause in derivation.effects
    return derivation.cause(ground.cause) is not None


# ---- sizes ---------------------------------------------------------------

Readable = Callable[[Ground, Effect], bool]

DIMENSIONS: Final = ("sector", "region", "measure", "rule")
"""By which a difference is counted. Sector and region are those of the sanctions and
records behind an effect."""


class Size(NamedTuple):
    """How many effects of one kind were gained, lost or changed."""

    gained: int
    lost: int
    changed: int


def sizes(
    changes: EffectChanges,
    before: Derivation,
    after: Derivation,
    *,
    readable: Readable = lambda *_: True,
) -> dict[str, dict[str, Size]]:
    """Return dimension → value → size, the values in order.

    An effect with grounds in several regions counts in each of them.

    Args:
        changes: the difference.
        before: what it is a difference from.
        after: what it is a difference to.
        readable: whether a ground of an effect counts for the reader.
    """
    counts: dict[str, dict[str, Counter[str]]] = {d: {} for d in DIMENSIONS}
    for group in Size._fields:
        for change in getattr(changes, group):
            effect, of = change.effect, after if change.now else before
            seen = [g for g in effect.grounds if readable(g, effect)]
            for dimension, value in set(_places(effect, seen, of, readable)):
                counter = counts[dimension].setdefault(value, Counter())
                counter[group] += 1
    return {
        dimension: {
            value: Size(*(counter[group] for group in Size._fields))
            for value, counter in sorted(values.items())
        }
        for dimension, values in counts.items()
    }


def _places(
    effect: Effect, grounds: list[Ground], of: Derivation, readable: Readable
) -> Iterator[tuple[str, str]]:
    yield "measure", effect.measure
    for ground in grounds:
        yield "rule", ground.rule
        for kind, row in roots(ground, of, readable):
            for column in ("sector", "region"):
                yield column, of.snapshot.text(kind, row, column) or ""


def roots(
    ground: Ground, derivation: Derivation, readable: Readable = lambda *_: True
) -> list[tuple[FactKind, int]]:
    """Return the sanctions and records a ground goes back to: kind and row.

    Args:
        ground: one that counts for the reader.
        derivation: where the effects lie on which it may rest.
        readable: whether a ground of one of these counts for the reader.
    """
    found: list[tuple[FactKind, int]] = []
    queue, seen = [ground], set[str]()
    while queue:
        one = queue.pop()
        if one.cause in seen:
            continue
        seen.add(one.cause)
        if one.cause_kind == "effect":
            effect = derivation.effects.get(one.cause)
            if effect:
                queue += [g for g in effect.grounds if readable(g, effect)]
            continue
        kind = FactKind.SANCTION if one.cause_kind == "sanction" else FactKind.RECORD
        row = derivation.snapshot.row_of(kind, bytes.fromhex(one.cause))
        if row is not None:
            found.append((kind, row))
    return found
