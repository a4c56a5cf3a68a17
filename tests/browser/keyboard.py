"""A hand on the keyboard alone, and what must be true wherever the focus comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

# Every place that Tab should stop at, in document order. A group of radio buttons is one place.
PLACES: Final = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  const usable = all.filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}));
  const names = new Set();
  return usable.map(e => e.type === "radio" ? e.name : e.dataset.place = String(all.indexOf(e)))
    .filter(name => !names.has(name) && names.add(name));
}"""
# Where the focus is, whether it can be seen, and whether something lies over it.
FOCUS: Final = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getClientRects()[0], style = getComputedStyle(e);  // of a link on two lines, the first
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    place: e.type === "radio" ? e.name : e.dataset.place,
    what: e.outerHTML.slice(0, 160),
    inside: box.width > 0 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.top < innerHeight,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    free: top !== null && (e.contains(top) || top.contains(e) || [...(e.labels || [])].some(l => l.contains(top))),
  };
}"""
IS_ON: Final = "(selector) => document.activeElement.matches(selector)"
PATIENCE: Final = 20  # times 25 ms: Chromium scrolls to the focus a moment after it moves


def is_seen(found: dict[str, Any]) -> bool:
    """The focus is in the window, has a ring, and nothing lies over it."""
    return bool(found["inside"] and found["ring"] and found["free"])


@dataclass(frozen=True)
class Keyboard:
    """Presses keys; never clicks."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, key: str = "Tab") -> dict[str, Any] | None:
        """Where one more Tab leads; None past the end of the page."""
        self.press(key)
        for _ in range(PATIENCE):
            found: dict[str, Any] | None = self.page.evaluate(FOCUS)
            if found is None or is_seen(found):
                return found
            self.page.wait_for_timeout(25)
        return found

    def walk_page(self) -> None:
        """Tab through the whole page: every place once, in document order, always to be seen, and out again."""
        places = self.page.evaluate(PLACES)
        seen = []
        while (found := self.tab()) and found["place"] not in seen:
            assert is_seen(found), (self.page.url, found)
            seen.append(found["place"])
        assert seen == places, self.page.url

    def go_to(self, selector: str) -> None:
        """Tab on until the focus is on this."""
        for _ in range(120):
            if self.page.evaluate(IS_ON, selector):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard cannot reach {selector} on {self.page.url}")

    def enter(self, selector: str) -> None:
        """Go to a link or a button and press it; the next page is there."""
        self.go_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def pick(self, group: str, value: str) -> None:
        """One of a group of radio buttons, with the arrows."""
        self.go_to(f"input[name='{group}']")
        for _ in range(20):
            self.press("Space")
            if self.page.locator(f"input[name='{group}']:checked").get_attribute("value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {value}")

    def tick(self, group: str, *values: str) -> None:
        """Some of a group of boxes."""
        for value in values:
            self.go_to(f"input[name='{group}'][value='{value}']")
            self.press("Space")

    def write(self, selector: str, text: str) -> None:
        """Type over what is in a field."""
        self.go_to(selector)
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def select(self, selector: str, *keys: str) -> None:
        """Choose from a list that stays folded."""
        self.go_to(selector)
        self.press(*keys)

    def save_from_field(self) -> None:
        """Return in a text field saves."""
        with self.page.expect_navigation():
            self.press("Enter")
