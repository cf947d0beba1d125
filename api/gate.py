"""What happens to every request before a route sees it, and to every answer after.

Each request gets an id. A key in the address is refused, because addresses are logged
all along the way; control characters are refused, because no code, name or document
number has them and stores choke on them.
"""

import logging
import re
from typing import Final
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem

_log = logging.getLogger(__name__)

_GIVEN_ID: Final = re.compile(rb"[A-Za-z0-9_-]{8,64}")
_CONTROL: Final = re.compile(
    rb"[\x00-\x1f\x7f]|%[01][0-9A-Fa-f]|%7[Ff]|%[Cc]2%[89][0-9A-Fa-f]"
)
_KEY_NAMES: Final = frozenset(
    {"key", "api_key", "api-key", "apikey", "x-api-key", "token", "access_token"}
)
_BODY_KINDS: Final = frozenset({b"application/json", b"multipart/form-data"})
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
        given = _request_id(scope)
        scope["request_id"] = given

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(b"x-request-id", given.encode()), *_HEADERS]
                message["headers"] = [*message.get("headers", ()), *own]
            await send(message)

        refusal = _refusal(scope, given)
        if refusal is not None:
            await problem(*refusal, request_id=given)(scope, receive, sending)
            return
        await self._app(scope, receive, sending)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN_ID.fullmatch(value):
            return str(value.decode())
    return uuid4().hex


def _refusal(scope: Scope, given: str) -> tuple[str, str] | None:
    """Return code and detail of a request that goes no further."""
    query: bytes = scope.get("query_string", b"")
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    if _CONTROL.search(path) or _CONTROL.search(query):
        return "invalid_request", "The address contains control characters."
    if scope["method"] == "POST" and not _is_readable(scope):
        return (
            "unsupported_media_type",
            "A body is application/json, or multipart/form-data for files.",
        )
    if query and _carries_key(query):
        _log.warning("request %s: a key was sent in the address; revoke it", given)
        return (
            "key_in_query",
            "A key in the address is in every log on the way: it is not accepted, "
            "and should be revoked. Send it in the header Authorization or X-API-Key.",
        )
    return None


def _is_readable(scope: Scope) -> bool:
    kinds = [v for n, v in scope["headers"] if n == b"content-type"]
    return any(k.split(b";")[0].strip().lower() in _BODY_KINDS for k in kinds)


def _carries_key(query: bytes) -> bool:
    if b"cg_" not in query and not any(n.encode() in query.lower() for n in _KEY_NAMES):
        return False
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any(n.lower() in _KEY_NAMES or v.startswith("cg_") for n, v in pairs)
