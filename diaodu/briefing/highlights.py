"""主要特点: units beside each other (横向), who leads, who trails, and by which ruler."""

from diaodu.briefing.salience import LISTED, Standings, are_few, is_pace, leagues, standings
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES
from diaodu.rules.ranking import TiePolicy

TIES = {
    TiePolicy.ORDINAL: "数值相同的按计划表顺序连续编号",
    TiePolicy.DENSE: "数值相同的并列，其后名次连续",
    TiePolicy.COMPETITION: "数值相同的并列，其后名次空出",
}


def across(facts: Fact) -> list[Said]:
    """横向比较."""
    said = [*_leaders(facts), _all_on_schedule(facts)]
    if not any(entry["rank"] for indicator in facts["indicators"] for entry in indicator["entries"]):
        return [s for s in (*said, say("本期没有可以排名的单位。")) if s.text]
    if not any(len(league) > 1 for indicator in facts["indicators"] for league in leagues(indicator)):
        return [s for s in (*said, say("没有可以同组比较的单位，不作横向比较。")) if s.text]
    return [s for s in (*said, _ruler(facts)) if s.text]


def prefix(facts: Fact, indicator: Fact) -> Said:
    """The indicator's name before a sentence, where there are several."""
    if facts["indicators_count"].value == 1:
        return NOTHING
    return say("{name}：", name=show(indicator["name"]))


def _leaders(facts: Fact) -> list[Said]:
    """Head and foot of every league, "甲（100.0%）、乙（97.5%）", and who is through with everything."""
    return [
        prefix(facts, indicator) + _league(facts, indicator, league) + (_completed(indicator, league))
        for indicator in (facts["indicators"] if are_few(facts) else ())
        for league in standings(facts, indicator)
    ]


def _league(facts: Fact, indicator: Fact, league: Standings) -> Said:
    where = say("{group}中，", group=show(league.group)) if league.group else NOTHING
    measure = say(MEASURES[facts["ranking_measure"].value].chinese)
    if league.completed:
        return where + _beside_the_completed(facts, indicator, league)
    if league.all_equal:
        value = worth(facts, league.ranked[0])
        if not value.text:
            return where + say("各单位{measure}相同。", measure=measure)
        return where + say("各单位{measure}均为{value}。", measure=measure, value=value)
    return where + say("按{measure}比较，", measure=measure) + _ends(facts, indicator, league) + say("。")


def _beside_the_completed(facts: Fact, indicator: Fact, league: Standings) -> Said:
    """Many are through: they are told first, and those who are not are compared with each other."""
    if len(league.completed) == len(league.ranked):
        return say("各单位均已完成全部目标。")
    names = listed([show(entry["name"]) for entry in league.completed])
    count = league.completed_count
    done = say("已完成全部目标的有{n}家：{names}", n=show(count, "count") if count else NOTHING, names=names)
    if len(league.ranked) - len(league.completed) == 1:
        return done + say("；尚未完成的是{name}。", name=_with_value(facts, league.head[0]))
    if league.all_equal:
        return done + say("；其余单位均为{value}。", value=worth(facts, league.head[0]))
    return done + say("；其余单位中，") + _ends(facts, indicator, league) + say("。")


def _ends(facts: Fact, indicator: Fact, league: Standings) -> Said:
    """ "进展较快的有…；进展较慢的有…": 相对 where the first are behind all the same, or the last on schedule."""
    counts, pace = indicator["counts"], is_pace(facts)
    fast = "进展相对较快" if counts["behind"] and not counts["on_schedule"] else "进展较快"
    slow = "进展相对较慢" if counts["on_schedule"] and not counts["behind"] else "进展较慢"
    head = _end(facts, fast if pace else "居前", league.head, league.tied_first)
    foot = _end(facts, slow if pace else "居后", league.foot, league.tied_last) if league.foot else NOTHING
    return joined([head, foot], "；")


def _end(facts: Fact, how: str, entries: tuple[Fact, ...], tied: Fact | None) -> Said:
    if tied:
        names = joined((show(entry["name"]) for entry in entries), "、")
        value = worth(facts, entries[0])
        same = say("（均为{value}）", value=value) if value.text else say("（数值相同）")
        return say("{how}的有{names}等{n}家{same}", how=say(how), names=names, n=show(tied, "count"), same=same)
    return say("{how}的有{names}", how=say(how), names=joined((_with_value(facts, e) for e in entries), "、"))


def _with_value(facts: Fact, entry: Fact) -> Said:
    value = worth(facts, entry)
    return show(entry["name"]) + (say("（{value}）", value=value) if value.text else NOTHING)


def worth(facts: Fact, entry: Fact) -> Said:
    """The entry's ranking measure as printed; nothing for measures without a common unit."""
    unit = MEASURES[facts["ranking_measure"].value].unit
    if entry["value"].value is None:
        return NOTHING
    if unit == "share":
        return show(entry["value"], "percent", 1)
    if unit == "percentage points":
        return say("{points}个百分点", points=show(entry["value"], "points", 1))
    return NOTHING if unit == "measure unit" else show(entry["value"], "points")


def _completed(indicator: Fact, league: Standings) -> Said:
    """Those who are through, where they were not told apart already."""
    done = [show(entry["name"]) for entry in league.ranked if entry["completed"]]
    if not done or league.completed:
        return NOTHING
    if len(done) == len(league.ranked):
        return say("各单位均已完成全部目标。")
    return say("已完成全部目标的有：{names}。", names=listed(done))


def _all_on_schedule(facts: Fact) -> Said:
    """Names units with nothing behind and nothing missing, where there is more than one indicator to speak of."""
    if facts["indicators_count"].value == 1 or not facts["counts"]["compared"]:
        return NOTHING
    names = [
        show(u["name"])
        for u in facts["units"]
        if u["compared"] and not (u["behind"] or u["not_reported"] or u["awaited"])
    ]
    if not names:
        return say("没有单位的各项任务全部达到序时进度。")
    if len(names) == facts["units_count"].value > 1:
        return say("各单位的各项任务全部达到序时进度。")
    return say("各项任务全部达到序时进度的单位有：{names}。", names=listed(names))


def listed(names: list[Said]) -> Said:
    """The names, cut with 等 where there are too many for a text."""
    return joined(names[:LISTED], "、") + (say("等") if len(names) > LISTED else NOTHING)


def _ruler(facts: Fact) -> Said:
    return say(
        "排名按未经四舍五入的{measure}在同组单位之间进行，{ties}；合计等行只列示、不排名。",
        measure=say(MEASURES[facts["ranking_measure"].value].chinese),
        ties=say(TIES[TiePolicy(facts["tie"].value)]),
    )
