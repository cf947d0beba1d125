"""The tables beside the rules: lists have a basis, roles are complete, names unique."""

from collections.abc import Iterator

from graph.law.checks.grounds import STATUTES, is_stronger, texts
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item
from graph.law.reference import Instrument, ListDefinition, Measure, RoleRule
from graph.vocabulary import OrganizationKind


def check_tables(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with lists, roles and instruments by themselves."""
    instruments = draft.by_key(Instrument)
    measures = draft.by_key(Measure)
    names: dict[str, str] = {}
    for item in draft.of(ListDefinition):
        yield from _list_basis(item, instruments)
        yield from _list_measures(item, measures, instruments)
        yield from _list_names(item, names)
    for text in draft.of(Instrument):
        yield from _period(text)
    yield from _roles(draft)


def _list_basis(
    item: Item[ListDefinition], instruments: dict[str, Instrument]
) -> Iterator[Fault]:
    entry = item.model
    if entry.severe and not entry.legal_basis:
        yield item.fault(
            ("legal_basis",),
            FaultKind.NO_BASIS,
            f"严重失信名单“{entry.zh}”没有写依据",
            "写明法律、法规或者党中央、国务院政策文件；确无依据的，severe 写 false",
        )
    if is_stronger(entry.evidence, entry.legal_basis, instruments):
        yield item.fault(
            ("evidence",),
            FaultKind.EVIDENCE,
            f"“{entry.zh}”的证据等级高于它所依据的文件",
            "降低等级，或者补读文件后改 instruments/ 里的 evidence",
        )


def _list_measures(
    item: Item[ListDefinition],
    measures: dict[str, Measure],
    instruments: dict[str, Instrument],
) -> Iterator[Fault]:
    ranks = {i.rank for i in texts(item.model.legal_basis, instruments)}
    for number, key in enumerate(item.model.measures):
        measure = measures.get(key)
        if measure and measure.needs_statute and not ranks & STATUTES:
            yield item.fault(
                ("measures", number),
                FaultKind.NO_BASIS,
                f"措施 {key} 须有法律、法规依据，“{item.model.zh}”没有",
                "补上依据，或者去掉这项措施",
            )


def _list_names(item: Item[ListDefinition], names: dict[str, str]) -> Iterator[Fault]:
    for name in (item.model.zh, *item.model.aliases):
        if names.setdefault(name, item.key) != item.key:
            yield item.fault(
                ("aliases",),
                FaultKind.REPEATED,
                f"名称“{name}”已经属于名单 {names[name]}",
                "一个名称只能指一个名单",
            )


def _period(item: Item[Instrument]) -> Iterator[Fault]:
    text = item.model
    if text.repealed_from is not None and text.repealed_from <= text.in_force_from:
        yield item.fault(
            ("repealed_from",),
            FaultKind.INCONSISTENT,
            "失效日不晚于施行日",
            "repealed_from 写失效后的第一天",
        )


def _roles(draft: Draft) -> Iterator[Fault]:
    place = "roles.yaml"
    missing = [k for k in OrganizationKind if k.value not in draft.written[RoleRule]]
    for kind in missing:
        message = f"没有写{kind.zh}由谁负责"
        mend = f"补一项 organization_kind: {kind.value}"
        yield Fault(place, 1, "organization_kind", FaultKind.INCOMPLETE, message, mend)
