"""Resident memory of this process.

Linux keeps ``ru_maxrss`` of the process that forked across ``exec``, so that a child of a large
process would report its parent's peak; ``/proc/self/status`` knows this process alone.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    return _status("VmHWM") if STATUS.exists() else _peak_of_usage()


def resident_mib() -> float:
    """The memory now; where only the peak is known, the peak."""
    return _status("VmRSS") if STATUS.exists() else _peak_of_usage()


def _status(field: str) -> float:
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(lines[field].split()[0]) / 1024


def _peak_of_usage() -> float:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
