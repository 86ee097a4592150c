"""Which of our options a shop's word in a cell may mean: offered, and used only once staff have confirmed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealer_xl.dealership.matching.vocabulary import WORDS_MEAN
from dealer_xl.dealership.parsers import Unreadable, as_text, is_blank, read_choice
from dealer_xl.heading_text import normal
from dealer_xl.schema import Column, Kind

MOST_WORDS = 40
"""A column with more different words is no column of options."""

OF_FIVE, OF_TEN = "5分制", "10分制"


@dataclass(frozen=True)
class WordOffer:
    """A word that stands in cells, how often, and the option it may mean; blank where none is offered."""

    word: str
    count: int
    choice: str = ""


def unknown_words(values: Sequence[object], column: Column) -> list[WordOffer]:
    """Return the words of a column of options that are none of ours, the most frequent first."""
    if column.kind is not Kind.CHOICE:
        return []
    counts = Counter(as_text(value) for value in values if not is_blank(value) and not _reads(value, column))
    if len(counts) > MOST_WORDS:
        return []
    return [WordOffer(word, count, meaning_of(word, column)) for word, count in counts.most_common()]


def meaning_of(word: str, column: Column) -> str:
    """Return the option that a word may mean; blank where several or none."""
    means = _YES_NO if set(column.choices) == {"是", "否"} else WORDS_MEAN.get(column.key, {})
    found = {
        choice
        for choice, words in means.items()
        if choice in column.choices and normal(word) in map(normal, words)
    }
    return found.pop() if len(found) == 1 else ""


def scale_of(values: Sequence[object]) -> tuple[float, str] | None:
    """Return the largest of some points and the scale it speaks for, where that is not a hundred."""
    numbers = [
        float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if not numbers or max(numbers) > 10:
        return None
    return max(numbers), OF_FIVE if max(numbers) <= 5 else OF_TEN


def _reads(value: object, column: Column) -> bool:
    try:
        read_choice(value, column)
    except Unreadable:
        return False
    return True


_YES_NO: Mapping[str, Sequence[str]] = {
    "是": ("√", "✓", "✔", "y", "yes", "1", "有", "已", "对", "true", "是的", "已预约", "已返修", "○", "v"),
    "否": ("×", "✗", "x", "n", "no", "0", "无", "未", "没有", "false", "不是", "/", "-"),
}
