"""`letters`: tell which letters were made, and who gets none."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from dealer_xl import jobs
from dealer_xl.commands.outcome import Occasion, Outcome, name_of, outcome_of
from dealer_xl.dealership.recipients import REASONS


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
        "merged": name_of(mailed.merged),
        "pdf": name_of(mailed.pdf),
    }
    files = [file for file in mailed.files if file not in set(mailed.made.values())]
    return outcome_of(told, gist, data, files)
