"""The pages on privacy and accessibility, for who has no account; and where an admin says whom to ask."""

from __future__ import annotations

from typing import Final

import pytest

from .conftest import OpenPage
from .looks import Mode, find_faults

WIDE: Final = Mode(1100, "light")
MODES: Final = (WIDE, Mode(1100, "dark"), Mode(320, "light"), Mode(320, "light", forced=True))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", ["privacy", "accessibility"])
def test_no_fault_on_a_page_that_is_owed(open_page: OpenPage, path: str, language: str) -> None:
    page = open_page("")
    page.goto(f"/{language}/")
    page.click(f"footer a[href$='/{path}']")
    assert page.url.endswith(f"/{language}/{path}")
    assert not find_faults(page, MODES)


def test_from_the_list_of_contents_to_a_part_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("")
    page.goto("/nl/privacy")
    page.focus("a[href='#account']")
    page.keyboard.press("Enter")
    assert page.url.endswith("#account")
    assert page.locator("#account").bounding_box()["y"] < 100  # type: ignore[index]
