"""The English writers, by the same names as the Chinese passages."""

from collections.abc import Callable, Mapping

from diaodu.briefing.english.demands import demands
from diaodu.briefing.english.highlights import across
from diaodu.briefing.english.obligations import levels
from diaodu.briefing.english.overview import overview
from diaodu.briefing.english.progression import along
from diaodu.briefing.english.shortfalls import data_late, progress_late
from diaodu.briefing.wording import Fact, Said

ENGLISH: Mapping[str, Callable[[Fact], list[Said]]] = {
    "overview": overview,
    "across": across,
    "along": along,
    "progress_late": progress_late,
    "data_late": data_late,
    "levels": levels,
    "demands": demands,
}
