"""存在问题: whoever is behind and whoever did not report, by name; the two are never mixed."""

from diaodu.briefing.highlights import listed, prefix
from diaodu.briefing.overview import standing
from diaodu.briefing.progression import whose
from diaodu.briefing.salience import LISTED, TOLD, behind, first, streaks, undelivered
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.verdict import State


def progress_late(facts: Fact) -> list[Said]:
    """进度滞后: the lagging entries, the worst first, who goes on lagging, and milestones that are past."""
    return [*_lagging(facts), *(said for said in (_streaks(facts), _unmet(facts)) if said.text)]


def _lagging(facts: Fact) -> list[Said]:
    """Very many are told unit by unit."""
    counts = facts["counts"]
    if not counts["compared"]:
        return [say("本期没有可与序时进度比较的数据。")]
    if not counts["behind"]:
        return [say("已报送的目标任务均达到序时进度，没有滞后单位。")]
    if counts["behind"].value > LISTED:
        return [_by_unit(facts)]
    return [_behind(facts, indicator) for indicator in facts["indicators"] if indicator["counts"]["behind"]]


def _streaks(facts: Fact) -> Said:
    """连续3期未达到序时进度的有…."""
    parts = [
        say(
            "连续{n}期未达到序时进度的有{names}",
            n=show(places[0].entry["streak"], "count"),
            names=listed([whose(facts, place) for place in places]),
        )
        for places in streaks(facts)
    ]
    return joined(parts, "；") + say("。") if parts else NOTHING


def _unmet(facts: Fact) -> Said:
    """Milestones that are past and not met; never those of a unit that did not report."""
    unmet = facts.get("unmet")
    if unmet is None:
        return NOTHING
    names = joined((milestone(facts, one, "{day}到期") for one in first(unmet["items"])), "；")
    more = say("等") if unmet["count"].value > TOLD else NOTHING
    return say("到期未完成的节点有{n}个：{names}{more}。", n=show(unmet["count"], "count"), names=names, more=more)


def milestone(facts: Fact, one: Fact, when: str) -> Said:
    """ "甲县“主体封顶”（重点项目投资，9月30日到期）"."""
    inside = [show(one["indicator_name"])] if facts["indicators_count"].value > 1 else []
    inside.append(say(when, day=show(one["due"], "day_of_year")))
    if one["planned"].value is not None:
        amount = show(one["planned"], "amount", one["decimals"].value) + show(one["measure_unit"])
        inside.append(say("计划累计{amount}", amount=amount))
    return say(
        "{unit}“{name}”（{inside}）", unit=show(one["unit_name"]), name=show(one["name"]), inside=joined(inside, "，")
    )


def data_late(facts: Fact) -> list[Said]:
    """数据报送: who owes a report, and that this says nothing about progress."""
    due = show(facts["report_due"], "day") if facts["report_due"].value else None
    lead = say("报送期限为{due}，", due=due) if due else NOTHING
    said = []
    if facts["units_not_reported"]:
        said.append(
            say(
                "{lead}逾期未报送的单位有{n}家：{names}。未报送不等于零进度，未报送的任务不参与本期排名和研判。",
                lead=lead,
                n=show(facts["units_not_reported"], "count"),
                names=_silent(facts, State.NOT_REPORTED),
            )
        )
    if facts["units_awaited"]:
        said.append(
            say(
                "{lead}截至印发尚有{n}家单位待报送：{names}。",
                lead=lead,
                n=show(facts["units_awaited"], "count"),
                names=_silent(facts, State.AWAITED),
            )
        )
    silent = undelivered(facts)
    if silent:
        names = listed([show(indicator["name"]) for indicator in silent])
        said.append(
            say("{names}由数据源提供，截至印发尚未供完，非单位责任，缺数的任务不参与本期排名和研判。", names=names)
        )
    return (said or [_complete(facts)]) + _late(facts)


def _complete(facts: Fact) -> Said:
    """Nobody owes anything: all have reported, or there was nothing to report."""
    if not facts["counts"]["reported"]:
        return say("本期没有需要报送的任务。")
    if facts["units_count"].value == 1:
        return say("责任单位已报送。")
    return say("各责任单位均已报送，没有逾期未报送的单位。")


def _late(facts: Fact) -> list[Said]:
    """迟报: reported, but after the deadline; briefings issued before this was told have no such fact."""
    if not facts.value.get("late"):
        return []
    late, several = facts["late"], facts["indicators_count"].value > 1
    names = [
        show(unit["name"])
        + (
            say(
                "（{n}项，最迟{days}个工作日）",
                n=show(unit["targets"], "count"),
                days=show(unit["workdays"], "count"),
            )
            if several
            else say("（{days}个工作日）", days=show(unit["workdays"], "count"))
        )
        for unit in late["units"]
    ]
    return [say("迟报的单位有{n}家：{names}。", n=show(late["count"], "count"), names=listed(names))]


def _behind(facts: Fact, indicator: Fact) -> Said:
    return prefix(facts, indicator) + say(
        "未达到序时进度的有{n}家：{names}。",
        n=show(indicator["counts"]["behind"], "count"),
        names=joined((_lag(entry) for entry in behind(indicator)), "；"),
    )


def _lag(entry: Fact) -> Said:
    done = say("完成率{share}", share=show(entry["completion"], "percent", 1)) if entry["completion"] else NOTHING
    where = standing(entry)
    inside = done + where if done.text else Said(where.text.removeprefix("，"), where.sources)
    return say("{name}（{inside}）", name=show(entry["name"]), inside=inside)


def _by_unit(facts: Fact) -> Said:
    worst = sorted((u for u in facts["units"] if u["behind"]), key=lambda u: -int(u["behind"].value))
    names = [say("{name}（{n}项）", name=show(u["name"]), n=show(u["behind"], "count")) for u in worst]
    return say(
        "未达到序时进度的目标任务共{n}项，按单位分别为：{names}。逐项情况见附件。",
        n=show(facts["counts"]["behind"], "count"),
        names=listed(names),
    )


def _silent(facts: Fact, state: State) -> Said:
    counted = "not_reported" if state is State.NOT_REPORTED else "awaited"
    several = facts["indicators_count"].value > 1
    return listed(
        [
            show(u["name"]) + (say("（{n}项）", n=show(u[counted], "count")) if several else NOTHING)
            for u in facts["units"]
            if u[counted]
        ]
    )
