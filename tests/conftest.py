"""How thoroughly Hypothesis searches: `ci` unless `--hypothesis-profile` or HYPOTHESIS_PROFILE says otherwise."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Two busy cores make single examples slow at times; the time-out of pytest is the limit that counts.
_CALM = settings(
    deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.register_profile("ci", _CALM)
settings.register_profile("quick", _CALM, max_examples=25)
settings.register_profile("thorough", _CALM, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
