"""Tables drawn as text, for the examples of this reading."""

from datetime import date

from oracle.cells import Row

NUMBERS = (
    "金额",
    "满意度",
    "进厂里程",
    "保养周期(月)",
    "目标邀约数",
    "值",
    "保费",
    "等待配件天数",
    "再次满意度",
    "钣喷金额",
)


def cell(heading: str, text: str) -> date | int | str | None:
    """Return the typed value of a drawn cell."""
    if not text:
        return None
    if heading in NUMBERS:
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def table(drawn: str) -> list[Row]:
    """Return the rows of `a | b` lines under a heading line; the first stands in Excel row 3."""
    lines = [[part.strip() for part in line.split("|")] for line in drawn.strip().splitlines()]
    headings, bodies = lines[0], lines[1:]
    rows: list[Row] = []
    for place, parts in enumerate(bodies):
        row: Row = {heading: cell(heading, part) for heading, part in zip(headings, parts, strict=True)}
        rows.append({**row, "_row": place + 3})
    return rows
