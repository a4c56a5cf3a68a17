"""A theme's stylesheet: custom properties and fonts, nothing that selects or fetches. Read whole, written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import tinycss2
from tinycss2.ast import (
    AtKeywordToken,
    AtRule,
    CurlyBracketsBlock,
    Declaration,
    FunctionBlock,
    LiteralToken,
    Node,
    ParseError,
    QualifiedRule,
    StringToken,
    URLToken,
)
from tinycss2.serializer import serialize

from assistant.errors import Fault

DEEPEST: Final = 12
DARK: Final = "(prefers-color-scheme:dark)"
FONT_FILE: Final = re.compile(
    r"(?:\./)?((?:[a-z0-9_][a-z0-9_.-]*/)*[a-z0-9_][a-z0-9_.-]*\.(?:woff2|woff|ttf|otf))", re.I
)
DESCRIPTORS: Final = frozenset(
    "font-family src font-weight font-style font-stretch font-display unicode-range size-adjust "
    "ascent-override descent-override line-gap-override font-feature-settings font-variation-settings".split()
)
FUNCTIONS: Final = frozenset(
    "var calc min max clamp round rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark "
    "cubic-bezier steps linear-gradient radial-gradient conic-gradient".split()
)
_VALUE_SIGNS: Final = ",/*+-"
_STYLE_SIGNS: Final = _VALUE_SIGNS + ":;.>~="
_PROPERTY: Final = re.compile(r"--[a-zA-Z0-9_-]+")
_THEME_CLASS: Final = re.compile(r"\.[a-z0-9_-]*theme[a-z0-9_-]*", re.I)


@dataclass
class Stylesheet:
    """What a theme says: custom properties by name (in light; other in the dark), fonts, the files they name."""

    light: dict[str, str] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)
    faces: list[str] = field(default_factory=list)
    font_files: set[str] = field(default_factory=set)

    @property
    def knows_dark(self) -> bool:
        """Whether there are colours for the dark; a theme without is shown in light to everyone."""
        return bool(self.dark) or any("light-dark(" in value for value in self.light.values())

    def render(self) -> str:
        """The stylesheet to serve, on :root and written from what was understood, never copied."""
        scheme = "light dark" if self.knows_dark else "light"
        dark = [f"@media {DARK}{{{_root(self.dark)}}}"] if self.dark else []
        return "\n".join([*self.faces, _root(self.light), f":root{{color-scheme:{scheme}}}", *dark, ""])


def _root(properties: dict[str, str]) -> str:
    return ":root{" + "".join(f"{name}:{value};" for name, value in properties.items()) + "}"


def read_stylesheet(text: str, file: str) -> tuple[Stylesheet, list[Fault]]:
    """What a theme.css says, and every fault in it."""
    reader = _Reader(file)
    if depth(text) > DEEPEST:  # before the parser: its trees are walked by recursion
        reader.fault(0, "brackets are nested too deep")
    else:
        reader.rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), reader.sheet.light)
    return reader.sheet, reader.faults


def depth(text: str) -> int:
    """How deep brackets are nested, at most; counted in strings too, so it errs on the safe side."""
    deepest = now = 0
    for sign in re.findall(r"[(){}\[\]]", text):
        now = now + 1 if sign in "({[" else max(0, now - 1)
        deepest = max(deepest, now)
    return deepest


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.sheet = Stylesheet()
        self.faults: list[Fault] = []
        self.theme_class = ""

    def fault(self, line: int, reason: str, mend: str = "") -> None:
        self.faults.append(Fault(self.file, line, reason, mend))

    def rules(self, nodes: Iterable[Node], properties: dict[str, str]) -> None:
        for node in nodes:
            if isinstance(node, QualifiedRule):
                self.selector(node)
                self.properties(node.content, properties)
            elif isinstance(node, AtRule):
                self.at_rule(node, inside=properties is self.sheet.dark)
            elif isinstance(node, ParseError):
                self.fault(node.source_line, f"this is no CSS: {node.message}")

    def selector(self, rule: QualifiedRule) -> None:
        for part in serialize(rule.prelude).split(","):
            name = part.strip()
            if _THEME_CLASS.fullmatch(name) and self.theme_class in ("", name):
                self.theme_class = name
            elif _THEME_CLASS.fullmatch(name):
                self.fault(rule.source_line, f"a second theme class: {name}", f"keep {self.theme_class} alone")
            elif name != ":root":
                self.fault(
                    rule.source_line,
                    f"a theme may not select {name[:40]!r}",
                    "only :root, or one class with 'theme' in its name",
                )

    def properties(self, content: Iterable[Node], properties: dict[str, str]) -> None:
        for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if not isinstance(one, Declaration):
                self.fault(one.source_line, "only custom properties can stand here")
            elif not _PROPERTY.fullmatch(one.name):
                self.fault(one.source_line, f"{one.name[:40]} is no custom property", "a theme sets only names with --")
            elif one.important:
                self.fault(one.source_line, f"{one.name} is !important", "leave that out")
            elif not self.value_faults(one):
                properties[one.name] = _written(one)

    def value_faults(self, one: Declaration) -> bool:
        found = list(find_unsafe(one.value))
        for line, what in found:
            self.fault(line, f"{one.name[:60]} holds {what}")
        return bool(found)

    def at_rule(self, rule: AtRule, *, inside: bool) -> None:
        name, prelude = rule.lower_at_keyword, re.sub(r"\s", "", serialize(rule.prelude)).lower()
        if name == "charset":
            return
        if name == "font-face" and rule.content is not None and not inside:
            self.font_face(rule)
        elif name == "media" and prelude == DARK and rule.content is not None and not inside:
            nodes = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            self.rules(nodes, self.sheet.dark)
        else:
            self.fault(rule.source_line, f"a theme may not use @{name}", f"only @font-face and @media {DARK}")

    def font_face(self, rule: AtRule) -> None:
        written: list[str] = []
        for one in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
            if not isinstance(one, Declaration) or one.lower_name not in DESCRIPTORS:
                self.fault(one.source_line, "this cannot stand in @font-face")
            elif one.lower_name == "src":
                written.append(f"src:{self.sources(one)}")
            elif not self.value_faults(one):
                written.append(f"{one.lower_name}:{_written(one)}")
        self.sheet.faces.append("@font-face{" + ";".join(written) + "}")

    def sources(self, declaration: Declaration) -> str:
        for line, address in find_addresses(declaration.value):
            if found := FONT_FILE.fullmatch(address):
                self.sheet.font_files.add(found[1])
            else:
                self.fault(
                    line, f"a font from {address[:60]!r}", "name a font file in this folder, such as fonts/own.woff2"
                )
        for line, what in find_unsafe(declaration.value, FUNCTIONS | {"url", "local", "format", "tech"}, urls=True):
            self.fault(line, f"src holds {what}")
        return _written(declaration)


def _written(declaration: Declaration) -> str:
    """The value, written anew from its tokens. Trimmed by token: an escaped space at the end is part of a name."""
    nodes = [node for node in declaration.value if node.type != "comment"]
    while nodes and nodes[-1].type == "whitespace":
        nodes.pop()
    while nodes and nodes[0].type == "whitespace":
        nodes.pop(0)
    return serialize(nodes)


def find_unsafe(
    nodes: Iterable[Node], functions: frozenset[str] = FUNCTIONS, *, urls: bool = False, blocks: bool = False
) -> Iterator[tuple[int, str]]:
    """Line and words of each part of a value that could fetch something, or is no value."""
    for node in nodes:
        if isinstance(node, FunctionBlock) and node.lower_name not in functions:
            yield node.source_line, f"{node.name[:40]}(), which cannot be used here"
        elif isinstance(node, URLToken) and not urls:
            yield node.source_line, "an address"
        elif (
            isinstance(node, (AtKeywordToken, ParseError))
            or (isinstance(node, CurlyBracketsBlock) and not blocks)
            or (isinstance(node, LiteralToken) and node.value not in (_STYLE_SIGNS if blocks else _VALUE_SIGNS))
        ):
            yield node.source_line, f"something that is no value: {node.serialize()[:40]}"
        yield from find_unsafe(_inside(node), functions, urls=urls, blocks=blocks)


def find_addresses(nodes: Iterable[Node]) -> Iterator[tuple[int, str]]:
    """Line and address of each url(...) in a value; an empty address for one that is not plain text."""
    for node in nodes:
        if isinstance(node, URLToken):
            yield node.source_line, node.value
        elif isinstance(node, FunctionBlock) and node.lower_name == "url":
            parts = [part for part in node.arguments if part.type != "whitespace"]
            yield node.source_line, parts[0].value if len(parts) == 1 and isinstance(parts[0], StringToken) else ""
        yield from find_addresses(_inside(node))


def _inside(node: Node) -> Sequence[Node]:
    return node.arguments if isinstance(node, FunctionBlock) else getattr(node, "content", None) or ()
