"""Rows that cannot be true together: with each other, with the plan, or with the day they were handed in."""

# ruff: noqa: E501  (messages stand whole, as the office reads them)

from tests.plan_file import Sheets, Spoil, cell, column, folder, row


def _namesakes(sheets: Sheets) -> None:
    sheets["units"].append(["east2", "东区", "城区", "是", "", "", ""])
    sheets["reports"][1][1] = "东区"


CASES: tuple[tuple[str, Spoil, tuple[str, ...]], ...] = (
    (
        "a report about the future",
        cell("reports", 2, "截至日", "2023-12-31"),
        ("plan/reports.csv · 第 2 行 · C 截至日：读到“2023-12-31”，不能晚于入库日 2023-11-10：还没到的日子没有数",),
    ),
    (
        "a report long before the scheme",
        cell("reports", 2, "截至日", "2013-10-31"),
        ("plan/reports.csv · 第 2 行 · C 截至日：读到“2013-10-31”，早于方案开始日 2023-01-01 一年以上",),
    ),
    (
        "a report recorded after it was handed in",
        column("reports", "入库时间", ["2024-01-05 08:30"]),
        ("plan/reports.csv · 第 2 行 · G 入库时间：读到“2024-01-05 08:30”，不能晚于本次入库时点",),
    ),
    (
        "a report without its value",
        cell("reports", 3, "累计完成", ""),
        ("plan/reports.csv · 第 3 行 · D 累计完成：有文字而没有数值；请填数，或整行空着表示未报",),
    ),
    (
        "a report nobody was asked for",
        row("reports", "air", "west", "2023-10-31", "88", "", ""),
        ("plan/reports.csv · 第 4 行 · A 指标：读到“air”，目标表里没有这个单位的这项指标；请先列出目标",),
    ),
    (
        "a report twice",
        row("reports", "invest", "东区", "2023年10月31日", "105.5", "", ""),
        ("plan/reports.csv · 第 4 行 · C 截至日：读到“2023年10月31日”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "an unknown unit, nearly right",
        cell("reports", 2, "单位", "东曲"),
        ("plan/reports.csv · 第 2 行 · B 单位：读到“东曲”，没有这个单位；相近的有：东区",),
    ),
    (
        "an unknown indicator",
        cell("targets", 2, "指标", "财政收入"),
        (
            "plan/targets.csv · 第 2 行 · A 指标：读到“财政收入”，没有这个指标；现有：invest、重点项目投资、air、空气优良率、park、园区交付",
        ),
    ),
    (
        "an unknown parent",
        cell("units", 3, "上级", "合记"),
        ("plan/units.csv · 第 3 行 · E 上级：读到“合记”，没有这个单位；相近的有：合计",),
    ),
    (
        "an unknown lead unit",
        cell("indicators", 2, "牵头单位", "发改局"),
        (
            "plan/indicators.csv · 第 2 行 · H 牵头单位：读到“发改局”，没有这个单位；现有：total、合计、east、东区、west、西区",
        ),
    ),
    (
        "a unit above itself",
        cell("units", 2, "上级", "east"),
        (
            "plan/units.csv · 第 2 行 · E 上级：读到“east”，上级不能绕回自己",
            "plan/units.csv · 第 3 行 · E 上级：读到“合计”，上级不能绕回自己",
        ),
    ),
    (
        "a unit twice",
        row("units", "east", "东区新城", "城区", "是", "", "", ""),
        ("plan/units.csv · 第 5 行 · A 编码：读到“east”，与第 3 行重复；同一内容只写一行",),
    ),
    (
        "two units of one name, meant by name",
        folder(_namesakes),
        ("plan/reports.csv · 第 2 行 · B 单位：读到“东区”，不止一个单位叫这个名称；请写编码：east、east2",),
    ),
    (
        "a name too long for a code",
        row("units", "", "长" * 70, "", "是", "", "", ""),
        (
            "plan/units.csv · 第 5 行 · B 名称：读到“长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长…”，名称超过 64 字时请另设编码",
        ),
    ),
    (
        "an indicator twice",
        row("indicators", "invest", "投资", "累计量", "正向", "亿元", "1", "20", ""),
        ("plan/indicators.csv · 第 5 行 · A 编码：读到“invest”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "due before it starts",
        cell("targets", 2, "止", "2022-12-31"),
        ("plan/targets.csv · 第 2 行 · H 止：读到“2022-12-31”，不能早于起始日 2023-01-01",),
    ),
    (
        "a target twice",
        row("targets", "重点项目投资", "东区", "130", "", "", "", "", "", ""),
        ("plan/targets.csv · 第 7 行 · A 指标：读到“重点项目投资”，与第 3 行重复；同一内容只写一行",),
    ),
    (
        "two rows that count from one day",
        row("targets", "invest", "east", "130", "", "", "", "", "", "2023-11-10"),
        ("plan/targets.csv · 第 7 行 · I 生效日：读到“2023-11-10”，同一内容在 2023-11-10 已有另一行",),
    ),
    (
        "an upper bound without a band",
        cell("targets", 2, "上限", "300"),
        ("plan/targets.csv · 第 2 行 · D 上限：读到“300”，只有方向为“区间”的指标才填上限",),
    ),
    (
        "a band without its upper bound",
        cell("targets", 5, "上限", ""),
        ("plan/targets.csv · 第 5 行 · D 上限：区间指标的上限不能空，也不能小于目标值",),
    ),
    (
        "a band upside down",
        cell("targets", 5, "上限", "80"),
        ("plan/targets.csv · 第 5 行 · D 上限：读到“80”，区间指标的上限不能空，也不能小于目标值",),
    ),
    (
        "stages without milestones",
        cell("targets", 2, "序时方式", "节点内插"),
        ("plan/targets.csv · 第 2 行 · F 序时方式：读到“节点内插”，按节点计算序时，但节点表里没有这个目标的节点",),
    ),
    (
        "a milestone after the target is due",
        cell("milestones", 2, "时限", "2024-01-31"),
        ("plan/milestones.csv · 第 2 行 · D 时限：读到“2024-01-31”，应在目标的起止之间：2023-01-01 到 2023-12-31",),
    ),
    (
        "a milestone before the target starts",
        cell("milestones", 2, "时限", "2022-12-31"),
        ("plan/milestones.csv · 第 2 行 · D 时限：读到“2022-12-31”，应在目标的起止之间：2023-01-01 到 2023-12-31",),
    ),
    (
        "a milestone without its planned value",
        cell("milestones", 2, "计划累计值", ""),
        ("plan/milestones.csv · 第 2 行 · E 计划累计值：不能空（只有节点成果类指标可以空着）",),
    ),
    (
        "a milestone twice",
        row("milestones", "park", "west", "竣工", "2023-12-01", "", ""),
        ("plan/milestones.csv · 第 5 行 · C 节点：读到“竣工”，与第 4 行重复；同一内容只写一行",),
    ),
    (
        "two planned values for one day",
        row("milestones", "invest", "west", "年中", "2023-06-30", "45", ""),
        ("plan/milestones.csv · 第 5 行 · D 时限：读到“2023-06-30”，与第 2 行重复；同一内容只写一行",),
    ),
    (
        "a milestone of no target",
        row("milestones", "air", "west", "试点", "2023-06-30", "45", ""),
        ("plan/milestones.csv · 第 5 行 · A 指标：读到“air”，目标表里没有这个单位的这项指标；请先列出目标",),
    ),
    (
        "deliverables that do not add up",
        cell("targets", 6, "目标值", "3"),
        (
            "plan/milestones.csv · 第 4 行 · E 计划累计值：最后一个节点累计 2 项，目标值却是 3；请同时修改目标，或把目标值空着",
        ),
    ),
)
