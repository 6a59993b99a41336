"""How Prefect behaves inside our process: offline, silent, in a database of its own. Set before Prefect is imported."""

from pathlib import Path

MOUNT = "/prefect"


def environment(home: Path, host: str, port: int) -> dict[str, str]:
    """Environment variables for Prefect's server and client; `port` is where our own site listens."""
    folder = home.absolute() / "prefect"
    api = f"{MOUNT}/api"
    return {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder / 'prefect.db'}",
        "PREFECT_API_URL": f"http://{_reachable(host)}:{port}{api}",
        "PREFECT_SERVER_API_BASE_PATH": api,
        "PREFECT_SERVER_UI_SERVE_BASE": MOUNT,
        "PREFECT_SERVER_UI_API_URL": api,
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the second version calls a service outside
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_UI_STATIC_DIRECTORY": str(folder / "ui"),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",  # no automations: our ledger recovers what crashed
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }


def _reachable(host: str) -> str:
    """Where this process finds itself when it listens everywhere."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
