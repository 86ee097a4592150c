"""Who gets a letter, who does not and why, and what stands in it (LE-01 to LE-07).

A new kind of letter is an entry in `letter_forms`; a new field for the templates is an entry in FIELDS.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_forms import LETTER_FORMS, About, LetterForm
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.recipients import Row, blank, refusals
from dealer_xl.dealership.staff import duty_of
from dealer_xl.dealership.tables import TABLES
from dealer_xl.errors import DealerXlError


class LetterError(DealerXlError):
    """The letters cannot be planned."""


@dataclass(frozen=True)
class Case:
    """Everything that one letter is about."""

    customer: Row
    event: Row
    letter_no: str
    clerk: str
    phoned_on: date | None  # when the customer was told of the event
    today: pd.Timestamp
    store: Mapping[str, str]  # name, address, phone


@dataclass(frozen=True)
class Field:
    """One field of the letter templates."""

    name: str
    description: str
    value: Callable[[Case], str]


def _of_customer(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.customer[key])


def _of_event(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.event[key]) if case.event else ""


def _of_store(key: str) -> Callable[[Case], str]:
    return lambda case: case.store[key]


def written(value: object) -> str:
    """Write a cell as a letter does: a day in Chinese, a whole number without its point, nothing for a blank."""
    if isinstance(value, pd.Timestamp):
        return chinese_day(value)
    return f"{value:.10g}" if isinstance(value, float) and pd.notna(value) else blank(value)


def chinese_day(day: pd.Timestamp) -> str:
    """Write a day as a letter does."""
    return f"{day.year}年{day.month}月{day.day}日"


def event_days(event: Row) -> str:
    """Write when an event takes place: a day, or from day to day."""
    starts, ends = event.get("starts_on"), event.get("ends_on")
    if not isinstance(starts, pd.Timestamp) or pd.isna(starts):
        return ""
    if not isinstance(ends, pd.Timestamp) or pd.isna(ends) or ends == starts:
        return chinese_day(starts)
    return f"{chinese_day(starts)}至{chinese_day(ends)}"


def salutation(customer: Row) -> str:
    """Choose how a customer is addressed: a person as 先生/女士, a company through its contact."""
    return "" if customer.get("customer_kind") == "单位" else "先生/女士"


FIELDS = (
    Field("店名", "本店名称（设置）", _of_store("name")),
    Field("店址", "本店地址（设置）", _of_store("address")),
    Field("店电话", "本店服务电话（设置）", _of_store("phone")),
    Field("客户名称", "客户档案的客户名称", _of_customer("name")),
    Field("称呼", "个人为先生/女士，单位为空", lambda case: salutation(case.customer)),
    Field("联系人", "单位的联系人", _of_customer("contact")),
    Field("地址", "客户档案的地址", _of_customer("address")),
    Field("车牌号", "客户档案的车牌号", _of_customer("plate")),
    Field("车型", "客户档案的车型", _of_customer("model")),
    Field("档案号", "客户档案的档案号", _of_customer("archive_no")),
    Field("登记号", "信函登记的登记号", lambda case: case.letter_no),
    Field("发函日期", "生成信函的日期", lambda case: chinese_day(case.today)),
    Field("活动编号", "活动计划的活动编号", _of_event("event_no")),
    Field("活动名称", "活动计划的活动名称", _of_event("name")),
    Field("活动类型", "活动计划的活动类型", _of_event("kind")),
    Field("活动时间", "活动的开始到结束日期", lambda case: event_days(case.event)),
    Field("活动地点", "活动计划的地点", _of_event("place")),
    Field("活动内容", "活动计划的内容", _of_event("content")),
    Field("负责人", "活动的负责人", _of_event("owner")),
    Field("业务员", "经办这封信的业务员", lambda case: case.clerk),
)
"""What the letter templates may use between {{ }}."""


def field_names() -> frozenset[str]:
    """Return the names by which staff know the fields, other names of their headings among them."""
    names = {field.name for field in FIELDS}
    columns = (column for table in TABLES for column in table.columns if column.heading in names)
    return frozenset(names | {alias for column in columns for alias in column.aliases})


@dataclass(frozen=True)
class Letter:
    """One letter to be made: its words for the template, and its row in the register."""

    archive_no: str
    customer: str
    letter_no: str
    words: Mapping[str, str]
    register: Mapping[str, object]  # keys of the table Letters


@dataclass(frozen=True)
class Skipped:
    """A customer who gets no letter, and why."""

    archive_no: str
    customer: str
    reason: str  # no-consent, already-sent, no-address, too-soon


@dataclass(frozen=True)
class Mailing:
    """What one run sends."""

    form: LetterForm
    letters: tuple[Letter, ...]
    skipped: tuple[Skipped, ...]


def form_of(template: str) -> LetterForm:
    """Find a kind of letter by its template's name."""
    for form in LETTER_FORMS:
        if form.template == template:
            return form
    known = "、".join(form.template for form in LETTER_FORMS)
    raise LetterError(f"没有叫“{template}”的信函模板。现有的模板：{known}。")


def plan_mailing(
    dataset: Dataset,
    form: LetterForm,
    event_no: str | None,
    archive_nos: Sequence[str] | None,
    store: Mapping[str, str],
) -> Mailing:
    """Decide who gets a letter; everybody in the archive when nobody is named.

    Raises LetterError when the event or an archive number is unknown, or the event is over.
    """
    event = _event(dataset, form, event_no)
    customers = _customers(dataset, archive_nos)
    refused = refusals(dataset, customers, event_no, form)
    numbers = _free_numbers(dataset)
    clerk_of, phoned = duty_of(dataset), _phone_notices(dataset, event_no)
    letters = []
    for customer in customers:
        if customer["archive_no"] not in refused:
            clerk = blank(clerk_of(customer.get("clerk"))) or blank(event.get("owner"))
            phoned_on = phoned.get(customer["archive_no"])
            case = Case(customer, event, next(numbers), clerk, phoned_on, dataset.today, store)
            letters.append(_letter(form, case))
    skipped = [
        Skipped(blank(customer["archive_no"]), blank(customer["name"]), refused[customer["archive_no"]])
        for customer in customers
        if customer["archive_no"] in refused
    ]
    return Mailing(form, tuple(letters), tuple(skipped))


def customers_named(
    form: LetterForm, archive_nos: Sequence[str] | None, complaint_no: str | None, dataset: Dataset
) -> Sequence[str] | None:
    """Return the archive numbers to which a form's letters go by what was named; None for everybody.

    Raises LetterError when a complaint or customers must be named and are not, or the complaint is unknown.
    """
    if form.about is About.CUSTOMERS and not archive_nos:
        raise LetterError(f"模板“{form.template}”要写明发给谁，请加上 --archive 档案号。")
    if complaint_no is not None:
        return [_complainant(dataset, complaint_no)]
    if form.about is About.COMPLAINT:
        raise LetterError(f"模板“{form.template}”要写明答复哪一件投诉，请加上 --complaint 投诉号。")
    return archive_nos


def _complainant(dataset: Dataset, complaint_no: str) -> str:
    complaints = dataset.tables["Complaints"]
    found = complaints[complaints["complaint_no"] == complaint_no]
    if found.empty:
        known = "、".join(complaints["complaint_no"].dropna().tail(8)) or "还没有投诉"
        raise LetterError(f"“投诉跟踪”里没有投诉号“{complaint_no}”。最近的投诉：{known}。")
    archive_no = blank(found.iloc[0]["archive_no"])
    if not archive_no:
        raise LetterError(f"投诉“{complaint_no}”没有填档案号，不知道寄给谁，请先在“投诉跟踪”补上。")
    return archive_no


def _event(dataset: Dataset, form: LetterForm, event_no: str | None) -> Row:
    if event_no is None:
        if form.about is About.EVENT:
            raise LetterError(f"模板“{form.template}”要写明是哪个活动，请加上 --event 活动编号。")
        return {}
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


def _customers(dataset: Dataset, archive_nos: Sequence[str] | None) -> list[Row]:
    """List the customers asked for, loyal ones first (LE-07)."""
    customers = dataset.tables["Customers"].dropna(subset=["archive_no"])
    if archive_nos is not None:
        unknown = [number for number in archive_nos if number not in set(customers["archive_no"])]
        if unknown:
            raise LetterError(f"“客户档案”里没有档案号：{'、'.join(unknown)}。请核对。")
        customers = customers[customers["archive_no"].isin(list(archive_nos))]
    visits = dataset.tables["Visits"]
    recent = visits[visits["came_on"] > dataset.today - pd.DateOffset(months=12)]["archive_no"].value_counts()
    loyal = look_up(customers["archive_no"], recent).fillna(0) >= dataset.settings.loyal_visits
    return list(pd.concat([customers[loyal], customers[~loyal]]).to_dict("records"))


def _free_numbers(dataset: Dataset) -> Iterator[str]:
    taken = set(dataset.tables["Letters"]["letter_no"].dropna())
    candidates = (f"XH{dataset.today:%Y%m%d}-{place:03}" for place in range(1, 1_000_000))
    return (number for number in candidates if number not in taken)


def _letter(form: LetterForm, case: Case) -> Letter:
    subject = blank(case.event.get("name")) or form.kind
    register = {
        "letter_no": case.letter_no,
        "sent_on": case.today.date(),
        "kind": form.kind,
        "event_no": case.event.get("event_no"),
        "archive_no": case.customer["archive_no"],
        "name": case.customer["name"],
        "address": case.customer["address"],
        "phoned_on": case.phoned_on,
        "subject": subject,
        "clerk": case.clerk,
        "status": "待寄",
    }
    words = {field.name: field.value(case) for field in FIELDS}
    return Letter(
        blank(case.customer["archive_no"]), blank(case.customer["name"]), case.letter_no, words, register
    )


def _phone_notices(dataset: Dataset, event_no: str | None) -> dict[Hashable, date]:
    """Look up when each customer was told of the event by phone (LE-01)."""
    calls = dataset.tables["Calls"]
    told = calls[
        (calls["kind"] == "活动通知") & (calls["event_no"] == event_no) & (calls["result"] == "接通")
    ]
    return {
        number: day.date() for number, day in told.groupby("archive_no")["called_on"].max().dropna().items()
    }
