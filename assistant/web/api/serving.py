"""How an operation is served: what comes in is read, what goes out is marked, the same for all."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, url_for
from flask.typing import RouteCallable
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from assistant.errors import NotFound
from assistant.web.api import doors, problems
from assistant.web.api.answers import Register, WrongPart
from assistant.web.api.openapi import BASE, VERSION
from assistant.web.api.operations import JSON, OPERATIONS, Operation, View


class WrongQuery(BadRequest):
    """Parameters that cannot be used: which, and why not."""

    def __init__(self, errors: Iterable[WrongPart]) -> None:
        super().__init__()
        self.errors = tuple(errors)


def build_blueprint(views: Mapping[str, View]) -> Blueprint:
    """A route for each operation."""
    blueprint = Blueprint("api", __name__, url_prefix=BASE)
    for one in OPERATIONS:
        blueprint.add_url_rule(
            one.rule, one.name, _served(one, views[one.name]), methods=["GET"], provide_automatic_options=False
        )
    return blueprint


def set_up(app: Flask) -> None:
    """Say the version on all that goes out here, and what was wrong; after the handlers of pages."""
    app.register_error_handler(doors.NoToken, lambda error: problems.build_problem(401))
    app.register_error_handler(WrongQuery, lambda error: problems.build_problem(400, error.errors))

    @app.after_request
    def say_version(response: Response) -> Response:
        if problems.is_wanted():
            response.headers["API-Version"] = VERSION
            response.headers.add("Link", f'<{BASE}/openapi.json>; rel="service-desc"')
        return response


def _served(one: Operation, view: View) -> RouteCallable:
    @wraps(view)
    def answer(**path: str) -> Response:
        given: dict[str, Any] = dict(_read_path(one, path))
        query = _read_query(one)
        if one.query:
            given["query"] = query
        _check_wanted(one.answers)
        made = view(**given)
        response = made if isinstance(made, Response) else Response(made.model_dump_json(), content_type=JSON)
        if isinstance(made, Register) and made.next:
            response.headers["Link"] = f'<{made.next}>; rel="next"'
        return mark(response)

    return answer


def mark(response: Response) -> Response:
    """The digest of the bytes, twice; without the bytes when the system has them already."""
    digest = sha256(response.get_data())
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(digest.digest()).decode()}:"
    response.set_etag(digest.hexdigest())
    response.make_conditional(request)
    return response


def _read_path(one: Operation, path: Mapping[str, str]) -> Iterable[tuple[str, Any]]:
    """Malformed and missing look the same."""
    if one.takes is None:
        return ()
    try:
        read = one.takes.model_validate(path)
    except ValidationError:
        raise NotFound(request.path) from None
    if any(str(value) != path[name] for name, value in read):  # 1 is not 01: one address for one thing
        raise NotFound(request.path)
    return read


def _read_query(one: Operation) -> BaseModel | None:
    given = request.args.to_dict()
    twice = [name for name in given if len(request.args.getlist(name)) > 1]
    if twice:
        raise WrongQuery(WrongPart(name=name, says=_("This stands in the address more than once.")) for name in twice)
    if one.query is None:
        if given:
            raise WrongQuery(WrongPart(name=name, says=problems.wrong("extra_forbidden")) for name in given)
        return None
    try:
        return one.query.model_validate(given)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
        parts = [WrongPart(name=str(each["loc"][0]), says=problems.wrong(each["type"])) for each in wrong]
        raise WrongQuery(parts) from None


def _check_wanted(media_types: Iterable[str]) -> None:
    """One of them at least is asked for; which one there is, the address says."""
    asked = request.accept_mimetypes
    if asked and not any(asked.quality(media_type) for media_type in media_types):
        abort(406)


def address(endpoint: str, **values: Any) -> str:
    """The address of something here, without host."""
    return url_for(f"api.{endpoint}", **values)
