"""Structure: how many relations of each kind, what they close, how deep they go."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.reading import term_codes
from analytics.features.records import KINDS
from analytics.kernels.components import strong_components, weak_components
from analytics.kernels.cores import core_numbers
from analytics.kernels.csr import build_csr
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind, OrganizationStatus, RecordKind

if TYPE_CHECKING:
    from analytics.features.cut import Cut

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]

UP, DOWN = Direction.MORE_RISK, Direction.LESS_RISK
_DEPTH = 20
"""So many majority holders above each other are followed; rings end there too."""
_STILL = 730
"""Days without any record after which somebody counts as dormant."""


def _ends(cut: "Cut", organization: Int32) -> Values:
    return np.bincount(organization, minlength=cut.size).astype(np.float64)


@feature(Unit.YEARS, DOWN)
def age(cut: "Cut") -> Values:
    """成立至今的年数；成立日期不明的未知。

    Years since foundation; not known where its day is not.
    """
    return cut.age


@feature(Unit.FLAG, UP)
def not_active(cut: "Cut") -> Values:
    """登记状态为歇业、吊销、责令关闭或者清算。

    Registered as suspended, revoked, ordered to close or in liquidation.
    """
    states = tuple(OrganizationStatus)
    still = [states.index(OrganizationStatus.ACTIVE), -1]
    return (~np.isin(cut.described.status, still)).astype(np.float64)


@feature(Unit.COUNT)
def posts(cut: "Cut") -> Values:
    """现任人员的职务数。

    Posts held in it.
    """
    return _ends(cut, cut.relations.posts.organization)


@feature(Unit.COUNT)
def holders(cut: "Cut") -> Values:
    """股东（出资人）数。

    Holders of its shares.
    """
    return _ends(cut, cut.relations.shares.held)


@feature(Unit.COUNT)
def holdings(cut: "Cut") -> Values:
    """对外投资的组织数。

    Organizations whose shares it holds.
    """
    holding = cut.relations.shares.holding
    return _ends(cut, holding[holding >= 0])


@feature(Unit.COUNT)
def branches(cut: "Cut") -> Values:
    """分支机构数。

    Branches that it has.
    """
    return _ends(cut, cut.relations.branches[1])


@feature(Unit.COUNT, UP)
def guarantees_given(cut: "Cut") -> Values:
    """为他人提供的担保数。

    Guarantees it gives for others.
    """
    return _ends(cut, cut.relations.guarantees[0])


@feature(Unit.COUNT, UP)
def guarantees_received(cut: "Cut") -> Values:
    """他人为其提供的担保数。

    Guarantees that others give for it.
    """
    return _ends(cut, cut.relations.guarantees[1])


@feature(Unit.COUNT)
def shared_person_companies(cut: "Cut") -> Values:
    """有共同任职人员的其他组织数（每一共同人员计一次）。

    Other organizations with a person in office in both, once for each person.
    """
    return cut.relations.by_person.count


@feature(Unit.COUNT, UP, whole=True)
def busiest_representative(cut: "Cut") -> Values:
    """其代表人另外代表的组织数，取最多者。

    Other organizations that its representative represents; the most of any.
    """
    return cut.relations.by_representative.most


@feature(Unit.COUNT, UP, whole=True)
def same_address(cut: "Cut") -> Values:
    """同一地址的其他组织数，代理地址也计。

    Other organizations at its address, however many.
    """
    return cut.relations.by_address.most


@feature(Unit.COUNT, UP, whole=True)
def same_number(cut: "Cut") -> Values:
    """同一电话、电子邮箱的其他组织数。

    Other organizations with its telephone or e-mail.
    """
    return cut.relations.by_number.most


@feature(Unit.COUNT)
def common_holder(cut: "Cut") -> Values:
    """有共同股东的其他组织数（每一共同股东计一次）。

    Other organizations with a holder in common, once for each holder.
    """
    return cut.relations.by_holder.count


@feature(Unit.SHARE)
def largest_share(cut: "Cut") -> Values:
    """最大股东的持股比例；没有载明的未知。

    Share of the largest holder; not known where none is told.
    """
    shares, most = cut.relations.shares, np.full(cut.size, -1.0)
    told = ~np.isnan(shares.least)
    np.maximum.at(most, shares.held[told], shares.least[told])
    return np.where(most < 0, np.nan, most)


@feature(Unit.SHARE, UP)
def opaque_share(cut: "Cut") -> Values:
    """股东不明的股权比例；一个股东也没有登记的未知。

    Share of the capital whose holder is not told; not known without any holder.
    """
    shares = cut.relations.shares
    told = np.nan_to_num(shares.least)
    sums = np.bincount(shares.held, told, cut.size)
    return np.where(holders(cut) > 0, np.clip(1.0 - sums, 0.0, 1.0), np.nan)


@feature(Unit.COUNT, whole=True)
def ownership_depth(cut: "Cut") -> Values:
    """上方过半数股东逐层的层数，至多二十层。

    Levels of majority holders above it, at most twenty.
    """
    above = _majority(cut)
    depth, at = np.zeros(cut.size), np.arange(cut.size)
    for _ in range(_DEPTH):
        at = np.where(at >= 0, above[at], -1)
        if not (at >= 0).any():
            break
        depth += at >= 0
    return depth


@feature(Unit.COUNT, whole=True)
def group_size(cut: "Cut") -> Values:
    """同一最上层过半数股东之下的其他组织数。

    Other organizations below the same topmost majority holder.
    """
    shares = cut.relations.shares
    top = np.arange(cut.size, dtype=np.int64)
    above = _majority(cut)
    for _ in range(_DEPTH):
        higher = above[top]
        top = np.where(higher >= 0, higher, top)
    person = np.full(cut.size, -1, np.int64)
    major = (shares.least > 0.5) & (shares.holding < 0)
    person[shares.held[major]] = shares.holder[major]
    owner = np.where(person[top] >= 0, person[top], -1 - top)
    _, number, sizes = np.unique(owner, return_inverse=True, return_counts=True)
    return (sizes[number] - 1).astype(np.float64)


def _majority(cut: "Cut") -> Int64:
    """Return by organization the place of who holds more than half; -1: nobody."""
    shares = cut.relations.shares
    above = np.full(cut.size, -1, np.int64)
    inside = (shares.least > 0.5) & (shares.holding >= 0)
    inside &= shares.holding != shares.held
    above[shares.held[inside]] = shares.holding[inside]
    return above


@feature(Unit.COUNT, UP, whole=True)
def holding_ring(cut: "Cut") -> Values:
    """所在循环持股圈的组织数；不在圈内的为零。

    Organizations in its ring of holdings; 0: in none.
    """
    shares = cut.relations.shares
    inside = shares.holding >= 0
    return _ring(cut, shares.holding[inside], shares.held[inside])


@feature(Unit.COUNT, UP, whole=True)
def guarantee_ring(cut: "Cut") -> Values:
    """所在循环担保圈的组织数；不在圈内的为零。

    Organizations in its ring of guarantees; 0: in none.
    """
    return _ring(cut, *cut.relations.guarantees)


def _ring(
    cut: "Cut",
    near: Int32,
    far: Int32,
) -> Values:
    """Return the size of the strong component of each organization, 0 if it is alone."""
    apart = near != far
    csr = build_csr(cut.size, near[apart], far[apart], both=False)
    component = strong_components(csr)
    sizes = np.bincount(component, minlength=cut.size)[component]
    return np.where(sizes > 1, sizes, 0).astype(np.float64)


@feature(Unit.COUNT, whole=True)
def component_size(cut: "Cut") -> Values:
    """关系网络连通部分中的其他组织数（人员、股东、地址、电话、担保；代理地址除外）。

    Other organizations connected with it by persons, holders, addresses, numbers or
    guarantees; what more than 50 share connects nobody.
    """
    nodes, near, far = connected(cut)
    component = weak_components(nodes, near, far)
    sizes = np.bincount(component[: cut.size], minlength=nodes)
    return (sizes[component[: cut.size]] - 1).astype(np.float64)


@feature(Unit.COUNT, whole=True)
def core_number(cut: "Cut") -> Values:
    """在关系网络中所处的 k 核（越大越紧密）。

    Its core number in the network: the larger, the denser around it.
    """
    nodes, near, far = connected(cut)
    cores = core_numbers(build_csr(nodes, near, far, both=True))
    return cores[: cut.size].astype(np.float64)


def connected(cut: "Cut") -> tuple[int, Int32, Int32]:
    """Return nodes and edges: organizations first, then what they share."""
    relations, first = cut.relations, cut.size
    near, far = [], []
    for shared in (
        relations.by_person,
        relations.by_address,
        relations.by_number,
        relations.by_holder,
    ):
        near.append(shared.organization)
        far.append((shared.node + first).astype(np.int32))
        first += int(shared.node.max(initial=-1)) + 1
    for direct in (relations.by_holding, relations.by_branch, relations.guaranteed):
        once = direct.near < direct.far
        if direct is relations.guaranteed:
            once = np.ones(len(direct.near), np.bool_)
        near.append(direct.near[once])
        far.append(direct.far[once])
    return first, np.concatenate(near), np.concatenate(far)


@feature(Unit.FLAG, UP)
def dormant(cut: "Cut") -> Values:
    """成立两年以上，两年内没有任何许可、检查、申报等记录。

    Two years old or more, and without any record in the last two.
    """
    rows = cut.rows(FactKind.RECORD)
    snapshot = cut.snapshot
    place = cut.places(snapshot.numbers(FactKind.RECORD, "subject", rows))
    day = snapshot.numbers(FactKind.RECORD, "decided_on", rows)
    recent = (day > cut.day - _STILL) & (day <= cut.day) & (day != UNKNOWN)
    kinds = term_codes(snapshot, FactKind.RECORD, "kind", rows, KINDS)
    recent &= kinds != KINDS.index(RecordKind.ABNORMAL)
    seen = _ends(cut, place[recent & (place >= 0)]) > 0
    return ((np.nan_to_num(cut.age) >= 2.0) & ~seen).astype(np.float64)
