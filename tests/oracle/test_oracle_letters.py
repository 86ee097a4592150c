"""Who gets a letter and who does not, by hand."""

from datetime import date, timedelta

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.letters import Order, letters

TODAY = date(2026, 3, 10)
PEOPLE = """
档案号 | 客户名称 | 联系电话    | 地址 | 营销同意 | 上次保养日期 | 保险到期日 | 下次保养日期
A1     | 张伟     | 13800000001 | 一路 | 同意     | 2025-02-28   | 2026-04-20 | 2026-03-20
A2     | 张伟     | 13800000001 | 一路 | 同意     | 2025-01-31   | 2026-04-21 | 2026-03-20
A3     | 李芳     | 13800000003 | 无   | 同意     | 2025-02-28   | 2026-04-20 |
A4     | 王强     | 13800000004 | 四路 | 未知     | 2025-02-28   | 2026-04-20 | 2026-03-20
A5     | 赵敏     | 13800000005 | 五路 | 拒绝     |              |            |
"""


def chosen(order: Order, **tables: list[Row]) -> tuple[list[str], dict[str, str]]:
    """Return who gets a letter, and the reasons of the others."""
    choice = letters({"Customers": table(PEOPLE), **tables}, {}, TODAY, order)
    return [number for number, _ in choice.letters], {number: reason for number, _, reason in choice.skipped}


def sent(*lines: str) -> list[Row]:
    """Return rows of the letter register."""
    return table(
        "档案号 | 模板 | 发函日期 | 状态 | 活动编号 | 关联投诉号 | 文件名\n"
        + "\n".join(f"{line} | a.docx" for line in lines)
    )


def test_one_letter_a_person_where_the_form_says_so() -> None:
    reasons = {"A2": "same-household", "A3": "no-address", "A4": "no-consent"}
    assert chosen(Order("流失客户问候")) == (["A1"], reasons)


def test_one_letter_a_car_otherwise() -> None:
    assert chosen(Order("续保通知"))[0] == ["A1", "A2"]


def test_a_service_letter_needs_no_consent() -> None:
    people = table(
        "档案号 | 地址 | 营销同意 | 下次保养日期\nA4 | 四路 | 未知 | 2026-03-20\nA5 | 五路 | 拒绝 | 2026-03-24"
    )
    assert chosen(Order("保养提醒"), Customers=people) == (["A4", "A5"], {})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "A1 | 续保通知 | 2026-02-19 | 已寄 | |",
            "already-sent",
        ),  # earliest 2026-02-19, 60 days before 20 April
        ("A1 | 续保通知 | 2026-02-09 | 已寄 | |", "too-soon"),  # before the earliest day, 29 days ago
        ("A1 | 续保通知 | 2026-03-09 | 退回 | |", ""),
        (
            "A2 | 流失客户问候 | 2026-02-09 | 已寄 | |",
            "too-soon",
        ),  # 29 days ago, to another car of the person
        ("A2 | 流失客户问候 | 2026-02-08 | 已寄 | |", ""),  # 30 days ago
        ("A2 | 保养提醒 | 2026-03-09 | 已寄 | |", ""),
        ("A4 | 流失客户问候 | 2026-03-09 | 已寄 | |", ""),
    ],
)
def test_what_was_sent_before(line: str, reason: str) -> None:
    assert chosen(Order("续保通知"), Letters=sent(line))[1].get("A1", "") == reason


def test_again_sends_what_was_sent_but_not_too_soon() -> None:
    made = sent("A1 | 保养提醒 | 2026-03-09 | 已寄 | |")
    order = Order("保养提醒", archive_nos=("A1",))
    again = Order("保养提醒", archive_nos=("A1",), again=True)
    assert [chosen(order, Letters=made)[0], chosen(again, Letters=made)[0]] == [[], ["A1"]]


FORMS = (
    "模板 | 用于 | 营销 | 一户一封\n保养提醒 | 续保 | 否 | 否\n续保通知 | 续保 | {marketing} | {household}"
)


@pytest.mark.parametrize(
    ("marketing", "household", "people"),
    [("是", "否", ["A1", "A2"]), ("是", "是", ["A1"]), ("否", "否", ["A1", "A2", "A4"])],
)
def test_the_shops_own_forms_decide(marketing: str, household: str, people: list[str]) -> None:
    forms = table(FORMS.format(marketing=marketing, household=household))
    assert chosen(Order("续保通知"), LetterForms=forms)[0] == people


def test_the_tasks_of_another_kind_may_be_asked_for() -> None:
    assert chosen(Order("感谢信", task="renewal-due"))[0] == ["A1", "A4"]


def test_a_kind_without_tasks_asks_nobody() -> None:
    assert chosen(Order("感谢信", task="class-visit")) == ([], {})


@pytest.mark.parametrize(("first", "people"), [(1, ["A1"]), (2, ["A1", "A5"])])
def test_a_number_asked_for_takes_the_place_of_the_target(first: int, people: list[str]) -> None:
    rows = [{**row, "营销同意": "同意"} for row in table(PEOPLE) if row["档案号"] != "A4"]
    events = table(EVENT + "1")
    assert chosen(Order("邀请函", event="E1", first=first), Customers=rows, Events=events)[0] == people


def test_a_wrong_entry_comes_before_all_other_reasons() -> None:
    people = table(PEOPLE)
    people[3]["_errors"] = {"营销同意"}
    assert chosen(Order("续保通知", archive_nos=("A4",)), Customers=people)[1] == {"A4": "wrong-entry"}


def test_a_reply_goes_to_the_customer_of_the_complaint_once() -> None:
    complaints = table("投诉号 | 档案号\nT1 | A4")
    order = Order("投诉答复函", complaint="T1")
    before = chosen(order, Complaints=complaints)
    after = chosen(order, Complaints=complaints, Letters=sent("A4 | 投诉答复函 | 2020-01-01 | 已寄 | | T1"))
    assert (before, after) == ((["A4"], {}), ([], {"A4": "already-sent"}))


EVENT = "活动编号 | 开始日期 | 目标邀约数\nE1 | 2026-04-20 | "


@pytest.mark.parametrize(
    ("target", "people", "reasons"),
    [
        ("", ["A1"], {"A2": "same-household", "A3": "no-address", "A4": "no-consent", "A5": "no-consent"}),
        ("1", ["A1"], {"A2": "same-household", "A3": "no-address", "A4": "no-consent", "A5": "no-consent"}),
        (
            "0",
            [],
            {
                "A1": "not-chosen",
                "A2": "not-chosen",
                "A3": "no-address",
                "A4": "no-consent",
                "A5": "no-consent",
            },
        ),
    ],
)
def test_an_invitation_accounts_for_every_row_of_the_archive(
    target: str, people: list[str], reasons: dict[str, str]
) -> None:
    assert chosen(Order("邀请函", event="E1"), Events=table(EVENT + target)) == (people, reasons)


@pytest.mark.parametrize(("event", "people"), [("E1", []), ("E2", ["A1"])])
def test_an_invitation_was_sent_if_it_was_to_this_event_to_any_car_of_the_person(
    event: str, people: list[str]
) -> None:
    long_ago = f"{TODAY - timedelta(days=60)}"
    made = sent(f"A2 | 邀请函 | {long_ago} | 已寄 | {event} |")
    assert chosen(Order("邀请函", event="E1"), Events=table(EVENT), Letters=made)[0] == people


def test_the_first_of_several_are_chosen() -> None:
    assert chosen(Order("续保通知", first=1)) == (
        ["A1"],
        {"A2": "not-chosen", "A3": "no-address", "A4": "no-consent"},
    )
