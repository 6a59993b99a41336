"""What a level obliges to besides its notice: who signs, who reads, how long each step takes, talks, points (措施)."""

from dataclasses import dataclass

from diaodu.rules.addressee import Addressee

TALK_WITHIN = 10
"""Working days within which a talk is held, where the policy does not say."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Who is talked to by whom (约谈), within so many working days."""

    by: str
    whom: str
    within: int = TALK_WITHIN


@dataclass(frozen=True, slots=True)
class Visit:
    """Who goes there, to help (走访), within so many working days."""

    by: str
    within: int = TALK_WITHIN


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days that a step takes where neither the notice nor the plan names a day."""

    review: int = 2  # 审核: the office decides on the proposal
    sign: int = 1  # 签收
    verify: int = 3  # 核验: the office checks, and closes


STANDARD = Terms()


@dataclass(frozen=True, slots=True)
class Duty:
    """Of one level. Texts are the office's own; `points` are millionths of a point."""

    signer: str | None = None  # 签发人: what a person issues, one of them has signed
    recipients: tuple[Addressee, ...] = ()  # empty: as `routing.READERS` says for the document
    rectify_workdays: int | None = None  # it is to be put right within so many working days
    interview: Interview | None = None
    visit: Visit | None = None
    points: int | None = None  # to be deducted (扣分)
    publicity: str | None = None  # where it is told (通报范围)
    withheld: bool = False  # it is told nowhere (不通报)
    terms: Terms = STANDARD


NOTHING_MORE = Duty()
