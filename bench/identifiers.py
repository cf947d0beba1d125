"""Milliseconds per million codes: the column check beside plain Python loops.

Run: python -m bench.identifiers [codes]. All rows are checked in one process and
must give the same number of sound codes.
"""

import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa

from graph.identifiers import (
    check_resident_id,
    check_resident_id_column,
    check_uscc,
    check_uscc_column,
    rejected,
    resident_check_character,
    warm_up,
)
from graph.identifiers.uscc import USCC_ALPHABET, USCC_WEIGHTS

AS_OF = date(2026, 11, 21)
_VALUES = {c: i for i, c in enumerate(USCC_ALPHABET)}
Row = tuple[str, float, int]


def uscc_codes(count: int) -> list[str]:
    """Return codes by GB 32100, one in ten with a wrong check character."""
    rng = np.random.default_rng(0)
    values = rng.integers(0, 31, (count, 18))
    values[:, 2:8] %= 10
    values[:, 17] = -(values[:, :17] @ np.array(USCC_WEIGHTS)) % 31
    wrong = rng.random(count) < 0.1
    values[wrong, 17] = (values[wrong, 17] + 7) % 31
    letters = np.frombuffer(USCC_ALPHABET.encode(), np.uint8)[values]
    return [row.tobytes().decode() for row in letters]


def resident_ids(count: int) -> list[str]:
    """Return sound resident identity numbers of people who do not exist."""
    rng = np.random.default_rng(1)
    born = rng.integers(19500101, 19991231, count) // 100 * 100 + rng.integers(
        1, 29, count
    )
    month = rng.integers(1, 13, count)
    born = born // 10000 * 10000 + month * 100 + born % 100
    bodies = [f"230717{b}{i % 1000:03}" for i, b in enumerate(born.tolist())]
    return [body + resident_check_character(body) for body in bodies]


def plain_loop(codes: list[str]) -> int:
    """Return how many pass, by the shortest honest loop: no reasons, no spellings."""
    passed = 0
    for code in codes:
        try:
            if len(code) != 18 or not code[2:8].isdigit():
                continue
            total = 0
            for i in range(17):
                total += _VALUES[code[i]] * USCC_WEIGHTS[i]
            passed += USCC_ALPHABET[-total % 31] == code[17]
        except KeyError:
            continue
    return passed


def measured(name: str, count: int, rounds: int, work: Callable[[], int]) -> Row:
    """Return the name, the best time in ms per million codes, and the answer."""
    best = float("inf")
    answer = 0
    for _ in range(rounds):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return name, best * 1e9 / count, answer


def report(rows: list[Row]) -> None:
    """Print the rows with their ratio to the first.

    Raises:
        SystemExit: two ways of checking disagree.
    """
    for name, ms, answer in rows:
        print(f"{name:34} {ms:10.1f} ms/M  {ms / rows[0][1]:8.1f} x  {answer:,} sound")
    if len({answer for _, _, answer in rows}) != 1:
        raise SystemExit("The ways of checking disagree.")


def main(count: int) -> None:
    """Print both tables."""
    warm_up()
    codes, people = uscc_codes(count), resident_ids(count)
    column, numbers = pa.array(codes), pa.array(people)

    def passed(faults: np.ndarray) -> int:
        return int((~rejected(faults)).sum())

    report(
        [
            measured("USCC column", count, 7, lambda: passed(check_uscc_column(column))),
            measured("USCC plain loop, yes or no", count, 1, lambda: plain_loop(codes)),
            measured("USCC check_uscc, one by one", count, 1,
                     lambda: sum(check_uscc(c).ok for c in codes)),
        ]
    )  # fmt: skip
    report(
        [
            measured("resident ID column", count, 7,
                     lambda: passed(check_resident_id_column(numbers, as_of=AS_OF))),
            measured("check_resident_id, one by one", count, 1,
                     lambda: sum(check_resident_id(n, as_of=AS_OF).ok for n in people)),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
