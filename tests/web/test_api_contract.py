"""The OpenAPI document is valid, every answer keeps to it, and no made-up request gets a 5xx or something unsaid."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from assistant.dossier.model import frozen
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.register import add_lines
from assistant.web import create_app
from assistant.web.api import views
from assistant.web.api.operations import OPERATIONS

from ..long import LONG
from .desk import HEAVY, LIGHT, OFFICER, handed_in, id_of, signed_by
from .systems import BASE, CaseSystem, open_token

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what it imports, at import alone
    import schemathesis
    from schemathesis import GenerationMode, checks

EXAMPLES = 200 if LONG else 20
NAMES = [one.name for one in OPERATIONS if one.scope]  # schemathesis never asks for the document itself
HELD = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
)  # fmt: skip
Place = tuple[Flask, CaseSystem, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with two dossiers and a line, and a system that may fetch all of it."""
    shell: Shell = open_shell(Settings(data_dir=tmp_path_factory.mktemp("contract") / "data"))
    app = create_app(shell)
    handed_in(app, shell, LIGHT)
    id = id_of(handed_in(app, shell, HEAVY))
    line = {"title": "Camera's", "owner": "beheerder", "reference": "Z-17", "look_again": ""}
    add_lines(shell.engine, [line], signed=signed_by(shell, OFFICER))
    yield app, CaseSystem(app, open_token(shell)), id
    shell.engine.dispose()


@pytest.fixture(scope="module")
def document(place: Place) -> Any:
    return CaseSystem(place[0], "").fetch("/openapi.json").json  # without a token


def test_the_document_is_openapi(document: Any) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {one.path for one in OPERATIONS}
    assert document["paths"]["/openapi.json"]["get"]["security"] == []
    assert document["info"]["contact"]["url"]


def test_the_document_names_where_it_is_served(tmp_path: Path) -> None:
    shell = open_shell(Settings(data_dir=tmp_path / "data", base_url="https://toets.example.nl"))
    found = create_app(shell).test_client().get(f"{BASE}/openapi.json", base_url="https://toets.example.nl")
    assert (found.json or {})["servers"] == [{"url": f"https://toets.example.nl{BASE}"}]
    shell.engine.dispose()


@pytest.mark.parametrize("path", ["/register", "/register?limit=1", "/dossiers/{id}", "/dossiers/{id}/versions/1"])
def test_every_answer_keeps_to_its_model(place: Place, document: Any, path: str) -> None:
    _, system, id = place
    name = {"r": "Register", "1": "Dossier"}.get(path[-1] if path[-1] == "1" and "versions" in path else path[1], "")
    schema = {"$ref": f"#/components/schemas/{name or 'DossierRecord'}", **document}
    answer = json.loads(system.fetch(path.format(id=id)).data)
    Draft202012Validator(schema).validate(answer)
    assert answer


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("name", NAMES)
def test_no_made_up_request_gets_something_unsaid(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, mode: GenerationMode
) -> None:
    app, system, id = place
    made: dict[bytes, bytes] = {}
    render = views.to_pdf.render  # a real typst, once for each dossier
    monkeypatch.setattr(
        views.to_pdf,
        "render",
        lambda dossier, archive: (
            made.get(frozen(dossier)) or made.setdefault(frozen(dossier), render(dossier, archive=archive))
        ),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app)
        [operation] = [
            one.ok() for one in schema.get_all_operations() if one.ok().definition.raw["operationId"] == name
        ]
    held = checks.CHECKS.get_by_names(HELD)
    statuses = set()

    @settings(max_examples=EXAMPLES, suppress_health_check=[*HealthCheck], deadline=None)
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def ask(case: Any, is_known: bool) -> None:
        if is_known and case.path_parameters:
            case.path_parameters["dossier"] = id
            case.headers.pop("Authorization", None)  # made up wrongly as well, now and then
            case.path_parameters.update({"number": 1} if "number" in case.path_parameters else {})
        response = case.call(headers={"Authorization": f"Bearer {system.token}"})
        case.validate_response(response, checks=held)
        statuses.add(response.status_code)

    ask()
    assert statuses & ({200} if mode is GenerationMode.POSITIVE else {400, 404})
