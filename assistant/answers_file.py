"""Answers from outside: an answers file (YAML), or a dossier that was handed over (JSON). All faults at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from assistant.answers import MAX_NAMED, Answer, Problem, check_text, clean_text, read_answer, shown
from assistant.errors import Fault, InvalidAnswers, UnknownEdition
from assistant.trees.edition import Edition
from assistant.trees.model import PHASE_QUESTION, Language, Phase
from assistant.trees.yaml import Read, read_yaml
from assistant.words import problem_text

MAX_IMPORT: Final = 10_000_000  # bytes
MAX_PARTS: Final = 100_000  # commas and brackets: counting them first keeps a hostile file from costing seconds
MAX_ANSWERS: Final = 2_000
MAX_ID: Final = 60  # characters
MAX_TITLE: Final = 200  # characters
_KEYS: Final = {"format", "trees", "language", "project", "answers", "persona", "expect"}


@dataclass(frozen=True)
class AnswersFile:
    """What a file says: the project, the language, and the answers that fit the edition."""

    language: Language
    title: str
    organisation: str
    trees: tuple[str, ...]
    answers: dict[str, Answer]


def read_answers(raw: bytes, file: str, edition: Edition) -> AnswersFile:
    """Read either kind. Raises InvalidAnswers with every fault, or UnknownEdition; nothing is half taken."""
    if raw.lstrip()[:1] == b"{":
        return _read_dossier(raw, file, edition)
    read = read_yaml(raw, file)
    if read.faults:
        raise InvalidAnswers(read.faults)
    return _Reader(read, edition).take(read.data)


def edition_named_in(raw: bytes, file: str) -> str:
    """The hash of the edition that a dossier's JSON names; "" for an answers file."""
    if raw.lstrip()[:1] != b"{":
        return ""
    return _edition_named_in(_parse_json(raw, file))


def _edition_named_in(data: dict[str, Any]) -> str:
    edition = data.get("edition")
    return str(edition.get("hash", ""))[:64] if isinstance(edition, dict) else ""


def _read_dossier(raw: bytes, file: str, edition: Edition) -> AnswersFile:
    """Answers, project and language count; signals, outcome, hashes and whatever else is derived again."""
    data = _parse_json(raw, file)
    named = _edition_named_in(data)
    if named and named != edition.hash:
        raise UnknownEdition(named)
    if data.get("audience", "team") != "team":
        raise InvalidAnswers([_fault(file, "file_audience")])
    project = data.get("project")
    if isinstance(project, dict):
        project = {key: project[key] for key in ("title", "organisation") if key in project}
    kept = {key: data[key] for key in ("format", "language", "trees", "answers") if key in data}
    return _Reader(Read(file), edition).take({**kept, "project": project})


def _parse_json(raw: bytes, file: str) -> dict[str, Any]:
    if len(raw) > MAX_IMPORT or sum(map(raw.count, (b",", b"[", b"{"))) > MAX_PARTS:
        raise InvalidAnswers([_fault(file, "json_too_large")])

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InvalidAnswers([_fault(file, "json_broken", error.lineno)]) from error
    except (ValueError, RecursionError) as error:
        raise InvalidAnswers([_fault(file, "json_broken")]) from error
    if not isinstance(data, dict):
        raise InvalidAnswers([_fault(file, "file_is_mapping")])
    return data


def _fault(file: str, key: str, line: int = 0) -> Fault:
    return Fault(file, line, f"{problem_text(Problem(key), 'nl')} / {problem_text(Problem(key), 'en')}")


class _Reader:
    """Takes the data apart and notes everything that does not fit."""

    def __init__(self, read: Read, edition: Edition) -> None:
        self.read, self.edition = read, edition
        self.language: Language = "nl"
        self.unknowns = 0

    def take(self, data: Any) -> AnswersFile:
        if not isinstance(data, dict):
            raise InvalidAnswers([_fault(self.read.file, "file_is_mapping", 1)])
        self.set_language(data.get("language", "nl"))
        if data.get("format") != 1 or data["format"] is True:
            self.note(("format",), Problem("file_format"))
        for key in [key for key in data if key not in _KEYS][:MAX_NAMED]:
            self.note((key,), Problem("file_key", {"name": shown(key)}))
        title, organisation, phase = self.project(data.get("project"))
        answers = self.answers(data.get("answers"), phase)
        trees = self.trees(data.get("trees"))
        if self.read.faults:
            raise InvalidAnswers(self.read.faults)
        return AnswersFile(self.language, title, organisation, trees, answers)

    def set_language(self, language: Any) -> None:
        if language in ("nl", "en"):
            self.language = language
        else:
            self.note(("language",), Problem("file_language"))

    def note(self, path: tuple[str | int, ...], problem: Problem, name: str = "") -> None:
        text = problem_text(problem, self.language)
        self.read.fault(path, f"{name}: {text}" if name else text)

    def project(self, project: Any) -> tuple[str, str, str]:
        known = {"title", "organisation", "phase"}
        if not isinstance(project, dict) or not set(project) <= known:
            self.note(("project",), Problem("file_project"))
            return "", "", ""
        texts = [project.get("title") or "", project.get("organisation") or ""]
        for text in texts:
            for problem in check_text(text):
                self.note(("project",), problem)
        title, organisation = ("" if check_text(text) else clean_text(text) for text in texts)
        if not title:
            self.note(("project",), Problem("title_missing"))
        if max(len(title), len(organisation)) > MAX_TITLE:
            self.note(("project",), Problem("title_too_long", {"most": MAX_TITLE}))
        phase = project.get("phase") or ""
        if phase and phase not in list(Phase):
            self.note(("project", "phase"), Problem("file_phase", {"choices": ", ".join(Phase)}))
            phase = ""
        return title, organisation, phase

    def trees(self, trees: Any) -> tuple[str, ...]:
        """The trees opened by hand: those named that are not open to everyone anyway."""
        if trees is None:
            return ()
        if not isinstance(trees, list):
            self.note(("trees",), Problem("file_trees"))
            return ()
        known = list(self.edition.tree_ids)
        for tree in [tree for tree in trees if tree not in known][:MAX_NAMED]:
            self.note(("trees",), Problem("unknown_tree", {"name": shown(tree)}))
        return tuple(id for id in known if id in trees)

    def answers(self, given: Any, phase: str) -> dict[str, Answer]:
        if given is None:
            given = {}
        if not isinstance(given, dict):
            self.note(("answers",), Problem("file_is_mapping"))
            return {}
        if len(given) > MAX_ANSWERS:
            self.note(("answers",), Problem("too_many_answers", {"most": MAX_ANSWERS}))
            return {}
        answers = {}
        for id, raw in given.items():
            question = self.edition.questions.get(id)
            if question is None:
                self.note(("answers", id), self.unknown(str(id)))
                continue
            answer, problems = read_answer(question, raw)
            for problem in problems:
                self.note(("answers", id), problem, name=id)
            answers[id] = answer
        return self.with_phase(answers, phase, given)

    def unknown(self, id: str) -> Problem:
        self.unknowns += 1
        likely = len(id) <= MAX_ID and self.unknowns <= MAX_NAMED
        near = get_close_matches(id, list(self.edition.questions), n=1) if likely else []
        if near:
            return Problem("unknown_question_near", {"name": shown(id), "near": near[0]})
        return Problem("unknown_question", {"name": shown(id)})

    def with_phase(self, answers: dict[str, Answer], phase: str, given: Mapping[str, Any]) -> dict[str, Answer]:
        """The phase has one source, the quick scan's first question; `project` may give it too."""
        if not phase or PHASE_QUESTION not in self.edition.questions:
            return answers
        answered = answers.get(PHASE_QUESTION)
        if answered and answered.has_value and answered.value != phase:
            self.note(("answers", PHASE_QUESTION), Problem("file_phase_twice"))
        if PHASE_QUESTION not in given:
            return {PHASE_QUESTION: Answer(value=phase), **answers}
        return answers
