"""The privacy officer's desk. Officers read what was handed in, as it was frozen; never what a team is writing."""
