"""Asking: the page with one question or a theme of them, and taking what comes back. Same for scan and dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assistant.answers import NO_ANSWER, Answer, Problem, answers_after, clean_text, without_meta
from assistant.dossier import answer_text
from assistant.errors import Conflict, Unavailable
from assistant.store.answers import EDITION
from assistant.store.drafts import Draft, forget_draft
from assistant.trees.model import Question
from assistant.walk import Mark, Step, Walk
from assistant.web.forms import SHOW
from assistant.web.languages import the_language
from assistant.web.news import build_strip, keep_news, news_of, take_news
from assistant.web.personal import found_in, texts_of
from assistant.web.question_form import Posted, Shown, read_posted, show_answer, show_proposal
from assistant.web.shell import the_shell
from assistant.web.team.alike import DESCRIPTION, FIND, find_for
from assistant.web.team.work import DossierWork, Work
from assistant.web.who import the_person
from assistant.words import problem_text

PARTS = ("value", "motivation")  # of an answer, that two people may have changed apart
THEIRS = "theirs"
ADD_ROW = "add_row"  # a button that saves nothing, as SHOW


@dataclass(frozen=True)
class Notice:
    """What went wrong with the whole page."""

    title: str
    text: str


@dataclass(frozen=True)
class Clash:
    """An answer that somebody else saved in the meantime, in words."""

    question: str
    ask: str
    theirs: str
    their_motivation: str
    parts: tuple[str, ...]  # where yours says something else: value, motivation


def shown_steps(work: Work, steps: Sequence[Step]) -> list[Shown]:
    """The fields of these questions as they are saved, or with what earlier answers propose."""
    language, way = the_language(), work.way
    found = []
    for step in steps:
        shown = show_answer(step.question, step.answer, language)
        proposal = way.proposal(step.question.id) if step.mark is Mark.MISSING else None
        if proposal:
            asks = tuple(work.edition.questions[id].ask[language] for id in proposal.because)
            shown = show_proposal(shown, proposal.value, asks, language)
        found.append(shown)
    return found


def ask(
    work: Work,
    steps: Sequence[Step],
    template: str,
    *,
    shown: Sequence[Shown] | None = None,
    notice: Notice | None = None,
    clashes: Sequence[Clash] = (),
    draft: Draft | None = None,
    status: int = 200,
) -> tuple[str, int, dict[str, str]]:
    """A page with the fields of these questions. `shown` keeps what somebody typed."""
    language, way = the_language(), work.way
    shown = shown_steps(work, steps) if shown is None else shown
    page = render_template(
        template,
        work=work,
        way=way,
        steps=steps,
        shown=shown,
        notice=notice,
        clashes=clashes,
        draft=draft,
        has_errors=any(one.errors for one in shown),
        strip=build_strip(take_news(work.key), way, language) if status == 200 and request.method == "GET" else None,
        why_asked={
            step.question.id: [work.edition.questions[id].ask[language] for id in way.why_asked(step.question.id)]
            for step in steps
        },
        previous=_previous(work, way, steps[0]) if steps else work.home_url,
        back=request.values.get("back", ""),
        theme=work.edition.homes[steps[0].question.id][1] if steps else None,
        place=_place(work, way, steps),
        alike=find_for(work, shown) if status == 200 else None,
        can_find_alike=isinstance(work, DossierWork) and [one.question.id for one in shown] == [DESCRIPTION],
    )
    return page, status, {"Retry-After": "5"} if status == 503 else {}


def _previous(work: Work, way: Walk, step: Step) -> str:
    ids = [one.question.id for one in way.steps]
    here = ids.index(step.question.id) if step.question.id in ids else 0
    return work.question_url(ids[here - 1]) if here else work.home_url


def _place(work: Work, way: Walk, steps: Sequence[Step]) -> tuple[int, int, int]:
    """This is question n of the theme, and between a and b are left in it (this one included)."""
    if not steps:
        return 0, 0, 0
    theme = [s for s in way.steps if (s.tree, s.theme) == (steps[0].tree, steps[0].theme)]
    ids = [s.question.id for s in theme]
    here = ids.index(steps[0].question.id) + 1 if steps[0].question.id in ids else 1
    return here, len(ids), sum(s.mark is Mark.MISSING for s in theme)


def take(work: Work, steps: Sequence[Step], template: str, here: str) -> Response | tuple[str, int, dict[str, str]]:
    """Take what was posted: save it and go on, or show the page again with everything still in it."""
    posted = [_read(step.question, work.answer(step.question.id)) for step in steps]
    do = request.form.get("do", "save").partition(":")[0]
    if do in (SHOW, ADD_ROW, FIND):
        return ask(work, steps, template, shown=[replace(one.shown, errors={}) for one in posted])
    if here:
        posted = [_untouched(one, step) for one, step in zip(posted, steps, strict=True)]
    shown = [one.shown for one in posted]
    if any(one.shown.errors for one in posted):
        return ask(work, steps, template, shown=shown, status=422)
    changes = {one.shown.question.id: (one.rev, one.answer) for one in posted if one.answer is not None}
    try:
        work.save(changes)
    except Conflict as conflict:
        if EDITION in conflict.questions and isinstance(work, DossierWork):
            return _moved(work, steps, template)
        return _clash(work, steps, template, posted, conflict)
    except Unavailable:
        notice = Notice(
            _("Not saved yet"),
            _("Saving did not work just now. Everything you typed is still here. Wait a moment and save again."),
        )
        return ask(work, steps, template, shown=shown, notice=notice, status=503)
    return _go_on(work, changes, steps, here)


def _part(part: str, answer: Answer) -> object:
    if part == "motivation":
        return answer.motivation
    return answer.value, answer.unsure, answer.not_applicable


def _read(question: Question, saved: Answer) -> Posted:
    """What came back. After a conflict somebody chooses part by part: theirs, as it is saved, or their own."""
    form, id = request.form.copy(), question.id
    theirs = {
        part for part in PARTS if form.get(f"{id}-keep-{part}") == THEIRS and form.get(f"{id}-rev") == f"{saved.rev}"
    }
    if "motivation" in theirs:
        form[f"{id}-motivation"] = saved.motivation
    posted = read_posted(question, form, the_language(), saved)
    return _with_their_value(posted, saved) if "value" in theirs else posted


def _with_their_value(posted: Posted, saved: Answer) -> Posted:
    """Their answer with the explanation that was posted; what is wrong with the answer in the form is no matter."""
    typed, language = posted.shown, the_language()
    errors = {part: text for part, text in typed.errors.items() if part == "motivation"}
    answer = replace(without_meta(saved), motivation=clean_text(typed.motivation))
    if answer.has_value and typed.question.motivation == "required" and not answer.motivation:
        errors = {"motivation": problem_text(Problem("motivation_missing"), language)}
    shown = replace(
        show_answer(typed.question, saved, language), motivation=typed.motivation, was=typed.was, errors=errors
    )
    return Posted(shown, None if errors else answer, posted.rev)


def _untouched(posted: Posted, step: Step) -> Posted:
    """In a whole theme what nobody touched is left as it is saved; also when somebody else saved it meanwhile."""
    shown, (do, _, pressed) = posted.shown, request.form.get("do", "").partition(":")
    if pressed == step.question.id or ((do, pressed) == ("confirm", "") and step.to_confirm):
        return posted
    if shown.is_untouched or (step.mark is Mark.MISSING and shown.is_empty):
        return Posted(replace(shown, errors={}), None, posted.rev)
    same = posted.answer is None and step.mark in (Mark.UNSURE, Mark.NOT_APPLICABLE) and not shown.value
    if same and shown.not_applicable.strip() == step.answer.not_applicable:
        kept = replace(without_meta(step.answer), motivation=shown.motivation.strip())
        return Posted(replace(shown, errors={}), kept, posted.rev)
    return posted


def _clash(
    work: Work, steps: Sequence[Step], template: str, posted: Sequence[Posted], conflict: Conflict
) -> tuple[str, int, dict[str, str]]:
    """Both texts on one page: theirs to read, yours still in the form, saved over theirs only if you say so."""
    language = the_language()
    now = DossierWork.open(work.kept.id) if isinstance(work, DossierWork) else work
    clashes, kept = [], []
    posted_by = {one.shown.question.id: one.answer for one in posted}
    for one in (each.shown for each in posted):
        id = one.question.id
        theirs = now.answer(id)
        if id in conflict.questions:
            words = answer_text(one.question, theirs, language)
            mine = posted_by[id]
            parts = [part for part in PARTS if mine is None or _part(part, mine) != _part(part, theirs)]
            clashes.append(Clash(id, one.question.ask[language], words, theirs.motivation, tuple(parts)))
            one = replace(one, rev=theirs.rev)
        kept.append(one)
    return ask(work, steps, template, shown=kept, clashes=clashes, status=409)


def _moved(work: DossierWork, steps: Sequence[Step], template: str) -> tuple[str, int, dict[str, str]]:
    """The questions were replaced while this was sent: the same page as they now are, with what was typed."""
    now = DossierWork.open(work.kept.id)
    found = [step for one in steps if (step := now.way.step(one.question.id))]
    work, steps = (now, found) if found else (work, steps)
    shown = [replace(_read(step.question, work.answer(step.question.id)).shown, errors={}) for step in steps]
    notice = Notice(
        _("Not saved yet"),
        _("Somebody just moved the dossier to a newer edition. Look at the question as it is now and save again."),
    )
    return ask(work, steps, template, shown=shown, notice=notice, status=409)


def _go_on(work: Work, changes: dict[str, tuple[int, Answer]], steps: Sequence[Step], here: str) -> Response:
    """Redirect to what comes next, and let the next page tell what the answers did."""
    if "drafted" in request.form and isinstance(work, DossierWork):
        forget_draft(the_shell().engine, the_person().id, work.kept.id, steps[-1].question.id)
    answers = answers_after(work.answers, {id: answer for id, (_, answer) in changes.items()})
    before, after = work.way, work.walk_with(answers)
    last = steps[-1].question.id
    asked = work.edition.questions
    personal = [
        found for id, (_, answer) in changes.items() for found in found_in(asked[id], texts_of(asked[id], answer))
    ]
    keep_news(work.key, replace(news_of(last, before, after, answers), personal=tuple(personal)))
    session["saved"] = isinstance(work, DossierWork)  # a scan is kept nowhere
    back = request.form.get("back", "")
    next_question = after.after(last)
    theme = (steps[-1].tree, steps[-1].theme)
    if isinstance(work, DossierWork) and _asks_who(before, after, theme):
        return redirect(work.open_points_url(*theme))
    asked_before = set(before.path)
    came = [id for id in after.path if id not in asked_before and answers.get(id, NO_ANSWER).is_missing]
    if back == "check" and not came:
        return redirect(work.end_url)
    if here and next_question and work.edition.homes[next_question][1].id == steps[-1].theme and len(steps) > 1:
        return redirect(here)
    return redirect(work.question_url(next_question) if next_question else work.end_url)


def _asks_who(before: Walk, after: Walk, theme: tuple[str, str]) -> bool:
    """A theme was just finished, and something in it is not known yet: ask once who finds out."""

    def missing(way: Walk) -> int:
        return sum(s.mark is Mark.MISSING for s in way.steps if (s.tree, s.theme) == theme)

    in_theme = {s.question.id for s in after.steps if (s.tree, s.theme) == theme}
    unowned = any(point.question in in_theme and not point.owner for point in after.open_points)
    return missing(before) > 0 and missing(after) == 0 and unowned


def refuse_token(work: Work, steps: Sequence[Step], template: str) -> tuple[str, int, dict[str, str]]:
    """The page again after its token was refused: nothing was saved, nothing typed is lost."""
    shown = [
        read_posted(step.question, request.form, the_language(), work.answer(step.question.id)).shown for step in steps
    ]
    notice = Notice(
        _("Not saved yet"),
        _("This page was open for a long time, or your browser restarted. Check your answer and save again."),
    )
    return ask(work, steps, template, shown=[replace(one, errors={}) for one in shown], notice=notice, status=400)
