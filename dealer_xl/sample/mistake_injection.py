"""Put the mistakes into the rows, never two into one row, and remember where they are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from dealer_xl.sample.mistakes import MISTAKES, Mistake
from dealer_xl.sample.sample_types import Planted, Rows
from dealer_xl.sample.snapshot import Snapshot, snapshot_of

SMALL_STORE, TIMES = 500, 2


class MistakeInjector:
    """The rows of a store while mistakes are put into them; `taken` rows play a part in one already."""

    def __init__(self, dice: random.Random, today: date, rows: Rows) -> None:
        self._dice = dice
        self._rows = rows
        self._scene: Snapshot = snapshot_of(today, rows)
        self._times = 1 if len(rows["Customers"]) < SMALL_STORE else TIMES
        self.taken: set[tuple[str, int]] = set()

    def plant(self) -> tuple[Planted, ...]:
        """Make every mistake some times and return where they are."""
        planted = [each for mistake in MISTAKES for each in self._plant(mistake)]
        self._calm_calls()
        return tuple(planted)

    def _plant(self, mistake: Mistake) -> Iterator[Planted]:
        """Make one mistake, as far as there are rows fit for it."""
        for _ in range(self._times):
            fit = self._fit(mistake)
            if mistake.wrong is None and len(fit) > 1:
                yield self._repeat(mistake, *sorted(self._dice.sample(fit, 2)))
            elif mistake.wrong is not None and fit:
                place = self._dice.choice(fit)
                row = self._rows[mistake.table][place]
                row[mistake.column] = mistake.wrong(self._scene, row)
                yield self._planted(mistake, place)

    def _fit(self, mistake: Mistake) -> list[int]:
        """List the places of the rows in which the mistake harms nothing else."""
        return [
            place
            for place, row in enumerate(self._rows[mistake.table])
            if (mistake.table, place) not in self.taken and mistake.fits(self._scene, row)
        ]

    def _repeat(self, mistake: Mistake, earlier: int, later: int) -> Planted:
        """Set a later row's number to that of an earlier one."""
        table = self._rows[mistake.table]
        table[later][mistake.column] = table[earlier][mistake.column]
        self.taken.add((mistake.table, earlier))
        return self._planted(mistake, later)

    def _planted(self, mistake: Mistake, place: int) -> Planted:
        """Note the mistake; the row is no longer free."""
        self.taken.add((mistake.table, place))
        return Planted(mistake.table, place, mistake.column, mistake.code)

    def _calm_calls(self) -> None:
        """Take the complaint from each call whose case now names another call: that would be a second issue."""
        tracked = {row["call_no"] for row in self._rows["Complaints"]}
        for row in self._rows["Calls"]:
            if row["complaint"] == "是" and row["call_no"] not in tracked:
                row["complaint"] = "否"
                row["kind"] = "其他" if row["kind"] == "投诉" else row["kind"]
