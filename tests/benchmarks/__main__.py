"""Measure pages, the walk, long texts, start and memory: `make bench`; one part: `python tests/benchmarks pages`."""

from __future__ import annotations

import sys

from pages import measure_pages
from starts import measure_memory, measure_start
from texts import measure_texts
from walks import measure_walks

PARTS = {
    "pages": measure_pages,
    "walk": measure_walks,
    "texts": measure_texts,
    "start": measure_start,
    "memory": measure_memory,
}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
