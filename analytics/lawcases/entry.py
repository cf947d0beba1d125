"""One mapping of a case file, read field by field; what nobody asks for is a fault."""

from datetime import date, timedelta
from typing import Any, TypeVar

from analytics.lawcases.faults import CaseFault, fault_at
from graph.errors import Said, UnknownTerm
from graph.law.faults import FaultKind
from graph.law.strict_yaml import Document, Path
from graph.vocabulary import Term

T = TypeVar("T", bound=Term)


class Entry:
    """A mapping at a path of a document."""

    def __init__(self, document: Document, path: Path, data: Any) -> None:
        self.document, self.path = document, path
        if not isinstance(data, dict):
            raise self.wrong(
                (),
                Said("这里应写“字段: 值”", "here should stand 'field: value'"),
                Said("参照相近的案例", "see a case like it"),
            )
        self.left: dict[str, Any] = dict(data)

    def wrong(
        self,
        path: Path,
        message: Said,
        mend: Said,
        kind: FaultKind = FaultKind.BAD_VALUE,
    ) -> CaseFault:
        """Return a fault at a path inside this entry."""
        return fault_at(self.document, (*self.path, *path), kind, message, mend)

    def has(self, name: str) -> bool:
        """Return whether the field is written and was not read yet."""
        return name in self.left

    def optional(self, name: str) -> str | None:
        """Return the text of a field, None where it is not written."""
        value = self.left.pop(name, None)
        if isinstance(value, list | dict):
            raise self.wrong(
                (name,),
                Said(f"{name}只能写一个值", f"{name} takes one value"),
                Said("去掉方括号、花括号", "remove the brackets"),
            )
        return None if value is None else str(value)

    def text(self, name: str) -> str:
        """Return the text of a field that must be written."""
        value = self.optional(name)
        if value is None:
            raise self.wrong(
                (),
                Said(f"缺少“{name}”", f"the field {name} is missing"),
                Said(f"补上“{name}”", f"add {name}"),
                FaultKind.MISSING_FIELD,
            )
        return value

    def items(self, name: str) -> list[Any]:
        """Return the list of a field, empty where it is not written."""
        value = self.left.pop(name, [])
        if not isinstance(value, list):
            raise self.wrong(
                (name,),
                Said(f"{name}应写成列表", f"{name} should be a list"),
                Said(f"写成 {name}: [……]", f"write {name}: [...]"),
            )
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value, false where it is not written."""
        value = self.left.pop(name, False)
        if not isinstance(value, bool):
            raise self.wrong(
                (name,),
                Said(
                    f"{name}只能写 true 或者 false",
                    f"{name} takes true or false only",
                ),
                Said("改为 true 或者 false", "write true or false"),
            )
        return value

    def word(self, name: str, words: type[T]) -> T | None:
        """Return a word of a closed list, by its Chinese label or its value."""
        value = self.optional(name)
        if value is None:
            return None
        try:
            return words.parse(value)
        except UnknownTerm as error:
            raise self.wrong(
                (name,), error.message, error.hint, FaultKind.UNKNOWN_WORD
            ) from error

    def needed(self, name: str, words: type[T]) -> T:
        """Return a word of a closed list that must be written."""
        if name not in self.left:
            self.text(name)
        found = self.word(name, words)
        assert found is not None  # noqa: S101  # text() has refused its absence
        return found

    def day(self, name: str) -> date | None:
        """Return the day of a field, None where it is not written."""
        value = self.optional(name)
        return self.day_of(value, (name,)) if value else None

    def day_of(self, value: str, path: Path) -> date:
        """Return the day that a text names."""
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.wrong(
                path,
                Said(f"“{value}”不是日期", f"{value!r} is not a day"),
                Said("写成 2024-07-01", "write it like 2024-07-01"),
            ) from error

    def period(self) -> dict[str, Any]:
        """Return the period of a fact; 至 is its last day, facts keep the next one."""
        return {"valid_from": self.day("自"), "valid_to": self._after("至")}

    def act(self) -> dict[str, Any]:
        """Return the period of the act."""
        return {"act_from": self.day("行为自"), "act_to": self._after("行为至")}

    def _after(self, name: str) -> date | None:
        last = self.day(name)
        return last + timedelta(days=1) if last else None

    def done(self) -> None:
        """Refuse what nobody asked for."""
        for name in self.left:
            raise self.wrong(
                (name,),
                Said(f"没有“{name}”这个字段", f"there is no field {name}"),
                Said("改正拼写，或者删去", "mend the spelling, or remove it"),
                FaultKind.UNKNOWN_FIELD,
            )
