"""A municipality's own look: what it may hold, what is refused, and colours that people can tell apart."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import assistant.theme
from assistant.cli import main
from assistant.theme import STATIC, InvalidTheme, check_theme, load_theme, read_theme
from assistant.theme.contrast import Colours, measure
from assistant.theme.logo import check_logo
from assistant.theme.pairs import PAIRS
from assistant.theme.stylesheet import read_stylesheet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
GOOD = """@charset "utf-8";
@font-face { font-family: "Oeverland Sans"; src: local("Oeverland"), url("fonts/oeverland.woff2") format("woff2"); }
.oeverland-theme, :root {
  --oeverland-blauw: #154273; /* of the town hall's door */
  --utrecht-button-primary-action-background-color: var(--oeverland-blauw);
  --utrecht-button-primary-action-color: white;
  --utrecht-document-font-family: "Oeverland Sans", system-ui;
  --utrecht-space-around: 1;
}
"""
GOOD_LOGO = SVG.format(
    "<title>Oeverland</title><style>.a{fill:#154273}</style><defs><linearGradient id='g'><stop offset='1'/>"
    "</linearGradient></defs><path class='a' style='opacity:.9' fill='url(#g)' transform='rotate(45 1 1)' d='M0 0h9'/>"
    "<use xlink:href='#g'/>"
)

DARK = "@media (prefers-color-scheme: dark)"
HOSTILE_CSS = {
    "import": '@import "https://evil.example/x.css";',
    "import without a scheme": "@import url(//evil.example/x.css);",
    "namespace": '@namespace url("http://www.w3.org/1999/xhtml");',
    "layer": "@layer a { :root { --a: 1 } }",
    "supports": "@supports (display: grid) { :root { --a: 1 } }",
    "another medium": "@media print { :root { --a: 1 } }",
    "media within media": f"{DARK} {{ {DARK} {{ :root {{ --a: 1 }} }} }}",
    "a selector": "body { --a: 1 }",
    "a selector beside the class": ".x-theme, input[value^=a] { --a: 1 }",
    "a selector under the class": ".x-theme .question { --a: 1 }",
    "a pseudo-class": ".x-theme:has(input:checked) { --a: 1 }",
    "two theme classes": ".x-theme { --a: 1 } .x-theme--dark { --a: 2 }",
    "a property": ":root { display: none }",
    "a background": ":root { background: url(https://evil.example/) }",
    "nested rule": ":root { & body { --a: 1 } }",
    "nested at-rule": ":root { @media print { --a: 1 } }",
    "an address": ":root { --a: url(https://evil.example/) }",
    "an address in quotes": ':root { --a: url("https://evil.example/") }',
    "an address, written in code": ":root { --a: u\\72l(https://evil.example/) }",
    "an address within": ":root { --a: var(--b, image-set('https://evil.example/' 1x)) }",
    "src": ':root { --a: src("https://evil.example/") }',
    "expression": ":root { --a: expression(alert(1)) }",
    "attr": ":root { --a: attr(value) }",
    "a block": ":root { --a: { color: red } }",
    "important": ":root { --a: 1 !important }",
    "never closed": ':root { --a: "x\n }',
    "a stray bracket": ":root { --a: 1 ) }",
    "font from elsewhere": "@font-face { font-family: x; src: url(https://evil.example/x.woff2) }",
    "font without a scheme": "@font-face { font-family: x; src: url(//evil.example/x.woff2) }",
    "font from above": "@font-face { font-family: x; src: url(../../etc/x.woff2) }",
    "font from the root": "@font-face { font-family: x; src: url(/etc/x.woff2) }",
    "font by data": "@font-face { font-family: x; src: url(data:font/woff2;base64,AAAA) }",
    "font with a question": "@font-face { font-family: x; src: url(x.woff2?leak) }",
    "font that is none": "@font-face { font-family: x; src: url(theme.css) }",
    "font that is missing": "@font-face { font-family: x; src: url(x.woff2) }",
    "font with more": "@font-face { font-family: x; src: local(x); background: red }",
    "no CSS": "<script>alert(1)</script>",
    "deep": ":root { --a: " + "(" * 5_000 + ")" * 5_000 + " }",
    "deep without end": "{[(" * 50_000,
    "large": ":root { --a: '" + "x" * 600_000 + "' }",
    "no colour": ":root { --utrecht-link-color: banana }",
    "a colour that is itself": ":root { --ink: var(--a); --a: var(--ink) }",
    "a colour that grows": ":root { --ink: var(--a0);"
    + "".join(f"--a{n}: var(--a{n + 1}) var(--a{n + 1});" for n in range(30))
    + " --a30: red }",
    "a colour of a thousand names": ":root { --ink: var(--a0);"
    + "".join(f"--a{n}: var(--a{n + 1});" for n in range(1_000))
    + " --a1000: red }",
    "a colour without its parts": ":root { --ink: color(); --paper: rgb(); --accent: light-dark(red) }",
}

HOSTILE_SVG = {
    "script": SVG.format("<script>alert(1)</script>"),
    "script from elsewhere": SVG.format("<script href='https://evil.example/x.js'/>"),
    "event": SVG.format("<path onclick='alert(1)'/>"),
    "event on the whole": SVG.format("").replace("viewBox", "onload='alert(1)' viewBox"),
    "foreign object": SVG.format("<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
    "html": SVG.format("<div xmlns='http://www.w3.org/1999/xhtml' />"),
    "image": SVG.format("<image href='https://evil.example/x.png'/>"),
    "image by data": SVG.format("<image href='data:image/png;base64,AAAA'/>"),
    "use from elsewhere": SVG.format("<use href='https://evil.example/x.svg#a'/>"),
    "use by xlink": SVG.format("<use xlink:href='other.svg#a'/>"),
    "link": SVG.format("<a href='javascript:alert(1)'><path/></a>"),
    "animation": SVG.format("<path><set attributeName='href' to='javascript:alert(1)'/></path>"),
    "filter": SVG.format("<filter id='f'><feImage href='https://evil.example/'/></filter>"),
    "style that imports": SVG.format("<style>@import 'https://evil.example/x.css';</style>"),
    "style that fetches": SVG.format("<style>.a { fill: url(https://evil.example/) }</style>"),
    "style in code": SVG.format("<path style='fill:u\\72l(https://evil.example/)'/>"),
    "fill that fetches": SVG.format("<path fill='url(https://evil.example/#a)'/>"),
    "image-set": SVG.format("<path style='cursor:image-set(\"https://evil.example/\" 1x)'/>"),
    "entities": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG.format("<text>&b;</text>"),
    "entity from a file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
    "stylesheet instruction": '<?xml-stylesheet href="https://evil.example/x.css"?>' + SVG.format(""),
    "base": SVG.format("<g xml:base='https://evil.example/'/>"),
    "no namespace": "<svg><path/></svg>",
    "no SVG": "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "not well-formed": SVG.format("<path>"),
    "nothing": "",
    "unknown encoding": '<?xml version="1.0" encoding="evil"?>' + SVG.format(""),
    "deep": SVG.format("<g>" * 10_000 + "</g>" * 10_000),
    "deep style": SVG.format(f"<style>{'(' * 50_000}</style>"),
    "many": SVG.format("<path/>" * 10_000),
    "uses of uses": SVG.format("".join(f"<g id='g{n}'>" + f"<use href='#g{n + 1}'/>" * 2 + "</g>" for n in range(30))),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good theme."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "theme.css").write_text(GOOD, encoding="utf-8")
    (tmp_path / "logo.svg").write_text(GOOD_LOGO, encoding="utf-8")
    (tmp_path / "fonts" / "oeverland.woff2").write_bytes(b"wOF2 and so on")
    return tmp_path


def test_a_good_theme_is_served_on_root_with_its_logo_and_font(folder: Path) -> None:
    assert check_theme(folder) == []
    theme = load_theme(folder)
    css = theme.files["theme.css"].data.decode()
    assert set(theme.files) == {"theme.css", "logo.svg", "fonts/oeverland.woff2"}
    assert theme.has_logo
    assert ":root{--oeverland-blauw:#154273;" in css
    assert "oeverland-theme" not in css
    assert "town hall" not in css
    assert re.findall(r"url\(([^)]*)\)", css) == ['"fonts/oeverland.woff2"']
    assert theme.files["fonts/oeverland.woff2"].mimetype == "font/woff2"


def test_a_theme_without_colours_for_the_dark_is_light_for_everyone(folder: Path) -> None:
    assert ":root{color-scheme:light}" in load_theme(folder).files["theme.css"].data.decode()
    dark = GOOD + "@media (prefers-color-scheme: dark) { .oeverland-theme { --oeverland-blauw: #9cc7f2 } }"
    (folder / "theme.css").write_text(dark, encoding="utf-8")
    assert {one.scheme for one in read_theme(folder).contrasts} == {"light", "dark"}
    assert [one.pair.what for one in read_theme(folder).poor] == ["primary button"]  # white on light blue, in the dark


def test_dark_colours_come_after_the_light_ones() -> None:
    sheet, faults = read_stylesheet(
        "@media (prefers-color-scheme:dark){:root{--ink:#fff}} :root{--ink:#000}", "theme.css"
    )
    assert faults == []
    assert sheet.render().splitlines() == [
        ":root{--ink:#000;}",
        ":root{color-scheme:light dark}",
        "@media (prefers-color-scheme:dark){:root{--ink:#fff;}}",
    ]


@pytest.mark.parametrize("name", HOSTILE_CSS)
def test_a_hostile_stylesheet_is_refused_at_once(name: str, folder: Path) -> None:
    (folder / "theme.css").write_text(HOSTILE_CSS[name], encoding="utf-8")
    begun = time.process_time()
    faults = check_theme(folder)
    assert faults
    assert all(fault.file.startswith(str(folder)) and len(str(fault)) < 400 for fault in faults)
    assert time.process_time() - begun < 0.5
    with pytest.raises(InvalidTheme):
        load_theme(folder)


@pytest.mark.parametrize("name", HOSTILE_SVG)
def test_a_hostile_logo_is_refused_at_once(name: str, folder: Path) -> None:
    (folder / "logo.svg").write_text(HOSTILE_SVG[name], encoding="utf-8")
    begun = time.process_time()
    assert check_theme(folder)
    assert time.process_time() - begun < 0.5
    with pytest.raises(InvalidTheme):
        load_theme(folder)


@given(st.text() | st.text(alphabet="{}()[]:;-@\\\"'/*,.! \nroutlvadk#%0"))
def test_any_text_is_read_or_refused_and_fetches_nothing(text: str) -> None:
    for css in (text, ":root{--ink:" + text, ":root{" + text + "}", "@font-face{src:" + text):
        sheet, faults = read_stylesheet(css, "theme.css")
        if not faults:
            written = sheet.render()
            again, later = read_stylesheet(re.sub(r":root\{color-scheme:[a-z ]+\}", "", written), "theme.css")
            assert later == []
            assert (again.light, again.dark) == (sheet.light, sheet.dark)
            assert "@import" not in written
        measure(sheet.light, "dark")


@given(st.binary() | st.text().map(lambda text: SVG.format(text).encode("utf-8", "replace")))
def test_any_bytes_are_a_logo_or_refused(data: bytes) -> None:
    if not check_logo(data, "logo.svg"):
        assert b"<script" not in data.lower()


def test_what_leads_out_of_the_folder_is_not_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.woff2"
    elsewhere.write_bytes(b"wOF2 secret")
    (folder / "fonts" / "oeverland.woff2").unlink()
    (folder / "fonts" / "oeverland.woff2").symlink_to(elsewhere)
    assert [fault.reason for fault in check_theme(folder)] == ["this leads out of the folder"]


def test_a_font_is_what_its_name_says(folder: Path) -> None:
    (folder / "fonts" / "oeverland.woff2").write_bytes(b"<html>")
    assert [fault.reason for fault in check_theme(folder)] == ["this is no font of the kind its name says"]


def test_a_folder_without_a_stylesheet_is_no_theme(tmp_path: Path) -> None:
    assert [(fault.file, fault.reason) for fault in check_theme(tmp_path)] == [
        (str(tmp_path / "theme.css"), "this file is missing")
    ]


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "theme.css").write_bytes(b":root{--a:'\xff'}")
    assert [fault.reason for fault in check_theme(folder)] == ["this is no UTF-8"]


def test_faults_name_the_line(folder: Path) -> None:
    (folder / "theme.css").write_text(":root {\n  --a: 1;\n  color: red;\n}\nbody { --b: 1 }\n", encoding="utf-8")
    assert [fault.line for fault in check_theme(folder)] == [3, 5]


@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#767676", "white", 4.54),  # the lightest grey that passes, by WCAG's own examples
        ("rgb(119 119 119)", "hsl(0 0% 100%)", 4.48),
        ("rgb(0 0 0 / 50%)", "#fff", 3.98),
        ("light-dark(#000, #fff)", "light-dark(#fff, #000)", 21.0),
        ("currentcolor", "#fff", 21.0),
        ("var(--none, var(--also-none, #000))", "var(--white)", 21.0),
        ("rgb(var(--parts))", "#fff", 21.0),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_worked_out_as_a_browser_does(front: str, back: str, ratio: float, scheme: str) -> None:
    properties = {"--ink": "#000", "--paper": "#fff", "--white": "#fff", "--parts": "0 0 0"}
    properties |= {"--utrecht-link-color": front, "--soft": back}
    (found,) = [one for one in measure(properties, scheme) if one.pair.what == "link in a quiet box"]
    assert found.ratio == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("colour", ["banana", "var(--none)", "oklch(50% 0.1 20)", "#12345", "1px", "", "red blue"])
def test_what_is_no_plain_colour_has_no_ratio(colour: str) -> None:
    assert Colours({"--ink": colour}, "light").find("var(--ink)") is None


@pytest.mark.parametrize("with_vendor_css", [True, False])
def test_the_shipped_look_passes_every_pair_in_light_and_dark(
    with_vendor_css: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not with_vendor_css:
        (tmp_path / "app.css").write_text((STATIC / "app.css").read_text(encoding="utf-8"), encoding="utf-8")
        monkeypatch.setattr(assistant.theme, "STATIC", tmp_path)
    shipped = assistant.theme._shipped_properties()
    for scheme in ("light", "dark"):
        measured = measure(shipped, scheme)
        assert len(measured) == len(PAIRS) >= 30
        assert [(one.pair.what, one.front, one.back, one.ratio) for one in measured if not one.passes] == []


def test_poor_contrast_is_refused_with_a_table(folder: Path) -> None:
    poor = GOOD.replace("#154273", "#9cc7f2")
    (folder / "theme.css").write_text(poor, encoding="utf-8")
    done = CliRunner().invoke(main, ["theme", "check", str(folder)])
    assert done.exit_code == 1
    assert re.search(r"^primary button +light +#ffffff +#9cc7f2 +1\.77 +4\.5 ", done.output, re.M)
    name = "--utrecht-button-primary-action"
    assert f" set {name}-color or {name}-background-color\n" in done.output
    assert "1 faults." in done.output


def test_the_command_shows_every_pair_when_asked(folder: Path) -> None:
    done = CliRunner().invoke(main, ["theme", "check", str(folder), "--all"])
    assert done.exit_code == 0
    assert all(pair.what in done.output for pair in PAIRS)
