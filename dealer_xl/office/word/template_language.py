"""What a Word template may say: fields, `{% if %}` and `{% for %}`, and nothing that computes.

Templates come from staff and by mail, so a template is judged before it is run: only the words listed here
pass, nothing can be called, multiplied or assigned, and loops nest three deep at most. What is left has a budget of
work (`sandbox.py`), so that it ends soon with a bounded text. Jinja's sandbox stands behind as the second fence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from dealer_xl.office.word.field_codes import field_codes
from dealer_xl.office.word.printed_values import with_lines
from dealer_xl.office.word.sandbox import WORK, LetterEnvironment, TooMuchWork, Work, budgeted
from dealer_xl.office.word.tags import BrokenTags, narrowed, near_field, tags_of
from dealer_xl.office.word.template_faults import (
    BrokenTagError,
    ForbiddenExpressionError,
    MergeFieldError,
    NearFieldError,
    TooMuchWorkError,
    UnknownFieldError,
)
from dealer_xl.office.word.word_package import MOST_TEXT_BYTES, W, WordFileTooLargeError, parsed, written

DEEPEST_LOOP = 3
_FILTERS = frozenset({"count", "d", "default", "first", "last", "length", "lower", "trim", "upper"})
_STRUCTURE = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_VALUES = (nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Getattr, nodes.Getitem, nodes.Slice)
_CHOICES = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Test)
_JOINS = (nodes.Add, nodes.Sub, nodes.Concat, nodes.Filter, nodes.Keyword)
_ALLOWED = frozenset((*_STRUCTURE, *_VALUES, *_CHOICES, *_JOINS))

MOST_CODE = 50_000
"""Characters that all tags of a part may have together: a long report needs a tenth."""


@dataclass(frozen=True)
class CompiledPart:
    """One part of a template, ready to be rendered any number of times."""

    template: str
    place: str
    fields: frozenset[str]
    _jinja: Template

    def render(self, values: Mapping[str, object]) -> bytes:
        """Put the values in; raises UnknownFieldError, ForbiddenExpressionError, TooMuchWorkError or BrokenTagError."""
        try:
            xml = self._printed(values)
        except UndefinedError as error:
            # The fields are known to be there, so it is one of a row: {{ 行.名称 }}.
            unknown = re.findall(r"'([^']+)'", error.message or "")[-1:]
            raise UnknownFieldError(self.template, unknown, _row_fields(values)) from error
        except SecurityError as error:
            raise ForbiddenExpressionError(self.template, self.place) from error
        except TooMuchWork as error:
            raise TooMuchWorkError(self.template, self.place) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise BrokenTagError(self.template, self.place) from error
        return with_lines(xml.replace("\n<w:p", "<w:p")).encode()

    def _printed(self, values: Mapping[str, object]) -> str:
        pieces, size = [], 0
        for piece in self._jinja.generate({**values, WORK: Work()}):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_TEXT_BYTES:
                raise TooMuchWork
        return "".join(pieces)


def compile_part(template: str, place: str, xml: bytes, names: Collection[str] = ()) -> CompiledPart:
    """Make one part ready to render; `names` are those that a field may have, to know one that is written nearly right.

    Raises BrokenTagError, NearFieldError, MergeFieldError, ForbiddenExpressionError, TooMuchWorkError, WordFileTooLargeError.
    """
    if len(xml) > MOST_TEXT_BYTES:
        raise WordFileTooLargeError(template, MOST_TEXT_BYTES)
    source = _healed(template, place, parsed(xml), names)
    try:
        tree = _ENVIRONMENT.parse(source)
        _judge(tree, template, place, source)
        fields = frozenset(meta.find_undeclared_variables(tree))
        return CompiledPart(template, place, fields, _ENVIRONMENT.from_string(budgeted(tree)))
    except TemplateSyntaxError as error:
        raise BrokenTagError(template, place, _text_at(source, error.lineno)) from error
    except (TemplateError, RecursionError, SyntaxError) as error:  # nested beyond what Python takes
        raise BrokenTagError(template, place) from error


def _healed(template: str, place: str, root: etree._Element, names: Collection[str]) -> str:
    for run in root.iter(f"{W}t"):
        run.text = narrowed(run.text or "")
    _refuse_merge_fields(template, place, root)
    length = 0
    for paragraph in root.iter(f"{W}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
        length += _judge_text(template, place, text, names)
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            length += _judge_text(template, place, str(value), ()) if "{" in str(value) else 0
    if length > MOST_CODE:
        raise TooMuchWorkError(template, place)
    # Word spreads one tag over several runs; a line a paragraph lets a fault be told by its line.
    healed: str = DocxTemplate(None).patch_xml(written(root).decode())
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", healed)


def _judge_text(template: str, place: str, text: str, names: Collection[str]) -> int:
    """Check that the tags of a paragraph are whole, and that nothing beside them looks like one; return their length."""
    try:
        tags, left = tags_of(text)
    except BrokenTags as error:
        raise BrokenTagError(template, place, text) from error
    near = near_field(left, names)
    if near:
        raise NearFieldError(template, place, near)
    return sum(map(len, tags))


def _refuse_merge_fields(template: str, place: str, root: etree._Element) -> None:
    for code in field_codes(root):
        if code.kind == "MERGEFIELD" or "{{" in code.text or "{%" in code.text:
            raise MergeFieldError(template, place, code.text.strip())


def _judge(tree: nodes.Template, template: str, place: str, source: str) -> None:
    pending: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        depth += isinstance(node, nodes.For)
        if depth > DEEPEST_LOOP or not _allowed(node):
            raise ForbiddenExpressionError(template, place, _text_at(source, node.lineno))
        pending += [(child, depth) for child in node.iter_child_nodes()]


def _allowed(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Getattr):
        return not node.attr.startswith("_")
    if isinstance(node, nodes.Name):
        return node.name != "self"  # Jinja's own
    if isinstance(node, nodes.Filter):
        return node.name in _FILTERS
    return type(node) in _ALLOWED


def _text_at(source: str, line: int) -> str:
    lines = source.split("\n")
    return re.sub(r"<[^>]*>", "", lines[min(line, len(lines)) - 1])


def _row_fields(values: Mapping[str, object]) -> list[str]:
    rows = (row for value in values.values() if isinstance(value, Sequence) for row in value)
    return sorted({str(key) for row in rows if isinstance(row, Mapping) for key in row} or values)


_ENVIRONMENT = LetterEnvironment()
