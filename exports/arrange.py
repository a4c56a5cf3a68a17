"""The dossier in reading order, the same in PDF and Word: first page first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from assistant.display import shortened
from assistant.dossier import AnswerEntry, Dossier, SignalEntry
from assistant.dossier.model import AlternativeEntry, DeciderPage, RaisedEntry
from exports.paper import Heading, Items, Paper, Part, Text, table, typed

SHORT_ANSWER: Final = 240  # characters, on the decider's one page
SHORT_REASON: Final = 120
SHORT_SIGNAL: Final = 420

_AUDIENCE_WORDS: Final = {"team": "dossier", "decider": "for_decider", "public": "for_public"}


def build_paper(dossier: Dossier) -> Paper:
    """The parts of a dossier for its audience, in reading order."""
    project, words = dossier.project, dossier.words
    about = [words[_AUDIENCE_WORDS[dossier.audience]], project.organisation, dossier.made_on_says]
    about.append(f"{words['phase']}: {project.phase.says}")
    about += [project.number] if project.number else []
    about += [f"{words['version']} {project.version}"] if project.version else []
    parts = _decider_page(dossier, dossier.decider) if dossier.decider else _whole(dossier)
    return Paper(
        title=project.title,
        subtitle=" · ".join(filter(None, about)),
        author=project.organisation,
        language=dossier.language,
        made_on=dossier.made_on,
        one_page=dossier.decider is not None,
        parts=tuple(parts),
    )


def _whole(dossier: Dossier) -> Iterator[Part]:
    for section in (
        _first_page,
        _project,
        _answers,
        _signals,
        _alternatives,
        _not_asked,
        _accountability,
        _sources,
        _limits,
    ):
        yield from section(dossier)


def _first_page(dossier: Dossier) -> Iterator[Part]:
    words = dossier.words
    yield Text(dossier.fixed_sentence, style="box")
    yield Heading(1, words["first_page"])
    yield Text(dossier.outcome.says, style="lead")
    yield Text(dossier.outcome.explains)
    if dossier.project.step:
        yield Text(dossier.project.step)
    if dossier.hand_in:
        yield Items(tuple(("", line) for line in dossier.hand_in.in_words))
    for end in dossier.conclusions:
        doubt = "" if end.certain or end.id == "not_finished" else f" ({words['possible']})"
        yield Text(end.says + doubt, label=f"{end.tree_says}:")
    yield Heading(2, words["matters_most"])
    yield from _most_serious(dossier)
    if dossier.strengths:
        yield Heading(2, words["strengths"])
        yield Items(tuple(("", dossier.signal(id).says) for id in dossier.strengths))
    yield from _open_points(dossier)
    if dossier.to_confirm:
        yield Heading(2, words["to_confirm"])
        yield Text(words["to_confirm_intro"])
        yield Items(tuple(("", question.says) for question in dossier.to_confirm))
    if dossier.other_views:
        yield Heading(2, words["other_views"])
        for view in dossier.other_views:
            yield Text(view.ask, style="label")
            yield from typed(view.view)


def _most_serious(dossier: Dossier, length: int = 0) -> Iterator[Part]:
    signals = [dossier.signal(id) for id in dossier.matters_most]
    texts = [f"{signal.says} {signal.action}".strip() for signal in signals]
    if length:
        texts = [shortened(text, length) for text in texts]
    if signals:
        labels = [f"{_tag(dossier, signal)}:" for signal in signals]
        yield Items(tuple(zip(labels, texts, strict=True)), numbered=True)
    else:
        yield Text(dossier.words["nothing_matters"])


def _open_points(dossier: Dossier) -> Iterator[Part]:
    words = dossier.words
    yield Heading(2, words["open_points"])
    if not dossier.open_points:
        yield Text(words["no_open_points"])
    elif dossier.audience == "public":  # who finds out and when is the team's own affair
        rows = [(point.ask, point.says) for point in dossier.open_points]
        yield from table(words["open_points"], (words["question"], words["open_points"]), rows)
    else:
        header = (words["question"], words["open_points"], words["who"], words["when"])
        points = dossier.open_points
        rows4 = [(point.ask, point.says, point.owner or words["nobody_yet"], point.due) for point in points]
        yield from table(words["open_points"], header, rows4)


def _project(dossier: Dossier) -> Iterator[Part]:
    words, project = dossier.words, dossier.project
    yield Heading(1, words["project"])
    lines = {"title": project.title, "organisation": project.organisation, "number": project.number}
    for key, text in (lines | {"phase": project.phase.says}).items():
        if text:
            yield Text(text, label=f"{words[key]}:")
    if dossier.facts:
        yield Heading(2, words["facts"])
        yield Text(words["facts_intro"])
        yield Items(tuple(("", fact.says) for fact in dossier.facts))


def _answers(dossier: Dossier) -> Iterator[Part]:
    yield Heading(1, dossier.words["answers"])
    for theme in dossier.themes:
        yield Heading(2, theme.title)
        for answer in theme.answers:
            yield Heading(3, answer.ask, code=answer.code)
            yield from _answer(answer, dossier.words)


def _answer(answer: AnswerEntry, words: dict[str, str]) -> Iterator[Part]:
    if answer.rows:
        yield from table(answer.ask, answer.header, answer.rows)
    elif len(answer.lines) == 1:
        yield from typed(answer.lines[0])
    elif answer.lines:
        yield Items(tuple(("", line) for line in answer.lines))
    if answer.not_applicable:
        yield from typed(answer.not_applicable, label=f"{words['not_applicable_because']}:")
    elif answer.mark != "answered":
        yield Text(answer.mark_says, style="note")
    if not answer.certain:
        yield Text(words["only_possibly"], style="note")
    if answer.to_confirm:
        yield Text(answer.to_confirm, style="note")
    yield from typed(answer.motivation, label=f"{words['motivation']}:")
    for view in answer.other_views:
        yield from typed(view, label=f"{words['other_view']}:")


def _signals(dossier: Dossier) -> Iterator[Part]:
    yield Heading(1, dossier.words["signals"])
    if not dossier.signals:
        yield Text(dossier.words["no_signals"])
    by_gate = sorted(dossier.signals, key=lambda signal: signal.gate, reverse=True)  # real_data before pilot
    for _, group in groupby(by_gate, key=lambda signal: signal.gate):
        signals = list(group)
        yield Heading(2, signals[0].gate_says)
        for signal in signals:
            yield from _signal(dossier, signal)


def _signal(dossier: Dossier, signal: SignalEntry) -> Iterator[Part]:
    words = dossier.words
    yield Heading(3, signal.says, code=signal.code, tag=_tag(dossier, signal), weight=signal.level)
    if signal.action:
        yield Text(signal.action, label=f"{words['action']}:")
    if signal.because:
        yield Text("", label=f"{words['because']}:")
        yield Items(tuple((reason.ask, reason.answer) for reason in signal.because), stressed=True)
    if signal.sources:
        yield Text(", ".join(signal.sources), label=f"{words['source']}:")
    if signal.ending:
        yield Text(signal.ending.in_words)
    if signal.superseded_by:
        yield Text(f"{words['superseded']}: {dossier.signal(signal.superseded_by).code}", style="note")
    elif not signal.ending and not signal.counts and signal.level not in ("info", "strength"):
        yield Text(words["counts_later"], style="note")


def _tag(dossier: Dossier, signal: SignalEntry) -> str:
    return _level(signal, dossier.words)


def _level(signal: SignalEntry | RaisedEntry, words: dict[str, str]) -> str:
    doubt = f" ({words['possible']})" if signal.certainty == "possible" else ""
    return signal.level_says + doubt


def _alternatives(dossier: Dossier) -> Iterator[Part]:
    words, weighed = dossier.words, dossier.alternatives
    if not weighed:
        return
    yield Heading(1, words["alternatives"])
    yield from typed(weighed.reason, label=f"{words['why_chosen']}:")
    for one in weighed.laid_aside:
        yield Heading(2, f"{words['alternative']} {name_of(one)}")
        yield from _alternative(one, words)


def name_of(one: AlternativeEntry) -> str:
    """Its number and, where that is known, its title."""
    return f"{one.number}: {one.title}" if one.title else one.number


def _alternative(one: AlternativeEntry, words: dict[str, str]) -> Iterator[Part]:
    if one.stands_says:
        yield Text(one.stands_says)
    if one.differing:
        header = (words["question"], words["this_dossier"], words["alternative"])
        yield Text(words["answered_otherwise"], style="label")
        rows = [(each.ask, each.ours, each.theirs) for each in one.differing]
        yield from table(f"{words['answered_otherwise']}: {name_of(one)}", header, rows)
        if one.more_differing:
            yield Text(words["and_more"].format(n=one.more_differing), style="note")
    yield from _raised(words["raised_there"], one.raised_there, one.more_there, words)
    yield from _raised(words["raised_here"], one.raised_here, one.more_here, words)


def _raised(title: str, signals: Iterable[RaisedEntry], more: int, words: dict[str, str]) -> Iterator[Part]:
    items = [(f"{_level(signal, words)}:", signal.says) for signal in signals]
    if items:
        yield Text(title, style="label")
        yield Items((*items, *([("", words["and_more"].format(n=more))] if more else [])))


def _not_asked(dossier: Dossier) -> Iterator[Part]:
    words = dossier.words
    if dossier.later:
        yield Heading(1, words["later"])
        yield Text(words["later_intro"])
        yield Items(tuple(("", question.says) for question in dossier.later))
    if dossier.set_aside:
        yield Heading(1, words["set_aside"])
        for entry in dossier.set_aside:
            yield Text(entry.ask, style="label")
            yield from typed(entry.reason)
    if dossier.not_asked:
        yield Heading(1, words["not_asked"])
        left_out = [(f"{e.title}:", ", ".join(filter(None, (e.says, e.because)))) for e in dossier.not_asked]
        yield Items(tuple(left_out))


def _accountability(dossier: Dossier) -> Iterator[Part]:
    words = dossier.words
    yield Heading(1, words["accountability"])
    yield Text(dossier.edition.hash, label=f"{words['edition']}:")
    yield Text(dossier.answers_hash, label=f"{words['answers_hash']}:")
    if dossier.edition.thresholds:
        yield Heading(2, words["thresholds"])
        yield Items(tuple(("", threshold.says) for threshold in dossier.edition.thresholds))


def _sources(dossier: Dossier) -> Iterator[Part]:
    if dossier.sources:
        yield Heading(1, dossier.words["sources"])
        for source in dossier.sources:
            says = f"{source.title}. {source.says} {source.where} ({source.certainty_says})"
            yield Text(says, label=source.key, style="small")


def _limits(dossier: Dossier) -> Iterator[Part]:
    yield Heading(1, dossier.words["limits"])
    yield Items(tuple(("", limit) for limit in dossier.limits))
    yield Text(dossier.credits)


def _decider_page(dossier: Dossier, page: DeciderPage) -> Iterator[Part]:
    words = dossier.words
    yield Heading(1, words["the_question"])
    yield from _in_short(page.question)
    yield Heading(1, words["does_to_people"])
    yield from _in_short(page.people)
    yield Heading(1, words["matters_most"])
    yield Text(dossier.outcome.explains, label=f"{dossier.outcome.says}.")
    yield from _most_serious(dossier, SHORT_SIGNAL)
    if dossier.other_views:
        yield Heading(1, words["other_views"])
        yield Items(tuple((view.ask, view.view) for view in dossier.other_views))
    yield Heading(1, words["asked"])
    yield from _in_short(page.asked)
    if dossier.alternatives:
        which = shortened(", ".join(map(name_of, dossier.alternatives.laid_aside)), SHORT_REASON)
        yield Text(f"{which}. {dossier.alternatives.reason}", label=f"{words['alternatives']}:")
    yield Text(dossier.fixed_sentence, style="box")
    yield Text(" ".join((*dossier.limits, dossier.credits)), style="small")


def _in_short(answers: Iterable[AnswerEntry]) -> Iterator[Part]:
    for answer in answers:
        said = shortened(", ".join(answer.lines), SHORT_ANSWER) or answer.mark_says
        reason = shortened(answer.motivation or answer.not_applicable, SHORT_REASON)
        full_stop = "" if said.endswith((".", "?", "!", "…")) else "."
        yield Text(f"{said}{full_stop} {reason}" if reason else said, label=answer.ask)
