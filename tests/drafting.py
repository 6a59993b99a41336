"""An office that approves its briefings: drafts of a small plan, and the people who write, check and sign them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.briefing import act, edit
from diaodu.actions.briefing_draft import Drafted, Subject, draft
from diaodu.actions.briefing_issue import issue
from diaodu.briefing.kind_folder import kinds
from diaodu.briefing.layout import chosen
from diaodu.rules.briefing import BriefingAct
from models.briefing import Briefing
from models.briefing_file import BriefingFile
from tests.small_office import IN_NOVEMBER, OCT, Office

WRITER, CHECKER, SIGNER = "王某", "李某", "张某"
HOUR = timedelta(hours=1)


@dataclass
class Drafting:
    """Every step is an hour after the one before."""

    session: Session
    home: Path
    office: Office = field(init=False)
    now: datetime = IN_NOVEMBER

    def __post_init__(self) -> None:
        self.office = Office(self.session, self.home)

    @property
    def scheme_id(self) -> int:
        return self.office.plan.scheme_id

    def subject(self, as_of: date = OCT, actor: str = WRITER, known_at: datetime | None = None) -> Subject:
        self.now += HOUR
        layouts = chosen(kinds(self.home), "monthly")
        return Subject(self.scheme_id, layouts, as_of, known_at or self.now, None, self.now, actor)

    def draft(self, as_of: date = OCT, by_hand: bool = True, known_at: datetime | None = None) -> Drafted:
        return draft(self.session, self.subject(as_of, known_at=known_at), by_hand)

    def act(self, briefing: Briefing, what: BriefingAct, actor: str = CHECKER, reason: str = "理由") -> Briefing:
        self.now += HOUR
        return act(self.session, self.scheme_id, briefing.id or 0, what, actor, reason, self.now)

    def edit(
        self, briefing: Briefing, paragraph: int, text: str, actor: str = WRITER, reason: str = "语气"
    ) -> list[str]:
        self.now += HOUR
        return edit(self.session, self.scheme_id, briefing.id or 0, paragraph, text, actor, reason, self.now)

    def sign(self, briefing: Briefing, actor: str = SIGNER) -> tuple[Briefing, tuple[BriefingFile, ...]]:
        self.now += HOUR
        return issue(self.session, self.home, self.scheme_id, briefing.id or 0, actor, "", self.now)

    def issued(self) -> Briefing:
        """Drafted, checked and signed."""
        briefing = self.draft().briefing
        self.act(briefing, BriefingAct.REVIEW)
        return self.sign(briefing)[0]
