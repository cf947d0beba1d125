"""The planted stories, read from the city's answer key, and how they turned out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analytics.propagation.effects import Effect, Ground
from api.board import View
from api.lookup import profile_on
from graph.snapshot import date_of
from graph.vocabulary import EffectStatus, FactKind


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to a sanction in the course of the story."""

    kind: str
    document: str
    on: date
    decision: str
    authority: str


@dataclass(frozen=True, slots=True)
class Story:
    """One planted story."""

    key: str
    title: str
    text: str
    text_en: str
    codes: tuple[str, ...]
    documents: tuple[str, ...]
    expected: tuple[dict[str, Any], ...]
    unaffected: tuple[dict[str, Any], ...]
    acts: tuple[Act, ...]


def read_stories(path: Path) -> dict[str, Story]:
    """Return the stories of an answer key by their keys."""
    content = json.loads(path.read_text("utf-8"))
    return {s["key"]: _story(s) for s in content["stories"]}


def _story(content: dict[str, Any]) -> Story:
    acts = (
        Act(
            a["kind"],
            a["document"],
            date.fromisoformat(a["on"]),
            a["decision"],
            a["authority"],
        )
        for a in content["acts"]
    )
    return Story(
        key=content["key"],
        title=content["title"],
        text=content["text"],
        text_en=content["text_en"],
        codes=tuple(o["code"] for o in content["organizations"]),
        documents=tuple(content["documents"]),
        expected=tuple(content["expected"]),
        unaffected=tuple(content["unaffected"]),
        acts=tuple(acts),
    )


def sanction_keys(view: View, document: str) -> list[str]:
    """Return the keys of the standing sanctions with a document number."""
    return [
        view.snapshot.key(FactKind.SANCTION, int(row)).hex()
        for row in view.snapshot.all_rows(FactKind.SANCTION)
        if view.snapshot.text(FactKind.SANCTION, int(row), "document_number")
        == document
    ]


def name_of(view: View, subject: str) -> str:
    """Return the subject's name on the day, else its identifier."""
    profile = profile_on(view.snapshot, subject, view.day)
    return profile.name if profile else subject


def consequences(view: View, story: Story) -> Iterator[tuple[Effect, EffectStatus]]:
    """Yield what follows from the story's documents, effects of effects included."""
    found: dict[str, Effect] = {}
    queue = [k for d in story.documents for k in sanction_keys(view, d)]
    while queue:
        for effect in view.derivation.of_cause(queue.pop()):
            if effect.id not in found:
                found[effect.id] = effect
                queue.append(effect.id)

    def order(effect: Effect) -> tuple[str, ...]:
        name = name_of(view, effect.bearer)
        return name, effect.measure, effect.jurisdiction, effect.id

    for effect in sorted(found.values(), key=order):
        status = effect.status_on(view.day)
        if status is not None:
            yield effect, status


def unmet(view: View, story: Story) -> list[str]:
    """Return which expectations of the answer key did not come true, in words."""
    told = [
        _Told.of(view, effect, ground)
        for effect, _ in consequences(view, story)
        for ground in effect.grounds_on(view.day)
    ]
    missing = [e for e in story.expected if not any(t.meets(e) for t in told)]
    touched = [
        u
        for u in story.unaffected
        if any(
            t.bearer == u["name"]
            and t.organization == u["organization"]
            and (not u["measure"] or t.measure == u["measure"])
            for t in told
        )
    ]
    return [
        f"{story.key}: {e['bearer']} {e['rule']} {e['status']}" for e in missing
    ] + [f"{story.key}: {u['name']} ({u['organization']}) is touched" for u in touched]


@dataclass(frozen=True, slots=True)
class _Told:
    bearer: str
    organization: str
    role: str
    measure: str
    rule: str
    status: str
    ends_on: date | None

    @classmethod
    def of(cls, view: View, effect: Effect, ground: Ground) -> "_Told":
        return cls(
            bearer=name_of(view, effect.bearer),
            organization=(
                name_of(view, ground.organization) if ground.organization else ""
            ),
            role=ground.role.value,
            measure=effect.measure,
            rule=ground.rule,
            status=ground.status_on(view.day).value,
            ends_on=date_of(ground.valid_to),
        )

    def meets(self, wanted: dict[str, Any]) -> bool:
        """Return whether an expectation is met.

        Where a subject answers for itself, the key may name it as the organization.
        """
        names = ("bearer", "role", "measure", "rule", "status")
        places = {self.organization} if self.organization else {"", self.bearer}
        return wanted["organization"] in places and all(
            getattr(self, n) == wanted[n] for n in names
        )
