"""The Ethical Review Assistant: from questions and answers to a dossier for the privacy officer."""
