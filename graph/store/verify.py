"""Compares the journal with itself, the graph with the journal, the effects with both."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: what kind, which one, what differs."""

    kind: str
    key: str
    problem: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a verification found; nothing is right when `ok`."""

    seq: int
    findings: tuple[Finding, ...] = ()
    lag: int = 0

    @property
    def ok(self) -> bool:
        """Return whether nothing was found."""
        return not self.findings
