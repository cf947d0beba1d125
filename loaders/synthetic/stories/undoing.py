"""Stories 8, 9 and 10: what the demo repairs and voids, and what then remains."""

from loaders.synthetic.stories.answers import Act, Story
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
    plan.post(leader, firm, "法定代表人", "2017-02-20")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕8号",
        "2025-04-08",
        ("2024-12-02", "2025-01-17"),
        "2028-04-07",
    )
    effects = record(plan, leader, firm, "legal_representative", paper, "2028-04-07")
    plan.stories.append(
        Story(
            "08",
            "信用修复：即日终止",
            "公司满一年后完成信用修复：法定代表人的个人记录自修复之日起终止，此前各日仍然有效。",
            "The company's repair ends the representative's record from that day on; the days before stand.",
            ((firm.name, firm.code),),
            (paper.number,),
            effects,
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
    plan.post(leader, firm, "法定代表人", "2022-06-27")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2026〕9号",
        "2026-08-05",
        ("2026-03-02", "2026-03-20"),
        "2029-08-04",
    )
    effects = record(plan, leader, firm, "legal_representative", paper, "2029-08-04")
    plan.stories.append(
        Story(
            "09",
            "列错了：撤销，如同从未有过",
            "列入决定经复议撤销：法定代表人的个人记录在任何一天都不再存在；此前查询过的人收到通知。",
            "A wrong entry is annulled: the effect never was, on any day.",
            ((firm.name, firm.code),),
            (paper.number,),
            effects,
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
    plan.post(leader, first, "法定代表人", "2016-10-12")
    plan.post(leader, second, "法定代表人", "2020-01-06")
    papers = (
        enlist(
            plan,
            first,
            "伊市监列严示〔2025〕10号",
            "2025-03-11",
            ("2024-10-14", "2024-11-08"),
            "2028-03-10",
            field="药品",
        ),
        enlist(
            plan,
            second,
            "伊市监列严示〔2025〕11号",
            "2025-10-21",
            ("2025-06-03", "2025-07-04"),
            "2028-10-20",
            field="药品",
        ),
    )
    one = record(plan, leader, first, "legal_representative", papers[0], "2028-03-10")
    two = record(plan, leader, second, "legal_representative", papers[1], "2028-10-20")
    plan.stories.append(
        Story(
            "10",
            "一个后果，两个依据",
            "同一法定代表人的两家公司先后被列入：个人记录有两个依据；第一家修复后，第二家仍然支撑。",
            "One effect resting on two listings: when the first company is repaired the second still holds it.",
            ((first.name, first.code), (second.name, second.code)),
            (papers[0].number, papers[1].number),
            (*one, *two),
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
    )
