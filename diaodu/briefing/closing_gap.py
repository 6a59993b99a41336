"""What would close a gap, in words: 补齐序时还差…；至…应累计完成…，还需完成…. What is needed is rounded upward."""

from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.indicator import Direction, Kind

ADDS_UP = (Kind.CUMULATIVE, Kind.COUNT, Kind.DELIVERABLE)
ZERO = "0/1"


def to_close(facts: Fact, task: Fact) -> Said:
    """Everything one task still needs: for today's schedule, for what comes next, and for its whole target."""
    if not task.value.get("ahead") or task["ahead"]["owed"].value is None:
        return NOTHING
    ahead = task["ahead"]
    if ahead["day"].value <= facts["as_of"].value:
        return _after(task) or say("已达到目标")
    return joined((_today(task), _next(task), _whole(task)), "；")


def needs(task: Fact) -> Said:
    """What is missing for what comes next, for a table: 23.3, or 0 where it is reached."""
    missing = task["ahead"]["more"]
    return say("已达到") if missing.value == ZERO else show(missing, "needed", task["decimals"].value)


def _amount(task: Fact, fact: Fact, form: str) -> Said:
    unit = task["measure_unit"].value
    said = show(fact, form, task["decimals"].value)
    return said + (say("个百分点") if unit in ("%", "％") else show(task["measure_unit"]))


def _asked(task: Fact) -> Said:
    return show(task["ahead"]["planned"], "planned", task["decimals"].value) + show(task["measure_unit"])


def _is_low(task: Fact) -> bool:
    return bool(task["ahead"]["direction"].value == Direction.LOWER)


def _today(task: Fact) -> Said:
    owed = task["ahead"]["owed"]
    if owed.value == ZERO:
        return NOTHING
    return say("超出序时{n}" if _is_low(task) else "补齐序时还差{n}", n=_amount(task, owed, "needed"))


def _after(task: Fact) -> Said:
    rest = task["ahead"]["rest"]
    if rest.value == ZERO:
        return NOTHING
    return say("已到期，{n}", n=say("超出" if _is_low(task) else "还差") + _amount(task, rest, "needed"))


def _next(task: Fact) -> Said:
    """ "至11月30日（“主体完工”）应累计完成73.3亿元，还需完成23.3亿元"."""
    ahead, adds_up = task["ahead"], Kind(task["kind"].value) in ADDS_UP
    when = say("至{day}", day=show(ahead["day"], "day_of_year"))
    if ahead["name"].value:
        when += say("（{name}）", name=show(ahead["name"]))
    if _is_low(task):
        phrase, missing = "{when}应控制在{asked}以内，{rest}", "还须压减{n}"
    elif adds_up:
        phrase, missing = "{when}应累计完成{asked}，{rest}", "还需完成{n}"
    else:
        phrase, missing = "{when}应达到{asked}，{rest}", "还差{n}"
    reached = ahead["more"].value == ZERO
    rest = say("目前已达到") if reached else say(missing, n=_amount(task, ahead["more"], "needed"))
    return say(phrase, when=when, asked=_asked(task), rest=rest)


def _whole(task: Fact) -> Said:
    """What the whole target needs, unless that is what comes next."""
    ahead = task["ahead"]
    if ahead["due"].value == ahead["day"].value or _is_low(task) or ahead["rest"].value == ZERO:
        return NOTHING
    phrase = "至{day}完成全部目标还需{n}" if Kind(task["kind"].value) in ADDS_UP else "至{day}达到目标还差{n}"
    return say(phrase, day=show(ahead["due"], "day_of_year"), n=_amount(task, ahead["rest"], "needed"))
