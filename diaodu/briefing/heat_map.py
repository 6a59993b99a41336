"""Units by periods (热力表): in each cell the worst level of that time in words, with its mark and tint.

A table and no picture: it prints, it is read aloud, and Word can edit it.
"""

from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.league_table import DASH, mark
from diaodu.briefing.page import HEIGHT_MM, WIDTH_MM
from diaodu.briefing.wording import NOTHING, Fact, Said, is_english, joined, say, show, show_day
from diaodu.rules.cadence import Cadence

UPRIGHT = 7
"""Periods that an upright page has room for."""
NAME_MM = 36.0
BY_MONTH = frozenset({Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY})
WHOLE = say("当期最重的等级，按各期通报时的数据")


def lies(facts: Fact) -> bool:
    """Whether its page lies on its left side."""
    return len(facts["course"].value) > UPRIGHT


def heat_map(facts: Fact) -> tuple[Table, Said] | None:
    """A row a unit, a column a period; None before there are two periods to see."""
    periods = [period for period in facts["course"] if period["units"]]
    if len(periods) < 2:
        return None
    headings = [heading(facts, period) for period in periods]
    places = [{unit["unit"].value: unit for unit in period["units"]} for period in periods]
    rows, said = [], [WHOLE, *headings]
    for unit in facts["units"]:
        cells = [stood(facts, place.get(unit["unit"].value)) for place in places]
        rows.append(Row((Cell(unit["name"].value), *(Cell(text.text, tone) for text, tone in cells))))
        said += [show(unit["name"]), *(text for text, _ in cells)]
    room = (HEIGHT_MM if lies(facts) else WIDTH_MM) - NAME_MM
    width = round(room / len(periods) - 0.05, 1)
    columns = (Column("单位", NAME_MM, Align.LEFT), *(Column(one.text, width) for one in headings))
    return Table("", columns, tuple(rows), WHOLE.text), joined(said, "|")


def heading(facts: Fact, period: Fact) -> Said:
    """10月, or 10月8日 where periods are shorter than a month."""
    if facts["cadence"].value in BY_MONTH and not is_english(facts):
        return say("{month}月", month=show(period["as_of"], "month"))
    return show_day(facts, period["as_of"], "day_of_year")


def stood(facts: Fact, unit: Fact | None) -> tuple[Said, Tone | None]:
    """How a unit stood in a period: a warning first, then missing data, then a fine level or 序时 alone."""
    if unit is None:
        return DASH, None
    if (unit["severity"].value or 0) > 0:
        return _levelled(facts, unit)
    if unit["not_reported"]:
        return say("未报送"), Tone.GREY
    if not unit["compared"]:
        return (say("待报送"), Tone.GREY) if unit["awaited"] else (DASH, None)
    if unit["level"].value is not None:
        return _levelled(facts, unit)
    return (say("未达序时"), None) if unit["behind"] else (say("达序时"), None)


def _levelled(facts: Fact, unit: Fact) -> tuple[Said, Tone | None]:
    """▲黄灯, and of how many targets where it is a warning: ▲黄灯 2项."""
    sign, tone = mark(unit["severity"].value, unit["worse"].value, unit["colour"].value)
    several = unit["severity"].value > 0 and unit["at_level"].value > 1
    phrase = " ×{n}" if is_english(facts) else " {n}项"
    count = say(phrase, n=show(unit["at_level"], "count")) if several else NOTHING
    return say("{sign}{level}", sign=say(sign), level=show(unit["level"])) + count, tone
