"""Stories 1, 3, 4 and 16: entries on severe lists and who answers."""

from loaders.synthetic.stories.expect import record, spared
from loaders.synthetic.stories.papers import enlist
from loaders.synthetic.stories.plan import Human, Plan


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    namesake = _representative_and_controller(plan)
    _namesake(plan, namesake)
    _name_only(plan)
    _came_after_the_act(plan)


def _representative_and_controller(plan: Plan) -> Human:
    leader = plan.person("周砚钧")
    controller = plan.person("邵栖珩")
    director, supervisor = plan.person("温笙砚"), plan.person("阮汐屿")
    firm = plan.firm(
        "伊春市青崖渡食品有限公司",
        region=230717,
        section="C",
        founded="2019-04-10",
        leader=leader,
        since="2021-03-15",
        scope="蔬菜、菌类、山野菜加工；食品生产",
    )
    plan.post(controller, firm, "实际控制人", "2019-04-10")
    plan.post(director, firm, "董事", "2021-03-15")
    plan.post(supervisor, firm, "监事", "2019-04-10")
    plan.hold(leader, firm, "20%", "2019-04-10")
    plan.hold(director, firm, "80%", "2019-04-10")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕1号",
        "2025-06-10",
        ("2025-01-08", "2025-02-20"),
        "2028-06-09",
    )
    plan.tell(
        "01",
        (firm,),
        (paper,),
        expected=(
            *record(plan, leader, firm, paper, "2028-06-09"),
            *record(
                plan, controller, firm, paper, "2028-06-09", role="actual_controller"
            ),
        ),
        unaffected=(
            spared(director, firm, "董事、大股东不在规则所列人员之内", role="director"),
            spared(supervisor, firm, "监事不在规则所列人员之内", role="supervisor"),
        ),
    )
    return leader


def _namesake(plan: Plan, sanctioned: Human) -> None:
    other = plan.person(sanctioned.name, region=230499)
    firm = plan.firm(
        "鹤岗市石泉坊商贸有限公司",
        region=230403,
        section="F",
        founded="2018-09-03",
        leader=other,
        scope="预包装食品、日用百货批发零售",
    )
    plan.hold(other, firm, "100%", "2018-09-03")
    plan.tell(
        "03",
        (firm,),
        (),
        unaffected=(
            spared(other, firm, "与被记录的人同名，证件号码不同"),
            spared(firm, firm, "公司没有被列入名单", role="self"),
        ),
    )


def _name_only(plan: Plan) -> None:
    leader = plan.person("聂霁汐", numbered=False)
    known = plan.person("聂霁汐")
    firm = plan.firm(
        "南岔县雾栖谷林业有限公司",
        region=230726,
        section="A",
        founded="2020-05-18",
        leader=leader,
        scope="林木育苗、造林和更新；林产品初级加工",
    )
    other = plan.firm(
        "大箐山县溪屿口食用菌有限公司",
        region=230725,
        section="A",
        founded="2021-08-11",
        leader=known,
        scope="食用菌种植、初加工及销售",
    )
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕4号",
        "2025-09-02",
        ("2025-05-06", "2025-05-30"),
        "2028-09-01",
    )
    plan.tell(
        "04",
        (firm, other),
        (paper,),
        expected=record(
            plan, leader, firm, paper, "2028-09-01", status="pending_identity"
        ),
        unaffected=(spared(known, other, "没有证据说明是同一人"),),
    )


def _came_after_the_act(plan: Plan) -> None:
    former, leader = plan.person("滑砚秋"), plan.person("危珩舟")
    firm = plan.firm(
        "丰林县鹿鸣涧食品有限公司",
        region=230724,
        section="C",
        founded="2018-03-26",
        leader=leader,
        since="2025-03-01",
        scope="蔬菜、菌类、山野菜加工；食品生产",
    )
    plan.post(former, firm, "法定代表人", "2018-03-26", "2025-02-28")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕16号",
        "2025-07-15",
        ("2024-11-04", "2024-12-27"),
        "2028-07-14",
    )
    plan.tell(
        "16",
        (firm,),
        (paper,),
        expected=record(
            plan, leader, firm, paper, "2028-07-14", status="pending_finding"
        ),
        unaffected=(spared(former, firm, "列入时已经离任"),),
    )
