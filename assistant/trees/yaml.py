"""The part of YAML 1.2 that trees and answers may use, read event by event with the line of every node.

ruamel.yaml parses; nothing of it constructs. Aliases, anchors, merge keys, tags, directives and more than one
document are refused, so a file can neither build an object nor grow while it is read, and `no` stays a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from assistant.errors import Fault

MAX_BYTES: Final = 1_000_000
MAX_NODES: Final = 40_000
MAX_DEPTH: Final = 20
MAX_LINE: Final = 25_000
MAX_FAULTS: Final = 100

Path: TypeAlias = tuple[str | int, ...]

# control signs, lone surrogates, and what has no width or turns the direction of reading
_MISLEADING: Final = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
# YAML 1.2 core schema: what a scalar without quotes can be, other than text
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_CONSTANTS: Final[dict[str, Any]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass
class Read:
    """What a file holds, where each node stands, and everything wrong with it as YAML."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a node, or of the nearest node around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, reason: str, mend: str = "") -> None:
        """Note something wrong at a node."""
        self.faults.append(Fault(self.file, self.line(path), reason, mend))


class _Refused(Exception):
    """Reading on makes no sense or is not safe."""

    def __init__(self, line: int, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.line, self.reason, self.mend = line, reason, mend


def read_yaml(raw: bytes, file: str) -> Read:
    """Read one document. Never raises for what is in the file; `faults` says what is wrong."""
    read = Read(file)
    try:
        text = _decoded(raw)
        read.data = _Builder(read).build(text)
    except _Refused as refused:
        read.faults.append(Fault(file, refused.line, refused.reason, refused.mend))
    except YAMLError as error:
        read.faults.append(_syntax_fault(file, error))
    return read


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Refused(0, f"the file is larger than {MAX_BYTES:,} bytes", "split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Refused(line, "this is not UTF-8 text", "save the file as UTF-8") from error
    # Counting first keeps a hostile file from costing seconds: a node needs a separator of its own.
    if sum(map(text.count, ("\n", ",", ":", "[", "{"))) > 2 * MAX_NODES:
        raise _Refused(0, f"the file has more than {MAX_NODES:,} parts", "split it")
    for number, row in enumerate(text.split("\n"), start=1):
        if len(row) > MAX_LINE:
            raise _Refused(number, f"the line is longer than {MAX_LINE:,} characters", "break it up")
        if row.strip() and "\t" in row[: len(row) - len(row.lstrip())]:
            raise _Refused(number, "a tab stands where YAML wants spaces", "indent with spaces")
    deep = re.search(rf"(?:[\[{{]\s*){{{MAX_DEPTH + 1}}}", text)  # ruamel needs quadratic time for these
    if deep:
        raise _Refused(text.count("\n", 0, deep.start()) + 1, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
    bad = _MISLEADING.search(text)
    if bad:
        raise _misleading(bad, text.count("\n", 0, bad.start()) + 1)
    return text


def _misleading(found: re.Match[str], line: int) -> _Refused:
    reason = f"an invisible character (U+{ord(found.group()):04X}) that could mislead a reader"
    return _Refused(line, reason, "delete it")


class _Builder:
    """Builds plain lists, dicts and scalars from events, without recursion."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.stack: list[tuple[Any, Path]] = []  # open lists and dicts
        self.keys: list[Any] = []  # the key that waits for its value, per open dict
        self.count = 0
        self.root: Any = None
        self.documents = 0

    def build(self, text: str) -> Any:
        for event in YAML(typ="safe", pure=True).parse(text):
            self.take(event)
        if self.root is None and not self.read.faults:
            raise _Refused(1, "the file is empty", "see docs/trees.md for an example")
        return self.root

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        match event:
            case StreamStartEvent() | StreamEndEvent() | DocumentEndEvent():
                return
            case DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise _Refused(line, "there is a second document in the file", "take the --- away")
                if event.version or event.tags:
                    raise _Refused(line, "directives (%YAML, %TAG) are not allowed", "take the line away")
            case AliasEvent():
                raise _Refused(line, "aliases (*name) are not allowed", "write the text out")
            case MappingStartEvent() | SequenceStartEvent():
                self.plain(event, line)
                self.open({} if isinstance(event, MappingStartEvent) else [], line)
            case MappingEndEvent() | SequenceEndEvent():
                self.stack.pop()
                self.keys.pop()
            case ScalarEvent():
                self.plain(event, line)
                if bad := _MISLEADING.search(event.value):  # written as an escape: "\u202e"
                    raise _misleading(bad, line)
                self.place(_scalar(event), line, scalar=True)
            case _:
                raise _Refused(line, "this part of YAML is not allowed", "use lists, mappings and text")

    def plain(self, event: Any, line: int) -> None:
        """Refuse what makes a node more than plain data, and what makes a file too much."""
        if event.anchor:
            raise _Refused(line, "anchors (&name) are not allowed", "write the text out")
        if event.tag and str(event.tag) != "!":
            raise _Refused(line, "tags (!name) are not allowed", "take the tag away")
        self.count += 1
        if self.count > MAX_NODES:
            raise _Refused(line, f"the file has more than {MAX_NODES:,} parts", "split it")

    def open(self, container: Any, line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(line, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        path = self.place(container, line)
        self.stack.append((container, path))
        self.keys.append(None)

    def place(self, node: Any, line: int, *, scalar: bool = False) -> Path:
        """Put a node where it belongs; in a mapping a scalar may be the next key."""
        if not self.stack:
            self.root = node
            self.read.lines[()] = line
            return ()
        container, path = self.stack[-1]
        if isinstance(container, list):
            container.append(node)
            here = (*path, len(container) - 1)
        elif self.keys[-1] is None:
            self.keys[-1] = self.key(node, container, path, line, scalar)
            return path
        else:
            here = (*path, self.keys[-1])
            container[self.keys[-1]] = node
            self.keys[-1] = None
        self.read.lines[here] = line
        return here

    def key(self, node: Any, container: dict[str, Any], path: Path, line: int, scalar: bool) -> str:
        if not scalar or not isinstance(node, str):
            raise _Refused(line, "a key is a word", "put quotes around it if it is a number or date")
        if node == "<<":
            raise _Refused(line, "merge keys (<<) are not allowed", "write the keys out")
        if node in container:
            if len(self.read.faults) >= MAX_FAULTS:
                raise _Refused(line, f"more than {MAX_FAULTS} keys stand here twice", "mend those first")
            self.read.faults.append(Fault(self.read.file, line, f"'{node[:60]}' stands here twice", "keep one"))
        return node


def _scalar(event: ScalarEvent) -> Any:
    if event.style is not None or not event.implicit[0]:  # quoted or block: always text
        return event.value
    value = event.value
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _FLOAT.fullmatch(value) else value


def _syntax_fault(file: str, error: YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or "this is not YAML").split("\n")[0][:200]
    return Fault(file, mark.line + 1 if mark else 1, f"not valid YAML: {problem}", "put quotes around text with : or #")
