"""A round on paper: one fast line for each item, "0 2 5 1 3", and what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from assistant.store.workshop.rounds import Paper
from assistant.trees.model import Language
from assistant.workshop.ballots import MOST_ON_PAPER, Tally, count, read_paper
from assistant.workshop.plan import Planned


@dataclass(frozen=True)
class Line:
    """A field of the page: as the macros of a fixed form want it."""

    id: str
    label: str
    data: str
    errors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is sent as."""
        return self.id


@dataclass(frozen=True)
class PaperForm:
    """The lines, the number of forms where one may choose more or writes, and what they say if they can be kept."""

    lines: tuple[Line, ...]
    forms: Line | None
    paper: Paper = field(default_factory=Paper)

    @property
    def fields(self) -> list[Line]:
        """Everything that can be typed."""
        return [*self.lines, *([self.forms] if self.forms else [])]

    @property
    def errors(self) -> list[str]:
        """What is wrong with any of it."""
        return [error for one in self.fields for error in one.errors]


def counted(planned: Planned, paper: Paper) -> Tally:
    """What came in on paper, by itself."""
    return count(planned, [], paper.counts, paper.forms)


def needs_forms(planned: Planned) -> bool:
    """Whether the lines alone do not tell how many people there were."""
    return planned.typed or planned.most > 1


def show_paper(planned: Planned, paper: Paper, language: Language) -> PaperForm:
    """The page as it is when nobody typed yet."""
    written = {item: " ".join(map(str, numbers)) for item, numbers in paper.counts.items()}
    forms = str(paper.forms) if paper.forms else ""
    return _form(planned, written, forms, language, paper)


def read_posted_paper(planned: Planned, typed: Mapping[str, str], language: Language) -> PaperForm:
    """What came back; every line keeps what was typed in it."""
    lines = {item.id: typed.get(f"line-{item.id}", "") for item in planned.items}
    forms = typed.get("forms", "").strip()
    read = {} if planned.typed else {item: read_paper(line, planned) for item, line in lines.items()}
    errors = {item: _in_words(problem, planned, lines[item], language) for item, (_n, problem) in read.items()}
    counts = {item: numbers for item, (numbers, _problem) in read.items() if numbers}
    number = int(forms) if forms.isascii() and forms.isdigit() and len(forms) < 6 else 0
    errors["forms"] = _forms_error(planned, forms, number, counts) if needs_forms(planned) else ""
    return _form(planned, lines, forms, language, Paper(counts, number), errors)


def _form(
    planned: Planned,
    typed: Mapping[str, str],
    forms: str,
    language: Language,
    paper: Paper,
    errors: Mapping[str, str] | None = None,
) -> PaperForm:
    def line(id: str, key: str, label: str, data: str) -> Line:
        error = (errors or {}).get(key, "")
        return Line(id, label, data, (error,) if error else ())

    items = () if planned.typed else planned.items
    lines = (line(f"line-{one.id}", one.id, one.says[language], typed.get(one.id, "")) for one in items)
    many = line("forms", "forms", _("How many forms are there?"), forms) if needs_forms(planned) else None
    return PaperForm(tuple(lines), many, paper)


def _in_words(problem: str, planned: Planned, line: str, language: Language) -> Any:
    names = ", ".join(option.label[language] for option in planned.options)
    match problem:
        case "numbers":
            return _("Type whole numbers with a space between them, in this order: %(names)s.", names=names)
        case "how_many":
            wanted, typed = len(planned.options), len(line.replace(",", " ").replace(";", " ").split())
            return _(
                "%(wanted)s numbers belong here and %(typed)s are typed. The order is: %(names)s. Nobody is 0.",
                wanted=wanted,
                typed=typed,
                names=names,
            )
        case "too_many":
            return _("This is more than %(most)s forms. Look at the numbers again.", most=MOST_ON_PAPER)
    return ""


def _forms_error(planned: Planned, typed: str, forms: int, counts: Mapping[str, Sequence[int]]) -> Any:
    chosen = [sum(numbers) for numbers in counts.values()]
    if typed and not forms and typed != "0":
        return _("Type a whole number.")
    if forms > MOST_ON_PAPER:
        return _("This is more than %(most)s forms. Look at the numbers again.", most=MOST_ON_PAPER)
    if max(chosen, default=0) > forms * planned.most:
        return _(
            "Together these are %(chosen)s choices. At most %(most)s a form: that takes more forms than %(forms)s.",
            chosen=max(chosen),
            most=planned.most,
            forms=forms,
        )
    if any(number > forms for numbers in counts.values() for number in numbers):
        return _("One line counts more people than there are forms.")
    return ""
