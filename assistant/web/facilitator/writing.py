"""What the tables say together: by a note taker's link, or typed in by the facilitator."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("writing", __name__)
