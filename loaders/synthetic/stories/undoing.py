"""Stories 8, 9 and 10: what the demo repairs and voids, and what then remains."""

from loaders.synthetic.stories.answers import Act
from loaders.synthetic.stories.expect import record
from loaders.synthetic.stories.papers import enlist
from loaders.synthetic.stories.plan import Plan

_REPAIR_BY = "伊春市市场监督管理局"


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    _to_be_repaired(plan)
    _to_be_voided(plan)
    _two_grounds(plan)


def _to_be_repaired(plan: Plan) -> None:
    leader = plan.person("支翊澍")
    firm = plan.firm(
        "伊春市松月渚酒店有限公司",
        region=230719,
        section="H",
        founded="2017-02-20",
        leader=leader,
        scope="住宿服务；餐饮服务",
    )
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕8号",
        "2025-04-08",
        ("2024-12-02", "2025-01-17"),
        "2028-04-07",
    )
    effects = record(plan, leader, firm, paper, "2028-04-07")
    plan.tell(
        "08",
        (firm,),
        (paper,),
        expected=effects,
        acts=(
            Act(
                "repair",
                paper.number,
                plan.on("2026-11-22"),
                "伊市监修复示〔2026〕8号",
                _REPAIR_BY,
                effects,
            ),
        ),
    )


def _to_be_voided(plan: Plan) -> None:
    leader = plan.person("简汐棠")
    firm = plan.firm(
        "铁力市桐影湾商贸有限公司",
        region=230781,
        section="F",
        founded="2022-06-27",
        leader=leader,
        scope="预包装食品、日用百货批发零售",
    )
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2026〕9号",
        "2026-08-05",
        ("2026-03-02", "2026-03-20"),
        "2029-08-04",
    )
    effects = record(plan, leader, firm, paper, "2029-08-04")
    plan.tell(
        "09",
        (firm,),
        (paper,),
        expected=effects,
        acts=(
            Act(
                "void",
                paper.number,
                plan.on("2026-11-22"),
                "伊政复示〔2026〕9号",
                "伊春市人民政府",
                effects,
            ),
        ),
    )


def _two_grounds(plan: Plan) -> None:
    leader = plan.person("乐翊澜")
    first = plan.firm(
        "伊春市鹤望汀医药有限公司",
        region=230717,
        section="F",
        founded="2016-10-12",
        leader=leader,
        scope="药品、医疗器械零售",
    )
    second = plan.firm(
        "铁力市鹤望汀药业有限公司",
        region=230781,
        section="C",
        founded="2020-01-06",
        leader=leader,
        scope="中药饮片、中成药生产",
    )
    papers = (
        enlist(
            plan, first, "伊市监列严示〔2025〕10号", "2025-03-11",
            ("2024-10-14", "2024-11-08"), "2028-03-10", field="药品",
        ),
        enlist(
            plan, second, "伊市监列严示〔2025〕11号", "2025-10-21",
            ("2025-06-03", "2025-07-04"), "2028-10-20", field="药品",
        ),
    )  # fmt: skip
    one = record(plan, leader, first, papers[0], "2028-03-10")
    two = record(plan, leader, second, papers[1], "2028-10-20")
    plan.tell(
        "10",
        (first, second),
        (papers[0], papers[1]),
        expected=(*one, *two),
        acts=(
            Act(
                "repair",
                papers[0].number,
                plan.on("2026-11-22"),
                "伊市监修复示〔2026〕10号",
                _REPAIR_BY,
                kept=two,
            ),
        ),
    )
