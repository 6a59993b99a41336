"""Verdicts and warnings from before units were judged as wholes are kept as they were."""

import sqlalchemy as sa
from sqlalchemy import Engine

from diaodu.storage.migrate import check, upgrade

BEFORE = (
    "INSERT INTO scheme (code) VALUES ('2023')",
    "INSERT INTO indicator (scheme_id, code) VALUES (1, 'i')",
    "INSERT INTO unit (scheme_id, code) VALUES (1, 'u')",
    "INSERT INTO target (indicator_id, unit_id) VALUES (1, 1)",
    "INSERT INTO verdict (target_id, as_of, period, known_at, state, reason, level, severity, standing, explanation,"
    " digest) VALUES (1, '2023-10-31', '2023-10-31', '2023-11-08', 'reported', 'held', 'red', 3, '{}', 'x', 'd')",
    "INSERT INTO warning (target_id, rule, state, level, severity, floor, opened_as_of, opened_at)"
    " VALUES (1, 'r', 'issued', 'red', 3, 0, '2023-10-31', '2023-11-08')",
    "INSERT INTO warning_event (warning_id, position, to_state, to_level, severity, floor, cause, actor, verdict_id,"
    " as_of, recorded_at) VALUES (1, 1, 'issued', 'red', 3, 0, 'opened', 'c', 1, '2023-10-31', '2023-11-08')",
)


def test_what_was_judged_and_warned_stays_about_its_target(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0005")
    with blank_engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.begin() as connection:
        for table in ("verdict", "warning"):
            row = connection.execute(sa.text(f"SELECT target_id, unit_id, level FROM {table}")).one()
            assert tuple(row) == (1, None, "red")
        event = connection.execute(sa.text("SELECT warning_id, verdict_id, cause FROM warning_event")).one()
        assert tuple(event) == (1, 1, "opened")
        connection.exec_driver_sql(BEFORE[5].replace("(target_id,", "(unit_id,"))  # beside the target's own
        connection.exec_driver_sql("UPDATE verdict SET reason = 'at_least'")
