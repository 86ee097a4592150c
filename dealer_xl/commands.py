"""What each command of the command line does: run its job, and tell the outcome to staff and to programs."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any, Self, TypeAlias

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table as Listing

from dealer_xl import jobs
from dealer_xl.dealership.entries import Reading
from dealer_xl.dealership.issues import ERROR, Issue, mark
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.reading import as_text
from dealer_xl.dealership.recipients import REASONS
from dealer_xl.dealership.sample import Planted
from dealer_xl.dealership.summary import Line
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.dealership.tasks import Task
from dealer_xl.errors import DealerXlError
from dealer_xl.menu import label_of
from dealer_xl.schema import Table

DONE, TO_LOOK_AT = 0, 1
MOST_LINES = 40
"""More than a screenful is not read; the column 校验 and the sheets tell the rest."""


@dataclass(frozen=True)
class Outcome:
    """What a command tells: lines for staff, an object for programs, and the exit code."""

    told: Sequence[RenderableType]
    data: Mapping[str, Any]
    code: int = DONE
    gist: str = ""  # the outcome in one line
    places: Sequence[str] = ()  # what was written


@dataclass(frozen=True)
class Occasion:
    """For whom a command runs: the time that stands for now, how the shop's store is opened, who is told and asked."""

    now: datetime
    open_store: Callable[..., jobs.FolderStore] = jobs.closed_files
    tell: jobs.Tell = jobs.silence
    agree: jobs.Agree = jobs.yes

    def store(self, asked: Namespace) -> jobs.FolderStore:
        """Open the store that is asked for."""
        return self.open_store(asked.folder, dry_run=asked.dry_run)

    def run(self, asked: Namespace) -> jobs.Run:
        """Give the run of a job."""
        return jobs.Run(self.store(asked), self.now, self.tell, self.agree)


Command: TypeAlias = Callable[[Namespace, Occasion], Outcome]
"""Takes the words of the command line and the occasion."""


class Teller:
    """Shows on the screen how far long work is; silent where nobody looks."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._bar = self._bars.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """Show how far a step is."""
        self._bars.update(self._bar, description=what, completed=done, total=total)


def new(asked: Namespace, occasion: Occasion) -> Outcome:
    """Put the blank workbooks into a folder that lacks them."""
    made, left = jobs.make_books(asked.folder, occasion.now.year)
    told = [f"已新建：{'、'.join(made)}"] if made else []
    told += [f"原有的没有改动：{'、'.join(left)}"] if left else []
    return Outcome([*told, f"文件夹：{asked.folder}"], {"made": made, "left": left})


def check(asked: Namespace, occasion: Occasion) -> Outcome:
    """Find every wrong entry."""
    checked = jobs.check_entries(occasion.run(asked), fix=asked.fix)
    issues = sorted(checked.issues, key=lambda issue: (issue.table.workbook, issue.table.sheet, issue.row))
    wrong = sum(issue.severity == ERROR for issue in issues)
    told = [f"{issue.table.workbook} {issue.table.sheet} 第{issue.row}行 {mark(issue)}" for issue in issues]
    told = _shortened(told, "处，见各表的“校验”列")
    gist = f"共{wrong}处错误、{len(issues) - wrong}处提醒。" if issues else "没有发现填错的地方。"
    told.append(gist)
    if checked.readings:
        told.append(f"另有{len(checked.readings)}个单元格看懂了但写法不规范，加 --fix 可以改成规范写法。")
    told += [f"改成规范写法：{checked.fixed}个单元格。"] if checked.fixed else []
    told += [f"变更记录新增{checked.changes}行。"] if checked.changes else []
    data = {
        "issues": [_issue_object(issue) for issue in issues],
        "counts": dict(sorted(Counter(issue.code for issue in issues).items())),
        "readings": [_reading_object(each) for each in checked.readings],
        "fixed": checked.fixed,
        "changes": checked.changes,
    }
    return _outcome(told, gist, data, checked.files, TO_LOOK_AT if issues else DONE)


def today(asked: Namespace, occasion: Occasion) -> Outcome:
    """List what is to be done today."""
    listed = jobs.list_today(occasion.run(asked))
    told = _shortened([_task_line(task) for task in listed.tasks], "项，见“今日必做”表")
    gist = f"今天共{len(listed.tasks)}项，其中逾期{sum(task.overdue_days > 0 for task in listed.tasks)}项。"
    data = {"date": f"{occasion.now:%Y-%m-%d}", "tasks": [_task_object(task) for task in listed.tasks]}
    return _outcome([*told, gist], gist, data, listed.files)


def summary(asked: Namespace, occasion: Occasion) -> Outcome:
    """Compute and write the month's or the year's figures."""
    period = period_of(asked.period)
    made = jobs.write_summary(occasion.run(asked), period)
    data = {
        "month": period.code,
        "kpis": [_line_object(line) for line in made.summary.lines],
        "text": list(made.text),
    }
    judged = [line.meets for line in made.summary.lines if line.meets is not None]
    gist = f"{period.label}有目标的指标{len(judged)}项，达标{sum(judged)}项。"
    return _outcome([f"{period.label}工作总结", *made.text], gist, data, made.files)


def letters(asked: Namespace, occasion: Occasion) -> Outcome:
    """Write letters and book them."""
    wanted = jobs.Wanted(asked.template, asked.event, asked.archive, asked.task, asked.pdf)
    mailed = jobs.write_letters(occasion.run(asked), wanted)
    mailing = mailed.mailing
    reasons = Counter(skipped.reason for skipped in mailing.skipped)
    gist = f"已生成{len(mailing.letters)}封{mailing.form.kind}，{len(mailing.skipped)}位客户不发。"
    told = [gist]
    told += [f"没有发给{count}位客户：{REASONS[reason]}。" for reason, count in reasons.most_common()]
    told += [f"合并打印：{mailed.merged}"] if mailed.merged else []
    data = {
        "letters": [
            {
                "archive_no": letter.archive_no,
                "customer": letter.customer,
                "file": mailed.made[letter.letter_no].as_posix(),
                "register_no": letter.letter_no,
            }
            for letter in mailing.letters
        ],
        "skipped": [vars(skipped) for skipped in mailing.skipped],
        "merged": _name(mailed.merged),
        "pdf": _name(mailed.pdf),
    }
    files = [file for file in mailed.files if file not in set(mailed.made.values())]
    return _outcome(told, gist, data, files)


def take_back(asked: Namespace, occasion: Occasion) -> Outcome:
    """Put back what the last command changed; or list what could be put back, or take back the last undo."""
    if asked.list:
        return _undoable_listed(occasion.store(asked))
    undone = (jobs.bring_back if asked.redo else jobs.take_back)(occasion.store(asked))
    did = "取消撤销，恢复" if asked.redo else "撤销"
    gist = f"已{did}{undone.when:%Y-%m-%d %H:%M}的“{label_of(undone.command)}”。"
    lines = [f"{'重新写入' if asked.redo else '恢复原样'}：{name}" for name in undone.restored]
    told = [gist, *_shortened(lines, "个文件")]
    told += [f"收回生成的文件{len(undone.removed)}个，备份里还有。"] if undone.removed else []
    if undone.left:
        gist = f"{gist}有{undone.left}个单元格后来又改过，没有动。"
        told.append(gist)
    data = {
        "command": undone.command,
        "when": undone.when.isoformat(),
        "restored": _names(undone.restored),
        "removed": _names(undone.removed),
        "left": undone.left,
    }
    return _outcome(told, gist, data, ())


def _undoable_listed(store: jobs.FolderStore) -> Outcome:
    found = jobs.list_undoable(store)
    told = [
        f"{place}. {each.when:%Y-%m-%d %H:%M} {label_of(each.command)}（{each.who}）：{_few(each.files)}"
        for place, each in enumerate(found, start=1)
    ]
    gist = f"可以撤销{len(found)}次操作，从最近一次开始。" if found else "没有可以撤销的操作。"
    data = {
        "undoable": [
            {
                "id": each.id,
                "command": each.command,
                "label": label_of(each.command),
                "when": each.when.isoformat(),
                "who": each.who,
                "files": _names(each.files),
            }
            for each in found
        ]
    }
    return Outcome([*_shortened(told, "次"), gist], data, gist=gist)


def _few(files: Sequence[PurePath], most: int = 4) -> str:
    names = "、".join(_names(files[:most]))
    return names if len(files) <= most else f"{names}等{len(files)}个文件"


def demo(asked: Namespace, occasion: Occasion) -> Outcome:
    """Make a sample store and run every job on it."""
    now = occasion.now
    sample = jobs.make_sample_store(asked.folder, now, occasion.tell)
    event = sample.next_event(now.date())
    month = jobs.last_full_month(now).code
    steps: tuple[tuple[str, Command, dict[str, Any]], ...] = (
        ("校验", check, {"fix": False}),
        ("今日必做", today, {}),
        ("撤销", take_back, {"list": False, "redo": False}),
        ("再列今日必做", today, {}),
        (f"{month} 月度总结", summary, {"period": month}),
        (f"{now.year} 年度总结", summary, {"period": f"{now.year}"}),
        (
            f"为活动 {event} 生成邀请函",
            letters,
            {"template": "邀请函", "event": event, "archive": None, "task": None, "pdf": False},
        ),
    )
    listing = Listing(title="演示：一年的虚构数据，每项操作各跑一遍", show_lines=True)
    for heading in ("操作", "结果", "写在哪里"):
        listing.add_column(heading, overflow="fold")
    for name, command, words in steps:
        outcome = command(Namespace(folder=asked.folder, dry_run=False, **words), occasion)
        listing.add_row(name, outcome.gist, "\n".join(outcome.places))
    place = asked.folder.resolve()
    data = {
        "folder": str(place),
        "event": event,
        "planted": [_planted_object(each) for each in sample.planted],
    }
    return Outcome(
        [listing, f"文件都在：{place}", f"其中故意填错{len(sample.planted)}处，供“校验”来找。"], data
    )


COMMANDS: Mapping[str, Command] = {
    "new": new,
    "demo": demo,
    "check": check,
    "today": today,
    "summary": summary,
    "letters": letters,
    "undo": take_back,
}


def do(asked: Namespace, now: datetime) -> Outcome:
    """Run the command that is asked for on closed files, and show how far it is."""
    with Teller() as teller:
        return do_on(Occasion(now, tell=teller.tell), asked)


def do_on(occasion: Occasion, asked: Namespace) -> Outcome:
    """Run the command that is asked for; first put in order what an earlier one left half done, and say so."""
    mended = "" if getattr(asked, "dry_run", False) else jobs.mend(asked.folder)
    if not mended:
        return COMMANDS[asked.command](asked, occasion)
    try:
        outcome = COMMANDS[asked.command](asked, occasion)
    except DealerXlError as reason:
        raise DealerXlError(f"{mended}{reason}") from reason
    return replace(
        outcome,
        told=[mended, *outcome.told],
        data={**outcome.data, "mended": mended},
        gist=f"{mended}{outcome.gist}",
    )


def _shortened(lines: Sequence[str], rest: str) -> list[str]:
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], f"…… 还有{len(lines) - MOST_LINES}{rest}"]


def _names(files: Iterable[PurePath]) -> list[str]:
    return [file.as_posix() for file in files]


def _name(file: PurePath | None) -> str | None:
    return None if file is None else file.as_posix()


def _outcome(
    told: Sequence[str], gist: str, data: Mapping[str, Any], files: Sequence[PurePath], code: int = DONE
) -> Outcome:
    names = _names(files)
    written = [f"已写入：{'、'.join(names)}"] if names else []
    return Outcome([*told, *written], {**data, "files": names}, code, gist, names)


def _place(table: Table, row: int, column: str) -> dict[str, Any]:
    """Tell where a cell stands, by its column's key."""
    return {"workbook": table.workbook, "sheet": table.sheet, "row": row, "column": table.heading(column)}


def _issue_object(issue: Issue) -> dict[str, Any]:
    return {
        **_place(issue.table, issue.row, issue.column),
        "code": issue.code,
        "severity": issue.severity,
        "value": None if issue.value is None else as_text(issue.value),
        "says": issue.says,
        "suggestion": issue.suggestion,
    }


def _reading_object(reading: Reading) -> dict[str, Any]:
    return {
        **_place(reading.table, reading.row, reading.column),
        "suggestion": as_text(reading.plain),
    }


def _planted_object(planted: Planted) -> dict[str, Any]:
    place = _place(BY_NAME[planted.table], jobs.FIRST_ROW + planted.place, planted.column)
    return {**place, "code": planted.code}


def _task_line(task: Task) -> str:
    overdue = f"，逾期{task.overdue_days}天" if task.overdue_days else ""
    who = " ".join(word for word in (task.customer, task.plate, task.phone) if word)
    return f"{task.kind.label} {who}（{task.clerk or '未指定业务员'}）{task.why}，{task.due:%Y-%m-%d} 到期{overdue}"


def _task_object(task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind.code,
        "earliest": f"{task.earliest:%Y-%m-%d}",
        "due": f"{task.due:%Y-%m-%d}",
        "overdue_days": task.overdue_days,
        "customer": task.customer,
        "plate": task.plate,
        "phone": task.phone,
        "clerk": task.clerk,
        "why": task.why,
        "topic": task.topic,
        "archive_no": task.archive_no,
        "workbook": task.table.workbook,
        "sheet": task.table.sheet,
        "row": task.row,
    }


def _line_object(line: Line) -> dict[str, Any]:
    return {
        "code": line.kpi.code,
        "label": line.kpi.label,
        "unit": line.kpi.unit,
        "value": line.value,
        "target": line.target,
        "last_month": line.last_month,
        "last_year": line.last_year,
        "meets": line.meets,
        "rows": line.rows,
        "left_out": line.left_out,
        "formula": line.kpi.formula,
    }
