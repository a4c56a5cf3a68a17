"""A workshop: what is played, what a room said, what may be shown of it. Pure."""
