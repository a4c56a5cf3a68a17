"""The file: one page for people that carries its data; read back the same, and refused when anybody meddled with it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from assistant.sharing.draft import Draft
from assistant.sharing.model import DATA_BEGINS, DATA_ENDS
from assistant.sharing.read import LARGEST, InvalidExample, read_data, read_example, without_odd
from assistant.sharing.words import REFUSALS
from assistant.trees.model import LANGUAGES, Language
from exports import to_example

from .samples import HEAVY, LIGHT, example, origin, with_all

CORPUS = Path(__file__).parents[1] / "corpora"
IMPORTS = sorted(path for folder in ("refused", "taken") for path in (CORPUS / "imports" / folder).iterdir())
XSS = [line for line in (CORPUS / "xss.txt").read_text(encoding="utf-8").splitlines() if line]
OLD = Path(__file__).with_name("example-format-1.html")


def render(**own: str) -> bytes:
    return to_example.render(example(Draft(**{"title": "Een titel", **own})))


def with_data(change: Callable[[dict[str, Any]], Any]) -> bytes:
    """A file with other data, written as we write them."""
    data = json.loads(example(name=LIGHT).body)
    changed = change(data)
    given = data if changed is None else changed
    text = json.dumps(given, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return around(text.replace("\ud800", "\\ud800"))


def around(text: str) -> bytes:
    page = to_example.render(example(name=LIGHT)).decode()
    before, _, rest = page.partition(DATA_BEGINS)
    after = rest.partition(DATA_ENDS)[2]
    return f"{before}{DATA_BEGINS}{escape(text)}{DATA_ENDS}{after}".encode(errors="surrogatepass")


def why(raw: bytes) -> str:
    """Why it is refused, having checked that it took no time and that there are words for it."""
    began = time.perf_counter()
    with pytest.raises(InvalidExample) as caught:
        read_example(raw)
    assert time.perf_counter() - began < 0.5
    assert caught.value.key in REFUSALS
    return caught.value.key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [HEAVY, LIGHT])
def test_it_reads_back_the_same_and_is_the_same_bytes_twice(name: str, language: Language) -> None:
    one = example(language=language, name=name)
    raw = to_example.render(one)
    assert raw == to_example.render(example(language=language, name=name))
    assert read_example(raw) == one
    assert len(raw) < LARGEST / 4


def test_a_file_with_every_text_in_it_is_read_too() -> None:
    source = origin()
    raw = to_example.render(example(with_all(source, title="T")))
    assert read_example(raw).body in lxml.html.fromstring(raw).get_element_by_id("data").text_content().encode()


def test_it_does_nothing_and_asks_for_nothing() -> None:
    tree = lxml.html.fromstring(render())
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} & {
        "script",
        "img",
        "link",
        "a",
        "iframe",
    } == set()
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on") or name in ("src", "href")]
    assert b"http://" not in render()
    assert b"https://" not in render()
    assert tree.get("lang") == "nl"
    assert len(tree.findall(".//h1")) == 1


@pytest.mark.parametrize("payload", XSS)
def test_whatever_was_typed_stays_text_and_is_read_back(payload: str) -> None:
    text = without_odd(payload)
    raw = render(title=text[:200], about=text, learned=text)
    one = read_example(raw)
    assert (one.about, one.learned) == (text, text)
    tree = lxml.html.fromstring(raw)
    assert tree.findall(".//script") == tree.findall(".//img") == tree.findall(".//svg") == []


@pytest.mark.parametrize("file", IMPORTS, ids=lambda file: file.name)
def test_other_files_are_no_example(file: Path) -> None:
    raw = file.read_bytes()
    assert why(raw) in ("no_example", "no_text", "script")
    if not raw.startswith(b"\xff") and file.suffix == ".json":
        assert why(around(raw.decode(errors="replace"))) != "script"


MEDDLED: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another title": (lambda data: data.update(title=""), "shape"),
    "a later format": (lambda data: data.update(format=2), "format"),
    "a format that is true": (lambda data: data.update(format=True), "format"),
    "no format": (lambda data: data.pop("format") and None, "format"),
    "another kind": (lambda data: data.update(kind="dossier"), "no_example"),
    "a list": (lambda data: [data], "no_example"),
    "a key of its own": (lambda data: data.update(person="Nora"), "shape"),
    "what is empty written out": (lambda data: data.update(learned=""), "changed"),
    "a NUL": (lambda data: data.update(about="a\0b"), "sign"),
    "a lone surrogate": (lambda data: data.update(about="\ud800"), "sign"),
    "an order turned": (lambda data: data.update(about="a\u202eb"), "sign"),
    "an id that is none": (lambda data: data.update(key="../../etc"), "shape"),
    "issue nought": (lambda data: data.update(issue=0), "shape"),
    "a huge issue": (lambda data: data.update(issue=10**30), "shape"),
    "depth": (lambda data: data.update(about=_nested(30)), "shape"),
    "a signal of another level": (lambda data: data["signals"][0].update(level="worst"), "shape"),
    "a long title": (lambda data: data.update(title="x" * 201), "shape"),
}


def _nested(depth: int) -> Any:
    return [_nested(depth - 1)] if depth else "x"


@pytest.mark.parametrize("what", MEDDLED)
def test_data_that_somebody_meddled_with_are_refused(what: str) -> None:
    change, key = MEDDLED[what]
    raw = with_data(change)
    assert why(raw) == key


BODY = example(name=LIGHT).body.decode()
RAW = {
    "a key twice": BODY[:-1] + ',"title":"x"}',
    "cut off": BODY[:-20],
    "spaces": BODY.replace(":", ": ", 1),
    "keys in another order": json.dumps(
        dict(reversed(json.loads(BODY).items())), ensure_ascii=False, separators=(",", ":")
    ),
    "nan": BODY.replace('"issue":1', '"issue":NaN'),
    "deep": "[" * 40_000,
    "many parts": '{"kind":"example","a":[' + "0," * 60_000 + "0]}",
    "nothing": "",
}


@pytest.mark.parametrize("what", RAW)
def test_json_that_is_not_ours_is_refused(what: str) -> None:
    assert why(around(RAW[what])) in ("broken", "changed", "too_large", "shape")


PAGES = {
    "a script": "<script>alert(1)</script>",
    "a picture": '<img src="x">',
    "a handler": '<p onclick="x()">a</p>',
    "a link": '<a href="https://elsewhere.example">a</a>',
    "a frame": "<iframe></iframe>",
    "a frame not closed": "<iframe ",
    "a refresh": '<meta http-equiv="refresh" content="0;url=x">',
    "an svg": "<svg/onload=x>",
    "a refresh in signs": '<meta http-equiv="&#114;efresh" content="0;url=x">',
    "a handler behind a sign": '<p title="<" onmouseover="x()">a</p>',
    "a handler behind another": '<p title=">" onmouseover="x()">a</p>',
    "a handler without marks": "<p onmouseover=x()>a</p>",
    "a style that fetches": "<style>@import 'x';</style>",
    "a style that shows a picture": "<style>p{background:url(x)}</style>",
    "a style that hides what it does": "<style>p{background:u\\rl(x)}</style>",
    "a style not closed": "<style>@import 'x';<p>",
    "a style of one's own": '<p style="background:url(x)">a</p>',
    "a picture behind": '<body background="x">',
    "another alphabet": '<meta charset="utf-7">',
    "an instruction": '<?xml-stylesheet href="x"?>',
    "a remark": "<!--><img src=x onerror=x()>-->",
}


@pytest.mark.parametrize("what", PAGES)
def test_a_page_that_does_something_is_refused(what: str) -> None:
    raw = render()
    assert why(raw.replace(b"</body>", PAGES[what].encode() + b"</body>")) == "script"
    assert why(raw + PAGES[what].encode()) == "script"


def test_too_large_not_utf_8_and_without_data() -> None:
    assert why(b"x" * (LARGEST + 1)) == "too_large"
    assert why(b"\xff\xfe") == "no_text"
    assert why(b"") == "no_example"
    assert why(render().replace(DATA_ENDS.encode(), b"")) == "no_example"


def test_data_from_a_page_are_read_as_strictly() -> None:
    assert read_data(BODY) == example(name=LIGHT)
    with pytest.raises(InvalidExample):
        read_data(BODY.replace("Een titel", "Een  titel\u2066"))


def test_a_file_of_the_first_format_stays_readable() -> None:
    one = read_example(OLD.read_bytes())
    assert (one.format, one.title, one.issue) == (1, "Een titel", 1)
    assert re.search("Bibliotheek|bibliotheek", one.about)
    assert one.body == read_data(one.body.decode()).body
