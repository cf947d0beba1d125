"""Every error raised on purpose speaks Chinese and English, each without the other."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "loaders", "analytics", "api")

HAN = re.compile(r"[\u4e00-\u9fff]")
CHINESE = re.compile(r"[\u4e00-\u9fff，。；：“”（）、]")
LATIN = re.compile(r"[A-Za-z]")


class Told(NamedTuple):
    """One text of a call: what is written there, and whose texts it quotes."""

    place: str
    written: str
    quoted: frozenset[str]

    @property
    def is_chinese(self) -> bool:
        return bool(HAN.search(self.written)) or self.quoted == {"zh"}

    @property
    def is_english(self) -> bool:
        if CHINESE.search(self.written):
            return False
        return bool(LATIN.search(self.written)) or self.quoted == {"en"}


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def last_name(node: ast.expr) -> str:
    return getattr(node, "attr", "") or getattr(node, "id", "")


@cache
def family() -> dict[str, ast.ClassDef | None]:
    """Return CreditGraphError and its subclasses by name, with their definitions."""
    found: dict[str, ast.ClassDef | None] = {"CreditGraphError": None}
    before = 0
    while before < len(found):
        before = len(found)
        for tree in trees().values():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and any(
                    last_name(base) in found for base in node.bases
                ):
                    found[node.name] = node
    return found


def own_constructor(definition: ast.ClassDef | None) -> ast.FunctionDef | None:
    body = definition.body if definition else []
    made = (n for n in body if isinstance(n, ast.FunctionDef) and n.name == "__init__")
    return next(made, None)


def sites() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call that gives an error its texts."""
    silent = {name for name, node in family().items() if own_constructor(node)}
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and last_name(node.func) in family():
                if last_name(node.func) not in silent:
                    yield f"{file}:{node.lineno}", node
            elif isinstance(node, ast.ClassDef) and node.name in silent:
                constructor = own_constructor(node)
                assert constructor is not None
                for inner in ast.walk(constructor):
                    if (
                        isinstance(inner, ast.Call)
                        and last_name(inner.func) == "__init__"
                    ):
                        yield f"{file}:{inner.lineno}", inner


def told(place: str, node: ast.expr) -> Told:
    written: list[str] = []
    quoted: set[str] = set()
    if isinstance(node, ast.JoinedStr):
        parts = (part for part in node.values if isinstance(part, ast.Constant))
        written += [str(part.value) for part in parts]
    elif isinstance(node, ast.Constant):
        written.append(str(node.value))
    for part in ast.walk(node):
        name = last_name(part) if isinstance(part, ast.Attribute | ast.Name) else ""
        language = re.search(r"(?:^|_)(zh|en)$", name.lower())
        if language:
            quoted.add(language[1])
    return Told(place, "".join(written), frozenset(quoted))


def pairs(place: str, call: ast.Call) -> Iterator[tuple[Told, Told]]:
    """Yield message and hint of a call, each as its two texts."""
    assert len(call.args) == 2, f"{place}: give the Chinese and the English message"
    yield told(place, call.args[0]), told(place, call.args[1])
    hints = {k.arg: k.value for k in call.keywords}
    assert set(hints) in ({"hint_zh", "hint_en"}, set()), (
        f"{place}: give the hint in both languages, or none"
    )
    if hints:
        yield told(place, hints["hint_zh"]), told(place, hints["hint_en"])


def test_every_error_has_message_and_hint_in_both_languages() -> None:
    seen = 0
    for place, call in sites():
        for zh, en in pairs(place, call):
            assert zh.is_chinese, f"{place}: no Chinese in {zh.written!r}"
            assert en.is_english, f"{place}: no plain English in {en.written!r}"
            assert "en" not in zh.quoted, f"{place}: English within {zh.written!r}"
            assert "zh" not in en.quoted, f"{place}: Chinese within {en.written!r}"
        seen += 1
    assert seen > 100


def test_chinese_messages_and_hints_end_as_chinese_sentences_do() -> None:
    for place, call in sites():
        for zh, _ in pairs(place, call):
            if zh.written and HAN.search(zh.written[-1:]):
                raise AssertionError(f"{place}: {zh.written!r} lacks its full stop")
            assert not re.search(r"[\u4e00-\u9fff][,;?!]", zh.written), (
                f"{place}: half-width punctuation in {zh.written!r}"
            )


def test_every_text_in_two_languages_keeps_them_apart() -> None:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or last_name(node.func) != "Said":
                continue
            place = f"{file}:{node.lineno}"
            zh, en = (told(place, argument) for argument in node.args)
            assert not CHINESE.search(en.written), f"{place}: {en.written!r}"
            if LATIN.search(en.written) and zh.written:
                assert HAN.search(zh.written), f"{place}: {zh.written!r}"


def test_module_constants_named_for_a_language_are_in_it() -> None:
    for file, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
                node.value, ast.Constant | ast.JoinedStr
            ):
                target = (
                    node.targets[0] if isinstance(node, ast.Assign) else node.target
                )
                name = last_name(target)
                text = told(file, node.value)
                assert not name.endswith("_ZH") or text.is_chinese, f"{file} {name}"
                assert not name.endswith("_EN") or text.is_english, f"{file} {name}"
