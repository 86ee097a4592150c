"""What each shipped letter template is for: the rows of 信函模板 that a new workbook has (LE-04)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from dealer_xl.workbook_spec import Row


@dataclass(frozen=True)
class ShippedForm:
    """One shipped template, by the keys of the table LetterForms."""

    template: str
    kind: str
    used_for: str
    marketing: str
    one_a_customer: str
    remark: str

    @property
    def row(self) -> Row:
        """Return its row on the sheet."""
        return asdict(self)


SHIPPED_FORMS = (
    ShippedForm("邀请函", "邀请函", "活动", "是", "是", "请客户参加活动，要说明是哪个活动"),
    ShippedForm("活动通知", "通知", "活动", "是", "是", "告知活动的内容、日期和地点，要说明是哪个活动"),
    ShippedForm("首保提醒", "通知", "首保", "否", "否", "今天该提醒首次保养的车"),
    ShippedForm("保养提醒", "通知", "保养", "否", "否", "今天该提醒保养的车"),
    ShippedForm("续保通知", "通知", "续保", "是", "否", "今天该提醒续保的车"),
    ShippedForm("流失客户问候", "通知", "流失", "是", "是", "今天该回访的流失客户"),
    ShippedForm("投诉答复函", "答复函", "投诉", "否", "否", "答复一件投诉，要说明是哪件投诉"),
    ShippedForm("感谢信", "通知", "感谢", "否", "是", "感谢客户，要说明写给谁"),
)
