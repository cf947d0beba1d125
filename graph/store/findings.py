"""What a verification reports: data, so that the page, a log or a test can read it."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from graph.errors import Said

_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Args:
        kind: kind of the fact, or "journal", "subject", "authority", "effect",
            "relationship", "node".
        key: which one: key of the fact, identifier of the subject, number of the load.
        problem: what differs. Names of properties, never their values: a report
            travels further than the data may.
    """

    kind: str
    key: str
    problem: Said

    def as_dict(self) -> dict[str, str]:
        """Return the finding as plain values, for JSON."""
        return {
            "kind": self.kind,
            "key": self.key,
            "problem_zh": self.problem.zh,
            "problem_en": self.problem.en,
        }


class Findings:
    """Collects findings; past the first hundred of a kind it only counts."""

    def __init__(self) -> None:
        self._listed: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        """Return how many there were, listed or not."""
        return self._counts.total()

    def add(self, kind: str, key: str, problem: Said) -> None:
        """Report one finding."""
        self._counts[kind] += 1
        if self._counts[kind] <= _SHOWN:
            self._listed.append(Finding(kind, key, problem))

    def listed(self) -> tuple[Finding, ...]:
        """Return the findings, and one line per kind for those not listed."""
        more = (
            Finding(
                kind,
                "",
                Said(f"另有 {count - _SHOWN} 处", f"and {count - _SHOWN} more"),
            )
            for kind, count in self._counts.items()
            if count > _SHOWN
        )
        return (*self._listed, *more)
