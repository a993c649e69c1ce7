"""The signals by which a program is asked to end: Ctrl-C, a request of the system, a terminal that is closed."""

from __future__ import annotations

import signal

# Windows has no SIGHUP.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
