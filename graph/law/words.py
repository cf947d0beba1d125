"""Closed words that only the law book uses; each member says where it stops.

Words shared with facts and conclusions (roles, anchors, what ends an effect) live in
graph.vocabulary.
"""

from graph.vocabulary import Term


class MeasureClass(Term):
    """The class of a measure: the national list (A, B, C) and what stands beside it."""

    A = "A", "减损权益或者增加义务的惩戒措施", "burden laid on a subject by law"
    B = "B", "不涉及减损权益的管理措施", "management measure without a burden"
    C = "C", "公共管理机构以外的组织自主实施的措施", "left to other organizations"
    PENALTY = "penalty", "行政处罚", "administrative penalty; it triggers rules"
    JUDICIAL = "judicial", "司法裁判结果", "outcome of a trial; it triggers rules"
    RECORD = "record", "记入信用记录", "entry in a credit record"
    DUTY = "duty", "法定义务", "duty to act"
    EVALUATION = (
        "evaluation",
        "等级评价",
        "grade given; it triggers where a text says so",
    )


class Subjects(Term):
    """Whom a list or a trigger concerns."""

    ORGANIZATION = "organization", "组织", "organizations only"
    PERSON = "person", "自然人", "natural persons only"
    ANY = "any", "组织和自然人", "organizations and persons"


class ListSubjects(Term):
    """Who can stand on a list."""

    ORGANIZATION = "organization", "组织", "organizations only"
    PERSON = "person", "自然人", "natural persons only"
    BOTH = "both", "组织和自然人", "organizations and persons"


class BarOutcome(Term):
    """What a measure or list means for somebody who applies."""

    BARRED = "barred", "不可以", "it bars by itself"
    TO_CHECK = "to_check", "须核实", "the deciding authority has to look"


class TriggerOn(Term):
    """What sets a rule off. Never a score, never a pattern, never "any penalty"."""

    SANCTION = "sanction", "惩戒", "a list entry or a named measure"
    CONVICTION = "conviction", "刑事判决", "a criminal conviction"
    INSOLVENCY = "insolvency", "破产清算", "liquidation in bankruptcy"
    PERSON_STATE = "person_state", "自然人状况", "a person found without full capacity"
    EFFECT = "effect", "推导出的后果", "an effect of another rule"


class ThresholdUnit(Term):
    """What a threshold counts, and so what its value is in."""

    TIMES = "times", "次（期间内受到的行政处罚）", "penalties within the period"
    DAYS = "days", "日（惩戒持续）", "days for which the sanction has stood"
    YUAN = "yuan", "元（所依据记录的金额）", "yuan, in the record it rests on"


class StateOutcome(Term):
    """What a state of a person does to the effects that he bears."""

    ENDS = "ends", "终止", "they end on that day"
    FLAGGED = "flagged", "标明，由人决定", "they are marked, for a person to decide"


class FindingNeed(Term):
    """Whether somebody must first be found personally responsible."""

    NONE = "none", "不需要", "the office is enough"
    REQUIRED = "required", "需要责任认定", "pending until a finding is known"


class TermStart(Term):
    """The day from which the length of an effect is counted.

    With `sentence_completed` the effect binds from the judgment on and only its
    length is counted from the last day of the sentence. With every other word the
    effect begins on the day from which it is counted.
    """

    TRIGGER = "trigger", "惩戒生效之日", "the day the trigger takes effect"
    DECISION = "decision", "决定作出之日", "the decision"
    LISTING = "listing", "列入名单之日", "the entry on the list"
    ORDER = "order", "命令作出之日", "the order"
    REVOCATION = "revocation", "被吊销（关闭、撤销）之日", "the revocation or closure"
    SENTENCE_COMPLETED = (
        "sentence_completed",
        "刑罚执行期满之日",
        "the end of the sentence, or of probation",
    )
    LIQUIDATION_COMPLETED = (
        "liquidation_completed",
        "破产清算完结之日",
        "the end of the liquidation",
    )
    FINDING = "finding", "责任认定之日", "the finding"

    @property
    def binds_before(self) -> bool:
        """Return whether the effect already binds before the counting starts."""
        return self is TermStart.SENTENCE_COMPLETED


class FindingEffectFrom(Term):
    """From which day a finding of responsibility works."""

    TRIGGER = "trigger", "追溯至惩戒生效之日", "back to the trigger"
    FINDING = "finding", "自认定之日起", "from the finding on"


class ExceptionOutcome(Term):
    """What happens instead when an exception applies."""

    EXCLUDED = "excluded", "不适用", "the rule has no effect"
    REPORTED = "reported", "通报上级", "reported to the superior body instead"


class PrecedenceGround(Term):
    """Why one text goes before another, or why nobody here can say."""

    RANK = "rank", "上位法优先", "the higher rank"
    SPECIAL = "special", "特别规定优先", "the special provision, same maker"
    LATER = "later", "新的规定优先", "the later provision, same maker"
    SAME_TEXT = "same_text", "同一文本", "the same text: no question of precedence"
    APART = "apart", "不在同一地域施行", "the texts are not in force in one place"
    UNDECIDED = "undecided", "须由有权机关裁决", "left to the organ named by law"
