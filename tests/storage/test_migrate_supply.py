"""What sources supply is kept, as known since they were registered; a scheme's own calendar goes on as before."""

import sqlalchemy as sa
from sqlalchemy import Engine

from diaodu.storage.migrate import check, upgrade

SCHEME = (
    "scheme_id, name, starts, ends, cadence, report_due, rest_day, reminders, escalations, short_notice,"
    " ranking_measure, tie, issuer, masthead, number_prefix, effective_from, recorded_at"
)
BEFORE = (
    "INSERT INTO scheme (code) VALUES ('2023')",
    f"INSERT INTO scheme_version ({SCHEME}) VALUES (1, '考核', '2023-01-01', '2023-12-31', 'monthly', '5 workdays',"
    " 'after', 'T', 'T+3 reviewer', 'warn', 'completion', 'ordinal', 'x', 'x', 'x', '2023-01-01', '2023-01-05')",
    "INSERT INTO indicator (scheme_id, code) VALUES (1, 'i')",
    "INSERT INTO source (scheme_id, name, kind, location, options, precedence, active)"
    " VALUES (1, '统计局', 'folder', '/', '{}', 2, true), (1, '停用', 'folder', '/', '{}', 1, false),"
    " (1, '财政局', 'folder', '/', '{}', NULL, true)",
    "INSERT INTO supply (source_id, indicator_id) VALUES (1, 1), (2, 1), (3, 1)",
    "INSERT INTO audit (at, actor, action, subject, detail, previous, digest)"
    " VALUES ('2023-11-10 01:00:00', '李某', 'source.add', '1 统计局', '{}', 'a', 'b')",
)


def test_sources_go_on_supplying_and_the_calendar_stays(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0005")
    with blank_engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.connect() as connection:
        found = connection.execute(
            sa.text("SELECT source_id, supplies, precedence, recorded_at FROM supply_version ORDER BY source_id")
        ).all()
        own = connection.execute(sa.text("SELECT cadence, every, windows FROM scheme_version")).one()
    known = [(source, bool(supplies), precedence, str(at)[:16]) for source, supplies, precedence, at in found]
    assert known == [(1, True, 2, "2023-11-10 01:00"), (3, True, None, "1970-01-01 00:00")]
    assert tuple(own) == ("monthly", 1, None)
