"""An example read from a file that anyone may have made. Its data alone count; nothing of its page is ever shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.sharing.model import DATA_BEGINS, DATA_ENDS, Example

LARGEST: Final = 1_000_000  # bytes
MOST_PARTS: Final = 50_000  # commas and brackets: counted first, so that a hostile file costs no seconds
DEEPEST: Final = 12  # our own files need ten
# A tag as our own files have it. What is no such tag, a browser may read in a way of its own.
_ATTRIBUTES: Final = "lang|class|id|charset|name|content|http-equiv|scope|role|tabindex|aria-[a-z]+"
_TAG: Final = re.compile(rf'<(?:!doctype html|/?([a-z][a-z0-9]*)((?: (?:{_ATTRIBUTES})="[^"<>&\\]*")*))>')
_KNOWN: Final = frozenset(
    "html head meta title style body header main section h1 h2 h3 h4 p ul ol li dl dt dd strong div table thead "
    "tbody tr th td blockquote br code details summary pre footer".split()
)
_DOES: Final = re.compile(r'http-equiv="(?!Content-Security-Policy")|charset="(?!utf-8")')
_STYLE: Final = re.compile(r"<style>([^<]*)</style>")
_FETCHES: Final = re.compile(r"@import|url|image|src|\\", re.IGNORECASE)
_ODD: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def without_odd(text: str) -> str:
    """The text without characters that a reader would refuse: control characters, and those that turn its order."""
    return _ODD.sub("", text)


class InvalidExample(AssistantError):
    """A file that is no example; `key` says why, as in `words.REFUSALS`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def read_example(raw: bytes) -> Example:
    """The example in a file. Raises InvalidExample."""
    if len(raw) > LARGEST:
        raise InvalidExample("too_large")
    try:
        page = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidExample("no_text") from error
    before, begins, rest = page.partition(DATA_BEGINS)
    data, ends, after = rest.partition(DATA_ENDS)
    if not begins or not ends:
        raise InvalidExample("no_example")
    for part in (before, data, after):
        _check_page(part)
    return read_data(unescape(data))


def _check_page(page: str) -> None:
    """Refuse a page that would do something in the browser of who opens it before it is imported."""
    tags, styles = _TAG.findall(page), _STYLE.findall(page)
    if len(tags) < page.count("<") or len(styles) < page.count("<style") or any(map(_FETCHES.search, styles)):
        raise InvalidExample("script")
    for name, rest in tags:
        if (name and name not in _KNOWN) or _DOES.search(rest):
            raise InvalidExample("script")


def read_data(text: str) -> Example:
    """The example that this canonical JSON says. Raises InvalidExample."""
    if len(text) > LARGEST or sum(map(text.count, ",[{")) > MOST_PARTS:
        raise InvalidExample("too_large")
    data = _parse(text)
    if not isinstance(data, dict) or data.get("kind") != "example":
        raise InvalidExample("no_example")
    if data.get("format") != 1 or data["format"] is True:
        raise InvalidExample("format")
    if any(_ODD.search(one) for one in _texts(data, 0)):
        raise InvalidExample("sign")
    return _build(data, text)


def _build(data: dict[str, Any], text: str) -> Example:
    try:
        example = Example.model_validate(data)
    except (ValidationError, RecursionError) as error:
        raise InvalidExample("shape") from error
    if example.body != text.encode():
        raise InvalidExample("changed")
    return example


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InvalidExample("broken") from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _texts(value: Any, depth: int) -> Iterator[str]:
    """Every text and key in it."""
    if depth > DEEPEST:
        raise InvalidExample("shape")
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _texts(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, depth + 1)
