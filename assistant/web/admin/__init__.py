"""For who looks after the people, the settings and the question trees: nothing here shows what a dossier says."""
