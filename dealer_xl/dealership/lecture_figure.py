"""How many lectures were held: those of 活动计划, and those of 工作计划 that are none of these (LE-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Kpi, Measured, Rows
from dealer_xl.dealership.periods import Period

LECTURE = "汽车讲堂"


@dataclass(frozen=True, eq=False)
class Lectures(Kpi):
    """The lectures of a period; its own table is 工作计划."""

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        events, unsure = _events(dataset, period)
        tasks, left_out = self._tasks(dataset, period, events)
        held = len(events) + len(tasks)
        return Measured(float(held), held, unsure + left_out)

    def _tasks(self, dataset: Dataset, period: Period, events: Rows) -> tuple[Rows, int]:
        """Return the lectures of 工作计划 that name no event counted, and how many rows are left out."""
        day = dataset.tables[self.table][self.on]
        good, unsure = self.eligible(dataset, day)
        inside = day.between(period.first, period.last)
        found = good[inside[good.index]]
        names = {*events["event_no"].dropna(), *events["name"].dropna()}
        named = [any(name in str(content) for name in names) for content in found["content"]]
        return found[~pd.Series(named, index=found.index, dtype=bool)], int(
            (unsure & (inside | day.isna())).sum()
        )

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the rows of 工作计划 that are counted."""
        span = period.up_to(dataset.today)
        return [int(row) for row in self._tasks(dataset, span, _events(dataset, span)[0])[0].index]


def _events(dataset: Dataset, period: Period) -> tuple[Rows, int]:
    """Return the lectures of 活动计划 that begin in the period, and how many rows are left out."""
    rows, wrong = dataset.tables["Events"], dataset.error_masks["Events"]
    unsure = wrong[["starts_on", "kind"]].any(axis=1)
    inside = rows["starts_on"].between(period.first, period.last) | wrong["starts_on"]
    lecture = (rows["kind"] == LECTURE) | wrong["kind"]
    return rows[inside & lecture & ~unsure], int((inside & lecture & unsure).sum())
