"""A round's own buttons: open, close, show, paper, notes, rates."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)
