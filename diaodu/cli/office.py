"""Opening the workspace for one command: settings, database and the scheme spoken of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.language import _

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from diaodu.actions.rescheduling import Editor
    from diaodu.settings import Settings

AsOf = Annotated[
    datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("截至日，如 2023-11-30。"), show_default=False)
]
UpTo = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("只列截至这一天及以前的；默认全部。")),
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help=_("已知时点：只用这一刻以前入库的数据和规则；默认此刻。"))
]
SchemeCode = Annotated[str | None, typer.Option("--scheme", help=_("考核方案编码；只有一个方案时可省略。"))]


class WrongInput(typer.Exit):
    """Ends a command with exit code 2 after saying what is wrong."""

    def __init__(self, message: str) -> None:
        typer.echo(message, err=True)
        super().__init__(2)


def moment(text: str | None) -> datetime:
    """`--known-at` and `--recorded-at`: a day (its end, in the office's zone) or an ISO time; blank is now, in UTC."""
    from diaodu import clock

    if text is None:
        return clock.now()
    try:
        if len(text) == len("2023-11-30"):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, clock.OFFICE_ZONE).astimezone(UTC)
        stamp = datetime.fromisoformat(text)
    except ValueError:
        raise WrongInput(_("时间应写成 2023-11-30 或 2023-11-30T08:30：") + text) from None
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=clock.OFFICE_ZONE)).astimezone(UTC)


def workspace() -> "tuple[Settings, Engine]":
    """Settings and engine of the workspace; ends the command when it has not been made yet."""
    from diaodu.settings import Settings
    from diaodu.storage.engine import open_engine
    from diaodu.storage.migrate import is_current

    settings = Settings()
    engine = open_engine(settings.database)
    if not (settings.database_url or (settings.home / "diaodu.db").exists()) or not is_current(engine):
        raise WrongInput(_("工作区尚未建立或需要升级，请先运行：diaodu init"))
    return settings, engine


@contextmanager
def office(scheme: str | None = None) -> "Iterator[tuple[Settings, Session, int]]":
    """Settings, one transaction, and the id of the scheme named (or the only one there is)."""
    from diaodu.storage.scheme import UnknownScheme, scheme_id
    from diaodu.storage.session import transaction

    settings, engine = workspace()
    with transaction(engine) as session:
        try:
            chosen = scheme_id(session, scheme)
        except UnknownScheme as wrong:
            raise WrongInput(_("没有这个考核方案；现有：") + ("、".join(wrong.known) or _("无"))) from None
        yield settings, session, chosen


def editor(settings: "Settings") -> "Editor":
    """Who changes the working-day calendar here and now, and how units hear of it."""
    from diaodu import clock
    from diaodu.actions.rescheduling import Editor
    from diaodu.templating import environment
    from notifications.registry import open_channels

    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    return Editor(settings.actor, clock.now(), ways, environment(settings.home))
