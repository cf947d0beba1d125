"""Lines of business: what a firm is called and does, and who supervises it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business.

    `section` and `code` are of GB/T 4754; `noun` stands in the firm's name, `shop` in
    a sole trader's; `weight` and `shops` say how common it is among enterprises and
    among sole traders, in thousandths; `offices` are keys of OFFICES that punish in
    it, commonest first.
    """

    section: str
    code: str
    noun: str
    shop: str
    scope: str
    weight: int
    shops: int
    offices: tuple[str, ...]


_TABLE: Final = """\
A|0220|林业|苗木基地|林木育苗、造林和更新；林产品初级加工|45|6|林草 市监
A|0142|食用菌|菌园|食用菌种植、初加工及销售|48|14|市监
A|0111|农业|农场|谷物、大豆种植；农产品收购|42|14|市监
B|0690|矿业|采石场|建筑用石开采、加工及销售|22|2|应急 环境
C|1373|食品|食品坊|蔬菜、菌类、山野菜加工；食品生产|64|26|市监 环境
C|2034|木业|木器厂|木制品、地板加工制造|72|20|应急 环境 消防
C|2740|药业|药材行|中药饮片、中成药生产|14|4|环境 市监
C|3311|金属制品|五金厂|金属结构制造；机械零部件加工|44|12|应急 环境
D|4430|热力|供热站|热力生产和供应|11|1|环境 市监
E|4710|建筑工程|装修队|房屋建筑工程施工；市政工程施工|117|30|住建 人社 应急
F|5122|商贸|商店|预包装食品、日用百货批发零售|166|330|市监 税务
F|5251|医药|药店|药品、医疗器械零售|45|25|市监
G|5430|物流|货运部|道路普通货物运输；仓储服务|34|60|交通
H|6110|酒店|旅馆|住宿服务；餐饮服务|10|40|市监 消防
H|6210|餐饮|饭馆|餐饮服务；冷热食品制售|20|250|市监 消防
I|6510|信息科技|数码店|软件开发；信息系统集成服务|66|20|市监
J|6632|小额贷款|典当行|按规定办理小额贷款业务；金融信息咨询|20|1|税务 市监
K|7020|物业服务|家政店|物业管理；家政服务|39|18|住建
L|7291|旅行社|票务店|国内旅游和入境旅游业务|53|8|文旅
M|7450|检测技术|检验店|质量检测；安全评价技术服务|13|2|市监 应急
N|7722|环保工程|保洁部|污水处理；固体废物治理|14|8|环境 市监
O|8111|汽车服务|修理部|机动车修理和维护|10|70|交通 市监
P|8391|教育咨询|书屋|职业技能培训；教育咨询服务|8|15|市监
Q|8514|养老服务|护理店|机构养老服务；老年人照料|5|4|市监 消防
R|8912|网络服务|网咖|互联网上网服务|11|20|文旅 消防"""


def _trade(line: str) -> Trade:
    section, code, noun, shop, scope, weight, shops, offices = line.split("|")
    return Trade(
        section,
        code,
        noun,
        shop,
        scope,
        int(weight),
        int(shops),
        tuple(offices.split()),
    )


TRADES: Final = tuple(_trade(line) for line in _TABLE.splitlines())
"""The lines of the two prefectures: wood, mushrooms, food, building, trade, travel."""
