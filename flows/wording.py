"""What jobs, steps, runs and outcomes are called when people read of them."""

from diaodu.language import _
from diaodu.rules.schedule import Origin, Refusal, RunState
from diaodu.rules.verdict import Reason, State

WORDS: dict[str, str] = {
    "collect": _("数据报送"),
    "check": _("指标研判"),
    "warn": _("提醒预警"),
    "brief": _("情况通报"),
    "cycle": _("一轮调度"),
    Origin.CLOCK: _("定时"),
    Origin.PERSON: _("人工"),
    RunState.RUNNING: _("进行中"),
    RunState.DONE: _("已完成"),
    RunState.FAILED: _("失败"),
    RunState.CRASHED: _("中断"),
    Refusal.ALREADY_DONE: _("该期已完成"),
    Refusal.BUSY: _("该方案另有任务正在进行，请稍后再试"),
    Refusal.GIVEN_UP: _("已多次失败，需人工处理"),
    State.REPORTED: _("已报送"),
    State.NOT_REPORTED: _("未报送"),
    State.AWAITED: _("待报送"),
    State.SOURCE_DOWN: _("数据源未供数"),
    State.NO_TARGET: _("不适用"),
    State.NOT_STARTED: _("未开始"),
    "no_period": _("尚无到期的期次"),
    "source_read": _("数据源已读取"),
    "source_unchanged": _("数据源无新数据"),
    "source_faulty": _("数据源有差错"),
    "source_doubtful": _("数据存疑"),
    "source_broken": _("数据源读取出错"),
    Reason.HELD: _("尚未解除"),
    Reason.DWELLING: _("未满期数"),
    Reason.PASSING: _("过渡等级"),
    "source_left": _("未取"),
    "file_faulty": _("文件有差错"),
    "file_broken": _("文件读取出错"),
    "silent": _("数据源逾期未供数，已告知考核办"),
    Reason.NO_LEVEL_MATCHED: _("无对应等级"),
    Reason.NO_POLICY: _("没有施行的规则"),
    "opened": _("开启期次"),
    "questioned": _("请单位核实"),
    "reminded": _("已提醒"),
    "chased": _("催报函"),
    "escalated": _("已报上级"),
    "deferred": _("提醒延后"),
    "over_cap": _("单位本周报送事项超过上限"),
    "dropped": _("已报，不再催"),
    "closed": _("关闭期次"),
    "missing": _("缺报"),
    "no_ladder": _("催报步骤写法有误，未催报"),
    "new_verdicts": _("新研判"),
    "written": _("已生成文件"),
    "held": _("文书未能生成，暂不发出"),
    "unchanged": _("没有变化，未重复印发"),
    "drafted": _("已拟草稿，待审核"),
    "awaits_approval": _("草稿待审核、签发"),
    "copies": _("分发"),
    "conference": _("会前催办"),
    "sent": _("已送达"),
    "put_off": _("稍后再发"),
}


def called(word: str) -> str:
    """The name people know it by; a word without one stands for itself."""
    return WORDS.get(word, word)
