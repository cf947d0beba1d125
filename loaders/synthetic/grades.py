"""How severe the record of each subject is: the classes the whole city is drawn by.

Dandong's published evaluation counted 31,107 A, 12,044 B, 3,682 C and 721 D (65, 25, 8
and 1.5 %). Here A has no adverse record, B minor penalties only, C at least one of
ordinary weight, and D a severe one: a list, a revoked licence, a stop of business.
In the five grades A to E of Heilongjiang these are A and B, C, D, and E.
"""

from typing import Final

from loaders.synthetic.draw import Draw, Ints

GRADES: Final = ("A", "B", "C", "D")
CLEAN, MINOR, ORDINARY, SEVERE = range(4)
GRADE_WEIGHTS: Final = (31_107, 12_044, 3_682, 721)


def draw_grades(draw: Draw, count: int) -> Ints:
    """Return the grade of each of this many subjects, as a position in GRADES."""
    return draw.pick(count, GRADE_WEIGHTS)
