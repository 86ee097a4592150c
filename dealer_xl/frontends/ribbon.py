"""The ribbon tab 客户服务: one click from the button to the box that shows what came of it.

The job runs on the whole folder of the workbook that staff see: its workbooks that are open are used as they
are on the screen, the others as files. Kept thin: what needs Excel itself stands in docs/excel-checklist.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.actions import Action, Place, actions_in, label_of
from dealer_xl.errors import CancelledError, DealerXlError

if TYPE_CHECKING:  # loaded when a button is clicked, with what it needs
    from dealer_xl.frontends.prompts import Prompt
    from dealer_xl.frontends.results.outcome import Outcome
    from dealer_xl.office.live.live_store import LiveStore
    from dealer_xl.office.live.program import Program

LONGEST_QUESTION = 250
"""Excel's box holds 255 letters."""


class NoWorkbookError(DealerXlError):
    """No workbook is open."""

    def __init__(self) -> None:
        super().__init__(
            "连接不上Excel里的工作簿；请先打开店文件夹里的一个工作簿，再点这个按钮，还不行请运行 dealer-xl addin doctor。"
        )


def click(action: Action) -> None:
    """Do what was clicked and show its outcome in a box; an error is one sentence, too."""
    from dealer_xl.office.live.native import prepare, the_app  # noqa: PLC0415 - xlwings is slow to load
    from dealer_xl.office.live.program import Program  # noqa: PLC0415 - as above

    prepare()

    try:
        program = Program(the_app())
    except Exception as fault:  # noqa: BLE001 - no workbook is open, so there is no box; RunPython shows what follows
        fault_log.write(fault)
        raise SystemExit(str(NoWorkbookError())) from None
    try:
        with program.busy():
            program.require_excel()
            sentence = (
                WITHOUT_JOB[action.name](program) if action.name in WITHOUT_JOB else _run(program, action)
            )
    except CancelledError:
        return
    except DealerXlError as reason:
        sentence = str(reason)
    except Exception as fault:  # noqa: BLE001 - the front end: whatever is our own fault goes to the log
        sentence = fault_log.told(fault)
    if sentence:
        _show(program, sentence)


def _show(program: Program, sentence: str) -> None:
    """Show the outcome in a box; when there is none to be had, RunPython shows what the program ends with."""
    try:
        program.show(sentence)
    except Exception as fault:  # noqa: BLE001 - as above
        fault_log.write(fault)
        raise SystemExit(sentence) from None


def _run(program: Program, action: Action) -> str:
    """Ask what the action must be told, run it, and return what to show.

    Raises CancelledError, and what the job raises.
    """
    from dealer_xl.context import Context  # noqa: PLC0415 - loads pandas
    from dealer_xl.frontends import clock, dispatch  # noqa: PLC0415
    from dealer_xl.frontends.questionnaires import request_of  # noqa: PLC0415

    folder = program.folder().resolve()
    _recover(program, folder)
    store = cache(lambda: _opened(folder, program))
    context = Context(store, clock.now(), program.progress, program.confirm)
    request = request_of(action, folder, context, lambda prompt: _answer(program, prompt))
    return _message(dispatch.run(request, context), store().open_names)


def _opened(folder: Path, program: Program) -> LiveStore:
    from dealer_xl.office.live.live_store import LiveStore  # noqa: PLC0415 - as above

    return LiveStore(folder, program)


def _recover(program: Program, folder: Path) -> None:
    """Put in order what an earlier click left half done, and say so before anything else is asked."""
    from dealer_xl import jobs  # noqa: PLC0415 - loads pandas

    recovered = jobs.recover_folder(folder)
    if recovered is None:
        return
    if recovered.unsure:
        program.wake()
    program.show(recovered.message)


def _answer(program: Program, prompt: Prompt) -> str:
    answer = program.answer(prompt.text(LONGEST_QUESTION), prompt.default)
    if answer is None:
        raise CancelledError
    return prompt.read(answer)


def _message(outcome: Outcome, open_names: Sequence[str]) -> str:
    """Return the outcome, and what is left to do: what is open is not saved yet."""
    shown = [name for name in outcome.written if name in open_names]
    filed = [name for name in outcome.written if name not in open_names]
    lines = [outcome.headline]
    lines += [f"打开着的{''.join(f'《{name}》' for name in shown)}已更新，请看过后保存。"] if shown else []
    lines += [f"已写入：{'、'.join(filed)}"] if filed else []
    return "\n".join(lines)


def _show_folder(program: Program) -> str:
    from dealer_xl.office.live.native import show_folder  # noqa: PLC0415 - xlwings is slow to load

    show_folder(program.folder())
    return ""


def _describe_buttons(_: Program) -> str:
    lines = [f"{action.label}：{action.sentence}。" for action in actions_in(Place.BUTTON)]
    rest = f"点错了就点“{label_of('undo')}”。每次写入前的文件都在店文件夹的“备份”里。"
    return "\n".join([*lines, rest])


WITHOUT_JOB: Mapping[str, Callable[[Program], str]] = {"folder": _show_folder, "guide": _describe_buttons}
"""The buttons that run no job on the workbooks."""
