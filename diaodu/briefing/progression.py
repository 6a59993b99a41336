"""纵向比较: against the last period, what moved furthest and why, whose place changed, and what was revised."""

from diaodu.briefing.highlights import listed, prefix
from diaodu.briefing.salience import (
    NAMED,
    NAMED_OF_MANY,
    Place,
    are_few,
    furthest,
    movers,
    redefined,
    spoken_of,
    with_since,
)
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.indicator import Kind
from diaodu.rules.movement import MovementCause

ADDS_UP = frozenset({Kind.CUMULATIVE.value, Kind.COUNT.value})
ADDED, CHANGED = ("本期完成{n}", "累计数减少{n}"), ("上升{n}", "下降{n}")
REASONS = {
    MovementCause.TARGET_REVISED: "目标有调整",
    MovementCause.CORRECTED: "上期数有更正",
}


def along(facts: Fact) -> list[Said]:
    """The paragraphs of the comparison."""
    if facts["previous_as_of"].value is None:
        return [say("本期为首期，没有上期数据可比。")]
    places = [_places(facts, i) for i in facts["indicators"]] if are_few(facts) else []
    said = [line for line in (*_movements(facts), *places) if line.text]
    since = say("与上期（截至{day}）相比，", day=show(facts["previous_as_of"], "day"))
    changed = [line for line in (_revised(facts), _corrected(facts), _redefined(facts)) if line.text]
    if not said:
        return [since + say("没有可比的进度和位次。"), *changed]
    more = [] if are_few(facts) else [say("各单位位次变化见附件。")]
    return [since + said[0], *said[1:], *more, *changed]


def _movements(facts: Fact) -> list[Said]:
    """How far units went: indicator by indicator, or the furthest of all where indicators are many."""
    if not are_few(facts):
        up, down = movers(facts, up=True), movers(facts, up=False)
        return [_moved(up, down, NAMED_OF_MANY, named=True)] if up or down else _still(facts)
    found = []
    for indicator in facts["indicators"]:
        up, down = ([p for p in movers(facts, up=way) if p.indicator.path == indicator.path] for way in (True, False))
        if up or down:
            found.append(prefix(facts, indicator) + _moved(up, down, NAMED, named=False))
    return found or _still(facts)


def _still(facts: Fact) -> list[Said]:
    known = [place for place in spoken_of(facts) if place.entry["movement"].value is not None]
    if not known:
        return []
    return [say("各项完成率均无变化。" if len(known) > 1 else "完成率没有变化。")]


def _moved(up: list[Place], down: list[Place], number: int, named: bool) -> Said:
    """ "完成率提高较多的有…；下降的有…": what is compared is named once."""
    parts: list[Said] = []
    shares = (up or down)[0].entry["movement"].value is not None
    for way, places in (("提高" if shares else "上升", up), ("下降", down)):
        if not places:
            continue
        shown = furthest(places, number)
        what = say("完成率") if shares and not parts else NOTHING
        parts.append(
            say(
                "{what}{way}{more}的有{names}{etc}",
                what=what,
                way=say(way),
                more=say("较多") if len(places) > number else NOTHING,
                names=joined((_movement(place, named) for place in shown.named), "、"),
                etc=say("等") if shown.cuts_equals else NOTHING,
            )
        )
    return joined(parts, "；") + say("。")


def _movement(place: Place, named: bool) -> Said:
    """ "甲县（提高5.6个百分点，本期完成4.2亿元）"; of a growth rate, which is no share, the change itself."""
    about = show(place.indicator["name"]) if named else NOTHING
    by = [_by_points(place), *why(place)] if place.entry["movement"].value is not None else why(place)
    return say("{name}（{inside}）", name=show(place.entry["name"]), inside=joined([about, *by], "，"))


def _by_points(place: Place) -> Said:
    moved = place.entry["movement"]
    points, fell = show(moved, "points_off", 1), moved.value.startswith("-")
    if points.text == "0.0":
        return say("略有下降" if fell else "略有提高")
    return say("下降{points}个百分点" if fell else "提高{points}个百分点", points=points)


def why(place: Place) -> list[Said]:
    """What moved it: a report, a revised target, another definition, a mended figure."""
    since = place.entry.get("since")
    if since is None:
        return []
    return [
        _added(place, since["change"]) if cause == MovementCause.REPORTED else say(REASONS[cause])
        for cause in map(MovementCause, since["causes"].value)
        if cause in REASONS or (cause == MovementCause.REPORTED and since["change"].value is not None)
    ]


def _added(place: Place, change: Fact) -> Said:
    indicator = place.indicator
    amount = show(change, "amount_off", indicator["decimals"].value)
    if set(amount.text) <= set("0."):
        return say("数值略有变动")
    phrases = ADDED if indicator["kind"].value in ADDS_UP else CHANGED
    unit = say("个百分点") if indicator["measure_unit"].value == "%" else show(indicator["measure_unit"])
    return say(phrases[change.value < 0], n=amount + unit)


def _from_to(place: Place, before: Fact, after: Fact, phrase: str) -> Said:
    """From one amount to another; in words where both print alike."""
    decimals, unit = place.indicator["decimals"].value, show(place.indicator["measure_unit"])
    a, b = (show(fact, "amount", decimals) for fact in (before, after))
    return say("略有调整") if a.text == b.text else say(phrase, a=a + unit, b=b + unit)


def _revised(facts: Fact) -> Said:
    """Targets revised since the period before, from what to what."""
    places = with_since(facts, "previous_target")
    names = [
        say(
            "{name}（{how}）",
            name=whose(facts, place),
            how=say("上限或基数有调整")
            if place.entry["since"]["previous_target"].value == place.entry["target"].value
            else _from_to(place, place.entry["since"]["previous_target"], place.entry["target"], "由{a}调整为{b}"),
        )
        for place in places
    ]
    return say("本期调整目标的有：{names}。", names=listed(names)) if names else NOTHING


def _corrected(facts: Fact) -> Said:
    """Figures told of the period before that are others by now."""
    names = [
        say(
            "{name}（{how}）",
            name=whose(facts, place),
            how=_from_to(place, place.entry["since"]["told"], place.entry["since"]["corrected"], "由{a}更正为{b}"),
        )
        for place in with_since(facts, "told")
    ]
    return say("上期通报后更正数据的有：{names}，本期按更正后的数据比较。", names=listed(names)) if names else NOTHING


def _redefined(facts: Fact) -> Said:
    names = [show(indicator["name"]) for indicator in redefined(facts)]
    if not names:
        return NOTHING
    return say("本期调整口径的指标有：{names}，前后期数据不完全可比。", names=listed(names))


def whose(facts: Fact, place: Place) -> Said:
    """The unit, with the indicator where there are several."""
    if facts["indicators_count"].value == 1:
        return show(place.entry["name"])
    return say("{unit}“{indicator}”", unit=show(place.entry["name"]), indicator=show(place.indicator["name"]))


def _places(facts: Fact, indicator: Fact) -> Said:
    moved = [entry for entry in indicator["entries"] if entry["rank_change"].value is not None]
    if not moved:
        return NOTHING
    up = sorted((e for e in moved if e["rank_change"].value > 0), key=lambda e: -int(e["rank_change"].value))
    down = sorted((e for e in moved if e["rank_change"].value < 0), key=lambda e: int(e["rank_change"].value))
    if not up and not down:
        return prefix(facts, indicator) + say("各单位位次均未变化。" if len(moved) > 1 else "位次未变化。")
    parts = [_named_places(up, "位次上升{more}的有{names}", "上升{n}位")]
    parts.append(_named_places(down, "位次下降{more}的有{names}", "下降{n}位"))
    return prefix(facts, indicator) + joined(parts, "；") + say("。")


def _named_places(entries: list[Fact], phrase: str, by: str) -> Said:
    if not entries:
        return NOTHING
    names = [
        show(e["name"]) + say("（{by}）", by=say(by, n=show(e["rank_change"], "distance"))) for e in entries[:NAMED]
    ]
    return say(phrase, more=say("较多") if len(entries) > NAMED else NOTHING, names=joined(names, "、"))
