"""Where a template runs: it reads values, and does so much work and no more.

Turns of loops, what is put together and what is printed count as work; nothing is timed, so the same template is
taken or refused on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Number
from typing import cast

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dealer_xl.office.word.printed_values import shown

MOST_WORK = 300_000
"""Pieces of expressions that one part of one letter may compute: a report of a thousand lines needs a tenth."""

WORK = " work"
"""The name of the budget among the values; no template can name it."""

_SIGNS_A_PIECE = 100
_OF_LOOPS = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"}
)
_COUNTED, _WEIGHED = " counted", " weighed"  # names of filters that no template can use


class TooMuchWork(Exception):  # noqa: N818 - turned into a sentence where the template's name is known
    """The budget is spent."""


@dataclass
class Work:
    """The budget of one part of one letter."""

    left: int = MOST_WORK

    def spend(self, pieces: int) -> None:
        """Take from the budget.

        Raises TooMuchWork.
        """
        self.left -= pieces
        if self.left < 0:
            raise TooMuchWork


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which values have entries and no methods."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_printable)
        self.globals.clear()  # range, cycler, lipsum …: nothing a letter needs
        self.filters |= {_COUNTED: _counted, _WEIGHED: _weighed}

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an entry of a row, or what a loop tells of itself; a text's methods are none of a template's business."""
        if isinstance(obj, LoopContext) and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Return an entry of a row by its name, or of a list or text by its place."""
        if isinstance(obj, Undefined):
            return obj[argument]  # says that it is none
        try:
            if isinstance(obj, Mapping):
                return obj[argument]
            if isinstance(obj, (str, list, tuple)) and isinstance(argument, int):
                return obj[argument]
        except LookupError:
            return self.undefined(obj=obj, name=str(argument))
        raise SecurityError(str(argument))


def budgeted(tree: nodes.Template) -> nodes.Template:
    """Make a template spend its budget: each turn of a loop for what stands in it, each text put together for its length."""
    for loop in list(tree.find_all(nodes.For)):
        weight = sum(1 for _ in loop.find_all(nodes.Node))
        loop.iter = _filtered(loop.iter, _COUNTED, nodes.Const(weight))
    for owner in [tree, *tree.find_all(nodes.Node)]:
        for name, value in owner.iter_fields():
            if isinstance(value, (nodes.Concat, nodes.Add)):
                setattr(owner, name, _filtered(value, _WEIGHED))
            elif isinstance(value, list):
                value[:] = [
                    _filtered(each, _WEIGHED) if isinstance(each, (nodes.Concat, nodes.Add)) else each
                    for each in value
                ]
    return tree


def _filtered(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    made = nodes.Filter(cast("nodes.Expr", node), name, list(arguments), [], None, None)
    made.set_lineno(node.lineno)
    environment = node.environment
    if environment is not None:
        made.set_environment(environment)
    return made


@pass_context
def _counted(context: Context, items: Iterable[object], weight: int) -> Iterator[object]:
    work = context.resolve(WORK)
    for item in items:
        work.spend(weight)
        yield item


@pass_context
def _weighed(context: Context, value: object) -> object:
    if isinstance(value, (str, list, tuple)):
        context.resolve(WORK).spend(len(value) // _SIGNS_A_PIECE)
    return value


def _printable(value: object) -> object:
    """Return a value as a letter prints it; what is no value, such as a row, a loop or a method, is not printed."""
    said = shown(value)
    if isinstance(said, (str, Number, Undefined)):
        return said
    raise SecurityError(type(value).__name__)
