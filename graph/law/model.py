"""The shapes of the law book, in one place to import from.

What rules refer to is defined in graph.law.reference, the rules in graph.law.rule.
"""

from graph.law.base import Basis, Jurisdiction, LawModel
from graph.law.reference import (
    Bar,
    Field,
    Instrument,
    ListDefinition,
    Measure,
    Purpose,
    RoleRule,
)
from graph.law.rule import (
    FIRST_ANSWERING,
    SEVERE,
    Bearer,
    BearerClause,
    EffectClause,
    OrganizationsClause,
    Rule,
    RuleException,
    RuleVersion,
    Term,
    Trigger,
    When,
)
from graph.law.words import (
    BarOutcome,
    ExceptionOutcome,
    FindingEffectFrom,
    FindingNeed,
    ListSubjects,
    MeasureClass,
    PrecedenceGround,
    Subjects,
    TermStart,
    TriggerOn,
)

__all__ = [
    "FIRST_ANSWERING",
    "SEVERE",
    "Bar",
    "BarOutcome",
    "Basis",
    "Bearer",
    "BearerClause",
    "EffectClause",
    "ExceptionOutcome",
    "Field",
    "FindingEffectFrom",
    "FindingNeed",
    "Instrument",
    "Jurisdiction",
    "LawModel",
    "ListDefinition",
    "ListSubjects",
    "Measure",
    "MeasureClass",
    "OrganizationsClause",
    "PrecedenceGround",
    "Purpose",
    "RoleRule",
    "Rule",
    "RuleException",
    "RuleVersion",
    "Subjects",
    "Term",
    "TermStart",
    "Trigger",
    "TriggerOn",
    "When",
]
