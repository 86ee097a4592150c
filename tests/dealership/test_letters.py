import re
from collections.abc import Sequence

import pandas as pd
import pytest
from table_fixtures import TODAY, dataset_of

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_fields import FIELDS, chinese_day, event_days
from dealer_xl.dealership.letter_forms import LETTER_FORMS, About, LetterForm
from dealer_xl.dealership.letters import LetterError, Mailing, Unfinished, form_of, plan_mailing
from dealer_xl.dealership.recipients import (
    ALREADY_SENT,
    NO_ADDRESS,
    NO_CONSENT,
    NOT_CHOSEN,
    REASONS,
    SAME_HOUSEHOLD,
    TOO_SOON,
    WRONG_ENTRY,
    Order,
    reason_text,
)
from dealer_xl.dealership.reminders import REMINDERS
from dealer_xl.dealership.tables import LETTERS
from dealer_xl.dealership.tables.letter_register import LETTER_KINDS
from dealer_xl.errors import DealerXlError

SHOP = {"name": "演示店", "address": "一环路1号", "phone": "020-12345678"}
INVITATION = LETTER_FORMS[0]
REPLY = LetterForm("答复函", "答复函", marketing=False, about=About.CUSTOMERS)
SERVICE = LetterForm(
    "保养提醒", "通知", marketing=False, about=About.TASK, task="service-due", one_a_customer=False
)
ANSWER = LetterForm("投诉答复函", "答复函", marketing=False, about=About.COMPLAINT)
EVENT = "row | event_no | starts_on | ends_on\n4 | H1 | 2026-04-11 |"
PEOPLE = "row | archive_no | name | phone | consent | address"
TWO = f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 王五 | 13800001235 | 同意 | 二号"
THANKS = LETTER_FORMS[-1]
ONE = f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号"


def mailing(
    dataset: Dataset,
    form: LetterForm = INVITATION,
    event: str | None = "H1",
    numbers: Sequence[str] | None = None,
) -> Mailing:
    if event is None and form.about is About.CUSTOMERS and numbers is None:
        numbers = list(dataset.tables["Customers"]["archive_no"].dropna())
    return plan_mailing(dataset, form, Order(event, archive_nos=numbers), SHOP)


def to(result: Mailing) -> list[str]:
    return [letter.archive_no for letter in result.letters]


def skipped(result: Mailing) -> dict[str, str]:
    return {each.archive_no: each.reason for each in result.skipped}


@pytest.mark.parametrize("status", ["已寄", "退回"])
def test_a_letter_that_came_back_is_sent_again(status: str) -> None:
    letters = f"row | archive_no | event_no | sent_on | template | status\n4 | A1 | H1 | 2026-03-17 | 邀请函 | {status}"
    dataset = dataset_of(Customers=ONE, Events=EVENT, Letters=letters)

    assert to(mailing(dataset)) == (["A1"] if status == "退回" else [])


def test_a_row_that_waits_for_its_file_is_completed_under_its_number() -> None:
    letters = "row | letter_no | archive_no | event_no | sent_on | template | status\n9 | XH7 | A1 | H1 | 2026-03-17 | 邀请函 | 待寄"

    (letter,) = mailing(dataset_of(Customers=ONE, Events=EVENT, Letters=letters)).letters
    assert (letter.letter_no, letter.completes) == ("XH7", 9)


def test_a_file_without_a_row_lends_its_number() -> None:
    made = plan_mailing(
        dataset_of(Customers=TWO, Events=EVENT),
        INVITATION,
        Order("H1"),
        SHOP,
        Unfinished((), {"XH20260318-001": "王五"}),
    )

    assert [(letter.archive_no, letter.letter_no[-3:]) for letter in made.letters] == [
        ("A1", "002"),
        ("A2", "001"),
    ]


def test_a_letter_made_again_keeps_its_number() -> None:
    letters = "row | letter_no | archive_no | event_no | sent_on | template | status\n9 | XH7 | A1 | H1 | 2026-01-17 | 邀请函 | 已寄"
    dataset = dataset_of(Customers=ONE, Events=EVENT, Letters=letters)

    (letter,) = plan_mailing(dataset, INVITATION, Order("H1", again=True), SHOP).letters
    assert (letter.letter_no, letter.reprint, letter.is_new) == ("XH7", True, False)


def test_who_refused_on_one_car_gets_no_letter_for_the_other() -> None:
    customers = (
        f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 拒绝 | 一号\n5 | A2 | 李四 | 13800001234 | 同意 | 一号"
    )

    assert set(skipped(mailing(dataset_of(Customers=customers, Events=EVENT))).values()) == {NO_CONSENT}


def test_the_number_of_the_event_is_the_default_and_another_can_be_asked_for() -> None:
    events = "row | event_no | starts_on | invited\n4 | H1 | 2026-04-11 | 1"
    dataset = dataset_of(Customers=TWO, Events=events)

    assert to(mailing(dataset)) == ["A1"]
    assert skipped(mailing(dataset)) == {"A2": NOT_CHOSEN}
    assert to(plan_mailing(dataset, INVITATION, Order("H1", first=2), SHOP)) == ["A1", "A2"]


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        ("地区=天河", ["A1"]),
        ("客户等级=VIP、一级", ["A1", "A2"]),
        ("最近进厂日期>=2026-02-01", ["A2"]),
        ("忠诚客户=否", ["A1", "A2"]),
        ("购车日期<2021-01-01", ["A1"]),
    ],
)
def test_customers_are_chosen_by_a_condition(condition: str, numbers: list[str]) -> None:
    customers = (
        f"{PEOPLE} | region | grade | bought_on\n4 | A1 | 李四 | 13800001234 | 同意 | 一号 | 天河 | VIP | 2020-05-01"
        "\n5 | A2 | 王五 | 13800001235 | 同意 | 二号 | 越秀 | 一级 | 2022-05-01"
    )
    visits = "row | archive_no | came_on\n4 | A1 | 2026-01-31\n5 | A2 | 2026-02-01"
    dataset = dataset_of(Customers=customers, Visits=visits)

    assert to(plan_mailing(dataset, THANKS, Order(where=(condition,)), SHOP)) == numbers


@pytest.mark.parametrize("condition", ["地区", "颜色=红", "地区>天河", "购车日期<明天"])
def test_a_condition_that_cannot_be_understood_is_refused(condition: str) -> None:
    with pytest.raises(DealerXlError, match=condition[:2]):
        plan_mailing(dataset_of(Customers=ONE), THANKS, Order(where=(condition,)), SHOP)


def test_a_row_with_a_wrong_number_is_named_with_the_reason() -> None:
    customers = f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A1 | 王五 | 13800001235 | 同意 | 二号\n6 | | 赵六 | 13800001236 | 同意 | 三号"

    result = mailing(dataset_of(Customers=customers, Events=EVENT))
    assert [(each.row, each.reason, each.archive_no) for each in result.skipped] == [
        (5, WRONG_ENTRY, "A1"),
        (6, WRONG_ENTRY, ""),
    ]
    assert all("【档案号】" in each.detail for each in result.skipped)


def test_what_a_form_is_for_stands_on_the_sheet() -> None:
    sheet = "row | template | kind | used_for | marketing | one_a_customer\n4 | 保养提醒 | 通知 | 保养 | 是 | 是\n5 | 生日贺卡 | 通知 | 其他 | 是 | 是"
    dataset = dataset_of(LetterForms=sheet)

    assert form_of(dataset, "保养提醒").marketing
    assert form_of(dataset, "生日贺卡").about is About.CUSTOMERS
    assert form_of(dataset, "邀请函") == INVITATION


def test_a_wrong_entry_beside_a_form_asks_for_consent() -> None:
    sheet = "row | template | marketing\n4 | 贺卡 | 也许"

    assert form_of(dataset_of(LetterForms=sheet), "贺卡").marketing


def cjk(sentence: str) -> bool:
    return re.search("[一-鿿]", sentence) is not None


SERVICED = f"{PEOPLE} | cycle_months | last_service_on"
EXAMPLES: dict[str, tuple[dict[str, str], Order]] = {
    "邀请函": (
        {
            "Customers": f"{PEOPLE}\n14 | A1 | 李四 | 13800001234 | 拒绝 | 一号\n15 | A2 | 王五 | 13800001235 | 同意 | 二号",
            "Events": EVENT,
        },
        Order("H1"),
    ),
    "活动通知": (
        {
            "Customers": f"{PEOPLE}\n14 | A1 | 李四 | 13800001234 | 未知 | 一号\n15 | A2 | 王五 | 13800001235 | 同意 | 二号",
            "Events": EVENT,
        },
        Order("H1"),
    ),
    "保养提醒": (
        {
            "Customers": f"{SERVICED}\n14 | A1 | 李四 | 13800001234 | 同意 | 无 | 6 | 2025-09-20\n15 | A2 | 王五 | 13800001235 | 拒绝 | 二号 | 6 | 2025-09-20"
        },
        Order(),
    ),
    "投诉答复函": (
        {
            "Customers": f"{PEOPLE}\n14 | A1 | 李四 | 13800001234 | 同意 | 一号\n15 | A2 | 王五 | 13800001235 | 拒绝 | 二号",
            "Complaints": "row | complaint_no | archive_no | received_on\n4 | TS1 | A2 | 2026-03-01",
        },
        Order(complaint_no="TS1"),
    ),
    "感谢信": (
        {
            "Customers": f"{PEOPLE}\n14 | A1 | 李四 | 13800001234 | 同意 | 不详\n15 | A2 | 王五 | 13800001235 | 拒绝 | 二号"
        },
        Order(archive_nos=("A1", "A2")),
    ),
}
"""For each form of letter: a store in which the customer of row 15 alone gets one, and what is asked for."""

WAITING_FOR_TASKS = {"首保提醒", "续保通知", "流失客户问候"} - {
    form.template for form in LETTER_FORMS if form.task in {kind.code for kind in REMINDERS}
}
"""Forms whose kind of task today's list does not know."""


@pytest.mark.parametrize("template", EXAMPLES)
def test_every_form_of_letter_has_an_example_that_reaches_the_customer_of_row_15_only(template: str) -> None:
    tables, order = EXAMPLES[template]
    dataset = dataset_of(**tables)
    made = plan_mailing(dataset, form_of(dataset, template), order, SHOP)

    assert (to(made), [each.row for each in made.skipped]) == (
        ["A2"],
        [14] if order.complaint_no is None else [],
    )


def test_no_form_lacks_an_example_but_those_that_wait_for_their_tasks() -> None:
    assert set(EXAMPLES) == {form.template for form in LETTER_FORMS} - WAITING_FOR_TASKS


def test_every_form_of_letter_is_of_a_kind_that_the_register_offers() -> None:
    assert {form.kind for form in LETTER_FORMS} <= set(LETTER_KINDS)


@pytest.mark.parametrize("consent", ["拒绝", "未知", ""])
def test_nobody_gets_an_invitation_who_has_not_agreed(consent: str) -> None:
    """消费者权益保护法 art. 29, 广告法 art. 43."""
    dataset = dataset_of(Customers=f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | {consent} | 一号", Events=EVENT)

    assert skipped(mailing(dataset)) == {"A1": NO_CONSENT}


def test_nobody_gets_a_second_letter_about_an_event() -> None:
    dataset = dataset_of(
        Customers=ONE,
        Events=EVENT,
        Letters="row | archive_no | event_no | sent_on | kind\n4 | A1 | H1 | 2026-01-05 | 邀请函",
    )

    assert skipped(mailing(dataset)) == {"A1": ALREADY_SENT}


def test_a_letter_about_another_event_is_no_reason() -> None:
    events = f"{EVENT}\n5 | H2 | 2026-01-11 |"
    dataset = dataset_of(
        Customers=ONE,
        Events=events,
        Letters="row | archive_no | event_no | sent_on | kind\n4 | A1 | H2 | 2026-01-05 | 邀请函",
    )

    assert to(mailing(dataset)) == ["A1"]


def test_nobody_gets_a_letter_without_an_address() -> None:
    dataset = dataset_of(Customers=f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 |", Events=EVENT)

    assert skipped(mailing(dataset)) == {"A1": NO_ADDRESS}


@pytest.mark.parametrize(
    ("sent_on", "reasons"),
    [("2026-02-17", {"A1": TOO_SOON}), ("2026-02-16", {}), ("2026-03-18", {"A1": TOO_SOON})],
)
def test_nobody_gets_two_letters_within_thirty_days(sent_on: str, reasons: dict[str, str]) -> None:
    """From 17 February to 18 March are 29 days."""
    dataset = dataset_of(
        Customers=ONE,
        Events=EVENT,
        Letters=f"row | archive_no | sent_on | template\n4 | A1 | {sent_on} | 续保通知",
    )

    assert skipped(mailing(dataset)) == reasons


def test_how_soon_is_too_soon_is_a_setting() -> None:
    dataset = dataset_of(
        Customers=ONE,
        Events=EVENT,
        Letters="row | archive_no | sent_on | template\n4 | A1 | 2026-03-17 | 续保通知",
        Settings="row | key | value\n4 | letter_gap_days | 1",
    )

    assert to(mailing(dataset)) == ["A1"]


def test_a_reply_needs_no_consent_and_is_never_too_soon() -> None:
    dataset = dataset_of(
        Customers=f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 拒绝 | 一号",
        Letters="row | archive_no | sent_on | template\n4 | A1 | 2026-03-17 | 续保通知",
    )

    assert to(mailing(dataset, REPLY, None)) == ["A1"]


def test_a_letter_about_nothing_goes_out_once() -> None:
    dataset = dataset_of(
        Customers=ONE, Letters="row | archive_no | sent_on | template\n4 | A1 | 2026-03-01 | 答复函"
    )

    assert skipped(mailing(dataset, REPLY, None)) == {"A1": ALREADY_SENT}


def test_of_several_reasons_consent_comes_first() -> None:
    dataset = dataset_of(
        Customers=f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 拒绝 |",
        Events=EVENT,
        Letters="row | archive_no | event_no | sent_on | template\n4 | A1 | H1 | 2026-03-17 | 邀请函",
    )

    assert skipped(mailing(dataset)) == {"A1": NO_CONSENT}


def test_two_cars_of_one_person_get_one_letter() -> None:
    dataset = dataset_of(
        Customers=f"""{PEOPLE}
            4 | A1 | 李四 | 13800001234  | 同意 | 一号
            5 | A2 | 李四 | 138 0000 1234 | 同意 | 一号
            6 | A3 | 李四 | 13900001234  | 同意 | 二号
        """,
        Events=EVENT,
    )

    result = mailing(dataset)
    assert to(result) == ["A1", "A3"]
    assert skipped(result) == {"A2": SAME_HOUSEHOLD}


def test_a_letter_to_one_car_counts_for_the_person_s_other_car() -> None:
    customers = (
        f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 李四 | 13800001234 | 同意 | 一号"
    )

    about_it = dataset_of(
        Customers=customers,
        Events=EVENT,
        Letters="row | archive_no | event_no | sent_on | kind\n4 | A1 | H1 | 2026-01-05 | 邀请函",
    )
    lately = dataset_of(
        Customers=customers,
        Events=EVENT,
        Letters="row | archive_no | sent_on | template\n4 | A1 | 2026-03-17 | 续保通知",
    )
    assert skipped(mailing(about_it, numbers=["A2"])) == {"A2": ALREADY_SENT}
    assert skipped(mailing(lately, numbers=["A2"])) == {"A2": TOO_SOON}


def test_a_car_whose_archive_lacks_the_address_leaves_the_letter_to_the_person_s_other_car() -> None:
    dataset = dataset_of(
        Customers=f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 |\n5 | A2 | 李四 | 13800001234 | 同意 | 一号",
        Events=EVENT,
    )

    assert to(mailing(dataset)) == ["A2"]


def test_people_whose_phones_are_unknown_are_not_taken_for_one() -> None:
    dataset = dataset_of(
        Customers=f"{PEOPLE}\n4 | A1 | 李四 | 无 | 同意 | 一号\n5 | A2 | 李四 | 无 | 同意 | 二号",
        Events=EVENT,
    )

    assert to(mailing(dataset, numbers=["A1", "A2"])) == ["A1", "A2"]
    assert skipped(mailing(dataset)) == {"A1": NOT_CHOSEN, "A2": NOT_CHOSEN}


def test_a_second_run_makes_nothing_twice() -> None:
    customers = (
        f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 王五 | 13800001235 | 同意 | 二号"
    )
    first = mailing(dataset_of(Customers=customers, Events=EVENT))

    rows = [{**letter.register, "file": "信函/a.docx"} for letter in first.letters]
    booked = pd.DataFrame(rows, index=[4, 5], dtype="object")
    again = mailing(dataset_of(Customers=customers, Events=EVENT, Letters=booked))

    assert to(first) == ["A1", "A2"]
    assert to(again) == []
    assert skipped(again) == {"A1": ALREADY_SENT, "A2": ALREADY_SENT}


def test_the_row_for_the_register_is_right_by_the_check() -> None:
    customers = "row | archive_no | consent | address\n4 | A1 | 同意 | 一号"
    first = mailing(dataset_of(Customers=customers, Events=EVENT))
    booked = pd.DataFrame([letter.register for letter in first.letters], index=[4], dtype="object")

    dataset = dataset_of(Customers=customers, Events=EVENT, Letters=booked)

    assert dataset.issues == ()
    assert set(first.letters[0].register) <= {column.key for column in LETTERS.columns}


def test_loyal_customers_come_first() -> None:
    """LE-07; four visits in the twelve months before the first call, on 21 March, make a loyal customer."""
    days = ["2025-03-21", "2025-09-01", "2026-01-01", "2026-02-01"]
    visits = (
        [f"{row} | A2 | {day}" for row, day in enumerate(days, 4)]
        + ["9 | A3 | 2025-03-20"]
        + [f"{row} | A3 | 2026-03-01" for row in (10, 11, 12)]
    )
    dataset = dataset_of(
        Customers=f"""{PEOPLE}
            4 | A1 | 李四 | 13800001234 | 同意 | 一号
            5 | A2 | 王五 | 13800001235 | 同意 | 二号
            6 | A3 | 赵六 | 13800001236 | 同意 | 三号
        """,
        Visits="row | archive_no | came_on\n" + "\n".join(visits),
        Events=EVENT,
    )

    result = mailing(dataset)
    assert to(result) == ["A2", "A3", "A1"]
    assert [letter.letter_no[-3:] for letter in result.letters] == ["001", "002", "003"]


def test_only_the_customers_asked_for_get_a_letter() -> None:
    customers = (
        f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 王五 | 13800001235 | 同意 | 二号"
    )

    assert to(mailing(dataset_of(Customers=customers, Events=EVENT), numbers=["A2"])) == ["A2"]
    assert to(mailing(dataset_of(Customers=customers, Events=EVENT), numbers=[])) == []


def refusal(
    dataset: Dataset,
    form: LetterForm = INVITATION,
    event: str | None = "H1",
    numbers: Sequence[str] | None = None,
) -> str:
    """Return the sentence with which a mailing is refused."""
    with pytest.raises(DealerXlError) as refused:
        mailing(dataset, form, event, numbers)
    return str(refused.value)


def test_an_unknown_event_is_refused_and_the_known_ones_named() -> None:
    assert re.search("[一-鿿].*H9.*H1", refusal(dataset_of(Customers=ONE, Events=EVENT), event="H9"))
    assert cjk(refusal(dataset_of(Customers=ONE), event="H9"))


def test_an_invitation_without_an_event_is_refused() -> None:
    assert cjk(refusal(dataset_of(Customers=ONE, Events=EVENT), event=None))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_over"),
    [
        ("2026-03-17", "", True),
        ("2026-03-18", "", False),
        ("2026-03-10", "2026-03-17", True),
        ("2026-03-10", "2026-03-18", False),
    ],
)
def test_an_event_that_is_over_is_refused(starts_on: str, ends_on: str, is_over: bool) -> None:
    dataset = dataset_of(
        Customers=ONE, Events=f"row | event_no | starts_on | ends_on\n4 | H1 | {starts_on} | {ends_on}"
    )

    if is_over:
        assert cjk(refusal(dataset))
    else:
        assert to(mailing(dataset)) == ["A1"]


@pytest.mark.parametrize("column", ["name", "starts_on", "place", "content"])
def test_an_event_of_which_not_everything_is_told_is_refused(column: str) -> None:
    """LE-06: content, date and place must be told clearly."""
    dataset = dataset_of(Customers=ONE, Events=f"row | event_no | {column}\n4 | H1 |")

    assert cjk(refusal(dataset))


def test_an_unknown_archive_number_is_refused_and_named() -> None:
    sentence = refusal(dataset_of(Customers=ONE, Events=EVENT), numbers=["A1", "A9"])

    assert "A9" in sentence
    assert "A1" not in sentence
    assert cjk(sentence)


def test_an_archive_number_whose_customer_has_no_name_is_not_told_to_be_unknown() -> None:
    dataset = dataset_of(Customers=f"{PEOPLE}\n4 | A1 | | 13800001234 | 同意 | 一号", Events=EVENT)

    try:
        sentence = " ".join(skipped(mailing(dataset, numbers=["A1"])).values())
    except DealerXlError as refused:
        sentence = str(refused)
    assert "没有档案号" not in sentence


def test_an_unknown_template_is_refused() -> None:
    assert form_of(dataset_of(), "邀请函") == INVITATION
    with pytest.raises(LetterError, match=r"[一-鿿]"):
        form_of(dataset_of(), "邀请")


def test_register_numbers_never_collide() -> None:
    customers = (
        f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 王五 | 13800001235 | 同意 | 二号"
    )
    dataset = dataset_of(
        Customers=customers,
        Events=EVENT,
        Letters="""
            row | letter_no       | archive_no | sent_on
            4   | XH20260318-001  | A9         | 2026-01-05
            5   | XH20260318-003  | A9         | 2026-01-05
            6   | XH20260318-003  | A9         | 2026-01-05
        """,
    )

    assert [letter.letter_no for letter in mailing(dataset).letters] == ["XH20260318-002", "XH20260318-004"]


def test_a_letter_has_every_field_of_the_templates() -> None:
    (letter,) = mailing(dataset_of(Customers=ONE, Events=EVENT)).letters

    assert set(letter.words) == {field.name for field in FIELDS}
    assert {
        name: letter.words[name]
        for name in ("店名", "客户名称", "地址", "活动编号", "发函日期", "活动时间", "登记号", "业务员")
    } == {
        "店名": "演示店",
        "客户名称": "李四",
        "地址": "一号",
        "活动编号": "H1",
        "发函日期": "2026年3月18日",
        "活动时间": "2026年4月11日",
        "登记号": letter.letter_no,
        "业务员": "张三",
    }


def test_a_letter_about_nothing_leaves_the_fields_of_the_event_blank() -> None:
    (letter,) = mailing(dataset_of(Customers=ONE), REPLY, None).letters

    assert {
        letter.words[name] for name in ("活动编号", "活动名称", "活动时间", "活动地点", "活动内容", "负责人")
    } == {""}
    assert letter.register["subject"] == "答复函"
    assert letter.register["event_no"] is None


def test_a_company_is_addressed_without_sir_or_madam() -> None:
    customers = "row | archive_no | customer_kind | contact | consent | address\n4 | A1 | 单位 | 王经理 | 同意 | 一号\n5 | A2 | 个人 | | 同意 | 二号"
    company, person = mailing(dataset_of(Customers=customers, Events=EVENT)).letters

    assert (company.words["称呼"], company.words["联系人"]) == ("", "王经理")
    assert (person.words["称呼"], person.words["联系人"]) == ("", "")
    assert (company.greeting, person.greeting) == ("尊敬的王经理：", "尊敬的客户5，您好：")
    assert company.words["单位名称"] == "客户4"


def test_the_deputy_signs_while_the_clerk_is_away() -> None:
    staff = (
        "row | name | deputy | away_from | away_to\n4 | 张三 | 李四 | 2026-03-18 | 2026-03-18\n5 | 李四 | | |"
    )
    (letter,) = mailing(dataset_of(Customers=ONE, Events=EVENT, Staff=staff)).letters

    assert letter.register["clerk"] == letter.words["业务员"] == "李四"


def test_where_the_clerk_is_unknown_the_owner_of_the_event_signs() -> None:
    dataset = dataset_of(
        Customers=f"{PEOPLE} | clerk\n4 | A1 | 李四 | 13800001234 | 同意 | 一号 | 外人",
        Events="row | event_no | owner\n4 | H1 | 王五",
        Staff="row | name\n4 | 王五",
    )

    assert mailing(dataset).letters[0].register["clerk"] == "王五"


def test_the_register_tells_when_the_customer_was_told_by_phone() -> None:
    calls = """
        row | archive_no | kind     | event_no | called_on  | result
        4   | A1         | 活动通知 | H1       | 2026-03-01 | 接通
        5   | A1         | 活动通知 | H1       | 2026-03-03 | 接通
        6   | A1         | 活动通知 | H1       | 2026-03-05 | 未接
        7   | A1         | 咨询     | H1       | 2026-03-06 | 接通
    """
    (letter,) = mailing(dataset_of(Customers=ONE, Events=EVENT, Calls=calls)).letters
    (untold,) = mailing(dataset_of(Customers=ONE, Events=EVENT)).letters

    assert str(letter.register["phoned_on"]) == "2026-03-03"
    assert untold.register["phoned_on"] is None


def test_days_are_written_as_in_a_letter() -> None:
    start, end = pd.Timestamp("2026-04-01"), pd.Timestamp("2026-04-12")

    assert chinese_day(start) == "2026年4月1日"
    assert event_days({"starts_on": start, "ends_on": end}) == "2026年4月1日至2026年4月12日"
    assert event_days({"starts_on": start, "ends_on": start}) == event_days(
        {"starts_on": start, "ends_on": pd.NaT}
    )
    assert event_days({}) == event_days({"starts_on": pd.NaT}) == ""


def test_every_reason_has_its_words() -> None:
    assert tuple(REASONS) == (
        WRONG_ENTRY, NO_CONSENT, NO_ADDRESS, ALREADY_SENT, TOO_SOON, SAME_HOUSEHOLD, NOT_CHOSEN
    )  # fmt: skip


def test_the_letters_are_dated_on_the_day_that_stands_for_today() -> None:
    (letter,) = mailing(dataset_of(TODAY, Customers=ONE, Events=EVENT)).letters

    assert (letter.register["sent_on"], letter.register["status"]) == (TODAY, "待寄")


TWO_CARS = f"{PEOPLE}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号\n5 | A2 | 李四 | 13800001234 | 同意 | 一号"


DUE = f"{SERVICED}\n4 | A1 | 李四 | 13800001234 | 同意 | 一号 | 6 | 2025-09-20\n5 | A2 | 李四 | 13800001234 | 同意 | 一号 | 6 | 2025-09-20"


def test_a_letter_about_a_car_goes_out_for_each_car_of_a_person() -> None:
    assert to(mailing(dataset_of(Customers=DUE), SERVICE, None)) == ["A1", "A2"]
    assert to(mailing(dataset_of(Customers=TWO_CARS, Events=EVENT))) == ["A1"]


def test_a_letter_about_a_car_goes_out_though_the_other_car_got_one_today() -> None:
    letters = "row | archive_no | template | sent_on\n4 | A1 | 保养提醒 | 2026-03-18"
    dataset = dataset_of(Customers=DUE, Letters=letters)

    assert to(mailing(dataset, SERVICE, None)) == ["A2"]
    assert skipped(mailing(dataset, SERVICE, None)) == {"A1": ALREADY_SENT}


def test_a_letter_before_the_task_began_does_not_count() -> None:
    """The service is due on 20 March, so that it is on the list from the 6th on."""
    letters = "row | archive_no | template | sent_on\n4 | A1 | 保养提醒 | 2026-03-05\n5 | A2 | 保养提醒 | 2026-03-06"

    assert to(mailing(dataset_of(Customers=DUE, Letters=letters), SERVICE, None)) == ["A1"]


def test_the_reason_speaks_of_an_event_only_where_the_letter_is_about_one() -> None:
    assert "活动" in reason_text(ALREADY_SENT, INVITATION)
    assert "活动" not in reason_text(ALREADY_SENT, SERVICE)
    assert reason_text(NO_CONSENT, SERVICE) == REASONS[NO_CONSENT]


def test_a_form_whose_kind_the_register_does_not_know_is_none() -> None:
    with pytest.raises(ValueError, match="保养通知"):
        LetterForm("保养提醒", "保养通知", marketing=False, about=About.TASK)


def test_an_answer_goes_to_whoever_complained() -> None:
    complaints = "row | complaint_no | archive_no | received_on\n4 | TS1 | A1 | 2026-03-01"
    dataset = dataset_of(Customers=TWO_CARS, Complaints=complaints)

    made = plan_mailing(dataset, ANSWER, Order(complaint_no="TS1"), SHOP)
    assert to(made) == ["A1"]
    assert made.letters[0].register["complaint_no"] == "TS1"


@pytest.mark.parametrize(
    ("form", "complaint", "named"),
    [
        (ANSWER, None, "--complaint"),
        (ANSWER, "TS9", "TS9.*TS1"),
        (ANSWER, "TS2", "档案号"),
        (REPLY, None, "--archive"),
    ],
)
def test_a_letter_of_which_it_is_not_told_to_whom_it_goes_is_refused(
    form: LetterForm, complaint: str | None, named: str
) -> None:
    complaints = "row | complaint_no | archive_no\n4 | TS1 | A1\n5 | TS2 |"
    dataset = dataset_of(Customers=ONE, Complaints=complaints)

    with pytest.raises(LetterError, match=named):
        plan_mailing(dataset, form, Order(complaint_no=complaint), SHOP)
