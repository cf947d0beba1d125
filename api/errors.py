"""Every error answer: one table from code to status, one shape (RFC 9457).

Nothing of the inside leaves: an error that nobody foresaw becomes `internal` in
api.gate, with the request id, and the server's log has the rest. docs/reference/problems.md explains each
row of the table; a test compares the two.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.language import Language, language_of
from api.schemas.problem import FieldError, ProblemAnswer
from graph.errors import CreditGraphError, Said

MEDIA_TYPE: Final = "application/problem+json"
URN: Final = "urn:creditgraph:problem:"

_log = logging.getLogger(__name__)


class Kind(NamedTuple):
    """One row of the table."""

    status: HTTPStatus
    zh: str
    en: str


PROBLEMS: Final[Mapping[str, Kind]] = {
    # What the caller sent
    "bad_request": Kind(HTTPStatus.BAD_REQUEST, "请求无法读取", "Unreadable request"),
    "key_in_query": Kind(
        HTTPStatus.BAD_REQUEST, "密钥不得写在网址中", "A key must not be in the address"
    ),
    "idempotency_key_missing": Kind(
        HTTPStatus.BAD_REQUEST, "缺少 Idempotency-Key", "Idempotency-Key is missing"
    ),
    "key_refused": Kind(
        HTTPStatus.UNAUTHORIZED, "密钥无效或缺少密钥", "No valid API key"
    ),
    "key_malformed": Kind(HTTPStatus.UNAUTHORIZED, "不是密钥", "Not an API key"),
    "key_expired": Kind(HTTPStatus.UNAUTHORIZED, "密钥已过期", "The API key expired"),
    "role_missing": Kind(
        HTTPStatus.FORBIDDEN, "密钥的角色不够", "The key's role does not suffice"
    ),
    "outside_scope": Kind(
        HTTPStatus.FORBIDDEN, "超出密钥的范围", "Outside the limits of the key"
    ),
    "not_found": Kind(HTTPStatus.NOT_FOUND, "没有找到", "Not found"),
    "method_not_allowed": Kind(
        HTTPStatus.METHOD_NOT_ALLOWED, "不支持该方法", "Method not allowed"
    ),
    "not_acceptable": Kind(
        HTTPStatus.NOT_ACCEPTABLE, "不提供所要的格式", "No such format"
    ),
    "conflict": Kind(
        HTTPStatus.CONFLICT, "与已记录的相矛盾", "Contradicts what is recorded"
    ),
    "already_voided": Kind(HTTPStatus.CONFLICT, "此前已撤销", "Voided before"),
    "too_large": Kind(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "请求过大", "The request is too large"
    ),
    "unsupported_media_type": Kind(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "不支持的内容类型", "Unsupported media type"
    ),
    "invalid_request": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, "请求的内容不合要求", "Invalid request"
    ),
    "idempotency_reused": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Idempotency-Key 已用于另一请求",
        "Idempotency-Key was used for another request",
    ),
    "bad_input": Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "输入有误", "Wrong input"),
    "expectation_missed": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "与应有的不符",
        "Not what is expected",
    ),
    "unknown_term": Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "没有这个词", "Unknown word"),
    "too_many_jobs": Kind(
        HTTPStatus.TOO_MANY_REQUESTS, "等候的任务过多", "Too many jobs are waiting"
    ),
    # What is wrong on our side
    "internal": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR, "服务内部错误", "Internal error"
    ),
    "law_data": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR, "法规库有误", "The law book is wrong"
    ),
    "store": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "存储出错", "The store failed"),
    "store_mismatch": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "存储属于另一部署",
        "Another deployment's store",
    ),
    "store_too_new": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "存储版本较新",
        "The store is of a newer version",
    ),
    "store_damaged": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR, "存储已损坏", "The store is damaged"
    ),
    "stopping": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE, "服务正在停止", "The service is stopping"
    ),
    "store_unavailable": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE, "存储暂不可用", "The store does not answer"
    ),
}
"""Every code an answer may carry; a code is never renamed."""

_OF_STATUS: Final[Mapping[int, str]] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
}

_RETRY_SECONDS: Final = "5"
_NO_HINT: Final = Said("", "")


class RoleMissing(CreditGraphError):
    """The key may not do this."""

    code = "role_missing"


class OutsideScope(CreditGraphError):
    """The key may do this, but not to that."""

    code = "outside_scope"


class NotAcceptable(CreditGraphError):
    """The answer is not to be had in the format asked for."""

    code = "not_acceptable"


class IdempotencyKeyMissing(CreditGraphError):
    """A request that writes names no Idempotency-Key."""

    code = "idempotency_key_missing"


class IdempotencyReused(CreditGraphError):
    """The Idempotency-Key named another request before."""

    code = "idempotency_reused"


class TooManyJobs(CreditGraphError):
    """So many jobs wait that another would only wait too."""

    code = "too_many_jobs"


class Stopping(CreditGraphError):
    """The service goes down; what was asked for is to be asked for again."""

    code = "stopping"


def code_of(error: CreditGraphError) -> str:
    """Return the table's code for an error: its own, else its nearest ancestor's."""
    for kind in type(error).__mro__:
        code = kind.__dict__.get("code")
        if code in PROBLEMS:
            return str(code)
    return "internal"


def problem(
    code: str,
    detail: Said,
    *,
    request_id: str,
    language: Language,
    hint: Said = _NO_HINT,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer for a code of the table, told in one language."""
    kind = PROBLEMS[code]
    content = ProblemAnswer(
        type=URN + code,
        title=f"{kind.zh} {kind.en}",
        status=kind.status.value,
        detail=_clean(detail.text(language)),
        hint=_clean(hint.text(language)),
        errors=list(errors),
        request_id=request_id,
    )
    more = {**(headers or {}), "Content-Language": language, "Vary": "Accept-Language"}
    if kind.status is HTTPStatus.UNAUTHORIZED:
        more["WWW-Authenticate"] = 'Bearer realm="creditgraph"'
    if kind.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        more["Retry-After"] = _RETRY_SECONDS
    return Response(
        orjson.dumps(content),
        status_code=kind.status.value,
        media_type=MEDIA_TYPE,
        headers=more,
    )


def request_id_of(request: Request) -> str:
    """Return the id that the gate gave the request."""
    return str(request.scope.get("request_id", ""))


def language_for(request: Request) -> Language:
    """Return the language in which the caller wants to be told."""
    return language_of(request.headers.get("accept-language"))


def install(app: FastAPI) -> None:
    """Let the application answer every error in this shape."""
    app.add_exception_handler(CreditGraphError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, CreditGraphError)  # noqa: S101  # as registered
    code, given = code_of(error), request_id_of(request)
    language = language_for(request)
    if PROBLEMS[code].status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("request %s: %s", given, error, exc_info=error)
        text = Said(f"{PROBLEMS[code].zh}。", f"{PROBLEMS[code].en}.")
        return problem(code, text, request_id=given, language=language)
    return problem(
        code, error.message, request_id=given, language=language, hint=error.hint
    )


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # as registered
    faults = [
        FieldError(
            field=".".join(str(part) for part in e["loc"]),
            value=masked(e.get("input")),
            reason=_clean(str(e["msg"])),
        )
        for e in error.errors()
    ]
    return problem(
        "invalid_request",
        Said(
            f"请求中有 {len(faults)} 处不合要求。",
            f"{len(faults)} field(s) of the request are wrong.",
        ),
        request_id=request_id_of(request),
        language=language_for(request),
        errors=faults,
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as registered
    code = _OF_STATUS.get(error.status_code, "bad_request")
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        code = "internal"
    asked = f"{request.method} {request.url.path}"
    plain = error.detail == HTTPStatus(error.status_code).phrase
    quoted = "" if plain else f"（{error.detail}）"
    return problem(
        code,
        Said(f"{asked}：{PROBLEMS[code].zh}{quoted}。", f"{asked}: {error.detail}"),
        request_id=request_id_of(request),
        language=language_for(request),
        headers=error.headers,
    )


def masked(value: object) -> str | None:
    """Return just enough of a refused value to recognise it by."""
    if value is None or isinstance(value, bool | int | float):
        return None if value is None else str(value)[:12]
    if not isinstance(value, str):
        return f"({type(value).__name__})"
    kept = "".join(c for c in _clean(value)[:2] if c.isprintable())
    return f"{kept}…({len(value)})"


def _clean(text: str) -> str:
    """Return the text without what JSON in UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode()


_ANYWHERE: Final = (
    "key_in_query",
    "key_refused",
    "key_malformed",
    "key_expired",
    "role_missing",
    "invalid_request",
    "internal",
)
"""Codes with which every route under /v1 may answer."""


def described(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of the problems a route may answer with.

    Args:
        codes: those that are its own; what any route may answer is added.
    """
    by_status: dict[int | str, dict[str, Any]] = {}
    for code in sorted({*_ANYWHERE, *codes}, key=lambda c: (PROBLEMS[c].status, c)):
        kind = PROBLEMS[code]
        entry = by_status.setdefault(
            kind.status.value,
            {"description": "", "content": {MEDIA_TYPE: {"schema": _SCHEMA}}},
        )
        text = f"`{code}` {kind.zh} {kind.en}"
        entry["description"] = " · ".join(filter(None, (entry["description"], text)))
    return by_status


_SCHEMA: Final = {"$ref": "#/components/schemas/ProblemAnswer"}
