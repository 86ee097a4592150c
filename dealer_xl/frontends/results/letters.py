"""`letters`: show which letters were made, and who gets none."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.letters import Mailing
from dealer_xl.dealership.recipients import REASONS, reason_text
from dealer_xl.dealership.tables import CUSTOMERS
from dealer_xl.frontends.results.outcome import Outcome, name_of, with_files
from dealer_xl.requests import LettersRequest

FILES = {
    "merged": "合并打印",
    "pdf": "PDF",
    "labels": "地址标签",
    "envelopes": "信封",
    "sign_list": "寄发签收表",
    "merge_source": "邮件合并数据",
}
"""What may be made besides the letters, and what staff call it."""


def letters(request: LettersRequest, context: Context) -> Outcome:
    """Write letters and book them."""
    mailed = jobs.write_letters(context, request)
    mailing, made = mailed.mailing, mailed.made
    did = ("将" if context.dry_run else "已") + ("补发" if request.again else "生成")
    headline = f"{did}{len(mailing.letters)}封{mailing.form.template}，{len(mailing.skipped)}位客户不发。"
    files = {key: getattr(made, key) for key in FILES}
    lines = [headline, *_left_out(mailing)]
    lines += [f"{FILES[key]}：{path}" for key, path in files.items() if path]
    data: dict[str, Any] = {
        "letters": [
            {
                "archive_no": letter.archive_no,
                "customer": letter.customer,
                "greeting": letter.greeting,
                "file": made.letters[letter.letter_no].as_posix(),
                "register_no": letter.letter_no,
            }
            for letter in mailing.letters
        ],
        "skipped": [
            {
                "archive_no": each.archive_no,
                "customer": each.customer,
                "workbook": CUSTOMERS.workbook,
                "sheet": CUSTOMERS.sheet,
                "row": each.row,
                "reason": each.reason,
                "detail": each.detail,
            }
            for each in mailing.skipped
        ],
        **{key: name_of(path) for key, path in files.items()},
    }
    single = {*made.letters.values()} - {made.merged}
    written = [file for file in mailed.files if file not in single]
    return with_files(Outcome(lines, data, headline=headline), written, context)


def _left_out(mailing: Mailing) -> list[str]:
    """Return how many are left out for each reason, and where their names stand."""
    counts = Counter(each.reason for each in mailing.skipped)
    lines = [
        f"没有发给{counts[reason]}位客户：{reason_text(reason, mailing.form)}。"
        for reason in REASONS
        if reason in counts
    ]
    return [*lines, "是谁、为什么，见 信函登记.xlsx 的“未发名单”表。"] if lines else []
