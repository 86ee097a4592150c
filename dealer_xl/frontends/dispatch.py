"""From a request to its outcome: put in order what an earlier run left half done, then run the command and present what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends.results.addin import addin
from dealer_xl.frontends.results.check import check
from dealer_xl.frontends.results.letters import letters
from dealer_xl.frontends.results.new_and_demo import demo, new
from dealer_xl.frontends.results.outcome import Outcome, Presenter
from dealer_xl.frontends.results.plan import plan
from dealer_xl.frontends.results.summary import summary
from dealer_xl.frontends.results.today import today
from dealer_xl.frontends.results.undo import undo
from dealer_xl.requests import Request, ShopRequest

PRESENTERS: Mapping[str, Presenter[Any]] = {
    "new": new,
    "demo": demo,
    "check": check,
    "today": today,
    "summary": summary,
    "letters": letters,
    "plan": plan,
    "undo": undo,
    "addin": addin,
}
"""The presenter of each command; `watch` and `menu` are front ends of their own."""

TRIAL = "这是试运行，什么都没有写入；下面是真正运行时会有的结果。"


def run(request: Request, context: Context) -> Outcome:
    """Run the command of a request.

    Raises DealerXlError when it cannot go on.
    """
    present = PRESENTERS[request.command]
    if context.dry_run:
        outcome = present(request, context)
        return replace(outcome, lines=[TRIAL, *outcome.lines])
    recovered = jobs.recover_folder(request.folder) if isinstance(request, ShopRequest) else None
    if recovered is None:
        return present(request, context)
    try:
        outcome = present(request, context)
    except DealerXlError as reason:
        raise DealerXlError(f"{recovered.message}{reason}") from reason
    return _with_first(outcome, recovered.message)


def _with_first(outcome: Outcome, sentence: str) -> Outcome:
    """Return an outcome that begins with a sentence."""
    return replace(
        outcome,
        lines=[sentence, *outcome.lines],
        data={**outcome.data, "mended": sentence},
        headline=f"{sentence}{outcome.headline}",
    )
