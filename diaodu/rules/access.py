"""Who a person is to the office (角色)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OFFICE = "office"  # 考核办
    LEAD = "lead"  # 牵头单位
    REPORTER = "reporter"  # 单位填报人
    REVIEWER = "reviewer"  # 单位审核人
    LEADER = "leader"  # 领导
    AUDITOR = "auditor"  # 审计
    ADMIN = "admin"  # 管理员


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who does something, in a role, for a unit; `unit` is a code, None for the office's own people."""

    name: str
    role: Role
    unit: str | None = None
