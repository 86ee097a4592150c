"""Find the headings of a shop's own sheet again that staff have confirmed in 对照; nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dealer_xl.errors import DealerXlError
from dealer_xl.heading_text import normal
from dealer_xl.office.sheets.heading_blocks import DEEPEST_HEADING_ROW, HeadingBlock, heading_blocks
from dealer_xl.office.sheets.sheet_view import SheetView
from dealer_xl.table_sources import Source


class DescribedHeadingError(DealerXlError):
    """Headings that 对照 names do not stand on the sheet any more, or stand there twice."""

    def __init__(self, workbook: str, sheet: str, lacking: Sequence[str], twice: Sequence[str]) -> None:
        told = [f"没有{_quoted(lacking)}列"] if lacking else []
        told += [f"有两列都叫{_quoted(twice)}"] if twice else []
        super().__init__(
            f"《{workbook}》的“{sheet}”表{'，'.join(told)}，与“对照”表写的不一样，没有读取；"
            "请把表头改回原样，或再点一次“接入本店表格”，在“对照”表里重新选好。"
        )


def _quoted(headings: Sequence[str]) -> str:
    return "、".join(f"“{heading}”" for heading in headings)


def find_described(sheet: SheetView, source: Source) -> tuple[HeadingBlock, dict[str, int]]:
    """Find the heading rows that have all columns of a source, where they stood or elsewhere; our heading to sheet column.

    Raises DescribedHeadingError.
    """
    wanted = {heading: normal(label) for heading, label in source.columns.items()}
    blocks = heading_blocks(sheet.grid, sheet.merged(1, DEEPEST_HEADING_ROW + 1))
    ranked = sorted(blocks, key=lambda block: _fit(block, wanted, source), reverse=True)
    places = _places(ranked[0]) if ranked else {}
    lacking = [label for label in source.columns.values() if normal(label) not in places]
    if not ranked or lacking:
        count = Counter(map(normal, ranked[0].headings.values())) if ranked else Counter()
        twice = [label for label in lacking if count[normal(label)] > 1]
        raise DescribedHeadingError(
            sheet.workbook, sheet.name, [each for each in lacking if each not in twice], twice
        )
    return ranked[0], {heading: places[label] for heading, label in wanted.items()}


def _places(block: HeadingBlock) -> dict[str, int]:
    return {normal(label): column for column, label in block.labels.items()}


def _fit(block: HeadingBlock, wanted: Mapping[str, str], source: Source) -> tuple[int, bool]:
    """Return how many of the columns a block has, and whether it stands where it did; of equals the upper."""
    places = _places(block)
    return sum(label in places for label in wanted.values()), (block.last,) == source.heading_rows[-1:]
