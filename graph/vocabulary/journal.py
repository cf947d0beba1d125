"""What the journal holds."""

from graph.vocabulary.term import Term


class FactKind(Term):
    """Kinds of facts; each has its Arrow schema in graph.schema."""

    PROFILE = "profile", "主体概况", "description of a subject"
    TIE = "tie", "任职", "post held by a person"
    HOLDING = "holding", "持股", "shareholding"
    BRANCH = "branch", "分支", "branch of an organization"
    LINK = "link", "关联", "other relation between two subjects"
    CONTACT = "contact", "联系信息", "address or number of a subject"
    RECORD = "record", "信用记录", "credit record"
    SANCTION = "sanction", "惩戒", "sanction"
    FINDING = "finding", "个人责任认定", "finding of personal responsibility"
    RELEASE = "release", "个人解除", "release of one person"
    SUSPENSION = "suspension", "中止", "suspension"
    IDENTITY_LINK = "identity_link", "身份关联", "link between two identities"


class Op(Term):
    """What a journal row does to its fact."""

    ADD = "add", "新增", "added"
    REPLACE = "replace", "更正", "replaced"
    VOID = "void", "作废", "voided"
    WITHDRAW = "withdraw", "来源撤回", "withdrawn by its source"


class LoadKind(Term):
    """What one entry of the journal brought."""

    FACTS = "facts", "事实", "facts"
    LAW = "law", "法规库", "law book"
    DAY = "day", "日切", "a new day began"
    JUDGEMENT = "judgement", "身份判断", "judgement on identity"
    RECEIPT = "receipt", "载入回执", "what became of a file"
    DISCLOSURE = "disclosure", "原文导出", "rows exported in clear"
