"""What happens to every request before a route sees it, and to every answer after.

Each request gets an id. A key in the address is refused, because addresses are logged
all along the way; control characters are refused, because no code, name or document
number has them and stores choke on them.
"""

import logging
import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.language import language_of
from graph.errors import Said

_log = logging.getLogger(__name__)

_GIVEN_ID: Final = re.compile(rb"[A-Za-z0-9_-]{8,64}")
_CONTROL: Final = re.compile(
    rb"[\x00-\x1f\x7f]|%[01][0-9A-Fa-f]|%7[Ff]|%[Cc]2%[89][0-9A-Fa-f]"
)
_KEY_NAMES: Final = frozenset(
    {"key", "api_key", "api-key", "apikey", "x-api-key", "token", "access_token"}
)
_BODY_KINDS: Final = frozenset({b"application/json", b"multipart/form-data"})
_UNFORESEEN: Final = Said(
    "发生了未预料的错误；服务日志中可按请求编号查到。",
    "Something failed that should not; the server's log has it under the id.",
)
_TOO_LARGE: Final = Said(
    "请求体超过上限。",
    "The body is larger than this takes.",
)
_CONTROLS: Final = Said(
    "网址中含有控制字符。",
    "The address contains control characters.",
)
_OTHER_KIND: Final = Said(
    "请求体须为 application/json，上传文件须为 multipart/form-data。",
    "A body is application/json, or multipart/form-data for files.",
)
_EXPOSED_KEY: Final = Said(
    "写在网址中的密钥会留在沿途的日志里，不予接受，请予吊销。"
    "密钥请放在请求头 Authorization 或 X-API-Key 中。",
    "A key in the address is in every log on the way: it is not accepted, "
    "and should be revoked. Send it in the header Authorization or X-API-Key.",
)
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


class Gate:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = scope["request_id"] = _request_id(scope)
        way_out = _WayOut(scope, receive, send, given)
        refusal = _refusal(scope, given)
        if refusal is not None:
            await way_out.refuse(*refusal)
            return
        try:
            await self._app(scope, receive, way_out)
        except Exception:
            if way_out.begun:
                raise
            _log.exception("request %s: unforeseen", given)
            await way_out.refuse("internal", _UNFORESEEN)


class _WayOut:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, given: str) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._given = given
        self._replaced = False
        self.begun = False

    async def refuse(self, code: str, detail: Said) -> None:
        """Send a problem instead of an answer."""
        accepted = Headers(scope=self._scope).get("accept-language")
        answer = problem(
            code, detail, request_id=self._given, language=language_of(accepted)
        )
        await answer(self._scope, self._receive, self._forward)
        self._replaced = True

    async def __call__(self, message: Message) -> None:
        """Send a message on; the body limit's plain 413 becomes a problem."""
        if self._replaced:
            return
        start = message["type"] == "http.response.start"
        if start and message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            await self.refuse("too_large", _TOO_LARGE)
            return
        await self._forward(message)

    async def _forward(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            own = [(b"x-request-id", self._given.encode()), *_HEADERS]
            message["headers"] = [*message.get("headers", ()), *own]
        await self._send(message)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN_ID.fullmatch(value):
            return str(value.decode())
    return uuid4().hex


def _refusal(scope: Scope, given: str) -> tuple[str, Said] | None:
    """Return code and detail of a request that goes no further."""
    query: bytes = scope.get("query_string", b"")
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    if _CONTROL.search(path) or _CONTROL.search(query):
        return "invalid_request", _CONTROLS
    if scope["method"] == "POST" and not _is_readable(scope):
        return "unsupported_media_type", _OTHER_KIND
    if query and _carries_key(query):
        _log.warning("request %s: a key was sent in the address; revoke it", given)
        return "key_in_query", _EXPOSED_KEY
    return None


def _is_readable(scope: Scope) -> bool:
    kinds = [v for n, v in scope["headers"] if n == b"content-type"]
    return any(k.split(b";")[0].strip().lower() in _BODY_KINDS for k in kinds)


def _carries_key(query: bytes) -> bool:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any(n.lower() in _KEY_NAMES or v.startswith("cg_") for n, v in pairs)
