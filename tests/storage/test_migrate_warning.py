"""Warnings from before acts, owners and promised days were recorded are kept as they were."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from diaodu.storage.migrate import check, upgrade

BEFORE = (
    "INSERT INTO scheme (code) VALUES ('2023')",
    "INSERT INTO indicator (scheme_id, code) VALUES (1, 'i')",
    "INSERT INTO unit (scheme_id, code) VALUES (1, 'u')",
    "INSERT INTO target (indicator_id, unit_id) VALUES (1, 1)",
    "INSERT INTO warning (target_id, rule, state, level, severity, floor, opened_as_of, opened_at)"
    " VALUES (1, 'r', 'planned', 'red', 3, 0, '2023-10-31', '2023-11-08')",
    "INSERT INTO warning_event (warning_id, position, to_state, to_level, severity, floor, cause, note, actor, as_of,"
    " recorded_at) VALUES (1, 1, 'planned', 'red', 3, 0, 'by_person', 'x', 'w', '2023-10-31', '2023-11-08')",
)


def test_a_warning_keeps_its_life_and_may_go_on(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0002")
    with blank_engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.begin() as connection:
        known = connection.execute(sa.text("SELECT state, owner, rectify_by FROM warning")).one()
        event = connection.execute(sa.text("SELECT cause, act, note FROM warning_event")).one()
        assert (tuple(known), tuple(event)) == (("planned", None, None), ("by_person", None, "x"))
        connection.exec_driver_sql("UPDATE warning_event SET cause = 'unacknowledged'")
    with pytest.raises(IntegrityError), blank_engine.begin() as connection:
        connection.exec_driver_sql(BEFORE[4])  # still one open for one target and rule


JUDGED = (
    "INSERT INTO verdict (target_id, as_of, known_at, state, reason, level, severity, standing, explanation, digest)"
    " VALUES (1, '2023-10-31', '2023-11-08', 'reported', 'level_matched', 'red', 3, '{}', 'x', 'x')",
    "INSERT INTO meeting (unit_id, kind, day, hosts, guests, outcome, warning_id, recorded_by, recorded_at)"
    " VALUES (1, 'interview', '2023-11-08', '张', '王', '限期', 1, '李', '2023-11-08')",
)


def test_what_was_there_before_levels_obliged_to_more_is_kept_and_may_go_on(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0005")
    with blank_engine.begin() as connection:
        for statement in (*BEFORE, *JUDGED):
            connection.exec_driver_sql(statement)
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.begin() as connection:
        held = connection.execute(sa.text("SELECT outcome, planned_meeting_id FROM meeting")).one()
        judged = connection.execute(sa.text("SELECT level, dimension FROM verdict")).one()
        step = connection.execute(sa.text("SELECT cause, rectify_due FROM warning_event")).one()
        found = [tuple(row) for row in (held, judged, step)]
        assert found == [("限期", None), ("red", None), ("by_person", None)]
        connection.exec_driver_sql("UPDATE warning_event SET act = 'apply'")


STEPS = (
    'INSERT INTO warning_reminder (warning_id, leg, due, to_role, "offset", planned_on, recorded_at)'
    " VALUES (1, '{leg}', '{due}', '{role}', 1, '{day}', '{at}')"
)


def test_the_steps_taken_for_a_leg_become_one_row_that_knows_how_far_they_went(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0005")
    steps = [
        ("sign", "2023-11-09", "reporter", "2023-11-09", "2023-11-10 01:00:00"),
        ("sign", "2023-11-09", "reporter", "2023-11-10", "2023-11-10 01:00:00"),
        ("sign", "2023-11-09", "office", "2023-11-14", "2023-11-14 01:00:00"),
        ("sign", "2023-11-20", "reporter", "2023-11-17", "2023-11-17 01:00:00"),
        ("plan", "2023-11-13", "reporter", "2023-11-13", "2023-11-13 01:00:00"),
    ]
    with blank_engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        for leg, due, role, day, at in steps:
            connection.exec_driver_sql(STEPS.format(leg=leg, due=due, role=role, day=day, at=at))
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.begin() as connection:
        wanted = sa.text("SELECT leg, due, planned_on, held_since, times FROM warning_reminder ORDER BY leg")
        rows = [tuple(map(str, row)) for row in connection.execute(wanted)]
    assert rows == [
        ("plan", "2023-11-13", "2023-11-13", "None", "1"),
        ("sign", "2023-11-20", "2023-11-17", "None", "3"),
    ]
