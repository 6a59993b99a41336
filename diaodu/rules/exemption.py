"""Why a lag may stand without a warning for a while (豁免类型): a person's decision, never a machine's."""

from enum import StrEnum


class Exemption(StrEnum):
    """The ground of an exemption."""

    FORCE_MAJEURE = "force_majeure"  # 不可抗力
    EXTENSION = "extension"  # 延期: an extension was granted
    OTHER = "other"  # 其他
