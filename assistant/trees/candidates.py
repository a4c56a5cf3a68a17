"""Small answers that could meet wishes about one question, so that a proof need not try every answer there is.

Around every number a condition mentions, one row for every row it asks for: enough to meet what can be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations, pairwise, product
from typing import Any, Final, TypeAlias

from assistant.trees import rules
from assistant.trees.logic import NO, UNSURE, YES, Truth
from assistant.trees.model import Choice, Column, Kind, Question

Want: TypeAlias = frozenset[Truth]
Wish: TypeAlias = "tuple[rules.Expression | None, Want]"  # None: whether there is an answer at all
Wishes: TypeAlias = frozenset[Wish]
Meets: TypeAlias = "Callable[[Reply, Iterable[Wish]], bool]"

SURELY: Final[Want] = frozenset({YES})
NEVER: Final[Want] = frozenset({NO})
POSSIBLY: Final[Want] = frozenset({YES, UNSURE})
DOUBTFULLY: Final[Want] = frozenset({NO, UNSURE})

MOST_ROWS: Final = 20_000  # rows tried for one table
MOST_PICKED: Final = 6  # choices of one cell that conditions may tell apart
MOST_COUNT: Final = 100
LARGEST_NUMBER: Final = 10**12
BLANK: Final = {"unsure": True}


class TooMany(Exception):
    """More possibilities than are tried: nothing can be said."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a team could answer."""

    value: Any = None
    unsure: bool = False
    not_applicable: str = ""

    @property
    def is_missing(self) -> bool:
        """Nothing was answered."""
        return self.value is None and not self.unsure and not self.not_applicable


UNANSWERED: Final = Reply()
NOT_APPLICABLE: Final = Reply(not_applicable="-")
DO_NOT_KNOW: Final = Reply(unsure=True)


@dataclass(frozen=True)
class Maker:
    """Makes candidates; numbers and dates lie around what the thresholds and today say."""

    today: date
    thresholds: Mapping[str, int]

    def candidates(self, question: Question, wishes: Wishes, meets: Meets) -> Iterator[Reply]:
        """Answers worth trying: if one can meet all wishes, one of these does. Raises TooMany."""
        yield NOT_APPLICABLE
        yield DO_NOT_KNOW
        match question.kind:
            case Kind.CHOICES:
                yield from self._lists(question, wishes)
            case Kind.TABLE:
                yield from self._tables(question, wishes, meets)
            case kind:
                atoms = [atom for wish, _ in wishes if wish for atom in rules.atoms(wish)]
                yield from (Reply(value) for value in self._values(kind, question.options, atoms))

    def _values(self, kind: Kind, options: Sequence[Choice], atoms: Iterable[rules.Atom]) -> Iterator[Any]:
        """Single values of a kind: every choice, or a number on each side of every literal."""
        match kind:
            case Kind.CHOICE | Kind.YES_NO:
                yield from (choice.id for choice in options)
            case Kind.CHOICES:
                yield from _picks(options, atoms)
            case Kind.SCALE:
                yield from range(1, 6)
            case Kind.NUMBER:
                yield from (n for n in self._around(atoms) if 0 <= n <= LARGEST_NUMBER)
            case Kind.DATE:
                yield from self._dates(atoms)
            case _:
                yield "-"

    def _around(self, atoms: Iterable[rules.Atom]) -> list[float]:
        wanted = {0.0, *(float(n) for atom in atoms for n in self._numbers(atom))}
        ends = sorted({n + step for n in wanted for step in (-1, 0, 1)})
        points = {*ends, *((a + b) / 2 for a, b in pairwise(ends))}
        return [int(n) if n == int(n) else n for n in sorted(points)]

    def _numbers(self, atom: rules.Atom) -> Iterator[int | float]:
        for literal in atom.literals if isinstance(atom, rules.Compare) else ():
            if isinstance(literal, rules.Setting):
                yield self.thresholds[literal.name]
            elif not isinstance(literal, str):
                yield literal

    def _dates(self, atoms: Iterable[rules.Atom]) -> Iterator[str]:
        first, last = (date.min - self.today).days, (date.max - self.today).days
        for days in self._around(atoms):
            if isinstance(days, int) and first <= days <= last:
                yield (self.today + timedelta(days)).isoformat()

    def _lists(self, question: Question, wishes: Wishes) -> Iterator[Reply]:
        """What must be picked, and as many others as a count could ask for."""
        forced, possible, banned = _wanted_choices(wishes)
        free = [c.id for c in question.options if not c.exclusive and c.id not in forced | banned]
        most = question.max_choices or len(question.options)
        yield from (Reply([choice.id]) for choice in question.options if choice.exclusive)
        exclusive = {choice.id for choice in question.options if choice.exclusive}
        for base in (forced, forced | possible):
            others = [id for id in free if id not in base]
            for number in range(len(others) + 1):
                picked = base | set(others[:number])
                if 0 < len(picked) <= most and not picked & exclusive:
                    value = [choice.id for choice in question.options if choice.id in picked]
                    yield Reply(value)
                    yield Reply(value, unsure=True)

    def _tables(self, question: Question, wishes: Wishes, meets: Meets) -> Iterator[Reply]:
        """One row for each wish that a row of its own must meet, none that spoils a wish about all rows."""
        some = [wish for wish in wishes if _about_a_row(wish) and _wants_a_row(wish)]
        every = [wish for wish in wishes if _about_a_row(wish) and not _wants_a_row(wish)]
        fit = [row for row in self._rows(question, wishes) if meets(Reply([row]), every)]
        found = [next((row for row in fit if meets(Reply([row]), [wish])), None) for wish in some]
        rows = [row for row in found if row] or fit[:1]
        if not rows:
            return
        rows = [row for n, row in enumerate(rows) if row not in rows[:n]]
        for size in self._sizes(len(rows), wishes):
            value = [{"id": f"r{n + 1}", **rows[min(n, len(rows) - 1)]} for n in range(size)]
            yield Reply(value)
            yield Reply(value, unsure=True)

    def _sizes(self, least: int, wishes: Wishes) -> list[int]:
        atoms = [wish for wish, _ in wishes if isinstance(wish, rules.Compare)]
        around = {int(n) for n in self._around(atoms) if n == int(n)} if atoms else set()
        return sorted({least, *(n for n in around if least <= n <= MOST_COUNT)})

    def _rows(self, question: Question, wishes: Wishes) -> Iterator[dict[str, Any]]:
        """Every row that these wishes can tell apart; the first column is always there."""
        atoms = [atom for wish, _ in wishes if wish for atom in _cell_atoms(wish)]
        named = {_column_of(atom) for atom in atoms}
        columns = [column for column in question.columns if column.id in named] or [question.columns[0]]
        cells = [self._cells(column, atoms) for column in columns]
        size = 1
        for options in cells:
            size *= len(options)
        if size > MOST_ROWS:
            raise TooMany
        for values in product(*cells):
            yield {column.id: value for column, value in zip(columns, values, strict=True)}

    def _cells(self, column: Column, atoms: Iterable[rules.Atom]) -> list[Any]:
        own = [atom for atom in atoms if _column_of(atom) == column.id]
        return [*self._values(Kind(column.kind), column.options, own), BLANK]


def _wanted_choices(wishes: Wishes) -> tuple[set[str], set[str], set[str]]:
    """What must be picked, what may also be left open, what must not be picked."""
    forced: set[str] = set()
    possible: set[str] = set()
    banned: set[str] = set()
    for wish, want in wishes:
        if isinstance(wish, rules.Includes):
            wanted = (NO if wish.negated else YES) in want
            strict = UNSURE not in want
            (banned if not wanted else forced if strict else possible).add(wish.choice)
    return forced, possible, banned


def _picks(options: Sequence[Choice], atoms: Iterable[rules.Atom]) -> Iterator[list[str]]:
    """Lists of choices that differ in what the atoms look at."""
    named = {atom.choice for atom in atoms if isinstance(atom, rules.Includes)}
    plain = [choice.id for choice in options if not choice.exclusive]
    told_apart = [id for id in plain if id in named]
    if len(told_apart) > MOST_PICKED:
        raise TooMany
    yield from ([choice.id] for choice in options if choice.exclusive)
    rest = [id for id in plain if id not in named][:1]
    sets = chain.from_iterable(combinations(told_apart, n) for n in range(len(told_apart) + 1))
    for picked in sets:
        if picked:
            yield list(picked)
        elif rest:
            yield rest


def _about_a_row(wish: Wish) -> bool:
    return any(True for _ in _cell_atoms(wish[0])) if wish[0] else False


def _wants_a_row(wish: Wish) -> bool:
    """One row decides a wish for yes; all rows a wish for no."""
    atom, want = wish
    negated = isinstance(atom, rules.Includes) and atom.negated
    return (NO not in want) is not negated


def _cell_atoms(expression: rules.Expression) -> Iterator[rules.Atom]:
    for atom in rules.atoms(expression):
        if isinstance(atom, rules.AnyRow):
            yield from _cell_atoms(atom.test)
        elif _column_of(atom):
            yield atom


def _column_of(atom: rules.Atom) -> str:
    match atom:
        case rules.Compare(subject=rules.Value(_, column)) | rules.Includes(subject=rules.Value(_, column)):
            return column
        case rules.Answered(rules.Value(_, column)) | rules.Unsure(rules.Value(_, column)):
            return column
    return ""
