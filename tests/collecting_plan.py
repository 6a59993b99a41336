"""A sound plan that says everything collection needs, and ways to spoil it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.plan_file import SOUND, Sheets, Spoil, write_folder

COLLECTING: Sheets = deepcopy(SOUND) | {
    "collections": [
        ["编码", "名称", "报送周期", "间隔天数", "窗口", "开启", "报送时限", "遇休息日", "启用", "生效日"],
        ["weekly", "专项周报", "按周", "", "", "期后3个工作日", "每周二前", "提前", "是", ""],
        ["days3", "三日一报", "按天数", "3", "", "", "期后1个工作日", "", "", "2023-12-01"],
        ["survey", "满意度调查", "自定义", "", "2023-11-01..2023-11-30；2023-05-04至2023年5月31日", "", "", "", "", ""],
        ["old", "旧专项", "每旬", "", "", "", "", "", "否", ""],
    ],
    "contacts": [
        ["单位", "姓名", "角色", "邮箱", "电话", "推送地址"],
        ["西区", "李工", "填报人", "west@example.org", "0571-1", ""],
        ["west", "钱工", "填报人", "", "", "https://im.example.org/1"],
        ["west", "周科长", "审核人", "", "", ""],
        ["total", "吴局长", "领导", "", "", ""],
        ["", "孙主任", "考核办", "office@example.org", "", ""],
    ],
    "closures": [
        ["单位", "日期", "上班", "名称"],
        ["west", "2023-09-15", "否", "开渔节"],
        ["西区", "2023-09-16", "是", "补班"],
    ],
}
COLLECTING["scheme"] += [
    ["开启", "每月28日"],
    ["催报", "T-2, T, T+1.."],
    ["上报", "T+2 审核人, T+4 上级"],
    ["最短提前量", "2"],
    ["提前量不足", "拒绝"],
    ["每周报数上限", "30"],
    ["每周消息上限", "5"],
]
COLLECTING["scheme"][5][1] = "单位18日→牵头单位20日→考核办25日"
for _line, _cells in zip(
    COLLECTING["indicators"],
    (
        ["报送安排", "最低值", "最高值", "变幅上限", "超额上限", "需佐证", "容差"],
        ["专项周报", "0", "999.5", "50", "20", "是", "0.1"],
        ["", "0", "100", "", "", "否", ""],
        ["days3", "", "", "", "", "", ""],
    ),
    strict=True,
):
    _line += _cells
for _line, _evidence in zip(COLLECTING["reports"], ("佐证", "台账.xlsx", "拨款单.pdf"), strict=True):
    _line.append(_evidence)


def spoilt(change: Callable[[Sheets], Any]) -> Spoil:
    """The collecting plan as CSV files, changed."""

    def write(path: Any) -> Any:
        sheets = deepcopy(COLLECTING)
        change(sheets)
        return write_folder(path / "plan", sheets)

    return write


def with_cell(sheet: str, row: int, heading: str, value: Any) -> Spoil:
    """The collecting plan with one cell changed; rows count as a spreadsheet counts them."""

    def change(sheets: Sheets) -> None:
        rows = sheets[sheet]
        rows[row - 1][rows[0].index(heading)] = value

    return spoilt(change)


def with_row(sheet: str, *values: Any) -> Spoil:
    """The collecting plan with one row more."""
    return spoilt(lambda sheets: sheets[sheet].append(list(values)))


def with_setting(key: str, value: str) -> Spoil:
    """The collecting plan with one item of the scheme written otherwise."""
    return with_settings((key, value))


def with_settings(*items: tuple[str, str]) -> Spoil:
    """The collecting plan with some items of the scheme written otherwise."""

    def change(sheets: Sheets) -> None:
        said = {key for key, _value in items}
        sheets["scheme"] = [line for line in sheets["scheme"] if line[0] not in said] + [list(item) for item in items]

    return spoilt(change)
