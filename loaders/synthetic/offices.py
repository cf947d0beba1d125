"""The offices that publish penalties, and the offences they punish."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence an office punishes.

    `act` is the official name, `fact` what was found, `basis` the article, `kinds`
    what is imposed, `fine` the usual fine in hundredths of 万元 (0: no fine),
    `licence` what is withdrawn, if anything. `needs` is a word that must stand in the
    scope of the business, or COMPANY for what only companies can do.
    """

    office: str
    act: str
    fact: str
    basis: str
    kinds: str
    fine: int
    weight: int
    licence: str
    needs: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office of each prefecture: name after the city's, sign in its papers."""

    key: str
    name: str
    sign: str


COMPANY: Final = "公司"

_OFFICES: Final = """\
市监|市场监督管理局|市监
环境|生态环境局|环
应急|应急管理局|应急
住建|住房和城乡建设局|建
交通|交通运输局|交运
文旅|文化广电和旅游局|文旅
人社|人力资源和社会保障局|人社
消防|消防救援支队|消
税务|税务局|税
林草|林业和草原局|林草"""

_OFFENCES: Final = """\
市监|经营超过保质期的食品|货架上有超过保质期的食品待售|《中华人民共和国食品安全法》第一百二十四条|罚款;没收违法所得|60|8||食
市监|未按规定公示年度报告|逾期未公示上一年度年度报告|《企业信息公示暂行条例》第十七条|警告|0|5||
市监|发布虚假广告|广告所称功效没有依据|《中华人民共和国广告法》第五十五条|罚款|120|3||
市监|使用未经检定的计量器具|电子秤超过检定周期|《中华人民共和国计量法》第二十五条|罚款|5|3||
市监|经营腐败变质的食品情节严重|冷库存放腐败变质食品待售|《中华人民共和国食品安全法》第一百二十四条|罚款;吊销许可证件|1500|1|食品经营许可证|食
市监|连续六个月以上没有经营|公司成立后无正当理由超过六个月没有开业|《中华人民共和国公司法》第二百六十条|吊销执照|0|1|营业执照|公司
市监|销售不合格产品|抽检不合格|《中华人民共和国产品质量法》第五十条|罚款;没收违法所得|90|2||
环境|未验先投|环境保护设施未经验收即投入使用|《建设项目环境保护管理条例》第二十三条|罚款|2100|3||
环境|超标排放大气污染物|颗粒物排放浓度超过标准|《中华人民共和国大气污染防治法》第九十九条|罚款|1200|4||
环境|未按规定贮存危险废物|危险废物贮存间没有标识|《中华人民共和国固体废物污染环境防治法》第一百一十二条|罚款|1000|2||
应急|未如实记录安全生产教育和培训|培训记录缺失|《中华人民共和国安全生产法》第九十七条|罚款|150|5||
应急|未建立事故隐患排查治理制度|没有隐患排查台账|《中华人民共和国安全生产法》第一百零一条|罚款|300|3||
应急|特种作业人员无证上岗|电焊作业人员没有操作证|《中华人民共和国安全生产法》第九十七条|罚款;责令停产停业|400|1||
住建|未取得施工许可证擅自施工|开工时没有施工许可证|《建筑工程施工许可管理办法》第十二条|罚款|250|4||
住建|施工现场扬尘措施不到位|裸露土方未覆盖|《中华人民共和国大气污染防治法》第一百一十五条|罚款|180|3||
交通|超限运输|车货总质量超过限定标准|《公路安全保护条例》第六十四条|罚款|40|6||运输
交通|维修场所没有公示收费标准|收费标准没有上墙公示|《中华人民共和国道路运输条例》第七十条|罚款|20|2||
交通|未取得道路运输经营许可|没有经营许可从事货运|《中华人民共和国道路运输条例》第六十三条|罚款;没收违法所得|100|2||运输
文旅|未按规定核对登记上网消费者证件|没有核对登记身份证件|《互联网上网服务营业场所管理条例》第三十二条|警告;罚款|50|3||上网
文旅|接纳未成年人进入互联网上网服务营业场所|一年内再次接纳未成年人|《互联网上网服务营业场所管理条例》第三十一条|罚款;吊销许可证件|150|1|网络文化经营许可证|上网
文旅|未按规定报送经营数据|逾期未报送年度经营数据|《旅行社条例》第五十条|警告|0|1||
文旅|不合理低价组织旅游活动|以不合理低价招徕旅游者|《中华人民共和国旅游法》第九十八条|罚款;没收违法所得|300|2||旅游
人社|未按规定存储工资保证金|逾期未存储工资保证金|《保障农民工工资支付条例》第五十五条|罚款|600|2||
消防|占用疏散通道|疏散通道堆放杂物|《中华人民共和国消防法》第六十条|罚款|80|4||
消防|消防设施未保持完好有效|室内消火栓无水|《中华人民共和国消防法》第六十条|罚款|110|3||
税务|未按期办理纳税申报|逾期未申报|《中华人民共和国税收征收管理法》第六十二条|罚款|10|4||
林草|毁坏林木、林地|未经批准占用林地堆放物料|《中华人民共和国森林法》第七十四条|罚款|70|2||"""


def _offence(line: str) -> Offence:
    office, act, fact, basis, kinds, fine, weight, licence, needs = line.split("|")
    return Offence(
        office, act, fact, basis, kinds, int(fine), int(weight), licence, needs
    )


OFFICES: Final = tuple(Office(*line.split("|")) for line in _OFFICES.splitlines())
OFFENCES: Final = tuple(_offence(line) for line in _OFFENCES.splitlines())
