"""How the tables came to be, step by step. Steps only add, and one that has landed never changes."""

from typing import Final

HEAD: Final = "0011"  # the newest step; stands here so that a start need not load alembic to compare
