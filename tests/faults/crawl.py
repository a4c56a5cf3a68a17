"""Somebody who opens every page there is a way to, and fills every field of every form with a word to look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from flask import Flask, url_for
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from ..web.client import Client, Page

WORD = "kolibrie7x"  # in whatever is typed and sent
HEADERS = {name: f"{WORD} {name}" for name in ("User-Agent", "X-Request-Id", "Accept-Charset", "From")}
HEADERS |= {"Referer": f"http://localhost/{WORD}", "X-Forwarded-For": WORD, "Cookie": f"extra={WORD}"}
GOES = ("/dossiers/", "/pen/", "/room", "/workshops/", "/desk/early")  # what is typed here goes with what it is about
LAST = ("handing_in", "forget", "end", "leave", "withdraw", "close", "remove")  # what would shut doors: afterwards
NEVER = ("account.sign_out", "handing_in.close", "handing_in.take_back")  # and these end what others came for
DAY, DAYS = "15-01-2027", ("due", "_on", "date", "start", "until", "expires")
MOST = 400  # pages of one person
FREE = (None, "text", "search", "email", "password", "tel", "url")


@dataclass
class Crawler:
    """`seen`: endpoint and method of whatever was asked; `wrong`: what should never be answered."""

    app: Flask  # the same application, for its list of routes
    client: Client
    seen: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[tuple[str, int]] = field(default_factory=list)
    turn: int = 0

    def go(self, *begin: str) -> None:
        """Everything that can be reached from here, each kind of page and each kind of form once."""
        queue, later = [*begin], []
        while queue and self.turn < MOST:
            path = queue.pop(0)
            kind = self._kind(path, "GET")
            if kind is None or (kind, "GET") in self.seen:
                continue
            page = self._ask(path, "GET", kind)
            queue += [str(link.get("href")) for link in page.all("a") if str(link.get("href")).startswith("/")]
            for form in page.tree.iter("form"):
                action = str(form.get("action") or page.path)
                target = self._kind(action, "POST")
                if (
                    form.get("method", "get").lower() == "post"
                    and target
                    and target not in NEVER
                    and (target, "POST") not in self.seen
                ):
                    if any(part in target for part in LAST):
                        later.append((form, action, target))
                    else:
                        queue += self._fill(form, action, target)
        for form, action, target in later:
            if (target, "POST") not in self.seen:
                self._fill(form, action, target)

    def knock(self) -> None:
        """At every door that was not found: its address with the word in it, and the word in fields of any name."""
        [token, *_] = [*self.client.get("/scan/questions/phase").value("csrf_token"), WORD]
        for rule in self.app.url_map.iter_rules():
            values: dict[str, Any] = dict.fromkeys(rule.arguments, WORD) | {"language": "nl"}
            values |= {name: 1 for name in rule.arguments if name in ("number",)}
            with self.app.test_request_context():
                path = url_for(rule.endpoint, **values)
            for method in {"GET", "POST"} & (rule.methods or set()):
                if (rule.endpoint, method) not in self.seen and rule.endpoint not in NEVER:
                    data = {"text": WORD, "value": WORD, "csrf_token": token}
                    self._ask(path, method, rule.endpoint, data if method == "POST" else None)

    def _kind(self, path: str, method: str) -> str | None:
        try:
            found: str = self.app.url_map.bind("localhost").match(path.partition("?")[0].partition("#")[0], method)[0]
        except HTTPException:
            return None
        return found if found != "static" else None

    def _ask(self, path: str, method: str, kind: str, data: Any = None) -> Page:
        self.turn += 1
        self.seen.add((kind, method))
        path = path.partition("#")[0] + ("&" if "?" in path else "?") + f"zoek={WORD}"
        response = self.client.browser.open(path, method=method, data=data, headers=HEADERS)
        html = response.get_data() if response.mimetype == "text/html" else b""
        reader = lxml.html.HTMLParser(encoding="utf-8")
        page = Page(response, lxml.html.fromstring(html or b"<html></html>", parser=reader))
        if page.status >= 500:
            self.wrong.append((f"{method} {kind}", page.status))
        return page

    def _fill(self, form: HtmlElement, action: str, kind: str) -> list[str]:
        """Send it with the word everywhere; once more with dates that are dates. Where it leads to."""
        word = f"{WORD}-{'weg' if any(part in action for part in GOES) else 'blijft'}"
        for days in (False, True):
            page = self._ask(action, "POST", kind, dict(_filled(form, word, days)))
            if page.status in (302, 303):
                return [page.response.headers["Location"].removeprefix("http://localhost")]
        return []


def _filled(form: HtmlElement, word: str, days: bool) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {"do": ["save"]}
    for one in form.iter("input", "textarea", "select", "button"):
        name, kind = one.get("name"), one.get("type")
        if name is None:
            continue
        if one.tag == "select":
            found[name] = [option.get("value") or "" for option in one.iter("option")][-1:]
        elif one.tag == "textarea" or (one.tag == "input" and kind in FREE):
            mail = kind == "email" or "email" in name
            is_day = days and any(part in name for part in DAYS)
            found[name] = [f"{word}@oeverland.example" if mail else DAY if is_day else f"{word} {name}"]
        elif kind in ("radio", "checkbox"):
            found.setdefault(name, [one.get("value") or "y"])
        elif one.tag == "input":
            found[name] = [one.get("value") or ""]
        elif name != "do" and name not in found:
            found[name] = [one.get("value") or ""]
    yield from found.items()
