"""What one run sends: who gets a letter, who does not and why, and what stands in each (LE-01 to LE-07)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.greetings import addressee
from dealer_xl.dealership.letter_fields import Case, addressed, greeting_of, words_of
from dealer_xl.dealership.letter_forms import About, LetterForm, forms_of
from dealer_xl.dealership.persons import persons
from dealer_xl.dealership.recipients import Candidate, Order, Selection, blank, candidates
from dealer_xl.dealership.sent_letters import Matter, Row, SentLetters
from dealer_xl.dealership.staff import duty_of
from dealer_xl.errors import DealerXlError


class LetterError(DealerXlError):
    """The letters cannot be planned."""


@dataclass(frozen=True)
class Letter:
    """One letter to be made: its words for the template, its reader, and its row in the register."""

    archive_no: str
    customer: str
    greeting: str
    letter_no: str
    words: Mapping[str, str]
    reader: Mapping[
        str, Sequence[str] | str
    ]  # lines of the name, address, postcode: for envelopes and labels
    register: Mapping[str, object]  # keys of the table Letters; what a new row holds
    completes: int | None = None  # the row of the register that waited for this letter's file
    reprint: bool = False  # made once more, under its old number

    @property
    def is_new(self) -> bool:
        """Return whether the register has no row of it yet."""
        return self.completes is None and not self.reprint


@dataclass(frozen=True)
class Skipped:
    """A row of the archive that gets no letter, and why."""

    archive_no: str
    customer: str
    row: int
    reason: str  # a key of REASONS
    detail: str
    plate: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Unfinished:
    """Where the register and the folder do not agree."""

    without_file: Collection[int] = ()  # rows of the register whose letter the folder lacks
    without_row: Mapping[str, str] = field(
        default_factory=dict
    )  # numbers of letters in the folder that the register lacks, to the names they were written to


@dataclass(frozen=True)
class Mailing:
    """What one run sends."""

    form: LetterForm
    order: Order
    letters: tuple[Letter, ...]
    skipped: tuple[Skipped, ...]

    @property
    def asked(self) -> int:
        """Return how many rows of the archive were asked about."""
        return len(self.letters) + len(self.skipped)


def form_of(dataset: Dataset, template: str) -> LetterForm:
    """Return the form of a template.

    Raises LetterError.
    """
    forms = forms_of(dataset)
    if template not in forms:
        raise LetterError(f"没有叫“{template}”的信函模板。现有的模板：{'、'.join(forms)}。")
    return forms[template]


def plan_mailing(
    dataset: Dataset,
    form: LetterForm,
    order: Order,
    shop: Mapping[str, str],
    unfinished: Unfinished | None = None,
) -> Mailing:
    """Decide who gets a letter, and complete what an earlier run or staff left unfinished.

    Raises LetterError when it is not told, or not known, what the letters are about, and what `candidates` raises.
    """
    unfinished = unfinished or Unfinished()
    _refuse_vague(form, order)
    event = _event(dataset, form, order.event_no)
    complaint = _complaint(dataset, form, order.complaint_no)
    if complaint:
        order = _to_complainant(order, complaint)
    matter = Matter(order.event_no, order.complaint_no)
    sent = SentLetters(dataset, form, matter, forms_of(dataset), _person_of(dataset), unfinished.without_file)
    selection = Selection.of(dataset, form, order, sent)
    writer = _Writer.of(dataset, form, sent, event, complaint, shop, unfinished.without_row)
    letters, skipped = [], []
    for candidate in candidates(dataset, form, order, event):
        refusal = selection.refusal(candidate)
        if refusal is None:
            letters.append(writer.letter(candidate, again=order.again))
        else:
            skipped.append(_skipped(candidate, refusal.reason, refusal.detail))
    return Mailing(form, order, tuple(letters), tuple(skipped))


def _skipped(candidate: Candidate, reason: str, detail: str) -> Skipped:
    name, plate, phone = (blank(candidate.customer[key]) for key in ("name", "plate", "phone"))
    return Skipped(candidate.archive_no, name, candidate.row, reason, detail, plate, phone)


def _person_of(dataset: Dataset) -> dict[str, int]:
    customers = dataset.tables["Customers"]
    numbered = persons(customers)[customers["archive_no"].notna()]
    return dict(zip(customers["archive_no"].dropna(), numbered.astype(int), strict=True))


def _refuse_vague(form: LetterForm, order: Order) -> None:
    """Refuse letters of which nobody said to whom they go."""
    named = order.archive_nos is not None or order.where or order.task
    if form.about is About.CUSTOMERS and not named:
        raise LetterError(f"模板“{form.template}”要写明发给谁，请加上 --archive 档案号，或 --where 列=值。")
    if form.about is About.COMPLAINT and order.complaint_no is None:
        raise LetterError(f"模板“{form.template}”要写明答复哪一件投诉，请加上 --complaint 投诉号。")
    if form.about is About.EVENT and order.event_no is None:
        raise LetterError(f"模板“{form.template}”要写明是哪个活动，请加上 --event 活动编号。")


def _complaint(dataset: Dataset, form: LetterForm, complaint_no: str | None) -> Row:
    if complaint_no is None:
        return {}
    if form.about is not About.COMPLAINT:
        raise LetterError(f"模板“{form.template}”不是答复投诉的，不能写 --complaint；请改用投诉的模板。")
    complaints = dataset.tables["Complaints"]
    found = complaints[complaints["complaint_no"] == complaint_no]
    if found.empty:
        known = "、".join(complaints["complaint_no"].dropna().tail(8)) or "还没有投诉"
        raise LetterError(f"“投诉跟踪”里没有投诉号“{complaint_no}”。最近的投诉：{known}。")
    return dict(found.iloc[0])


def _to_complainant(order: Order, complaint: Row) -> Order:
    archive_no = blank(complaint["archive_no"])
    if not archive_no:
        raise LetterError(f"投诉“{order.complaint_no}”没有填档案号，不知道寄给谁，请先在“投诉跟踪”补上。")
    return Order(complaint_no=order.complaint_no, archive_nos=(archive_no,), again=order.again)


def _event(dataset: Dataset, form: LetterForm, event_no: str | None) -> Row:
    if event_no is None:
        return {}
    if form.about is not About.EVENT:
        raise LetterError(f"模板“{form.template}”不是活动的信，不能写 --event；请改用活动的模板。")
    events = dataset.tables["Events"]
    found = events[events["event_no"] == event_no]
    if found.empty:
        known = "、".join(events["event_no"].dropna().tail(8)) or "还没有活动"
        raise LetterError(f"“活动计划”里没有活动编号“{event_no}”。最近的活动：{known}。")
    event: Row = found.iloc[0].to_dict()
    _refuse_unfit(event, event_no, dataset.today)
    return event


def _refuse_unfit(event: Row, event_no: str, today: pd.Timestamp) -> None:
    """Refuse an event of which not all is told that a customer must know (LE-06), or that is over."""
    needed = {"name": "活动名称", "starts_on": "开始日期", "place": "地点", "content": "内容"}
    missing = [heading for key, heading in needed.items() if pd.isna(event[key])]
    if missing:
        raise LetterError(f"活动“{event_no}”的{'、'.join(missing)}没有填好，请先在“活动计划”补上。")
    last: pd.Timestamp = event["starts_on"] if pd.isna(event["ends_on"]) else event["ends_on"]
    if last < today:
        raise LetterError(f"活动“{event_no}”已经结束，不能再发邀请。请核对活动编号和日期。")


@dataclass(frozen=True, eq=False)
class _Writer:
    """Writes the letters of one mailing: numbers, words, rows of the register."""

    dataset: Dataset
    form: LetterForm
    sent: SentLetters
    event: Row
    complaint: Row
    shop: Mapping[str, str]
    visits: Mapping[Hashable, Row]  # the latest by archive number
    phoned: Mapping[Hashable, date]
    numbers: Iterator[str]
    on_duty: Callable[[object], object]
    files: dict[str, str]  # numbers of letters without a row by the name they were written to

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - all that letters are about
        cls,
        dataset: Dataset,
        form: LetterForm,
        sent: SentLetters,
        event: Row,
        complaint: Row,
        shop: Mapping[str, str],
        without_row: Mapping[str, str],
    ) -> _Writer:
        visits, phoned = _last_visits(dataset), _phone_notices(dataset, event.get("event_no"))
        numbers, on_duty = _free_numbers(dataset, without_row), duty_of(dataset)
        files = {name: number for number, name in without_row.items()}
        return cls(dataset, form, sent, event, complaint, shop, visits, phoned, numbers, on_duty, files)

    def letter(self, candidate: Candidate, *, again: bool) -> Letter:
        """Write the letter to a candidate; one that waits for its file, or is made again, keeps its number."""
        customer = candidate.customer
        clerk = blank(self.on_duty(customer.get("clerk"))) or blank(self.event.get("owner"))
        waiting = self.sent.to_complete(candidate.archive_no, candidate.since)
        before = self.sent.already(candidate.archive_no, candidate.since) if again else None
        name = blank(customer["name"])
        number = (
            blank((waiting or before or {}).get("letter_no"))
            or self.files.pop(name, "")
            or next(self.numbers)
        )
        phoned_on = self.phoned.get(candidate.archive_no)
        visit = self.visits.get(candidate.archive_no, {})
        case = Case(
            customer, self.event, self.complaint, visit, number, clerk, phoned_on, candidate.due,
            self.dataset.today, self.shop,
        )  # fmt: skip
        return Letter(
            candidate.archive_no,
            name,
            greeting_of(customer),
            number,
            words_of(case),
            _reader(customer),
            self._register(case),
            completes=int(waiting["row"]) if waiting else None,
            reprint=waiting is None and before is not None,
        )

    def _register(self, case: Case) -> dict[str, object]:
        subject = blank(case.event.get("name")) or (
            f"投诉 {case.complaint['complaint_no']}" if case.complaint else self.form.template
        )
        return {
            "letter_no": case.letter_no,
            "sent_on": case.today.date(),
            "kind": self.form.kind,
            "event_no": case.event.get("event_no"),
            "archive_no": case.customer["archive_no"],
            "name": case.customer["name"],
            "address": case.customer["address"],
            "phoned_on": case.phoned_on,
            "subject": subject,
            "template": self.form.template,
            "clerk": case.clerk,
            "status": "待寄",
            "complaint_no": case.complaint.get("complaint_no"),
        }


def _reader(customer: Row) -> dict[str, Sequence[str] | str]:
    postcode = "".join(letter for letter in blank(customer.get("postcode")) if letter.isdecimal())
    return {
        "names": addressee(*addressed(customer)),
        "address": blank(customer["address"]),
        "postcode": postcode,
        "plate": blank(customer["plate"]),
        "phone": blank(customer["phone"]),
    }


def _last_visits(dataset: Dataset) -> dict[Hashable, Row]:
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on"])
    visits = visits[visits["came_on"] <= dataset.today].sort_values("came_on", kind="stable")
    last = visits.drop_duplicates("archive_no", keep="last")
    return {row["archive_no"]: row for row in last.to_dict("records")}


def _free_numbers(dataset: Dataset, without_row: Collection[str]) -> Iterator[str]:
    taken = {*dataset.tables["Letters"]["letter_no"].dropna(), *without_row}
    candidates = (f"XH{dataset.today:%Y%m%d}-{place:03}" for place in range(1, 1_000_000))
    return (number for number in candidates if number not in taken)


def _phone_notices(dataset: Dataset, event_no: str | None) -> dict[Hashable, date]:
    """Look up when each customer was told of the event by phone (LE-01)."""
    calls = dataset.tables["Calls"]
    told = calls[
        (calls["kind"] == "活动通知") & (calls["event_no"] == event_no) & (calls["result"] == "接通")
    ]
    return {
        number: day.date() for number, day in told.groupby("archive_no")["called_on"].max().dropna().items()
    }
