"""The states of a watch, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class State(Enum):
    """What is to be done at the next look."""

    IDLE = "nothing is asked: wait for the workbook to change"
    CHANGED = "the workbook was saved: read it once it stays the same for a look"
    ASKED = "a request stands in the cell: accept it when all workbooks are closed"
    CUT_OFF = (
        "the row says that a request has begun, but this watch did not begin it: answer what became of it"
    )
    ACCEPTED = "the cell is cleared, the row says that the request has begun: carry it out"
    ANSWERED = "the request is carried out, or cannot be: write its answer into the row"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.IDLE: frozenset({State.CHANGED}),
    State.CHANGED: frozenset({State.IDLE, State.ASKED, State.CUT_OFF}),
    State.ASKED: frozenset(
        {State.CHANGED, State.ACCEPTED, State.IDLE}
    ),  # IDLE: no such action, which is answered
    State.CUT_OFF: frozenset({State.CHANGED, State.IDLE}),
    State.ACCEPTED: frozenset({State.ANSWERED}),  # what staff save meanwhile does not matter
    State.ANSWERED: frozenset({State.IDLE}),
}
"""Each state stands in the workbook, too: so a request is done once, whatever breaks between."""

NEEDS_CLOSED = frozenset({State.ASKED, State.CUT_OFF, State.ACCEPTED, State.ANSWERED})
"""In these states something is written, which waits until all workbooks are closed."""
