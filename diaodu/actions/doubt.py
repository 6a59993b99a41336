"""疑问: what is said of a number that is wrong or doubtful, and whether a doubtful one is taken."""

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.language import _
from diaodu.rules.validation import Doubt, Error, Objection

WORDS = {
    Error.NOT_WHOLE: _("个数、位次和完成的节点数应为整数"),
    Error.TOO_FINE: _("小数太多，本指标最多 {decimals} 位"),
    Error.BEFORE_FIRST: _("位次从 1 起"),
    Error.NEGATIVE: _("完成的节点数不能小于 0"),
    Error.BELOW_LOWEST: _("低于本指标的下限 {limit}"),
    Error.ABOVE_HIGHEST: _("高于本指标的上限 {limit}"),
    Error.NO_EVIDENCE: _("本指标须附佐证，请填文件名或网址"),
    Doubt.FALLS: _("较 {day} 的 {other} 减少 {apart}，累计数不应减少"),
    Doubt.EXCEEDS_NEXT: _("比后一期 {day} 的 {other} 多 {apart}，累计数不应减少"),
    Doubt.JUMPS: _("较 {day} 的 {other} 变动 {share}%，超过 {limit}%"),
    Doubt.OVER_COMPLETE: _("完成率 {share}%，超出 100% 达 {excess} 个百分点，多于 {limit} 个"),
    Doubt.CONTRADICTS: _("数据源“{source}”报的是 {other}，相差 {apart}"),
}


def worded(objection: Objection) -> str:
    """What is wrong, with the figures that show it."""
    return WORDS[objection.reason].format(**objection.figures)


def doubted(intake: Intake, entry: Entry, doubt: Objection) -> bool:
    """Whether a doubtful entry is taken all the same, with a hint; otherwise the doubt is a fault."""
    words, comment = worded(doubt), entry.row.get("justification")
    if comment:
        words = _("{doubt}；已附核实说明：{comment}").format(doubt=words, comment=comment)
    elif intake.is_by_person:
        words = _("{doubt}；请核实，确属实的在“核实说明”写明原因").format(doubt=words)
        intake.faults.append(entry.row.fault("value", words))
        return False
    else:
        words = _("{doubt}；按数据源所报入库，请核实").format(doubt=words)
    intake.hints.append(entry.row.fault("value", words))
    return True
