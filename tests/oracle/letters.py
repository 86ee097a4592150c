"""Who gets a letter and who does not, for the first reason that holds (section 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from oracle import words
from oracle.cells import Row, day, readable, text
from oracle.events import event_list, whole_list
from oracle.letter_forms import Form, form_of, is_marketing
from oracle.persons import person_numbers, refused_numbers
from oracle.reminders import tasks_of
from oracle.shop import Columns, Shop, Tables, open_shop
from oracle.tasks import customers

DUE = {"首保": "first-service-due", "保养": "service-due", "续保": "renewal-due", "流失": "lost-customer"}


@dataclass(frozen=True)
class Order:
    """What was asked: a template, and an event, a complaint, a kind of today's tasks, archive numbers; how many; once more."""

    template: str
    event: str = ""
    complaint: str = ""
    task: str = ""
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


def asked(shop: Shop, order: Order, form: Form) -> list[Asked]:
    """Return the archive rows asked about, in the order of the letters."""
    if order.event:
        return asked_of_event(shop, order)
    if order.complaint:
        complaints = [row for row in shop.rows("Complaints") if text(row, "投诉号") == order.complaint]
        numbers = [text(row, "档案号") for row in complaints]
        return [Asked(number, shop.archive[number]) for number in numbers if number in shop.archive]
    since = earliest_days(shop, order.task or DUE.get(form.purpose, ""))
    wanted = order.archive_nos or tuple(since)
    return [Asked(number, row, since.get(number)) for number, _, row in customers(shop) if number in wanted]


def earliest_days(shop: Shop, kind: str) -> dict[str, date]:
    """Return the earliest day of today's tasks of a kind by 档案号."""
    found: dict[str, date] = {}
    for task in tasks_of(shop):
        earliest = task["earliest"]
        if task["kind"] == kind and isinstance(earliest, date):
            number = str(task["archive_no"])
            found[number] = min(earliest, found.get(number, earliest))
    return found


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
            if self.shop.later(sent, self.shop.setting("letter_gap_days")) > self.shop.today:
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
