"""What time asks for: workshops end, what was said in one goes, a destruction is finished, search is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assistant.errors import Conflict
from assistant.opening import Shell
from assistant.store.changes import Signed
from assistant.store.database import wipe_log
from assistant.store.destruction import finish, list_unfinished
from assistant.store.org_settings import find_workshop_weeks
from assistant.store.reindex import reindex_missing
from assistant.store.workshop.kept import forget_workshops, list_left_open
from assistant.store.workshop.running import end

LEFT_OPEN: Final = timedelta(hours=20)  # after a day that began in the morning


@dataclass(frozen=True)
class Tidied:
    """How many workshops were ended, and how many forgotten."""

    ended: int
    forgotten: int


def tidy(shell: Shell, at: datetime) -> Tidied:
    """Do what is due at this moment. Doing it twice changes nothing, and two at once do it once."""
    ended = 0
    for id in list_left_open(shell.engine, opened_before=at - LEFT_OPEN):
        try:
            end(shell.engine, id, at)
            ended += 1
        except Conflict:  # somebody else was first
            continue
    weeks = timedelta(weeks=find_workshop_weeks(shell.engine))
    forgotten = forget_workshops(shell.engine, ended_before=at - weeks)
    for id, approver in list_unfinished(shell.engine):
        finish(shell.engine, id, signed=Signed(approver, at, shell.audit_key))
    reindex_missing(shell.engine)
    wipe_log(shell.engine)  # also what could not be wiped earlier, while somebody was reading
    return Tidied(ended, forgotten)
