"""What a macro of the bench starts in place of Python: it takes Calc for Excel, runs the line, and says what was shown.

CALC_PIPE names the running Calc, CALC_BOOK the workbook that staff see, CALC_SAID the file for the boxes that were shown.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import xlwings
from xlwings_calc import registered, running_calc


def main() -> None:
    """Run the line after -c as Python would."""
    line = sys.argv[sys.argv.index("-c") + 1]
    with running_calc() as program, registered(program) as engine:
        app = xlwings.apps.active
        assert app is not None
        app.books[os.environ["CALC_BOOK"]].activate()  # an add-in is never the active workbook
        exec(line, {})  # noqa: S102 - it is the macro's own line
        said = Path(os.environ["CALC_SAID"])
        boxes = [alert.prompt for alert in engine.alerts]
        whole = said.with_suffix(".new")
        whole.write_text(json.dumps(boxes, ensure_ascii=False), encoding="utf-8")
        whole.replace(said)


if __name__ == "__main__":
    main()
