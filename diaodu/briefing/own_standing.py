"""One unit's own sheet (结果反馈): where it stands, which gaps are largest and what would close them."""

from fractions import Fraction

from diaodu.briefing.closing_gap import to_close
from diaodu.briefing.highlights import worth
from diaodu.briefing.overview import standing
from diaodu.briefing.salience import NAMED, SPOKEN_OF
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES

GAPS = 5
"""So many of the largest gaps are told; the others stand in the attachment."""


def own_standing(facts: Fact) -> list[Said]:
    """位次和进度: how many tasks stand how, and the ranks with their movement."""
    return [said for said in (_counted(facts["sheet"]["counts"]), _ranks(facts)) if said.text]


def own_gaps(facts: Fact) -> list[Said]:
    """差距和缺口: the tasks furthest behind, each with what would close its gap."""
    gaps = list(facts["sheet"]["gaps"])
    if not facts["sheet"]["counts"]["compared"]:
        return [say("目前没有可与序时进度比较的数据。")]
    if not gaps:
        return [say("没有未达到序时进度的任务。"), *_coming(facts)]
    many = say("差距较大的有：") if len(gaps) > GAPS else NOTHING
    told = [many + _gap(facts, gaps[0]), *(_gap(facts, gap) for gap in gaps[1:GAPS])]
    return [*told, say("还需数按未经四舍五入的数据计算，末位向上取。")]


def _counted(counts: Fact) -> Said:
    said = say("你单位承担目标任务{targets}项", targets=show(counts["targets"], "count"))
    if counts["reported"].value == counts["targets"].value:
        said += say("，已全部报送")
    elif counts["reported"]:
        said += say("，已报送{n}项", n=show(counts["reported"], "count"))
    else:
        said += say("，尚无进展可供研判")
    for name, phrase in (("not_reported", "，逾期未报送{n}项"), ("awaited", "，待报送{n}项")):
        if counts[name]:
            said += say(phrase, n=show(counts[name], "count"))
    for name, phrase in (("on_schedule", "达到序时进度{n}项"), ("behind", "未达到序时进度{n}项")):
        if counts[name]:
            said += say("；" + phrase, n=show(counts[name], "count"))
    if counts["completed"]:
        said += say("；已完成全部目标{n}项", n=show(counts["completed"], "count"))
    return said + say("。")


def _ranks(facts: Fact) -> Said:
    """Every rank where they are few; otherwise the best and the worst."""
    ranked = [task for task in facts["sheet"]["tasks"] if task["rank"] and task["group_size"].value > 1]
    if not ranked:
        return say("没有参与排名的任务。")
    if len(ranked) <= SPOKEN_OF:
        return joined((_rank(facts, task) for task in ranked), "；") + say("。")
    ranked.sort(key=lambda task: Fraction(task["rank"].value, task["group_size"].value))
    head, foot = ([_short(task) for task in part] for part in (ranked[:NAMED], ranked[-NAMED:]))
    return say("位次较前的是{head}；较后的是{foot}。", head=joined(head, "、"), foot=joined(foot, "、"))


def _rank(facts: Fact, task: Fact) -> Said:
    value, change = worth(facts, task), task["rank_change"]
    measure = say(MEASURES[facts["ranking_measure"].value].chinese)
    moved = NOTHING
    if change.value is not None:
        up = change.value > 0
        moved = (
            say("，较上期上升{n}位" if up else "，较上期下降{n}位", n=show(change, "distance"))
            if change.value
            else say("，与上期持平")
        )
    return say(
        "{indicator}{value}，在{group}{size}家单位中列第{rank}位{moved}",
        indicator=show(task["indicator_name"]),
        value=say("{measure}{value}", measure=measure, value=value) if value.text else NOTHING,
        group=show(task["group"]) if task["group"].value else say("参与排名的"),
        size=show(task["group_size"], "count"),
        rank=show(task["rank"], "count"),
        moved=moved,
    )


def _short(task: Fact) -> Said:
    return say(
        "{indicator}（第{rank}位，共{size}家）",
        indicator=show(task["indicator_name"]),
        rank=show(task["rank"], "count"),
        size=show(task["group_size"], "count"),
    )


def _gap(facts: Fact, task: Fact) -> Said:
    unit = show(task["measure_unit"])
    said = say(
        "{indicator}：目标{target}{unit}，实际{actual}{unit}",
        indicator=show(task["indicator_name"]),
        target=show(task["target"], "amount", task["decimals"].value),
        actual=show(task["actual"], "amount", task["decimals"].value),
        unit=unit,
    )
    if task["completion"].value is not None:
        said += say("，完成率{share}", share=show(task["completion"], "percent", 1))
    needed = to_close(facts, task)
    return said + standing(task) + (say("。{needed}", needed=needed) if needed.text else NOTHING) + say("。")


def _coming(facts: Fact) -> list[Said]:
    """For a unit with no gap, what its tasks need next, those that need anything."""
    open_tasks = [t for t in facts["sheet"]["tasks"] if t.value.get("ahead") and t["ahead"]["more"].value]
    wanting = [t for t in open_tasks if t["ahead"]["more"].value != "0/1"][:GAPS]
    told = [
        say("{indicator}：{needed}。", indicator=show(t["indicator_name"]), needed=to_close(facts, t)) for t in wanting
    ]
    return [*told, say("还需数按未经四舍五入的数据计算，末位向上取。")] if told else []
