"""Workshops as they are kept: preparing, the door, the rounds, the tables, what became of them."""
