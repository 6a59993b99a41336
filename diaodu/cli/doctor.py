"""Whether the house is in order: settings, database, audit, calendar, fonts, ways out."""

from typing import TYPE_CHECKING

import typer

from diaodu.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlmodel import Session

    from diaodu.settings import Settings

SECRET = ("password", "secret", "sms_url", "sms_body", "sms_headers")
Finding = tuple[bool | None, str, str]
"""Whether it is right (None: worth knowing), what was looked at, what was found."""


def doctor() -> None:
    """检查工作区：配置、数据库、审计链、工作日历、字体、发送渠道。有问题时以 1 退出。"""
    from diaodu.settings import Settings

    settings = Settings()
    for name in Settings.model_fields:
        typer.echo(f"  {name} = {masked(name, getattr(settings, name))}")
    found = list(_findings(settings))
    for right, what, said in found:
        mark = {True: "✓", False: "✗", None: "·"}[right]
        typer.echo(f"{mark} {what}：{said}")
    if any(right is False for right, _what, _said in found):
        raise typer.Exit(1)


def masked(name: str, value: object) -> str:
    """A setting as it may be shown: secrets, also inside a database address, are stars."""
    from sqlalchemy import make_url

    if value is None or value in ("", {}, []):
        return _("（未设）")
    if any(word in name for word in SECRET):
        return "******"
    if name == "robots" and isinstance(value, dict):
        return "、".join(f"{robot}（{of.kind}）" for robot, of in value.items())
    return make_url(str(value)).render_as_string() if name == "database_url" else str(value)


def _findings(settings: "Settings") -> "Iterator[Finding]":
    from sqlalchemy.exc import SQLAlchemyError

    from diaodu.cli.delivery import CHANNELS
    from diaodu.storage.engine import open_engine
    from diaodu.storage.migrate import is_current
    from notifications.registry import open_channels

    yield _fonts(settings.home)
    yield None, _("邮件"), settings.mail_host or _("未设，不发邮件")
    yield None, _("送达渠道"), "、".join(CHANNELS.get(name, name) for name in open_channels(settings))
    yield None, _("网络回调签名"), _("已设密钥") if settings.webhook_secret else _("未设密钥")
    if not (settings.database_url or (settings.home / "diaodu.db").exists()):
        yield False, _("数据库"), _("尚未建立，请运行 diaodu init")
        return
    engine = open_engine(settings.database)
    try:
        current = is_current(engine)
    except SQLAlchemyError as error:
        yield False, _("数据库"), _("连不上：") + str(error).splitlines()[0]
        return
    yield current, _("数据库"), _("结构与本版一致") if current else _("需要升级，请运行 diaodu init")
    if current:
        yield from _contents(engine, settings)


def _contents(engine: "Engine", settings: "Settings") -> "Iterator[Finding]":
    from diaodu import clock
    from diaodu.storage import audit, health, run
    from diaodu.storage.delivery_list import unreached
    from diaodu.storage.person import robots_named
    from diaodu.storage.session import transaction
    from flows.wording import called

    with transaction(engine) as session:
        broken = audit.verify(session)
        days = list(calendar_findings(session, clock.office_day(clock.now())))
        newest = run.latest(session, 1)
        warnings = health.open_warnings(session)
        lost = unreached(session)
        unknown = sorted(robots_named(session) - set(settings.robots))
    yield broken is None, _("审计链"), _("完整") if broken is None else _("从第 {id} 条起对不上").format(id=broken.id)
    yield from days
    for fire, attempt in newest:
        yield None, _("最近运行"), f"{called(fire.job)} {fire.as_of} {called(attempt.state)}"
    yield None, _("未销号预警"), str(warnings)
    if unknown:
        yield False, _("群机器人"), _("联系人表里写了，配置里没有：") + "、".join(unknown)
    many = _("{n} 条消息无处可达，见 diaodu delivery list --failed").format(n=lost)
    yield not lost, _("送达"), many if lost else _("没有无处可达的消息")


def calendar_findings(session: "Session", today: "date") -> "Iterator[Finding]":
    """Which years are a guess, what rests on that, and whether next year should be known by now."""
    from diaodu.rules.rescheduling import announcement_missing
    from diaodu.storage import health, holiday

    years, periods = health.provisional_years(session), health.provisional_deadlines(session)
    if years:
        said = _("{years} 年放假安排未公布，暂按推算").format(years="、".join(map(str, years)))
        tail = _("；{n} 期的报送期限因此待定").format(n=len(periods)) if periods else ""
        yield None, _("工作日历"), said + tail
    else:
        yield True, _("工作日历"), _("各年放假安排均已公布")
    missing = announcement_missing(holiday.workdays(session), today)
    if missing is not None:
        said = _("{year} 年放假安排还没有入库；公布后请运行 diaodu calendar import 文件，或升级后运行 diaodu init")
        yield None, _("放假安排"), said.format(year=missing)


def _fonts(home: "Path") -> Finding:
    from diaodu.briefing.fonts import EMBEDDED

    own = sorted(path.name for path in (home / "fonts").glob("*.[ot]t[fc]")) if (home / "fonts").is_dir() else []
    shipped = sorted(path.name for path in EMBEDDED.glob("*.[ot]t[fc]"))
    said = _("自带 {n} 种").format(n=len(shipped)) + (_("；工作区：") + "、".join(own) if own else "")
    return bool(shipped), _("字体"), said
