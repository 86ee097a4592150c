"""Who is asked about, in which order, and why a customer gets no letter (section 11).

Consent: 消费者权益保护法 art. 29 and 广告法 art. 43 allow advertising only to those who agreed; unknown is no, and a
refusal on any car of a person is a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from dealer_xl.dealership.as_typed import with_typed
from dealer_xl.dealership.customer_filter import matching
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.event_list import AGREED, event_list
from dealer_xl.dealership.issues import ERROR, Issue
from dealer_xl.dealership.letter_forms import About, LetterForm
from dealer_xl.dealership.persons import persons, refused, usable_address
from dealer_xl.dealership.reminders import REMINDERS, UnknownReminderError, reminders_of
from dealer_xl.dealership.sent_letters import Row, SentLetters
from dealer_xl.errors import DealerXlError

WRONG_ENTRY, NO_CONSENT, NO_ADDRESS = "wrong-entry", "no-consent", "no-address"
ALREADY_SENT, TOO_SOON, SAME_HOUSEHOLD, NOT_CHOSEN = (
    "already-sent",
    "too-soon",
    "same-household",
    "not-chosen",
)

REASONS: Mapping[str, str] = {
    WRONG_ENTRY: "档案这一行有填错的内容",
    NO_CONSENT: "客户没有同意接收营销信函",
    NO_ADDRESS: "档案里没有可用的地址",
    ALREADY_SENT: "这次活动已经给该客户发过信",
    TOO_SOON: "离上一封营销信函还不到规定天数",
    SAME_HOUSEHOLD: "同一客户已有一封",
    NOT_CHOSEN: "不在这次要发的名单里",
}
"""Why a customer gets no letter, in the order in which they are judged."""

SENT_BEFORE = "已经给该客户发过这种信"
"""Of letters that are about no event."""

READ = ("archive_no", "name", "address", "consent")
"""The cells of the archive that a letter must be able to trust."""


class CustomersUnknownError(DealerXlError):
    """Archive numbers were named that are in no archive."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(f"“客户档案”里没有档案号：{'、'.join(numbers)}。请核对。")


class ColumnsLackingError(DealerXlError):
    """The archive lacks columns without which nobody can be written to."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__(
            f"“客户档案”里没有“{'”“'.join(headings)}”这一列，不能发信；请先加上这一列并填好，再生成信函。"
        )


@dataclass(frozen=True)
class Order:
    """Whom letters are asked for: an event's list, those with a task today, a complaint's customer, or those named."""

    event_no: str | None = None
    task: str | None = None
    complaint_no: str | None = None
    archive_nos: Sequence[str] | None = None
    where: Sequence[str] = ()
    first: int | None = None
    again: bool = False


@dataclass(frozen=True)
class Candidate:
    """A row of the archive that was asked about."""

    row: int
    customer: Row  # what cannot be read as it was typed
    since: pd.Timestamp | None = None  # from when a letter counts as sent already
    due: pd.Timestamp | None = None  # of the task
    not_chosen: str = ""  # why the list does not hold it

    @property
    def archive_no(self) -> str:
        """Return its number."""
        return blank(self.customer["archive_no"])


@dataclass(frozen=True)
class Refusal:
    """Why a candidate gets no letter: a key of REASONS, and what staff need to know to mend it."""

    reason: str
    detail: str


def reason_text(reason: str, form: LetterForm) -> str:
    """Return why customers get no letter of a form, in words for staff."""
    return SENT_BEFORE if reason == ALREADY_SENT and form.about is not About.EVENT else REASONS[reason]


def candidates(dataset: Dataset, form: LetterForm, order: Order, event: Row) -> list[Candidate]:
    """Return the rows asked about in the order of the letters.

    For an event that is the whole archive, its list first. Raises CustomersUnknownError, ColumnsLackingError,
    ConditionError, UnknownReminderError.
    """
    lacking = dataset.lacks(("Customers.address", *(("Customers.consent",) if form.marketing else ())))
    if lacking:
        raise ColumnsLackingError(lacking)
    shown = with_typed(dataset, "Customers", {"archive_no", "name", "phone", "plate", "address"})
    shown = shown[matching(dataset, order.where)] if order.where else shown
    if order.archive_nos is not None:
        shown = _named(shown, order.archive_nos)
    task = order.task or ("" if order.archive_nos is not None or order.where else form.task)
    tasks = _tasks(dataset, task)
    if task:
        shown = shown[shown["archive_no"].isin(list(tasks))]
    rows = _in_order_of_event(dataset, order, event, shown) if event else [(row, "") for row in shown.index]
    records = dict(zip(shown.index, shown.to_dict("records"), strict=True))
    return [_candidate(int(row), records[row], tasks, why) for row, why in rows]


def _candidate(
    row: int, customer: Row, tasks: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]], why: str
) -> Candidate:
    since, due = tasks.get(blank(customer["archive_no"]), (None, None))
    return Candidate(row, customer, since, due, why)


def _named(shown: pd.DataFrame, numbers: Sequence[str]) -> pd.DataFrame:
    unknown = [number for number in numbers if number not in set(shown["archive_no"].dropna())]
    if unknown:
        raise CustomersUnknownError(unknown)
    return shown[shown["archive_no"].isin(list(numbers))]


def _tasks(dataset: Dataset, code: str) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """Return the earliest and the due day of today's tasks of a kind by archive number."""
    if code and code not in {kind.code for kind in REMINDERS}:
        raise UnknownReminderError(code)
    found: dict[str, tuple[pd.Timestamp, pd.Timestamp]] = {}
    for reminder in reminders_of(dataset) if code else ():
        if reminder.kind.code == code and reminder.archive_no:
            days = (reminder.earliest, reminder.due)
            found[reminder.archive_no] = min(days, found.get(reminder.archive_no, days))
    return found


def _in_order_of_event(
    dataset: Dataset, order: Order, event: Row, shown: pd.DataFrame
) -> Iterator[tuple[int, str]]:
    """Yield the rows asked about, those of the event's list first, each with why the list does not hold it.

    Who was named counts as chosen; else the list ends at 目标邀约数, unless a number of letters was asked for.
    """
    listed = event_list(dataset, event["starts_on"])
    listed = listed[listed.isin(shown.index)]
    wanted = None if order.first is not None or order.archive_nos is not None else event["invited"]
    most = len(listed) if wanted is None or pd.isna(wanted) else max(0, int(wanted))
    yield from ((row, "") for row in listed[:most])
    beyond = f"活动的目标邀约数是{most}，排在后面"
    yield from ((row, beyond) for row in listed[most:])
    outside = "" if order.archive_nos is not None else "没有联系电话，不在活动的邀请名单里"
    yield from ((row, outside) for row in shown.index[~shown.index.isin(listed)])


@dataclass(frozen=True, eq=False)
class Selection:
    """Judges the candidates of one mailing, one after another; of one person the first gets the letter."""

    dataset: Dataset
    form: LetterForm
    order: Order
    sent: SentLetters
    persons: pd.Series
    refused: pd.Series
    wrong: Mapping[int, str]  # rows with a wrong cell that letters read, and what is wrong
    served: dict[int, Candidate] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)  # rows that got a letter

    @classmethod
    def of(cls, dataset: Dataset, form: LetterForm, order: Order, sent: SentLetters) -> Selection:
        """Return the selection with nobody served yet."""
        customers = dataset.tables["Customers"]
        return cls(dataset, form, order, sent, persons(customers), refused(customers), _wrong(dataset))

    def refusal(self, candidate: Candidate) -> Refusal | None:
        """Return the first reason why a candidate gets no letter; else note that it gets one."""
        for judge in (
            self._wrong_entry,
            self._no_consent,
            self._no_address,
            self._already_sent,
            self._too_soon,
            self._same_household,
            self._not_chosen,
        ):
            refusal = judge(candidate)
            if refusal is not None:
                return refusal
        self.served.setdefault(int(self.persons[candidate.row]), candidate)
        self.numbers.append(candidate.row)
        return None

    def _wrong_entry(self, candidate: Candidate) -> Refusal | None:
        said = self.wrong.get(candidate.row)
        return None if said is None else Refusal(WRONG_ENTRY, said)

    def _no_consent(self, candidate: Candidate) -> Refusal | None:
        if not self.form.marketing:
            return None
        consent = blank(candidate.customer["consent"])
        if self.refused[candidate.row]:
            said = "营销同意是“拒绝”" if consent == "拒绝" else "该客户在另一辆车的档案里拒绝了"
            return Refusal(NO_CONSENT, said)
        said = f"营销同意是“{consent}”" if consent else "营销同意没有填写"
        return None if consent == AGREED else Refusal(NO_CONSENT, f"{said}，问过客户同意后再发")

    def _no_address(self, candidate: Candidate) -> Refusal | None:
        address = blank(candidate.customer["address"])
        if usable_address(address):
            return None
        said = f"地址写的是“{address}”" if address else "地址没有填写"
        return Refusal(NO_ADDRESS, f"{said}，请在“客户档案”补上")

    def _already_sent(self, candidate: Candidate) -> Refusal | None:
        if self.order.again:
            return None
        letter = self.sent.already(candidate.archive_no, candidate.since)
        return None if letter is None else Refusal(ALREADY_SENT, _said_of(letter))

    def _too_soon(self, candidate: Candidate) -> Refusal | None:
        near = self.sent.too_soon(candidate.archive_no) if self.form.marketing else None
        if near is None:
            return None
        letter, free = near
        return Refusal(
            TOO_SOON,
            f"{_said_of(letter)}，{free:%Y-%m-%d} 起可以再寄；间隔在“设置”的“信函间隔”里改",
        )

    def _same_household(self, candidate: Candidate) -> Refusal | None:
        other = self.served.get(int(self.persons[candidate.row])) if self.form.one_a_customer else None
        if other is None:
            return None
        plate = blank(other.customer["plate"])
        return Refusal(SAME_HOUSEHOLD, f"随档案号 {other.archive_no}{f'（{plate}）' if plate else ''} 发一封")

    def _not_chosen(self, candidate: Candidate) -> Refusal | None:
        if candidate.not_chosen:
            return Refusal(NOT_CHOSEN, candidate.not_chosen)
        first = self.order.first
        full = first is not None and len(self.numbers) >= first
        return Refusal(NOT_CHOSEN, f"这次只发前{first}封") if full else None


def _wrong(dataset: Dataset) -> dict[int, str]:
    """Return what is wrong in the cells that letters must be able to trust, by the archive's row."""
    found: dict[int, list[Issue]] = {}
    for issue in dataset.issues:
        if issue.table.name == "Customers" and issue.column in READ and issue.severity == ERROR:
            found.setdefault(issue.row, []).append(issue)
    return {
        row: "；".join(dict.fromkeys(f"【{issue.heading}】{issue.message}" for issue in issues))
        for row, issues in found.items()
    }


def _said_of(letter: Row) -> str:
    day = letter["sent_on"]
    number = blank(letter["letter_no"])
    when = f"{day:%Y-%m-%d} " if isinstance(day, pd.Timestamp) else ""
    return (
        f"{when}已发{blank(letter['template']) or blank(letter['kind'])}{f'（{number}）' if number else ''}"
    )


def blank(value: object) -> str:
    """Write a cell of text, nothing for an empty one."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
