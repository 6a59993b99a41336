"""怎么办: the command that does an act to a warning, with a place for everything it must name."""

from diaodu.actions.wording import ACTS
from diaodu.language import _
from diaodu.rules.act import NEEDS_DAY, NEEDS_REASON
from diaodu.rules.warning import TRANSITIONS, Act, WarningState

NAMES = {
    Act.CHANGE_LEVEL: (("--level", _("等级")),),
    Act.EXEMPT: (("--ground", _("类型")), ("--approver", _("批准人")), ("--until", _("日期"))),
    Act.HAND_OVER: (("--to", _("责任人")),),
}
"""What acts must name besides a reason and a day."""


def commands(number: int, state: WarningState) -> list[tuple[str, str]]:
    """Every act possible from a state, by name, with its command."""
    return [(ACTS[act], command(number, act)) for act in TRANSITIONS[state]]


def command(number: int, act: Act) -> str:
    """“diaodu warning decide 5 plan --until 日期 --reason 理由”"""
    named = list(NAMES.get(act, ()))
    named += [("--until", _("日期"))] if act in NEEDS_DAY else []
    named += [("--reason", _("理由"))] if act in NEEDS_REASON else []
    return " ".join([f"diaodu warning decide {number} {act.value}", *(f"{option} {what}" for option, what in named)])
