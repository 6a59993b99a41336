"""预警督办情况 and 下步要求: what the rules say, what stands open, and what is asked of whom."""

from diaodu.briefing.highlights import listed
from diaodu.briefing.progression import whose
from diaodu.briefing.salience import TOLD, are_few, first, holders, relevelled
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.warning_leg import WarningLeg

OWED = {WarningLeg.SIGN: "签收", WarningLeg.PLAN: "报送整改计划", WarningLeg.EVIDENCE: "报送整改佐证"}
"""What a unit owes in each of its legs."""


def levels(facts: Fact) -> list[Said]:
    """Levels by the policy in force and what became of them, the warnings that stand open, and what blocks the way."""
    whole = facts["whole_units"] if facts.value.get("whole_units") else None
    said = (_levels(facts), _new_rules(facts), *_named(facts), _relevelled(facts), _warnings(facts))
    said += (*(_whole_units(whole) if whole else ()), _overdue(facts), _blockers(facts))
    return [part for part in said if part.text]


def _levels(facts: Fact) -> Said:
    if facts["policy"].value is None:
        return say("本期没有施行中的预警规则，未作等级研判。")
    if not facts["counts"]["reported"]:
        return say("没有已报送的任务可供按照《{policy}》研判。", policy=show(facts["policy"]))
    reached = [level for level in facts["levels"] if level["targets"]]
    found = (say("{level}{n}项", level=show(level["name"]), n=show(level["targets"], "count")) for level in reached)
    said = say("按照《{policy}》研判，", policy=show(facts["policy"]))
    said += say("{found}。", found=joined(found, "、")) if reached else say("没有任务列入各等级。")
    if facts["without_level"]:
        said += say(
            "{also}{n}项已报送但不在规则所列情形之内，未定等级。",
            also=say("另有" if reached else "其中"),
            n=show(facts["without_level"], "count"),
        )
    return said


def _new_rules(facts: Fact) -> Said:
    """A reader who compares levels with the period before has to know that the ruler is another."""
    if not facts.get("rules_since"):
        return NOTHING
    since = show(facts["rules_since"], "day")
    return say("预警规则已有修订，自{since}起施行，本期按修订后的规则研判，与上期的等级不宜直接比较。", since=since)


def _named(facts: Fact) -> list[Said]:
    """Who holds each warning level that may be told: by target, or by unit where the indicators are many."""
    names = _holders if are_few(facts) else _units
    return [
        say("{level}：{names}。", level=show(level["name"]), names=listed(names(facts, level)))
        for level in facts["levels"]
        if level["severity"].value > 0 and level["targets"] and not level.value.get("withheld")
    ]


def _units(_facts: Fact, level: Fact) -> list[Said]:
    return [say("{name}（{n}项）", name=show(h["name"]), n=show(h["targets"], "count")) for h in level["holders"]]


def _holders(facts: Fact, level: Fact) -> list[Said]:
    several = facts["indicators_count"].value > 1
    return [
        show(place.entry["name"]) + (say("（{name}）", name=show(place.indicator["name"])) if several else NOTHING)
        for place in holders(facts, level)
    ]


def _whole_units(whole: Fact) -> list[Said]:
    """按单位整体研判，黄牌2家（甲、乙）、不亮牌9家、1家数据未齐暂不研判。未销号的单位预警2家，本期新发1家。"""
    reached = [_card(level) for level in whole["levels"] if level["count"]]
    waiting = say("{n}家数据未齐暂不研判", n=show(whole["waiting"], "count")) if whole["waiting"] else NOTHING
    judged = joined([*reached, waiting], "、")
    warnings, moved = whole["warnings"], _moved(whole["warnings"], "家")
    said = say("按单位整体研判，{judged}。", judged=judged) if judged.text else NOTHING
    if not (warnings["open"] or warnings["proposed"] or moved.text):
        return [said]
    still = say("未销号的单位预警{n}家", n=show(warnings["open"], "count")) if warnings["open"] else NOTHING
    said += still if still.text else say("没有未销号的单位预警")
    said += say("，本期{moved}", moved=moved) if moved.text else NOTHING
    said += say("；另有{n}家待审核", n=show(warnings["proposed"], "count")) if warnings["proposed"] else NOTHING
    return [said + say("。")]


def _card(level: Fact) -> Said:
    """Who is warned is named, where the policy lets it be."""
    said = say("{level}{n}家", level=show(level["name"]), n=show(level["count"], "count"))
    if level["severity"].value <= 0 or not level["units"]:
        return said
    return said + say("（{names}）", names=listed([show(unit) for unit in level["units"]]))


def _moved(warnings: Fact, counter: str) -> Said:
    """新发1件、销号2件."""
    named = (("opened", "新发"), ("worsened", "升级"), ("eased", "降级"), ("closed", "销号"))
    return joined(
        (say(f"{word}{{n}}{counter}", n=show(warnings[name], "count")) for name, word in named if warnings[name]), "、"
    )


def _warnings(facts: Fact) -> Said:
    warnings = facts["warnings"]
    moved = _moved(warnings, "件")
    life = facts.get("obligations")
    if life and life["answered"]:
        moved = joined([moved, say("单位作出回应{n}件", n=show(life["answered"], "count"))], "、")
    proposed = say("另有{n}件待审核。", n=show(warnings["proposed"], "count")) if warnings["proposed"] else NOTHING
    if not warnings["open"] and not moved.text:
        return say("目前没有未销号的预警。") + proposed
    day = show(facts["known_on"], "day")
    if warnings["open"]:
        said = say("截至{day}，未销号预警{n}件", day=day, n=show(warnings["open"], "count")) + _life(facts)
    else:
        said = say("目前没有未销号的预警")
    return said + (say("；本期{moved}。", moved=moved) if moved.text else say("，本期没有变化。")) + proposed


def _life(facts: Fact) -> Said:
    """ "，其中待签收1件、待报整改计划2件、整改中3件、待核验1件"."""
    life = facts.get("obligations")
    if life is None:
        return NOTHING
    parts = [
        say(phrase, n=show(life[name], "count"))
        for name, phrase in (
            ("sign", "待签收{n}件"),
            ("plan", "待报整改计划{n}件"),
            ("evidence", "整改中{n}件"),
            ("verify", "待核验{n}件"),
        )
        if life[name]
    ]
    said = say("，其中{parts}", parts=joined(parts, "、")) if parts else NOTHING
    return said + (say("；另豁免{n}件", n=show(life["exempted"], "count")) if life["exempted"] else NOTHING)


def _overdue(facts: Fact) -> Said:
    """Units that let a deadline of their warning pass, by name."""
    life = facts.get("obligations")
    if life is None or not life["overdue"]:
        return NOTHING
    late = [one for one in life["items"] if one["workdays"]]
    names = joined((_owing(facts, one) for one in late[:TOLD]), "；")
    more = say("等") if len(late[:TOLD]) < life["overdue"].value else NOTHING
    n = show(life["overdue"], "count")
    if not late:
        return say("逾期未按预警要求办理的有{n}件。", n=n)
    return say("逾期未按预警要求办理的有{n}件：{names}{more}。", n=n, names=names, more=more)


def _owing(facts: Fact, one: Fact) -> Said:
    several = facts["indicators_count"].value > 1
    about = say("{name}，", name=show(one["indicator_name"])) if several and one["indicator"] else NOTHING
    return say(
        "{unit}（{about}{level}，应于{due}前{what}，已逾期{days}个工作日）",
        unit=show(one["unit_name"]),
        about=about if one["indicator"] else say("单位整体，"),
        level=show(one["level"]),
        due=show(one["due"], "day_of_year"),
        what=say(OWED[WarningLeg(one["leg"].value)]),
        days=show(one["workdays"], "count"),
    )


def _relevelled(facts: Fact) -> Said:
    """Whose level is another than in the period before."""
    names = {level["code"].value: level["name"] for level in facts["levels"]}
    parts = [
        say(
            phrase,
            names=listed(
                [
                    say(
                        "{who}（由{before}转为{now}）",
                        who=whose(facts, place),
                        before=show(place.entry["since"]["level"]),
                        now=show(names[place.entry["level"].value]),
                    )
                    for place in places
                ]
            ),
        )
        for phrase, places in (
            ("等级加重的有{names}", relevelled(facts, worse=True)),
            ("等级减轻的有{names}", relevelled(facts, worse=False)),
        )
        if places
    ]
    return say("与上期相比，{parts}。", parts=joined(parts, "；")) if parts else NOTHING


def _blockers(facts: Fact) -> Said:
    """Difficulties that wait to be handled jointly, in the units' own words."""
    blockers = facts.get("blockers")
    if blockers is None:
        return NOTHING
    several = facts["indicators_count"].value > 1
    names = [
        say(
            "{unit}{about}反映“{text}”",
            unit=show(one["unit_name"]),
            about=say("（{name}）", name=show(one["indicator_name"])) if several else NOTHING,
            text=show(one["text"]),
        )
        for one in first(blockers["items"])
    ]
    more = say("等") if blockers["count"].value > TOLD else NOTHING
    return say(
        "待会办的难题有{n}件：{names}{more}。", n=show(blockers["count"], "count"), names=joined(names, "；"), more=more
    )
