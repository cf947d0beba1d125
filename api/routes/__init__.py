"""One file per resource; the list below is the table of contents.

Beside it stand imports.router (/v1/imports), quarantine.router (/v1/quarantine),
eligibility.router (/v1/eligibility:batch), relations.router (/v1/paths,
/v1/relations:group, :one-to-many), matching.router (/v1/subjects:match),
scoring.router (/v1/risk:batch) and watching.router (/v1/watchlists, /v1/risk/changes), whose bodies may
be larger.
"""

from typing import Final

from fastapi import APIRouter

from api.routes import (
    changes,
    effects,
    figures,
    law,
    leads,
    network,
    operations,
    ownership,
    quality,
    risk,
    sanctions,
    simulation,
    subjects,
    waiting,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    subjects.router,  # /v1/subjects … records, sanctions, ties, holdings, effects
    ownership.router,  # /v1/subjects/{subject}/ownership, controllers, group …
    network.router,  # /v1/subjects/{subject}/adjacent, network, timeline
    risk.router,  # /v1/risk, features, models
    figures.router,  # /v1/sectors, regions, overview
    leads.router,  # /v1/leads … patterns, notes
    effects.router,  # /v1/effects … explanation
    waiting.router,  # /v1/pending, /v1/conflicts
    sanctions.router,  # /v1/sanctions … examination, :end, :void
    changes.router,  # /v1/changes
    simulation.router,  # /v1/simulate
    law.router,  # /v1/rules, /v1/lists, /v1/measures, /v1/purposes
    quality.router,  # /v1/data-quality … report, trend, rows
    operations.router,  # /v1/status, /livez, /readyz
)
