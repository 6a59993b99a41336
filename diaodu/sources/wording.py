"""The words people may write for each choice.

The first one is what our own files say; the code's own word always counts.
"""

from enum import StrEnum

from diaodu.rules.access import Role
from diaodu.rules.briefing import Circulation
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import ShortNotice
from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.level import Issue
from diaodu.rules.ranking import TiePolicy
from diaodu.rules.trajectory import Trajectory

WORDS: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    Kind: {
        Kind.CUMULATIVE: ("累计量", "累计"),
        Kind.LEVEL: ("时点量", "时点", "存量"),
        Kind.GROWTH: ("增速", "增长率", "增幅"),
        Kind.RATIO: ("比率", "比例", "占比"),
        Kind.COUNT: ("个数", "数量"),
        Kind.RANK: ("位次", "排名"),
        Kind.DELIVERABLE: ("节点成果", "成果", "里程碑"),
    },
    Direction: {
        Direction.HIGHER: ("正向", "越高越好"),
        Direction.LOWER: ("逆向", "反向", "越低越好"),
        Direction.BAND: ("区间",),
    },
    RollUp: {
        RollUp.SUM: ("求和", "合计"),
        RollUp.MEAN: ("平均", "均值"),
        RollUp.LATEST: ("最新", "取最新"),
        RollUp.NONE: ("不汇总", "无"),
    },
    Trajectory: {
        Trajectory.MONTHS: ("按月均衡", "按月"),
        Trajectory.DAYS: ("按日均衡", "按日", "按天均衡"),
        Trajectory.STEP: ("节点阶梯", "节点", "按节点"),
        Trajectory.INTERPOLATED: ("节点内插", "内插"),
        Trajectory.FLAT: ("全期同标", "同标"),
    },
    Cadence: {
        Cadence.DAILY: ("按日", "每日", "每个工作日", "日报"),
        Cadence.DAYS: ("按天数", "每隔几天"),
        Cadence.WEEKLY: ("按周", "每周", "周"),
        Cadence.TEN_DAYS: ("按旬", "每旬", "旬"),
        Cadence.HALF_MONTHLY: ("按半月", "每半月", "半月"),
        Cadence.MONTHLY: ("按月", "每月", "月"),
        Cadence.QUARTERLY: ("按季", "每季", "季度", "季"),
        Cadence.HALF_YEARLY: ("按半年", "每半年", "半年"),
        Cadence.YEARLY: ("按年", "每年", "年"),
        Cadence.CUSTOM: ("自定义", "专项"),
    },
    RestDay: {
        RestDay.BEFORE: ("提前",),
        RestDay.AFTER: ("顺延", "推后"),
        RestDay.STAYS: ("不变", "不顺延"),
    },
    Issue: {
        Issue.AUTOMATIC: ("自动", "自动印发", "自动发出"),
        Issue.AFTER_REVIEW: ("审核后", "审核后印发", "审核后发出"),
    },
    Circulation: {
        Circulation.UNITS: ("各责任单位", "发各责任单位", "公开"),
        Circulation.INTERNAL: ("内部", "不发单位"),
    },
    ShortNotice: {
        ShortNotice.REFUSE: ("拒绝", "不予布置"),
        ShortNotice.WARN: ("提示", "警示"),
    },
    TiePolicy: {
        TiePolicy.ORDINAL: ("顺序编号", "不并列"),
        TiePolicy.DENSE: ("并列不跳号", "密集并列"),
        TiePolicy.COMPETITION: ("并列跳号", "并列"),
    },
    Role: {
        Role.OFFICE: ("考核办", "办公室"),
        Role.LEAD: ("牵头", "牵头单位"),
        Role.REPORTER: ("填报人", "填报"),
        Role.REVIEWER: ("审核人", "审核"),
        Role.LEADER: ("领导", "分管领导"),
        Role.AUDITOR: ("审计",),
        Role.ADMIN: ("管理员",),
    },
}
"""By kind of choice: members of two kinds that share a value (`days`) are equal, and so one key of a mapping."""

YES = ("是", "yes", "y", "true", "1", "参与", "√")
NO = ("否", "no", "n", "false", "0", "不参与", "×")


def written(choice: StrEnum) -> str:
    """The word our own files use for a choice."""
    return WORDS[type(choice)][choice][0]


def accepted(kind: type[StrEnum]) -> dict[str, StrEnum]:
    """Every word for each member of a kind of choice, in the form `cell.plain` brings words to."""
    return {word.lower(): member for member in kind for word in (*WORDS[kind][member], member.value)}
