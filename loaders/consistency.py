"""What a source's description says about itself: every name must lead somewhere.

Each fault comes with its path in the YAML file, so that its line can be told.
"""

from collections import Counter
from collections.abc import Iterator

from graph.errors import Said
from graph.records import term_of
from graph.schema import MARKS, SCHEMAS
from graph.vocabulary import FactKind
from loaders.description import ColumnRule, EmitRule, SourceDescription, Subject
from loaders.modes import mode_faults
from loaders.vocabularies import NAMES

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, Said]]

_WORDED = frozenset({"word", "words", "pattern"})


def inconsistencies(source: SourceDescription) -> Found:
    """Yield path and message of everything that leads nowhere or says two things."""
    parsed = _parsed(source)
    yield from _columns(source)
    for name, subject in source.subjects.items():
        yield from _subject(source, name, subject, parsed)
    for place, period in enumerate(source.periods):
        for name in period:
            if name not in parsed:
                yield (
                    ("periods", place),
                    Said(f"没有解析出的列 {name}", f"{name!r} is no parsed column"),
                )
    told: set[str] = set()
    for place, rule in enumerate(source.emit):
        yield from _emit(source, place, rule, parsed, told)
        told.add(rule.fact.value)
    yield from mode_faults(source)


def _parsed(source: SourceDescription) -> frozenset[str]:
    """Return the names of parsed columns: read, derived, and masks of persons."""
    names = set(source.derived)
    for rule in source.columns.values():
        share = rule.type == "share"
        names |= {f"{rule.to}_num", f"{rule.to}_den"} if share else {rule.to}
        names |= {rule.as_written} if rule.as_written else set()
    masked = {"person", "anchor"}
    names |= {f"{n}_masked" for n, s in source.subjects.items() if s.is_ in masked}
    return frozenset(names)


def _columns(source: SourceDescription) -> Found:
    for place, heading in enumerate(source.match):
        if heading not in source.columns:
            yield (
                ("match", place),
                Said(f"没有列“{heading}”", f"{heading!r} is no column"),
            )
    filled = Counter(rule.to for rule in source.columns.values())
    filled.update(r.as_written for r in source.columns.values() if r.as_written)
    written = Counter(source.ignored)
    for heading, rule in source.columns.items():
        written.update((heading, *rule.aliases))
        path = ("columns", heading)
        if filled[rule.to] > 1:
            yield (
                path,
                Said(
                    f"有几列都写入 {rule.to}",
                    f"{rule.to!r} is filled by several columns",
                ),
            )
        if rule.to in source.derived:
            yield (
                path,
                Said(f"{rule.to} 同时写在 derived 中", f"{rule.to!r} is also derived"),
            )
        yield from _words(path, rule)
    for heading, times in written.items():
        if times > 1:
            yield (
                ("columns", heading),
                Said(
                    f"表头“{heading}”出现两次", f"the heading {heading!r} stands twice"
                ),
            )


def _words(path: Path, rule: ColumnRule) -> Found:
    if rule.type not in _WORDED:
        if rule.words is not None:
            yield (
                (*path, "words"),
                Said(
                    f"{rule.type} 类的列不用词表",
                    f"a column of type {rule.type} takes no words",
                ),
            )
    elif rule.words is None or (rule.type == "pattern" and isinstance(rule.words, str)):
        yield (
            path,
            Said(
                f"{rule.type} 类的列须有词表",
                f"a column of type {rule.type} needs its words",
            ),
        )
    elif isinstance(rule.words, str) and rule.words not in NAMES:
        known = ", ".join(sorted(NAMES))
        yield (
            (*path, "words"),
            Said(
                f"没有词表 {rule.words}；可用：{known}",
                f"there is no list {rule.words!r}; lists: {known}",
            ),
        )


def _subject(
    source: SourceDescription, name: str, rule: Subject, parsed: frozenset[str]
) -> Found:
    path = ("subjects", name)
    columns = {"uscc", "registration_number", "name", "region", "number", "id_kind"}
    columns |= {"id_number", "role", "by", "value"}
    values = rule.model_dump(exclude={"is_", "scheme"})
    for field, value in values.items():
        if field in columns and value is not None and value not in parsed:
            yield (
                (*path, field),
                Said(f"没有解析出的列 {value}", f"{value!r} is no parsed column"),
            )
    for part in getattr(rule, "within", ()):
        if part not in parsed:
            yield (
                (*path, "within"),
                Said(f"没有解析出的列 {part}", f"{part!r} is no parsed column"),
            )
    if rule.is_ == "person" and not (rule.organization or rule.within):
        yield (
            path,
            Said(
                "按姓名确定的人须写 organization 或 within",
                "a person known by name needs `organization` or `within`",
            ),
        )
    wanted = {"organization": "organization", "person": "person"}
    for field in ("organization", "person") if rule.is_ != "organization" else ():
        other = getattr(rule, field, None)
        found = source.subjects.get(other or "")
        if other is not None and (found is None or found.is_ != wanted[field]):
            yield (
                (*path, field),
                Said(
                    f"没有说明过类别为 {field} 的主体 {other}",
                    f"{other!r} is no described {field}",
                ),
            )


def _emit(
    source: SourceDescription,
    place: int,
    rule: EmitRule,
    parsed: frozenset[str],
    told: set[str],
) -> Found:
    path: Path = ("emit", place)
    schema = {c.name: c for c in SCHEMAS[rule.fact].columns}
    for column, value in rule.set.items():
        if column not in schema:
            known = ", ".join(schema)
            yield (
                (*path, "set", column),
                Said(
                    f"{rule.fact.zh}的列有：{known}",
                    f"a {rule.fact.value} has: {known}",
                ),
            )
        fault = _value(source, value, parsed, told) or _word(rule.fact, column, value)
        if fault:
            yield (*path, "set", column), fault
    for name in rule.when:
        if name not in parsed:
            yield (
                (*path, "when"),
                Said(f"没有解析出的列 {name}", f"{name!r} is no parsed column"),
            )
    marks = {c.name for c in MARKS}
    for name, column_ in schema.items():
        wanted = column_.subject or (column_.required and not column_.key)
        if wanted and name not in rule.set and name not in marks:
            yield (
                (*path, "set"),
                Said(f"{rule.fact.zh}须有 {name}", f"a {rule.fact.value} needs {name}"),
            )


def _value(
    source: SourceDescription, value: str, parsed: frozenset[str], told: set[str]
) -> Said | None:
    """Return what is wrong with an expression of `set`, None when nothing is."""
    if value.startswith("="):
        return None
    if value.startswith("$"):
        known = value[1:] in source.subjects
        return (
            None
            if known
            else Said(f"没有主体 {value[1:]}", f"there is no subject {value[1:]!r}")
        )
    if value.startswith("#"):
        if value[1:] not in {kind.value for kind in FactKind}:
            return Said(
                f"没有事实类别 {value[1:]}", f"there is no kind of fact {value[1:]!r}"
            )
        return (
            None
            if value[1:] in told
            else Said(f"前面没有产生 {value[1:]}", f"no {value[1:]} is emitted before")
        )
    return (
        None
        if value in parsed
        else Said(f"没有解析出的列 {value}", f"{value!r} is no parsed column")
    )


def _word(kind: FactKind, column: str, value: str) -> Said | None:
    """Return what is wrong with a constant of a column that takes a closed list.

    So a category outside the national catalogue is refused before any file is read.
    """
    term = term_of(kind, column)
    if not value.startswith("=") or term is None or value[1:] in {*term}:
        return None
    known = ", ".join(term)
    return Said(
        f"{value[1:]} 不是 {column} 的词；可用：{known}",
        f"{value[1:]!r} is no word of {column}; words: {known}",
    )
