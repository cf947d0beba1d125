"""The tables beside the rules: lists have a basis, roles are complete, names unique."""

from collections.abc import Iterator

from graph.errors import Said
from graph.law.checks.grounds import STATUTES, is_stronger, texts
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item
from graph.law.reference import Instrument, ListDefinition, Measure, RoleRule
from graph.law.words import MeasureClass
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
    for measure in draft.of(Measure):
        yield from _bounds(measure)
    yield from _roles(draft)


def _list_basis(
    item: Item[ListDefinition], instruments: dict[str, Instrument]
) -> Iterator[Fault]:
    entry = item.model
    if entry.severe and not entry.legal_basis:
        yield item.fault(
            ("legal_basis",),
            FaultKind.NO_BASIS,
            Said(
                f"严重失信名单“{entry.zh}”没有写依据",
                f"the list of serious dishonesty {entry.zh} names no basis",
            ),
            Said(
                "写明法律、法规或者党中央、国务院政策文件；确无依据的，severe 写 false",
                "name the law, regulation or policy document of the Central Committee "
                "or the State Council; where there is none, write false in severe",
            ),
        )
    if is_stronger(entry.evidence, entry.legal_basis, instruments):
        yield item.fault(
            ("evidence",),
            FaultKind.EVIDENCE,
            Said(
                f"“{entry.zh}”的证据等级高于它所依据的文件",
                f"the evidence of {entry.zh} is better than that of the text it rests "
                "on",
            ),
            Said(
                "降低等级，或者补读文件后改 instruments/ 里的 evidence",
                "lower it, or read the text and then change evidence in instruments/",
            ),
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
                Said(
                    f"措施 {key} 须有法律、法规依据，“{item.model.zh}”没有",
                    f"the measure {key} needs a law or regulation as its basis; "
                    f"{item.model.zh} has none",
                ),
                Said(
                    "补上依据，或者去掉这项措施", "add the basis, or remove the measure"
                ),
            )


def _list_names(item: Item[ListDefinition], names: dict[str, str]) -> Iterator[Fault]:
    for name in (item.model.zh, *item.model.aliases):
        if names.setdefault(name, item.key) != item.key:
            yield item.fault(
                ("aliases",),
                FaultKind.REPEATED,
                Said(
                    f"名称“{name}”已经属于名单 {names[name]}",
                    f"the name {name} belongs to the list {names[name]} already",
                ),
                Said("一个名称只能指一个名单", "let each name stand for one list"),
            )


def _bounds(item: Item[Measure]) -> Iterator[Fault]:
    """Yield measures that somebody may bear and whose bounds are not recorded."""
    if item.model.measure_class in (MeasureClass.PENALTY, MeasureClass.JUDICIAL):
        return  # they set rules off; nobody comes to bear them here
    for name in ("relevance", "proportionality"):
        for field in (name, f"{name}_en"):
            if not getattr(item.model, field).strip():
                yield item.fault(
                    (field,),
                    FaultKind.INCOMPLETE,
                    Said(
                        f"{item.model.zh}没有写 {field}",
                        f"{item.model.en} does not say {field}",
                    ),
                    Said(
                        "写明与失信行为的关联，以及怎样与轻重相当；合法、关联、比例缺一不可",
                        "say how it has to do with the conduct and what keeps it in "
                        "measure; lawful, relevant and proportionate, all three",
                    ),
                )


def _period(item: Item[Instrument]) -> Iterator[Fault]:
    text = item.model
    if text.repealed_from is not None and text.repealed_from <= text.in_force_from:
        yield item.fault(
            ("repealed_from",),
            FaultKind.INCONSISTENT,
            Said(
                "失效日不晚于施行日",
                "the day of repeal is not after the day of entry into force",
            ),
            Said(
                "repealed_from 写失效后的第一天",
                "write the first day without it in repealed_from",
            ),
        )


def _roles(draft: Draft) -> Iterator[Fault]:
    place = "roles.yaml"
    missing = [k for k in OrganizationKind if k.value not in draft.written[RoleRule]]
    for kind in missing:
        message = Said(
            f"没有写{kind.zh}由谁负责", f"it is not said who answers for: {kind.en}"
        )
        mend = Said(
            f"补一项 organization_kind: {kind.value}",
            f"add an entry organization_kind: {kind.value}",
        )
        yield Fault(place, 1, "organization_kind", FaultKind.INCOMPLETE, message, mend)
