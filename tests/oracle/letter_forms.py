"""What a template is for, who may get it (信函模板, section 11)."""

from dataclasses import dataclass

from oracle.cells import text
from oracle.shop import Shop


@dataclass(frozen=True)
class Form:
    """A row of 信函模板."""

    purpose: str
    marketing: bool
    one_a_person: bool


SHIPPED = {
    "邀请函": Form("活动", marketing=True, one_a_person=True),
    "活动通知": Form("活动", marketing=True, one_a_person=True),
    "首保提醒": Form("首保", marketing=False, one_a_person=False),
    "保养提醒": Form("保养", marketing=False, one_a_person=False),
    "续保通知": Form("续保", marketing=True, one_a_person=False),
    "流失客户问候": Form("流失", marketing=True, one_a_person=True),
    "投诉答复函": Form("投诉", marketing=False, one_a_person=False),
    "感谢信": Form("感谢", marketing=False, one_a_person=True),
}


def form_of(shop: Shop, template: str) -> Form | None:
    """Return what 信函模板 says of a template, else what is shipped."""
    for row in shop.rows("LetterForms"):
        if text(row, "模板") == template:
            return Form(text(row, "用于"), text(row, "营销") == "是", text(row, "一户一封") == "是")
    return SHIPPED.get(template)


def is_marketing(shop: Shop, template: str) -> bool:
    """Return whether the template is 营销 是."""
    form = form_of(shop, template)
    return form is not None and form.marketing
