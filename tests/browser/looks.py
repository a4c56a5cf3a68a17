"""What can be measured of a page's accessibility: axe, width, targets, text that gets more room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOURS: Final = ["link-in-text-block"]  # besides contrast
BY_WIDTH: Final = ["target-size"]
# One text of each kind. How well it can be read comes of how it is painted and of what is painted behind it; what is
# placed over the page, or disabled, is a kind of its own. Measuring every text anew takes most of axe's time.
TEXTS: Final = r"""() => {
  const behind = new Map(), kinds = new Map();
  document.querySelectorAll("html, body, body *").forEach((e, place) => {
    const s = getComputedStyle(e), under = behind.get(e.parentElement) || "";
    const alone = /absolute|fixed|sticky/.test(s.position) || e.matches(":disabled, [aria-disabled]");
    const painted = [s.backgroundColor, s.backgroundImage, s.opacity, alone ? place : ""].join();
    behind.set(e, painted === "rgba(0, 0, 0, 0),none,1," ? under : `${under} ${painted}`);
    const text = [e.value || "", ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)].join(" ");
    const kind = [behind.get(e), s.color, s.fontSize, s.fontWeight, s.textShadow, /\w\w/.test(text)].join();
    if (text.trim() && e.checkVisibility({visibilityProperty: true}) && !kinds.has(kind)) kinds.set(kind, e);
  });
  return [...kinds.values()];
}"""
AXE: Final = """([texts, type, values]) =>
  axe.run(texts ? {include: texts} : document, {runOnly: {type, values}, resultTypes: ["violations"]})
    .then(found => found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target).join(" ")))"""
# What sticks out of the window, unless it lies in a box that scrolls by itself.
WIDE: Final = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
  "scrolls sideways: " + document.documentElement.scrollWidth,
  ...[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 100))]"""
# WCAG 2.5.8: 24 pixels, but for links within a sentence. Our own goal for answers: 44.
SMALL: Final = """() => {
  const shown = e => e.checkVisibility() && !e.closest(".hidden, .skip");
  const size = e => e.getBoundingClientRect();
  const inSentence = e => e.tagName === "A" && [...e.parentElement.childNodes].some(
    n => n !== e && n.nodeType === 3 && n.textContent.trim().length > 1);
  const small = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(e => shown(e) && !inSentence(e) && (size(e).width < 23.9 || size(e).height < 23.9));
  const answers = [...document.querySelectorAll(
    ".option, main button:not(.link), main a.button, input[type=text], select, textarea")]
    .filter(e => shown(e) && size(e).height < 43.9);
  return [...small, ...answers].map(e => `small: ${size(e).width}x${size(e).height} ${e.outerHTML.slice(0, 100)}`);
}"""
# WCAG 1.4.12, as a sheet of its own: the content policy allows no other way in.
SPACING: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CLIPPED: Final = """() => [...document.querySelectorAll("body *:not(input)")].filter(e => {
  const style = getComputedStyle(e);
  const hides = [style.overflowX, style.overflowY].some(o => o === "hidden" || o === "clip");
  return hides && !e.closest(".hidden") && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
}).map(e => "clipped: " + e.outerHTML.slice(0, 100))"""
HEADINGS: Final = """() => {
  const headings = [...document.querySelectorAll("h1")].map(e => e.textContent.trim());
  const title = document.title.replace(/^(Error|Fout): /, "");
  return headings.length === 1 && title.startsWith(headings[0]) ? [] : [`title: ${title}, h1: ${headings}`];
}"""


@dataclass(frozen=True)
class Mode:
    """How somebody looks at a page."""

    width: int
    colours: Literal["light", "dark"]
    forced: bool = False


# For pages that share their parts with those seen in every way. They are seen in Dutch: its words are longer.
SOME: Final = (Mode(1100, "dark"), Mode(320, "light"), Mode(320, "light", forced=True))


def find_faults(page: Page, modes: Sequence[Mode]) -> list[str]:
    """What is wrong with this page as it stands, in each mode; in the last with more room between letters too."""
    page.evaluate(AXE_SCRIPT)
    faults: list[str] = []
    for number, mode in enumerate(modes):
        page.set_viewport_size({"width": mode.width, "height": 800})
        page.emulate_media(color_scheme=mode.colours, forced_colors="active" if mode.forced else "none")
        found = ask_axe_again(page, modes[number - 1], mode) if number else page.evaluate(AXE, [None, "tag", TAGS])
        found += [fault for measure in (WIDE, SMALL, HEADINGS) for fault in page.evaluate(measure)]
        faults += [f"{mode.colours} {mode.width}: {fault}" for fault in found]
    page.evaluate(SPACING)
    return faults + [f"with more room: {fault}" for measure in (CLIPPED, WIDE) for fault in page.evaluate(measure)]


def ask_axe_again(page: Page, before: Mode, mode: Mode) -> list[str]:
    """What axe finds of all that is another in this mode than in the one before."""
    rules = BY_COLOURS if mode.width == before.width else BY_COLOURS + BY_WIDTH
    found: list[str] = page.evaluate(AXE, [None, "rule", rules])
    return found + page.evaluate(AXE, [page.evaluate_handle(TEXTS), "rule", ["color-contrast"]])
