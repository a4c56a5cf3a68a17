"""A frozen dossier read back. What was frozen says it all: no edition is needed, and nothing is derived again."""

from __future__ import annotations

import json

from pydantic import ValidationError

from assistant.dossier.model import Dossier, frozen
from assistant.errors import AssistantError
from assistant.trees.model import LANGUAGES
from assistant.words import HEADINGS, word


class UnreadableDossier(AssistantError):
    """Bytes that are no dossier of this format, or not in the one way it is written."""


def read_dossier(raw: bytes) -> Dossier:
    """The dossier whose canonical JSON this is; what would be written differently is refused."""
    try:
        dossier = _build(json.loads(raw))
        # A field that a later release added stays out where it was not there, so old versions remain readable.
        again = frozen(dossier)
    except ValidationError as error:
        places = [".".join(map(str, fault["loc"])) for fault in error.errors()]
        raise UnreadableDossier(f"does not fit: {', '.join(places[:3])}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableDossier("no JSON that can be used") from error
    if again != raw:
        raise UnreadableDossier("not canonical: reading it would lose or change something")
    return dossier


def _build(data: object) -> Dossier:
    if not isinstance(data, dict) or "words" in data or data.get("language") not in LANGUAGES:
        raise UnreadableDossier("no dossier in a language that we know")
    words = {key: word(HEADINGS, key, data["language"]) for key in HEADINGS}
    return Dossier.model_validate(data | {"words": words})
