"""`adopt`: show what each sheet of the shop's was taken for, and what staff must confirm."""

from __future__ import annotations

from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.adopting.costs import costs_of
from dealer_xl.dealership.adopting.proposal import Proposal
from dealer_xl.dealership.matching.columns import ASK, CERTAIN
from dealer_xl.frontends.results.outcome import DONE, TO_LOOK_AT, Outcome, shortened, with_files
from dealer_xl.jobs.adopt_job import Adopted, Looked
from dealer_xl.requests import AdoptRequest


def adopt(request: AdoptRequest, context: Context) -> Outcome:
    """Describe what stands where in the shop's workbooks."""
    adopted = jobs.adopt_workbooks(context, request)
    asks = sum(_asked(each) for each in adopted.proposals) + adopted.words_asked
    lines = shortened([_line(each) for each in adopted.sheets], "张表，见“对照”")
    lines += adopted.unreadable.values()
    lines += [each.says for each in adopted.others]
    headline = _headline(adopted, asks)
    data = {
        "sources": [_source_object(each) for each in adopted.sheets],
        "unreadable": [{"file": name, "says": says} for name, says in adopted.unreadable.items()],
        "others": [
            {
                "file": each.name,
                "says": each.says,
                "sheets": [_preview(name, rows) for name, rows in each.sheets],
            }
            for each in adopted.others
        ],
        "to_confirm": asks,
    }
    code = TO_LOOK_AT if asks or adopted.others or adopted.unreadable else DONE
    return with_files(Outcome([*lines, headline], data, code, headline), adopted.files, context)


def _headline(adopted: Adopted, asks: int) -> str:
    known = sum(each.table is not None for each in adopted.proposals)
    if not known:
        return "没有看到可以接入的表；请检查文件夹，或用 --as 说明是哪张表。"
    if not asks:
        return f"认出{known}张表，没有要确认的；写在《{adopted.own_book}》的“对照”表里。"
    return (
        f"认出{known}张表，有{asks}处请确认：请打开《{adopted.own_book}》的“对照”和“选项对照”，"
        "把标“请确认”的行选好，“把握”改成“确定”，保存后关闭。确认以前不会用它们。"
    )


def _asked(proposal: Proposal) -> int:
    if proposal.table is None:
        return 0
    columns = {match.column for match in proposal.matches if match.sure == ASK}
    return (
        len(columns) + sum(sure == ASK for _, sure in proposal.fixed.values()) + (proposal.table_sure == ASK)
    )


def _line(looked: Looked) -> str:
    proposal, seen = looked.proposal, looked.proposal.seen
    place = f"《{seen.workbook}》“{seen.sheet}”"
    if proposal.table is None:
        return f"{place}：不像本店要接入的表，没有使用。"
    sure = sum(match.sure == CERTAIN for match in proposal.matches)
    asked = _asked(proposal)
    skipped = f"，跳过{len(looked.skipped)}行（{_kinds(looked)}）" if looked.skipped else ""
    question = "（请确认是不是这张表）" if proposal.table_sure == ASK else ""
    return (
        f"{place}：当作“{proposal.table.sheet}”{question}，{seen.rows}行{skipped}；"
        f"认定{sure}列{f'，{asked}处请确认' if asked else ''}。"
    )


def _kinds(looked: Looked) -> str:
    return "、".join(dict.fromkeys(each.kind.value for each in looked.skipped))


def _source_object(looked: Looked) -> dict[str, Any]:
    proposal, seen = looked.proposal, looked.proposal.seen
    return {
        "file": seen.workbook,
        "sheet": seen.sheet,
        "table": proposal.table.name if proposal.table else None,
        "table_sure": proposal.table_sure,
        "heading_row": seen.heading_row or None,
        "columns": [
            {
                "heading": match.heading,
                "column": match.column.heading if match.column else None,
                "sure": match.sure,
                "candidates": [column.heading for column in match.candidates],
            }
            for match in proposal.matches
        ],
        "fixed": {
            heading: {"value": value, "sure": sure} for heading, (value, sure) in proposal.fixed.items()
        },
        "words": {
            heading: [
                {"word": each.word, "count": each.count, "choice": each.choice or None} for each in offers
            ]
            for heading, offers in proposal.words.items()
        },
        "rows": seen.rows,
        "skipped": [{"row": each.row, "why": each.kind.value} for each in looked.skipped],
        "lacks": [
            {"column": column.heading, "costs": costs_of(proposal.table, column.key)}
            for column in proposal.lacking()
            if proposal.table
        ],
    }


def _preview(name: str, rows: Any) -> dict[str, Any]:  # noqa: ANN401 - cells of any kind
    widest: list[Any] = max(
        rows, key=lambda row: sum(isinstance(cell, str) and bool(cell.strip()) for cell in row), default=[]
    )
    return {"sheet": name, "headings": [str(cell) for cell in widest if str(cell).strip()]}
