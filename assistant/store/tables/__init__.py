"""The tables: columns and constraints only. Reading and writing goes through statements, one module a noun."""

from __future__ import annotations

from assistant.store.tables import after as _after
from assistant.store.tables import dossiers as _dossiers
from assistant.store.tables import mail as _mail
from assistant.store.tables import people as _people
from assistant.store.tables import reviews as _reviews
from assistant.store.tables import search as _search
from assistant.store.tables import sharing as _sharing
from assistant.store.tables import systems as _systems
from assistant.store.tables import workshops as _workshops
from assistant.store.tables.base import METADATA, Row, table_of

__all__ = ["METADATA", "ORGANISATION", "Row"]
_MODULES = (
    _dossiers,
    _people,
    _reviews,
    _search,
    _workshops,
    _after,
    _systems,
    _mail,
    _sharing,
)  # imported so that METADATA is whole

ORGANISATION = 1  # the only one; the column is there for the day that there are more
organisations = table_of("organisation")
editions = table_of("edition")
dossiers = table_of("dossier")
events = table_of("event")
answer_history = table_of("answer_history")
organisation_events = table_of("organisation_event")
people = table_of("person")
identities = table_of("identity")
recovery_codes = table_of("recovery_code")
sessions = table_of("session")
throttles = table_of("throttle")
invitations = table_of("invitation")
members = table_of("member")
question_links = table_of("question_link")
drafts = table_of("draft")
settings = table_of("setting")
remarks = table_of("remark")
actions = table_of("action")
versions = table_of("version")
redactions = table_of("redaction")
summaries = table_of("summary")
summary_words = table_of("summary_word")
search_entries = table_of("search_entry")
stances = table_of("stance")
endings = table_of("ending")
advices = table_of("advice")
conditions = table_of("condition")
standing_advices = table_of("standing_advice")
phrases = table_of("phrase")
workshops = table_of("workshop")
workshop_rounds = table_of("workshop_round")
workshop_ballots = table_of("workshop_ballot")
workshop_seats = table_of("workshop_seat")
workshop_tables = table_of("workshop_table")
workshop_notes = table_of("workshop_note")
dossier_origins = table_of("dossier_origin")
decisions = table_of("decision")
register_lines = table_of("register_line")
holds = table_of("hold")
destructions = table_of("destruction")
destruction_items = table_of("destruction_item")
variants = table_of("variant")
weighings = table_of("weighing")
access_tokens = table_of("access_token")
mails = table_of("mail")
mail_choices = table_of("mail_choice")
examples = table_of("example")
library_entries = table_of("library_entry")
