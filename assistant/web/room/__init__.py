"""Pages of a workshop's room: joining, the phones, the projector, the note takers. Nobody signs in here."""
