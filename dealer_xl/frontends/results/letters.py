"""`letters`: show which letters were made, and who gets none."""

from __future__ import annotations

from collections import Counter

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.recipients import reason_text
from dealer_xl.frontends.results.outcome import Outcome, name_of, with_files
from dealer_xl.requests import LettersRequest


def letters(request: LettersRequest, context: Context) -> Outcome:
    """Write letters and book them."""
    mailed = jobs.write_letters(context, request)
    mailing = mailed.mailing
    reasons = Counter(skipped.reason for skipped in mailing.skipped)
    did = "将生成" if context.dry_run else "已生成"
    headline = f"{did}{len(mailing.letters)}封{mailing.form.kind}，{len(mailing.skipped)}位客户不发。"
    lines = [headline]
    lines += [
        f"没有发给{count}位客户：{reason_text(reason, mailing.form)}。"
        for reason, count in reasons.most_common()
    ]
    lines += [f"合并打印：{mailed.merged}"] if mailed.merged else []
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
        "merged": name_of(mailed.merged),
        "pdf": name_of(mailed.pdf),
    }
    files = [file for file in mailed.files if file not in set(mailed.made.values())]
    return with_files(Outcome(lines, data, headline=headline), files, context)
