"""What the tests of faults share with those of the pages."""

from __future__ import annotations

from ..web.conftest import prepared

__all__ = ["prepared"]
