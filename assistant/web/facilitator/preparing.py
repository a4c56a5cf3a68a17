"""Preparing a workshop: rounds and minutes, dilemmas, the story, the checklist."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("preparing", __name__)
