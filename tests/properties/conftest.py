"""How many random worlds are tried: CREDITGRAPH_PROPERTIES=nightly tries many more."""

import os

from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci", max_examples=120, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "nightly", max_examples=3_000, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(  # to find that something is broken, not to say how
    "mutants",
    max_examples=600,
    deadline=None,
    suppress_health_check=_SLOW,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
settings.load_profile(os.environ.get("CREDITGRAPH_PROPERTIES", "ci"))
