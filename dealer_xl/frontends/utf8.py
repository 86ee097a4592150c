"""Chinese names of files on a machine whose locale knows ASCII only, as in a bare container or a job of cron."""

from __future__ import annotations

import os
import sys


def restart_in_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where names of files would be ASCII; elsewhere do nothing."""
    if sys.platform == "win32" or sys.getfilesystemencoding() == "utf-8" or hasattr(sys, "frozen"):
        return
    # Which encoding serves for names is settled when Python starts; the option outranks the environment.
    words = [os.fsencode(word) for word in (sys.executable, "-X", "utf8", *sys.orig_argv[1:])]
    os.execv(sys.executable, words)  # noqa: S606 - our own words, once more
