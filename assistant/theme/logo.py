"""A theme's logo: an SVG that draws, and does nothing else. Shown only by <img>, where it could do little anyway."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from tinycss2 import parse_component_value_list

from assistant.errors import Fault
from assistant.theme.stylesheet import DEEPEST, FUNCTIONS, depth, find_addresses, find_unsafe

MOST_ELEMENTS: Final = 5_000
MOST_USES: Final = 20  # each can show what itself uses: more could draw for ever
ELEMENTS: Final = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs style use symbol clipPath mask "
    "linearGradient radialGradient stop".split()
)
NAMESPACED: Final = ("xlink href", "xml space", "xml lang")
SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_STYLES: Final = FUNCTIONS | {"url", "matrix", "translate", "scale", "rotate", "skewx", "skewy"}
_SHORT: Final = {XLINK: "xlink", XML: "xml"}
_HERE: Final = re.compile(r"#[A-Za-z_][\w.-]*")
_PLAIN: Final = "save it as plain or optimised SVG, with everything turned into paths"


def check_logo(data: bytes, file: str) -> list[Fault]:
    """Every fault in an SVG."""
    reader = _Reader(file)
    try:
        reader.parser.Parse(data, True)
    except _Enough:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        reader.fault(f"this is no XML that can be read: {error}")
    return reader.faults


class _Enough(Exception):
    """There is no point in reading on."""


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.path: list[str] = []
        self.count = self.uses = 0
        self.style: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def fault(self, reason: str, mend: str = "") -> None:
        self.faults.append(Fault(self.file, self.parser.CurrentLineNumber, reason, mend))

    def doctype(self, *_: object) -> None:
        self.fault("a document type", "take the <!DOCTYPE ...> out")
        raise _Enough

    def instruction(self, target: str, _: str) -> None:
        self.fault(f"an instruction to other programs: <?{target[:40]}", _PLAIN)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.count += 1
        namespace, _, element = name.rpartition(" ")
        if not self.path and (namespace, element) != (SVG, "svg"):
            self.fault("this is no SVG", f'it begins with <svg xmlns="{SVG}">')
            raise _Enough
        self.path.append(element)
        self.uses += element == "use"
        if self.count > MOST_ELEMENTS or self.uses > MOST_USES or len(self.path) > 50:
            self.fault("too much for a logo", "make it simpler")
            raise _Enough
        if namespace != SVG or element not in ELEMENTS:
            self.fault(f"<{element[:40]}> cannot be in a logo", _PLAIN)
        for key, value in attributes.items():
            self.attribute(key, value)

    def attribute(self, key: str, value: str) -> None:
        namespace, _, name = key.rpartition(" ")
        short = f"{_SHORT.get(namespace, namespace)} {name}".strip()
        if name.lower().startswith("on") or (namespace and short not in NAMESPACED) or name in ("base", "src"):
            self.fault(f"the attribute {name[:40]} cannot be in a logo", _PLAIN)
        elif name == "href" and not _HERE.fullmatch(value.strip()):
            self.fault(f"a reference to {value[:60]!r}", "refer only to what is in this file: #name")
        elif "(" in value or "\\" in value or name == "style":
            self.css(value)

    def end(self, _: str) -> None:
        if self.path.pop() == "style":
            self.css("".join(self.style))
            self.style.clear()

    def characters(self, text: str) -> None:
        if self.path[-1:] == ["style"]:
            self.style.append(text)

    def css(self, text: str) -> None:
        if depth(text) > DEEPEST:
            self.fault("brackets are nested too deep")
            return
        nodes = parse_component_value_list(text)
        for _, address in find_addresses(nodes):
            if not _HERE.fullmatch(address):
                self.fault(f"a style that fetches {address[:60]!r}", "refer only to what is in this file: url(#name)")
        for _, what in find_unsafe(nodes, _STYLES, urls=True, blocks=True):
            self.fault(f"a style with {what}", _PLAIN)
