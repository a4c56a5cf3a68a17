"""How many examples Hypothesis makes up, and which runs are longer before a release: `make release-check` asks."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import Phase, settings

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "default")
LONG: Final = PROFILE == "release"
EXAMPLES: Final = {"default": 500, "release": 10_000}
# Explaining takes four times as long as finding and making small, and has nothing to add.
WITHOUT_EXPLAIN: Final = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)


def load_profile() -> None:
    """Before any test is collected, so that a test alone makes as many as in the whole run."""
    settings.register_profile(PROFILE, max_examples=EXAMPLES[PROFILE], deadline=None, phases=WITHOUT_EXPLAIN)
    settings.load_profile(PROFILE)
