"""Schemes, headings, sheets and text files that cannot be read for what they mean."""

# ruff: noqa: E501  (messages stand whole, as the office reads them)

from tests.plan_file import (
    SOUND,
    Sheets,
    Spoil,
    book,
    book_of,
    bytes_of,
    cell,
    column,
    csv_bytes,
    folder,
    raw,
    replaced,
    row,
)


def _no_column(sheet: str, heading: str) -> Spoil:
    def change(sheets: Sheets) -> None:
        place = sheets[sheet][0].index(heading)
        for line in sheets[sheet]:
            del line[place]

    return folder(change)


def _heading(sheet: str, old: str, new: str) -> Spoil:
    def change(sheets: Sheets) -> None:
        sheets[sheet][0][sheets[sheet][0].index(old)] = new

    return folder(change)


CASES: tuple[tuple[str, Spoil, tuple[str, ...]], ...] = (
    (
        "a scheme that ends before it starts",
        cell("scheme", 5, "值", "2022-12-31"),
        ("plan/scheme.csv · 第 5 行 · 结束：读到“2022-12-31”，应晚于开始日 2023-01-01",),
    ),
    (
        "a deadline nobody understands",
        cell("scheme", 6, "值", "尽快"),
        (
            "plan/scheme.csv · 第 6 行 · 报送时限：读到“尽快”，应如 期后5个工作日、每月25日、每月倒数第5个工作日、每周二前；分几级的接着写：单位18日→牵头单位20日→考核办25日",
        ),
    ),
    (
        "a measure that does not exist",
        row("scheme", "排名测度", "speed"),
        (
            "plan/scheme.csv · 第 8 行 · 排名测度：读到“speed”，应为测度的英文名，如 completion、gap_pp、ratio；全部见手册“测度”",
        ),
    ),
    (
        "a measure that ranks nobody",
        row("scheme", "排名测度", "planned"),
        (
            "plan/scheme.csv · 第 8 行 · 排名测度：读到“planned”，应为测度的英文名，如 completion、gap_pp、ratio；全部见手册“测度”",
        ),
    ),
    (
        "a scheme without its issuer",
        folder(lambda sheets: sheets["scheme"].pop()),
        ("plan/scheme.csv · 发文机关：不能空",),
    ),
    ("a scheme's key twice", row("scheme", "编码", "2024"), ("plan/scheme.csv · 第 8 行：读到“编码”，与第 2 行重复",)),
    (
        "a scheme's key that does not exist",
        row("scheme", "颜色", "红"),
        (
            "plan/scheme.csv · 第 8 行：读到“颜色”，没有这一项；可用：编码、名称、开始、结束、报送周期、间隔天数、窗口、开启、报送时限、遇休息日、催报、上报、最短提前量、提前量不足、每周报数上限、每周消息上限、排名测度、并列规则、发文机关、简报名称、简报印发、简报范围、机关代字、生效日",
        ),
    ),
    (
        "a heading misspelt",
        _heading("targets", "目标值", "目标直"),
        (
            "plan/targets.csv · 第 1 行 · C：读到“目标直”，没有这一列；是否“目标值”？不需要的列请删去",
            "plan/targets.csv · 第 1 行：缺少“目标值”（target）一列",
        ),
    ),
    (
        "a heading that means nothing here",
        column("targets", "完成率", []),
        (
            "plan/targets.csv · 第 1 行 · J：读到“完成率”，没有这一列；可用的列：指标、单位、目标值、上限、基数、序时方式、起、止、生效日",
        ),
    ),
    (
        "two headings for one column",
        column("targets", "目标任务", []),
        ("plan/targets.csv · 第 1 行 · J：读到“目标任务”，与 C 目标值 是同一列；只留一列",),
    ),
    (
        "a required column missing",
        _no_column("reports", "截至日"),
        ("plan/reports.csv · 第 1 行：缺少“截至日”（as_of）一列",),
    ),
    (
        "a unit in the heading is no fault, a wrong one is",
        _heading("reports", "累计完成", "累积（万元）"),
        (
            "plan/reports.csv · 第 1 行 · D：读到“累积（万元）”，没有这一列；可用的列：指标、单位、截至日、累计完成、入库时间、进展、难题、佐证、核实说明",
            "plan/reports.csv · 第 1 行：缺少“累计完成”（value）一列",
        ),
    ),
    (
        "a sheet nobody knows",
        replaced("任务.csv", csv_bytes([["指标", "单位"], ["invest", "east"]])),
        (
            "plan/任务.csv：读到“任务”，没有这张表；是否“节点”？可用：方案、报送安排、单位、联系人、单位日历、指标、目标、节点、填报；说明请放在名为“说明”的表里",
        ),
    ),
    (
        "a sheet twice",
        replaced("目标.csv", csv_bytes(SOUND["targets"])),
        ("plan/目标.csv：与“plan/targets.csv · targets”是同一张表；请合并成一张",),
    ),
    (
        "a workbook among CSV files",
        replaced("plan.xlsx", bytes_of(book_of(SOUND))),
        ("plan/plan.xlsx：文件夹里只放 CSV 文件；工作簿请单独导入，或从这里移走",),
    ),
    ("an empty file", replaced("targets.csv", b""), ("plan/targets.csv：文件是空的",)),
    (
        "an empty sheet",
        book(lambda made: made["目标"].delete_rows(1, 100)),
        ("plan.xlsx · 目标：工作表是空的；第一行应为：指标、单位、目标值、上限、基数、序时方式、起、止、生效日",),
    ),
    (
        "headings and nothing else",
        raw("reports.csv", csv_bytes(SOUND["reports"][:1])),
        ("reports.csv：没有任何数据行",),
    ),
    (
        "a hidden sheet",
        book(lambda made: setattr(made["目标"], "sheet_state", "hidden")),
        ("plan.xlsx · 目标：工作表是隐藏的；请取消隐藏，或删去",),
    ),
    (
        "merged cells over data",
        book(lambda made: made["目标"].merge_cells("A2:A4")),
        (
            "plan.xlsx · 目标 · 第 2 行：读到“2–4 行”，数据区有合并单元格；请取消合并，每行填全",
            "plan.xlsx · 目标 · 第 3 行 · A 指标：不能空",
            "plan.xlsx · 目标 · 第 4 行 · A 指标：不能空",
        ),
    ),
    (
        "UTF-16",
        replaced("targets.csv", csv_bytes(SOUND["targets"]).decode().encode("utf-16")),
        ("plan/targets.csv：文字编码应为 UTF-8 或 GB18030；请在 Excel 中另存为“CSV UTF-8”",),
    ),
    (
        "bytes that are no text",
        replaced("targets.csv", b"\xff\xfe\x81\xff" * 9),
        ("plan/targets.csv：文字编码应为 UTF-8 或 GB18030；请在 Excel 中另存为“CSV UTF-8”",),
    ),
    (
        "a quotation mark too few",
        replaced("reports.csv", '指标,单位,截至日,累计完成\ninvest,"east,2023-10-31,5\n'.encode()),
        ("plan/reports.csv · 第 2 行：这一行的引号不配对，或一格超过 13 万字；文字中的引号应写成两个",),
    ),
    (
        "tabs for commas",
        replaced("reports.csv", "指标\t单位\t截至日\t累计完成\ninvest\teast\t2023-10-31\t5\n".encode()),
        ("plan/reports.csv · 第 1 行：各列应以半角逗号分隔；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”",),
    ),
    (
        "no headings at all",
        replaced("reports.csv", b"invest,east,2023-10-31,5\n"),
        (
            "plan/reports.csv · 第 1 行：读到“invest、east、2023-10-31、5”，这里应为列名：指标、单位、截至日、累计完成、入库时间、进展、难题、佐证、核实说明",
        ),
    ),
    (
        "too many rows",
        replaced("reports.csv", b"a,b\n" * 200_002),
        ("plan/reports.csv · 第 200002 行：最多 20 万行、200 列；请分成几个文件",),
    ),
    (
        "a line too long",
        replaced("reports.csv", b"a" * 1_000_001),
        ("plan/reports.csv · 第 1 行：一行超过 100 万字，这不是表格",),
    ),
    (
        "a cell too long",
        replaced("reports.csv", b"a,b\n" + b"a" * 140_000 + b",b\n"),
        ("plan/reports.csv · 第 2 行：这一行的引号不配对，或一格超过 13 万字；文字中的引号应写成两个",),
    ),
    (
        "too many columns of text",
        replaced("reports.csv", ("指标" + "," * 300).encode()),
        ("plan/reports.csv · 第 1 行：最多 20 万行、200 列；请分成几个文件",),
    ),
)
