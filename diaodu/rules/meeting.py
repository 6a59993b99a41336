"""Talks that follow a lag: called in to answer (约谈), or visited to help (走访)."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """Who goes to whom."""

    INTERVIEW = "interview"  # 约谈
    VISIT = "visit"  # 走访
