"""What each operation answers, from what the store keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, abort
from flask_babel import gettext as _

import exports
from assistant.dossier.read import read_dossier
from assistant.errors import NotFound
from assistant.store.access_tokens import Scope
from assistant.store.advices import PART, list_advices
from assistant.store.chain import write_time
from assistant.store.conditions import Condition, list_conditions
from assistant.store.decisions import list_decisions
from assistant.store.published import (
    Published,
    find_published,
    find_published_version,
    list_published,
    list_published_versions,
)
from assistant.store.redactions import Redaction, list_redactions
from assistant.store.register import LINE, Wanted
from assistant.store.versions import Version
from assistant.web.api.answers import (
    AdviceEntry,
    ConditionEntry,
    DecisionEntry,
    DossierRecord,
    Listed,
    Query,
    RedactionEntry,
    Register,
    VersionEntry,
    VersionFile,
    WrongPart,
)
from assistant.web.api.doors import the_token
from assistant.web.api.openapi import build_document
from assistant.web.api.operations import FILES, JSON, View
from assistant.web.api.serving import WrongQuery, address, build_blueprint
from assistant.web.files import build_attachment
from assistant.web.shell import the_shell
from assistant.web.team.downloads import attachment
from assistant.web.team.onward import build_draft
from exports import to_pdf
from exports.onward import DRAFTS


def openapi() -> Response:
    """The document that describes all this."""
    return Response(json.dumps(build_document(the_shell().settings), ensure_ascii=False), content_type=JSON)


def register(query: Query) -> Register:
    """A page of it, with the address of the next."""
    wanted = Wanted(query.state or "", query.domain or "", query.decision or "", query.q or "")
    changed_at, _mark, id = (query.after or "").partition("_")
    after = (changed_at, id) if id else None
    found = list_published(the_shell().engine, wanted, query.limit + 1, _since(query.changed_since), after)
    page = found[: query.limit]
    following = None
    if len(found) > query.limit:
        asked = query.model_dump(exclude_unset=True, exclude={"after"})
        following = address("register", **asked, after=f"{page[-1].changed_at}_{page[-1].id}")
    return Register(entries=tuple(Listed(**_listed(one)) for one in page), next=following)


def dossier(dossier: str) -> DossierRecord:
    """Where it stands, and what was said of it."""
    engine = the_shell().engine
    found = find_published(engine, dossier)
    return DossierRecord(
        **_listed(found),
        versions=_versions(dossier),
        advices=_advices(dossier),
        decisions=_decisions(dossier),
    )


def version(dossier: str, number: int) -> Response:
    """The very bytes that were frozen."""
    return Response(find_published_version(the_shell().engine, dossier, number).body, content_type=JSON)


def file(dossier: str, number: int, format: str) -> Response:
    """As people download it from the page of a version."""
    found = find_published_version(the_shell().engine, dossier, number)
    made, name = read_dossier(found.body), next(key for key, one in exports.FORMATS.items() if one is FILES[format])
    if not exports.is_ready(name):
        raise NotFound(format)
    return attachment(made, name, to_pdf.render(made, archive=True) if format == "pdf" else None)


def draft(dossier: str, number: int, draft: str, format: str) -> Response:
    """As the officer downloads it, for any version. What a team plans beside its answers is left out."""
    wanted = DRAFTS[draft].get(format)
    found = find_published_version(the_shell().engine, dossier, number)
    if wanted is None:
        abort(404)
    made = read_dossier(found.body)
    body = wanted.render(build_draft(made, draft, dossier, made.language, with_plans=False))
    return build_attachment(body, wanted.media_type, f"{made.project.number}-{draft}.{format}")


VIEWS: Final[dict[str, View]] = {
    "openapi": openapi,
    "register": register,
    "dossier": dossier,
    "version": version,
    "file": file,
    "draft": draft,
}
blueprint = build_blueprint(VIEWS)


def _listed(one: Published) -> dict[str, Any]:
    """As the models want it: empty is null."""
    is_line = one.state == LINE
    names = ("number", "phase", "domain", "outcome", "advice", "decision", "owner", "reference", "look_again")
    may_follow = not is_line and the_token().opens(Scope.DOSSIERS)
    return {
        **{name: getattr(one, name) or None for name in names},
        "kind": LINE if is_line else "dossier",
        "id": one.id,
        "title": one.title,
        "state": None if is_line else one.state,
        "changed_at": one.changed_at,
        "href": address("dossier", dossier=one.id) if may_follow else None,
    }


def _versions(dossier: str) -> tuple[VersionEntry, ...]:
    engine = the_shell().engine
    redacted = list_redactions(engine, dossier)
    found = list_published_versions(engine, dossier)
    return tuple(_version(one, [each for each in redacted if each.number == one.number]) for one in found)


def _redaction(one: Redaction) -> RedactionEntry:
    return RedactionEntry(at=write_time(one.at), sha256_before=one.old_hash, sha256_after=one.new_hash)


def _version(one: Version, redacted: Iterable[Redaction]) -> VersionEntry:
    place = {"dossier": one.dossier, "number": one.number}
    files = [(address("file", **place, format=key), made.media_type) for key, made in FILES.items()]
    files += [
        (address("draft", **place, draft=kind, format=key), made.media_type)
        for kind, formats in DRAFTS.items()
        for key, made in formats.items()
    ]
    return VersionEntry.model_validate(
        {
            "number": one.number,
            "sha256": one.hash,
            "redacted": tuple(map(_redaction, redacted)),
            "handed_in_at": write_time(one.made_at),
            "ended_as": one.ended_as or None,
            "ended_at": one.ended_at or None,
            "href": address("version", **place),
            "files": tuple(VersionFile(href=href, media_type=kind.partition(";")[0]) for href, kind in files),
        }
    )


def _advices(dossier: str) -> tuple[AdviceEntry, ...]:
    conditions = list_conditions(the_shell().engine, dossier)
    return tuple(
        AdviceEntry.model_validate(
            {
                "kind": one.kind,
                "outcome": one.outcome,
                "motivation": one.motivation,
                "function": one.function or None,
                "given_at": write_time(one.at),
                "version": one.number,
                "version_sha256": one.version_hash,
                "again_on": one.again_on or None,
                "conditions": tuple(_condition(each) for each in conditions if each.advice == one.id),
            }
        )
        for one in list_advices(the_shell().engine, dossier)
        if one.is_given and one.kind != PART
    )


def _condition(one: Condition) -> ConditionEntry:
    said = {"text": one.text, "owner": one.owner or None, "due": one.due or None, "done_at": one.done_at or None}
    return ConditionEntry.model_validate(said)


def _decisions(dossier: str) -> tuple[DecisionEntry, ...]:
    names = ("outcome", "decided_by", "decided_on", "departs", "reason", "reference", "look_again")
    emptied = ("reason", "reference", "look_again")
    return tuple(
        DecisionEntry.model_validate(
            {name: (getattr(one, name) or None) if name in emptied else getattr(one, name) for name in names}
        )
        for one in list_decisions(the_shell().engine, dossier)
    )


def _since(moment: str | None) -> str:
    """As the store writes moments. Raises WrongQuery for one that is on no calendar or clock."""
    try:
        return write_time(datetime.fromisoformat(moment)) if moment else ""
    except ValueError:
        raise WrongQuery([WrongPart(name="changed_since", says=_("This is no moment on the calendar."))]) from None
    except OverflowError:  # the first or last day there is, seen from elsewhere on earth
        return write_time((datetime.min if str(moment) < "5" else datetime.max).replace(tzinfo=UTC))
