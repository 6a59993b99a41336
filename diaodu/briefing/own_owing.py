"""One unit's own sheet (结果反馈): what it owes — reports, answers to warnings, promises made at meetings."""

from diaodu.briefing.highlights import listed
from diaodu.briefing.supervision import STATES
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.verdict import State
from diaodu.rules.warning import AWAITS_REPLY, OVER, WarningState


def own_owing(facts: Fact) -> list[Said]:
    """未结事项: reports that are missing, warnings that are open, promises that are not kept yet."""
    sheet = facts["sheet"]
    today = facts["as_of"].value
    broken = [one for one in sheet["promised"] if not one["met"].value and one["due"].value <= today]
    standing = [one for one in sheet["promised"] if not one["met"].value and one["due"].value > today]
    said = [_unreported(sheet, State.NOT_REPORTED), _unreported(sheet, State.AWAITED), _warned(sheet)]
    said += [_promised("到期未兑现的承诺：{items}。", broken), _promised("在办的承诺：{items}。", standing)]
    return [one for one in said if one.text] or [say("没有未报送的数据、未销号的预警和未兑现的承诺。")]


def _unreported(sheet: Fact, state: State) -> Said:
    names = [show(task["indicator_name"]) for task in sheet["tasks"] if task["state"].value == state]
    if not names:
        return NOTHING
    phrase = (
        "逾期未报送、请立即补报并说明原因的有：{names}。" if state is State.NOT_REPORTED else "待报送的有：{names}。"
    )
    return say(phrase, names=listed(names))


def _warned(sheet: Fact) -> Said:
    """ "未销号预警：重点项目投资（红灯，已发出，11月12日前答复）"; a proposal is not the unit's yet."""
    quiet = {*OVER, WarningState.PROPOSED}
    open_now = [one for one in sheet["warned"] if WarningState(one["state"].value) not in quiet]
    if not open_now:
        return NOTHING
    return say("未销号预警：{items}。", items=joined((_warning(one) for one in open_now), "；"))


def _warning(one: Fact) -> Said:
    state = WarningState(one["state"].value)
    parts = [show(one["level_name"]), say(STATES[state])]
    if state in AWAITS_REPLY and one["reply_due"].value:
        parts.append(say("{day}前答复", day=show(one["reply_due"], "day_of_year")))
    if one["rectify_by"].value:
        parts.append(say("承诺{day}前整改到位", day=show(one["rectify_by"], "day_of_year")))
    name = show(one["indicator_name"]) if one["indicator"].value else say("单位整体")
    return say("{name}（{parts}）", name=name, parts=joined(parts, "，"))


def _promised(phrase: str, due: list[Fact]) -> Said:
    return say(phrase, items=joined((_promise(one) for one in due), "；")) if due else NOTHING


def _promise(one: Fact) -> Said:
    return say(
        "{indicator}{name}（{day}前达到{planned}{unit}）",
        indicator=show(one["indicator_name"]),
        name=say("“{name}”", name=show(one["name"])),
        day=show(one["due"], "day"),
        planned=show(one["planned"], "amount", one["decimals"].value),
        unit=show(one["measure_unit"]),
    )
