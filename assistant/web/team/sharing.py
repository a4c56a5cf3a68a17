"""An example for others: the owner chooses what goes along, looks at what may point at somebody, and sends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField

from assistant.answers import check_text
from assistant.errors import Conflict, NotFound
from assistant.sharing.build import build_example, letter_through
from assistant.sharing.draft import OWN, Along, Draft, fingerprint
from assistant.sharing.hits import Hit, Known, find_hits, open_hits
from assistant.sharing.model import Example
from assistant.sharing.origin import Origin, Original
from assistant.sharing.read import without_odd
from assistant.store.shared import APPROVED, SENT, Shared, find_shared, save_draft, send, take_back
from assistant.web.files import build_attachment
from assistant.web.forms import clean, line_field, text_field, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.downloads import plain_name
from assistant.web.team.sharing_origin import find_known, find_origin
from assistant.web.team.work import DossierWork
from assistant.web.who import signed
from assistant.words import problem_text
from exports import to_example

UNKEPT = "00000000-0000-4000-8000-000000000000"  # stands where the key stands, before anything was kept

blueprint = Blueprint("sharing", __name__)


class ExampleForm(FlaskForm):  # type: ignore[misc]
    """What is written for the example itself."""

    title = line_field()
    about = text_field()
    learned = text_field()
    is_named = BooleanField()


@dataclass(frozen=True)
class Group:
    """A theme with typed texts: how many there are, how many go along, how many are to be looked at."""

    id: str
    title: str
    texts: int
    goes: int
    found: int


@dataclass(frozen=True)
class Sharing:
    """The example of one dossier, as far as it is."""

    work: DossierWork
    shared: Shared
    origin: Origin | None = field(repr=False)

    @staticmethod
    def open(id: str) -> Sharing:
        """As it was last kept."""
        work = DossierWork.open(id)
        return Sharing(work, find_shared(the_shell().engine, id), find_origin(work))

    @property
    def source(self) -> Origin:
        """What it is made of. Raises NotFound when there is nothing yet."""
        if self.origin is None:
            raise NotFound(self.work.key)
        return self.origin

    @cached_property
    def known(self) -> Known:
        """What no text that goes along may name."""
        return find_known(self.work, self.shared.draft)

    @cached_property
    def hits(self) -> Mapping[str, list[Hit]]:
        """What is still to be looked at, by text."""
        return open_hits(self.source, self.shared.draft, self.known)

    @property
    def example(self) -> Example:
        """As it was sent, or as it would be sent now."""
        if self.shared.example:
            return self.shared.example
        return build_example(self.source, self.shared.draft, self.shared.key or UNKEPT, self.shared.next_issue)

    @property
    def groups(self) -> Iterator[Group]:
        """The themes with typed texts."""
        let = letter_through(self.source, self.shared.draft)
        for id, originals in self.source.groups.items():
            keys = [one.key for one in originals]
            goes, found = sum(bool(let(key)) for key in keys), sum(key in self.hits for key in keys)
            yield Group(id, originals[0].title, len(keys), goes, found)

    def url_of(self, key: str) -> str:
        """Where a text is changed, from the page of the example."""
        if key in OWN:
            return f"#{key}"
        group = self.source.texts[key].group
        return f"{url_for('sharing.texts', id=self.work.key, group=group)}#text-{key}"


@dataclass
class Typed:
    """A typed text of the dossier on its form."""

    original: Original
    text: str
    goes: bool
    hits: list[Hit] = field(default_factory=list)
    is_cleared: bool = False
    error: str = ""


@blueprint.route("/dossiers/<id>/example", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """What it is called, what it says to outsiders, and what is still to be done."""
    sharing = Sharing.open(id)
    draft = sharing.shared.draft
    form = ExampleForm(data={"title": draft.title, "about": draft.about, "learned": draft.learned,
                             "is_named": draft.is_named})  # fmt: skip
    if was_sent() and sharing.source and form.validate():
        if _save(sharing, _own_texts(draft, form)):
            return redirect(url_for("sharing.page", id=id))
        return _show(sharing, form, 409, is_stale=True)
    return _show(sharing, form, 422 if form.errors else 200)


@blueprint.route("/dossiers/<id>/example/texts/<group>", methods=["GET", "POST"])
def texts(id: str, group: str) -> ResponseReturnValue:
    """The typed texts of one theme, each to be switched on and rewritten."""
    sharing = Sharing.open(id)
    originals = sharing.source.groups.get(group) or abort(404)
    posted = request.method == "POST"
    rows = [_read(sharing, one) if posted else _stored(sharing, one) for one in originals]
    is_wrong, is_stale = any(row.error for row in rows), False
    if was_sent() and not is_wrong:
        is_stale = not _save(sharing, _with_texts(sharing.shared.draft, rows))
        if not is_stale:
            return redirect(url_for("sharing.texts", id=id, group=group))
    given = {"work": sharing.work, "sharing": sharing, "rows": rows, "group": group, "is_stale": is_stale}
    return render_template("sharing/texts.html", **given), 409 if is_stale else 422 if is_wrong else 200


@blueprint.get("/dossiers/<id>/example/page")
def preview(id: str) -> str:
    """Everything that others would read, and nothing else."""
    sharing = Sharing.open(id)
    example = sharing.example
    return render_template(
        "sharing/preview.html", work=sharing.work, example=example, words=to_example.words_of(example)
    )


@blueprint.post("/dossiers/<id>/example/send")
def hand_over(id: str) -> ResponseReturnValue:
    """To the officers; not as long as something is to be looked at."""
    sharing = Sharing.open(id)
    draft = sharing.shared.draft
    if sharing.hits or not draft.title:
        form = ExampleForm(formdata=None, data=draft.model_dump())
        return _show(sharing, form, 422, is_refused=True)
    try:
        send(the_shell().engine, id, _rev(), sharing.example, signed=signed())
    except Conflict:
        return _stale(sharing)
    session["saved"] = True
    return redirect(url_for("sharing.page", id=id))


@blueprint.post("/dossiers/<id>/example/back")
def back(id: str) -> ResponseReturnValue:
    """Take it back: no longer with the officers, no longer approved, no longer in the library."""
    try:
        take_back(the_shell().engine, id, _rev(), signed=signed())
    except Conflict:
        return _stale(Sharing.open(id))
    session["saved"] = True
    return redirect(url_for("sharing.page", id=id))


@blueprint.get("/dossiers/<id>/example/file")
def file(id: str) -> Response:
    """The file, once it is approved."""
    return build_file(find_shared(the_shell().engine, id), id)


def build_file(shared: Shared, id: str) -> Response:
    """An approved example to save. Raises NotFound before that."""
    if shared.state != APPROVED or shared.example is None:
        raise NotFound(id)
    name = f"{plain_name(shared.example.title)}.html"
    return build_attachment(to_example.render(shared.example), to_example.MEDIA_TYPE, name)


def _show(
    sharing: Sharing, form: ExampleForm, status: int, *, is_refused: bool = False, is_stale: bool = False
) -> ResponseReturnValue:
    shared = sharing.shared
    shown = render_template(
        "sharing/page.html",
        work=sharing.work,
        sharing=sharing,
        shared=shared,
        form=form,
        is_refused=is_refused,
        is_stale=is_stale,
        sha=to_example.fingerprint(shared.example) if shared.state == APPROVED and shared.example else "",
        is_out=shared.state in (SENT, APPROVED),
        found={key: find_hits(getattr(shared.draft, key), sharing.known) for key in OWN},
        cleared={key for key in OWN if _is_cleared(shared.draft, key, getattr(shared.draft, key))},
    )
    return shown, status


def _stale(sharing: Sharing) -> ResponseReturnValue:
    return _show(sharing, ExampleForm(formdata=None, data=sharing.shared.draft.model_dump()), 409, is_stale=True)


def _save(sharing: Sharing, draft: Draft) -> bool:
    """Whether it could be kept: False when somebody else changed the example since its form was shown."""
    try:
        save_draft(the_shell().engine, sharing.work.key, _rev(), draft, signed=signed())
    except Conflict:
        return False
    session["saved"] = True
    return True


def _own_texts(draft: Draft, form: ExampleForm) -> Draft:
    new = {key: without_odd(form[key].data or "") for key in OWN}
    cleared = {key: hash for key, hash in draft.cleared.items() if key not in OWN}
    for key in OWN:
        if _says_cleared(key, new[key], getattr(draft, key)):
            cleared[key] = fingerprint(new[key])
    return draft.model_copy(update={**new, "is_named": bool(form.is_named.data), "cleared": cleared})


def _with_texts(draft: Draft, rows: list[Typed]) -> Draft:
    keys = {row.original.key for row in rows}
    texts = {key: along for key, along in draft.texts.items() if key not in keys}
    cleared = {key: hash for key, hash in draft.cleared.items() if key not in keys}
    for row in rows:
        if row.goes:
            texts[row.original.key] = Along(text=row.text, of=fingerprint(row.original.text))
            if row.is_cleared:
                cleared[row.original.key] = fingerprint(row.text)
    return draft.model_copy(update={"texts": texts, "cleared": cleared})


def _stored(sharing: Sharing, original: Original) -> Typed:
    along = sharing.shared.draft.texts.get(original.key)
    goes = along is not None and along.of == fingerprint(original.text)
    text = along.text if along and goes else original.text
    hits = find_hits(text, sharing.known) if goes else []
    return Typed(original, text, goes, hits, _is_cleared(sharing.shared.draft, original.key, text))


def _read(sharing: Sharing, original: Original) -> Typed:
    key, old = original.key, _stored(sharing, original)
    raw = request.form.get(f"text-{key}", original.text)
    problems = check_text(raw)
    text = without_odd(clean(raw)) if not problems else raw
    goes = f"goes-{key}" in request.form and bool(text)
    is_cleared = _says_cleared(key, text, old.text if old.goes else "")
    error = problem_text(problems[0], the_language()) if problems else ""
    return Typed(original, text, goes, old.hits if text == old.text else [], is_cleared, error)


def _says_cleared(key: str, text: str, before: str) -> bool:
    """Ticked, and of the text that the page showed: of another one nobody saw what was found."""
    return f"cleared-{key}" in request.form and bool(text) and text == before


def _is_cleared(draft: Draft, key: str, text: str) -> bool:
    return draft.cleared.get(key) == fingerprint(text)


def _rev() -> int:
    rev = request.form.get("rev", "")
    return int(rev) if rev.isdecimal() and len(rev) < 10 else -1
