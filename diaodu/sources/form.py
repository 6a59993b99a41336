"""A unit's form for one day (填报表): whose it is, what it asks, by when, and what its head says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diaodu.language import _
from diaodu.sources.form_item import Item
from diaodu.sources.form_mark import FormMark

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Form:
    """One unit's form for one day. `dues` counts items by deadline; empty where no round is open."""

    mark: FormMark
    title: str
    unit: str
    issuer: str
    items: Sequence[Item]
    dues: Mapping[date, int]
    provisional: bool = False


def form_name(form: Form) -> str:
    """What the file is called among those of other units: 东区_east_2023-11-30.xlsx."""
    unit = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", form.unit).strip(" .") or "_"
    code = re.sub(r"[^\w-]+", "_", form.mark.unit)
    return f"{unit[:60]}_{code[:30]}_{form.mark.as_of}.xlsx"


def due_line(form: Form) -> str:
    """截至日, and by when it is due, on which weekday; a day in a year not yet announced is marked 暂定."""
    told = _("截至日：{day}").format(day=_dated(form.mark.as_of))
    if not form.dues:
        return told
    several = len(form.dues) > 1
    days = [
        _("{day}（{n} 项）").format(day=_dated(due), n=count) if several else _dated(due)
        for due, count in sorted(form.dues.items())
    ]
    uncertain = _("（暂定：当年放假安排尚未公布）") if form.provisional else ""
    return told + "　" + _("报送时限：{days}前").format(days="、".join(days)) + uncertain


def rules_line(form: Form) -> str:
    """How to fill it in, and where it goes."""
    fill = _("只填黄色格：累计完成填自起点的累计数，没有数就空着，零写 0。不增删行列、不合并单元格。")
    return fill + _("填好原样交回{issuer}，文件名可改。").format(issuer=form.issuer)


def _dated(day: date) -> str:
    return _("{year}年{month}月{day}日（星期{weekday}）").format(
        year=day.year, month=day.month, day=day.day, weekday=WEEKDAYS[day.weekday()]
    )
