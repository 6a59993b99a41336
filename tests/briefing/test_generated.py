"""In two hundred situations no sentence has a wrong number, a wrong comparison, a broken list or nonsense."""

import json
import re
from fractions import Fraction

from hypothesis import given, settings

from diaodu.briefing.demands import demands
from diaodu.briefing.edited import faults
from diaodu.briefing.english.passage import ENGLISH
from diaodu.briefing.facts import Facts, canonical
from diaodu.briefing.highlights import across
from diaodu.briefing.obligations import levels
from diaodu.briefing.overview import overview
from diaodu.briefing.progression import along
from diaodu.briefing.shortfalls import data_late, progress_late
from diaodu.briefing.wording import Fact
from tests.briefing.generated import Raw, situations
from tests.briefing.reader import against_schedule, against_schedule_in_english, is_behind, moved, unproved

PASSAGES = {
    "overview": overview,
    "across": across,
    "along": along,
    "progress_late": progress_late,
    "data_late": data_late,
    "levels": levels,
    "demands": demands,
}
NONSENSE = re.compile(
    r"nan|None|inf\b|[\[\]{}]|(?<![\d.])0[家项件位个期]|、、|，，|；；|。。|、[。；，）]|[：，；、（]。|：；|（）|《》|有。|的。$|^[，；、。]|"
    r"[和、]$|[：；，（][、，；]|(?<!\d)0\.0个百分点"
)
NONSENSE_EN = re.compile(
    r"nan\b|None|\binf\b|[\[\]{}]|(?<![\d.])0 (?:unit|task|warning|period|place|milestone|blocker)|, ,|,,|;;|\.\.|\(\)|"
    r"[,;:]\s*[.;)]|\band \.|^[,;.]| {2}|\b1 (?:units|tasks|warnings|periods|places|milestones|blockers|working days)"
    r"\b|\bare 1 |(?<!\d)0\.0 percentage"
)
Situation = tuple[Facts, dict[tuple[str, str], Raw]]


@settings(max_examples=200)
@given(situations())
def test_no_sentence_is_wrong_broken_or_nonsense(situation: Situation) -> None:
    facts, raw = situation
    stored = json.loads(canonical(facts))
    told = {name: write(Fact(stored)) for name, write in PASSAGES.items()}
    for said in (said for paragraphs in told.values() for said in paragraphs):
        assert unproved(said, stored) == [], said.text
        assert not NONSENSE.search(said.text), said.text
        assert said.text.endswith("。"), said.text
    for said in (said for write in ENGLISH.values() for said in write(Fact(stored))):
        assert unproved(said, stored) == [], said.text
        assert not NONSENSE_EN.search(said.text), said.text
        assert said.text.endswith("."), said.text
    _english_lags_are_right(facts, raw, [said.text for said in ENGLISH["progress_late"](Fact(stored))])
    _comparisons_are_right(facts, raw, {name: [said.text for said in own] for name, own in told.items()})


@settings(max_examples=25)
@given(situations())
def test_what_we_write_ourselves_passes_the_check_of_edited_texts(situation: Situation) -> None:
    facts = Fact(json.loads(canonical(situation[0])))
    for said in (said for write in PASSAGES.values() for said in write(facts)):
        assert [fault.number for fault in faults(said.text, facts)] == [], said.text


def _comparisons_are_right(facts: Facts, raw: dict[tuple[str, str], Raw], told: dict[str, list[str]]) -> None:
    """What is said of more and less, held against the plain numbers."""
    _lags_are_right(facts, raw, told["progress_late"])
    _totals_are_right(facts, raw, told["overview"])
    _movements_are_right(facts, raw, told["along"])
    for line in told["across"]:
        _order_is_right(line)


def _indicator(facts: Facts, line: str) -> str:
    """The indicator a line speaks of: the only one, or the one it begins with."""
    names = [one.name for one in facts.indicators]
    return names[0] if len(names) == 1 else next((n for n in names if f"{n}：" in line), "")


def _lags_are_right(facts: Facts, raw: dict[tuple[str, str], Raw], lines: list[str]) -> None:
    """Whoever is named lags by what is said, and whoever lags is named."""
    if sum(one.counts.behind for one in facts.indicators) > 30:
        return
    named = set()
    for line in lines:
        for unit, said in re.findall(r"(\w{2})（完成率[\d.]+%，(略?[低高]于序时进度[^）]*)）", line):
            assert said == against_schedule(raw[_indicator(facts, line), unit])
            assert "低于" in said
            named.add((_indicator(facts, line), unit))
    behind = {
        (i.name, e.name) for i in facts.indicators for e in i.entries
        if e.ranked and e.state == "reported" and is_behind(raw[i.name, e.name])
    }  # fmt: skip
    assert named == behind


def _english_lags_are_right(facts: Facts, raw: dict[tuple[str, str], Raw], lines: list[str]) -> None:
    for line in lines:
        about = next(
            (one.name for one in facts.indicators if line.startswith(f"{one.name}: ")), facts.indicators[0].name
        )
        for unit, said in re.findall(r"(\w{2}) \([\d.]+% complete, ([^)]+)\)", line):
            assert said == against_schedule_in_english(raw[about, unit])


def _totals_are_right(facts: Facts, raw: dict[tuple[str, str], Raw], lines: list[str]) -> None:
    for line in lines:
        for said in re.findall(r"合计目标[^。]*，完成率[\d.]+%，([^，。]+)", line):
            assert said == against_schedule(raw[_indicator(facts, line), "合计"])


def _movements_are_right(facts: Facts, raw: dict[tuple[str, str], Raw], lines: list[str]) -> None:
    for line in lines:
        for unit, inside in re.findall(r"(\w{2})（((?:\w+，)?(?:略有)?(?:提高|下降)[^位）]*)）", line):
            about, said = (inside.split("，") if "，" in inside else ("", inside))[:2]
            if not re.match(r"略有|提高|下降", about):
                assert said == moved(raw[about or _indicator(facts, line), unit])
            else:
                assert about == moved(raw[_indicator(facts, line), unit])


def _order_is_right(line: str) -> None:
    """From the first named to the last no rate is higher than the one before."""
    for sentence in re.findall(r"(?:比较，|单位中，)([^。]*)", line):
        rates = [Fraction(rate) for rate in re.findall(r"([\d.]+)%", sentence)]
        assert rates == sorted(rates, reverse=True)
