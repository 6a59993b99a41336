"""The briefing's one chart: units in the order of their rank, or of their share of tasks on schedule."""

from diaodu.briefing.document import Bar, Chart, Tone
from diaodu.briefing.highlights import worth
from diaodu.briefing.league_table import marked
from diaodu.briefing.salience import leagues
from diaodu.briefing.wording import NOTHING, Fact, Said, fraction, joined, say, show
from diaodu.rules.measures import MEASURES

MOST = 36
"""Bars that fit a page; of more units the last are shown."""


def bars(facts: Fact) -> tuple[Chart, Said] | None:
    """The chart and what it says with its sources; None where there are not two units to compare."""
    made = _of_one_indicator(facts) if facts["indicators_count"].value == 1 else _of_units(facts)
    return made if made and len(made[0].bars) > 1 else None


def _of_one_indicator(facts: Fact) -> tuple[Chart, Said] | None:
    indicator = facts["indicators"][0]
    entries = [entry for league in leagues(indicator) for entry in league if entry["value"].value][-MOST:]
    measure = MEASURES[facts["ranking_measure"].value]
    if measure.unit != "share":
        return None
    labels = [_worth_and_warning(facts, entry) for entry in entries]
    said = joined(_labelled(entries, labels), "；")
    caption = say("各责任单位{measure}", measure=say(measure.chinese))
    expected = indicator["expected"] if measure.name == "completion" else None
    mark = say("序时进度{share}", share=show(expected, "percent", 1)) if expected else NOTHING
    chart = Chart(
        caption=caption.text,
        bars=tuple(
            Bar(e["name"].value, _per_cent(e["value"]), label.text, _tone(facts, e))
            for e, label in zip(entries, labels, strict=True)
        ),
        mark=_per_cent(expected) if expected else None,
        mark_label=mark.text,
        unit="%",
        alt=f"{caption.text}条形图。{mark.text}{'；' if mark.text else ''}{said.text}。",
    )
    return chart, joined([said, mark], "；")


def _of_units(facts: Fact) -> tuple[Chart, Said]:
    units = [unit for unit in facts["units"] if unit["on_schedule_share"].value]
    units.sort(key=lambda unit: -fraction(unit["on_schedule_share"].value))
    units = units[-MOST:]
    labels = [show(unit["on_schedule_share"], "percent", 1) for unit in units]
    said = joined(_labelled(units, labels), "；")
    caption = "各责任单位达到序时进度的任务占比"
    chart = Chart(
        caption=caption,
        bars=tuple(
            Bar(u["name"].value, _per_cent(u["on_schedule_share"]), label.text)
            for u, label in zip(units, labels, strict=True)
        ),
        mark=None,
        mark_label="",
        unit="%",
        alt=f"{caption}条形图。{said.text}。",
    )
    return chart, said


def _labelled(places: list[Fact], labels: list[Said]) -> list[Said]:
    return [
        say("{name}（{label}）", name=show(place["name"]), label=label)
        for place, label in zip(places, labels, strict=True)
    ]


def _per_cent(share: Fact) -> float:
    return float(fraction(share.value) * 100)


def _tone(facts: Fact, entry: Fact) -> Tone | None:
    level = marked(facts, entry["level"].value)
    return level[1] if level else None


def _worth_and_warning(facts: Fact, entry: Fact) -> Said:
    """The value, then the name of a warning level, so that no colour speaks alone: 28.6% ●红牌."""
    warning = {level["code"].value for level in facts["levels"] if level["severity"].value > 0}
    level = marked(facts, entry["level"].value) if entry["level"].value in warning else None
    return worth(facts, entry) + (say(" {level}", level=level[0]) if level else NOTHING)
