"""What staff type behind a label or answer to a prompt, and the request it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from conftest import NOW

from dealer_xl.actions import Place, action_named, actions_in
from dealer_xl.context import Context
from dealer_xl.dealership.letter_forms import LETTER_FORMS, About, LetterForm
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import questionnaires
from dealer_xl.frontends.command_text import UnknownCommandError, read_command
from dealer_xl.frontends.letter_prompts import NobodyNamedError, letters_request
from dealer_xl.frontends.prompts import Choice, NotOfferedError, Prompt
from dealer_xl.frontends.questionnaires import NeedlessWordError, Questionnaire, request_said
from dealer_xl.requests import (
    CheckRequest,
    LettersRequest,
    NotAYearError,
    PlanRequest,
    Request,
    SummaryRequest,
    UndoRequest,
)
from dealer_xl.sample import Sample

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


INVITATION = LETTER_FORMS[0]
SERVICE = LetterForm("保养提醒", "通知", marketing=False, about=About.TASK, task="service-due")
ANY_TASK = LetterForm("通知书", "通知", marketing=False, about=About.TASK)
ANSWER = LetterForm("投诉答复函", "答复函", marketing=False, about=About.COMPLAINT)
THANKS = LetterForm("感谢信", "通知", marketing=False, about=About.CUSTOMERS)
FORMS = (INVITATION, SERVICE, ANY_TASK, ANSWER, THANKS)


@dataclass
class Staff:
    """Answers to prompts, and the prompts that were put."""

    answers: list[str]
    asked: list[str] = field(default_factory=list)

    def ask(self, prompt: Prompt, /) -> str:
        self.asked.append(prompt.question)
        return prompt.read(self.answers.pop(0))


@pytest.mark.parametrize(
    ("answers", "request_", "questions"),
    [
        (["邀请函", "HD12"], LettersRequest(SHOP, "邀请函", event="HD12"), ["模板", "活动"]),
        (["保养提醒"], LettersRequest(SHOP, "保养提醒", task="service-due"), ["模板"]),
        (
            ["通知书", "first-follow-up"],
            LettersRequest(SHOP, "通知书", task="first-follow-up"),
            ["模板", "事项"],
        ),
        (["投诉答复函", "TS7"], LettersRequest(SHOP, "投诉答复函", complaint="TS7"), ["模板", "投诉"]),
        (["感谢信", "A1，A2"], LettersRequest(SHOP, "感谢信", archive=("A1", "A2")), ["模板", "客户"]),
    ],
)
def test_what_is_asked_before_letters_comes_from_their_form(
    answers: list[str], request_: LettersRequest, questions: list[str], memory_context: Context
) -> None:
    staff = Staff(answers)

    assert letters_request(SHOP, memory_context, staff.ask, FORMS) == request_
    assert [word in asked for word, asked in zip(questions, staff.asked, strict=True)] == [True] * len(
        questions
    )


def test_where_there_is_one_template_nobody_is_asked_for_it(memory_context: Context) -> None:
    staff = Staff(["HD12"])

    letters_request(SHOP, memory_context, staff.ask, [INVITATION])

    assert staff.asked == ["为哪个活动发邀请函？请填活动编号。"]


def test_the_complaint_offered_first_is_the_latest_that_is_open(
    memory_context: Context, sample: Sample
) -> None:
    staff = Staff(["投诉答复函", ""])

    request = letters_request(SHOP, memory_context, staff.ask, FORMS)

    wrong = {each.place for each in sample.planted if each.table == "Complaints"}
    still_open = {
        each["complaint_no"]: each["received_on"]
        for place, each in enumerate(sample.rows["Complaints"])
        if each["status"] != "已关闭" and isinstance(each["received_on"], date) and place not in wrong
    }
    happened = {number: day for number, day in still_open.items() if day <= memory_context.today}
    assert happened[request.complaint] == max(happened.values())


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (["保养"], NotOfferedError),
        (["通知书", "跳舞"], NotOfferedError),
        (["感谢信", "、"], NobodyNamedError),
    ],
)
def test_an_answer_that_cannot_be_is_told(
    answers: list[str], error: type[DealerXlError], memory_context: Context
) -> None:
    with pytest.raises(error):
        letters_request(SHOP, memory_context, Staff(answers).ask, FORMS)


@pytest.mark.parametrize(
    ("said", "request_"),
    [
        ("HD12", LettersRequest(SHOP, "邀请函", event="HD12")),
        ("邀请函 HD12", LettersRequest(SHOP, "邀请函", event="HD12")),
        ("保养提醒", LettersRequest(SHOP, "保养提醒", task="service-due")),
        ("投诉答复函：TS7", LettersRequest(SHOP, "投诉答复函", complaint="TS7")),
    ],
)
def test_template_and_event_may_both_be_said_behind_the_label(
    said: str, request_: LettersRequest, memory_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = Questionnaire("模板", lambda folder, context, ask: letters_request(folder, context, ask, FORMS))
    monkeypatch.setattr(questionnaires, "QUESTIONNAIRES", {"letters": several})

    assert request_said(action_named("letters"), said, SHOP, memory_context) == request_
