"""The CSS of others that the build fetched (hatch_build.py): is it there, and if not, why not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static" / "vendor"
_NEVER_BUILT: Final = (
    "The pages look plainer than they could: this is a checkout that was never installed (make setup)."
)


def vendor_css() -> str | None:
    """Path of the vendor CSS under `static/`, None when this installation goes without."""
    return "vendor/nlds.css" if (FOLDER / "nlds.css").is_file() else None


def vendor_notice() -> str | None:
    """What the build wrote down when it could not fetch the CSS, with what mends it. English, for a console."""
    try:
        return (FOLDER / "missing.txt").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None if vendor_css() else _NEVER_BUILT
