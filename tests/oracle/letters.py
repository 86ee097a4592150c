"""Who gets a letter and who does not, for the first reason that holds (section 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from oracle import words
from oracle.events import event_list, whole_list
from oracle.persons import person_numbers, refused_numbers
from oracle.shop import Columns, Row, Shop, Tables, day, open_shop, readable, text
from oracle.tasks import Task, customers
from oracle.tasks_of_customers import first_service_due, lost_customer, renewal_due, service_due


@dataclass(frozen=True)
class Form:
    """A row of 信函模板."""

    purpose: str
    marketing: bool
    one_a_person: bool


SHIPPED = {
    "邀请函": Form("活动", marketing=True, one_a_person=True),
    "活动通知": Form("活动", marketing=True, one_a_person=True),
    "首保提醒": Form("首保", marketing=False, one_a_person=False),
    "保养提醒": Form("保养", marketing=False, one_a_person=False),
    "续保通知": Form("续保", marketing=True, one_a_person=False),
    "流失客户问候": Form("流失", marketing=True, one_a_person=True),
    "投诉答复函": Form("投诉", marketing=False, one_a_person=False),
    "感谢信": Form("感谢", marketing=False, one_a_person=True),
}
DUE = {"首保": first_service_due, "保养": service_due, "续保": renewal_due, "流失": lost_customer}


@dataclass(frozen=True)
class Order:
    """What was asked: a template, and an event, a complaint, archive numbers or today's tasks; how many; once more."""

    template: str
    event: str = ""
    complaint: str = ""
    archive_nos: tuple[str, ...] = ()
    first: int | None = None
    again: bool = False


@dataclass(frozen=True)
class Choice:
    """Letters in their order as (档案号, row), skipped as (档案号, row, reason)."""

    letters: list[tuple[str, object]]
    skipped: list[tuple[str, object, str]]


@dataclass(frozen=True)
class Asked:
    """An archive row asked about: since when a letter counts as sent already, whether the list or number holds it."""

    archive_no: str
    row: Row
    since: date | None = None
    chosen: bool = True


def form_of(shop: Shop, template: str) -> Form | None:
    """Return what 信函模板 says of a template, else what is shipped."""
    for row in shop.rows("LetterForms"):
        if text(row, "模板") == template:
            return Form(text(row, "用于"), text(row, "营销") == "是", text(row, "一户一封") == "是")
    return SHIPPED.get(template)


def is_marketing(shop: Shop, template: str) -> bool:
    """Return whether the template is 营销 是."""
    form = form_of(shop, template)
    return form is not None and form.marketing


def asked(shop: Shop, order: Order, form: Form) -> list[Asked]:
    """Return the archive rows asked about, in the order of the letters."""
    if order.event:
        return asked_of_event(shop, order)
    if order.complaint:
        numbers = [
            text(row, "档案号") for row in shop.rows("Complaints") if text(row, "投诉号") == order.complaint
        ]
        return [Asked(number, shop.archive[number]) for number in numbers if number in shop.archive]
    if order.archive_nos:
        rows = [Asked(number, row) for number, _, row in customers(shop) if number in order.archive_nos]
    else:
        rows = [asked_of_task(shop, task) for task in DUE[form.purpose](shop)]
    return rows


def asked_of_task(shop: Shop, task: Task) -> Asked:
    """Return the archive row of a task; a letter counts as sent already "on or after the task's earliest"."""
    number, earliest = str(task["archive_no"]), task["earliest"]
    return Asked(number, shop.archive.get(number, {}), earliest if isinstance(earliest, date) else None)


def asked_of_event(shop: Shop, order: Order) -> list[Asked]:
    """Return every archive row, those of "the event's list (section 7 …)" first and in its order."""
    event = next((row for row in shop.rows("Events") if text(row, "活动编号") == order.event), {})
    begins = day(event, "开始日期")
    find = whole_list(shop, begins) if begins and order.first is not None else []
    if begins and order.first is None:  # "目标邀约数 is the default number"
        find = event_list(shop, event, begins)
    listed = [row for _, _, row in find]
    rest = [row for _, _, row in customers(shop) if not any(row is one for one in listed)]
    chosen = [Asked(text(row, "档案号"), row) for row in listed]
    return chosen + [Asked(text(row, "档案号"), row, chosen=False) for row in rest]


def sent_letters(shop: Shop) -> list[Row]:
    """Return the letters that count: "退回 rows do not count", a 待寄 row without a file is yet to be completed."""
    rows = [row for row in shop.rows("Letters") if text(row, "状态") != "退回"]
    return [row for row in rows if text(row, "状态") != "待寄" or text(row, "文件名")]


class Selection:
    """The reasons of one order, in the order of the text."""

    def __init__(self, shop: Shop, order: Order, form: Form) -> None:
        self.shop, self.order, self.form = shop, order, form
        self.person = person_numbers(shop)
        self.refused = refused_numbers(shop)
        self.served: set[int] = set()

    def same_person(self, row: Row, archive_no: str) -> bool:
        """Return whether a letter went to any car of the person."""
        other = text(row, "档案号")
        return other == archive_no or self.person.get(other, -1) == self.person.get(archive_no, -2)

    def same_reader(self, row: Row, archive_no: str) -> bool:
        """Return whether a letter went to the person (一户一封) or to the car."""
        if self.form.one_a_person:
            return self.same_person(row, archive_no)
        return text(row, "档案号") == archive_no

    def sent_already(self, one: Asked) -> bool:
        """Return "same 模板 and, for an event, 活动编号 and person or car; for a complaint the same 投诉号; else …"."""
        for row in sent_letters(self.shop):
            if text(row, "模板") != self.order.template:
                continue
            if self.order.complaint:
                same = text(row, "关联投诉号") == self.order.complaint
            elif self.order.event:
                same = text(row, "活动编号") == self.order.event and self.same_reader(row, one.archive_no)
            else:
                sent = day(row, "发函日期")
                same = self.same_reader(row, one.archive_no) and (
                    one.since is None or (sent is not None and sent >= one.since)
                )
            if same:
                return True
        return False

    def too_soon(self, one: Asked) -> bool:
        """Return whether a 营销 letter went to the person less than letter_gap_days ago ("only where 营销 是")."""
        for row in sent_letters(self.shop):
            sent = day(row, "发函日期")
            if (
                not sent
                or not self.same_person(row, one.archive_no)
                or not is_marketing(self.shop, text(row, "模板"))
            ):
                continue
            if self.shop.later(sent, self.shop.set("letter_gap_days")) > self.shop.today:
                return True
        return False

    def reason(self, one: Asked) -> str:
        """Return the first reason not to write, "" for none.

        "wrong-entry, no-consent, no-address, already-sent, too-soon, same-household, not-chosen".
        """
        consent = text(one.row, "营销同意") == "同意" and one.archive_no not in self.refused
        reasons = {
            "wrong-entry": not readable(one.row, "档案号", "客户名称", "地址", "营销同意"),
            "no-consent": self.form.marketing and not consent,
            "no-address": not words.usable_address(text(one.row, "地址")),
            "already-sent": not self.order.again and self.sent_already(one),
            "too-soon": self.form.marketing and self.too_soon(one),
            "same-household": self.form.one_a_person and self.person.get(one.archive_no, -1) in self.served,
            "not-chosen": not one.chosen,
        }
        return next((name for name, holds in reasons.items() if holds), "")

    def serve(self, people: list[Asked]) -> Choice:
        """Return who gets a letter; of one person the first in the order, no more than asked for."""
        choice = Choice([], [])
        for one in people:
            reason = self.reason(one)
            full = self.order.first is not None and len(choice.letters) >= self.order.first
            if reason or full:
                choice.skipped.append((one.archive_no, one.row.get("_row"), reason or "not-chosen"))
            else:
                choice.letters.append((one.archive_no, one.row.get("_row")))
                self.served.add(self.person.get(one.archive_no, -1))
        return choice


def letters(
    tables: Tables, settings: Mapping[str, object], today: date, order: Order, columns: Columns | None = None
) -> Choice:
    """Return the letters of an order and those left out, each with the first reason that holds."""
    shop = open_shop(tables, settings, today, columns)
    form = form_of(shop, order.template)
    if form is None:
        raise ValueError(f"no such template: {order.template}")
    return Selection(shop, order, form).serve(asked(shop, order, form))
