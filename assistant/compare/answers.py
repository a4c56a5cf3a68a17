"""What changed in the answers, theme by theme."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from assistant.compare.model import AnswerChange, AnswerKind, PartName, Passage, ThemeChanges
from assistant.compare.words import changed_lines, changed_words
from assistant.dossier.model import AnswerEntry, Dossier
from assistant.walk import Mark

Both: TypeAlias = tuple[AnswerEntry | None, AnswerEntry | None]


def compare_themes(before: Dossier, after: Dossier, seen: Collection[str]) -> Iterator[ThemeChanges]:
    """The themes of both, as the later one orders them; `seen`: questions that an earlier version asked."""
    was = {entry.question: entry for theme in before.themes for entry in theme.answers}
    now = {entry.question for theme in after.themes for entry in theme.answers}
    asked: dict[tuple[str, str], list[Both]] = {}
    for theme in after.themes:
        asked[theme.tree, theme.theme] = [(was.get(entry.question), entry) for entry in theme.answers]
    for theme in before.themes:
        gone = [(entry, None) for entry in theme.answers if entry.question not in now]
        asked.setdefault((theme.tree, theme.theme), []).extend(gone)
    titles = {(theme.tree, theme.theme): theme.title for theme in (*before.themes, *after.themes)}
    for key, entries in asked.items():
        changes = [_compare(old, new, before, after, seen) for old, new in entries]
        unchanged = [new for (_, new), change in zip(entries, changes, strict=True) if new and not change]
        if entries:
            yield ThemeChanges(*key, titles[key], tuple(filter(None, changes)), tuple(unchanged))


def _compare(
    old: AnswerEntry | None, new: AnswerEntry | None, before: Dossier, after: Dossier, seen: Collection[str]
) -> AnswerChange | None:
    """None where nothing that is asked or said reads differently."""
    entry = new or old
    if entry is None or old == new:
        return None
    plain = before.answers.get(entry.question), after.answers.get(entry.question)
    passages = tuple(_passages(old, new, *plain))
    asks = changed_words(old.ask, new.ask) if old and new and old.ask != new.ask else ()
    is_said = any(passage.is_changed for passage in passages)
    if old and new and not (asks or is_said):
        return None
    kind = _kind(old, new, is_seen=entry.question in seen, is_other=is_said and plain[0] != plain[1])
    return AnswerChange(entry.question, entry.code, entry.ask, kind, asks, passages)


def _kind(old: AnswerEntry | None, new: AnswerEntry | None, *, is_seen: bool, is_other: bool) -> AnswerKind:
    if new is None:
        return "gone"
    if old is None:
        return "back" if is_seen else "new"
    return "changed" if is_other else "wording"


def _passages(old: AnswerEntry | None, new: AnswerEntry | None, was: Any, now: Any) -> Iterator[Passage]:
    marks = {entry.mark: entry.mark_says for entry in (old, new) if entry}  # a mark is no other for its new words
    before, after = _parts(old, marks), _parts(new, marks)
    for part in {**before, **after}:
        lines, after_lines = before.get(part, ()), after.get(part, ())
        ids = (_ids(old, was, lines), _ids(new, now, after_lines)) if part == "answer" else ((), ())
        if lines or after_lines:
            yield Passage(part, tuple(changed_lines(lines, after_lines, *ids)))


def _parts(entry: AnswerEntry | None, marks: Mapping[Mark, str]) -> dict[PartName, Sequence[str]]:
    if entry is None:
        return {}
    return {
        "answer": entry.lines if entry.mark is Mark.ANSWERED else (*entry.lines, marks[entry.mark]),
        "motivation": _line(entry.motivation),
        "not_applicable": _line(entry.not_applicable),
        "owner": _line(entry.owner),
        "due": _line(entry.due),
        "other_views": entry.other_views,
    }


def _line(text: str) -> Sequence[str]:
    return (text,) if text else ()


def _ids(entry: AnswerEntry | None, plain: Any, lines: Sequence[str]) -> Sequence[str]:
    """By which id each line goes: of a table's rows those of the rows, so that a row stays one when it is edited."""
    if entry is None or not entry.rows:
        return ()
    rows = plain["value"] if isinstance(plain, dict) else plain
    return (*(row["id"] for row in rows), *lines[len(rows) :])
