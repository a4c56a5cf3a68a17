"""Can people read it? The pairs of colours of the pages, worked out as a browser would, and measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal

from tinycss2 import color4, parse_component_value_list
from tinycss2.ast import FunctionBlock, IdentToken, LiteralToken, Node

from assistant.theme.pairs import INK, PAIRS, PAPER, Pair

Scheme = Literal["light", "dark"]
Rgba = tuple[float, float, float, float]

LONGEST, DEEPEST = 64, 40  # tokens of one colour, tokens that name one another: more is no colour but an attack
_SPACES = ("rgb", "rgba", "hsl", "hsla", "hwb")


@dataclass(frozen=True)
class Measured:
    """A pair in a colour scheme. `ratio` is None when a colour cannot be worked out."""

    pair: Pair
    scheme: Scheme
    front: str
    back: str
    ratio: float | None

    @property
    def passes(self) -> bool:
        """Whether people can tell the two apart."""
        return self.ratio is not None and self.ratio >= self.pair.least


def measure(properties: Mapping[str, str], scheme: Scheme) -> list[Measured]:
    """Every pair in one scheme, given all custom properties of :root."""
    colours = Colours(properties, scheme)
    paper = colours.find(PAPER)
    return [_measured(pair, scheme, colours.find(pair.front), colours.find(pair.back), paper) for pair in PAIRS]


def _measured(pair: Pair, scheme: Scheme, front: Rgba | None, back: Rgba | None, paper: Rgba | None) -> Measured:
    if front is None or back is None or paper is None:
        return Measured(pair, scheme, _hex(front), _hex(back), None)
    under = _over(back, paper)
    above = _over(front, under)
    return Measured(pair, scheme, _hex(above), _hex(under), _ratio(above, under))


def _over(front: Rgba, back: Rgba) -> Rgba:
    alpha = front[3]
    red, green, blue = (above * alpha + below * (1 - alpha) for above, below in zip(front[:3], back[:3], strict=True))
    return red, green, blue, 1.0


def _ratio(one: Rgba, other: Rgba) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgba) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _hex(colour: Rgba | None) -> str:
    return "?" if colour is None else "#" + "".join(f"{round(part * 255):02x}" for part in colour[:3])


class Colours:
    """What the custom properties of :root come to, one scheme at a time."""

    def __init__(self, properties: Mapping[str, str], scheme: Scheme) -> None:
        self._properties = properties
        self._scheme = scheme
        self._known: dict[str, list[Node] | None] = {}

    def find(self, expression: str) -> Rgba | None:
        """The colour that an expression comes to; None when it comes to none that this can read."""
        nodes = self._expand(parse_component_value_list(expression), 0)
        if nodes is None or len(nodes) != 1:
            return None
        token = nodes[0]
        if isinstance(token, FunctionBlock) and token.lower_name not in _SPACES:
            return None
        colour = color4.parse_color(token.serialize())
        if isinstance(colour, str):  # currentcolor
            return self.find(INK) if expression != INK else None
        if colour is None:
            return None
        red, green, blue, alpha = (min(1.0, max(0.0, part or 0.0)) for part in colour.to("srgb"))
        return red, green, blue, alpha

    def _expand(self, nodes: Sequence[Node], depth: int) -> list[Node] | None:
        """The tokens with every var() and light-dark() filled in, None when one names nothing."""
        whole: list[Node] = []
        for node in nodes:
            if node.type in ("whitespace", "comment"):
                continue
            part = self._function(node, depth) if isinstance(node, FunctionBlock) else [node]
            if part is None or len(whole) + len(part) > LONGEST:
                return None
            whole += part
        return whole

    def _function(self, node: FunctionBlock, depth: int) -> list[Node] | None:
        if depth > DEEPEST:
            return None
        if node.lower_name == "var":
            name, *others = _arguments(node)
            found = self._property(name[0].value, depth) if name and isinstance(name[0], IdentToken) else None
            return found if found is not None or not others else self._expand(others[0], depth + 1)
        if node.lower_name == "light-dark":
            sides = _arguments(node)
            return self._expand(sides[self._scheme == "dark"], depth + 1) if len(sides) == 2 else None
        filled = copy(node)
        inside = self._expand(node.arguments, depth + 1)
        if inside is None:
            return None
        filled.arguments = inside
        return [filled]

    def _property(self, name: str, depth: int) -> list[Node] | None:
        if name not in self._known:
            self._known[name] = None  # a property that leads back to itself has no value
            if name in self._properties:
                self._known[name] = self._expand(parse_component_value_list(self._properties[name]), depth + 1)
        return self._known[name]


def _arguments(node: FunctionBlock) -> list[list[Node]]:
    """The arguments of var() or light-dark(); a comma in the fallback of var() belongs to it."""
    parts: list[list[Node]] = [[]]
    for one in node.arguments:
        if isinstance(one, LiteralToken) and one.value == "," and (len(parts) == 1 or node.lower_name != "var"):
            parts.append([])
        elif one.type not in ("whitespace", "comment"):
            parts[-1].append(one)
    return parts
