"""The shipped Word templates."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from word_files import needs_soffice, pages, part

from dealer_xl.dealership import letter_fields
from dealer_xl.office.word.joining import join
from dealer_xl.office.word.letter_texts import LETTERS
from dealer_xl.office.word.pdf import to_pdf
from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.templates import TEMPLATES, build, monthly_report

SHIPPED = Path(__file__).parents[2] / "templates"
FIELDS = [field.name for field in letter_fields.FIELDS]
REPORT = {
    "店名": "泰安风行汽车销售服务有限公司",
    "期间": "2026年3月",
    "小结": ["本月售后总产值 486,320.00 元。", "进厂 612 台次。"],
    "指标": [
        {
            "名称": f"指标{n}",
            "单位": "元",
            "本期": f"6,000,00{n}.00",
            "目标": "–",
            "达标": "–",
            "上期": "–",
            "去年同期": "–",
        }
        for n in range(10)
    ],
    "剔除说明": "有 3 行未计入。",
    "编制日期": "2026年4月1日",
}


invitation = TEMPLATES["邀请函.docx"]


def letter_values(number: int = 1) -> dict[str, object]:
    """Invent a letter, as long as letters get."""
    values: dict[str, object] = {field: field * 3 for field in FIELDS}
    return values | {
        "问候": "尊敬的张伟先生：",
        "单位名称": "",
        "登记号": f"XH-{number:04}",
        "活动内容": "免费全车检测，空调系统清洗八折；" * 6,
        "发函日期": "2026年3月5日",
    }


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_committed_file_is_what_the_code_writes(name: str) -> None:
    # Part by part: another zlib packs the same content into other bytes.
    assert parts((SHIPPED / name).read_bytes()) == parts(TEMPLATES[name]())


def test_a_build_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    build(tmp_path / "new")

    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        name: write() for name, write in TEMPLATES.items()
    }


@pytest.mark.parametrize("name", [text.name for text in LETTERS])
def test_a_letter_uses_fields_of_letters_only(name: str) -> None:
    assert Template(name, TEMPLATES[f"{name}.docx"]()).fields() < set(FIELDS)


@pytest.mark.parametrize("name", [text.name for text in LETTERS])
def test_a_letter_of_which_nothing_is_known_has_no_blank_line_in_its_table(name: str) -> None:
    words = dict.fromkeys(FIELDS, "") | {"店名": "店", "问候": "尊敬的张伟，您好："}
    made = Document(BytesIO(Template(name, TEMPLATES[f"{name}.docx"]()).render(words)))

    facts = [row.cells[1].text for table in made.tables[:1] for row in table.rows]
    assert "" not in facts or name in {"邀请函", "活动通知"}  # an event without its facts is refused


def test_the_report_uses_the_fields_of_the_summary() -> None:
    assert Template("月度总结.docx", monthly_report()).fields() == set(REPORT)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_style_names_its_chinese_font(name: str) -> None:
    fonts = re.findall(r"<w:rFonts [^>]*>", part(TEMPLATES[name](), "word/styles.xml"))

    assert len(fonts) > 8
    assert all('w:eastAsia="宋体"' in font or 'w:eastAsia="微软雅黑"' in font for font in fonts)


def test_the_report_has_a_row_a_figure_under_a_heading_that_repeats() -> None:
    report = Template("月度总结.docx", monthly_report()).render(REPORT)

    rows = Document(BytesIO(report)).tables[0].rows
    assert [rows[0].cells[0].text, *(row.cells[0].text for row in rows[1:])] == [
        "指标",
        *(f"指标{n}" for n in range(10)),
    ]
    assert part(report, "word/document.xml").count("<w:tblHeader/>") == 1


def test_the_report_says_nothing_of_left_out_rows_when_there_are_none() -> None:
    report = Template("月度总结.docx", monthly_report()).render(REPORT | {"剔除说明": ""})

    assert "说明：" not in part(report, "word/document.xml")


@needs_soffice
def test_a_long_invitation_prints_on_one_page(tmp_path: Path) -> None:
    (page,) = pages(to_pdf(Template("邀请函.docx", invitation()).render(letter_values())), tmp_path)

    assert (
        page.index("尊敬的") < page.index("2026年3月5日") < page.rindex("回执") < page.index("车牌号车牌号")
    )


@needs_soffice
def test_joined_invitations_print_one_a_page(tmp_path: Path) -> None:
    template = Template("邀请函.docx", invitation())
    printed = list(pages(to_pdf(join([template.render(letter_values(n)) for n in range(4)])), tmp_path))

    assert [re.findall(r"编号：(XH-\d{4})", page) for page in printed] == [[f"XH-{n:04}"] for n in range(4)]
