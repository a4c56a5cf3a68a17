"""A dossier to work on, and short ways to say what the tests of the store say often."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.store.dossiers import Dossier

from .samples import start


@pytest.fixture
def dossier(engine: Engine) -> Dossier:
    return start(engine)
