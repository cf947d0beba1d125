"""Stories 12, 13 and 15: who stands for a partnership, a trader, a state organ."""

from loaders.synthetic.stories.expect import record, spared
from loaders.synthetic.stories.papers import DEFAULTER, MARKET, impose
from loaders.synthetic.stories.plan import Paper, Plan, court, registrar


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    _partnership(plan)
    _sole_trader(plan)
    _organ(plan)


def _partnership(plan: Plan) -> None:
    delegate, boss, limited = map(plan.person, ("戚珂霖", "荀栖野", "晁屿秋"))
    manager = plan.firm(
        "伊春市万松龄投资管理有限公司",
        region=230717,
        section="L",
        founded="2016-08-08",
        leader=boss,
        scope="以自有资金从事投资活动",
    )
    fund = plan.firm(
        "伊春市万松龄林业投资中心（有限合伙）",
        region=230717,
        section="L",
        founded="2017-03-06",
        leader=None,
        form="有限合伙企业",
        scope="林业项目投资",
    )
    plan.post(delegate, fund, "委派代表", "2017-03-06")
    plan.hold(manager, fund, "10%", "2017-03-06")
    plan.hold(limited, fund, "90%", "2017-03-06")
    paper = Paper("伊市监列严示〔2025〕12号", registrar(fund.region), "2025-08-19")
    impose(
        plan, paper, fund, list_name=MARKET, act=("2025-02-10", "2025-04-25"),
        field="消费者权益", due="2028-08-18", reason="侵害消费者权益，情节严重",
    )  # fmt: skip
    plan.tell(
        "12",
        (fund, manager),
        (paper,),
        expected=record(
            plan, delegate, fund, paper, "2028-08-18", role="delegated_representative"
        ),
        unaffected=(
            spared(limited, fund, "有限合伙人不执行合伙事务", role=""),
            spared(boss, manager, "他的公司没有被列入名单"),
        ),
    )


def _sole_trader(plan: Plan) -> None:
    operator = plan.person("逄笙澈")
    shop = plan.firm(
        "大箐山县逄家灶小吃店",
        region=230725,
        section="H",
        founded="2019-05-30",
        leader=operator,
        form="个体工商户",
        prefix="92",
        scope="餐饮服务；冷热食品制售",
    )
    paper = Paper("伊市监列严示〔2026〕13号", registrar(shop.region), "2026-01-20")
    impose(
        plan, paper, shop, list_name=MARKET, act=("2025-09-08", "2025-10-17"),
        field="食品", due="2029-01-19", reason="使用非食品原料加工食品",
    )  # fmt: skip
    plan.tell(
        "13",
        (shop,),
        (paper,),
        expected=record(plan, operator, shop, paper, "2029-01-19", role="operator"),
    )


def _organ(plan: Plan) -> None:
    head = plan.person("庄砚舟")
    organ = plan.firm(
        "虚拟林区事务管理委员会",
        region=230717,
        section="S",
        founded="2012-01-01",
        leader=head,
        since="2022-04-11",
        form="机关",
        prefix="11",
        address="示例路1号",
    )
    paper = Paper("（2025）黑07执示15号", court(), "2025-11-04")
    impose(
        plan, paper, organ, list_name=DEFAULTER, act=("2025-03-03", "2025-11-03"),
        field="司法执行", reason="有履行能力而拒不履行生效法律文书确定义务",
    )  # fmt: skip
    plan.tell(
        "15",
        (organ,),
        (paper,),
        expected=record(
            plan, head, organ, paper, "", role="principal_in_charge", status="reported"
        )[:1],
    )
