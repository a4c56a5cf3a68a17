"""What can go wrong, by name. Nothing here knows HTTP or exit codes: web/errors.py and cli.py translate once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class AssistantError(Exception):
    """Base of every error the assistant raises on purpose."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where it is, what is the matter, how to mend it."""

    file: str
    line: int
    reason: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}" + (f" ({self.mend})" if self.mend else "")


class Faulty(AssistantError):
    """A file that cannot be used. Lists every fault, not just the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class InvalidTrees(Faulty):
    """Question trees that cannot be used together."""


class InvalidAnswers(Faulty):
    """An answers file or imported dossier that cannot be used."""


class UnknownEdition(AssistantError):
    """An edition that this installation does not hold."""


class NotFound(AssistantError):
    """Missing, or not yours: the two look the same on purpose."""


class Refused(AssistantError):
    """Something that may be read, but this may not be done with it: not now, or not by this person."""

    def __init__(self, action: str, state: str) -> None:
        self.action, self.state = action, state
        super().__init__(f"{action} while {state}")


class LastOwner(AssistantError):
    """A dossier would be left without an owner."""


class NotSignedIn(AssistantError):
    """A page that is only for who is signed in."""


class TooManyTries(AssistantError):
    """Wrong tries too often. `wait`: seconds until the next one counts."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"wait {wait} s")


class Conflict(AssistantError):
    """Somebody saved the same answers in the meantime. Nothing was written."""

    def __init__(self, questions: Iterable[str]) -> None:
        self.questions = tuple(questions)
        super().__init__("changed meanwhile: " + ", ".join(self.questions))


class Unavailable(AssistantError):
    """The database is locked, full or away. Nothing was written; trying again may help."""


class NotReady(AssistantError):
    """The installation is not set up to serve, with the command that mends it."""
