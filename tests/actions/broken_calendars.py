"""Calendars, ladders, people and limits that cannot be meant."""

# ruff: noqa: E501  (messages stand whole, as the office reads them)

from tests.collecting_plan import spoilt, with_cell, with_row, with_setting, with_settings
from tests.plan_file import Sheets, Spoil

DEADLINE = (
    "应如 期后5个工作日、每月25日、每月倒数第5个工作日、每周二前；分几级的接着写：单位18日→牵头单位20日→考核办25日"
)


def _contact_of_west(sheets: Sheets) -> None:
    sheets["units"][3][5] = "赵工"


def _reminders_and_escalations(sheets: Sheets) -> None:
    for line in sheets["scheme"]:
        if line[0] == "催报":
            line[1] = "T, T+1.. 审核人"
        if line[0] == "上报":
            line[1] = "T+2.. 审核人"


CASES: tuple[tuple[str, Spoil, tuple[str, ...]], ...] = (
    (
        "a chain in the wrong order",
        with_setting("报送时限", "牵头单位20日→单位18日"),
        (f"plan/scheme.csv · 第 14 行 · 报送时限：读到“牵头单位20日→单位18日”，{DEADLINE}",),
    ),
    (
        "a chain of four",
        with_setting("报送时限", "1日→2日→3日→4日"),
        (f"plan/scheme.csv · 第 14 行 · 报送时限：读到“1日→2日→3日→4日”，{DEADLINE}",),
    ),
    (
        "a collection's deadline nobody understands",
        with_cell("collections", 2, "报送时限", "周二"),
        (f"plan/collections.csv · 第 2 行 · G 报送时限：读到“周二”，{DEADLINE}",),
    ),
    (
        "an opening that is a chain",
        with_setting("开启", "每月18日→20日"),
        (
            "plan/scheme.csv · 第 14 行 · 开启：读到“每月18日→20日”，应如 每月20日、期后1日、期后3个工作日：从上一期期末数起",
        ),
    ),
    (
        "a ladder that is none",
        with_setting("催报", "提前三天"),
        (
            "plan/scheme.csv · 第 14 行 · 催报：读到“提前三天”，“提前三天”不是催报步骤；应写成 T-3、T、T+1.. 或 T+3 reviewer，对象可写：reporter、填报人、reviewer、审核人、leader、领导、parent、上级、grandparent、上上级",
        ),
    ),
    (
        "an escalation to nobody there is",
        with_setting("上报", "T+3 市长"),
        (
            "plan/scheme.csv · 第 14 行 · 上报：读到“T+3 市长”，“T+3 市长”不是催报步骤；应写成 T-3、T、T+1.. 或 T+3 reviewer，对象可写：reporter、填报人、reviewer、审核人、leader、领导、parent、上级、grandparent、上上级",
        ),
    ),
    (
        "a ladder that tells one person twice a day",
        spoilt(_reminders_and_escalations),
        ("plan/scheme.csv · 第 10 行 · 上报：读到“T+2.. 审核人”，T+2 与 T+1 对同一对象重复；每个对象每天只催一次",),
    ),
    (
        "a lead time of no days",
        with_setting("最短提前量", "0"),
        ("plan/scheme.csv · 第 14 行 · 最短提前量：读到“0”，应为 1 到 60 的整数",),
    ),
    (
        "what happens without enough lead time is neither",
        with_setting("提前量不足", "看情况"),
        ("plan/scheme.csv · 第 14 行 · 提前量不足：读到“看情况”，应为 拒绝、提示 之一",),
    ),
    (
        "a cap of half a number",
        with_setting("每周报数上限", "2.5"),
        ("plan/scheme.csv · 第 14 行 · 每周报数上限：读到“2.5”，应为 1 到 1000000 的整数",),
    ),
    (
        "a scheme that collects in windows and lists none",
        with_setting("报送周期", "自定义"),
        ("plan/scheme.csv · 窗口：报送周期为“自定义”时要列出窗口，如 2026-03-01..2026-03-20",),
    ),
    (
        "a number of days for a monthly scheme",
        with_setting("间隔天数", "3"),
        ("plan/scheme.csv · 第 15 行 · 间隔天数：读到“3”，只有报送周期为“按天数”才填间隔天数",),
    ),
    (
        "windows of a scheme that are not its own",
        with_settings(("报送周期", "自定义"), ("窗口", "2022-12-01..2022-12-31；2023-02-01..2023-02-28")),
        (
            "plan/scheme.csv · 第 16 行 · 窗口：读到“2022-12-01..2022-12-31；2023-02-01..2023-02-28”，窗口应在方案的起止之间：2023-01-01 到 2023-12-31",
        ),
    ),
    (
        "a cadence nobody knows",
        with_cell("collections", 2, "报送周期", "有空就报"),
        (
            "plan/collections.csv · 第 2 行 · C 报送周期：读到“有空就报”，应为 按日、按天数、按周、按旬、按半月、按月、按季、按半年、按年、自定义 之一",
        ),
    ),
    (
        "a number of days for a weekly collection",
        with_cell("collections", 2, "间隔天数", "3"),
        ("plan/collections.csv · 第 2 行 · D 间隔天数：读到“3”，只有报送周期为“按天数”才填间隔天数",),
    ),
    (
        "no days at all between two periods",
        with_cell("collections", 3, "间隔天数", "0"),
        ("plan/collections.csv · 第 3 行 · D 间隔天数：读到“0”，应为 1 到 366 的整数",),
    ),
    (
        "a custom collection without windows",
        with_cell("collections", 4, "窗口", ""),
        ("plan/collections.csv · 第 4 行 · E 窗口：报送周期为“自定义”时要列出窗口，如 2026-03-01..2026-03-20",),
    ),
    (
        "windows for a weekly collection",
        with_cell("collections", 2, "窗口", "2023-11-01..2023-11-30"),
        ("plan/collections.csv · 第 2 行 · E 窗口：读到“2023-11-01..2023-11-30”，只有报送周期为“自定义”才列窗口",),
    ),
    (
        "a window the wrong way round",
        with_cell("collections", 4, "窗口", "2023-11-30..2023-11-01"),
        (
            "plan/collections.csv · 第 4 行 · E 窗口：读到“2023-11-30..2023-11-01”，截至日 2023-11-01 早于起始日 2023-11-30",
        ),
    ),
    (
        "windows that overlap",
        with_cell("collections", 4, "窗口", "2023-11-01..2023-11-15; 2023-11-15..2023-11-30"),
        (
            "plan/collections.csv · 第 4 行 · E 窗口：读到“2023-11-01..2023-11-15; 2023-11-15..2023-11-30”，2023-11-15 开始的窗口与前一个重叠",
        ),
    ),
    (
        "a window without its end",
        with_cell("collections", 4, "窗口", "2023-11-01"),
        (
            "plan/collections.csv · 第 4 行 · E 窗口：读到“2023-11-01”，应为 起始日..截至日，如 2026-03-01..2026-03-20；多个用分号隔开",
        ),
    ),
    (
        "a window on a day there is not",
        with_cell("collections", 4, "窗口", "2023-11-01..2023-11-31"),
        ("plan/collections.csv · 第 4 行 · E 窗口：读到“2023-11-01..2023-11-31”，没有这一天；应为日期，如 2023-11-30",),
    ),
    (
        "a window outside the scheme",
        with_cell("collections", 4, "窗口", "2023-12-01..2024-01-31"),
        (
            "plan/collections.csv · 第 4 行 · E 窗口：读到“2023-12-01..2024-01-31”，窗口应在方案的起止之间：2023-01-01 到 2023-12-31",
        ),
    ),
    (
        "a collection twice",
        with_row("collections", "weekly", "又一周报", "按周", "", "", "", "", "", "", ""),
        ("plan/collections.csv · 第 6 行 · A 编码：读到“weekly”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "an indicator on a calendar nobody knows",
        with_cell("indicators", 2, "报送安排", "专项月报"),
        ("plan/indicators.csv · 第 2 行 · I 报送安排：读到“专项月报”，没有这个报送安排；相近的有：专项周报、旧专项",),
    ),
    (
        "limits the wrong way round",
        with_cell("indicators", 3, "最高值", "-1"),
        ("plan/indicators.csv · 第 3 行 · K 最高值：读到“-1”，不能小于最低值 0",),
    ),
    (
        "a tolerance below nothing",
        with_cell("indicators", 2, "容差", "-0.1"),
        ("plan/indicators.csv · 第 2 行 · O 容差：读到“-0.1”，应在 0 到 999999999999 之间",),
    ),
    (
        "a change of so many times",
        with_cell("indicators", 2, "变幅上限", "五成"),
        ("plan/indicators.csv · 第 2 行 · L 变幅上限：读到“五成”，应为数字，如 1234.5",),
    ),
    (
        "evidence perhaps",
        with_cell("indicators", 2, "需佐证", "视情况"),
        ("plan/indicators.csv · 第 2 行 · N 需佐证：读到“视情况”，应为 是 或 否",),
    ),
    (
        "a role nobody has",
        with_cell("contacts", 2, "角色", "秘书"),
        (
            "plan/contacts.csv · 第 2 行 · C 角色：读到“秘书”，应为 考核办、牵头、填报人、审核人、领导、审计、管理员 之一",
        ),
    ),
    (
        "a reporter of no unit",
        with_cell("contacts", 2, "单位", ""),
        ("plan/contacts.csv · 第 2 行 · A 单位：不能空（只有考核办、审计、管理员可以空着）",),
    ),
    (
        "one of the office's own in a unit",
        with_cell("contacts", 6, "单位", "west"),
        ("plan/contacts.csv · 第 6 行 · A 单位：读到“west”，考核办自己的人不填单位",),
    ),
    (
        "a person of a unit nobody knows",
        with_cell("contacts", 2, "单位", "西曲"),
        ("plan/contacts.csv · 第 2 行 · A 单位：读到“西曲”，没有这个单位；相近的有：西区",),
    ),
    (
        "a person twice in one place",
        with_row("contacts", "西区", "李工", "填报人", "", "", ""),
        ("plan/contacts.csv · 第 7 行 · B 姓名：读到“李工”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "a reporter named in two places",
        spoilt(_contact_of_west),
        ("plan/units.csv · 第 4 行 · F 联系人：读到“赵工”，“联系人”表已列出这个单位的填报人；这里请空着",),
    ),
    (
        "a day off of a unit nobody knows",
        with_cell("closures", 2, "单位", "北区"),
        ("plan/closures.csv · 第 2 行 · A 单位：读到“北区”，没有这个单位；相近的有：西区、东区",),
    ),
    (
        "a day off that is perhaps one",
        with_cell("closures", 2, "上班", "半天"),
        ("plan/closures.csv · 第 2 行 · C 上班：读到“半天”，应为 是 或 否",),
    ),
    (
        "a unit's day twice",
        with_row("closures", "west", "2023-09-15", "是", "不休了"),
        ("plan/closures.csv · 第 4 行 · B 日期：读到“2023-09-15”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "a day off without a reason",
        with_cell("closures", 2, "名称", ""),
        ("plan/closures.csv · 第 2 行 · D 名称：不能空",),
    ),
)
