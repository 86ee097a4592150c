"""Change one thing in a module's source, as a slip of the hand would: a mutant, which some test should find."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from types import NoneType
from typing import Any

Exchange = tuple[ast.AST, str]  # what of the source, and what to write in its place

TURNED: dict[type[ast.AST], type[Any]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NO_CODE = {"annotation", "returns", "decorator_list"}  # a cache's size or a frozen class changes no outcome
OTHER_ERROR = "ZeroDivisionError"


@dataclass(frozen=True)
class Mutant:
    """One thing changed in one module."""

    module: str  # its path inside the package
    kind: str
    lines: range  # of the statement
    diff: str
    source: str


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Make every mutant of a module that is still Python."""
    made: dict[str, Mutant] = {}
    for statement, node in _nodes(ast.parse(source)):
        for kind, rule in RULES.items():
            for old, new in rule(node):
                changed = _with(source, old, new)
                lines = range(statement.lineno, (old.end_lineno or 0) + 1)  # type: ignore[attr-defined]
                if changed != source and _is_python(changed):
                    made.setdefault(
                        changed, Mutant(module, kind, lines, _difference(source, changed), changed)
                    )
    return list(made.values())


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """Yield everything that is run, with the statement it stands in."""
    waiting: list[tuple[ast.stmt, ast.AST]] = [(statement, statement) for statement in reversed(tree.body)]
    while waiting:
        statement, node = waiting.pop()
        yield statement, node
        inside = [
            child for name, field in ast.iter_fields(node) if name not in NO_CODE for child in _listed(field)
        ]
        waiting += [
            (child if isinstance(child, ast.stmt) else statement, child)
            for child in reversed(inside)
            if not _is_left_alone(child)
        ]


def _listed(field: object) -> list[ast.AST]:
    return [each for each in (field if isinstance(field, list) else [field]) if isinstance(each, ast.AST)]


def _is_left_alone(node: ast.AST) -> bool:
    """Return whether a node cannot be changed in its place (parts of an f-string), or had better not be (a signal)."""
    is_signal = isinstance(node, ast.Call) and ast.unparse(node.func) == "os.kill"
    return is_signal or isinstance(node, ast.JoinedStr)


def _comparison(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            signs = [*node.ops[:at], TURNED[type(sign)](), *node.ops[at + 1 :]]
            yield node, _written(ast.Compare(node.left, signs, node.comparators))


def _condition(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield node.test, f"(not {_written(node.test)})"
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield test, f"(not {_written(test)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, _written(node.operand)


def _constant(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, repr(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield node, f"({node.value + 1!r})"
        yield node, f"({node.value - 1!r})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node, _written(node.operand)


def _call_dropped(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield node, "pass"


def _junction(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.BoolOp):
        yield node, _written(ast.BoolOp(TURNED[type(node.op)](), node.values))


def _returned(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.Return) and not isinstance(node.value, (ast.Constant, NoneType)):
        yield node, "return None"


def _arithmetic(node: ast.AST) -> Iterator[Exchange]:
    """Turn a sign; where an operand is plainly a text, a list or a path, the outcome would be a TypeError at once."""
    if not isinstance(node, (ast.BinOp, ast.AugAssign)) or type(node.op) not in TURNED:
        return
    other = TURNED[type(node.op)]()
    if isinstance(node, ast.BinOp):
        if not _is_plainly_no_number(node.left) and not _is_plainly_no_number(node.right):
            yield node, _written(ast.BinOp(node.left, other, node.right))
    elif not _is_plainly_no_number(node.value):
        yield node, ast.unparse(ast.AugAssign(node.target, other, node.value))


def _is_plainly_no_number(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_plainly_no_number(node.left) or _is_plainly_no_number(node.right)
    names = {word.id for word in ast.walk(node) if isinstance(word, ast.Name)}
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    is_path = isinstance(node, (ast.Name, ast.Attribute)) and bool(
        names & {"store", "folder", "self", "path"}
    )
    return is_text or is_path or isinstance(node, (ast.JoinedStr, ast.List, ast.ListComp, ast.Dict, ast.Set))


def _error(node: ast.AST) -> Iterator[Exchange]:
    if isinstance(node, ast.Raise):
        yield (node, "pass") if node.exc is None else (node.exc, "RuntimeError")
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        for each in caught:
            yield each, OTHER_ERROR
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "suppress":
        for each in node.args:
            yield each, OTHER_ERROR


RULES: dict[str, Callable[[ast.AST], Iterator[Exchange]]] = {
    "comparison turned": _comparison,
    "condition negated": _condition,
    "constant ±1": _constant,
    "call dropped": _call_dropped,
    "and/or swapped": _junction,
    "nothing returned": _returned,
    "arithmetic turned": _arithmetic,
    "other exception": _error,
}


def _written(node: ast.AST) -> str:
    return f"({ast.unparse(node)})"


def _with(source: str, node: ast.AST, new: str) -> str:
    """Write something in the place of a node; the tree counts columns in bytes."""
    content = source.encode()
    starts = [0, *accumulate(len(line) for line in content.splitlines(keepends=True))]
    start = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
    return (content[:start] + new.encode() + content[end:]).decode()


def _is_python(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))
