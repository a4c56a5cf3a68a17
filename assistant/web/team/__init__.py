"""The pages of a project team: the quick scan, and the dossier."""
