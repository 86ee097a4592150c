"""What the engine counts and records for a test to look at, and what a test may switch on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Counted:
    """Round trips since the engine was made: blocks read, blocks written, other questions put to the program."""

    reads: int = 0
    writes: int = 0
    asks: int = 0


@dataclass(frozen=True)
class Alert:
    """A box that was shown."""

    prompt: str
    title: str | None
    buttons: str
    mode: str | None


@dataclass(frozen=True)
class Prompt:
    """A question that was put with InputBox."""

    prompt: str
    title: str | None
    default: object


@dataclass
class Quirks:
    """What Excel does under some circumstances only; each is off until a test switches it on.

    A block leaves out the rows that a filter hides; what is written right under a table becomes part of it, as AutoCorrect
    has it by default; the used range reaches to the last cell with a format of its own (which Calc takes half a second for).
    """

    skips_hidden_rows: bool = False
    grows_tables: bool = False
    uses_formats: bool = False
