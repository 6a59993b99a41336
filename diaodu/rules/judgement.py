"""What people say of a target besides its numbers: an assessment, or a flag raised elsewhere (人工研判、外部情形)."""

from enum import StrEnum


class JudgementKind(StrEnum):
    """What an entry is."""

    JUDGEMENT = "judgement"  # 人工研判: the newest in force counts
    FLAG = "flag"  # 外部情形 (通报、曝光、质量差): each in force counts
