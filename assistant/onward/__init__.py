"""Texts that a team goes on with, made of a dossier: a DPIA draft, a register entry, a record of processing. Pure."""
