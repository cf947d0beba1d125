"""Penalties that impose a measure, and the amounts and permits that go with a kind."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import MONEY
from graph.vocabulary import PenaltyKind
from loaders.citations import fields_cited
from loaders.counterparts import check_counterparts, name_authority
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.licences import fields_of, imposed_by

_FORFEITS: Final = (PenaltyKind.FORFEIT_GAINS, PenaltyKind.FORFEIT_GOODS)
_ON_LICENCES: Final = (
    PenaltyKind.LICENCE_SUSPENDED,
    PenaltyKind.PERMIT_REVOKED,
    PenaltyKind.BUSINESS_LICENCE_REVOKED,
)
_ABSENT: Final = Fault(
    Reason.MISSING,
    "处罚类别要求填写，而此格为空",
    "is empty, and the kind of penalty asks for it",
    "按决定书补填，或者更正处罚类别",
    "fill it in from the decision, or correct the kind of penalty",
    fatal=False,
)
_UNASKED: Final = Fault(
    Reason.WORD,
    "写有金额，而处罚类别里没有这一种",
    "gives an amount of a kind of penalty that is not among those named",
    "按决定书补填处罚类别，或者删去金额",
    "complete the kinds of penalty from the decision, or remove the amount",
    fatal=False,
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `fined`, `took`, `imposed` and `field`.

    The form fills an amount that there is not with 0: beside a kind of penalty that
    has no such amount it says nothing.
    """
    name_authority(parsed)
    check_counterparts(parsed)
    kinds = parsed.column("kinds")
    parsed.columns["fined"] = _amount(parsed, "fine", _has(kinds, PenaltyKind.FINE))
    parsed.columns["took"] = _amount(parsed, "forfeited", _has(kinds, *_FORFEITS))
    licence = parsed.column("licence")
    about = _has(kinds, *_ON_LICENCES)
    _miss(parsed, "licence", pc.and_(about, licence.is_null()))
    parsed.columns["imposed"] = imposed_by(kinds, parsed.law)
    parsed.columns["field"] = pc.coalesce(
        parsed.column("named_field"),
        fields_cited(parsed.column("basis_text"), parsed.law),
        fields_of(licence),
    )


def _has(kinds: pa.Array, *wanted: PenaltyKind) -> pa.Array:
    """Return which rows name one of the wanted kinds."""
    found = np.zeros(len(kinds), np.bool_)
    if pa.types.is_list(kinds.type):
        rows = pc.list_parent_indices(kinds).to_numpy()
        named = pc.is_in(pc.list_flatten(kinds), pa.array([w.value for w in wanted]))
        found[rows[named.to_numpy(zero_copy_only=False)]] = True
    return pa.array(found)


def _amount(parsed: Parsed, name: str, asked: pa.Array) -> pa.Array:
    """Return an amount without zeros that mean none; tell what does not fit."""
    written = parsed.column(name).cast(MONEY)
    amount = pc.if_else(pc.equal(written, 0), pa.scalar(None, MONEY), written)
    _miss(parsed, name, pc.and_(asked, amount.is_null()))
    parsed.report_where(pc.and_(pc.invert(asked), amount.is_valid()), name, _UNASKED)
    return amount


def _miss(parsed: Parsed, name: str, where: pa.Array) -> None:
    """Tell empty cells, unless the whole column is missing: that is no row's fault."""
    if name in parsed.columns:
        parsed.report_where(where, name, _ABSENT)
