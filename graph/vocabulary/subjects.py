"""What subjects are, and how they stand to each other."""

from graph.vocabulary.term import Term


class SubjectKind(Term):
    """What a subject is."""

    ORGANIZATION = "organization", "组织", "organization"
    PERSON = "person", "自然人", "natural person"
    ANCHOR = "anchor", "地址或号码", "address or number"


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
    BENEFICIAL_OWNER = "beneficial_owner", "受益所有人", "beneficial owner"
    SELF = "self", "本人", "the subject itself"


class Relation(Term):
    """How two subjects are linked otherwise than by post, share or branch.

    It reads from the first to the second; 一致行动 and the like hold both ways.
    """

    GUARANTEES = "guarantees", "担保", "guarantees the debts of"
    CONCERT = "concert", "一致行动", "acts in concert with"
    CONTROLS = "controls", "控制", "is declared to control"
    MEMBER_OF = "member_of", "加入", "is a member of"
    AGENT_OF = "agent_of", "代理", "is the registration agent of"
    SUCCEEDS = "succeeds", "承继", "is the successor of"
    FAMILY = "family", "亲属", "is a relative of"
    TRADES_WITH = "trades_with", "交易", "trades with"
    LENDS_TO = "lends_to", "出借", "lends to"
    RELATED = "related", "有关联", "is related to"


class ContactKind(Term):
    """Where and by what a subject is reached."""

    REGISTERED_ADDRESS = "registered_address", "注册地址", "registered address"
    BUSINESS_ADDRESS = "business_address", "经营地址", "business address"
    MAILING_ADDRESS = "mailing_address", "通信地址", "mailing address"
    PHONE = "phone", "电话", "telephone"
    EMAIL = "email", "电子邮箱", "e-mail"
    WEBSITE = "website", "网址", "website"


class Identity(Term):
    """How well we know who a person is."""

    VERIFIED = "verified", "已核验", "verified by a document number"
    SCOPED = "scoped", "仅知姓名", "known by name in one organization only"


class Judgement(Term):
    """What a reviewer decided about two subjects."""

    SAME = "same", "同一主体", "same subject"
    NOT_SAME = "not_same", "非同一主体", "not the same subject"
