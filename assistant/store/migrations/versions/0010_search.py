"""What can be searched. SQLite finds words with FTS5, PostgreSQL with a column of its own."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0010"
down_revision = "0009"

# `ascii` splits at spaces alone: the words are folded already. Without places: phrases are looked up in `words`.
MATCH = (
    "CREATE VIRTUAL TABLE search_match USING fts5("
    "words, content='search_entry', content_rowid='id', tokenize='ascii', detail=none, columnsize=0)"
)
VECTOR = (  # kept, and not only an index of an expression: working it out again for every find takes most of the time
    "ALTER TABLE search_entry ADD COLUMN search_match tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
)
PUT = "INSERT INTO search_match (rowid, words) VALUES (new.id, new.words);"
TAKE = "INSERT INTO search_match (search_match, rowid, words) VALUES ('delete', old.id, old.words);"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        Column("id", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in ("dossier_id", "layer", "title", "words", "at")),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_search_entry_dossier"),
        PrimaryKeyConstraint("id", name="pk_search_entry"),
        UniqueConstraint("dossier_id", "layer", name="uq_search_entry_dossier_id_layer"),
        CheckConstraint("layer IN ('work', 'version', 'advice', 'decision')", name="ck_search_entry_layer"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(VECTOR)
        op.execute("CREATE INDEX search_match ON search_entry USING gin (search_match)")
        return
    op.execute(MATCH)
    op.execute(f"CREATE TRIGGER search_entry_put AFTER INSERT ON search_entry BEGIN {PUT} END")
    op.execute(f"CREATE TRIGGER search_entry_take AFTER DELETE ON search_entry BEGIN {TAKE} END")
    op.execute(f"CREATE TRIGGER search_entry_change AFTER UPDATE OF words ON search_entry BEGIN {TAKE} {PUT} END")
