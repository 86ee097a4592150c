"""The plan of a year: 月度分解 gets a row for each target (TB-01), staff's own entries kept.

What staff typed for a month stays, and empty months share what is left. A row that holds exactly what the program
writes for the number under 全年 holds nothing of staff's: it follows when the year's target is changed. Quarters and
the year are the sums of the months.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dealer_xl.actions import label_of
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import FIGURE_NAMES
from dealer_xl.dealership.figure_names import label_of as figure_label
from dealer_xl.dealership.kpi import Kpi
from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.periods import year_of
from dealer_xl.dealership.tables import BREAKDOWN
from dealer_xl.dealership.tables.plan import OWN_FIGURES_OFFERED
from dealer_xl.dealership.target_allocation import (
    EMPTY,
    FIGURES,
    MONTHS,
    QUARTERS,
    WHOLE,
    Figures,
    completed,
    hundredths,
)
from dealer_xl.dealership.target_check import SUMS, Finding, amount, apart, check_targets
from dealer_xl.errors import DealerXlError

BUTTON = label_of("plan")
WORDS = ("label", "unit", "code")


class NoTargetsError(DealerXlError):
    """There is nothing to share out."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"“年度目标”表里没有{year}年能用的目标。请先填好{year}年各项的年度、指标和年度目标，再点“{BUTTON}”。"
        )


@dataclass(frozen=True)
class KeptRow:
    """A row of 月度分解 in which staff's own months were left as they are."""

    kpi: Kpi
    row: int  # as Excel counts
    message: str


@dataclass(frozen=True)
class Plan:
    """What 月度分解 is to hold for a year, and what staff should look at.

    `rows` are all rows of the year by the keys of BREAKDOWN, in the order of the figures; `added` are those of them
    that are not there yet, `changed` the cells to write into those that are: key to Excel row to value.
    """

    year: int
    rows: tuple[Mapping[str, object], ...]
    added: tuple[Mapping[str, object], ...]
    changed: Mapping[str, Mapping[int, str | float]]
    kept: tuple[KeptRow, ...]
    findings: tuple[Finding, ...]

    @property
    def gist(self) -> str:
        """Return the outcome in one sentence."""
        kept = f"，其中{len(self.kept)}项保留了本店填的月份" if self.kept else ""
        found = f"目标核对有{len(self.findings)}处要看" if self.findings else "目标之间没有发现矛盾"
        return f"{self.year}年{len(self.rows)}项目标已分到各月{kept}；{found}。"


@dataclass(frozen=True)
class _ExistingRow:
    """A row that stands in 月度分解."""

    number: int  # the Excel row
    figures: Figures
    blank_words: tuple[str, ...]  # of WORDS
    is_wrong: bool


@dataclass(frozen=True)
class _RowPlan:
    """One row of the year: what is to stand there, and what stands there now."""

    kpi: Kpi
    target: float
    figures: Figures
    existing: _ExistingRow | None
    untouched: bool  # holds nothing of staff's

    @property
    def unsure(self) -> bool:
        """Return whether it has a cell that cannot be read, so that it is left alone."""
        return self.existing is not None and self.existing.is_wrong


def plan_year(dataset: Dataset, year: int) -> Plan:
    """Share out the targets of a year, and hold them against each other.

    Raises NoTargetsError when the year has no target that can be used.
    """
    targets = _targets(dataset, year)
    if not targets:
        raise NoTargetsError(year)
    days = _open_days(dataset, year)
    rows = _rows(targets, days, _existing_rows(dataset, year))
    written = [{"year": year, **_words(row.kpi), **row.figures, "code": row.kpi.code} for row in rows]
    return Plan(
        year,
        rows=tuple(written),
        added=tuple(cells for cells, row in zip(written, rows, strict=True) if row.existing is None),
        changed=_changed(rows),
        kept=tuple(
            _kept(row, row.existing) for row in rows if row.existing and not row.untouched and not row.unsure
        ),
        findings=(
            *check_targets(targets, sum(days)),
            *_unusable(dataset, year),
            *(finding for row in rows for finding in _disagreement(row)),
            *_parts_apart({row.kpi.code: row for row in rows}),
            *_estimated(dataset, year),
        ),
    )


def _of_year(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    return rows[(rows["year"] == year) & rows["code"].notna()]


def _targets(dataset: Dataset, year: int) -> dict[str, float]:
    """List the year's targets that can be shared out, in the order of the figures."""
    mine = _of_year(dataset.tables["Targets"], year).dropna(subset=["target"])
    typed = dict(zip(mine["code"], mine["target"], strict=True))
    return {kpi.code: float(typed[kpi.code]) for kpi in KPIS if typed.get(kpi.code, -1) >= 0}


def _unusable(dataset: Dataset, year: int) -> Iterator[Finding]:
    """Yield a finding for each target of the year that was left out; an empty one is not set yet, which is no fault."""
    wrong = dataset.error_masks["Targets"]["target"]
    untouched = {*OWN_FIGURES_OFFERED, *dataset.tables["OwnFigures"]["label"].dropna()}
    for row, code, target in _of_year(dataset.tables["Targets"], year)[["code", "target"]].itertuples():
        where = f"“年度目标”第{row}行"
        if (code in FIGURE_NAMES and code not in BY_CODE) or figure_label(code) in untouched:
            continue
        if code not in BY_CODE:
            yield Finding(
                (),
                f"{where}的指标“{figure_label(code)}”不在各项指标中，没有分解。请从下拉列表里选；"
                "本店自己的指标，请把每月的数字填在“手工指标”表。",
            )
        elif wrong[row]:
            yield Finding((code,), f"{where}的年度目标填写有误，没有分解。请先点“校验”改正。")
        elif target < 0:
            yield Finding((code,), f"{where}的年度目标是负数（{target:g}），没有分解。请改正。")


def _open_days(dataset: Dataset, year: int) -> tuple[int, ...]:
    """Count for each month the days on which the shop works."""
    months = year_of(pd.Timestamp(year, 1, 1)).months()
    return tuple(dataset.calendar.open_days(month.first, month.last) for month in months)


def _existing_rows(dataset: Dataset, year: int) -> dict[str, _ExistingRow]:
    """Read the rows that 月度分解 has for the year, by their codes."""
    mine = _of_year(dataset.tables["Breakdown"], year)
    mine = mine.assign(is_wrong=dataset.error_masks["Breakdown"].any(axis=1))
    filled = dataset.filled.get("Breakdown", {})
    return {
        str(cells["code"]): _ExistingRow(
            int(row),  # type: ignore[call-overload]  # an Excel row
            {key: None if pd.isna(cells[key]) else float(cells[key]) for key in FIGURES},
            tuple(key for key in WORDS if pd.isna(cells[key]) or row in filled.get(key, ())),
            bool(cells["is_wrong"]),
        )
        for row, cells in mine.to_dict("index").items()
    }


def _rows(
    targets: Mapping[str, float], days: Sequence[int], existing: Mapping[str, _ExistingRow]
) -> list[_RowPlan]:
    """Decide every row of the year, in the order of the targets."""
    rows: dict[str, _RowPlan] = {}
    for code in sorted(targets, key=lambda code: code in SUMS):  # a whole comes after its parts
        parts = [rows[part].figures for part in SUMS.get(code, ()) if part in rows]
        rows[code] = _row(BY_CODE[code], targets[code], days, existing, parts)
    return [rows[code] for code in targets]


def _row(
    kpi: Kpi,
    target: float,
    days: Sequence[int],
    existing: Mapping[str, _ExistingRow],
    parts: Sequence[Figures],
) -> _RowPlan:
    mine = existing.get(kpi.code)
    if mine is not None and mine.is_wrong:
        return _RowPlan(kpi, target, mine.figures, mine, untouched=False)
    untouched = mine is None or _is_untouched(kpi, days, existing)
    typed = EMPTY if mine is None or untouched else mine.figures
    return _RowPlan(kpi, target, completed(kpi, target, days, typed, parts), mine, untouched=untouched)


def _is_untouched(kpi: Kpi, days: Sequence[int], existing: Mapping[str, _ExistingRow]) -> bool:
    """Return whether a row holds nothing but what the program wrote, for this target or an earlier one."""
    figures = existing[kpi.code].figures
    if all(figures[key] is None for key in MONTHS):
        return True
    whole = figures[WHOLE]
    if whole is None or whole < 0:
        return False
    parts = [(BY_CODE[part], existing[part].figures) for part in SUMS.get(kpi.code, ()) if part in existing]
    now = [figures for _, figures in parts]
    # Before staff changed a part, the whole was the sum of what the program had written there.
    then = [completed(part, figures[WHOLE] or 0, days, EMPTY) for part, figures in parts]
    return any(figures == completed(kpi, whole, days, EMPTY, given) for given in ((), now, then))


def _words(kpi: Kpi) -> dict[str, str]:
    return {"label": kpi.label, "unit": kpi.unit}


def _changed(rows: Sequence[_RowPlan]) -> dict[str, dict[int, str | float]]:
    """Gather the cells that change in rows that are there."""
    changed: dict[str, dict[int, str | float]] = {}
    for row in rows:
        if row.existing is not None and not row.unsure:
            for key, value in _differences(row, row.existing):
                changed.setdefault(key, {})[row.existing.number] = value
    return changed


def _differences(row: _RowPlan, existing: _ExistingRow) -> Iterator[tuple[str, str | float]]:
    yield from ((key, {**_words(row.kpi), "code": row.kpi.code}[key]) for key in existing.blank_words)
    for key, value in row.figures.items():
        if value is not None and value != existing.figures[key]:
            yield key, value


def _kept(row: _RowPlan, existing: _ExistingRow) -> KeptRow:
    """Return what was done to a row that staff had changed."""
    code = row.kpi.code
    filled = [BREAKDOWN.heading(key) for key in MONTHS if existing.figures[key] is None]
    mended = [
        f"{BREAKDOWN.heading(key)}由{amount(code, before)}改为{amount(code, after)}"
        for key in (*QUARTERS, WHOLE)
        if (before := existing.figures[key]) is not None
        and (after := row.figures[key]) is not None
        and before != after
    ]
    told = [f"{row.kpi.label}（第{existing.number}行）：本店填的月份没有改动"]
    told += [f"空着的{'、'.join(filled)}已补上"] if filled else []
    told += [f"按各月合计，{'、'.join(mended)}"] if mended else []
    return KeptRow(row.kpi, existing.number, f"{'；'.join(told)}。")


def _disagreement(row: _RowPlan) -> Iterator[Finding]:
    """Yield a finding for a row that could not be read, or does not make its target."""
    whole = row.figures[WHOLE]
    if row.existing is not None and row.unsure:
        message = f"“月度分解”第{row.existing.number}行（{row.kpi.label}）填写有误，没有改动。请先点“校验”改正，再点“{BUTTON}”。"
        yield Finding((row.kpi.code,), message)
    elif whole is not None and not _same(row.kpi, whole, row.target):
        what = "各月合计" if row.kpi.adds_up else "全年"
        yield Finding(
            (row.kpi.code,),
            f"月度分解里{row.kpi.label}的{what}{amount(row.kpi.code, whole)}，与年度目标"
            f"{amount(row.kpi.code, row.target)}不符。请改其中一个；要由程序重分，请清空那几格再点“{BUTTON}”。",
        )


def _same(kpi: Kpi, whole: float, target: float) -> bool:
    """Compare a year with its target; what is shared out is so in hundredths."""
    return hundredths(whole) == hundredths(target) if kpi.adds_up else whole == target


def _parts_apart(rows: Mapping[str, _RowPlan]) -> Iterator[Finding]:
    """Yield a finding for the months in which a whole that staff changed is not what its parts make."""
    for whole, parts in SUMS.items():
        if not rows.keys() >= {whole, *parts} or any(rows[code].unsure for code in (whole, *parts)):
            continue
        made = {key: sum(rows[part].figures[key] or 0 for part in parts) for key in MONTHS}
        wrong = [key for key in MONTHS if apart(made[key], rows[whole].figures[key] or 0)]
        if wrong and not apart(sum(made.values()), rows[whole].figures[WHOLE] or 0):
            months = "、".join(BREAKDOWN.heading(key) for key in wrong)
            sides = " + ".join(BY_CODE[part].label for part in parts)
            yield Finding(
                (whole, *parts),
                f"月度分解里{BY_CODE[whole].label}的{months}与{sides}的合计不符。"
                f"请改其中一行；要由程序合计，请清空{BY_CODE[whole].label}的各月再点“{BUTTON}”。",
            )


def _estimated(dataset: Dataset, year: int) -> Iterator[Finding]:
    """Yield a finding when the year's holidays are not known yet: its working days are a guess."""
    known_to = dataset.calendar.estimated_from
    if known_to is not None and year >= known_to.year:
        yield Finding(
            (),
            f"{year}年的放假安排还没有公布，上班天数先按周末休息估算。"
            f"公布并更新程序后，请清空月度分解里{year}年各行的各月，再点“{BUTTON}”重分。",
        )
