"""Running the day: one screen, one round at a time."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("running", __name__)
