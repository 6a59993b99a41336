"""Who writes each passage of a briefing (`passage_name.PASSAGES`)."""

from collections.abc import Callable, Mapping

from diaodu.briefing.category import by_category
from diaodu.briefing.demands import demands
from diaodu.briefing.highlights import across
from diaodu.briefing.leader_page import leader_attention, leader_overview, leader_proposal
from diaodu.briefing.obligations import levels
from diaodu.briefing.overview import overview
from diaodu.briefing.own_owing import own_owing
from diaodu.briefing.own_standing import own_gaps, own_standing
from diaodu.briefing.progression import along
from diaodu.briefing.shortfalls import data_late, progress_late
from diaodu.briefing.wording import Fact, Said

Write = Callable[[Fact], list[Said]]

WRITERS: Mapping[str, Write] = {
    "overview": overview,
    "by_category": by_category,
    "across": across,
    "along": along,
    "progress_late": progress_late,
    "data_late": data_late,
    "levels": levels,
    "demands": demands,
    "leader_overview": leader_overview,
    "leader_attention": leader_attention,
    "leader_proposal": leader_proposal,
    "own_standing": own_standing,
    "own_gaps": own_gaps,
    "own_owing": own_owing,
}
