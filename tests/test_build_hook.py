"""The vendor CSS is built where there is npm, and nothing fails where there is none."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from assistant.web import vendor

ROOT = Path(__file__).resolve().parents[1]
MOST_COMPRESSED = 20_000  # bytes of the bundle


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As little of this checkout as can be installed, without what an earlier build made."""
    home = tmp_path / "checkout"
    for name in ("pyproject.toml", "hatch_build.py", "sbom.cdx.json", "README.md", "LICENSE"):
        (home / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, home / name)
    shutil.copytree(ROOT / "theme", home / "theme", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(ROOT / "assistant", home / "assistant", ignore=shutil.ignore_patterns("vendor", "__pycache__"))
    for name in ("exports", "question_trees"):
        (home / name).mkdir()
        shutil.copy(ROOT / name / "__init__.py", home / name)
    return home


def install(checkout: Path, *how: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """An install as `make setup` does it, into a folder beside the checkout."""
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--target", "../site", *how]
    env = {name: value for name, value in os.environ.items() if name != "NODE_WHEEL"} | environment
    return subprocess.run(pip, cwd=checkout, env=env, capture_output=True, text=True, check=False)


def made(checkout: Path) -> set[str]:
    folder = checkout / "assistant/web/static/vendor"
    return {path.name for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("how", [(".",), ("--editable", ".")], ids=["wheel", "editable"])
def test_an_install_without_npm_succeeds_and_says_what_is_missing(
    how: tuple[str, ...], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = install(checkout, *how, PATH="/nowhere")
    assert done.returncode == 0, done.stderr
    assert made(checkout) == {"missing.txt"}
    monkeypatch.setattr(vendor, "FOLDER", checkout / "assistant/web/static/vendor")
    assert vendor.vendor_css() is None
    assert "because npm is missing" in (vendor.vendor_notice() or "")
    if how == (".",):
        assert (checkout.parent / "site/assistant/web/static/vendor/missing.txt").is_file()


@pytest.mark.slow
def test_an_install_without_network_succeeds_and_says_so(checkout: Path, tmp_path: Path) -> None:
    nowhere = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_cache": str(tmp_path / "cache")}
    done = install(checkout, ".", **nowhere)
    assert done.returncode == 0, done.stderr
    assert made(checkout) == {"missing.txt"}
    assert "npm" in (checkout / "assistant/web/static/vendor/missing.txt").read_text()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="there is no npm here")
def test_an_install_with_npm_holds_the_css_and_leaves_nothing_else(checkout: Path) -> None:
    done = install(checkout, ".")
    assert done.returncode == 0, done.stderr
    reason = checkout / "assistant/web/static/vendor/missing.txt"
    if reason.exists() and "could not fetch" in reason.read_text():
        pytest.skip("the npm registry cannot be reached from here")
    assert made(checkout) == {"nlds.css", "THIRD-PARTY.txt", "EUPL-1.2.md"}
    assert {path.name for path in (checkout / "theme").iterdir()} == {
        path.name for path in (ROOT / "theme").iterdir()
    } - {"node_modules"}
    assert made(checkout.parent / "site/assistant/..") == made(checkout)


def test_the_bundle_here_fetches_nothing_and_is_small() -> None:
    if vendor.vendor_css() is None:
        pytest.skip(vendor.vendor_notice() or "")
    css = (vendor.FOLDER / "nlds.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|@font-face|@charset|expression\(|https?:", css, re.I)
    assert len(gzip.compress(css.encode(), 9)) <= MOST_COMPRESSED
    declared = set(re.findall(r"(--[\w-]+):", css[: css.index("}")]))
    assert {"--utrecht-button-primary-action-background-color", "--basis-color-default-bg-document"} <= declared
    licences = (vendor.FOLDER / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    assert "@utrecht/button-css" in licences
    assert "Gemeente Utrecht" in licences
    assert "EUROPEAN UNION PUBLIC LICENCE" in (vendor.FOLDER / "EUPL-1.2.md").read_text(encoding="utf-8")


def test_every_package_bundled_is_pinned_by_hash_and_free() -> None:
    lock = json.loads((ROOT / "theme/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert len(packages) >= 30
    assert all(
        about["integrity"].startswith("sha512-") and about["license"] == "EUPL-1.2" for about in packages.values()
    )
    assert not any("resolved" in about or about.get("hasInstallScript") for about in packages.values())


def modules(home: Path, css: str, theme: str) -> Path:
    """A node_modules of one component and a theme."""
    for name, text in (("@utrecht/a-css/dist/index.min.css", css), ("theme.css", theme)):
        file = home / (
            name if name.startswith("@") else f"@nl-design-system-unstable/voorbeeld-design-tokens/dist/{name}"
        )
        file.parent.mkdir(parents=True)
        file.write_text(text)
        (file.parent.parent / "package.json").write_text('{"name": "a", "version": "1", "license": "EUPL-1.2"}')
        (file.parent.parent / "LICENSE.md").write_text("the licence")
    return home


def test_only_tokens_that_are_used_are_kept_with_those_they_use(hook: ModuleType, tmp_path: Path) -> None:
    theme = ".t{--used: var(--through, 1px); --through: 2px; --unused: 3px; --basis-color-a: #fff;}"
    found = modules(tmp_path, '@charset "UTF-8";.a{color:var(--used)}', theme)
    css = hook.bundle(found, "stamp")["nlds.css"].decode()
    assert css.splitlines()[1] == ":root{--basis-color-a:#fff;--through:2px;--used:var(--through, 1px);}"
    assert css.splitlines()[2] == ".a{color:var(--used)}"


def test_a_colour_ramp_is_mirrored_for_the_dark(hook: ModuleType, tmp_path: Path) -> None:
    ramp = "".join(f"--voorbeeld-kleuren-rood-{step}: #{step};" for step in hook.STEPS)
    css = hook.bundle(modules(tmp_path, ".a{color:var(--voorbeeld-kleuren-rood-100)}", ".t{" + ramp + "}"), "")[
        "nlds.css"
    ]
    assert b"--voorbeeld-kleuren-rood-100:light-dark(#100,#600);" in css


@pytest.mark.parametrize(
    "css", ["a{background:url(//evil.example)}", "@import 'x';", "@font-face{}", "a{b:image-set('x')}"]
)
def test_css_that_fetches_is_not_bundled(css: str, hook: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fetches"):
        hook.bundle(modules(tmp_path, css, ""), "")


def test_a_failed_build_keeps_the_older_bundle(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = checkout / "assistant/web/static/vendor"
    folder.mkdir()
    (folder / "nlds.css").write_text("/* older */")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.delenv("NODE_WHEEL", raising=False)
    with pytest.raises(hook.NoVendorCss, match="npm is missing"):
        hook.make_vendor_css(checkout)
    assert made(checkout) == {"nlds.css"}


def test_nothing_is_fetched_when_the_bundle_is_of_this_lock(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = checkout / "assistant/web/static/vendor"
    folder.mkdir()
    (folder / "nlds.css").write_text(f"/* Made of {hook.made_of(checkout)} */\n")
    (folder / "missing.txt").write_text("an earlier build had no npm")
    monkeypatch.setattr(hook, "fetch", lambda *_: pytest.fail("fetched"))
    hook.make_vendor_css(checkout)
    assert made(checkout) == {"nlds.css"}


def test_what_takes_too_long_is_given_up(hook: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(hook.NoVendorCss, match="too slow"):
        hook.run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 1, "too slow")


def test_a_checkout_that_was_never_installed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "FOLDER", tmp_path / "vendor")
    assert vendor.vendor_css() is None
    assert "make setup" in (vendor.vendor_notice() or "")
