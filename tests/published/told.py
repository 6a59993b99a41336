"""What our passages say of a published example, by the facts frozen from its figures."""

import json
from collections.abc import Callable, Iterable
from datetime import date

from sqlmodel import Session

from diaodu.actions.frozen import frozen
from diaodu.briefing.english.passage import ENGLISH
from diaodu.briefing.highlights import across
from diaodu.briefing.overview import overview
from diaodu.briefing.progression import along
from diaodu.briefing.shortfalls import progress_late
from diaodu.briefing.wording import Fact, Said
from tests.published.figures import imported, moment

CHINESE = (overview, across, along, progress_late)


def told(session: Session, as_of: str, known: str, recorded: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Our sentences on a day, as known on another, after importing the examples; in Chinese and in English."""
    scheme = imported(session, *recorded)
    facts = Fact(json.loads(frozen(session, scheme, date.fromisoformat(as_of), moment(known), moment(known))))
    return _text(CHINESE, facts), _text(ENGLISH.values(), facts)


def _text(writers: Iterable[Callable[[Fact], list[Said]]], facts: Fact) -> str:
    return "\n".join(said.text for write in writers for said in write(facts))
