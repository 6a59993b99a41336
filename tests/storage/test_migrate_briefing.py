"""Briefings from before drafts, editions and corrections stay as they were issued."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from diaodu.storage.migrate import check, upgrade

BEFORE = (
    "INSERT INTO scheme (code) VALUES ('2023')",
    "INSERT INTO unit (scheme_id, code) VALUES (1, 'u')",
    "INSERT INTO scheme_version (scheme_id, name, starts, ends, cadence, report_due, rest_day, reminders, escalations,"
    " short_notice, ranking_measure, tie, issuer, masthead, number_prefix, effective_from, recorded_at) VALUES (1, 's',"
    " '2023-01-01', '2023-12-31', 'monthly', '5 workdays', 'after', '', '', 'warn', 'completion', 'ordinal', 'i', 'm',"
    " 'p', '2023-01-01', '2023-01-05')",
    "INSERT INTO briefing (scheme_id, kind, year, serial, number, as_of, known_at, facts, digest, issued_at, issued_by)"
    " VALUES (1, 'monthly', 2023, 1, '第1期', '2023-10-31', '2023-11-09', '{}', 'd', '2023-11-09', '考核办')",
    "INSERT INTO briefing_file (briefing_id, format, path, digest) VALUES (1, 'pdf', 'a.pdf', 'e')",
    "INSERT INTO meeting (unit_id, kind, day, hosts, guests, outcome, recorded_by, recorded_at)"
    " VALUES (1, 'visit', '2023-11-01', 'a', 'b', 'c', 'd', '2023-11-01')",
)


def test_an_issue_stays_issued_and_a_draft_may_follow(blank_engine: Engine) -> None:
    upgrade(blank_engine, "0005")
    with blank_engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
    upgrade(blank_engine)
    check(blank_engine)
    with blank_engine.begin() as connection:
        known = connection.execute(sa.text("SELECT state, serial, number, issued_by, drafted_by FROM briefing")).one()
        assert tuple(known) == ("issued", 1, "第1期", "考核办", "考核办")
        assert tuple(connection.execute(sa.text("SELECT edition, format, path FROM briefing_file")).one()) == (
            "full",
            "pdf",
            "a.pdf",
        )
        assert tuple(connection.execute(sa.text("SELECT issue, circulation FROM scheme_version")).one()) == (
            "automatic",
            "units",
        )
        connection.exec_driver_sql("UPDATE meeting SET kind = 'conference'")
        connection.exec_driver_sql(BEFORE[4].replace("format", "edition, format").replace("'pdf'", "'leader', 'pdf'"))
    for wrong in (
        "UPDATE briefing SET serial = NULL, number = NULL, issued_at = NULL, issued_by = NULL",
        "UPDATE briefing SET reason = 'x'",
        BEFORE[3].replace(" 1, '第1期'", " 1, '第1期'"),
    ):
        with pytest.raises(IntegrityError), blank_engine.begin() as connection:
            connection.exec_driver_sql(
                wrong.replace(", digest,", ", digest, state, circulation, series, drafted_at, drafted_by,").replace(
                    "'d', '2023", "'d', 'issued', 'units', 'monthly', '2023-11-09', 'x', '2023"
                )
            )
