"""Measure pages, the walk, texts, comparing, the queue, searching, a voting room, start, memory: `make bench`.

One part: `python tests/benchmarks pages`.
"""

from __future__ import annotations

import sys

from compares import measure_compares
from halls import measure_halls
from pages import measure_pages
from queues import measure_queues
from searches import measure_searches
from starts import measure_memory, measure_start
from texts import measure_texts
from walks import measure_walks

PARTS = {
    "pages": measure_pages,
    "walk": measure_walks,
    "texts": measure_texts,
    "compare": measure_compares,
    "queue": measure_queues,
    "search": measure_searches,
    "hall": measure_halls,
    "start": measure_start,
    "memory": measure_memory,
}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
