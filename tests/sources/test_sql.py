"""Databases as sources: real ones, asked by somebody who may write, and cannot."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from sqlmodel import Session

from diaodu.sources import registry
from diaodu.sources.cell import Wrong
from diaodu.sources.database import DATABASES, Bounds
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from diaodu.sources.single_select import proven
from tests import cluster
from tests.sources import mariadb
from tests.sources.contract import Given, check_contract

NOVEMBER = date(2023, 11, 30)
QUERY = "SELECT zb AS indicator, dw AS unit, rq AS as_of, sz AS value FROM progress WHERE rq = :as_of ORDER BY sz"
TABLE = "CREATE TABLE progress (zb varchar(40), dw varchar(40), rq varchar(10), sz varchar(40))"
Do = Callable[..., list[tuple[Any, ...]]]


@dataclass
class Database:
    """Somebody's database, given its rows by the contract; `do` is its owner's hand."""

    location: str
    do: Do
    kind: str = "sql"

    @property
    def place(self) -> Place:
        return Place(self.location, {"query": QUERY, "seconds": 5}, NOVEMBER)

    def give(self, rows: Sequence[Given]) -> None:
        values = ", ".join(f"({', '.join(repr(word) for word in row)})" for row in rows)
        self.do("DELETE FROM progress", f"INSERT INTO progress VALUES {values}")

    def go_away(self) -> None:
        """Move the server's socket, or the file."""
        url = make_url(self.location)
        gone = url.update_query_dict(dict.fromkeys(url.query, "/nowhere"))
        moved = gone if url.query else url.set(database=f"{url.database}.gone")
        self.location = moved.render_as_string(hide_password=False)

    def read(self, query: str = QUERY, **options: Any) -> Found:
        return registry.read(self.kind, Place(self.location, {"query": query, **options}, NOVEMBER))

    def ask(self, query: str, seconds: int = 5) -> list[tuple[Any, ...]]:
        """Past every check of words: what the connection itself allows."""
        url = make_url(self.location)
        return DATABASES[url.drivername](url, query, Bounds(seconds, 1000, False, None), "db").rows


def sqlite(folder: Path) -> Database:
    file = folder / "theirs.db"

    def do(*statements: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file, isolation_level=None)) as owner:
            return [row for statement in statements for row in owner.execute(statement)]

    do(TABLE)
    return Database(f"sqlite:///{file}", do)


@pytest.fixture
def theirs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """One of the databases, with an empty table."""
    if request.param == "sqlite":
        yield sqlite(tmp_path)
    else:
        yield request.getfixturevalue(request.param)


@pytest.fixture
def postgresql(worker_id: str) -> Iterator[Database]:
    address, name = cluster.address().replace("postgresql+psycopg", "postgresql"), f"theirs_{worker_id}"
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}".encode())
    own = make_url(address).set(database=name).render_as_string(hide_password=False)

    def do(*statements: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(own, autocommit=True) as owner:
            last = [owner.execute(statement.encode()) for statement in statements][-1]
            return last.fetchall() if last.description else []

    do(TABLE)
    yield Database(own, do)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="module")
def mariadb_socket() -> Iterator[Path]:
    with mariadb.mariadb() as socket:
        yield socket


@pytest.fixture
def maria(mariadb_socket: Path) -> Iterator[Database]:
    def do(*statements: str) -> list[tuple[Any, ...]]:
        return mariadb.do(mariadb_socket, "USE theirs", *statements)

    mariadb.do(mariadb_socket, "CREATE DATABASE theirs CHARACTER SET utf8mb4", "USE theirs", TABLE)
    yield Database(f"mariadb://root@localhost/theirs?unix_socket={mariadb_socket}", do)
    mariadb.do(mariadb_socket, "DROP DATABASE theirs")


ALL = ("sqlite", "postgresql", *(("maria",) if mariadb.IS_TO_RUN else ()))
each = pytest.mark.parametrize("theirs", ALL, indirect=True)


@each
def test_it_keeps_what_every_source_promises(theirs: Database, session: Session) -> None:
    check_contract(theirs, session)


WRITES = (
    "DELETE FROM progress",
    "INSERT INTO progress VALUES ('a', 'b', 'c', '1')",
    "CREATE TABLE mine (a int)",
    "DROP TABLE progress",
    "UPDATE progress SET sz = '0'",
)


@each
@pytest.mark.parametrize("write", WRITES)
def test_the_connection_itself_writes_nothing_whatever_is_sent(theirs: Database, write: str) -> None:
    theirs.give([("investment", "east", "2023-11-30", "1")])
    with pytest.raises((SourceDown, Faults)):
        theirs.ask(write)
    assert theirs.do("SELECT count(*), min(sz) FROM progress") == [(1, "1")]


FOREVER = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT count(*) FROM generate_series(1, 10000000000) AS n",
    "mariadb": "SELECT count(*) FROM {0} a, {0} b, {0} c".format("information_schema.columns"),
}


@each
def test_a_question_without_end_is_ended_in_time(theirs: Database) -> None:
    with pytest.raises(SourceDown, match="1 秒"):
        theirs.ask(FOREVER[make_url(theirs.location).drivername], seconds=1)


@each
def test_more_rows_than_allowed_are_a_source_down_and_not_a_part(theirs: Database) -> None:
    theirs.give([("investment", "east", "2023-11-30", str(n)) for n in range(5)])
    with pytest.raises(SourceDown, match="3 行"):
        theirs.read(rows=3)
    (file,) = theirs.read(rows=5).files
    assert len(file.rows("reports")) == 5


@each
def test_a_query_that_does_not_fit_is_a_fault_in_the_databases_own_words(theirs: Database) -> None:
    for query in ("SELECT nothing FROM progress", "SELECT * FROM elsewhere"):
        with pytest.raises(Faults, match="不认这条语句"):
            theirs.read(query)
    with pytest.raises(Faults, match="没有“value”这一列"):
        theirs.read("SELECT zb AS indicator, dw AS unit FROM progress")


@each
def test_numbers_come_with_all_their_digits_and_days_as_days(theirs: Database) -> None:
    day = "'2023-11-30'" if theirs.location.startswith("sqlite") else "CAST('2023-11-30' AS DATE)"
    for written, micro in (("0.1", 100_000), ("CAST('123456789012.123456' AS DECIMAL(20, 6))", None), ("7", 7_000_000)):
        query = f"SELECT 'investment' AS indicator, 'east' AS unit, {day} AS as_of, {written} AS value"
        (file,) = theirs.read(query).files
        (row,) = file.rows("reports")
        assert row.values["as_of"] == NOVEMBER
        assert not file.faults
        if micro is not None:
            assert row.values["value"] == micro
        elif not theirs.location.startswith("sqlite"):  # SQLite keeps decimals as floats
            assert row.values["value"] == 123_456_789_012_123_456


def test_a_row_without_a_day_speaks_of_the_day_asked_for(tmp_path: Path) -> None:
    theirs = sqlite(tmp_path)
    (file,) = theirs.read("SELECT 'investment' AS Indicator, 'east' AS UNIT, 5 AS value").files
    assert file.rows("reports")[0].values["as_of"] == NOVEMBER
    assert file.rows("reports")[0].origin.endswith("第 1 行")


def test_columns_have_names_of_their_own(tmp_path: Path) -> None:
    theirs = sqlite(tmp_path)
    columns = {"indicator": "zb", "unit": "dw", "value": "sz", "as_of": "rq", "note": "bz"}
    (file,) = theirs.read("SELECT 'investment' zb, 'east' dw, '2023-10-31' rq, 5 sz, '在建' bz", **columns).files
    (row,) = file.rows("reports")
    assert (row.values["as_of"], row.values["note"]) == (date(2023, 10, 31), "在建")


REFUSED = (
    ("postgresql", "DELETE FROM t", "只许"),
    ("postgresql", "SELECT 1; DROP TABLE t", "只许一条"),
    ("postgresql", "SELECT * INTO mine FROM t", "不许"),
    ("postgresql", "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "不许"),
    ("postgresql", "SELECT * FROM t FOR UPDATE", "不许"),
    ("postgresql", "SELECT pg_terminate_backend(1)", "pg_terminate_backend"),
    ("postgresql", "SELECT set_config('statement_timeout', '0', false)", "set_config"),
    ("postgresql", "SELECT * FROM dblink_exec('a', 'b')", "dblink_exec"),
    ("postgresql", "SELECT pg_catalog.pg_read_file('/etc/passwd')", "函数"),
    ("postgresql", "COPY t TO '/tmp/x'", "只许"),
    ("mysql", "SELECT * FROM t INTO OUTFILE '/tmp/x'", "看不懂"),
    ("mysql", "SELECT LOAD_FILE('/etc/passwd')", "LOAD_FILE"),
    ("mysql", "SELECT @a := 1", "不许"),
    ("mariadb", "SELECT SLEEP(100)", "SLEEP"),
    ("sqlite", "SELECT load_extension('x')", "load_extension"),
    ("sqlite", "ATTACH 'x' AS y", "只许"),
    ("sqlite", "PRAGMA query_only = OFF", "只许"),
    ("sqlite", "SELECT a FROM t WHERE d = :day", "as_of"),
    ("sqlite", "", "SELECT"),
    ("sqlite", "SELECT FROM WHERE (", "看不懂"),
)


@pytest.mark.parametrize(("database", "query", "word"), REFUSED)
def test_only_one_plain_select_is_allowed(database: str, query: str, word: str) -> None:
    with pytest.raises(Wrong, match=word):
        proven(query, database)


ALLOWED = (
    ("postgresql", "WITH m AS (SELECT date_trunc('month', d) AS m, sum(v) AS v FROM t GROUP BY 1) SELECT * FROM m"),
    (
        "postgresql",
        "SELECT coalesce(v, 0), round(v, 2), to_char(d, 'YYYY-MM') FROM t WHERE d = :as_of AND n LIKE '%区'",
    ),
    ("mysql", "SELECT DATE_FORMAT(d, '%Y-%m'), IFNULL(v, 0), LAST_DAY(d) FROM t UNION ALL SELECT 1, 2, 3"),
    ("sqlite", "SELECT strftime('%Y', d), CASE WHEN v > 0 THEN v END FROM t"),
)


@pytest.mark.parametrize(("database", "query"), ALLOWED)
def test_what_only_reads_is_allowed(database: str, query: str) -> None:
    assert proven(query, database).sql()


def test_a_comment_that_mysql_would_execute_is_not_sent(tmp_path: Path) -> None:
    theirs = sqlite(tmp_path)
    (file,) = theirs.read("SELECT 'investment' AS indicator, 'east' AS unit, 1 AS value /*! , 2 AS sz */").files
    assert len(file.rows("reports")) == 1


LOCATIONS = (
    ("oracle://u@h/db", "postgresql://"),
    ("postgresql://u:secret@h/db", "密码"),
    ("postgresql://u@h", "postgresql://"),
    ("postgresql://u@h/db?options=-c%20default_transaction_read_only=off", "postgresql://"),
    ("/tmp/theirs.db", "sqlite:///"),
)


@pytest.mark.parametrize(("location", "word"), LOCATIONS)
def test_a_location_names_a_database_and_no_password(location: str, word: str) -> None:
    _location, _options, faults = registry.settled("sql", "对方", location, {"query": "SELECT 1"})
    assert [word in fault.right for fault in faults] == [True]


def test_a_hand_that_is_not_let_in_is_a_source_down(tmp_path: Path, postgresql: Database) -> None:
    away = postgresql.location.replace("/theirs_", "/no_such_")
    with pytest.raises(SourceDown, match="no_such"):
        registry.read("sql", Place(away, {"query": QUERY}, NOVEMBER))
    (tmp_path / "not.db").write_bytes(b"nothing of a database" * 100)
    with pytest.raises(SourceDown, match="not a database"):
        registry.read("sql", Place(f"sqlite:///{tmp_path}/not.db", {"query": QUERY}, NOVEMBER))
