"""What a workshop gave: the report, the dossiers, the file."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("afterwards", __name__)
