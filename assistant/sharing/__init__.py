"""An example for others: a dossier without people or typed text, as one file that any installation reads. Pure."""
