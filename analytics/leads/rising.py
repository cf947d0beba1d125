"""Sectors and regions whose rate rises beyond what is expected of them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from analytics.features.population import SECTORS
from analytics.features.reading import term_codes
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Figure
from graph.errors import Said
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind, RecordKind


@pattern(
    "days",
    "history_days",
    "false_discoveries",
    title=Said("处罚率上升", "Rising rate"),
    why=Said(
        "一个行业或者地区的处罚明显增多，可能有共同的原因。",
        "Clearly more penalties in one sector or region may have a common cause.",
    ),
    is_not=Said(
        "增多也可能是检查增多；区分二者须看检查次数。",
        "More penalties may be more inspections; look at both.",
    ),
)
def rate_rises(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """行业或者市（地）最近的行政处罚明显多于以往和其他各处的增减（条件二项检验，控制错误发现率）。

    Penalties of a sector or prefecture are lately far more than before, beyond what all
    others did (Przyborowski and Wilenski 1940; Benjamini and Hochberg 1995 over all).
    """
    cut, kind = picture.cut, FactKind.RECORD
    # All that were decided, whether or not still published: a rate needs its past.
    rows = cut.rows(kind)
    rows = rows[
        term_codes(cut.snapshot, kind, "kind", rows, (RecordKind.PENALTY,)) == 0
    ]
    organization = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    day = cut.snapshot.numbers(kind, "decided_on", rows).astype(np.int64)
    told = (organization >= 0) & (day <= cut.day) & (day != UNKNOWN)
    rows, organization, day = rows[told], organization[told], day[told]
    age = cut.day - day
    lately = age < numbers["days"]
    before = ~lately & (age < numbers["days"] + numbers["history_days"])
    names, groups = _groups(picture)
    observed = _counts(groups, organization[lately])
    earlier = _counts(groups, organization[before])
    usual = numbers["days"] / (numbers["days"] + numbers["history_days"])
    rest = int(lately.sum()) - observed, int(before.sum()) - earlier
    # What rises everywhere is not of one group; half an event: a share is never 0.
    common = (rest[0] + 0.5) / (rest[0] + rest[1] + 1)
    share = np.maximum(common, usual)
    chances = binom.sf(observed - 1, observed + earlier, share)
    expected = earlier * share / (1 - share)
    for place in discovered(chances, numbers["false_discoveries"]).tolist():
        mine = lately & groups[place][organization]
        yield Found(
            (),
            int(day[mine].max()),
            tuple((kind, row) for row in sorted(rows[mine].tolist())),
            {
                Figure.OBSERVED: float(observed[place]),
                Figure.EXPECTED: float(expected[place]),
            },
            group=names[place],
        )


def discovered(chances: npt.NDArray[np.float64], rate: float) -> npt.NDArray[np.int64]:
    """Return which of many tests are discoveries at a rate of false ones, in order."""
    order = np.argsort(chances, kind="stable")
    allowed = rate * np.arange(1, len(chances) + 1) / max(len(chances), 1)
    below = np.flatnonzero(chances[order] <= allowed)
    return np.sort(order[: below[-1] + 1]) if len(below) else order[:0]


def _groups(picture: Picture) -> tuple[list[str], list[npt.NDArray[np.bool_]]]:
    described = picture.cut.described
    names, groups = list[str](), list[npt.NDArray[np.bool_]]()
    for number, section in enumerate(SECTORS):
        names.append(f"sector:{section.value}")
        groups.append(described.sector == number)
    for number, region in enumerate(described.regions):
        names.append(f"region:{region}")
        groups.append(described.region == number)
    return names, groups


def _counts(
    groups: list[npt.NDArray[np.bool_]], organization: npt.NDArray[np.int32]
) -> npt.NDArray[np.float64]:
    return np.array([float(mine[organization].sum()) for mine in groups])
