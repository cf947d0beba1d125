"""Trees of reasons, with what the caller may not see left out or masked."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import Query, Request, Response

from analytics.drawing import mermaid, svg
from analytics.explanation import Explanation
from api.access import Sight
from api.dependencies import json_answer, meta
from api.errors import NotAcceptable
from api.schemas.base import Answer
from api.schemas.effects import ExplanationItem

Language = Annotated[
    Literal["zh", "en"], Query(description="Language of the text form.")
]

JSON: Final = "application/json"
PLAIN: Final = "text/plain"
MERMAID: Final = "text/vnd.mermaid"
SVG: Final = "image/svg+xml"

ALL_FORMS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            form: {"schema": {"type": "string"}} for form in (PLAIN, MERMAID, SVG)
        }
    }
}
"""For OpenAPI: the answer is to be had in words and as a picture as well."""

_PERSON: Final = "per:"


def answer_explanation(
    request: Request, seen: Sight, shown: ExplanationItem, *, language: str
) -> Response:
    """Return an explanation in the form the caller accepts.

    Raises:
        NotAcceptable: it accepts neither JSON nor words nor a picture.
    """
    form = _form(request)
    if form == JSON:
        return json_answer(Answer(meta=meta(request, seen), item=shown))
    tree = shown.explanation
    text = {
        PLAIN: lambda: shown.text,
        MERMAID: lambda: mermaid(tree, language),
        SVG: lambda: svg(tree, language),
    }[form]()
    return Response(text, media_type=f"{form}; charset=utf-8")


_FORMS: Final = {
    **dict.fromkeys(("*/*", "application/*"), JSON),
    "text/*": PLAIN,
    "image/*": SVG,
    **{form: form for form in (JSON, PLAIN, MERMAID, SVG)},
}


def _form(request: Request) -> str:
    """Return the first form that the caller names and that there is.

    Raises:
        NotAcceptable: there is none of them.
    """
    accepted = request.headers.get("accept", "*/*")
    for kind in (part.split(";")[0].strip().lower() for part in accepted.split(",")):
        if kind in _FORMS:
            return _FORMS[kind]
    raise NotAcceptable(
        f"说明没有“{accepted[:80]}”格式。",
        f"There is no explanation as {accepted[:80]!r}.",
        hint_zh=f"请接受 {JSON}、{PLAIN}、{MERMAID} 或 {SVG}。",
        hint_en=f"Accept {JSON}, {PLAIN}, {MERMAID} or {SVG}.",
    )


def show_explanation(
    about: str, tree: Explanation, seen: Sight, *, language: str, partial: bool
) -> ExplanationItem:
    """Return a tree with names of persons masked that the caller may not see."""
    masks = seen.hidden_names(_persons(tree))
    return ExplanationItem(
        about=about,
        partial=partial,
        explanation=_masked(tree.as_dict(), masks),
        text=_masked(tree.text(language), masks),
    )


def _persons(tree: Explanation) -> set[str]:
    """Return every person that the tree names in its data."""
    found = {v for v in _texts(tree.data) if v.startswith(_PERSON)}
    return found.union(*(_persons(child) for child in tree.children))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _masked(value: Any, masks: Mapping[str, str]) -> Any:
    """Return the value with every hidden name replaced, longest first."""
    if isinstance(value, str):
        for name in sorted(masks, key=len, reverse=True):
            value = value.replace(name, masks[name])
        return value
    if isinstance(value, Mapping):
        return {key: _masked(part, masks) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part, masks) for part in value]
    return value
