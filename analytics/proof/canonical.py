"""Canonical JSON and digests: equal content gives equal bytes everywhere."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from graph.errors import BadInput

Algorithm = Literal["sha256", "sm3"]
ALGORITHMS: Final[tuple[Algorithm, ...]] = ("sha256", "sm3")
"""SM3 (GB/T 32905) where an administration asks for national algorithms."""


def canonical(value: Any) -> bytes:
    """Return JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(value: Any, algorithm: str) -> str:
    """Return the digest of the canonical JSON, in hexadecimal.

    Raises:
        BadInput: the algorithm is not known, or not in this installation.
    """
    if algorithm not in ALGORITHMS or algorithm not in hashlib.algorithms_available:
        raise BadInput(
            f"不支持摘要算法 {algorithm}。",
            f"The digest algorithm {algorithm!r} is not supported.",
            hint_zh=f"可用：{'、'.join(ALGORITHMS)}",
            hint_en=f"Known: {', '.join(ALGORITHMS)}",
        )
    return hashlib.new(algorithm, canonical(value)).hexdigest()


def sealed(part: Mapping[str, Any], algorithm: str) -> dict[str, Any]:
    """Return the part with the digest of everything else in it."""
    return {**part, "digest": digest(dict(part), algorithm)}


def is_sealed(part: Mapping[str, Any], algorithm: str) -> bool:
    """Return whether the digest in a part is that of its content."""
    content = {key: value for key, value in part.items() if key != "digest"}
    return digest(content, algorithm) == part.get("digest")
