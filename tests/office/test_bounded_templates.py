"""However a template is written, a letter is made or refused after a bounded amount of work."""

from __future__ import annotations

import pytest
from word_files import docx, read_text

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word import sandbox, template_language
from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.sandbox import TooMuchWork, Work
from dealer_xl.office.word.template_faults import (
    BrokenTagError,
    ForbiddenExpressionError,
    TooMuchWorkError,
    UnknownFieldError,
)

LETTERS = "'" + "a" * 1000 + "'"
ROWS = [{"名称": f"甲{number}", "值": number} for number in range(1000)]
VALUES = {"店名": "风" * 32_000, "表": ROWS}


def loops(inside: str, depth: int = 3, tail: str = "") -> str:
    """Nest loops over a literal."""
    opened = "".join(f"{{% for a{level} in {LETTERS}{tail} %}}" for level in range(depth))
    return "{{ 店名[0] }}" + opened + inside + "{% endfor %}" * depth


def rendered(text: str) -> str:
    return read_text(Template("信", docx(text)).render(VALUES))


@pytest.mark.parametrize(
    "text",
    [
        loops("x"),
        loops(""),
        loops("", tail=" if a0 is defined"),
        loops("{{ loop.length }}{{ loop.last }}"),
        loops("{{ 店名 }}", depth=2),
        loops("{% if (店名 ~ 店名)|upper|lower|trim == 店名 %}x{% endif %}", depth=2),
        loops("{% if 店名 + 店名 == 店名 %}x{% endif %}", depth=2),
        loops("{% if " + " or ".join(["店名 == 1"] * 50) + " %}x{% endif %}", depth=2),
        "{{ " + " ~ ".join(["店名"] * 5000) + " }}",
        "{% for a in [" + "1," * 2000 + "] %}{% for b in 店名 %}{% endfor %}{% endfor %}",
        "{% for a in 表 %}{% for b in 表 %}{{ a.值 }}{% endfor %}{% endfor %}",
    ],
)
def test_a_letter_that_would_not_end_is_refused(text: str) -> None:
    with pytest.raises(TooMuchWorkError, match="模板“信”正文里的循环或字段太多"):
        rendered(text)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "}" * 50_000,
        "{%" * 25_000,
        "%}" * 25_000,
        "{#" * 25_000,
        "{{" + "{%" * 25_000 + "}}",
        "｛" * 50_000,
        "{{ 店名 }}" * 20_000,
        "{% if 店名 %}" * 3000 + "{% endif %}" * 3000,
        "{{ '" + "a" * 60_000 + "' }}",
    ],
)
def test_a_heap_of_braces_is_refused_in_one_pass(text: str) -> None:
    with pytest.raises((BrokenTagError, TooMuchWorkError)):
        Template("信", docx(f"{text}{{{{ 店名 }}}}"))


def test_braces_that_are_no_tags_are_a_text() -> None:
    assert rendered("{ " * 5000 + "{{ 店名[0] }}") == "{ " * 5000 + "风"


def test_a_report_of_a_thousand_lines_is_made() -> None:
    text = rendered(
        "{% for 行 in 表 %}{{ loop.index }}{{ 行.名称 }}：{{ 行.值 }}{% if not loop.last %}；{% endif %}{% endfor %}"
    )

    assert text.startswith("1甲0：0；2甲1：1；")
    assert text.endswith("；1000甲999：999")


def test_each_letter_has_the_whole_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template("信", docx("{% for 行 in 表 %}{{ 行.值 }}{% endfor %}"))
    monkeypatch.setattr(sandbox, "MOST_WORK", 8000)

    for _ in range(9):
        template.render(VALUES)


def test_a_budget_is_spent_once() -> None:
    work = Work(10)
    work.spend(10)

    with pytest.raises(TooMuchWork):
        work.spend(1)


def test_a_letter_longer_than_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template("信", docx("{% for 行 in 表 %}{{ 店名 }}{% endfor %}"))
    monkeypatch.setattr(template_language, "MOST_TEXT_BYTES", 100_000)

    with pytest.raises(TooMuchWorkError):
        template.render(VALUES)


@pytest.mark.parametrize(
    "expression",
    [
        "店名.upper",
        "店名['upper']",
        "表",
        "表[0]",
        "表.append",
        "店名.__class__",
        "店名.__len__",
        "(店名, 1)",
    ],
)
def test_nothing_but_values_is_printed(expression: str) -> None:
    with pytest.raises(ForbiddenExpressionError):
        rendered(f"{{{{ {expression} }}}}")


@pytest.mark.parametrize("expression", ["loop", "loop.cycle", "loop.changed", "loop.__init__", "行"])
def test_a_loop_prints_only_its_numbers(expression: str) -> None:
    with pytest.raises(ForbiddenExpressionError):
        rendered(f"{{% for 行 in 表 %}}{{{{ {expression} }}}}{{% endfor %}}")


@pytest.mark.parametrize("method", ["items", "keys", "values", "get"])
def test_a_row_has_entries_and_no_methods(method: str) -> None:
    with pytest.raises(UnknownFieldError):
        rendered(f"{{% for 行 in 表 %}}{{{{ 行.{method} }}}}{{% endfor %}}")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("店名[0]", "风"),
        ("店名[:2]", "风风"),
        ("店名|length", "32000"),
        ("表[1].名称", "甲1"),
        ("表[1]['名称']", "甲1"),
        ("表|length", "1000"),
        ("(店名|first) ~ '车'", "风车"),
        ("'是' if 店名 else '否'", "是"),
    ],
)
def test_values_are_reached_as_before(expression: str, text: str) -> None:
    assert rendered(f"{{{{ {expression} }}}}") == text


@pytest.mark.parametrize("name", ["upper", "join", "format", "encode", "isdigit", "count", "index"])
def test_no_memory_address_is_ever_printed(name: str) -> None:
    with pytest.raises(DealerXlError):
        rendered(f"{{{{ 店名.{name} }}}}{{{{ 表.{name} }}}}")
