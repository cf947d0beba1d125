"""Three cuts in time: to learn from, to calibrate on, to test on; none sees the next.

Each cut is followed by its horizon, in which outcomes fall; the next cut begins where
that ends. At each cut features see what was known then. Where the journal does not go
back so far (a first load brings years at once), dates alone decide what was there, and
outcomes such as the end of an inspection are as they are told today: the card says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from analytics.features import Cut, FeatureMatrix, build, outcomes
from analytics.features.matrix import CATALOGUE
from analytics.features.population import SECTORS
from analytics.features.structure import connected
from analytics.kernels.components import weak_components
from analytics.learning.design import Design
from graph.errors import BadInput
from graph.snapshot import Snapshot, date_of, day_of
from graph.vocabulary import FactKind

Progress = Callable[[str, int, int], None]
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Window:
    """A cut with its outcomes.

    Args:
        day: of the cut.
        matrix: features as of the cut.
        design: the same as rows to learn from.
        known_then: the journal told what was known then.
    """

    day: date
    matrix: FeatureMatrix
    design: Design
    known_then: bool


@dataclass(frozen=True, slots=True)
class Windows:
    """The three windows, and how long outcomes were waited for."""

    train: Window
    calibrate: Window
    test: Window
    horizon: int
    sector: str | None

    @property
    def known_then(self) -> bool:
        """Return whether the journal told what was known at every cut."""
        every = (self.train, self.calibrate, self.test)
        return all(window.known_then for window in every)


def windows(
    snapshot: Snapshot,
    as_of: date,
    horizon: int,
    sector: str | None = None,
    progress: Progress | None = None,
    rewired: int | None = None,
) -> Windows:
    """Return the windows that end with a day.

    Args:
        snapshot: everything that is known, under a scope.
        as_of: the day on which the last horizon ends.
        horizon: days.
        sector: letter of the section in which a record must fall; None: any.
        progress: told of each cut (what, number done, of how many).
        rewired: seed to shuffle who is linked with whom by; None: as it is.

    Raises:
        BadInput: there is no such sector.
    """
    _check_sector(sector)
    days = [day_of(as_of) - n * horizon for n in (3, 2, 1)]
    names = ("training", "calibration", "test")
    found = []
    for number, (name, day) in enumerate(zip(names, days, strict=True)):
        found.append(_window(snapshot, name, day, horizon, sector, rewired))
        if progress:
            progress(name, number + 1, len(names))
    train, calibrate, test = found
    return Windows(train, calibrate, test, horizon, sector)


def _check_sector(sector: str | None) -> None:
    if sector is not None and sector not in [s.value for s in SECTORS]:
        raise BadInput(
            f"没有行业门类“{sector}”。",
            f"There is no section {sector!r}.",
            hint_zh="写一个字母 A–T（GB/T 4754）。",
            hint_en="Write a letter A–T (GB/T 4754).",
        )


def last_window(
    snapshot: Snapshot, as_of: date, horizon: int, sector: str | None = None
) -> Window:
    """Return the window whose outcomes end with a day; as `windows` has for its test."""
    _check_sector(sector)
    return _window(snapshot, "test", day_of(as_of) - horizon, horizon, sector, None)


def _window(
    snapshot: Snapshot,
    name: str,
    day: int,
    horizon: int,
    sector: str | None,
    rewired: int | None,
) -> Window:
    on = date_of(day)
    assert on is not None  # noqa: S101  # a cut is on a day
    then = snapshot.known_at(datetime.combine(on, time.max, UTC) - _CHINA)
    known = bool(len(then.all_rows(FactKind.PROFILE)))
    matrix = build(Cut(then if known else snapshot, day, rewired=rewired), CATALOGUE)
    cut = matrix.cut
    # Outcomes are read from everything known now, for the organizations of the cut.
    after = Cut(snapshot, day)
    letter = None if sector is None else [s.value for s in SECTORS].index(sector)
    came = outcomes(after, horizon, letter).serious
    row = {subject: place for place, subject in enumerate(after.subjects)}
    positive = np.array(
        [subject in row and bool(came[row[subject]]) for subject in cut.subjects],
        np.bool_,
    )
    design = Design(
        f"{name}, {on}", matrix.features, matrix.values, positive, _groups(cut)
    )
    return Window(on, matrix, design, known)


def _groups(cut: Cut) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    nodes, near, far = connected(cut)
    component = weak_components(nodes, near, far)[: cut.size]
    _, number = np.unique(component, return_inverse=True)
    return number.astype(np.int64)
