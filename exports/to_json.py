"""The dossier as JSON: the published format that `assistant import` reads back."""

from __future__ import annotations

import json

from assistant.dossier import Dossier


def render(dossier: Dossier) -> bytes:
    """UTF-8 JSON, two spaces, one line end at the end."""
    return (json.dumps(dossier.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n").encode()
