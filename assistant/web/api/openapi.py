"""The OpenAPI 3.1 document: made of the operations and of the models that make the answers, never kept by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assistant.settings import Settings
from assistant.trees.model import LANGUAGES
from assistant.web.api import problems
from assistant.web.api.answers import Problem
from assistant.web.api.operations import JSON, OPERATIONS, Operation

VERSION: Final = "1.0.0"  # of the interface: semantic versioning; the first part stands in the address
BASE: Final = "/api/v1"
_REF: Final = "#/components/schemas/{model}"
_ABOUT: Final = (
    "Read-only. What officers read: dossiers that were handed in, by version, and the register. Never what a team is "
    "writing. People stand in it by function. Every operation answers HEAD too. Fields may be added; none is "
    "changed or taken away within v1."
)
_WRONG: Final = {
    "400": "A parameter is wrong or unknown.",
    "401": "No token, or none that works.",
    "404": "Not there, or not for this token: the same answer.",
    "406": "None of the formats that the header Accept asks for.",
    "429": "Too many wrong tokens from this network.",
    "500": "Something went wrong on our side.",
    "503": "The database, or all places where files are made, are busy.",
}
_TEXT: Final = {"type": "string"}
_HEADERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "API-Version": ("The version of this interface.", _TEXT),
    "ETag": ("Strong. Send it as If-None-Match: 304 when nothing changed.", _TEXT),
    "Repr-Digest": ("SHA-256 of the bytes, as RFC 9530 writes it.", _TEXT),
    "Link": ("The next page (rel=next), and this document (rel=service-desc).", _TEXT),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 1}),
    "WWW-Authenticate": ("Bearer.", _TEXT),
}


@lru_cache(maxsize=4)
def build_document(settings: Settings) -> dict[str, Any]:
    """The document of this installation; an installation without an address of its own is named relatively."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Ethical Review Assistant",
            "version": VERSION,
            "description": _ABOUT,
            "contact": {"name": "The administrator of this installation", "url": f"{settings.base_url}/en/about"},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": f"{settings.base_url}{BASE}"}],
        "security": [{"token": []}],
        "tags": [{"name": "read", "description": "What can be fetched."}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {
            "schemas": _schemas(),
            "headers": {name: {"description": says, "schema": kind} for name, (says, kind) in _HEADERS.items()},
            "responses": {code: _problem(code) for code in _WRONG},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made by your administrator, agreed to by an officer; begins with era_api_.",
                }
            },
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    wrong = [code for code in _WRONG if _may_be(one, code)]
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "tags": ["read"],
        "parameters": [*_parameters(one)],
        "responses": {
            "200": _found(one),
            "304": {
                "description": "Not changed since the ETag sent along.",
                "headers": _headers("API-Version", "ETag"),
            },
            **{code: {"$ref": f"#/components/responses/{code}"} for code in wrong},
        },
    }
    return found if one.scope else {**found, "security": []}


def _may_be(one: Operation, code: str) -> bool:
    match code:
        case "401" | "429":
            return one.scope is not None
        case "404":
            return one.takes is not None
        case _:
            return True


def _found(one: Operation) -> dict[str, Any]:
    return {
        "description": one.summary,
        "headers": _headers("API-Version", "ETag", "Repr-Digest", "Link"),
        "content": {media_type: {"schema": _schema(media_type, model)} for media_type, model in one.answers.items()},
    }


def _schema(media_type: str, model: type[BaseModel] | None) -> dict[str, Any]:
    if model:
        return {"$ref": _REF.format(model=model.__name__)}
    return {"type": "object"} if media_type == JSON else {}


def _problem(code: str) -> dict[str, Any]:
    names = ["API-Version"]
    names += ["Retry-After"] if code in ("429", "503") else ["WWW-Authenticate"] if code == "401" else []
    schema = {"$ref": _REF.format(model=Problem.__name__)}
    content = {problems.MEDIA_TYPE: {"schema": schema}}
    return {"description": _WRONG[code], "headers": _headers(*names), "content": content}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for model, place in ((one.takes, "path"), (one.query, "query")):
        for name, schema in _fields(model):
            says = schema.pop("description", "")
            yield {"name": name, "in": place, "required": place == "path", "description": says, "schema": schema}
    yield {
        "name": "Accept-Language", "in": "header", "required": False, "description": "The language of problems.",
        "schema": {"type": "string", "enum": [*LANGUAGES]},
    }  # fmt: skip
    yield {
        "name": "If-None-Match", "in": "header", "required": False, "description": "The ETag that you have.",
        "schema": {"type": "string", "pattern": '^"[0-9a-f]{64}"$'},
    }  # fmt: skip


def _fields(model: type[BaseModel] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of a model as parameters: each whole in itself, and one that is not there is no null."""
    whole = model.model_json_schema() if model else {}
    for name, schema in whole.get("properties", {}).items():
        choices = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
        for choice in choices or [schema]:
            named = choice.pop("$ref", "").rpartition("/")[2]
            schema = {**schema, **choice, **whole.get("$defs", {}).get(named, {})}
        yield name, {key: value for key, value in schema.items() if key != "title" and value is not None}


def _schemas() -> dict[str, Any]:
    used: Iterable[Any] = [(model, "serialization") for one in OPERATIONS for model in one.answers.values() if model]
    _, made = models_json_schema([*used, (Problem, "serialization")], ref_template=_REF)
    found: dict[str, Any] = made["$defs"]
    return found
