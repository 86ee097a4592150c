"""Try whether the tables of a shop can be read where they are thought to stand, for `addin doctor`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dealer_xl.context import Context
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.folder_store import workbooks_in
from dealer_xl.office.folder.other_formats import other_files
from dealer_xl.office.installing.environment import CheckResult, failure, fine, warning


def tables_readable(folder: Path, now: datetime) -> CheckResult | None:
    """Return which tables of a folder can be read, or the sentence that says why not; None where there is no workbook."""
    if not disk.is_folder(folder):
        return None
    if not workbooks_in(folder):
        others = other_files(folder)
        return failure(others[0].says, "存成 .xlsx 以后再试。") if others else None
    context = Context.of_folder(folder, now, dry_run=True)
    try:
        cells = context.tables()
    except DealerXlError as reason:
        return failure(str(reason), "照着改好，再运行一次。")
    named = "、".join(f"{BY_NAME[name].sheet}{len(frame)}行" for name, frame in cells.items() if len(frame))
    if not named:
        return warning("各表都没有一行内容。", "如果本店另有工作簿，请点“接入本店表格”。")
    adopted = "本店自己的表格：" if context.store.catalogue.adopted else ""
    return fine(f"表格都读得出：{adopted}{named}。")
