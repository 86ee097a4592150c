"""What a job that staff only named still has to be told: which period, which event, which year.

Every door that asks for it asks in these words, and offers the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.menu import label_of

if TYPE_CHECKING:  # loads pandas
    from dealer_xl import jobs

MOST_EVENTS = 5
MOST_LETTERS = 250
"""The box of a button holds 255."""


class NoEventError(DealerXlError):
    """Nobody said which event, and none is to come."""

    def __init__(self) -> None:
        super().__init__("没有还未结束的活动，不知道为哪个活动发信；请先登记到“活动计划”表，或写明活动编号。")


class NothingToTellError(DealerXlError):
    """A word was put behind a job that needs none."""

    def __init__(self, label: str, word: str) -> None:
        super().__init__(f"“{label}”后面不用写“{word}”；只写“{label}”就可以。")


@dataclass(frozen=True)
class Choice:
    """What staff are asked before a job, what they may pick, and the answer that is most likely."""

    question: str
    likely: str
    listed: Sequence[str] = ()

    def __str__(self) -> str:
        lines = [self.question]
        for line in self.listed:
            if len("\n".join([*lines, line])) <= MOST_LETTERS:
                lines.append(line)
        return "\n".join(lines)


@dataclass(frozen=True)
class Need:
    """What a job must be told."""

    what: str  # in a list of what can be asked for
    choice: Callable[[jobs.Run], Choice]
    words: Callable[[str], Sequence[str]]  # of the command line, from the answer


def _month_or_year(run: jobs.Run) -> Choice:
    from dealer_xl import jobs  # noqa: PLC0415 - loads pandas

    return Choice("总结哪个月或哪一年？写成 2026-03 或 2026。", jobs.last_full_month(run.now.date()).code)


def _year(run: jobs.Run) -> Choice:
    return Choice("分解哪一年的目标？写成 2026。", f"{run.now.year}")


def _event(run: jobs.Run) -> Choice:
    from dealer_xl import jobs  # noqa: PLC0415 - loads pandas

    events = jobs.events_to_invite_to(run)
    likely = events[0].event_no if events else ""
    return Choice(
        "为哪个活动发邀请函？请填活动编号。", likely, [str(event) for event in events[:MOST_EVENTS]]
    )


def _period_words(answer: str) -> Sequence[str]:
    """Write a month or a year as the command line does; what is neither, it will refuse itself."""
    month = re.fullmatch(r"(20\d\d)(?:[-/.年](\d{1,2})月?|(\d\d))", answer)
    if month:
        return [f"{month[1]}-{int(month[2] or month[3]):02}"]
    return [answer.removesuffix("年")]


def _invitation_words(event: str) -> Sequence[str]:
    if not event:
        raise NoEventError
    return ["--template", "邀请函", "--event", event]


NEEDS: Mapping[str, Need] = {
    "summary": Need("月份或年份", _month_or_year, _period_words),
    "plan": Need("年份", _year, lambda answer: [answer.removesuffix("年")]),
    "letters": Need("活动编号", _event, _invitation_words),
}
"""The jobs that must be told something; all others run by their name."""


def words_for(command: str, said: str, run: Callable[[], jobs.Run]) -> Sequence[str]:
    """Return the words of the command line besides the folder; what was not said gets the likely answer.

    Raises NoEventError, NothingToTellError, and what reading the workbooks raises.
    """
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", said))
    need = NEEDS.get(command)
    if need is None:
        if word:
            raise NothingToTellError(label_of(command), word)
        return ()
    return need.words(word or need.choice(run()).likely)
