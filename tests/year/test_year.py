"""A year of 60 units and 100 indicators by the clock, with outages: its books add up, and agree with a plain count."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from diaodu.rules.request import TRANSITIONS, Timeliness, timeliness
from diaodu.rules.workday import Workdays
from diaodu.sources.kind import Kind
from diaodu.sources.registry import SOURCES
from diaodu.storage import audit
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from tests.year import lights, town
from tests.year.almanac import COUNTRY, LAST, OFF, ONE, ROUNDS, STARTS, Dates, days_of, is_off, month_ends, week_ends
from tests.year.ledger import Books, day
from tests.year.oracle import OWED, Expected
from tests.year.year import Year

TERMINAL = {"submitted", "confirmed", "missing", "spared", "withdrawn"}
"""How a request may stand in the end: numbers of the week and those without a lead unit are left at 已报 here."""


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The year, when it is over."""
    home = tmp_path_factory.mktemp("year")
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    upgrade(engine)
    year = Year(engine, home)
    SOURCES["bureau"] = Kind(year.bureau, "统计局", str)
    year.run()
    yield year
    del SOURCES["bureau"]
    engine.dispose()


@pytest.fixture(scope="module")
def books(passed: Year) -> Books:
    return Books(passed.home / "diaodu.db")


@pytest.fixture(scope="module")
def expected() -> Expected:
    return Expected()


def test_no_period_is_missed_and_none_runs_twice(books: Books) -> None:
    runs = books.rows("SELECT job, as_of, state FROM fire JOIN run ON fire.id = run.fire_id ORDER BY job, as_of")
    done = defaultdict(list)
    for job, as_of, state in runs:
        assert state == "done"
        done[job].append(date.fromisoformat(as_of))
    made_good = {COUNTRY.listed(first, last)[-1] for first, last in OFF}  # of the mornings missed the newest
    mornings = [one for one in COUNTRY.listed(STARTS, LAST) if not is_off(one) or one in made_good]
    assert done["collect"] == sorted(mornings)
    assert done["check"] == done["warn"] == month_ends()
    assert done["cycle"] == [date(2025, 8, 31), date(2025, 12, 31)]
    assert books.rows("SELECT count(*) FROM fire") == [(len(runs),)]


def test_every_round_is_opened_and_closed_once_on_its_working_day(books: Books, expected: Expected) -> None:
    assert sorted(books.rounds.values(), key=str) == sorted(ROUNDS, key=str)
    opened = books.rows("SELECT id, opened_at, opens, unit_due, lead_due, office_due FROM period")
    for number, at, opens, unit_due, lead_due, office_due in opened:
        about = books.rounds[number]
        assert (day(at), opens, unit_due) == (about.opened_on, str(about.opens), str(about.due()))
        legs = (None, None) if about.weekly else (str(about.lead_due), str(about.office_due))
        assert (lead_due, office_due) == legs
        assert day(books.closed[number]) == expected.closes[about]


def test_every_request_lives_the_life_its_unit_gave_it(books: Books, expected: Expected) -> None:
    lived = {
        key: [(event.act, (event.at + timedelta(hours=8)).date()) for event in entry.events]
        for key, entry in books.requests.items()
        if not key[2].startswith("s")
    }
    assert lived.keys() == expected.lives.keys()
    assert {key: acts for key, acts in lived.items() if acts != expected.lives[key].acts} == {}


def test_what_the_bureau_supplies_is_asked_of_nobody(books: Books) -> None:
    supplied = [entry for key, entry in books.requests.items() if key[2].startswith("s")]
    assert len(supplied) == town.SUPPLIED * sum(len(town.present(end)) for end in month_ends())
    assert {entry.state for entry in supplied} == {"spared"}
    assert {event.reason for entry in supplied for event in entry.events} == {"由数据源“统计局”供数"}
    down = books.rows("SELECT DISTINCT subject FROM run_item WHERE outcome = 'source_down'")
    assert down == [("统计局",)]


def test_every_life_is_a_path_of_the_transition_table_and_ends(books: Books) -> None:
    ends: dict[tuple[Dates, int], Counter[str]] = defaultdict(Counter)
    for (about, unit, _), entry in books.requests.items():
        states = [None, *(event.to for event in entry.events)]
        for (before, after), event in zip(pairwise(states), entry.events, strict=True):
            assert TRANSITIONS[before, event.act] == after  # type: ignore[index]
        assert [event.at for event in entry.events] == sorted(event.at for event in entry.events)
        assert entry.state == states[-1]
        assert entry.state in TERMINAL
        ends[about, unit][entry.state] += 1
    written = dict(books.rows("SELECT state, count(*) FROM request GROUP BY state"))
    assert sum(ends.values(), Counter()) == written
    assert not OWED & written.keys()


def test_late_and_missing_numbers_are_counted_as_the_units_were_late(books: Books, expected: Expected) -> None:
    calendars = {unit: _calendar(unit, books) for unit in range(1, town.UNITS + 1)}
    counted, meant = Counter[tuple[int, str, int]](), Counter[tuple[int, str, int]]()
    for (_, unit, name), entry in books.requests.items():
        if entry.state not in ("spared", "withdrawn"):
            came = None if entry.came is None else day(entry.came.isoformat())
            found = timeliness(entry.due, came, calendars[unit])
            counted[unit, found.timeliness, found.workdays_late] += 1
            assert not name.startswith("s")
    for (_, unit, _), life in expected.lives.items():
        if life.state not in ("spared", "withdrawn"):
            late = 0 if life.first is None else len(days_of(unit).listed(life.due + ONE, life.first))
            how = "missing" if life.first is None else "late" if life.first > life.due else "on_time"
            meant[unit, how, late if how == "late" else 0] += 1
    assert counted == meant
    assert {how for _, how, _ in counted} == set(Timeliness)
    closed = sum(event.act == "close" for entry in books.requests.values() for event in entry.events)
    (noted,) = books.rows("SELECT sum(CAST(detail AS INTEGER)) FROM run_item WHERE subject = '缺报'")
    assert noted == (closed,)


def _calendar(unit: int, books: Books) -> Workdays:
    """A unit's days as the product counts them, from what the almanac says."""
    days = [STARTS + ONE * n for n in range((LAST - STARTS).days + 60)]
    return Workdays({one: days_of(unit).works(one) for one in days})


def test_every_step_of_every_ladder_is_taken_once_on_its_day(books: Books, expected: Expected) -> None:
    taken: dict[tuple[Dates, int], list[tuple[str, date, date]]] = defaultdict(list)
    for step in books.reminders:
        if step.leg == "unit":
            taken[step.about, step.unit].append((step.to, step.planned_on, day(step.at.isoformat())))
    steps = {key: sorted(found) for key, found in expected.steps.items() if found}
    assert taken.keys() == steps.keys()
    deferred = _deferred(books)
    for key, found in taken.items():
        assert sorted(step[:2] for step in found) == sorted(step[:2] for step in steps[key])
        if key not in deferred:
            assert sorted(found) == steps[key]


def _deferred(books: Books) -> set[tuple[Dates, int]]:
    """Rounds of units in which a step had to wait for the next week's messages."""
    late = [step for step in books.reminders if day(step.at.isoformat()) > step.planned_on]
    return {(step.about, step.unit) for step in late if not is_off(step.planned_on) or step.outcome == "deferred"}


def test_nobody_hears_anything_on_a_rest_day_or_when_nothing_is_owed(books: Books) -> None:
    mine, led = defaultdict(list), defaultdict(list)
    for (about, unit, name), entry in books.requests.items():
        mine[about, unit].append(entry)
        led[about, name].append(entry)
    for step in books.reminders:
        today = day(step.at.isoformat())
        assert COUNTRY.works(today)
        assert days_of(step.unit).works(today)
        assert not is_off(today)
        if step.leg == "unit":
            owed = sum(entry.stood(step.at) in OWED for entry in mine[step.about, step.unit])
        else:
            came = led[step.about, f"m{step.unit:02}"]
            owed = sum(entry.stood(step.at) == "submitted" for entry in came)
            assert today > step.about.due()
        assert owed == step.owed > 0


def test_nobody_above_hears_before_the_unit_itself(books: Books) -> None:
    own: dict[tuple[Dates, str, int], list[date]] = defaultdict(list)
    for step in books.reminders:
        if step.to == "reporter":
            own[step.about, step.leg, step.unit].append(step.planned_on)
    above = [step for step in books.reminders if step.to != "reporter"]
    assert {step.offset for step in above} == {3, 5, 8}
    for step in above:
        assert min(own[step.about, step.leg, step.unit]) < step.planned_on
        assert step.told != step.unit or step.to in ("reviewer", "leader")
    assert {step.told for step in above if step.unit == town.HEADLESS} <= {0, None}


def test_a_unit_without_anybody_hears_through_its_inbox(books: Books) -> None:
    assert books.rows(f"SELECT count(*) FROM delivery WHERE address = '{town.code(town.LONELY)}'") > [(50,)]
    assert books.rows("SELECT DISTINCT state FROM delivery") == [("sent",)]


def test_a_units_messages_stay_within_its_week(books: Books) -> None:
    """Formal letters, and what those above are promised to hear, go out all the same."""
    weeks: Counter[tuple[int, int, int]] = Counter()
    own = [s for s in books.reminders if s.outcome == "sent" and s.to == "reporter"]
    with_letter = {(s.at, s.told, s.leg) for s in own if s.letter is not None}
    for at, told, leg in {(s.at, s.told, s.leg) for s in own}:
        if told and (at, told, leg) not in with_letter:
            year, week, _ = day(at.isoformat()).isocalendar()
            weeks[told, year, week] += 1
    assert max(weeks.values()) <= town.MESSAGES
    assert [step for step in books.reminders if step.outcome == "deferred"]


def test_steps_missed_while_the_machine_was_off_are_one_message(books: Books) -> None:
    sent = Counter(
        (step.about, step.leg, step.unit, step.to, step.told, step.at)
        for step in books.reminders
        if step.outcome == "sent"
    )
    assert set(sent.values()) == {1}
    assert [step for step in books.reminders if step.outcome == "merged" and is_off(step.planned_on)]


VERDICTS = """
    SELECT target_id, indicator.code, as_of, known_at, state, level, actual, reported_as_of FROM verdict
    JOIN target ON target.id = target_id JOIN indicator ON indicator.id = indicator_id
"""


def test_a_missing_number_is_never_a_zero(books: Books) -> None:
    judged = books.rows(VERDICTS)
    reported: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for target, as_of, at, value in books.rows("SELECT target_id, as_of, recorded_at, value FROM report"):
        reported[target].append((as_of, at, value))
    silent = 0
    for target, name, as_of, known_at, state, level, actual, about in judged:
        known = [row for row in reported[target] if row[0] <= as_of and row[1] <= known_at]
        newest = max(known, default=None)
        assert (actual, about) == ((newest[2], newest[0]) if newest else (None, None))
        wanted = as_of if name[0] != "w" else str(max(end for end in week_ends() if str(end) <= as_of))
        if about != wanted and state != "no_target":
            silent += 1
            assert level is None
            assert state in ("not_reported", "awaited", "source_down")
    assert silent


def test_a_briefing_names_the_units_that_have_not_reported(passed: Year, books: Books) -> None:
    ((facts,),) = books.rows("SELECT facts FROM briefing WHERE as_of = '2025-12-31'")
    assert "第51单位" in facts
    assert len(list(passed.home.glob("briefings/**/*.pdf"))) == 2


def test_nothing_issued_is_ever_rewritten(passed: Year) -> None:
    assert passed.issued
    assert passed.unchanged()
    with transaction(passed.engine) as session:
        assert audit.verify(session) is None


def test_corrections_are_asked_for_and_decided_as_units_and_office_did(books: Books, expected: Expected) -> None:
    known = books.corrections()
    meant = [
        (wish.unit, wish.indicator, str(wish.about.as_of), state, wish.asked_on, wish.decided_on)
        for wish, state in expected.corrections.items()
        if state is not None
    ]
    assert sorted(known) == sorted(meant)
    assert set(expected.corrections.values()) == {"approved", "refused", None}
    approved = sum(state == "approved" for *_, state, _, _ in known)
    assert books.rows("SELECT count(*) FROM report WHERE origin LIKE '更正%'") == [(approved,)]
    assert books.rows("SELECT count(*) FROM audit WHERE action = 'correction.request'") == [(len(known),)]
    assert books.rows("SELECT count(*) FROM audit WHERE action = 'correction.approve'") == [(approved,)]


def test_a_light_is_lit_where_a_number_says_so_and_never_where_none_has_come(books: Books) -> None:
    assert lights.lived(books) == lights.meant(books)
    opened = Counter(turn for turns in lights.lived(books).values() for turn, _, _ in turns)
    assert 50 < opened["opened"] < 400
    assert opened.keys() == {"opened", "worsened", "recovered"}


def test_no_light_is_lit_while_the_source_is_down(books: Books) -> None:
    supplied = {(unit, name) for unit in town.present(town.APRIL) for name in town.supplied()}
    assert lights.without_source(books, town.APRIL) >= supplied
    assert lights.states_behind(books) == {"reported"}


def test_people_hear_of_warnings_on_working_days_and_once_a_run(books: Books) -> None:
    reminded = books.rows("SELECT recorded_at, planned_on FROM warning_reminder")
    assert reminded
    assert all(COUNTRY.works(day(at)) and COUNTRY.works(date.fromisoformat(on)) for at, on in reminded)
    notices = Counter(books.rows("SELECT unit_id, kind, as_of FROM notice WHERE kind = 'warning'"))
    assert set(notices.values()) == {1}


def test_files_with_a_fault_are_refused_and_mended(passed: Year) -> None:
    assert passed.refused > 50
