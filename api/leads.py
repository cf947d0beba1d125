"""Leads as one caller may see them: found when first asked for, then kept."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from analytics.features import Cut
from analytics.features.population import SECTORS
from analytics.leads.detecting import BY_NAME, Leads, detect
from analytics.leads.lead import Lead, Row
from analytics.leads.unverified import OFFICE_BANS
from analytics.leads.words import Verdict
from analytics.propagation.reasons import roots
from api.access import Sight
from api.changes import ChangeLog
from api.lead_notes import Note
from api.service import Service
from graph.errors import BadInput, NotFound, UnknownTerm
from graph.scope import Scope
from graph.vocabulary import EffectStatus, Section

_KEPT: Final = 6
_Key = tuple[int, int, Scope]


class LeadBook:
    """The leads last asked about, by load, day and reader."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Leads] = OrderedDict()
        self._lock = Lock()

    def of(self, seen: Sight) -> Leads:
        """Return the leads of a day that a reader may see."""
        key = (seen.snapshot.seq, seen.day, seen.scope)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = detect(seen.snapshot, seen.day, _barred(seen))
                self._kept[key] = found
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return found


def _barred(seen: Sight) -> dict[str, tuple[Row, ...]]:
    """Return who may hold no office on the day, by effects the reader may see."""
    found: dict[str, tuple[Row, ...]] = {}
    derivation = seen.view.derivation
    for effect in derivation.effects.values():
        if (
            effect.measure not in OFFICE_BANS
            or effect.status_on(seen.day) is not EffectStatus.IN_FORCE
        ):
            continue
        grounds, _ = seen.grounds(effect)
        rows = [
            fact
            for ground in grounds
            for fact in roots(ground, derivation)
            if seen.may_read(*fact)
        ]
        if rows:
            told = (*found.get(effect.bearer, ()), *rows)
            found[effect.bearer] = tuple(dict.fromkeys(told))
    return found


def at_load(service: Service, log: ChangeLog, seen: Sight, seq: int) -> Sight:
    """Return what the reader could see after a load, on its day.

    Raises:
        BadInput: there is no such load.
    """
    if not 1 <= seq <= log.seq:
        raise BadInput(
            f"账本有第 1 至 {log.seq} 次载入，没有第 {seq} 次。",
            f"The journal has loads 1 to {log.seq}; there is no {seq}.",
            hint_zh="写载入的序号：上次回答中的 meta.load。",
            hint_en="Write the number of a load: meta.load of an earlier answer.",
        )
    return Sight(service.after(seq, log.day_of_load(seq)), seen.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which leads are asked for; None: any.

    Args:
        pattern: name of the pattern.
        region: digits that the region of one of its organizations begins with.
        sector: section of one of its organizations.
        subject: canonical identifier that has a part in it.
        verdict: what was last said of it; `none`: nothing yet.
    """

    pattern: str | None = None
    region: str | None = None
    sector: Section | None = None
    subject: str | None = None
    verdict: str | None = None
    notes: Mapping[str, list[Note]] = field(default_factory=dict)

    def of(self, leads: Leads) -> Iterator[Lead]:
        """Yield those that fit, in their order."""
        place = {subject: n for n, subject in enumerate(leads.cut.subjects)}
        for lead in leads.every:
            if self._fits(lead) and self._lies(lead, leads.cut, place):
                yield lead

    def _fits(self, lead: Lead) -> bool:
        if self.pattern is not None and lead.pattern != self.pattern:
            return False
        if self.subject is not None and self.subject not in dict(lead.found.subjects):
            return False
        said = last_verdict(self.notes.get(lead.id, []))
        return self.verdict is None or self.verdict == (said or "none")

    def _lies(self, lead: Lead, cut: Cut, place: Mapping[str, int]) -> bool:
        if self.region is self.sector is None:
            return True
        if group := lead.found.group:
            kind, _, value = group.partition(":")
            region = self.region is None or (
                kind == "region" and value.startswith(self.region)
            )
            return region and self.sector in (None, value)
        described = cut.described
        for subject, _ in lead.found.subjects:
            at = place.get(subject, -1)
            if at < 0:
                continue
            sector, region_code = described.sector[at], described.region[at]
            name = described.regions[region_code] if region_code >= 0 else ""
            if (self.region is None or name.startswith(self.region)) and (
                self.sector is None or (sector >= 0 and SECTORS[sector] is self.sector)
            ):
                return True
        return False


def last_verdict(notes: list[Note]) -> Verdict | None:
    """Return what was last said of a lead."""
    return notes[-1].verdict if notes else None


def news(now: Leads, before: Leads | None, since: int) -> Iterator[Lead]:
    """Yield the leads that were not there, or rest on a fact that came since.

    Args:
        now: leads of today.
        before: those after the load; None: there were none.
        since: number of the load.
    """
    for lead in now.every:
        if before is None or lead.id not in before.by_id or now.newest(lead) > since:
            yield lead


def is_later(note: Note, leads: Leads, lead: Lead) -> bool:
    """Return whether a lead rests on a fact that came after it was spoken of."""
    return leads.newest(lead) > note.load


def find_lead(leads: Leads, lead: str) -> Lead:
    """Return the lead of this id.

    Raises:
        NotFound: there is none on the day.
    """
    found = leads.by_id.get(lead)
    if found is None:
        raise NotFound(
            f"基准日没有标识为“{lead}”的线索：所依据的事实已终止、撤回或者更改。",
            f"There is no lead {lead!r} on the day: its facts ended, were withdrawn or "
            "changed.",
            hint_zh="用 as_of、known_at 查看当时的线索。",
            hint_en="See it as it was by as_of and known_at.",
        )
    return found


def known_pattern(name: str) -> str:
    """Return the name of a pattern.

    Raises:
        UnknownTerm: there is no such pattern.
    """
    if name not in BY_NAME:
        raise UnknownTerm(
            f"没有“{name}”这一线索模式。",
            f"There is no pattern {name!r}.",
            hint_zh=f"可用：{'、'.join(BY_NAME)}。",
            hint_en=f"Known: {', '.join(BY_NAME)}.",
        )
    return name
