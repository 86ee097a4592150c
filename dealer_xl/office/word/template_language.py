"""What a Word template may say: fields, `{% if %}` and `{% for %}`, and nothing that computes.

Templates come from staff and by mail, so a template is judged before it is run: only the words listed here
pass, nothing can be called, multiplied or assigned, and loops nest three deep at most. What is left ends after
a bounded time with a bounded text. Jinja's sandbox stands behind as the second fence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word.printed_values import shown, with_lines
from dealer_xl.office.word.word_package import MOST_TEXT_BYTES, W, WordFileTooLargeError, parsed, written

DEEPEST_LOOP = 3
_FILTERS = frozenset({"count", "d", "default", "first", "last", "length", "lower", "trim", "upper"})
_STRUCTURE = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_VALUES = (nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Getattr, nodes.Getitem, nodes.Slice)
_CHOICES = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Test)
_JOINS = (nodes.Add, nodes.Sub, nodes.Concat, nodes.Filter, nodes.Keyword)
_ALLOWED = frozenset((*_STRUCTURE, *_VALUES, *_CHOICES, *_JOINS))

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
# Left over where a tag is not whole. docxtpl's {{p …}} and {{r …}} are for objects that we do not hand in.
_BROKEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|｛｛|｝｝|｛%|%｝")
_FOR_OBJECTS = re.compile(r"\{\{(?:p|tr|tc|r)\s")
# What a Chinese keyboard types for the braces.
_WIDE = (("｛｛", "{{"), ("｝｝", "}}"), ("｛%", "{%"), ("%｝", "%}"), ("｛％", "{%"), ("％｝", "%}"))


class BrokenTagError(DealerXlError):
    """A tag of the template cannot be understood."""

    def __init__(self, template: str, place: str, text: str = "") -> None:
        super().__init__(
            f"模板“{template}”{place}里{_at(text)}的字段写得不对，请检查花括号是否成对、"
            "字段名里有没有空格，以及 {% if %}、{% for %} 是否都有自己的 {% endif %}、{% endfor %}。"
        )


class ForbiddenExpressionError(DealerXlError):
    """The template wants to do more than show values."""

    def __init__(self, template: str, place: str, text: str = "") -> None:
        super().__init__(
            f"模板“{template}”{place}里{_at(text)}有不允许的写法，模板只能放字段、条件和循环，请在 Word 中删去。"
        )


class UnknownFieldError(DealerXlError):
    """The template names a field that there is no value for."""

    def __init__(self, template: str, unknown: list[str], known: list[str]) -> None:
        super().__init__(
            f"模板“{template}”里有不认识的字段“{'”“'.join(unknown)}”，请在 Word 中改为下列字段之一：{'、'.join(known)}。"
        )


@dataclass(frozen=True)
class CompiledPart:
    """One part of a template, ready to be rendered any number of times."""

    template: str
    place: str
    fields: frozenset[str]
    _jinja: Template

    def render(self, values: Mapping[str, object]) -> bytes:
        """Put the values in; raises UnknownFieldError, ForbiddenExpressionError or BrokenTagError."""
        try:
            xml = self._jinja.render(values)
        except UndefinedError as error:
            # The fields are known to be there, so it is one of a row: {{ 行.名称 }}.
            unknown = re.findall(r"'([^']+)'", error.message or "")[-1:]
            raise UnknownFieldError(self.template, unknown, _row_fields(values)) from error
        except SecurityError as error:
            raise ForbiddenExpressionError(self.template, self.place) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise BrokenTagError(self.template, self.place) from error
        return with_lines(xml.replace("\n<w:p", "<w:p")).encode()


def compile_part(template: str, place: str, xml: bytes) -> CompiledPart:
    """Make one part ready to render.

    Raises BrokenTagError, ForbiddenExpressionError, WordFileTooLargeError.
    """
    if len(xml) > MOST_TEXT_BYTES:
        raise WordFileTooLargeError(template, MOST_TEXT_BYTES)
    source = _healed(template, place, xml)
    try:
        tree = _ENVIRONMENT.parse(source)
        _judge(tree, template, place, source)
        return CompiledPart(
            template,
            place,
            frozenset(meta.find_undeclared_variables(tree)),
            _ENVIRONMENT.from_string(tree),
        )
    except TemplateSyntaxError as error:
        raise BrokenTagError(template, place, _text_at(source, error.lineno)) from error
    except (TemplateError, RecursionError, SyntaxError) as error:  # nested beyond what Python takes
        raise BrokenTagError(template, place) from error


def _healed(template: str, place: str, xml: bytes) -> str:
    root = parsed(xml)
    for run in root.iter(f"{W}t"):
        for wide, narrow in _WIDE:
            run.text = (run.text or "").replace(wide, narrow)
    for paragraph in root.iter(f"{W}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
        if _FOR_OBJECTS.search(text) or _BROKEN.search(_TAG.sub("", text)):
            raise BrokenTagError(template, place, text)
    # Word spreads one tag over several runs; a line a paragraph lets a fault be told by its line.
    healed: str = DocxTemplate(None).patch_xml(written(root).decode())
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", healed)


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


def _at(text: str) -> str:
    return f"“{text[:40]}{'…' * (len(text) > 40)}”处" if text else ""


def _row_fields(values: Mapping[str, object]) -> list[str]:
    rows = (row for value in values.values() if isinstance(value, Sequence) for row in value)
    return sorted({str(key) for row in rows if isinstance(row, Mapping) for key in row} or values)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=shown)
    environment.globals.clear()  # range, cycler, lipsum …: nothing a letter needs
    return environment


_ENVIRONMENT = _environment()
