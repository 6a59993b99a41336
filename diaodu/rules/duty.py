"""What a level obliges to besides its notice: who signs, who reads, by when it is put right, talks, points (措施)."""

from dataclasses import dataclass

from diaodu.rules.access import Role


@dataclass(frozen=True, slots=True)
class Interview:
    """Who is talked to by whom (约谈)."""

    by: str
    whom: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Of one level. Texts are the office's own; `points` are millionths of a point."""

    signer: str | None = None  # 签发人
    recipients: tuple[Role, ...] = ()  # empty: as `routing.READERS` says for the document
    rectify_workdays: int | None = None  # it is to be put right within so many working days
    interview: Interview | None = None
    visit: str | None = None  # who goes there, to help (走访)
    points: int | None = None  # to be deducted (扣分)
    publicity: str | None = None  # where it is told (通报范围)


NOTHING_MORE = Duty()
