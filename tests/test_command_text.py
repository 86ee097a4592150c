"""What staff type behind a label or answer to a prompt, and the request it makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import NOW

from dealer_xl.actions import Place, action_named, actions_in
from dealer_xl.context import Context
from dealer_xl.dealership.sample import Sample
from dealer_xl.frontends.command_text import UnknownCommandError, read_command
from dealer_xl.frontends.prompts import Choice, NeedlessWordError, Prompt, request_said
from dealer_xl.requests import (
    CheckRequest,
    LettersRequest,
    NotAYearError,
    PlanRequest,
    Request,
    SummaryRequest,
    UndoRequest,
)

SHOP = Path("演示店")


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ("校验", "校验", ""),
        (" 校 验。", "校验", ""),
        ("今日", "今日必做", ""),
        ("月度总结 2026-10", "月度总结", "2026-10"),
        ("月度总结：２０２６年１０月", "月度总结", "2026年10月"),
        ("月度总结2026", "月度总结", "2026"),
        ("生成信函HD12", "生成信函", "HD12"),
        ("生成 HD12", "生成信函", "HD12"),
        ("本年 2026", "本年计划", "2026"),
        ("撤", "撤销", ""),
        ("取消撤销", "取消撤销", ""),
        ("check", "校验", ""),
    ],
)
def test_a_job_is_asked_for_by_its_label_or_its_beginning(typed: str, label: str, said: str) -> None:
    command = read_command(typed)

    assert (command.action.label, command.said) == (label, said)


@pytest.mark.parametrize("typed", ["跳舞", "校对", "2026", "checks", "—", "新建", "帮助"])
def test_what_is_no_job_is_answered_by_the_jobs_there_are(typed: str) -> None:
    with pytest.raises(UnknownCommandError) as told:
        read_command(typed)

    assert typed in str(told.value)
    assert "月度总结 月份或年份" in str(told.value)


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("月度总结 2026年3月", SummaryRequest(SHOP, "2026-03")),
        ("月度总结 2026.03", SummaryRequest(SHOP, "2026-03")),
        ("月度总结 202603", SummaryRequest(SHOP, "2026-03")),
        ("月度总结 2026年", SummaryRequest(SHOP, "2026")),
        ("本年计划 2026 年", PlanRequest(SHOP, 2026)),
        ("生成信函 HD12", LettersRequest(SHOP, "邀请函", event="HD12")),
        ("校验", CheckRequest(SHOP)),
        ("取消撤销", UndoRequest(SHOP, redo=True)),
        ("月度总结", SummaryRequest(SHOP, "2026-10")),
        ("本年计划", PlanRequest(SHOP, 2026)),
    ],
)
def test_what_is_said_and_the_likely_answers_make_the_request(
    typed: str, request_: Request, memory_context: Context
) -> None:
    command = read_command(typed)

    assert request_said(command.action, command.said, SHOP, memory_context) == request_


def test_letters_without_an_event_are_for_the_next_one(sample: Sample, memory_context: Context) -> None:
    request = request_said(action_named("letters"), "", SHOP, memory_context)

    assert request == LettersRequest(SHOP, "邀请函", event=sample.next_event(NOW.date()))


def test_a_word_behind_a_label_that_needs_none_is_told(memory_context: Context) -> None:
    with pytest.raises(NeedlessWordError, match="只写“校验”就可以"):
        request_said(action_named("check"), "全部", SHOP, memory_context)


@pytest.mark.parametrize("said", ["今年", "26"])
def test_a_year_that_is_none_is_told(said: str, memory_context: Context) -> None:
    with pytest.raises(NotAYearError, match=said):
        request_said(action_named("plan"), said, SHOP, memory_context)


def test_every_action_of_the_cell_can_be_asked_for_by_its_label() -> None:
    for action in actions_in(Place.CELL):
        assert read_command(action.label).action == action


def test_every_action_of_a_button_or_a_command_with_a_job_can_be_asked_for() -> None:
    for action in actions_in(Place.BUTTON):
        assert not action.is_typed or Place.CELL in action.places


def test_a_prompt_shows_as_many_choices_as_there_is_room_for() -> None:
    choices = tuple(Choice(f"HD{number:02}", f"HD{number:02} 车主讲堂") for number in range(30))
    prompt = Prompt("哪个活动？", "HD00", choices)

    assert prompt.text().count("\n") == 30
    assert len(prompt.text(250)) <= 250
    assert prompt.text(250).startswith("哪个活动？\nHD00 车主讲堂\nHD01")


def test_an_answer_of_full_width_and_with_spaces_is_read() -> None:
    assert Prompt("哪个月？", "2026-10").read(" ２０２６ - ０３ ") == "2026-03"
    assert Prompt("哪个月？", "2026-10").read("  ") == "2026-10"
