"""The interface for other systems: JSON to read, under /api/v1, with a token. No page, no session, no cookie."""
