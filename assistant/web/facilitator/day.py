"""Beside the rounds: the door, the phones, the timer, the parking lot, the end."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("day", __name__)
