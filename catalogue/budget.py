"""How much the processes of the site may keep in memory: bounds for the whole service, shared out among them.

Caches name what they may hold in a service of USUAL_WORKERS; with more workers each holds less, so that the sum stays.
docs/hosting.md has the sum.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

# Set by servers.py for the workers. gunicorn knows it under this name too.
WORKERS = "WEB_CONCURRENCY"
USUAL_WORKERS = 2
MIB = 1024 * 1024
# Measured with the 100 methods of this catalogue, rounded up: the first process; a worker that has answered each kind
# of request, without what its caches hold; the full caches of all workers; a build.
MASTER, WORKER, CACHES, BUILD = 15 * MIB, 115 * MIB, 260 * MIB, 150 * MIB


def workers(environment: Mapping[str, str] = os.environ) -> int:
    """Return how many processes share the budget, at least 1."""
    given = environment.get(WORKERS, "")
    return max(1, int(given)) if given.isdecimal() else 1


def share(amount: int) -> int:
    """Return what one process may keep where a service of USUAL_WORKERS may keep `amount` in each; at least 1."""
    return max(1, amount * USUAL_WORKERS // max(USUAL_WORKERS, workers()))


def needed(workers: int) -> int:
    """Return how many bytes so many workers take at most: while they are replaced there are twice as many."""
    return MASTER + BUILD + CACHES + 2 * workers * WORKER


def max_workers(memory: int) -> int:
    """Return how many workers fit into so many bytes, at least 1."""
    return max(1, (memory - needed(0)) // (2 * WORKER))
