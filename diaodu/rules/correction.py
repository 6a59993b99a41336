"""更正: a number that was confirmed is changed only on request, with approval, by a new revision."""

from enum import StrEnum


class CorrectionState(StrEnum):
    """How a request for correction stands."""

    REQUESTED = "requested"  # 待批
    APPROVED = "approved"  # 已批准
    REFUSED = "refused"  # 未批准
