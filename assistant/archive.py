"""What goes to the archive of a closed dossier: its versions, what was advised and decided, what the municipality set.

Pure. Times come from the data, so that the same package gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Final

KEEP, DESTROY = "keep", "destroy"
VALUATIONS: Final = ("", KEEP, DESTROY)  # empty: nobody has said so yet


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """What only a municipality knows. Empty is not known: the package then says that it is still to be determined.

    `code`: of the TOOI register, as gm0344; `source`: in which the ids are unique; `category`, `category_title`:
    the number and title in the selection list.
    """

    municipality: str = ""
    code: str = ""
    source: str = ""
    selection_list: str = ""
    category: str = ""
    category_title: str = ""
    valuation: str = ""
    restriction: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not filled in."""
        return tuple(one.name for one in fields(self) if not getattr(self, one.name))


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done, by which function; `result`: what came of it, as a hash."""

    kind: str
    at: datetime
    function: str = field(default="", repr=False)
    result: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition of an advice, and how it was done. Days in ISO."""

    text: str = field(repr=False)
    owner: str = field(repr=False)
    due: str
    done_on: str
    done_note: str = field(repr=False)
    done_reference: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """An advice on a version, by its hash."""

    kind: str
    theme: str
    outcome: str
    motivation: str = field(repr=False)
    function: str = field(repr=False)
    at: datetime
    version_hash: str
    conditions: tuple[Asked, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, by a function or a body."""

    outcome: str
    decided_by: str = field(repr=False)
    decided_on: str
    departs: bool
    reason: str = field(repr=False)
    reference: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackedVersion:
    """A frozen version: its bytes, how it ended, and the advices on it."""

    id: str
    number: int
    body: bytes = field(repr=False)
    hash: str
    made_at: datetime
    ended_as: str
    ended_at: datetime | None
    advices: tuple[Given, ...] = field(default=(), repr=False)
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A closed dossier as it goes to the archive. `years`: the term that the organisation set, 0 for none.

    `based_on`: the dossier's version when it was gathered.
    """

    id: str
    number: str
    title: str = field(repr=False)
    language: str
    closed_on: date
    made_at: datetime
    based_on: int
    years: int
    settings: ArchiveSettings
    versions: tuple[PackedVersion, ...]
    decisions: tuple[Decided, ...] = field(default=(), repr=False)
    happenings: tuple[Happening, ...] = ()

    @property
    def ends_on(self) -> date:
        """When the term is over; of 29 February the 28th where there is none."""
        year = self.closed_on.year + self.years
        try:
            return self.closed_on.replace(year=year)
        except ValueError:
            return self.closed_on.replace(year=year, day=28)
