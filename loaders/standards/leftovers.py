"""Properties of a statement that no column takes: told, not dropped in silence."""

from typing import Final

from graph.errors import Said
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_ADVICE: Final = Said("如需采用，请提出", "ask for them if they are needed")


def report_unread(parsed: Parsed) -> None:
    """Report each set of unread properties at the first row that has it."""
    told: set[str] = set()
    for row, names in enumerate(parsed.column("unread").to_pylist()):
        if names and names not in told:
            told.add(names)
            fault = Fault(
                Reason.COLUMN,
                f"未采用的属性：{names}",
                f"properties that are not used: {names}",
                *_ADVICE,
                fatal=False,
            )
            parsed.report(row, "unread", fault, value="")
