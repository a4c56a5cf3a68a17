"""What is printed for a workshop, and the report afterwards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("printing", __name__)
