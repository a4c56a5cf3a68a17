"""Joining a workshop by code, link or QR."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("entrance", __name__)
