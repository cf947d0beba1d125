"""Events that patterns start from: when an organization was sanctioned or revoked."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.features import Cut
from graph.snapshot import UNKNOWN
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Serious events that still stand, one entry each.

    Args:
        organization: place; `day` of the event; `kind` 0 a record, 1 a sanction.
        row: of the fact.
        act: first day of the act, UNKNOWN where none is told.
    """

    organization: Int64
    day: Int64
    kind: Int64
    row: Rows
    act: Int64


KINDS = (FactKind.RECORD, FactKind.SANCTION)


def trouble(cut: Cut) -> Trouble:
    """Return the severe penalties, court records and sanctions that stand."""
    records, sanctions = cut.records, cut.sanctions
    heavy = records.serious & (records.day != UNKNOWN)
    held = sanctions.day != UNKNOWN
    rows = records.row[heavy], sanctions.row[held]
    acts = [
        cut.snapshot.numbers(kind, "act_from", some)
        for kind, some in zip(KINDS, rows, strict=True)
    ]
    return Trouble(
        np.concatenate([records.organization[heavy], sanctions.organization[held]]),
        np.concatenate([records.day[heavy], sanctions.day[held]]).astype(np.int64),
        np.repeat([0, 1], [len(rows[0]), len(rows[1])]),
        np.concatenate(rows),
        np.concatenate(acts).astype(np.int64),
    )
