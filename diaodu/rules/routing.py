"""Who hears of it, by which document and channel (送达)."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """Documents to one unit (通知书)."""

    REMINDER = "reminder"  # 提醒函
    WARNING = "warning"  # 预警通知单
    SUPERVISION = "supervision"  # 督办单
    INTERVIEW = "interview"  # 约谈通知书


class Channel(StrEnum):
    """Ways to reach a person (渠道)."""

    CONSOLE = "console"
    INBOX = "inbox"
    MAIL = "mail"
    WEBHOOK = "webhook"


class DeliveryState(StrEnum):
    """What became of one message to one person by one channel."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
