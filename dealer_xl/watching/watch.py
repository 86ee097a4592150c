"""Look at a folder, again and again: read what is asked for, wait until the workbooks are closed, do it, answer.

A request goes through three states, and each is to be seen in the workbook: it stands in the cell; it is accepted (the
cell is cleared, its row says that the job has begun); it is answered. So it is done once, whatever breaks between.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from dealer_xl import fault_log
from dealer_xl.errors import DealerXlError
from dealer_xl.jobs import asked as cell
from dealer_xl.jobs.open_books import open_books
from dealer_xl.jobs.undo_job import mend
from dealer_xl.named import Request, read_request
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.folder.lock import FolderBusyError
from dealer_xl.office.folder.open_markers import WorkbookOpenError
from dealer_xl.office.folder.saving import ChangedMeanwhileError
from dealer_xl.watching.alone import BEAT

if TYPE_CHECKING:
    from dealer_xl.commands import Outcome

PAUSE = 1.0
"""Seconds between two looks; a look at a folder in which nothing happens is one question to the disk."""

MISSED = 3
"""So many looks in a row must fail before it is told: while a workbook is being saved it is away for a moment."""

LONG = 60
"""After so many looks at a workbook that is open, the file is named that says so: it may have been left over."""

TRIES, REST = 5, 5
"""So often is a job tried that somebody always comes between, with so many looks of rest."""

_BEGUN = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) 正在办理“(.+)”")
_ANOTHER_TIME = (WorkbookOpenError, FileHeldError, FolderBusyError, ChangedMeanwhileError)
"""Somebody came between: nothing was written, and it can be done when they are gone."""

Stamp: TypeAlias = tuple[str, int, int, int]


@dataclass
class Watch:
    """One folder that is watched."""

    folder: Path
    carry_out: Callable[[Request], Outcome]
    say: Callable[[str], None]
    clock: Callable[[], datetime] = datetime.now
    answered: list[tuple[str, str]] = field(default_factory=list)  # what was asked for, and the answer
    is_waiting: bool = False  # for a workbook to be closed
    _stamp: Stamp | None = None
    _is_new: bool = False
    _asked: cell.Asked | None = None  # read from the workbook as it is now
    _accepted: Request | None = None  # cleared from the cell, not done yet
    _answer: str | None = None  # to be written
    _missed: int = 0
    _waited: int = 0
    _tries: int = 0
    _rest: int = 0
    _said: str = ""

    def forever(self, pause: Callable[[], None], show_alive: Callable[[], None] = lambda: None) -> None:
        """Look until Ctrl+C; a request that it cuts off is answered, too."""
        try:
            beat = time.monotonic()
            while True:
                self.look()
                pause()
                if time.monotonic() > beat + BEAT:
                    beat = time.monotonic()
                    show_alive()
        except KeyboardInterrupt:
            with suppress(DealerXlError):
                self._tell_what_was_cut_off()

    def once(self) -> None:
        """Answer what is asked for now; what is open is not waited for.

        Raises what reading the workbook raises.
        """
        self._asked = cell.read_asked(self.folder)
        while self._step() and not self.is_waiting:
            self._asked = cell.read_asked(self.folder)

    def look(self) -> None:
        """Look once; do the next step of what is to be done."""
        if self._rest:
            self._rest -= 1
            return
        try:
            stamp = _stamp(self.folder)
            if stamp is None:
                self._miss()
                return
            if self._missed >= MISSED:
                self._say(f"又找到《{stamp[0]}》了，继续等候命令。")
            self._missed = 0
            if stamp != self._stamp:  # it may still be being written
                self._stamp, self._is_new, self._asked = stamp, True, None
            elif self._is_new:
                self._is_new = self._read_and_step()
        except DealerXlError as reason:  # a drive that fails in between; what is to be done stays to be done
            self._say_once(str(reason))
            self._rest = REST
        except Exception as fault:  # noqa: BLE001 - the door: the watch goes on with the next change
            self._say(fault_log.told(fault))
            self._is_new = False

    def _read_and_step(self) -> bool:
        """Do the next step; return whether there is more to do although the workbook does not change."""
        if self._asked is None:
            try:
                self._asked = cell.read_asked(self.folder)
            except FileHeldError:  # some programs let nobody read what they have open
                return True
            except DealerXlError as reason:
                self._say_once(str(reason))
                return self._accepted is not None
        return self._step()

    def _step(self) -> bool:
        asked = self._asked
        begun = _BEGUN.match(asked.answer) if asked else None
        if self._answer is None and self._accepted is None and not (asked and asked.text) and not begun:
            self._stop_waiting()
            return False
        what = asked.text if asked and asked.text and self._accepted is None else ""
        if self._must_wait(what):
            return True
        try:
            self._go_on(asked, begun)
        except _ANOTHER_TIME as reason:
            self._say_once(str(reason))
            self.is_waiting, self._rest = True, REST
        return True

    def _go_on(self, asked: cell.Asked | None, begun: re.Match[str] | None) -> None:
        if self._answer is not None:
            cell.answer(self.folder, self._answer)
            self._answer = None
        elif self._accepted is not None:
            self._do(self._accepted)
        elif begun:
            self._tell_what_was_cut_off()
        elif asked is not None:
            self._accept(asked)

    def _accept(self, asked: cell.Asked) -> None:
        try:
            request = read_request(asked.text)
        except DealerXlError as reason:
            if cell.accept(self.folder, asked, self._dated(str(reason))):
                self._told(asked.text, str(reason))
            return
        begun = f"{self.clock():%Y-%m-%d %H:%M:%S} 正在办理“{request.entry.label}”"
        if cell.accept(self.folder, asked, begun):
            self._accepted = request
            self._do(request)

    def _do(self, request: Request) -> None:
        """Do a job, and answer.

        Raises the errors after which it can be tried once more.
        """
        label = request.entry.label
        self._say(f"开始“{label}”……")
        try:
            says = _outcome_told(self.carry_out(request))
        except DealerXlError as reason:
            self._tries += 1
            if isinstance(reason, _ANOTHER_TIME) and self._tries < TRIES:
                raise
            says = str(reason)
        except Exception as fault:  # noqa: BLE001 - the door: whatever is our own fault goes to the log
            says = fault_log.told(fault)
        self._accepted, self._tries = None, 0
        self._answer = self._dated(f"{label}：{says}")
        self._told(f"{label} {request.said}".strip(), says)
        cell.answer(self.folder, self._answer)
        self._answer = None

    def _tell_what_was_cut_off(self) -> None:
        """Answer a request that was accepted and then cut off, as by a power cut."""
        begun = _BEGUN.match(cell.read_asked(self.folder).answer)
        if begun is None:
            return
        mended = mend(self.folder)
        is_done = cell.was_done_since(self.folder, datetime.fromisoformat(begun[1]))
        end = "这件事已经做完。" if is_done else "这件事没有做，文件没有改动；需要时请再写一次。"
        says = f"{mended.message if mended else ''}办理“{begun[2]}”时程序中断，{end}"
        cell.answer(self.folder, self._dated(says))
        self._accepted = self._answer = None
        self._told(begun[2], says)

    def _must_wait(self, what: str) -> bool:
        """Return whether a workbook is open, and ask staff to close it."""
        found = open_books(self.folder)
        if not found:
            self.is_waiting, self._waited = False, 0
            return False
        self.is_waiting = True
        self._waited += 1
        books = "".join(f"《{name}》" for name in found)
        self._say_once(f"{_heard(what)}请关闭{books}，关闭后马上开始。")
        if self._waited == LONG:
            self._say(_left_over(found))
        return True

    def _stop_waiting(self) -> None:
        if self.is_waiting:
            self._say("命令已经取消，继续等候。")
        self.is_waiting, self._waited = False, 0

    def _miss(self) -> None:
        self._missed += 1
        self._stamp = None
        if self._missed == MISSED:
            self._say(f"暂时找不到“{self.folder}”里的《月度计划》；请检查网络盘是否连接，找到后会继续。")

    def _told(self, what: str, says: str) -> None:
        self.answered.append((what, says))
        self._say(says)

    def _dated(self, says: str) -> str:
        return f"{self.clock():%Y-%m-%d %H:%M} {says}"

    def _say_once(self, sentence: str) -> None:
        if sentence != self._said:
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.say(f"{self.clock():%H:%M} {sentence}")


def _stamp(folder: Path) -> Stamp | None:
    """Return a signature that changes when the request workbook is saved; None when it is not there."""
    try:
        path = cell.workbook_asked_in(folder)
        found = path.stat() if path else None
    except (OSError, DealerXlError):  # a network drive that is away
        return None
    if path is None or found is None:
        return None
    return path.name, found.st_ino, found.st_mtime_ns, found.st_size


def _heard(what: str) -> str:
    """Return what was understood, before anybody waits for it."""
    try:
        return f"收到“{read_request(what).entry.label}”。" if what else ""
    except DealerXlError as reason:
        return str(reason)


def _outcome_told(outcome: Outcome) -> str:
    """Return the outcome, and what was written, in the words of a cell."""
    few = [name for name in outcome.places if not name.startswith("备份/")][:4]
    more = "等" if len(outcome.places) > len(few) else ""
    return "\n".join([outcome.gist, *([f"已写入：{'、'.join(few)}{more}"] if few else [])])


def _left_over(found: Mapping[str, str]) -> str:
    marks = "".join(f"“{mark}”" for mark in found.values() if mark)
    books = "".join(f"《{name}》" for name in found)
    return f"{books}还开着" + (
        f"；确实没人打开时，请删除旁边的{marks}。" if marks else "，请在任务栏里找找。"
    )
