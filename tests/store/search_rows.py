"""An index of any length, made at once: as many dossiers handed in, a hundred of them one person's own."""

from __future__ import annotations

from random import Random
from typing import Final

from sqlalchemy import Engine, insert, select, text, update

from assistant.store.database import writing
from assistant.store.people import save_person
from assistant.store.tables import dossiers, members, search_entries

from .desk import TEAM
from .queue_lines import VOCABULARY, fill

NOTHING: Final = (
    '{"answers":{},"format":1,"other_views":{},"project":{"organisation":"","rev":1,"title":"x"},"trees":[]}'
)
MINE: Final = 100
WORDS: Final = 600  # of a dossier


def fill_search(engine: Engine, count: int, seed: int = 1) -> None:
    """Dossiers with their lines in the queue, and the words of their work and version."""
    fill(engine, count, seed)
    chance = Random(seed)
    weights = [1 / (number + 3) for number in range(len(VOCABULARY))]
    with writing(engine) as connection:
        owner = save_person(connection, id=TEAM.actor, name="x", email="x@x.example", roles=(), signed=TEAM)
        connection.execute(update(dossiers).values(document=NOTHING))
        rows = connection.execute(select(dossiers.c.id, dossiers.c.title, dossiers.c.updated_at)).all()
        for number, row in enumerate(rows):
            words = f"{row.title} | {' '.join(chance.choices(VOCABULARY, weights, k=WORDS))}"
            entry = {"dossier_id": row.id, "title": row.title, "words": words, "at": row.updated_at}
            connection.execute(insert(search_entries), [entry | {"layer": layer} for layer in ("work", "version")])
            if number < MINE:
                member = {"dossier_id": row.id, "person_id": owner.id, "relation": "owner", "since": row.updated_at}
                connection.execute(insert(members), member | {"theme": "", "until": ""})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
