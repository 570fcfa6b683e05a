"""How hard do properties look? Profiles of Hypothesis; `--hypothesis-profile=soak` looks at length."""

from __future__ import annotations

from hypothesis import settings

# A shared machine may be slow at any moment, so no single example has a deadline.
settings.register_profile("pledger", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.register_profile("mutants", deadline=None, max_examples=15, derandomize=True, database=None)
settings.load_profile("pledger")
