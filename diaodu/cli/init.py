"""Making a workspace, or bringing one to this release."""

import typer

from diaodu.language import _

FIRST_YEAR = 2018


def init() -> None:
    """建立或升级工作区：数据库、工作日历、配置文件。"""
    from diaodu import clock
    from diaodu.actions.calendar import fill_years
    from diaodu.cli.calendar_view import say_carried
    from diaodu.cli.office import editor
    from diaodu.settings import Settings
    from diaodu.storage.engine import open_engine
    from diaodu.storage.migrate import upgrade
    from diaodu.storage.session import transaction
    from diaodu.templating import SHIPPED

    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    config = settings.home / "diaodu.toml"
    if not config.exists():
        config.write_text((SHIPPED / "workspace" / "diaodu.toml").read_text(encoding="utf-8"), encoding="utf-8")
    engine = open_engine(settings.database)
    upgrade(engine)
    year = clock.office_day(clock.now()).year
    with transaction(engine) as session:
        filled = fill_years(session, editor(settings), range(FIRST_YEAR, year + 2))
    typer.echo(_("工作区：") + str(settings.home.resolve()))
    typer.echo(_("配置文件：") + str(config))
    if filled.listed:
        say_carried(filled)
    typer.echo(_("下一步：diaodu plan import 方案文件夹"))
