"""Every page of a workshop is its facilitator's alone; every page of a room asks for what opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, url_for

from assistant.access import Role, Task
from assistant.opening import Shell
from assistant.web.gates import GATES

from .client import Client
from .desk import add_person, sign_in_as
from .hall import Hall, open_hall

NOTHING = {"number": 1, "question": "legal_task", "piece": "report", "token": "x" * 22, "key": "x" * 22}


def doors(app: Flask, name: str) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if name in rule.arguments:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint, method


def test_another_facilitator_reaches_no_page_of_it(app: Flask, shell: Shell) -> None:
    hall = open_hall(app, shell, sheet="taster")
    other = sign_in_as(app, shell, add_person(shell, Role.FACILITATOR))
    seen = 0
    for endpoint, method in doors(app, "workshop"):
        assert GATES[endpoint] is Task.WORKSHOPS
        with app.test_request_context():
            path = url_for(endpoint, language="nl", workshop=hall.id, **NOTHING).split("?")[0]
        assert app.url_map.bind("localhost").match(path, method)[0] == endpoint
        token = other.get("/workshops/new").value("csrf_token")[0]
        status = other.open(path, method, data={"csrf_token": token} if method == "POST" else None).status
        assert status == 404, (endpoint, method, status)
        seen += 1
    assert seen > 25
    assert hall.workshop.at == 0


@pytest.mark.parametrize("person", ["team", "officer"])
def test_who_is_no_facilitator_finds_nothing(app: Flask, hall: Hall, person: str) -> None:
    Client(app, "nl", person).get(f"{hall.url}/run", 404)


@pytest.mark.parametrize("path", [
    "/room/join/{x}", "/screen/{x}", "/screen/{x}/now", "/screen/{x}/code.svg", "/screen/{x}/report", "/pen/{x}",
    "/pen/{x}/values", "/pen/{x}/harvest", "/pen/{x}/questions/legal_task",
])  # fmt: skip
def test_a_link_that_is_wrong_opens_nothing(app: Flask, shell: Shell, path: str) -> None:
    open_hall(app, shell, sheet="taster")
    nobody = Client(app, person="")
    for key in ("x" * 22, "", "%00", "' OR 1=1"):
        if key:
            assert nobody.open(path.format(x=key)).status == 404
