"""Cells that say nothing we can take: what stands in them, and what the office is told."""

# ruff: noqa: E501  (messages stand whole, as the office reads them)
# ruff: noqa: DTZ001  (spreadsheets know no zones)

import io
from datetime import datetime
from typing import Any

import xlsxwriter
import xlwt
from openpyxl import Workbook

from tests.plan_file import CHINESE, Spoil, book, cell, column, raw


def _write(sheet: str, address: str, value: Any) -> Any:
    def change(made: Workbook) -> None:
        made[CHINESE[sheet]][address] = value

    return change


def _percent(made: Workbook) -> None:
    made["填报"]["D2"] = 0.85
    made["填报"]["D2"].number_format = "0.00%"


def _xlsxwriter(change: Any) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        change(made, made.add_worksheet("填报"))
    return out.getvalue()


def _error_cell(_made: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["指标", "单位", "截至日", "累计完成"])
    sheet.write_row(1, 0, ["invest", "east", "2023-10-31"])
    sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")


def _old_workbook() -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("填报")
    for place, heading in enumerate(["指标", "单位", "截至日", "累计完成"]):
        sheet.write(0, place, heading)
    for place, value in enumerate(["invest", "east", "2023-10-31", "很多"]):
        sheet.write(1, place, value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


CASES: tuple[tuple[str, Spoil, tuple[str, ...]], ...] = (
    (
        "a word in a number",
        cell("targets", 2, "目标值", "两百"),
        ("plan/targets.csv · 第 2 行 · C 目标值：读到“两百”，请用阿拉伯数字，如 200",),
    ),
    (
        "a number with its unit",
        cell("targets", 2, "目标值", "1,234.5万"),
        (
            "plan/targets.csv · 第 2 行 · C 目标值：读到“1,234.5万”，应为数字，如 12345000；若计量单位已含“万”，写 1234.5",
        ),
    ),
    (
        "a number with a percent sign",
        cell("reports", 2, "累计完成", "85%"),
        (
            "plan/reports.csv · 第 2 行 · D 累计完成：读到“85%”，计量单位是“亿元”，不能由“%”换算；请填以“亿元”计的数字，不带单位",
        ),
    ),
    (
        "thousands in the wrong places",
        cell("reports", 2, "累计完成", "1,23"),
        ("plan/reports.csv · 第 2 行 · D 累计完成：读到“1,23”，应为数字，如 1234.5",),
    ),
    (
        "scientific notation",
        cell("reports", 2, "累计完成", "1.2E+05"),
        ("plan/reports.csv · 第 2 行 · D 累计完成：读到“1.2E+05”，应为数字，如 120000",),
    ),
    (
        "a truth value in a number",
        book(_write("reports", "D2", True)),
        ("plan.xlsx · 填报 · 第 2 行 · D 累计完成：读到“True”，应为数字，如 1234.5",),
    ),
    (
        "a day in a number",
        book(_write("reports", "D2", datetime(2023, 10, 31))),
        ("plan.xlsx · 填报 · 第 2 行 · D 累计完成：读到“2023-10-31”，应为数字，如 1234.5",),
    ),
    (
        "more decimals than are kept",
        cell("reports", 2, "累计完成", "0.1234567"),
        ("plan/reports.csv · 第 2 行 · D 累计完成：读到“0.1234567”，最多 6 位小数；请先四舍五入",),
    ),
    (
        "a number too large to keep",
        cell("targets", 2, "目标值", "1000000000000"),
        ("plan/targets.csv · 第 2 行 · C 目标值：读到“1000000000000”，应小于一万亿；请换用更大的计量单位",),
    ),
    (
        "a value as text in a workbook",
        book(_write("reports", "D3", "五十")),
        ("plan.xlsx · 填报 · 第 3 行 · D 累计完成：读到“五十”，请用阿拉伯数字，如 50",),
    ),
    (
        "a cell shown as per cent",
        book(_percent),
        (
            "plan.xlsx · 填报 · 第 2 行 · D 累计完成：读到“0.85”，计量单位是“亿元”，不能由“%”换算；请填以“亿元”计的数字，不带单位",
        ),
    ),
    (
        "a formula without its result",
        book(_write("reports", "D2", "=100+5.5")),
        ("plan.xlsx · 填报 · 第 2 行 · D 累计完成：公式没有保存结果；请用 Excel 或 WPS 打开、保存一次，或改为数值",),
    ),
    (
        "a formula that failed",
        raw("plan.xlsx", _xlsxwriter(_error_cell)),
        ("plan.xlsx · 填报 · 第 2 行 · D 累计完成：读到“#DIV/0!”，公式出错；请改为数值",),
    ),
    (
        "a day that does not exist",
        cell("targets", 2, "起", "2023-02-30"),
        ("plan/targets.csv · 第 2 行 · G 起：读到“2023-02-30”，没有这一天；应为日期，如 2023-11-30",),
    ),
    (
        "a thirteenth month",
        cell("reports", 2, "截至日", "2023年13月1日"),
        ("plan/reports.csv · 第 2 行 · C 截至日：读到“2023年13月1日”，没有这一天；应为日期，如 2023-11-30",),
    ),
    (
        "a day without its year",
        cell("reports", 2, "截至日", "10月31日"),
        ("plan/reports.csv · 第 2 行 · C 截至日：读到“10月31日”，要写上年份，如 2023-11-30",),
    ),
    (
        "a day as a bare number",
        book(_write("reports", "C2", 45230)),
        ("plan.xlsx · 填报 · 第 2 行 · C 截至日：读到“45230”，应为日期而不是数字；若是 2023-10-31，请设为日期格式",),
    ),
    (
        "a day with a time",
        book(_write("reports", "C2", datetime(2023, 10, 31, 8, 30))),
        ("plan.xlsx · 填报 · 第 2 行 · C 截至日：读到“2023-10-31 08:30:00”，应只有日期，不带时刻，如 2023-10-31",),
    ),
    (
        "a day in another century",
        cell("reports", 2, "截至日", "1023-10-31"),
        ("plan/reports.csv · 第 2 行 · C 截至日：读到“1023-10-31”，年份应在 1990 到 2100 之间",),
    ),
    (
        "a moment that does not exist",
        column("reports", "入库时间", ["2023-11-01 25:61"]),
        ("plan/reports.csv · 第 2 行 · G 入库时间：读到“2023-11-01 25:61”，没有这个时刻；应写成 2023-11-30 08:30",),
    ),
    ("a report without its day", cell("reports", 3, "截至日", ""), ("plan/reports.csv · 第 3 行 · C 截至日：不能空",)),
    (
        "a name of nothing but strange spaces",
        cell("units", 3, "名称", "\u2028\u200b"),
        ("plan/units.csv · 第 3 行 · B 名称：不能空",),
    ),
    ("a unit without a name", cell("units", 3, "名称", ""), ("plan/units.csv · 第 3 行 · B 名称：不能空",)),
    (
        "a code turned into a day",
        book(_write("units", "A3", datetime(2023, 3, 1))),
        ("plan.xlsx · 单位 · 第 3 行 · A 编码：读到“2023-03-01”，被软件变成了日期；请把这一列设为文本格式再输入",),
    ),
    (
        "neither yes nor no",
        cell("units", 3, "参与排名", "也许"),
        ("plan/units.csv · 第 3 行 · D 参与排名：读到“也许”，应为 是 或 否",),
    ),
    (
        "an unknown kind",
        cell("indicators", 2, "类型", "总量"),
        (
            "plan/indicators.csv · 第 2 行 · C 类型：读到“总量”，应为 累计量、时点量、增速、比率、个数、位次、节点成果 之一",
        ),
    ),
    (
        "an unknown direction",
        cell("indicators", 2, "方向", "向上"),
        ("plan/indicators.csv · 第 2 行 · D 方向：读到“向上”，应为 正向、逆向、区间 之一",),
    ),
    (
        "an unknown trajectory",
        cell("targets", 2, "序时方式", "随缘"),
        (
            "plan/targets.csv · 第 2 行 · F 序时方式：读到“随缘”，应为 按月均衡、按日均衡、节点阶梯、节点内插、全期同标 之一",
        ),
    ),
    (
        "negative decimals",
        cell("indicators", 2, "小数", "-1"),
        ("plan/indicators.csv · 第 2 行 · F 小数：读到“-1”，应为 0 到 6 的整数",),
    ),
    (
        "too many decimals to print",
        cell("indicators", 2, "小数", "7"),
        ("plan/indicators.csv · 第 2 行 · F 小数：读到“7”，应为 0 到 6 的整数",),
    ),
    (
        "half a decimal",
        cell("indicators", 2, "小数", "1.5"),
        ("plan/indicators.csv · 第 2 行 · F 小数：读到“1.5”，应为 0 到 6 的整数",),
    ),
    (
        "a weight out of range",
        cell("indicators", 2, "分值", "1001"),
        ("plan/indicators.csv · 第 2 行 · G 分值：读到“1001”，应在 0 到 1000 之间",),
    ),
    (
        "invisible control characters",
        cell("reports", 2, "进展", "推进\x07中"),
        ("plan/reports.csv · 第 2 行 · E 进展：读到“推进\u0007中”，有看不见的控制字符；请重新输入",),
    ),
    (
        "an old workbook with a word in a number",
        raw("plan.xls", _old_workbook),
        ("plan.xls · 填报 · 第 2 行 · D 累计完成：读到“很多”，应为数字，如 1234.5",),
    ),
)
