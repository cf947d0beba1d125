"""Somebody in office who has the name of a person barred from office."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from analytics.features import Cut
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.identity import is_person, is_scoped
from graph.vocabulary import FactKind

OFFICE_BANS: Final = frozenset(
    {"office_ban", "representative_ban", "sector_office_ban", "occupation_ban"}
)
"""Measures of the law book that keep somebody out of office."""


@pattern(
    "prefecture",
    title=Said("疑似受限者在任", "Barred person perhaps in office"),
    why=Said(
        "受任职限制的人可能仍在任，而登记只有姓名、没有证件号码。",
        "A barred person may be in office where the register has a name and no number.",
    ),
    is_not=Said(
        "同名不等于同一人：近三成企业的代表人在邻市有同名者。先核验身份。",
        "One name is not one person; verify the identity first. Verified, it is an effect.",
    ),
)
def unverified_in_office(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """在任人员只知姓名，与本市（地）受任职限制的人同名。

    Somebody in office is known by name only, and a person of that name in the same
    prefecture is barred from office.
    """
    cut = picture.cut
    barred: dict[str, set[str]] = defaultdict(set)
    for person in picture.barred:
        if is_person(person) and not is_scoped(person):
            barred[_name(cut, person)].add(person)
    barred.pop("", None)
    if not barred:
        return
    homes = _homes(cut, {p for people in barred.values() for p in people})
    posts, texts = cut.relations.posts, cut.snapshot.subjects.texts
    region, named = cut.described.region, _scoped_names(cut, barred.keys())
    begins = cut.snapshot.numbers(FactKind.TIE, "valid_from", posts.row)
    there = np.isin(posts.node, list(named))
    for place in np.flatnonzero(there).tolist():
        node = int(posts.node[place])
        here = int(region[posts.organization[place]])
        alike = [
            other
            for other in sorted(barred[named[node]])
            if not numbers["prefecture"] or here in homes[other]
        ]
        if alike:
            yield Found(
                (
                    (cut.subjects[posts.organization[place]], Part.ORGANIZATION),
                    (texts[node], Part.IN_OFFICE),
                    *((other, Part.BARRED) for other in alike),
                ),
                int(begins[place]),
                (
                    (FactKind.TIE, int(posts.row[place])),
                    *(fact for other in alike for fact in picture.barred[other]),
                ),
                {Figure.NAMESAKES: len(alike)},
                same=(cut.subjects[posts.organization[place]], texts[node]),
            )


def _scoped_names(cut: Cut, wanted: Iterable[str]) -> dict[int, str]:
    """Return the codes of people known by name only who have one of the names."""
    kind, names = FactKind.PROFILE, frozenset(wanted)
    rows = cut.begun(kind)
    subject = cut.snapshot.canonical_codes[cut.snapshot.numbers(kind, "subject", rows)]
    told = cut.snapshot.values(kind, rows, ("name",))
    texts = cut.snapshot.subjects.texts
    return {
        code: name
        for code, (name,) in zip(subject.tolist(), told, strict=True)
        if name in names and is_scoped(texts[code])
    }


def _name(cut: Cut, person: str) -> str:
    kind = FactKind.PROFILE
    rows = cut.snapshot.rows(kind, "subject", person)
    return cut.snapshot.text(kind, rows[-1], "name") if rows else ""


def _homes(cut: Cut, people: set[str]) -> dict[str, set[int]]:
    """Return the prefectures in which each person ever held a post."""
    found: dict[str, set[int]] = {person: set() for person in people}
    region, kind = cut.described.region, FactKind.TIE
    for person in people:
        rows = np.array(cut.snapshot.rows(kind, "person", person), np.int64)
        places = cut.places(cut.snapshot.numbers(kind, "organization", rows))
        found[person] = {int(region[p]) for p in places.tolist() if p >= 0}
    return found
