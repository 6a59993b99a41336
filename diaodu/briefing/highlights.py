"""主要特点: units beside each other (横向) and against the last period (纵向)."""

from diaodu.briefing.overview import SPOKEN_OF
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES
from diaodu.rules.ranking import TiePolicy

NAMED = 3
"""So many units at the head, at the foot, or moved furthest are named."""
LISTED = 30
"""A list of names in the text is no longer than this."""

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
    return [s for s in (*said, _ruler(facts)) if s.text]


def along(facts: Fact) -> list[Said]:
    """纵向比较."""
    if facts["previous_as_of"].value is None:
        return [say("本期为首期，没有上期数据可比。")]
    lines = [_moves(facts, i) for i in facts["indicators"]] if are_few(facts) else []
    said = [line for line in lines if line.text]
    since = say("与上期（截至{day}）相比，", day=show(facts["previous_as_of"], "day"))
    if said:
        return [since + said[0], *said[1:]]
    return [since + say("各单位位次变化见附件。" if not are_few(facts) else "没有可比的位次数据。")]


def are_few(facts: Fact) -> bool:
    """Whether the indicators are few enough to be spoken of one by one."""
    return bool(facts["indicators_count"].value <= SPOKEN_OF)


def prefix(facts: Fact, indicator: Fact) -> Said:
    """The indicator's name before a sentence, where there are several."""
    if facts["indicators_count"].value == 1:
        return NOTHING
    return say("{name}：", name=show(indicator["name"]))


def _leaders(facts: Fact) -> list[Said]:
    """Head and foot of every league, "甲（100.0%）、乙（97.5%）"."""
    return [
        prefix(facts, indicator) + _league(facts, group, entries) + (_completed(indicator) if place == 0 else NOTHING)
        for indicator in (facts["indicators"] if are_few(facts) else ())
        for place, (group, entries) in enumerate(leagues(indicator))
        if len(entries) > 1
    ]


def leagues(indicator: Fact) -> list[tuple[Said, list[Fact]]]:
    """The ranked entries of each group, best first, under the group's name."""
    ranked = [entry for entry in indicator["entries"] if entry["rank"]]
    names = dict.fromkeys(entry["group"].value for entry in ranked)
    found = []
    for name in names:
        own = sorted((e for e in ranked if e["group"].value == name), key=lambda e: int(e["rank"].value))
        found.append((show(own[0]["group"]) if len(names) > 1 and name else NOTHING, own))
    return found


def _league(facts: Fact, group: Said, entries: list[Fact]) -> Said:
    measure = facts["ranking_measure"].value
    named = min(NAMED, len(entries) // 2)
    return say(
        "{where}{measure}居前的是{head}；居后的是{foot}。",
        where=say("{group}中，", group=group) if group.text else NOTHING,
        measure=say(MEASURES[measure].chinese),
        head=joined((_with_value(facts, e) for e in entries[:named]), "、"),
        foot=joined((_with_value(facts, e) for e in entries[-named:]), "、"),
    )


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


def _completed(indicator: Fact) -> Said:
    if not indicator["counts"]["completed"]:
        return NOTHING
    done = [show(e["name"]) for e in indicator["entries"] if e["ranked"] and e["completed"]]
    return say("已完成全部目标的有：{names}。", names=listed(done)) if done else NOTHING


def _all_on_schedule(facts: Fact) -> Said:
    """Names units with nothing behind and nothing missing, where there is more than one indicator to speak of."""
    if facts["indicators_count"].value == 1:
        return NOTHING
    names = [
        show(u["name"])
        for u in facts["units"]
        if u["compared"] and not (u["behind"] or u["not_reported"] or u["awaited"])
    ]
    if not names:
        return say("没有单位的各项任务全部达到序时进度。")
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


def _moves(facts: Fact, indicator: Fact) -> Said:
    moved = [entry for entry in indicator["entries"] if entry["rank_change"].value is not None]
    if not moved:
        return NOTHING
    up = sorted((e for e in moved if e["rank_change"].value > 0), key=lambda e: -int(e["rank_change"].value))
    down = sorted((e for e in moved if e["rank_change"].value < 0), key=lambda e: int(e["rank_change"].value))
    if not up and not down:
        return prefix(facts, indicator) + say("各单位位次均未变化。")
    parts = [_named_moves(up, "位次上升{more}的有{names}", "上升{n}位")]
    parts.append(_named_moves(down, "位次下降{more}的有{names}", "下降{n}位"))
    return prefix(facts, indicator) + joined(parts, "；") + say("。")


def _named_moves(entries: list[Fact], phrase: str, by: str) -> Said:
    if not entries:
        return NOTHING
    names = [
        show(e["name"]) + say("（{by}）", by=say(by, n=show(e["rank_change"], "distance"))) for e in entries[:NAMED]
    ]
    return say(phrase, more=say("较多") if len(entries) > NAMED else NOTHING, names=joined(names, "、"))
