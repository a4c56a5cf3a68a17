"""Ways in and out, and what someone sees of their own account."""
