"""A sender in a process of its own, for tests that kill it."""

from datetime import datetime
from pathlib import Path

import httpcore  # noqa: F401  (loaded before the fork, as the driver is)
import psycopg  # noqa: F401

from diaodu.settings import Robot
from diaodu.storage.engine import open_engine
from notifications.channel import Channel
from notifications.etiquette import Etiquette
from notifications.outbox import Outbox
from notifications.posting import TIMEOUT, client
from notifications.sms import Sms
from notifications.webhook import Webhook
from notifications.wecom import WeCom
from notifications.wecom_robot import WeComRobot

client(TIMEOUT)  # opened before the fork, too


def channels(url: str) -> dict[str, Channel]:
    """Channels that know keys, one that knows the same content, and one that knows nothing."""
    body = '{"mobile":"$phone","content":"$text","serial":"$key"}'
    headers = {"Content-Type": "application/json", "X-Token": "gateway secret"}
    return {
        "webhook": Webhook("secret"),
        "wecom": WeCom(url, "corp", 1000002, "secret"),
        "wecom_robot": WeComRobot({"西区群": Robot(kind="wecom", url=f"{url}/robot?key=key")}),
        "sms": Sms(f"{url}/sms", body, headers, signature="【考核办】", result="result.code", later=["F99"]),
    }


def drain(database: str, url: str, holder: str, now: datetime) -> None:
    """Send whatever is due, as of `now`."""
    engine = open_engine(database)
    Outbox(engine, channels(url), Path(), holder, lambda: now, etiquette=Etiquette(digest_above=1_000_000)).drain()
    engine.dispose()
