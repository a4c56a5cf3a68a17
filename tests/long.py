"""Runs that are longer before a release: `make release-check` asks for them."""

from __future__ import annotations

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "release"
