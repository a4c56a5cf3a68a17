"""MDTO-XML 1.0.1: the parts a record is made of, each in the order of the schema, and how they are written.

A node is a name with a text or with nodes. What is empty is not written, so that a part may be left out by giving "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, TypeAlias, Union
from xml.sax.saxutils import escape

Node: TypeAlias = tuple[str, Union[str, "tuple[Node, ...]"]]

NAMESPACE: Final = "https://www.nationaalarchief.nl/mdto"
LONGEST_NAME: Final = 80  # characters that the scheme advises
LEVELS: Final = "Begrippenlijst Aggregatieniveaus MDTO"
VALUATIONS: Final = "Begrippenlijst Waarderingen MDTO"
EVENT_TYPES: Final = "Begrippenlijst EventTypeLijst MDTO"
ALGORITHMS: Final = "Begrippenlijst ChecksumAlgoritme MDTO"
RESTRICTIONS: Final = "Begrippenlijst BeperkingGebruik MDTO"
FORMATS: Final = "PRONOM-register"

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<MDTO xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {NAMESPACE}/MDTO-XML1.0.1.xsd">\n'
)
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_record(node: Node) -> bytes:
    """The file of one record."""
    return (_HEAD + "".join(_lines(node, 1)) + "</MDTO>\n").encode()


def identification(mark: str, source: str) -> tuple[Node, ...]:
    """Under which mark something is known, and where that is unique."""
    return (("identificatieKenmerk", mark), ("identificatieBron", source))


def reference(name: str, *identified: Node) -> tuple[Node, ...]:
    """Something else, by name and, if it has one, by mark."""
    return (("verwijzingNaam", shortened(name)), ("verwijzingIdentificatie", identified))


def concept(label: str, code: str, of_list: str) -> tuple[Node, ...]:
    """A term of a list."""
    return (("begripLabel", label), ("begripCode", code), ("begripBegrippenlijst", reference(of_list)))


def moment(at: datetime) -> str:
    """A moment in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shortened(name: str) -> str:
    """A name of one line, no longer than the scheme advises."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _lines(node: Node, depth: int) -> Iterable[str]:
    name, within = node
    indent = "  " * depth
    if isinstance(within, str):
        if within.strip():
            yield f"{indent}<{name}>{escape(_NOT_IN_XML.sub(chr(0xFFFD), within))}</{name}>\n"
    elif inside := [line for part in within for line in _lines(part, depth + 1)]:
        yield f"{indent}<{name}>\n"
        yield from inside
        yield f"{indent}</{name}>\n"
