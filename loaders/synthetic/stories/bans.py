"""Stories 2, 6, 7 and 11: bans from revoked licences and a person's own listing."""

from loaders.synthetic.stories.answers import Expected
from loaders.synthetic.stories.expect import ban, lost_licence, record, spared
from loaders.synthetic.stories.papers import (
    DEFAULTER,
    MARKET,
    Exit,
    find,
    impose,
    punish,
)
from loaders.synthetic.stories.plan import Firm, Human, Paper, Plan, court, registrar

_FOOD = "FOOD-PERMIT-REVOKED-OCCUPATION-BAN"
_FOOD_PERMIT = "FOOD-PERMIT-REVOKED-PERMIT-BAN"


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    _left_the_day_before(plan)
    _licence_revoked(plan)
    _repair_does_not_lift_a_ban(plan)
    _defaulter_as_director(plan)


def _food_permit(
    plan: Plan, firm: Firm, number: str, day: str, act: tuple[str, str]
) -> Paper:
    paper = Paper(number, registrar(firm.region), day)
    punish(
        plan, paper, firm, kinds="吊销许可证件", act=act, licence="食品经营许可证",
        title="经营腐败变质的食品，情节严重",
        basis="《中华人民共和国食品安全法》第一百二十四条",
    )  # fmt: skip
    return paper


def _food_bans(
    plan: Plan, human: Human, firm: Firm, paper: Paper, until: str
) -> tuple[Expected, ...]:
    return (
        ban(plan, human, firm, paper, "occupation_ban", _FOOD, until),
        ban(plan, human, firm, paper, "market_access_ban", _FOOD_PERMIT, until),
        Expected(
            firm.name, firm.name, "self", "market_access_ban", _FOOD_PERMIT, "in_force",
            paper.number, plan.on(until),
        ),
    )  # fmt: skip


def _left_the_day_before(plan: Plan) -> None:
    before, during, after = map(plan.person, ("苗霁舟", "骆翊棠", "冼珂汐"))
    firm = plan.firm(
        "铁力市朔望里餐饮管理有限公司",
        region=230781,
        section="H",
        founded="2018-06-21",
        leader=after,
        since="2025-06-01",
        scope="餐饮服务；冷热食品制售",
    )
    plan.post(before, firm, "法定代表人", "2018-06-21", "2025-03-03")
    plan.post(during, firm, "法定代表人", "2025-03-04", "2025-05-31")
    paper = _food_permit(
        plan,
        firm,
        "伊市监罚示〔2025〕3002号",
        "2025-07-18",
        ("2025-03-04", "2025-04-02"),
    )
    plan.tell(
        "02",
        (firm,),
        (paper,),
        expected=_food_bans(plan, during, firm, paper, "2030-07-17"),
        unaffected=(
            spared(before, firm, "违法行为开始的前一天离任"),
            spared(after, firm, "违法行为结束以后才上任"),
        ),
    )


def _revoked(
    plan: Plan, name: str, leader: Human, number: str, *, founded: str, region: int
) -> tuple[Firm, Paper]:
    """Revoke a business licence; the representative left after the act."""
    firm = plan.firm(
        name, region=region, section="F", founded=founded, leader=None, status="吊销",
        scope="日用百货批发零售",
    )  # fmt: skip
    plan.post(leader, firm, "法定代表人", founded, "2025-05-19")
    paper = Paper(number, registrar(region), "2025-05-20")
    punish(
        plan, paper, firm, kinds="吊销执照", act=("2024-09-01", "2024-11-30"),
        licence="营业执照", title="利用公司名义从事严重违法活动",
        basis="《中华人民共和国公司法》第二百六十二条",
    )  # fmt: skip
    return firm, paper


def _licence_revoked(plan: Plan) -> None:
    guilty, open_case, innocent = map(plan.person, ("蒲珩川", "滕屿安", "慕翎舒"))
    a, paper_a = _revoked(
        plan, "伊春市鸦青渡商贸有限公司", guilty, "伊市监罚示〔2025〕3006号",
        founded="2020-01-13", region=230717,
    )  # fmt: skip
    b, paper_b = _revoked(
        plan, "汤旺县听澜坞商贸有限公司", open_case, "伊市监罚示〔2025〕3007号",
        founded="2019-07-22", region=230723,
    )  # fmt: skip
    c, paper_c = _revoked(
        plan, "金林区望舒桥商贸有限公司", innocent, "伊市监罚示〔2025〕3008号",
        founded="2021-11-02", region=230751,
    )  # fmt: skip
    find(plan, guilty, a, paper_a, responsible=True, day="2025-05-20")
    find(plan, innocent, c, paper_c, responsible=False, day="2025-06-12")
    plan.tell(
        "06",
        (a, b, c),
        (paper_a, paper_b, paper_c),
        expected=(
            *lost_licence(plan, guilty, a, paper_a, "2028-05-19"),
            *lost_licence(
                plan, open_case, b, paper_b, "2028-05-19", status="pending_finding"
            ),
        ),
        unaffected=(spared(innocent, c, "认定不负有个人责任"),),
    )


def _repair_does_not_lift_a_ban(plan: Plan) -> None:
    leader = plan.person("闻笙野")
    firm = plan.firm(
        "嘉荫县白鹭汀食品有限公司",
        region=230722,
        section="C",
        founded="2017-09-14",
        leader=leader,
        scope="蔬菜、菌类、山野菜加工；食品生产",
    )
    act = ("2024-02-19", "2024-03-08")
    paper = _food_permit(plan, firm, "伊市监罚示〔2024〕3009号", "2024-05-20", act)
    listing = Paper("伊市监列严示〔2024〕7号", registrar(firm.region), "2024-06-18")
    impose(
        plan, listing, firm, list_name=MARKET, act=act, field="食品", due="2027-06-17",
        reason="被吊销食品经营许可证，情节严重",
        left=Exit("2026-02-03", "信用修复", "伊市监修复示〔2026〕7号"),
    )  # fmt: skip
    plan.tell(
        "07",
        (firm,),
        (paper, listing),
        expected=_food_bans(plan, leader, firm, paper, "2029-05-19"),
        ended=record(plan, leader, firm, listing, "2026-02-02", status="ended"),
    )


def _defaulter_as_director(plan: Plan) -> None:
    debtor, leader = plan.person("解桐砚"), plan.person("车澍野")
    firm = plan.firm(
        "伊春市云起坞信息科技有限公司",
        region=230718,
        section="I",
        founded="2019-12-05",
        leader=leader,
        scope="软件开发；信息系统集成服务",
    )
    farm = plan.firm(
        "友好区山月圃种植专业合作社",
        region=230719,
        section="A",
        founded="2018-04-02",
        leader=debtor,
        form="农民专业合作社",
        prefix="93",
        scope="谷物、大豆种植；农产品收购",
    )
    plan.post(debtor, firm, "董事", "2020-02-10")
    paper = Paper("（2026）黑07执示11号", court(), "2026-03-17")
    impose(
        plan, paper, debtor, list_name=DEFAULTER, field="司法执行",
        act=("2025-10-09", "2026-03-16"), reason="有履行能力而拒不履行生效法律文书确定义务",
    )  # fmt: skip
    plan.tell(
        "11",
        (firm, farm),
        (paper,),
        expected=(
            Expected(
                debtor.name, "", "self", "office_ban", "PERSON-DEFAULTER-OFFICE-BAN",
                "in_force", paper.number,
            ),
            # Whether the debt is large has to be found first.
            Expected(
                debtor.name, "", "self", "representative_ban",
                "PERSON-DEFAULTER-REPRESENTATIVE-BAN", "pending_finding", paper.number,
            ),
            Expected(
                firm.name, firm.name, "director", "removal_duty",
                "OFFICE-BAN-REMOVAL-DUTY", "in_force", paper.number,
            ),
        ),
        unaffected=(
            spared(farm, farm, "合作社不是公司", role="self", measure="removal_duty"),
            spared(leader, firm, "没有被列入名单"),
        ),
    )  # fmt: skip
