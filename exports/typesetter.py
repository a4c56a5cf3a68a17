"""Run as a process of its own: a job as JSON in, a PDF out. Knows typst and nothing of the assistant."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

MEMORY = 2 << 30  # bytes of address space; a dossier takes 100 MB, threads reserve the most of it


def main() -> int:
    """Read the job, write the PDF."""
    _limit_memory()
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as empty:
        pdf = typeset(job, empty)
    sys.stdout.buffer.write(pdf)
    return 0


def typeset(job: dict[str, Any], empty: str) -> bytes:
    """The PDF of a job. Typst sees no folder but the empty one, no package, and no font but ours."""
    import typst

    compiler = typst.Compiler(
        b"\n".join(Path(template).read_bytes() for template in job["templates"]),
        root=empty,
        package_path=empty,
        package_cache_path=empty,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]]),
        sys_inputs={"data": json.dumps(job["data"])},
    )
    made = compiler.compile(format="pdf", pdf_standards=job["standards"])
    return cast(bytes, made)  # a list is for pictures, a page each


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
