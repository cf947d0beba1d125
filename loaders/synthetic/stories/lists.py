"""Stories 1, 3, 4 and 16: entries on severe lists and who answers."""

from loaders.synthetic.stories.answers import Story, Unaffected
from loaders.synthetic.stories.expect import record
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
    plan.post(leader, firm, "法定代表人", "2021-03-15")
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
    plan.stories.append(
        Story(
            "01",
            "列入严重失信名单，及于法定代表人和实际控制人",
            "公司被列入市场监督管理严重违法失信名单，行为时、列入时在任的法定代表人和申报的实际控制人记入个人信用记录；董事、监事、大股东不受影响。",
            "A listed company: its representative and its declared controller answer; director, supervisor and majority shareholder do not.",
            ((firm.name, firm.code),),
            (paper.number,),
            (
                *record(
                    plan, leader, firm, "legal_representative", paper, "2028-06-09"
                ),
                *record(
                    plan, controller, firm, "actual_controller", paper, "2028-06-09"
                ),
            ),
            (
                Unaffected(
                    director.name,
                    firm.name,
                    "director",
                    "董事、大股东不在规则所列人员之内",
                ),
                Unaffected(
                    supervisor.name, firm.name, "supervisor", "监事不在规则所列人员之内"
                ),
            ),
        )
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
    plan.post(other, firm, "法定代表人", "2018-09-03")
    plan.hold(other, firm, "100%", "2018-09-03")
    plan.stories.append(
        Story(
            "03",
            "同名不同人",
            "鹤岗的公司有一位与故事01的法定代表人同名同姓的法定代表人，身份证件号码不同：不受任何影响。",
            "A namesake of the sanctioned representative, with another number: untouched.",
            ((firm.name, firm.code),),
            (),
            (),
            (
                Unaffected(
                    other.name,
                    firm.name,
                    "legal_representative",
                    "与被记录的人同名，证件号码不同",
                ),
                Unaffected(firm.name, firm.name, "self", "公司没有被列入名单"),
            ),
        )
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
    plan.post(leader, firm, "法定代表人", "2020-05-18")
    other = plan.firm(
        "大箐山县溪屿口食用菌有限公司",
        region=230725,
        section="A",
        founded="2021-08-11",
        leader=known,
        scope="食用菌种植、初加工及销售",
    )
    plan.post(known, other, "法定代表人", "2021-08-11")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕4号",
        "2025-09-02",
        ("2025-05-06", "2025-05-30"),
        "2028-09-01",
    )
    plan.stories.append(
        Story(
            "04",
            "只知姓名：等待身份核验",
            "登记和任职数据里都没有法定代表人的证件号码：效果落在“该公司的聂霁汐”上，状态为待身份核验，并产生核验任务；同名的另一家公司法定代表人不受影响。",
            "Only the name is known: the effect waits for identification; a verified namesake is untouched.",
            ((firm.name, firm.code), (other.name, other.code)),
            (paper.number,),
            record(
                plan,
                leader,
                firm,
                "legal_representative",
                paper,
                "2028-09-01",
                status="pending_identity",
            ),
            (
                Unaffected(
                    known.name,
                    other.name,
                    "legal_representative",
                    "没有证据说明是同一人",
                ),
            ),
        )
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
    plan.post(leader, firm, "法定代表人", "2025-03-01")
    paper = enlist(
        plan,
        firm,
        "伊市监列严示〔2025〕16号",
        "2025-07-15",
        ("2024-11-04", "2024-12-27"),
        "2028-07-14",
    )
    plan.stories.append(
        Story(
            "16",
            "行为之后才上任：等待责任认定",
            "列入时的法定代表人在违法行为发生时尚未任职：效果待责任认定；行为时的前任在列入时已不在任，本规则不及于他。",
            "In office at the listing, but not at the act: pending a finding; his predecessor is not reached by this rule.",
            ((firm.name, firm.code),),
            (paper.number,),
            record(
                plan,
                leader,
                firm,
                "legal_representative",
                paper,
                "2028-07-14",
                status="pending_finding",
            ),
            (
                Unaffected(
                    former.name, firm.name, "legal_representative", "列入时已经离任"
                ),
            ),
        )
    )
