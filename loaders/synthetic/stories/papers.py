"""The papers of a story: listings, orders, revocations, findings, releases."""

from dataclasses import dataclass

from loaders.synthetic.columns import LONG_TERM
from loaders.synthetic.stories.plan import Firm, Human, Paper, Plan, court, registrar

MARKET = "市场监督管理严重违法失信名单"
DEFAULTER = "失信被执行人"


@dataclass(frozen=True, slots=True)
class Exit:
    """How an entry ended; `day` is the first day off the list."""

    day: str
    reason: str
    document: str = ""


def impose(
    plan: Plan,
    paper: Paper,
    subject: Firm | Human,
    *,
    list_name: str = "",
    measure: str = "",
    act: tuple[str, str] = ("", ""),
    field: str = "",
    reason: str = "",
    due: str = "",
    left: Exit | None = None,
) -> None:
    """Put a subject on a list, or impose a measure on it, by one paper."""
    firm = subject if isinstance(subject, Firm) else None
    human = subject if isinstance(subject, Human) else None
    plan.add(
        "severe_lists",
        {
            "名单名称": list_name,
            "主体名称": subject.name,
            "主体类别": firm.category if firm else "自然人",
            "统一社会信用代码": firm.code if firm else "",
            "证件类型": human.card if human else "",
            "证件号码": human.number if human else "",
            "决定文书号": paper.number,
            "决定机关": paper.by.name,
            "决定机关代码": paper.by.code,
            "决定日期": plan.on(paper.day),
            "列入日期": plan.on(paper.day),
            "行为起始日期": plan.on(act[0]),
            "行为终止日期": plan.on(act[1]),
            "列入事由": reason,
            "监管领域": field,
            "惩戒措施": measure,
            "届满日期": plan.on(due),
            "移出日期": plan.on(left.day) if left else "",
            "移出原因": left.reason if left else "",
            "移出文书号": left.document if left else "",
            "移出决定机关": paper.by.name if left else "",
            "行政区划代码": str(firm.region) if firm else "",
            "行业门类": firm.section if firm else "",
        },
    )


def enlist(
    plan: Plan,
    firm: Firm,
    number: str,
    day: str,
    act: tuple[str, str],
    due: str,
    *,
    field: str = "食品",
) -> Paper:
    """Put a firm on the market supervision list; return the paper."""
    paper = Paper(number, registrar(firm.region), day)
    impose(
        plan,
        paper,
        firm,
        list_name=MARKET,
        act=act,
        field=field,
        reason="违反规定受到较重行政处罚，情节严重",
        due=due,
    )
    return paper


def punish(
    plan: Plan,
    paper: Paper,
    firm: Firm,
    *,
    kinds: str,
    act: tuple[str, str],
    licence: str,
    title: str,
    basis: str,
) -> None:
    """Punish a firm by withdrawing a licence: a row of the official form of 2018."""
    plan.add(
        "penalties",
        {
            "行政相对人名称": firm.name,
            "行政相对人类别": firm.category,
            "行政相对人代码_1(统一社会信用代码)": firm.code,
            "行政处罚决定书文号": paper.number,
            "违法行为类型": title,
            "违法事实": f"{plan.on(act[0])}至{plan.on(act[1])}，{title}。",
            "处罚依据": basis,
            "处罚类别": kinds,
            "处罚内容": f"吊销{licence}。",
            "暂扣或吊销证照名称及编号": f"{licence} {firm.code}",
            "处罚决定日期": plan.on(paper.day),
            "处罚有效期": LONG_TERM,
            "处罚机关": paper.by.name,
            "处罚机关统一社会信用代码": paper.by.code,
            "数据来源单位": paper.by.name,
            "数据来源单位统一社会信用代码": paper.by.code,
            "违法行为起始日期": plan.on(act[0]),
            "违法行为终止日期": plan.on(act[1]),
            "行政区划代码": str(firm.region),
        },
    )


def find(
    plan: Plan, human: Human, firm: Firm, about: Paper, *, responsible: bool, day: str
) -> None:
    """Find a representative responsible for what a paper punished, or not."""
    plan.add(
        "findings",
        {
            "姓名": human.name,
            "证件类型": human.card,
            "证件号码": human.number,
            "所在单位": firm.name,
            "统一社会信用代码": firm.code,
            "所涉文书号": about.number,
            "认定责任身份": "法定代表人",
            "是否负有责任": "是" if responsible else "否",
            "认定文书号": f"{about.number}认定",
            "认定机关": about.by.name,
            "认定日期": plan.on(day),
            "认定内容": "对违法行为负有个人责任" if responsible else "不知情且无过错",
        },
    )


def release(plan: Plan, human: Human, firm: Firm, about: Paper, day: str) -> None:
    """Let a person go, by the court that made the order."""
    plan.add(
        "court_releases",
        {
            "姓名": human.name,
            "证件类型": human.card,
            "证件号码": human.number,
            "所在单位": firm.name,
            "统一社会信用代码": firm.code,
            "所涉文书号": about.number,
            "解除原因": "法院解除",
            "解除文书号": f"{about.number}之一",
            "解除机关": court(firm.region).name,
            "解除日期": plan.on(day),
        },
    )


def suspend(
    plan: Plan, firm: Firm, about: Paper, *, start: str, until: str, reason: str
) -> None:
    """Let the consequences of a paper rest for a while."""
    plan.add(
        "suspensions",
        {
            "主体名称": firm.name,
            "统一社会信用代码": firm.code,
            "所涉文书号": about.number,
            "中止原因": reason,
            "中止文书号": f"{about.number}中止",
            "决定机关": about.by.name,
            "中止日期": plan.on(start),
            "恢复日期": plan.on(until),
        },
    )
