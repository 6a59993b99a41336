"""How each indicator as a whole went, period by period, against 序时 (走势): a curve, and the same as a table."""

from diaodu.briefing.document import Align, Column, Curve, Point, Table, row
from diaodu.briefing.heat_map import heading
from diaodu.briefing.league_table import DASH
from diaodu.briefing.salience import are_few
from diaodu.briefing.wording import Fact, Said, fraction, is_english, joined, say, show

Step = tuple[Said, Fact]
"""A period's heading, and the indicator's total of that time."""
COLUMNS = (Column("期次", 0, Align.LEFT), *(Column(name, 36.0) for name in ("完成率", "序时进度", "与序时差距")))
NOTE = say("按各期通报时的数据；差距单位：百分点")


def trends(facts: Fact) -> list[tuple[tuple[Curve, Said], tuple[Table, Said]]]:
    """A curve and its table for every indicator told one by one that has a total in two periods and more."""
    found = [(one, _steps(facts, one["code"].value)) for one in facts["indicators"]] if are_few(facts) else []
    return [(_curve(facts, one, steps), _table(steps)) for one, steps in found if len(steps) > 1]


def _steps(facts: Fact, code: str) -> list[Step]:
    totals = ((period, one) for period in facts["course"] for one in period["totals"])
    return [(heading(facts, p), one) for p, one in totals if one["indicator"].value == code and one["completion"].value]


def _caption(facts: Fact, indicator: Fact) -> Said:
    phrase = "{name}: completion by period" if is_english(facts) else "{name}完成率走势"
    return say(phrase, name=show(indicator["name"]))


def _curve(facts: Fact, indicator: Fact, steps: list[Step]) -> tuple[Curve, Said]:
    caption = _caption(facts, indicator)
    english = is_english(facts)
    phrase = "{period} {done}, schedule {planned}" if english else "{period}{done}，序时{planned}"
    bare = "{period} {done}" if english else "{period}{done}"
    told, points = [], []
    for period, total in steps:
        done, planned = show(total["completion"], "percent", 1), total["expected"]
        aside = {"planned": show(planned, "percent", 1)} if planned.value else {}
        told.append(say(phrase if planned.value else bare, period=period, done=done, **aside))
        points.append(
            Point(period.text, _per_cent(total["completion"]), done.text, _per_cent(planned) if planned.value else None)
        )
    said = joined(told, "; " if english else "；")
    alt = f"{caption.text}. {said.text}." if english else f"{caption.text}图。{said.text}。"
    names = ("Done", "Schedule") if english else ("完成率", "序时进度")
    return Curve(caption.text, tuple(points), *names, "%", alt), caption + said


def _table(steps: list[Step]) -> tuple[Table, Said]:
    told = [[period, *_figures(total)] for period, total in steps]
    rows = tuple(row(*(said.text for said in cells)) for cells in told)
    said = joined([NOTE, *(said for cells in told for said in cells)], "|")
    return Table("", COLUMNS, rows, NOTE.text), said


def _figures(total: Fact) -> list[Said]:
    forms = (("completion", "percent"), ("expected", "percent"), ("gap_pp", "points"))
    return [DASH if total[name].value is None else show(total[name], form, 1) for name, form in forms]


def _per_cent(share: Fact) -> float:
    return float(fraction(share.value) * 100)
