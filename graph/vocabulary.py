"""Every closed list of words, once: stored value, Chinese label, English label."""

from enum import StrEnum
from typing import Self

from graph.errors import UnknownTerm


class Term(StrEnum):
    """A word with its two labels; the value is what is stored and sent."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        """Attach the labels to the value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.zh = zh
        term.en = en
        return term

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the member with this value or Chinese label.

        Raises:
            UnknownTerm: the word is not in the list; the hint names the list.
        """
        for term in cls:
            if text in (term.value, term.zh):
                return term
        raise UnknownTerm(
            f"词表 {cls.__name__} 中没有“{text}”这个词。",
            f"{cls.__name__} has no word {text!r}.",
            hint_zh=f"可用：{'、'.join(f'{t.zh}({t.value})' for t in cls)}。",
            hint_en=f"Known words: {', '.join(t.value for t in cls)}.",
        )


class FactKind(Term):
    """Kinds of facts; each has its Arrow schema in graph.schema."""

    PROFILE = "profile", "主体概况", "description of a subject"
    TIE = "tie", "任职", "post held by a person"
    HOLDING = "holding", "持股", "shareholding"
    BRANCH = "branch", "分支", "branch of an organization"
    RECORD = "record", "信用记录", "credit record"
    SANCTION = "sanction", "惩戒", "sanction"
    FINDING = "finding", "个人责任认定", "finding of personal responsibility"
    RELEASE = "release", "个人解除", "release of one person"
    SUSPENSION = "suspension", "中止", "suspension"
    IDENTITY_LINK = "identity_link", "身份关联", "link between two identities"


class SubjectKind(Term):
    """What a subject is."""

    ORGANIZATION = "organization", "组织", "organization"
    PERSON = "person", "自然人", "natural person"


class OrganizationKind(Term):
    """Legal form, as far as it decides who answers (domain/subject_roles.json)."""

    COMPANY = "company", "公司", "company"
    NON_COMPANY_ENTERPRISE = (
        "non_company_enterprise",
        "非公司企业法人",
        "enterprise legal person other than a company",
    )
    COOPERATIVE = "cooperative", "农民专业合作社", "farmers' cooperative"
    PARTNERSHIP = "partnership", "合伙企业", "partnership"
    SOLE_PROPRIETORSHIP = (
        "sole_proprietorship",
        "个人独资企业",
        "sole proprietorship enterprise",
    )
    SOLE_TRADER = "sole_trader", "个体工商户", "sole trader"
    BRANCH = "branch", "分支机构", "branch"
    PUBLIC_INSTITUTION = "public_institution", "事业单位", "public institution"
    SOCIAL_ORGANIZATION = "social_organization", "社会组织", "social organization"
    ORGAN = "organ", "机关", "state organ"
    FOREIGN = "foreign", "境外组织", "organization abroad"
    UNKNOWN = "unknown", "类型不明", "kind not known"


class OrganizationStatus(Term):
    """Registration status."""

    ACTIVE = "active", "存续", "active"
    SUSPENDED = "suspended", "歇业", "suspended"
    REVOKED = "revoked", "吊销", "licence revoked"
    CLOSED = "closed", "责令关闭", "ordered to close"
    LIQUIDATING = "liquidating", "清算", "in liquidation"
    DEREGISTERED = "deregistered", "注销", "deregistered"
    MOVED_OUT = "moved_out", "迁出", "moved out"
    UNKNOWN = "unknown", "状态不明", "status not known"


class Role(Term):
    """How a person stands to an organization."""

    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人", "legal representative"
    PRINCIPAL_IN_CHARGE = "principal_in_charge", "主要负责人", "principal in charge"
    MANAGING_PARTNER = "managing_partner", "执行事务合伙人", "managing partner"
    DELEGATED_REPRESENTATIVE = (
        "delegated_representative",
        "委派代表",
        "delegated representative of the managing partner",
    )
    INVESTOR = "investor", "投资人", "investor (sole proprietorship)"
    OPERATOR = "operator", "经营者", "operator (sole trader)"
    ACTUAL_CONTROLLER = "actual_controller", "实际控制人", "actual controller"
    DIRECTOR = "director", "董事", "director"
    SUPERVISOR = "supervisor", "监事", "supervisor"
    SENIOR_MANAGER = "senior_manager", "高级管理人员", "senior manager"
    FINANCE_HEAD = "finance_head", "财务负责人", "head of finance"
    DIRECT_SUPERVISOR = (
        "direct_supervisor",
        "直接负责的主管人员",
        "supervisor directly in charge",
    )
    DIRECTLY_RESPONSIBLE = (
        "directly_responsible",
        "直接责任人员",
        "directly responsible person",
    )
    PROJECT_LEADER = "project_leader", "项目负责人", "project leader"
    LIQUIDATOR = "liquidator", "清算组成员", "member of the liquidation group"
    SELF = "self", "本人", "the subject itself"


class RecordKind(Term):
    """What a credit record is about."""

    PERMIT = "permit", "行政许可", "administrative permit"
    PENALTY = "penalty", "行政处罚", "administrative penalty"
    INSPECTION = "inspection", "监督检查", "inspection"
    COMPLAINT = "complaint", "投诉举报", "complaint"
    COMMITMENT = "commitment", "信用承诺", "credit commitment"
    ENFORCEMENT = "enforcement", "其他行政行为", "other administrative act"
    JUDGMENT = "judgment", "司法裁判", "judgment"
    CONVICTION = "conviction", "刑事判决", "criminal conviction"
    INSOLVENCY = "insolvency", "破产清算", "insolvency"
    LIST_ENTRY = "list_entry", "列入名单", "entry on a list"
    ABNORMAL = "abnormal", "经营异常", "abnormal operation"
    HONOUR = "honour", "守信荣誉", "honour"
    EVALUATION = "evaluation", "信用评价", "evaluation"
    SELF_DECLARED = "self_declared", "自主申报", "self-declared"
    INTERVIEW = "interview", "约谈", "interview"
    EXTERNAL_LIST = (
        "external_list",
        "外部名单",
        "list without a legal basis in the book",
    )


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


class Anchor(Term):
    """The day on which a role must have been held."""

    VIOLATION = "violation", "违法行为发生时", "when the act was committed"
    DECISION = "decision", "作出决定时", "when the decision was made"
    LISTING = "listing", "列入名单时", "when the subject was listed"
    ORDER = "order", "命令作出时", "when the order was made"
    REVOCATION = "revocation", "吊销许可证照时", "when the licence was revoked"
    BANKRUPTCY = "bankruptcy", "破产时", "at bankruptcy"
    CURRENT = "current", "现任", "on the day asked about"


class EndedBy(Term):
    """What ends the effects of a rule."""

    OWN_TERM = "own_term", "自身期限届满", "its own term"
    LIST_EXIT = "list_exit", "移出名单", "exit from the list"
    COMPANY_REPAIR = "company_repair", "单位信用修复", "repair of the organization"
    PERSON_REPAIR = "person_repair", "个人信用修复", "repair of the person"
    COURT_RELEASE = "court_release", "法院解除", "release by court"
    PERFORMANCE = "performance", "履行完毕", "performance"


class VersionAt(Term):
    """The day that selects the version of a rule."""

    VIOLATION = "violation", "违法行为发生时", "the act"
    DECISION = "decision", "作出决定时", "the decision"
    LISTING = "listing", "列入名单时", "the listing"
    AS_OF = "as_of", "基准日", "the day asked about"


class JurisdictionBy(Term):
    """What decides whether a rule of a jurisdiction applies."""

    AUTHORITY = "authority", "作出机关所在地", "seat of the authority"
    REGISTRATION = "registration", "登记地", "place of registration"
    PLACE_OF_ACT = "place_of_act", "行为地", "place of the act"


class EffectStatus(Term):
    """Where an effect stands on a day."""

    IN_FORCE = "in_force", "生效", "in force"
    PENDING_FINDING = "pending_finding", "待责任认定", "pending a finding"
    PENDING_IDENTITY = "pending_identity", "待身份核验", "pending identity"
    SUSPENDED = "suspended", "中止", "suspended"
    REPORTED = "reported", "通报上级", "reported to the superior body instead"
    CONFLICT = "conflict", "规则冲突", "rules in conflict"
    ENDED = "ended", "已终止", "ended"


class Evidence(Term):
    """How well the text behind a rule version is known."""

    READ = "read", "已读原文", "text read"
    CITED = "cited", "转引", "cited from a named secondary source"
    UNVERIFIED = "unverified", "未核实", "unverified, switched off"


class Rank(Term):
    """Rank of an instrument, high to low (立法法 arts. 98-107)."""

    CONSTITUTION = "constitution", "宪法", "constitution"
    LAW = "law", "法律", "law"
    ADMINISTRATIVE_REGULATION = (
        "administrative_regulation",
        "行政法规",
        "administrative regulation",
    )
    JUDICIAL_INTERPRETATION = (
        "judicial_interpretation",
        "司法解释",
        "judicial interpretation",
    )
    PROVINCIAL_REGULATION = "provincial_regulation", "地方性法规", "local regulation"
    DEPARTMENT_RULE = "department_rule", "部门规章", "departmental rule"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件", "normative document"
    CITY_DOCUMENT = "city_document", "市级文件", "city document"


class Identity(Term):
    """How well we know who a person is."""

    VERIFIED = "verified", "已核验", "verified by a document number"
    SCOPED = "scoped", "仅知姓名", "known by name in one organization only"


class Judgement(Term):
    """What a reviewer decided about two subjects."""

    SAME = "same", "同一主体", "same subject"
    NOT_SAME = "not_same", "非同一主体", "not the same subject"


class Op(Term):
    """What a journal row does to its fact."""

    ADD = "add", "新增", "added"
    REPLACE = "replace", "更正", "replaced"
    VOID = "void", "作废", "voided"


class LoadKind(Term):
    """What one entry of the journal brought."""

    FACTS = "facts", "事实", "facts"
    LAW = "law", "法规库", "law book"
    DAY = "day", "日切", "a new day began"
    JUDGEMENT = "judgement", "身份判断", "judgement on identity"
    RECEIPT = "receipt", "载入回执", "what became of a file"
