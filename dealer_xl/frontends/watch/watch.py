"""Look at a folder, again and again: read what is asked for, wait until the workbooks are closed, do it, answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from dealer_xl import fault_log
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends.command_text import CommandText, read_command
from dealer_xl.frontends.watch import sentences
from dealer_xl.frontends.watch.single_instance import BEAT
from dealer_xl.frontends.watch.state import NEEDS_CLOSED, TRANSITIONS, State
from dealer_xl.frontends.watch.workbook_file import WorkbookFile
from dealer_xl.jobs import command_cell as cell
from dealer_xl.jobs.open_books import open_books
from dealer_xl.jobs.undo_job import recover_folder
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.folder.lock import FolderBusyError
from dealer_xl.office.folder.open_markers import WorkbookOpenError
from dealer_xl.office.folder.saving import ChangedMeanwhileError

if TYPE_CHECKING:
    from dealer_xl.frontends.results.outcome import Outcome

PAUSE = 1.0
"""Seconds between two looks."""

LONG = 60
"""After so many looks at a workbook that is open, the file is named that says so: it may have been left over."""

TRIES, REST = 5, 5
"""So often is a request tried that somebody always comes between, with so many looks of rest."""

_ANOTHER_TIME = (WorkbookOpenError, FileHeldError, FolderBusyError, ChangedMeanwhileError)
"""Somebody came between: nothing was written, and it can be done when they are gone."""

CarryOut: TypeAlias = "Callable[[CommandText, str], Outcome]"
"""Carries out what is asked for; the journal keeps the id of the request with what is written."""


@dataclass
class Watch:
    """One folder that is watched."""

    folder: Path
    carry_out: CarryOut
    show: Callable[[str], None]
    clock: Callable[[], datetime] = datetime.now
    answered: list[tuple[str, str]] = field(default_factory=list)  # what was asked for, and the answer
    state: State = State.IDLE
    is_waiting: bool = False  # for a workbook to be closed
    _row: cell.Asked = field(default_factory=lambda: cell.Asked("", ""))  # as the workbook was read last
    _accepted: tuple[CommandText, str] | None = None  # with the id of the request
    _answer: str = ""  # to be written
    _waited: int = 0  # looks at open workbooks
    _tries: int = 0
    _rest: int = 0  # looks to let pass
    _shown: str = ""

    def __post_init__(self) -> None:
        self._file = WorkbookFile(self.folder)
        self._steps: Mapping[State, Callable[[], State]] = {
            State.IDLE: lambda: State.IDLE,
            State.CHANGED: self._read,
            State.ASKED: self._accept,
            State.CUT_OFF: self._answer_cut_off,
            State.ACCEPTED: self._carry_out,
            State.ANSWERED: self._write_answer,
        }

    def forever(self, pause: Callable[[], None], show_alive: Callable[[], None] = lambda: None) -> None:
        """Look until KeyboardInterrupt; a request that it cuts off is answered, too."""
        try:
            self.show(sentences.WELCOME.format(self.folder.name))
            beat = time.monotonic()
            while True:
                self.look()
                pause()
                if time.monotonic() > beat + BEAT:
                    beat = time.monotonic()
                    show_alive()
        except KeyboardInterrupt:
            with suppress(DealerXlError):
                self._finish()

    def once(self) -> None:
        """Answer what is asked for now; what is open is not waited for.

        Raises what reading the workbook raises.
        """
        self._move(State.CHANGED)
        self._row = cell.read_asked(self.folder)
        self._move(self._meaning())
        while self.state is not State.IDLE and not self.is_waiting:
            self._step()

    def look(self) -> None:
        """Look once; do the next steps of what is to be done."""
        if self._rest:
            self._rest -= 1
            return
        try:
            if self._is_there():
                self._go_on()
        except DealerXlError as reason:  # a drive that fails in between; what is to be done stays to be done
            self._show_once(str(reason))
            self._rest = REST
        except Exception as fault:  # noqa: BLE001 - the front end: the watch goes on with the next change
            self._show(fault_log.told(fault))
            self.state = State.IDLE

    def _is_there(self) -> bool:
        """Look at the file of the workbook, and say when it goes and comes back."""
        was_away = self._file.is_away
        is_there = self._file.look()
        if is_there and was_away:
            self._show(f"又找到《{self._file.name}》了，继续等候命令。")
        if self._file.is_away and not was_away:
            self._show(sentences.AWAY.format(self.folder))
        return is_there

    def _go_on(self) -> None:
        if self._file.has_changed and State.CHANGED in TRANSITIONS[self.state] | {self.state}:
            self._move(State.CHANGED)  # it may still be being written
            return
        before = None
        while self.state not in (before, State.IDLE):
            before = self.state
            self._step()

    def _step(self) -> None:
        """Do what the state asks for, unless a workbook is open; after a collision it is tried another time."""
        if self.state in NEEDS_CLOSED and self._must_wait():
            return
        try:
            self._move(self._steps[self.state]())
        except _ANOTHER_TIME as reason:
            self._show_once(str(reason))
            self.is_waiting, self._rest = True, REST

    def _move(self, to: State) -> None:
        if to is not self.state and to not in TRANSITIONS[self.state]:
            raise RuntimeError(f"{self.state.name} is not followed by {to.name}")
        self.state = to

    def _read(self) -> State:
        """Read the row; some programs let nobody read what they have open."""
        try:
            self._row = cell.read_asked(self.folder)
        except FileHeldError:
            return State.CHANGED
        except DealerXlError as reason:
            self._show_once(str(reason))
            return State.IDLE
        return self._meaning()

    def _meaning(self) -> State:
        """Return the state that the row is in."""
        if cell.Begun.read(self._row.answer):
            return State.CUT_OFF
        if self._row.text:
            return State.ASKED
        if self.is_waiting:
            self._show("命令已经取消，继续等候。")
        self.is_waiting, self._waited = False, 0
        return State.IDLE

    def _accept(self) -> State:
        """Clear the cell, and note in the row that the request has begun; what is no action is answered at once."""
        row = self._row
        try:
            command = read_command(row.text)
        except DealerXlError as reason:
            if cell.accept(self.folder, row, self._dated(str(reason))):
                self._note_answer(row.text, str(reason))
            return State.IDLE
        begun = cell.Begun(secrets.token_hex(4), command.action.label)
        if not cell.accept(self.folder, row, begun.note(self.clock())):
            return State.IDLE  # something else stands there now, which the next look sees
        self._accepted, self._tries = (command, begun.request_id), 0
        return State.ACCEPTED

    def _carry_out(self) -> State:
        """Carry out what was accepted.

        Raises the errors after which it can be tried once more.
        """
        if self._accepted is None:
            raise RuntimeError("nothing is accepted")
        command, request_id = self._accepted
        label = command.action.label
        self._show(f"开始“{label}”……")
        try:
            says = sentences.outcome(self.carry_out(command, request_id))
        except DealerXlError as reason:
            self._tries += 1
            if isinstance(reason, _ANOTHER_TIME) and self._tries < TRIES:
                raise
            says = str(reason)
        except Exception as fault:  # noqa: BLE001 - the front end: whatever is our own fault goes to the log
            says = fault_log.told(fault)
        self._accepted = None
        self._answer = self._dated(f"{label}：{says}")
        self._note_answer(f"{label} {command.said}".strip(), says)
        return State.ANSWERED

    def _write_answer(self) -> State:
        cell.answer(self.folder, self._answer)
        return State.IDLE

    def _answer_cut_off(self) -> State:
        """Answer a request that was accepted and then cut off, as by a power cut."""
        begun = cell.Begun.read(cell.read_asked(self.folder).answer)
        if begun is None:
            return State.IDLE
        recovered = recover_folder(self.folder)
        says = sentences.cut_off(begun.label, cell.ending_of(self.folder, begun.request_id))
        says = f"{recovered.message if recovered else ''}{says}"
        cell.answer(self.folder, self._dated(says))
        self._note_answer(begun.label, says)
        return State.IDLE

    def _finish(self) -> None:
        """Answer what is begun before the watch ends."""
        if self.state is State.ANSWERED:
            self._write_answer()
        else:
            self._answer_cut_off()

    def _must_wait(self) -> bool:
        """Return whether a workbook is open; staff are asked to close it."""
        found = open_books(self.folder)
        if not found:
            self.is_waiting, self._waited = False, 0
            return False
        self.is_waiting = True
        self._waited += 1
        asked = self._row.text if self.state is State.ASKED else ""
        self._show_once(sentences.please_close(asked, found))
        if self._waited == LONG:
            self._show(sentences.left_over(found))
        return True

    def _note_answer(self, what: str, says: str) -> None:
        self.answered.append((what, says))
        self._show(says)

    def _dated(self, says: str) -> str:
        return f"{self.clock():%Y-%m-%d %H:%M} {says}"

    def _show_once(self, sentence: str) -> None:
        if sentence != self._shown:
            self._show(sentence)

    def _show(self, sentence: str) -> None:
        self._shown = sentence
        self.show(f"{self.clock():%H:%M} {sentence}")
