"""A hundred people and a model that flags some of them: whom it gets right, wrong, and misses. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PEOPLE: Final = 100


@dataclass(frozen=True)
class Rates:
    """Of a hundred people: `flagged` by the model, `cases` that there really are, `hits` that are both."""

    flagged: int = 20
    cases: int = 12
    hits: int = 7

    @property
    def wrong(self) -> int:
        """Flagged, and nothing was the matter."""
        return self.flagged - self.hits

    @property
    def missed(self) -> int:
        """Something was the matter, and the model saw nothing."""
        return self.cases - self.hits

    @property
    def left_alone(self) -> int:
        """Nothing was the matter, and the model saw nothing."""
        return PEOPLE - self.flagged - self.missed

    @property
    def is_possible(self) -> bool:
        """Whether a hundred people can be so."""
        return 0 <= self.hits <= min(self.flagged, self.cases) and 0 <= self.left_alone and self.flagged <= PEOPLE

    @property
    def kinds(self) -> tuple[str, ...]:
        """One word a person: hit, wrong, missed or left; a hundred in all."""
        return ("hit",) * self.hits + ("wrong",) * self.wrong + ("missed",) * self.missed + ("left",) * self.left_alone
