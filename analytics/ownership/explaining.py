"""Answers about ownership and control as trees: what was added up, and from which facts.

What is computed is a lead and says so; what is declared is a fact with its source.
"""

from collections.abc import Iterable
from typing import Any, Final

from analytics.explanation import Explanation
from analytics.ownership.beneficial import BeneficialOwner, BeneficialOwners
from analytics.ownership.control import Tally
from analytics.ownership.controllers import Controller, Controllers
from analytics.ownership.interval import Interval
from analytics.ownership.owners import Owned, Ownership
from analytics.ownership.region import Ring
from analytics.ownership.relations import Declared, Relations
from analytics.ownership.ways import Way
from graph.vocabulary import FactKind

_LISTED: Final = 20
_CRITERIA: Final = {
    "ownership": ("股权（直接或者间接 25% 以上）", "25 % or more of the capital"),
    "votes": ("表决权 25% 以上", "25 % or more of the votes"),
    "control": ("实际控制", "actual control"),
    "management": ("负责日常经营管理", "manages from day to day"),
    "state_owned": (
        "国有独资、国有控股公司的法定代表人",
        "legal representative of a company the state controls",
    ),
}


class Telling:
    """Tells answers about one holding graph."""

    def __init__(self, relations: Relations) -> None:
        self.relations, self.graph = relations, relations.graph

    # ---- ownership ---------------------------------------------------------

    def ownership(self, subject: str, found: Ownership) -> Explanation:
        """Return the owners of a subject, or what it owns, with the ways."""
        up = found.within.direction == "up"
        name = self.relations.name(subject)
        zh = f"{name}的所有者" if up else f"{name}直接和间接持有的"
        en = (
            f"Owners of {name}"
            if up
            else f"What {name} owns directly and through others"
        )
        children = [self._owned(item) for item in found.items[:_LISTED]]
        children += self._rings(found.within.rings)
        children += [self._contradiction(name) for name in found.contradictory]
        children += _cut(found.within.truncated, len(found.within.depths))
        return Explanation(
            "ownership", f"{zh}：{len(found.items)} 个", f"{en}: {len(found.items)}",
            {"subject": subject, "direction": found.within.direction},
            children=tuple(children),
        )  # fmt: skip

    def _owned(self, item: Owned) -> Explanation:
        name, text = self.relations.name(item.other), item.share.text()
        more = " …" if item.ways_truncated else ""
        return Explanation(
            "share", f"{name} {text}{more}", f"{name} {text}{more}",
            {"subject": item.other, "share": text},
            children=tuple(self._way(way) for way in item.ways[:_LISTED]),
        )  # fmt: skip

    def _way(self, way: Way) -> Explanation:
        steps = list(zip(way.subjects, way.subjects[1:], strict=False))
        parts = [self.graph.share(*step).text() for step in steps]
        names = [self.relations.name(s) for s in way.subjects]
        text = names[0] + "".join(
            f" –{part}→ {name}" for part, name in zip(parts, names[1:], strict=True)
        )
        text += f" = {way.share.text()}" if len(steps) > 1 else ""
        facts = [f for step in steps for f in self._facts(*step)]
        data = {"subjects": list(way.subjects), "share": way.share.text()}
        return Explanation("way", text, text, data, children=tuple(facts))

    def _facts(self, holder: str, organization: str) -> list[Explanation]:
        stake = self.graph.stake(holder, organization)
        if stake is None:
            return []
        text = f"{self.relations.name(holder)} {stake.share.text()} {self.relations.name(organization)}"
        return [
            Explanation(
                "holding", text, text,
                {"holder": holder, "organization": organization},
                self.graph.snapshot.source(FactKind.HOLDING, row),
            )
            for row in stake.rows
        ]  # fmt: skip

    def _rings(self, rings: Iterable[Ring]) -> list[Explanation]:
        return [self._ring(ring) for ring in rings]

    def _ring(self, ring: Ring) -> Explanation:
        names = "、".join(map(self.relations.name, ring.members))
        commas = ", ".join(map(self.relations.name, ring.members))
        zh, en = f"交叉持股：{names}", f"Cross-holdings: {commas}"
        if ring.self_owned:
            zh += "；全部股份为环内自持，环外没有所有者"
            en += "; wholly owned by itself, nobody outside owns any of it"
        data = {"members": list(ring.members), "self_owned": ring.self_owned}
        return Explanation("ring", zh, en, data)

    def _contradiction(self, organization: str) -> Explanation:
        name = self.relations.name(organization)
        stated = self.graph.into(organization).stated
        text = Interval.exactly(stated).text()
        return Explanation(
            "contradiction",
            f"{name}的股东所持合计 {text}，超过全部，只能给出范围",
            f"The holders of {name} have {text} together, more than the whole: only "
            "bounds can be given",
            {"organization": organization},
        )

    # ---- control -----------------------------------------------------------

    def controllers(self, found: Controllers) -> Explanation:
        """Return who controls an organization, or why nobody does."""
        name = self.relations.name(found.organization)
        children = [self._controller(c) for c in found.found]
        children += [self._declared(d) for d in found.declared]
        if found.disagreement:
            children.append(_disagreement())
        children += [self._not_enough(who, tally) for who, tally in found.nearest]
        children += _cut(found.truncated, found.explored)
        certain = any(c.certain for c in found.found)
        zh = f"{name}的控制者" if certain else f"没有发现确定控制{name}的主体"
        en = f"Who controls {name}" if certain else f"Nobody certainly controls {name}"
        data = {"subject": found.organization}
        return Explanation("controllers", zh, en, data, children=tuple(children))

    def _controller(self, item: Controller) -> Explanation:
        name = self.relations.name(item.subject)
        zh = "最终控制者" if item.ultimate else "控制者"
        en = "ultimate controller" if item.ultimate else "controller"
        if not item.certain:
            zh, en = (
                f"可能的{zh}（取决于不明的比例）",
                f"possible {en} (shares unknown)",
            )
        if item.declared:
            zh, en = f"{zh}（申报）", f"{en} (declared)"
        else:
            zh, en = f"{zh}（推算，线索）", f"{en} (computed, a lead)"
        return Explanation(
            "controller", f"{name}：{zh}", f"{name}: {en}",
            {"subject": item.subject, "certain": item.certain},
            children=tuple(self.tally(t) for t in item.chain),
        )  # fmt: skip

    def tally(self, tally: Tally) -> Explanation:
        """Return how votes in an organization add up."""
        name, text = self.relations.name(tally.organization), tally.votes.text()
        data: dict[str, Any] = {"organization": tally.organization, "votes": text}
        if tally.declared:
            fact = self._declared(tally.declared)
            zh, en = f"{name}：申报的控制", f"{name}: control as declared"
            return Explanation("declared", zh, en, data, children=(fact,))
        parts = tuple(
            self._vote(tally, holder, votes) for holder, votes in tally.parts[:_LISTED]
        )
        zh = f"在{name}的表决权合计 {text}"
        return Explanation(
            "votes", zh, f"votes in {name}: {text}", data, children=parts
        )

    def _vote(self, tally: Tally, holder: str, votes: Interval) -> Explanation:
        name, text = self.relations.name(holder), votes.text()
        zh = en = f"{name} {text}"
        if holder in tally.concert:
            zh, en = f"{zh}（一致行动）", f"{en} (in concert)"
        facts = self._facts(holder, tally.organization)
        data = {"subject": holder, "votes": text}
        return Explanation("vote", zh, en, data, children=tuple(facts))

    def _not_enough(self, who: str, tally: Tally) -> Explanation:
        name, text = self.relations.name(who), tally.votes.text()
        return Explanation(
            "not_enough",
            f"{name}不能确定控制：表决权合计 {text}，须超过 50%",
            f"{name} does not certainly control: {text} of the votes, more than 50 % "
            "are needed",
            {"subject": who, "votes": text},
            children=(self.tally(tally),),
        )

    def _declared(self, declared: Declared) -> Explanation:
        name = self.relations.name(declared.subject)
        role = self.relations.role(declared)
        zh, en = (role.zh, role.en) if role else ("申报的控制", "declared to control")
        source = self.graph.snapshot.source(declared.kind, declared.row)
        data = {"subject": declared.subject, "organization": declared.organization}
        return Explanation("declared", f"{name}：{zh}", f"{name}: {en}", data, source)

    # ---- beneficial owners ---------------------------------------------------

    def beneficial(self, found: BeneficialOwners) -> Explanation:
        """Return who the beneficial owners are and by which criterion."""
        name = self.relations.name(found.organization)
        children = [self._owner(o) for o in found.owners]
        children += [
            self._finding(p, "符合标准而未备案", "meets a criterion but is not on file")
            for p in found.unfiled
        ]
        children += [
            self._finding(
                p, "已备案而不符合任何标准", "is on file but meets no criterion"
            )
            for p in found.unmet
        ]
        children += _cut(found.truncated, found.controllers.explored)
        return Explanation(
            "beneficial_owners", f"{name}的受益所有人", f"Beneficial owners of {name}",
            {"subject": found.organization, "standing": found.standing},
            children=tuple(children),
        )  # fmt: skip

    def _owner(self, item: BeneficialOwner) -> Explanation:
        name = self.relations.name(item.person)
        zh = [_CRITERIA[c][0] for c in item.criteria]
        en = [_CRITERIA[c][1] for c in item.criteria]
        zh += [f"可能：{_CRITERIA[c][0]}" for c in item.possible]
        en += [f"possibly: {_CRITERIA[c][1]}" for c in item.possible]
        zh.append("已备案（事实）" if item.declared else "推算（线索）")
        en.append("on file (a fact)" if item.declared else "computed (a lead)")
        share = f"{name} {item.share.text()}" if item.share.high else name
        tallies = (self.tally(item.tally),) if item.tally else ()
        return Explanation(
            "beneficial_owner", f"{share}：{'；'.join(zh)}", f"{share}: {'; '.join(en)}",
            {"subject": item.person, "criteria": list(item.criteria)},
            children=tallies,
        )  # fmt: skip

    def _finding(self, person: str, zh: str, en: str) -> Explanation:
        name = self.relations.name(person)
        return Explanation(
            "finding", f"请核对：{name}{zh}", f"to be checked: {name} {en}",
            {"subject": person},
        )  # fmt: skip


def _disagreement() -> Explanation:
    return Explanation(
        "finding",
        "请核对：按表决权推算的最终控制者与申报的实际控制人不一致",
        "to be checked: by votes others are the ultimate controllers than are declared",
    )


def _cut(truncated: bool, explored: int) -> list[Explanation]:  # noqa: FBT001
    if not truncated:
        return []
    return [
        Explanation(
            "truncated",
            f"只查看了 {explored} 个主体；没有列出的不等于没有",
            f"Only {explored} subjects were looked at; what is not listed is not absent",
            {"explored": explored},
        )
    ]
