"""Databases for tests: an empty, migrated one per test, on SQLite and on PostgreSQL, at the price of milliseconds."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine, make_url, text
from sqlmodel import Session

from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from diaodu.storage.tables import METADATA
from tests import cluster

DATABASES = ("sqlite", "postgresql")

hypothesis.settings.register_profile("busy machine", deadline=None, max_examples=50)
hypothesis.settings.load_profile("busy machine")


LONGEST = ("tests/year", "tests/flows/test_killed_collector.py", "tests/stories/test_walk.py", "tests/test_tutorial.py")
"""What takes minutes goes first, so that no worker is left alone with it in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        cluster.reserve()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        cluster.release()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of this release, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "diaodu.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(worker_id: str) -> Iterator[Engine]:
    """This worker's own PostgreSQL database; every test leaves it empty."""
    with _new_postgresql(f"diaodu_{os.getpid()}_{worker_id}") as engine:
        upgrade(engine)
        yield engine


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of this release."""
    if request.param == "postgresql":
        engine = request.getfixturevalue("migrated_postgresql")
        yield engine
        _empty(engine)
        return
    path = tmp_path / "diaodu.db"
    shutil.copy(request.getfixturevalue("migrated_file"), path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def blank_engine(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "postgresql":
        with _new_postgresql(f"blank_{os.getpid()}_{worker_id}") as engine:
            yield engine
        return
    engine = open_engine(f"sqlite:///{tmp_path / 'blank.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One transaction on an empty database."""
    with transaction(engine) as session:
        yield session


@contextmanager
def _new_postgresql(name: str) -> Iterator[Engine]:
    server = open_engine(cluster.address()).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine = open_engine(make_url(cluster.address()).set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _empty(engine: Engine) -> None:
    """Delete every row and count from 1 again: some milliseconds, where TRUNCATE and DDL take fifty."""
    statements = [f'DELETE FROM "{table.name}"' for table in METADATA.sorted_tables]
    restart = "SELECT setval(quote_ident(sequencename)::regclass, start_value, false)"
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("; ".join(statements))
        connection.exec_driver_sql(f"{restart} FROM pg_sequences WHERE last_value IS NOT NULL")
