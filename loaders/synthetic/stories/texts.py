"""What the stories say, in both languages: title, text, English text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "01": (
            "列入严重失信名单，及于法定代表人和实际控制人",
            "公司被列入市场监督管理严重违法失信名单，行为时、列入时在任的法定代表人和申报的实际控制人记入个人信用记录；董事、监事、大股东不受影响。",
            "A listed company: its representative and its declared controller answer; director, supervisor and majority shareholder do not.",
        ),
        "02": (
            "前一天离任的不负责，行为时在任的负责",
            "食品经营许可证被吊销，看违法行为发生时（2025-03-04起）谁是法定代表人：前任在前一天离任，不受影响；行为时在任的，虽在决定前离任，五年内仍不得从事食品经营管理；决定时的继任者不受影响。",
            "Who answers is read at the act: not the one who left the day before, nor the one who came after.",
        ),
        "03": (
            "同名不同人",
            "鹤岗的公司有一位与故事01的法定代表人同名同姓的法定代表人，身份证件号码不同：不受任何影响。",
            "A namesake of the sanctioned representative, with another number: untouched.",
        ),
        "04": (
            "只知姓名：等待身份核验",
            "登记和任职数据里都没有法定代表人的证件号码：效果落在“该公司的聂霁汐”上，状态为待身份核验，并产生核验任务；同名的另一家公司法定代表人不受影响。",
            "Only the name is known: the effect waits for identification; a verified namesake is untouched.",
        ),
        "05": (
            "换了法定代表人，限制消费不因此消失",
            "限制消费令以后两次更换法定代表人：最初的仍受限制，现任的受限制，中间一位经法院查明解除。",
            "The order keeps binding the first representative and binds the present one; the one in between was released by the court.",
        ),
        "06": (
            "吊销营业执照：看有没有个人责任认定",
            "三家公司同日被吊销营业执照。法定代表人被认定负有个人责任的，三年内不得任公司董监高、法定代表人；还没有认定的，待责任认定；被认定没有责任的，不受影响。",
            "Three revoked licences: found responsible, not yet found, found not responsible.",
        ),
        "07": (
            "公司修复了，禁业期没有完",
            "公司被吊销食品经营许可证并列入名单，2026-02-03修复移出：个人记录随之终止，但食品安全法规定的五年禁业按自己的期限走完。",
            "The company's repair ended the personal record; the statutory five-year ban runs its own term.",
        ),
        "08": (
            "信用修复：即日终止",
            "公司满一年后完成信用修复：法定代表人的个人记录自修复之日起终止，此前各日仍然有效。",
            "The company's repair ends the representative's record from that day on; the days before stand.",
        ),
        "09": (
            "列错了：撤销，如同从未有过",
            "列入决定经复议撤销：法定代表人的个人记录在任何一天都不再存在；此前查询过的人收到通知。",
            "A wrong entry is annulled: the effect never was, on any day.",
        ),
        "10": (
            "一个后果，两个依据",
            "同一法定代表人的两家公司先后被列入：个人记录有两个依据；第一家修复后，第二家仍然支撑。",
            "One effect resting on two listings: when the first company is repaired the second still holds it.",
        ),
        "11": (
            "本人失信，公司应当解除其董事职务",
            "一位董事本人被列为失信被执行人：不得担任公司董监高；他任董事的公司负有解除职务的义务；他任法定代表人的合作社不是公司，没有这项义务。",
            "A director listed himself may not hold office; the company must remove him, his cooperative need not.",
        ),
        "12": (
            "合伙企业：由委派代表负责",
            "有限合伙企业的执行事务合伙人是公司，由其委派代表执行事务：个人记录及于委派代表，不及于有限合伙人。",
            "A partnership managed by a company: its delegated representative answers, the limited partner does not.",
        ),
        "13": (
            "个体工商户：经营者就是当事人",
            "个体工商户没有独立人格，列入名单就是列入经营者：个人记录直接及于经营者本人。",
            "A sole trader has no personality of his own: the operator is the party himself.",
        ),
        "14": (
            "值得再看一眼的形状（线索，不是后果）",
            "循环持股（三家互持）、三层控制链（60%—55%—51%，最终控制人申报）、吊销后原班人马原址另设的公司、六个同名不同人的法定代表人。这些形状只供线索，不产生后果；旧公司的吊销按规则等待责任认定。",
            "A ring of holdings, a chain of control, a phoenix company, six namesakes: leads only; what the old company's revocation brings awaits a finding.",
        ),
        "15": (
            "机关失信：通报上级，不照市场主体处理",
            "一个（虚构的）机关被列为失信被执行人：对负责人不记入个人信用记录，而是通报上级和审计部门；该例外存疑，页面上注明。",
            "An (invented) state organ is listed: reported to its superior instead of recorded against its head.",
        ),
        "16": (
            "行为之后才上任：等待责任认定",
            "列入时的法定代表人在违法行为发生时尚未任职：效果待责任认定；行为时的前任在列入时已不在任，本规则不及于他。",
            "In office at the listing, but not at the act: pending a finding; his predecessor is not reached by this rule.",
        ),
        "17": (
            "停止执行期间，后果中止",
            "公司起诉列入决定，法院裁定停止执行至2027-01-08：法定代表人的个人记录在此期间中止，到期恢复。",
            "While a court has stayed the listing, its consequences rest.",
        ),
    }
)
"""Story to its texts; the numbers are those of the answer key."""
