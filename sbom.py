"""Writes sbom.cdx.json: what the product is made of, with licences, as CycloneDX. `make sbom` runs it.

Of the Python packages those that requirements.lock pins, as they are installed here; of npm what the lock in theme/
pins, whose CSS lies in the wheel. The wheel carries the file in `.dist-info/sboms` (PEP 770).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent
BOM: Final = ROOT / "sbom.cdx.json"
KEPT: Final = ("type", "name", "version", "licenses")
ELSEWHERE: Final = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}  # pinned for Windows, so not installed here
PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
Json = dict[str, Any]


def build_sbom() -> Json:
    """The bill of materials, without a moment or a serial number: the same locks make the same bytes."""
    found = look_around()
    parts = sorted([*python_parts(found), *npm_parts()], key=lambda part: str(part["purl"]))
    refs = [part["bom-ref"] for part in parts]
    product = {"type": "application", "bom-ref": "product", **product_words(found)}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product},
        "components": parts,
        "dependencies": [{"ref": "product", "dependsOn": refs}],
    }


def look_around() -> Json:
    """What cyclonedx-bom sees of this environment."""
    command = ["cyclonedx-py", "environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([tool, *command[1:], sys.executable], capture_output=True, check=True)  # noqa: S603  our own
    seen: Json = json.loads(done.stdout)
    return seen


def product_words(found: Json) -> Json:
    """The product as pyproject.toml describes it."""
    about = found["metadata"]["component"]
    return {name: about[name] for name in ("name", "version", "description", "licenses")}


def python_parts(found: Json) -> Iterator[Json]:
    """A component a pin. Raises KeyError when a pin is neither installed nor listed in ELSEWHERE."""
    installed = {canonical(part["name"]): part for part in found["components"]}
    for name, version in PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        part, purl = installed.get(canonical(name)), f"pkg:pypi/{canonical(name)}@{version}"
        if part and part["version"] == version:
            yield {"bom-ref": purl, "purl": purl, **{key: part[key] for key in KEPT}}
        else:
            yield component(purl, name, version, ELSEWHERE[canonical(name)])


def npm_parts() -> Iterator[Json]:
    """The packages whose CSS is bundled."""
    lock: Json = json.loads((ROOT / "theme" / "package-lock.json").read_text(encoding="utf-8"))
    packages: Mapping[str, Json] = lock["packages"]
    for path, about in packages.items():
        if name := path.rpartition("node_modules/")[2]:
            purl = f"pkg:npm/{name.replace('@', '%40')}@{about['version']}"
            yield component(purl, name, about["version"], about["license"])


def component(purl: str, name: str, version: str, licence: str) -> Json:
    """A library that was not looked at, but named."""
    said = [{"license": {"id": licence, "acknowledgement": "declared"}}]
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": said}


def canonical(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    BOM.write_text(json.dumps(build_sbom(), indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
