"""The tree language: what can be asked, when, and what an answer raises."""
