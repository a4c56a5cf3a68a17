"""A municipality's own look: a folder with theme.css, and if it likes logo.svg and fonts, read once and checked whole.

What was checked is what is served: a theme is kept in memory and never read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from assistant.errors import Fault, Faulty
from assistant.theme.contrast import Measured, measure
from assistant.theme.logo import check_logo
from assistant.theme.stylesheet import Stylesheet, read_stylesheet

STATIC: Final = Path(__file__).parent.parent / "web" / "static"
STYLESHEET, LOGO = "theme.css", "logo.svg"
MOST_BYTES: Final = {".css": 500_000, ".svg": 200_000}  # the others are fonts
MOST_FONT_BYTES: Final = 1_000_000
FONTS: Final = {
    ".woff2": ("font/woff2", b"wOF2"),
    ".woff": ("font/woff", b"wOFF"),
    ".ttf": ("font/ttf", b"\x00\x01\x00\x00"),
    ".otf": ("font/otf", b"OTTO"),
}


class InvalidTheme(Faulty):
    """A theme that cannot be used."""


@dataclass(frozen=True)
class ThemeFile:
    """One file to serve."""

    data: bytes
    mimetype: str


@dataclass(frozen=True)
class Theme:
    """Path to file of all that a theme serves: always theme.css, perhaps logo.svg and fonts."""

    files: Mapping[str, ThemeFile]

    @property
    def has_logo(self) -> bool:
        """Whether there is a logo to show."""
        return LOGO in self.files


@dataclass
class Reading:
    """All that can be said of a folder: what it would serve, what is wrong with its files, how its colours compare."""

    folder: Path
    files: dict[str, ThemeFile] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    contrasts: list[Measured] = field(default_factory=list)

    @property
    def poor(self) -> list[Measured]:
        """Pairs of colours that people cannot tell apart well enough."""
        return [one for one in self.contrasts if not one.passes]

    @property
    def all_faults(self) -> list[Fault]:
        """Everything that stands in the way of using the theme."""
        return self.faults + [_poor(one, str(self.folder / STYLESHEET)) for one in self.poor]

    def fault(self, name: str, reason: str, mend: str = "") -> None:
        """Note what is wrong with a file of the folder as a whole."""
        self.faults.append(Fault(str(self.folder / name), 0, reason, mend))


def load_theme(folder: Path) -> Theme:
    """The theme in a folder. Raises InvalidTheme with every fault at once."""
    reading = read_theme(folder)
    if reading.all_faults:
        raise InvalidTheme(reading.all_faults)
    return Theme(reading.files)


def check_theme(folder: Path) -> list[Fault]:
    """Every fault of the theme in a folder, poor contrast included."""
    return read_theme(folder).all_faults


def read_theme(folder: Path) -> Reading:
    """Read and check a folder."""
    reading = Reading(folder)
    data = _read(STYLESHEET, reading)
    if data is not None:
        _read_css(data, reading)
    logo = _read(LOGO, reading) if (folder / LOGO).exists() else None
    if logo is not None:
        reading.faults += check_logo(logo, str(folder / LOGO))
        reading.files[LOGO] = ThemeFile(logo, "image/svg+xml")
    return reading


def _read(name: str, reading: Reading) -> bytes | None:
    """A file of the folder, which no link may lead out of; None, and a fault, when it cannot be served."""
    path, most = reading.folder / name, MOST_BYTES.get(Path(name).suffix, MOST_FONT_BYTES)
    try:
        if not path.resolve().is_relative_to(reading.folder.resolve()):
            reason = "this leads out of the folder"
        elif not path.is_file():
            reason = "this file is missing"
        elif path.stat().st_size > most:
            reason = f"this file is larger than {most // 1000} kB"
        else:
            return path.read_bytes()
    except OSError as error:
        reason = f"this file cannot be read: {error.strerror}"
    reading.fault(name, reason)
    return None


def _read_css(data: bytes, reading: Reading) -> None:
    try:
        sheet, faults = read_stylesheet(data.decode("utf-8-sig"), str(reading.folder / STYLESHEET))
    except UnicodeDecodeError:
        reading.fault(STYLESHEET, "this is no UTF-8", "save it as UTF-8")
        return
    reading.faults += faults
    for name in sorted(sheet.font_files):
        _read_font(name, reading)
    reading.files[STYLESHEET] = ThemeFile(sheet.render().encode(), "text/css")
    reading.contrasts += compare_colours(sheet)


def _read_font(name: str, reading: Reading) -> None:
    mimetype, begins = FONTS[Path(name).suffix.lower()]
    data = _read(name, reading)
    if data is not None and not data.startswith(begins):
        reading.fault(name, "this is no font of the kind its name says")
    elif data is not None:
        reading.files[name] = ThemeFile(data, mimetype)


def compare_colours(sheet: Stylesheet) -> list[Measured]:
    """Every pair of colours on the pages, in each scheme the theme knows."""
    properties = _shipped_properties() | sheet.light
    measured = measure(properties, "light")
    return measured + (measure(properties | sheet.dark, "dark") if sheet.knows_dark else [])


def _shipped_properties() -> dict[str, str]:
    """What :root says before a theme does: the vendor CSS, when it is there, and then app.css."""
    properties: dict[str, str] = {}
    for name in ("vendor/nlds.css", "app.css"):
        path = STATIC / name
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S) if path.exists() else ""
        for rule in re.findall(r":root\s*\{([^{}]*)\}", text):
            properties |= dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+)", rule))
    return properties


def _poor(one: Measured, file: str) -> Fault:
    says = "cannot be worked out" if one.ratio is None else f"is {one.ratio:.2f}:1"
    colours = f"{one.front} on {one.back}"
    wanted = f"needs {one.pair.least}:1" if one.ratio is not None else "write them as #hex, rgb() or hsl()"
    mend = f"{wanted}; set {one.pair.tokens}"
    return Fault(file, 0, f"contrast of {one.pair.what} in {one.scheme}: {colours} {says}", mend)
