"""Pages of who leads a workshop: preparing, running the day, what came of it."""
