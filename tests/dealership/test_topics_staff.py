from datetime import date

import pandas as pd
import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.reminder_kinds import REMINDERS
from dealer_xl.dealership.staff import duty_of
from dealer_xl.dealership.topics import FITTING, TOPICS, topics_for

CALLS = "row | archive_no | called_on | result | points"


def topic(kind: str, *calls: str) -> str:
    rows = "\n".join(f"{row} | {call}" for row, call in enumerate(calls, 4))
    dataset = dataset_of(Calls=f"{CALLS}\n{rows}", Customers="row | archive_no\n4 | A1\n5 | A2")
    return topics_for(dataset, kind, pd.Series(["A1"], index=[7], dtype="str"))[7]


def test_the_most_fitting_topic_comes_first() -> None:
    assert {kind: topic(kind) for kind in FITTING} == {
        kind: TOPICS[words[0]] for kind, words in FITTING.items()
    }


@pytest.mark.parametrize("kind", FITTING)
def test_a_topic_of_the_last_call_is_not_suggested_again(kind: str) -> None:
    """FC-04."""
    for used in FITTING[kind]:
        assert topic(kind, f"A1 | 2026-03-01 | 接通 | 聊了{used}，满意") != TOPICS[used]


def test_only_the_last_answered_call_of_the_same_customer_counts() -> None:
    calls = (
        "A1 | 2026-03-05 | 接通 | 服务意见",
        "A1 | 2026-03-01 | 接通 | 用车情况",
        "A1 | 2026-03-06 | 未接 | 用车情况",
        "A2 | 2026-03-07 | 接通 | 用车情况",
    )

    assert topic("first-follow-up", *calls) == TOPICS["用车情况"]


def test_of_two_calls_on_a_day_the_lower_row_is_the_last() -> None:
    calls = ("A1 | 2026-03-05 | 接通 | 用车情况", "A1 | 2026-03-05 | 接通 | 服务意见")

    assert topic("first-follow-up", *calls) == TOPICS["用车情况"]


def test_when_every_topic_was_used_the_most_fitting_serves_again() -> None:
    assert (
        topic("service-due", f"A1 | 2026-03-01 | 接通 | {'、'.join(FITTING['service-due'])}")
        == TOPICS["保养"]
    )


def test_a_call_without_a_word_on_it_rules_out_nothing() -> None:
    assert topic("first-follow-up", "A1 | 2026-03-01 | 接通 |") == TOPICS["用车情况"]


def test_a_kind_without_topics_and_a_stranger_are_answered() -> None:
    dataset = dataset_of()

    assert topics_for(dataset, "archive-due", pd.Series(["A1"], index=[7], dtype="str")) == {}
    assert topics_for(dataset, "first-follow-up", pd.Series([None], index=[7], dtype="str")) == {
        7: TOPICS["用车情况"]
    }


def test_every_topic_fits_a_kind_of_task_and_every_kind_with_topics_is_known() -> None:
    assert {word for words in FITTING.values() for word in words} == set(TOPICS)
    assert set(FITTING) <= {kind.code for kind in REMINDERS}


STAFF = """
    row | name | deputy | away_from  | away_to
    4   | 张三 | 李四   | 2026-03-01 | 2026-03-10
    5   | 李四 | 王五   | 2026-03-05 | 2026-03-05
    6   | 王五 |        |            |
    7   | 赵六 | 王五   | 2026-03-08 |
    8   | 孙七 |        | 2026-03-01 | 2026-03-31
    9   | 周八 | 吴九   | 2026-03-01 | 2026-03-31
    10  | 吴九 | 周八   | 2026-03-01 | 2026-03-31
    11  | 郑十 | 王五   |            |
"""


@pytest.mark.parametrize(
    ("clerk", "day", "on_duty"),
    [
        ("张三", "2026-02-28", "张三"),
        ("张三", "2026-03-01", "李四"),
        ("张三", "2026-03-10", "李四"),
        ("张三", "2026-03-11", "张三"),
        ("张三", "2026-03-05", "王五"),  # the deputy is away, too
        ("赵六", "2026-03-07", "赵六"),
        ("赵六", "2027-01-01", "王五"),  # away without an end
        ("孙七", "2026-03-02", "孙七"),  # away, but nobody stands in
        ("郑十", "2026-03-02", "郑十"),
        ("外人", "2026-03-02", "外人"),
        (None, "2026-03-02", None),
        (float("nan"), "2026-03-02", None),
    ],
)
def test_the_deputy_stands_in_from_the_first_to_the_last_day_away(
    clerk: object, day: str, on_duty: object
) -> None:
    assert duty_of(dataset_of(date.fromisoformat(day), Staff=STAFF))(clerk) == on_duty


def test_deputies_of_each_other_who_are_both_away_end_somewhere() -> None:
    assert duty_of(dataset_of(date(2026, 3, 2), Staff=STAFF))("周八") in {"周八", "吴九"}
