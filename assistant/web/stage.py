"""What a room sees of a workshop at this moment: the round, how far it is, and what of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from assistant import clock
from assistant.store.workshop.kept import Workshop
from assistant.store.workshop.notes import Note, list_notes
from assistant.store.workshop.rounds import SHOWN, Kept, count_in, list_rounds
from assistant.web.shell import the_shell
from assistant.workshop.ballots import Tally
from assistant.workshop.plan import Planned


@dataclass(frozen=True)
class Stage:
    """The round that a room is in. `state`: talk, table, waiting, open, held, shown or withheld.

    `tally` and `before` are there only when the room may see them; `people` are in, `ready` of them answered or would
    rather not say.
    """

    workshop: Workshop
    planned: Planned
    state: str
    tally: Tally | None = None
    before: Tally | None = None
    notes: tuple[Note, ...] = field(default=(), repr=False)
    people: int = 0
    ready: int = 0
    kept: Kept | None = None

    @property
    def number(self) -> int:
        """The place of the round in the plan."""
        return self.workshop.at

    @property
    def seconds_left(self) -> int | None:
        """Until the timer ends, 0 when it did; None without a timer."""
        if self.workshop.ends_at is None:
            return None
        return max(0, round((self.workshop.ends_at - clock.now()).total_seconds()))

    @property
    def groups(self) -> dict[str, list[tuple[str, list[Note]]]]:
        """The notes of each side (for, against), by heading; those without one last."""
        sides: dict[str, list[tuple[str, list[Note]]]] = {}
        for side in ("for", "against"):
            mine = sorted((n for n in self.notes if n.side == side), key=lambda n: (not n.heading, n.heading, n.id))
            sides[side] = [(name, list(found)) for name, found in groupby(mine, key=lambda n: n.heading)]
        return sides


def build_stage(workshop: Workshop, *, counted: bool = False) -> Stage:
    """The stage of a workshop. `counted`: how many are in and ready too, which a phone need not know."""
    engine, planned = the_shell().engine, workshop.now
    rounds = list_rounds(engine, workshop.id)
    kept = rounds.get(workshop.at)
    shown = kept is not None and kept.state == SHOWN
    earlier = next((n for n, one in enumerate(workshop.rounds) if planned.again and one.key == planned.again), None)
    before = rounds.get(earlier) if earlier is not None and shown else None
    people, ready = count_in(engine, workshop.id, workshop.at) if counted else (0, 0)
    return Stage(
        workshop=workshop,
        planned=planned,
        state=_state(planned, kept),
        tally=kept.tally if kept and shown else None,
        before=before.tally if before and before.state == SHOWN else None,
        notes=tuple(list_notes(engine, workshop.id, workshop.at)) if shown and planned.typed else (),
        people=people,
        ready=ready,
        kept=kept,
    )


def _state(planned: Planned, kept: Kept | None) -> str:
    if not planned.by_phone:
        return "table" if planned.by_table else "talk"
    return kept.state if kept else "waiting"
