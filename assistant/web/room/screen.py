"""The projector: one thing at a time."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("screen", __name__)
