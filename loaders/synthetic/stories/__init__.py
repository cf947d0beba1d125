"""The planted stories and their answer key."""

from datetime import date

from loaders.synthetic.stories import bans, courts, forms, lists, structure, undoing
from loaders.synthetic.stories.plan import DEMO_DAY, Plan

__all__ = ["DEMO_DAY", "Plan", "planted"]


def planted(reference: date) -> Plan:
    """Return all stories as they fall for a reference day."""
    plan = Plan(reference)
    for chapter in (lists, undoing, bans, courts, forms, structure):
        chapter.plant(plan)
    plan.stories.sort(key=lambda story: story.key)
    return plan
