"""The guides to every column, letter field and check, as docs/columns.md, docs/fields.md and docs/checks.md show them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dealer_xl.dealership.issues import CELL_CHECKS, ERROR, WARNING
from dealer_xl.dealership.letter_fields import FIELDS
from dealer_xl.dealership.rules import RULES
from dealer_xl.dealership.settings import SETTINGS
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.dealership.targets import TARGETS
from dealer_xl.schema import Column, FilledBy, Table

HEAD = "# 各表的列\n\n由 `make build` 按 `dealer_xl/dealership/tables/` 写成，请不要手工改这一页。\n"


FIELDS_HEAD = (
    "# 信函模板的字段\n\n由 `make build` 按 `dealer_xl/dealership/letter_fields.py` 写成，请不要手工改这一页。\n"
    "在 Word 模板里写 `{{ 字段 }}`，生成信函时换成该客户的内容；"
    "没有内容时不想印出来的话，写成 `{% if 字段 %}……{% endif %}`。\n"
)


def columns_document() -> str:
    """Write the guide."""
    return "\n".join((HEAD, *(line for table in TABLES for line in _about(table))))


def _about(table: Table) -> Iterator[str]:
    yield f"## {table.sheet} [{table.name}]\n"
    yield f"{table.workbook} · {table.title}。{table.description}\n"
    yield "| 列 | 内容 | 必填 | 说明 | 也认得的标题 |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        required = "是" if column.required else ""
        yield f"| {column.heading} | {column.kind.value} | {required} | {_notes(column, table)} | {'、'.join(column.aliases)} |"
    yield ""


def _notes(column: Column, table: Table) -> str:
    notes = [column.hint] if column.hint else []
    notes += [f"{'/'.join(column.choices)}"] if column.choices else []
    notes += [f"可选{'/'.join(column.offers)}，也可自己写"] if column.offers else []
    notes += [f"有{table.heading(column.unless)}时可不填"] if column.unless else []
    notes += [f"须在“{BY_NAME[column.refers_to].sheet}”表里有"] if column.refers_to else []
    notes += ["不能重复"] if column.unique else []
    notes += ["不能晚于今天"] if column.happened else []
    notes += [f"{column.filled_by.value}填写"] if column.filled_by is not FilledBy.STAFF else []
    return "；".join(notes)


def fields_document() -> str:
    """Write the guide to the fields of letters."""
    lines = [f"| `{{{{ {field.name} }}}}` | {field.description} |" for field in FIELDS]
    return "\n".join((FIELDS_HEAD, "| 字段 | 内容 |", "|---|---|", *lines, ""))


CHECKS_HEAD = (
    "# 校验的每一项\n\n由 `make build` 按 `dealer_xl/dealership/issues.py` 和各表的规则写成，请不要手工改这一页。\n"
    "【】是错误，〔〕是提醒；代码在 `--json` 里。花括号里的内容按设置和所填的值换成。\n"
    "来源的编号见 [sources.md](sources.md)，空着的是本店自定。\n"
)
SEVERITIES = {ERROR: "【错误】", WARNING: "〔提醒〕"}


def checks_document() -> str:
    """Write the guide to every check: of single cells first, then the rules over several, table by table."""
    return "\n".join((CHECKS_HEAD, *_cell_checks(), *(line for table in TABLES for line in _rules_of(table))))


def _cell_checks() -> Iterator[str]:
    yield "## 单个单元格\n"
    yield "| 代码 | 校验列里的话 | 看哪些列 | 级别 | 来源 |"
    yield "|---|---|---|---|---|"
    for check in CELL_CHECKS:
        yield f"| `{check.code}` | {check.message} | {check.cells} | {SEVERITIES[check.severity]} | {check.source} |"
    yield ""


def _rules_of(table: Table) -> Iterator[str]:
    rules = [rule for rule in RULES if rule.table == table.name]
    if not rules:
        return
    yield f"## {table.sheet}\n"
    yield "| 代码 | 校验列里的话 | 看哪些列，第一个变色 | 级别 | 来源 |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        cells = "、".join(table.heading(key) for key in rule.looks_at)
        yield f"| `{rule.code}` | {rule.message} | {cells} | {SEVERITIES[rule.severity]} | {rule.source} |"
    yield ""


SETTINGS_HEAD = (
    "# 设置和年度目标\n\n由 `make build` 按 `dealer_xl/dealership/settings.py` 和 `targets.py` 写成，请不要手工改这一页。\n"
    "英文名在“参数”里也认得；编号指 [sources.md](sources.md) 里的条目。\n"
)


def settings_document() -> str:
    """Return the guide to the settings and the default targets, with the domain items that they come from."""
    settings = [
        f"| {each.label} | `{each.key}` | {each.default} | {each.unit} | {each.remark} | {each.source} | {each.items} |"
        for each in SETTINGS
    ]
    targets = [
        f"| {each.label} | `{each.code}` | {each.direction}{each.target:g} | {each.unit} | {each.remark} | {each.items} |"
        for each in TARGETS
    ]
    return "\n".join(
        (
            SETTINGS_HEAD,
            "| 参数 | 英文名 | 默认 | 单位 | 说明 | 来源 | 编号 |",
            "|---|---|---|---|---|---|---|",
            *settings,
            "\n## 年度目标\n",
            "| 指标 | 指标代码 | 默认 | 单位 | 说明 | 编号 |",
            "|---|---|---|---|---|---|",
            *targets,
            "",
        )
    )


DOCUMENTS = {
    "columns": columns_document,
    "fields": fields_document,
    "checks": checks_document,
    "settings": settings_document,
}

if __name__ == "__main__":
    print(DOCUMENTS[sys.argv[1]](), end="")  # noqa: T201 - `make build` puts it into docs/
