"""分类情况: how each category of indicators stands, in a sentence or as a table."""

from diaodu.briefing.document import Align, Cell, Column, Row, Table
from diaodu.briefing.league_table import DASH
from diaodu.briefing.wording import NOTHING, Fact, Said, fraction, joined, say, show

COLUMNS = (
    Column("类别", 0, Align.LEFT),
    Column("任务", 18.0),
    Column("已报送", 20.0),
    Column("达序时", 20.0),
    Column("未达序时", 22.0),
    Column("达序时占比", 26.0, Align.RIGHT),
)


def by_category(facts: Fact) -> list[Said]:
    """The categories, the one with the largest share on schedule first; nothing where the plan has none."""
    compared = [one for one in facts["categories"] if one["counts"]["compared"]]
    if len(compared) < 2:
        return []
    compared.sort(key=lambda one: -fraction(one["counts"]["on_schedule_share"].value))
    told = say("{lead}{items}。", lead=say("分类看，"), items=joined((_standing(one) for one in compared), "；"))
    silent = [show(one["name"]) for one in facts["categories"] if not one["counts"]["compared"]]
    return [told + (say("{names}尚无可与序时比较的数据。", names=joined(silent, "、")) if silent else NOTHING)]


def _standing(one: Fact) -> Said:
    counts = one["counts"]
    if not counts["behind"]:
        return say("{name}{n}项全部达到序时进度", name=show(one["name"]), n=show(counts["compared"], "count"))
    if not counts["on_schedule"]:
        return say("{name}{n}项均未达到序时进度", name=show(one["name"]), n=show(counts["compared"], "count"))
    return say(
        "{name}达到序时进度{on}项、未达到{behind}项，达序时占{share}",
        name=show(one["name"]),
        on=show(counts["on_schedule"], "count"),
        behind=show(counts["behind"], "count"),
        share=show(counts["on_schedule_share"], "percent", 1),
    )


def category_table(facts: Fact) -> tuple[Table, Said] | None:
    """A row for each category; None where the plan has none."""
    if not facts["categories"]:
        return None
    told = [_row(one) for one in facts["categories"]]
    rows = tuple(Row(tuple(Cell(text.text) for text in cells)) for cells in told)
    return Table("", COLUMNS, rows), joined((text for cells in told for text in cells), "|")


def _row(one: Fact) -> list[Said]:
    counts = one["counts"]
    figures = [show(counts[name], "count") for name in ("targets", "reported", "on_schedule", "behind")]
    share = counts["on_schedule_share"]
    return [show(one["name"]), *figures, DASH if share.value is None else show(share, "percent", 1)]
