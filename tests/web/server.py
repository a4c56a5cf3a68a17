"""Forks `assistant serve` again and again, so that each life is spared the second that imports and edition take.

Arguments: the data folder. Each line on stdin, a port, is one such life; stdout tells its process id, and that it
is ready. The next line is read when it was killed.
"""

from __future__ import annotations

import os
import signal
import sys

import assistant.serving  # noqa: F401  the command imports it late
from assistant.cli import main
from assistant.trees.load import shipped_edition

if __name__ == "__main__":
    shipped_edition()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            main(["serve", "--port", line.strip(), "--data", sys.argv[1]])
        sys.stdout.write(f"pid {child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            raise RuntimeError("it died of something else")
