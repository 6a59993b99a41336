"""How Prefect is told to behave before it is imported: offline, silent, in its own corner."""

from pathlib import Path

import pytest

from flows.embedding import environment

SET = environment(Path("office"), "127.0.0.1", 4210)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
        ("DO_NOT_TRACK", "1"),
        ("PREFECT_SERVER_EPHEMERAL_ENABLED", "false"),
        ("PREFECT_SERVER_UI_V2_ENABLED", "false"),
        ("PREFECT_API_URL", "http://127.0.0.1:4210/prefect/api"),
    ],
)
def test_prefect_is_told(name: str, value: str) -> None:
    assert SET[name] == value


def test_its_database_is_its_own_file_in_the_workspace() -> None:
    folder = Path("office").absolute() / "prefect"
    assert SET["PREFECT_SERVER_DATABASE_CONNECTION_URL"] == f"sqlite+aiosqlite:///{folder}/prefect.db"


@pytest.mark.parametrize(
    ("host", "found"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("10.0.0.5", "10.0.0.5"), ("office", "office")]
)
def test_a_process_that_listens_everywhere_finds_itself(host: str, found: str) -> None:
    assert environment(Path("office"), host, 1)["PREFECT_API_URL"] == f"http://{found}:1/prefect/api"
