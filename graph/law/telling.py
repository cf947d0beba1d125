"""The law book as a reader sees it: names of fields and values, Chinese and English."""

from collections.abc import Mapping
from typing import Any, Final

from graph.errors import Said
from graph.law.base import LawModel
from graph.vocabulary import Term

_LABELS: Final[Mapping[str, str]] = {
    "in_force_from": "施行日", "in_force_to": "失效日", "trigger": "触发",
    "on": "触发事实", "subject": "受惩戒者", "lists": "名单", "measures": "措施",
    "fields": "领域", "bearers": "及于谁", "role": "身份", "finding": "责任认定",
    "sticky": "离任后保留", "organizations_of": "任职的组织",
    "organization_kinds": "组织类型", "anchor": "任职之日", "act_check": "核对行为时",
    "effect": "后果", "measure": "措施", "scope_fields": "限于领域",
    "scope_zh": "范围", "scope_en": "范围（英文）", "term": "期限", "length": "长短",
    "starts": "起算", "ended_by": "终止", "version_at": "版本日",
    "jurisdiction_by": "地域标准", "finding_effect_from": "认定自何时起",
    "exceptions": "例外", "when": "条件", "outcome": "结果", "doubtful": "存疑",
    "note": "说明", "evidence": "证据", "checked_on": "核对日", "doubts": "存疑之处",
    "basis": "依据", "instrument": "文件", "article": "条款", "gist": "内容",
    "gist_en": "内容（英文）", "title": "名称", "title_en": "名称（英文）",
    "topic": "事项", "jurisdiction": "地域", "versions": "版本", "instruments": "文件",
    "roles": "身份表", "rules": "规则", "key": "键", "number": "文号",
    "issuer": "发布机关", "maker": "制定机关", "rank": "位阶", "source": "出处",
    "repealed_from": "废止日", "code": "序号", "zh": "中文", "en": "英文",
    "measure_class": "类别", "targets": "承担者", "needs_statute": "须有法律法规",
    "owner": "主管机关", "subjects": "对象", "severe": "严重失信名单",
    "legal_basis": "依据", "aliases": "别名", "organization_kind": "组织类型",
    "first_answering": "首要责任人", "also": "其他责任人",
    "party_himself": "即当事人本人", "purposes": "用途", "applicants": "申请人",
    "bars": "限制", "by_field": "限于领域", "thresholds": "门槛", "person_states": "自然人状况", "value": "数值",
    "unit": "单位", "within": "期间内", "relevance": "关联", "proportionality": "比例",
    "relevance_en": "关联（英文）", "proportionality_en": "比例（英文）",
}  # fmt: skip
_NOTHING: Final = Said("（无）", "(none)")


def field_name(name: str, language: str) -> str:
    """Return the Chinese name of a field for "zh", its key for anything else."""
    return _LABELS.get(name, name) if language == "zh" else name


def fields_of(model: LawModel) -> dict[str, Any]:
    """Return the fields of a model in their order, words and models as they are."""
    return {name: getattr(model, name) for name in type(model).model_fields}


def value_text(value: Any, language: str) -> str:
    """Return a value as a reader sees it."""
    if value is None or value == ():
        return _NOTHING.text(language)
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else str(value).lower()
    if isinstance(value, Term):
        return f"{value.zh}({value})" if language == "zh" else value.value
    if isinstance(value, tuple):
        sentences = len(value) > 1 and not all(isinstance(v, Term) for v in value)
        zh, en = ("；", "; ") if sentences else ("、", ", ")
        between = zh if language == "zh" else en
        return between.join(value_text(v, language) for v in value)
    if isinstance(value, LawModel):
        between = "，" if language == "zh" else "; "
        return between.join(
            f"{field_name(k, language)} {value_text(v, language)}"
            for k, v in fields_of(value).items()
            if v not in (None, (), "")
        )
    return str(value)
