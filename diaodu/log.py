"""Where the house says what it is doing: a file in the workspace, and the terminal for `serve`."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "diaodu.log"
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MEGABYTE = 1_000_000
LOUD = ("apscheduler", "httpx", "httpcore", "alembic")


def to_file(home: Path, terminal: bool = False) -> Path:
    """Write to the workspace's log, kept to five files of a megabyte, and return its path."""
    path = home / NAME
    handlers: list[logging.Handler] = [RotatingFileHandler(path, maxBytes=MEGABYTE, backupCount=4, encoding="utf-8")]
    if terminal:
        handlers.append(logging.StreamHandler())
    logging.basicConfig(level=logging.INFO, format=FORMAT, handlers=handlers, force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    return path
