"""What credit records say."""

from graph.vocabulary.term import Term


class RecordKind(Term):
    """What a credit record is about."""

    PERMIT = "permit", "行政许可", "administrative permit"
    PERMIT_ENDED = "permit_ended", "许可注销、撤销、吊销", "permit ended"
    PENALTY = "penalty", "行政处罚", "administrative penalty"
    INSPECTION = "inspection", "监督检查", "inspection"
    COMPLAINT = "complaint", "投诉举报", "complaint"
    COMMITMENT = "commitment", "信用承诺", "credit commitment"
    COERCION = "coercion", "行政强制", "administrative coercion"
    CONFIRMATION = "confirmation", "行政确认", "administrative confirmation"
    LEVY = "levy", "行政征收", "administrative levy"
    GRANT = "grant", "行政给付", "administrative payment"
    ADJUDICATION = "adjudication", "行政裁决", "administrative adjudication"
    COMPENSATION = "compensation", "行政补偿", "administrative compensation"
    REWARD = "reward", "行政奖励", "administrative reward"
    ENFORCEMENT = "enforcement", "其他行政行为", "other administrative act"
    JUDGMENT = "judgment", "司法裁判", "judgment"
    CONVICTION = "conviction", "刑事判决", "criminal conviction"
    EXECUTION = "execution", "强制执行", "enforcement of a judgment"
    RESTRICTION_ORDER = "restriction_order", "限制消费令", "consumption restriction"
    INSOLVENCY_ACCEPTED = "insolvency_accepted", "破产申请受理", "insolvency accepted"
    INSOLVENCY = "insolvency", "破产清算", "insolvency"
    REORGANISATION = "reorganisation", "破产重整", "reorganisation by court"
    SETTLEMENT = "settlement", "破产和解", "settlement in bankruptcy"
    LIST_ENTRY = "list_entry", "列入名单", "entry on a list"
    ABNORMAL = "abnormal", "经营异常", "abnormal operation"
    HONOUR = "honour", "守信荣誉", "honour"
    EVALUATION = "evaluation", "信用评价", "evaluation"
    MARKET_EVALUATION = "market_evaluation", "第三方评价", "third-party evaluation"
    SELF_DECLARED = "self_declared", "自主申报", "self-declared"
    INTERVIEW = "interview", "约谈", "interview"
    PERSON_STATE = "person_state", "自然人状况", "state of a person"
    EXTERNAL_LIST = (
        "external_list",
        "外部名单",
        "list without a legal basis in the book",
    )


class Outcome(Term):
    """What came of the matter that a record is about, or how it stands."""

    QUALIFIED = "qualified", "合格", "qualified"
    UNQUALIFIED = "unqualified", "不合格", "not qualified"
    CORRECTION_ORDERED = "correction_ordered", "责令改正", "ordered to correct"
    CORRECTED = "corrected", "已改正", "corrected"
    NOT_FOUND = "not_found", "查无下落", "not found at the address"
    NO_ACTIVITY = "no_activity", "未开展相关活动", "no such activity found"
    OBSTRUCTED = "obstructed", "不配合检查", "did not cooperate"
    FULFILLED = "fulfilled", "全部履行", "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled", "部分履行", "partly fulfilled"
    UNFULFILLED = "unfulfilled", "全部未履行", "not fulfilled"
    FOUNDED = "founded", "属实", "founded"
    PARTLY_FOUNDED = "partly_founded", "部分属实", "partly founded"
    UNFOUNDED = "unfounded", "不属实", "unfounded"
    SETTLED = "settled", "调解成功", "settled"
    NOT_SETTLED = "not_settled", "调解不成", "not settled"
    REFUSED = "refused", "不予受理", "not accepted"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    PENDING = "pending", "办理中", "pending"
    IN_EFFECT = "in_effect", "有效", "in effect"
    NOT_IN_EFFECT = "not_in_effect", "无效", "no longer in effect"
    UPHELD = "upheld", "支持", "upheld"
    PARTLY_UPHELD = "partly_upheld", "部分支持", "upheld in part"
    DISMISSED = "dismissed", "驳回", "dismissed"
    DISCONTINUED = "discontinued", "终结本次执行", "enforcement discontinued"
    CLOSED = "closed", "已结案", "closed"
    DECEASED = "deceased", "死亡", "deceased"
    NO_CAPACITY = "no_capacity", "无民事行为能力", "no civil capacity"
    LIMITED_CAPACITY = "limited_capacity", "限制民事行为能力", "limited civil capacity"
    MINOR = "minor", "未成年", "minor"


PERSON_STATES = (
    Outcome.DECEASED,
    Outcome.NO_CAPACITY,
    Outcome.LIMITED_CAPACITY,
    Outcome.MINOR,
)
"""Outcomes that a record of the kind `person_state` can have."""


class ReviewState(Term):
    """Where a self-declared record stands; only an uncontested one counts."""

    DECLARED = "declared", "已申报", "declared"
    ACCEPTED = "accepted", "审核通过", "accepted after review"
    REJECTED = "rejected", "审核不通过", "rejected"
    CONTESTED = "contested", "公示有异议", "contested"
    UNCONTESTED = "uncontested", "公示无异议", "uncontested"


class Capacity(Term):
    """As what a subject stands in a case."""

    PLAINTIFF = "plaintiff", "原告", "plaintiff"
    DEFENDANT = "defendant", "被告", "defendant"
    THIRD_PARTY = "third_party", "第三人", "third party"
    GUARANTOR = "guarantor", "担保人", "guarantor"
    APPLICANT = "applicant", "申请执行人", "applicant for enforcement"
    DEBTOR = "debtor", "被执行人", "judgment debtor"
    INSOLVENT = "insolvent", "破产债务人", "insolvent debtor"


class Category(Term):
    """National catalogue of public credit information (全国公共信用信息基础目录)."""

    REGISTRATION = "C01", "登记注册基本信息", "registration"
    JUDICIAL = "C02", "司法裁判及执行信息", "judgments and enforcement"
    ADMINISTRATIVE = "C03", "行政管理信息", "administrative acts"
    PROFESSIONAL = "C04", "职称和职业信息", "titles and professions"
    ABNORMAL = "C05", "经营（活动）异常名录（状态）信息", "abnormal operation"
    SEVERE_LIST = "C06", "严重失信主体名单信息", "severe lists"
    CONTRACT = "C07", "有关合同履行信息", "performance of contracts"
    COMMITMENT = "C08", "信用承诺及其履行情况信息", "commitments"
    EVALUATION = "C09", "信用评价结果信息", "evaluations"
    COMPLIANCE = "C10", "遵守法律法规情况信息", "compliance"
    HONOUR = "C11", "诚实守信相关荣誉信息", "honours"
    INTELLECTUAL_PROPERTY = "C12", "知识产权信息", "intellectual property"
    VOLUNTARY = "C13", "经营主体自愿提供的信用信息", "volunteered information"
    LOCAL = "C99", "地方补充目录", "local supplement"


class PenaltyKind(Term):
    """Kinds of penalty, light to heavy (行政处罚法 art. 9; domain/penalty_severity)."""

    WARNING = "warning", "警告", "warning"
    CRITICISM = "criticism", "通报批评", "public criticism"
    FINE = "fine", "罚款", "fine"
    FORFEIT_GAINS = "forfeit_gains", "没收违法所得", "forfeiture of gains"
    FORFEIT_GOODS = "forfeit_goods", "没收非法财物", "forfeiture of goods"
    LICENCE_SUSPENDED = "licence_suspended", "暂扣许可证件", "licence suspended"
    GRADE_LOWERED = "grade_lowered", "降低资质等级", "qualification lowered"
    PERMIT_REVOKED = "permit_revoked", "吊销许可证件", "permit revoked"
    BUSINESS_LICENCE_REVOKED = (
        "business_licence_revoked",
        "吊销营业执照",
        "business licence revoked",
    )
    BUSINESS_RESTRICTED = "business_restricted", "限制开展生产经营活动", "restricted"
    BUSINESS_STOPPED = "business_stopped", "责令停产停业", "ordered to stop"
    CLOSURE = "closure", "责令关闭", "ordered to close"
    OCCUPATION_RESTRICTED = "occupation_restricted", "限制从业", "occupation restricted"
    DETENTION = "detention", "行政拘留", "detention"
    OTHER = "other", "其他", "other"


class EndReason(Term):
    """Why a sanction or a list entry ended."""

    REPAIR = "repair", "信用修复", "credit repair"
    LIST_EXIT = "list_exit", "移出名单", "removed from the list"
    EXPIRY = "expiry", "期限届满", "term expired"
    PERFORMANCE = "performance", "履行完毕", "obligation performed"
    COURT_RELEASE = "court_release", "法院解除", "released by court"


class ReleaseReason(Term):
    """Why one person is freed from what follows from an organization's sanction."""

    PERSON_REPAIR = "person_repair", "个人信用修复", "repair granted to the person"
    COURT_RELEASE = "court_release", "法院解除", "released by court"
    PERFORMANCE = "performance", "履行完毕", "obligation performed"
