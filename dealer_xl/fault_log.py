"""Where a fault of the program is written down, so that staff can send it on and never see a traceback."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path


def write(fault: Exception) -> Path:
    """Append a fault to the log, and tell where the log is."""
    place = Path(tempfile.gettempdir()) / "dealer_xl-错误日志.txt"
    notes = logging.FileHandler(place, encoding="utf-8", delay=True)
    notes.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("dealer_xl")
    log.propagate = False
    log.addHandler(notes)
    try:
        log.error("fault", exc_info=fault)
    finally:
        log.removeHandler(notes)
        notes.close()
    return place
