"""The sentences in which conclusions are told, in Chinese and in English.

Only here do keys (reasons, flags, endings) become words; every key has both.
"""

from typing import Final, NamedTuple

from graph.law.model import TermStart
from graph.snapshot import OPEN, UNKNOWN, date_of
from graph.vocabulary import Anchor


class Wording(NamedTuple):
    """One text in both languages; may hold {places} to fill."""

    zh: str
    en: str

    def fill(self, zh: dict[str, str], en: dict[str, str]) -> "Wording":
        """Return the text with its places filled."""
        return Wording(self.zh.format(**zh), self.en.format(**en))


FLAGS: Final = {
    "violation_date_unknown": Wording(
        "违法行为日期不明，以决定（列入）之日代替",
        "the day of the act is not known; the day of the decision or listing stands in",
    ),
    "role_start_unknown": Wording(
        "任职起始日不明，是否在任须认定",
        "since when he held the role is not known; a finding must settle it",
    ),
    "not_in_role_at_act": Wording(
        "列入（决定）时在任，但已知行为时不在任，是否负责须认定",
        "in office at the listing or decision, known not to have been at the act; "
        "a finding must settle it",
    ),
    "role_by_finding": Wording(
        "登记中没有相应任职，身份由认定文书确定",
        "not registered in the role; an authority found him to have it",
    ),
    "party_himself": Wording(
        "经营者、投资人就是当事人本人", "the operator or investor is the party himself"
    ),
    "kind_of_another_day": Wording(
        "当日没有登记概况，组织类型取自最近的概况",
        "no description of that day; the kind of organization is from the nearest one",
    ),
    "place_of_act_assumed": Wording(
        "行为地不明，以作出机关所在地代替",
        "the place of the act is not known; the authority's seat stands in",
    ),
    "doubtful_exception": Wording(
        "这项例外是否适用存疑", "whether the exception applies is doubtful"
    ),
    "outcome_unknown": Wording(
        "记录没有载明判决结果的种类，须认定",
        "the record does not say which outcome the trial had; a finding must settle it",
    ),
    "bearer_deceased": Wording(
        "承担者已经死亡，法规库没有核实的条文规定后果是否终止，由机关决定",
        "the bearer is dead; no verified text says whether this ends, so an authority "
        "has to decide",
    ),
    "bearer_no_capacity": Wording(
        "承担者无民事行为能力，是否适用由机关决定",
        "the bearer has no civil capacity; an authority has to decide if this applies",
    ),
    "bearer_limited_capacity": Wording(
        "承担者为限制民事行为能力人，是否适用由机关决定",
        "the bearer's civil capacity is limited; an authority has to decide if this "
        "applies",
    ),
    "bearer_minor": Wording(
        "承担者未成年，是否适用由机关决定",
        "the bearer is a minor; an authority has to decide if this applies",
    ),
    "conflict_with": Wording(
        "与规则 {rule} 不一致，须由有权机关裁决",
        "differs from rule {rule}; the organ named by law has to decide",
    ),
}

ENDINGS: Final = {
    "own_term": Wording("自身期限届满", "its own term ends"),
    "repair": Wording("信用修复", "credit repair"),
    "list_exit": Wording("移出名单", "removal from the list"),
    "expiry": Wording("惩戒期限届满", "the term of the sanction ends"),
    "performance": Wording("义务履行完毕", "performance"),
    "court_release": Wording("法院解除", "release by the court"),
    "person_repair": Wording("个人信用修复", "repair granted to the person"),
    "trigger_ended": Wording("所依据的后果或者记录终止", "what it follows from ends"),
    "version_ended": Wording(
        "适用的文本失效或者不再适用", "the text is no longer the one that applies"
    ),
    "finding": Wording("责任认定改变其状态", "a finding changes how it stands"),
    "deceased": Wording("承担者死亡", "the bearer died"),
    "no_capacity": Wording("承担者无民事行为能力", "the bearer has no civil capacity"),
    "limited_capacity": Wording(
        "承担者为限制民事行为能力人", "the bearer's civil capacity is limited"
    ),
    "minor": Wording("承担者未成年", "the bearer is a minor"),
    "state_changed": Wording(
        "承担者本人的状况有变", "something else was found of the bearer himself"
    ),
    "role_ended": Wording(
        "不再任职，或者该职务不再承担", "the role is left, or no longer answers"
    ),
}

REASONS: Final = {
    "left_before": Wording(
        "{valid_to}起不再任{role}，最后任职日早于{anchor}（{anchor_day}）{days}天",
        "no longer {role} from {valid_to} on: the last day in the post lies {days} "
        "day(s) before {anchor_day} ({anchor})",
    ),
    "came_after": Wording(
        "{valid_from}起任{role}，晚于{anchor}（{anchor_day}）{days}天",
        "took the post of {role} on {valid_from}, {days} day(s) after {anchor_day} "
        "({anchor})",
    ),
    "found_not_responsible": Wording(
        "经认定不负责任（{authority}，{document}）",
        "found not responsible by {authority} ({document})",
    ),
    "released": Wording(
        "整个期间已获解除：{release}", "released for the whole time: {release}"
    ),
    "not_borne": Wording(
        "组织不能承担这项措施，看它委派的人",
        "an organization cannot bear this measure; see whom it delegates",
    ),
    "exception": Wording("属于例外：{gist}", "falls under an exception: {gist}"),
    "outranked": Wording(
        "另一规则 {by} 效力更高，本规则让位",
        "gives way to rule {by}, which ranks higher",
    ),
    "elsewhere": Wording("本规则不在该地适用", "the rule does not apply at that place"),
    "below_threshold": Wording(
        "没有达到规则所写的任何门槛（次数、日数、金额）",
        "none of the thresholds that the rule names (times, days, amount) is reached",
    ),
    "not_in_force_then": Wording(
        "本版本当时没有施行", "this version was not in force at the time"
    ),
    "no_date": Wording(
        "惩戒没有任何日期，无法推导", "the sanction carries no date; nothing can follow"
    ),
    "term_not_begun": Wording(
        "起算的日子还没有到，或者期限已先于起始终止",
        "the day from which it is counted has not come, or it ended before it began",
    ),
    "role_not_named": Wording(
        "担任{role}，被触发的规则没有写这一身份",
        "holds the post of {role}, which no rule set off here names",
    ),
    "namesake": Wording(
        "同名的另一人；姓名相同不能认定为同一人",
        "another person of the same name; a name joins nobody",
    ),
}

ANCHORS: Final = {anchor: Wording(anchor.zh, anchor.en) for anchor in Anchor} | {
    Anchor.CURRENT: Wording("惩戒生效时", "when the sanction took effect")
}
STARTS: Final = {start: Wording(start.zh, start.en) for start in TermStart}

_UNITS = {"Y": ("年", "year"), "M": ("个月", "month"), "D": ("日", "day")}


def length_of(length: str) -> Wording:
    """Return the length of a term in words."""
    if length == "as_trigger":
        return Wording("与触发同终止", "as long as its trigger")
    if length == "LIFETIME":
        return Wording("终身", "for life")
    count, (zh, en) = length[1:-1], _UNITS[length[-1]]
    return Wording(f"{count}{zh}", f"{count} {en}{'s' if count != '1' else ''}")


def day_text(day: int) -> Wording:
    """Return a day in words."""
    if day == OPEN:
        return Wording("没有期限", "no end")
    found = date_of(day)
    if found is None:
        return Wording("日期不明", "a day that is not known")
    return Wording(found.isoformat(), found.isoformat())


def period_text(begins: int, ends: int) -> Wording:
    """Return a half-open period in words, by its first and its last day."""
    first = day_text(begins)
    if ends == OPEN:
        return Wording(f"{first.zh}起", f"from {first.en} on")
    last = day_text(ends - 1)
    return Wording(f"{first.zh}至{last.zh}", f"from {first.en} to {last.en}")


def iso(day: int) -> str | None:
    """Return a day for JSON; None for OPEN and UNKNOWN."""
    found = date_of(day) if day not in (OPEN, UNKNOWN) else None
    return found.isoformat() if found else None
