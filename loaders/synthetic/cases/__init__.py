"""Cases for detectors: planted among what is drawn, each with one that only looks alike."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from loaders.synthetic.cases.people import (
    banned_in_office,
    nominee_representative,
    swapped_representative,
)
from loaders.synthetic.cases.scene import Scene, new_scene
from loaders.synthetic.cases.structure import chain_of_control, guarantee_ring, phoenix
from loaders.synthetic.draw import Draw
from loaders.synthetic.stories import Plan

__all__ = ["SORTS", "plant_cases"]

SORTS: Final[Mapping[str, Callable[..., None]]] = MappingProxyType(
    {
        "phoenix": phoenix,
        "swapped_representative": swapped_representative,
        "nominee_representative": nominee_representative,
        "guarantee_ring": guarantee_ring,
        "banned_in_office": banned_in_office,
        "chain_of_control": chain_of_control,
    }
)
"""Sort of case to what plants one."""

_ORGANIZATIONS_PER_CASE: Final = 2_500
_MOST: Final = 200


def plant_cases(draw: Draw, plan: Plan, organizations: int) -> Scene:
    """Plant cases of every sort, and as many decoys.

    Args:
        draw: decides who and when.
        plan: takes the rows.
        organizations: size of the city: it decides how many cases there are.
    """
    scene = new_scene(draw, plan, names=organizations)
    for number in range(max(1, min(_MOST, organizations // _ORGANIZATIONS_PER_CASE))):
        for plant in SORTS.values():
            for decoy in (False, True):
                plant(scene, number + 1, decoy=decoy)
    return scene
