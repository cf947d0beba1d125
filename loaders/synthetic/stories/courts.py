"""Stories 5 and 17: an order of a court binds who stands for the company; it may rest."""

from loaders.synthetic.stories.answers import Expected
from loaders.synthetic.stories.expect import record
from loaders.synthetic.stories.papers import MARKET, impose, release, suspend
from loaders.synthetic.stories.plan import Paper, Plan, court, registrar

_RULE = "CONSUMPTION-RESTRICTION"


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    _changed_representatives(plan)
    _suspended(plan)


def _changed_representatives(plan: Plan) -> None:
    first, second, third = map(plan.person, ("车屿笙", "卜澍安", "晏岚笙"))
    firm = plan.firm(
        "伊春市远渡坞建筑工程有限公司",
        region=230717,
        section="E",
        founded="2015-05-25",
        leader=third,
        since="2026-04-01",
        scope="房屋建筑工程施工；市政工程施工",
    )
    plan.post(first, firm, "法定代表人", "2019-03-18", "2025-08-31")
    plan.post(second, firm, "法定代表人", "2025-09-01", "2026-03-31")
    paper = Paper("（2025）黑07执示5号", court(), "2025-02-18")
    impose(
        plan, paper, firm, measure="限制相关消费行为", field="司法执行",
        reason="未按执行通知书指定的期间履行给付义务",
    )  # fmt: skip
    release(plan, second, firm, paper, "2026-06-15")
    role = "legal_representative"
    plan.tell(
        "05",
        (firm,),
        (paper,),
        expected=tuple(
            Expected(
                human.name,
                firm.name,
                role,
                "consumption_restriction",
                _RULE,
                "in_force",
                paper.number,
            )
            for human in (first, third)
        ),
        ended=(
            Expected(
                second.name,
                firm.name,
                role,
                "consumption_restriction",
                _RULE,
                "ended",
                paper.number,
                plan.on("2026-06-14"),
            ),
        ),
    )


def _suspended(plan: Plan) -> None:
    leader = plan.person("容砚霖")
    firm = plan.firm(
        "乌翠区浮玉台餐饮有限公司",
        region=230718,
        section="H",
        founded="2020-10-19",
        leader=leader,
        scope="餐饮服务；冷热食品制售",
    )
    paper = Paper("伊市监列严示〔2026〕17号", registrar(firm.region), "2026-05-12")
    impose(
        plan, paper, firm, list_name=MARKET, act=("2026-01-05", "2026-02-13"),
        field="食品", due="2029-05-11", reason="违反规定受到较重行政处罚，情节严重",
    )  # fmt: skip
    suspend(
        plan, firm, paper, start="2026-10-09", until="2027-01-09",
        reason="人民法院裁定停止执行",
    )  # fmt: skip
    plan.tell(
        "17",
        (firm,),
        (paper,),
        expected=record(plan, leader, firm, paper, "2029-05-11", status="suspended"),
    )
