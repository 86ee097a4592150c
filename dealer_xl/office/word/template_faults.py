"""Why a template cannot be used: one sentence for staff each."""

from __future__ import annotations

from dealer_xl.errors import DealerXlError


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


class TooMuchWorkError(DealerXlError):
    """The template repeats so much that a letter would take minutes or fill the disk."""

    def __init__(self, template: str, place: str) -> None:
        super().__init__(
            f"模板“{template}”{place}里的循环或字段太多，没有生成；请在 Word 中删去多余的 {{% for %}} 和字段后再试。"
        )


class NearFieldError(DealerXlError):
    """Something in the template looks like a field and would be printed as it stands."""

    def __init__(self, template: str, place: str, text: str) -> None:
        super().__init__(
            f"模板“{template}”{place}里{_at(text)}像是字段，但写法不对，会原样印出来；"
            "请在 Word 中改成两个花括号的写法，如 {{ 客户名称 }}。"
        )


class MergeFieldError(DealerXlError):
    """The template uses a field of Word's own mail merge, or one of ours in the code of one of Word's."""

    def __init__(self, template: str, place: str, text: str) -> None:
        super().__init__(
            f"模板“{template}”{place}里有Word自己的域{_at(text)}，程序不会填写它；"
            "请在 Word 中删去这个域，改写成两个花括号的字段，如 {{ 客户名称 }}。"
        )


class NoFieldError(DealerXlError):
    """The template has no field, so that all letters would read the same."""

    def __init__(self, template: str) -> None:
        super().__init__(
            f"模板“{template}”里没有一个字段，每封信都会一模一样，没有生成；请在 Word 中写上字段，如 {{{{ 客户名称 }}}}。"
        )


class TrackedChangesError(DealerXlError):
    """The template holds changes that nobody has accepted or rejected yet."""

    def __init__(self, template: str, place: str) -> None:
        super().__init__(
            f"模板“{template}”{place}里有还没有接受的修订，原来的和改后的文字会一起印出来；"
            "请在 Word 的“审阅”里接受或拒绝所有修订，保存后再试。"
        )


def _at(text: str) -> str:
    return f"“{text[:40]}{'…' * (len(text) > 40)}”处" if text else ""
