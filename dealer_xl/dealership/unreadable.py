"""What a reader says of a cell that it cannot read, or reads only with a doubt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: the issue code, what to do where the code's own sentence does not say it, a guess.

    `used`: the value is taken all the same, as the first of two phones is.
    """

    code: str
    advice: str = ""
    guess: str = ""
    used: bool = False


class Unreadable(ValueError):  # noqa: N818 - not a fault of the program: the cell's code travels in it
    """The cell cannot be read as its kind; carries the fault."""

    def __init__(self, code: str, advice: str = "", guess: str = "") -> None:
        """Keep the issue code, what to do, and what may be meant."""
        super().__init__(code)
        self.fault = Fault(code, advice, guess)
