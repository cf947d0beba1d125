"""The network of a snapshot on a day, in columns: what every question is asked of.

It holds what the snapshot's scope allows and nothing else, so counts, truncation and
paths tell nothing of what is hidden. Linked identifiers are one node. A person known
by name only is a node of one organization, so it never connects two.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.kernels.csr import Csr, build_csr, kept
from analytics.network.edges import (
    ALL_TYPES,
    EDGE_TYPES,
    ENDS,
    HOLDS,
    EdgeType,
    Ends,
)
from graph.snapshot import Snapshot
from graph.snapshot.columns import NULL_INT
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind

Flags = npt.NDArray[np.bool_]

_HOLDS: Final = next(t.code for t in EDGE_TYPES if t.value == HOLDS)
_NEAR_BOUNDARY: Final = 1e-9
"""Shares so close to a limit are compared again as exact fractions."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge: subjects by identifier, and the fact that makes it."""

    near: str
    far: str
    type: EdgeType
    row: int
    weight: float


@dataclass(frozen=True)
class Network:
    """Nodes are codes of the snapshot's subjects; edges are numbered from 0.

    Args:
        snapshot: what it was made from.
        day: the day on which every edge holds.
        near: int32, one canonical code an edge; so is `far`.
        type: int8, code of the edge type.
        row: int32, row of the fact within its kind.
        weight: float32 in (0, 1].
        csr: both directions of every edge.
    """

    snapshot: Snapshot
    day: int
    near: npt.NDArray[np.int32]
    far: npt.NDArray[np.int32]
    type: npt.NDArray[np.int8]
    row: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float32]
    csr: Csr

    @property
    def nodes(self) -> int:
        """Return how many codes there are, connected or not."""
        return len(self.csr.indptr) - 1

    @property
    def edges(self) -> int:
        """Return how many edges there are."""
        return len(self.near)

    @property
    def nbytes(self) -> int:
        """Return the bytes its arrays take."""
        columns = (self.near, self.far, self.type, self.row, self.weight)
        arcs = (self.csr.indptr, self.csr.other, self.csr.edge)
        return sum(array.nbytes for array in (*columns, *arcs))

    # ---- nodes -----------------------------------------------------------

    def code(self, subject: str) -> int:
        """Return the node of a subject, -1 where no edge names it."""
        canonical = self.snapshot.identities.canonical(subject)
        code = self.snapshot.subjects.known(canonical)
        return code if code < self.nodes else -1

    def subject(self, code: int) -> str:
        """Return the canonical identifier of a node."""
        return self.snapshot.subjects.texts[code]

    def degree(self, code: int) -> int:
        """Return how many edges end at a node."""
        return int(self.csr.indptr[code + 1] - self.csr.indptr[code])

    @cached_property
    def degrees(self) -> npt.NDArray[np.int64]:
        """Return how many edges end at each node."""
        return np.diff(self.csr.indptr)

    # ---- edges -----------------------------------------------------------

    def around(self, code: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return the far nodes of the arcs at a node and their edges, same length."""
        low, high = self.csr.indptr[code], self.csr.indptr[code + 1]
        return self.csr.other[low:high], self.csr.edge[low:high]

    def edge(self, number: int) -> Edge:
        """Return an edge in words."""
        return Edge(
            self.subject(int(self.near[number])),
            self.subject(int(self.far[number])),
            EDGE_TYPES[self.type[number]],
            int(self.row[number]),
            float(self.weight[number]),
        )

    def allowed(self, types: int, share: Fraction) -> Flags | None:
        """Return which edges a question looks at; None: all of them.

        Args:
            types: choice of edge types as bits.
            share: holdings that certainly stay below it are left out. One of an
                unknown share may reach it, so it stays.
        """
        if types == ALL_TYPES and not share:
            return None
        bits = np.array([types >> t.code & 1 for t in EDGE_TYPES], np.bool_)
        flags: Flags = bits[self.type]
        if share:
            holdings = np.flatnonzero((self.type == _HOLDS) & flags)
            flags[holdings] = _reaching(self.snapshot, self.row[holdings], share)
        return flags

    def only(self, types: int, share: Fraction) -> "Network":
        """Return the network with only the edges a question looks at."""
        flags = self.allowed(types, share)
        if flags is None:
            return self
        columns = (self.near, self.far, self.type, self.row, self.weight)
        csr = kept(self.csr, flags)
        return Network(self.snapshot, self.day, *columns, csr)


def network_of(snapshot: Snapshot, day: int) -> Network:
    """Return the network of what the snapshot's reader may see, on a day."""
    canonical = snapshot.canonical_codes
    parts = [_edges(snapshot, kind, ends, day) for kind, ends in ENDS.items()]
    near, far, kinds, rows, weights = (
        np.concatenate([part[i] for part in parts]) for i in range(5)
    )
    near, far = canonical[near], canonical[far]
    apart = near != far
    near, far = near[apart], far[apart]
    csr = build_csr(len(canonical), near, far, both=True)
    columns = (kinds[apart], rows[apart], weights[apart])
    return Network(snapshot, day, near, far, *columns, csr)


def stamp(snapshot: Snapshot, day: int) -> tuple[object, ...]:
    """Return what a network depends on: of equal stamps, the networks are equal."""
    kinds = (*ENDS, FactKind.IDENTITY_LINK)
    loads = (snapshot.tables[kind].last_change(snapshot.seq) for kind in kinds)
    return (day, snapshot.scope, *loads)


def _edges(
    snapshot: Snapshot, kind: FactKind, ends: Ends, day: int
) -> tuple[npt.NDArray[np.generic], ...]:
    """Return near, far, type, row and weight of the edges of one kind of fact."""
    rows = snapshot.all_rows(kind)
    begins = snapshot.numbers(kind, "valid_from", rows)
    rows = rows[(begins <= day) & (day < snapshot.numbers(kind, "valid_to", rows))]
    types = _types(snapshot, kind, ends, rows)
    weights = np.array([t.weight for t in EDGE_TYPES], np.float32)[types]
    if kind is FactKind.HOLDING:
        known, shares = _shares(snapshot, rows)
        weights[known] = np.clip(shares[known], 1e-6, 1.0)
    near = snapshot.numbers(kind, ends.near, rows).astype(np.int32)
    far = snapshot.numbers(kind, ends.far, rows).astype(np.int32)
    return near, far, types, rows.astype(np.int32), weights


def _types(
    snapshot: Snapshot, kind: FactKind, ends: Ends, rows: Rows
) -> npt.NDArray[np.int8]:
    mine = [t for t in EDGE_TYPES if t.kind is kind]
    if ends.word is None:
        return np.full(len(rows), mine[0].code, np.int8)
    table = np.full(len(snapshot.words.texts), mine[0].code, np.int8)
    for edge_type in mine:
        if (word := snapshot.words.known(edge_type.value)) >= 0:
            table[word] = edge_type.code
    found: npt.NDArray[np.int8] = table[snapshot.numbers(kind, ends.word, rows)]
    return found


def _shares(snapshot: Snapshot, rows: Rows) -> tuple[Flags, npt.NDArray[np.float64]]:
    """Return which holdings state a share, and at least how much."""
    part = snapshot.numbers(FactKind.HOLDING, "share_num", rows)
    whole = snapshot.numbers(FactKind.HOLDING, "share_den", rows)
    known = (part != NULL_INT) & (whole > 0)
    return known, np.where(known, part, 0) / np.where(known, whole, 1)


def _reaching(
    snapshot: Snapshot, rows: npt.NDArray[np.int32], share: Fraction
) -> Flags:
    """Return which holdings may be of a share or more."""
    where = rows.astype(np.int64)
    told = _most(snapshot, where)
    most = told[0] / told[1]
    flags: Flags = most >= float(share)
    for i in np.flatnonzero(np.abs(most - float(share)) < _NEAR_BOUNDARY).tolist():
        flags[i] = Fraction(int(told[0][i]), int(told[1][i])) >= share
    return flags


def _most(snapshot: Snapshot, rows: Rows) -> tuple[Rows, Rows]:
    """Return numerator and denominator of the most a holding may be of."""
    kind = FactKind.HOLDING
    part, whole = (snapshot.numbers(kind, n, rows) for n in ("share_num", "share_den"))
    to, of = (snapshot.numbers(kind, n, rows) for n in ("share_to_num", "share_to_den"))
    banded = (to != NULL_INT) & (of > 0)
    known = (part != NULL_INT) & (whole > 0)
    numerator = np.where(banded, to, np.where(known, part, 1))
    return numerator, np.where(banded, of, np.where(known, whole, 1))
