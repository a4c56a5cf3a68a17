"""The checks themselves: each notices what it is for."""

from __future__ import annotations

import lxml.html
import pytest
from flask import Flask, Response

from assistant.web.security import HEADERS

from .checks import HEADERS as STRICT
from .checks import check_page
from .client import Client

GOOD = """<!doctype html>
<html lang="nl"><head><title>Fout: Vraag – Assistent</title><link rel="stylesheet" href="/static/app.css"></head>
<body><a href="#main">Naar de inhoud</a><main id="main"><h1>Vraag</h1><h2>Deel</h2>
<form method="post" id="answer"><input type="hidden" name="csrf_token" value="t">
<label for="a">Naam</label><input type="text" name="a" id="a" aria-describedby="hint"><p id="hint">Kort.</p>
<fieldset><legend>Kies</legend><input type="radio" name="b" id="b" value="1"><label for="b">Een</label></fieldset>
<button name="do" value="save">Opslaan</button></form>
<a href="https://wetten.overheid.nl" rel="noreferrer">De wet</a></main></body></html>"""

FLAWS = {
    "two h1's": ("<h2>Deel</h2>", "<h1>Deel</h1>"),
    "another title": ("<title>Fout: Vraag", "<title>Antwoord"),
    "no language": ('<html lang="nl">', "<html>"),
    "another language": ('lang="nl"', 'lang="en"'),
    "no main": ('<main id="main">', '<div id="main">'),
    "a level left out": ("<h2>Deel</h2>", "<h3>Deel</h3>"),
    "not closed": ("</fieldset>", "</fieldset></section>"),
    "an id twice": ('id="hint"', 'id="a"'),
    "no label": ('<label for="a">Naam</label>', ""),
    "an empty label": (">Naam<", "><"),
    "no legend": ("<legend>Kies</legend>", ""),
    "described by nothing": ('aria-describedby="hint"', 'aria-describedby="gone"'),
    "a link to nowhere": ('href="#main"', 'href="#gone"'),
    "a button of no form": ('<button name="do"', '<button form="gone" name="do"'),
    "an empty button": (">Opslaan<", "><"),
    "no token": ('<input type="hidden" name="csrf_token" value="t">', ""),
    "a form that asks": ('method="post"', 'method="get"'),
    "an inline script": ("</main>", "<script>x()</script></main>"),
    "an inline style": ("</main>", "<style>p {}</style></main>"),
    "a style attribute": ('<p id="hint">', '<p id="hint" style="color:red">'),
    "a handler": ('<p id="hint">', '<p id="hint" onclick="x()">'),
    "a picture from elsewhere": ("</main>", '<img src="//evil.nl/x.png" alt=""></main>'),
    "a form that leaves": ('id="answer"', 'id="answer" action="https://evil.nl"'),
    "a javascript link": ('href="https://wetten.overheid.nl" rel="noreferrer"', 'href="javascript:x()"'),
    "a link that tells where one was": (' rel="noreferrer"', ""),
}


def check(source: str) -> None:
    check_page(lxml.html.fromstring(source), source, "nl")


def test_a_good_page_passes() -> None:
    check(GOOD)


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_noticed(flaw: str) -> None:
    good, bad = FLAWS[flaw]
    assert good in GOOD
    with pytest.raises(AssertionError):
        check(GOOD.replace(good, bad))


@pytest.mark.parametrize(
    "name", ["Content-Security-Policy", "Permissions-Policy", *STRICT, "Cache-Control", "Set-Cookie"]
)
def test_a_header_that_is_missing_or_weak_is_noticed(name: str) -> None:
    app = Flask("weak")

    @app.get("/nl/")
    def page() -> Response:
        response = Response(GOOD, headers={**HEADERS, "Cache-Control": "no-store"}, mimetype="text/html")
        if name == "Set-Cookie":
            response.set_cookie("visitor", "1")
        else:
            response.headers[name] = "*"
        return response

    with pytest.raises(AssertionError, match=name if name != "Set-Cookie" else "cookie"):
        Client(app, person="").get("/")
