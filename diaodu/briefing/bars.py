"""Ranked bars: units in the order of their rank, or of their share of tasks on schedule; and the same as a table."""

from fractions import Fraction

from diaodu.briefing.document import Align, Bar, Cell, Chart, Column, Row, Table, Tone
from diaodu.briefing.highlights import worth
from diaodu.briefing.league_table import DASH, fitted, judged, marked
from diaodu.briefing.salience import leagues
from diaodu.briefing.wording import NOTHING, Fact, Said, fraction, joined, say, show
from diaodu.rules.measures import MEASURES

MOST = 36
"""Bars that fit a page; of more units the last are shown."""
COUNTS = (("任务", "targets"), ("达序时", "on_schedule"), ("未达序时", "behind"), ("未报送", "not_reported"))


def bars(facts: Fact) -> tuple[Chart, Said] | None:
    """The chart and what it says with its sources; None where there are not two units to compare."""
    made = _of_one_indicator(facts) if facts["indicators_count"].value == 1 else _of_units(facts)
    return made if made and len(made[0].bars) > 1 else None


def bars_table(facts: Fact) -> tuple[Table, Said]:
    """What the bars show as a table of all units, for who cannot see them; it stands below the chart's caption."""
    if facts["indicators_count"].value == 1:
        return _table(["单位", MEASURES[facts["ranking_measure"].value].chinese, "研判"], _judged(facts))
    return _table(["单位", *(heading for heading, _ in COUNTS), "达序时占比"], _counted(facts))


def _table(headings: list[str], told: list[list[tuple[Said, Tone | None]]]) -> tuple[Table, Said]:
    rows = [Row(tuple(Cell(said.text, tone) for said, tone in cells)) for cells in told]
    columns = [Column(heading, 0, Align.CENTER if place else Align.LEFT) for place, heading in enumerate(headings)]
    said = joined((said for cells in told for said, _ in cells), "|")
    return Table("", fitted(columns, rows), tuple(rows)), said


def _judged(facts: Fact) -> list[list[tuple[Said, Tone | None]]]:
    """Name, value and level or state; those without a rank last."""
    indicator = facts["indicators"][0]
    ranked = [entry for league in leagues(indicator) for entry in league]
    others = [entry for entry in indicator["entries"] if entry["ranked"] and not entry["rank"]]
    return [
        [(show(e["name"]), None), (worth(facts, e) if e["value"].value else DASH, None), judged(facts, e)]
        for e in [*ranked, *others]
    ]


def _counted(facts: Fact) -> list[list[tuple[Said, Tone | None]]]:
    """Name, counts and share; those of which nothing can be compared last."""
    told: list[list[tuple[Said, Tone | None]]] = []
    for unit in sorted(facts["units"], key=_by_share):
        share = unit["on_schedule_share"]
        counts = [show(unit[name], "count") for _, name in COUNTS]
        cells = [show(unit["name"]), *counts, DASH if share.value is None else show(share, "percent", 1)]
        told.append([(said, None) for said in cells])
    return told


def _by_share(unit: Fact) -> tuple[bool, Fraction]:
    share = unit["on_schedule_share"].value
    return share is None, -fraction(share) if share else Fraction(0)


def _of_one_indicator(facts: Fact) -> tuple[Chart, Said] | None:
    indicator = facts["indicators"][0]
    entries = [entry for league in leagues(indicator) for entry in league if entry["value"].value][-MOST:]
    measure = MEASURES[facts["ranking_measure"].value]
    if measure.unit != "share":
        return None
    labels = [_worth_and_level(facts, entry) for entry in entries]
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
    units.sort(key=_by_share)
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


def _worth_and_level(facts: Fact, entry: Fact) -> Said:
    """The value, then the name of the level, so that no colour speaks alone: 28.6% ●红牌."""
    level = marked(facts, entry["level"].value)
    return worth(facts, entry) + (say(" {level}", level=level[0]) if level else NOTHING)
