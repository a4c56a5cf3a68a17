"""A phone in a workshop: the round, one's answer, what the room saw."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("phone", __name__)
