"""Whom to tell of a weakness."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import NotReady
from assistant.opening import open_shell
from assistant.settings import load_settings
from assistant.web import create_app

GIVEN = {"security_contact": "mailto:security@oeverland.example", "security_expires": "2999-06-30"}


def told(folder: Path, **given: str) -> tuple[int, str]:
    shell = open_shell(load_settings({}, data_dir=folder, **given))
    response = create_app(shell).test_client().get("/.well-known/security.txt")
    shell.engine.dispose()
    return response.status_code, response.get_data(as_text=True)


def test_it_says_who_and_until_when(tmp_path: Path) -> None:
    status, text = told(tmp_path, **GIVEN)
    assert status == 200
    assert text.splitlines() == [
        "Contact: mailto:security@oeverland.example",
        "Expires: 2999-06-30T23:59:59Z",
        "Preferred-Languages: nl, en",
    ]


@pytest.mark.parametrize("given", [{}, GIVEN | {"security_expires": "2020-01-01"}])
def test_a_stale_one_is_not_there(tmp_path: Path, given: dict[str, str]) -> None:
    assert told(tmp_path, **given)[0] == 404


@pytest.mark.parametrize("wrong", [
    {"security_expires": ""}, {"security_contact": ""}, {"security_contact": "security@oeverland.example"},
    {"security_contact": "mailto:a@b.nl\nExpires: 2999-01-01"}, {"security_expires": "soon"},
])  # fmt: skip
def test_half_of_it_is_refused_at_start(wrong: dict[str, str]) -> None:
    with pytest.raises(NotReady):
        load_settings({}, **GIVEN | wrong)
