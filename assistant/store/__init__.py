"""What is kept: dossiers, editions and the chain of events, in SQLite or PostgreSQL."""
