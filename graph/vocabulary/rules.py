"""The words of rules of law and of what follows from them."""

from graph.vocabulary.term import Term


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
    SPECIAL_ZONE_REGULATION = (
        "special_zone_regulation",
        "经济特区法规",
        "regulation of a special economic zone",
    )
    DEPARTMENT_RULE = "department_rule", "部门规章", "departmental rule"
    LOCAL_GOVERNMENT_RULE = (
        "local_government_rule",
        "地方政府规章",
        "rule of a local government",
    )
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件", "normative document"
    CITY_DOCUMENT = "city_document", "市级文件", "city document"
