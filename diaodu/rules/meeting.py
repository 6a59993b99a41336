"""Talks that follow a lag: called in to answer (约谈), visited to help (走访), or before all (调度会)."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """Who goes to whom."""

    INTERVIEW = "interview"  # 约谈
    VISIT = "visit"  # 走访
    CONFERENCE = "conference"  # 调度会: a unit's part of a meeting of all
