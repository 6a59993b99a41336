"""The loop by hand: one step of it or all, for one day, through the same ledger as the clock."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, workspace
from diaodu.language import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from sqlalchemy import Engine

    from diaodu.settings import Settings
    from diaodu.storage.run import Job, Lease

TOLD_OF = {
    "source_down",
    "source_faulty",
    "source_broken",
    "source_left",
    "file_faulty",
    "file_broken",
    "held",
    "reminded_later",
}
"""Outcomes of which a person wants to know what they befell, and why."""
Quiet = Annotated[bool, typer.Option("--quiet", help=_("不显示进度。"))]


def collect(as_of: AsOf, known_at: KnownAt = None, scheme: SchemeCode = None, quiet: Quiet = False) -> None:
    """开启当期报送，读取各数据源，催报，关闭到期的期次，列出已报、未报、待报的单位；已知时点在过去的，只列出当时的情况，不动任何期次。"""
    _by_hand("collect", as_of.date(), known_at, scheme, quiet)


def check(as_of: AsOf, known_at: KnownAt = None, scheme: SchemeCode = None, quiet: Quiet = False) -> None:
    """按序时进度和预警规则逐项研判。"""
    _by_hand("check", as_of.date(), known_at, scheme, quiet)


def warn(as_of: AsOf, known_at: KnownAt = None, scheme: SchemeCode = None, quiet: Quiet = False) -> None:
    """依据研判结果发出、升级、销号预警，并送达通知书。"""
    _by_hand("warn", as_of.date(), known_at, scheme, quiet)


def brief(as_of: AsOf, known_at: KnownAt = None, scheme: SchemeCode = None, quiet: Quiet = False) -> None:
    """印发当期简报（Word、PDF、HTML）。"""
    _by_hand("brief", as_of.date(), known_at, scheme, quiet)


def cycle(as_of: AsOf, known_at: KnownAt = None, scheme: SchemeCode = None, quiet: Quiet = False) -> None:
    """走完一轮：数据报送、指标研判、提醒预警、情况通报。"""
    _by_hand("cycle", as_of.date(), known_at, scheme, quiet)


def _by_hand(job: str, as_of: "date", known_at: str | None, scheme: str | None, quiet: bool) -> None:
    from diaodu import clock, log
    from diaodu.rules.schedule import Origin
    from diaodu.storage.run import Job

    settings, engine = workspace()
    log.to_file(settings.home)
    if as_of > clock.office_day(clock.now()):
        raise WrongInput(_("截至日不能晚于今天。"))
    known = None if known_at is None else moment(known_at)
    scheme_id = _scheme(engine, scheme, as_of, known or clock.now())
    lease = _once(settings, engine, Job(scheme_id, job, as_of, Origin.PERSON, known), quiet)
    _tell(settings, engine, lease)


def _scheme(engine: "Engine", code: str | None, as_of: "date", known_at: "datetime") -> int:
    from diaodu.storage.scheme import SchemeNotInForce, UnknownScheme, scheme_id, scheme_in_force
    from diaodu.storage.session import transaction

    with transaction(engine) as session:
        try:
            chosen = scheme_id(session, code)
            scheme_in_force(session, chosen, as_of, known_at)
        except UnknownScheme as wrong:
            raise WrongInput(_("没有这个考核方案；现有：") + ("、".join(wrong.known) or _("无"))) from None
        except SchemeNotInForce:
            raise WrongInput(_("这一天考核方案尚未生效，或在已知时点尚未入库。")) from None
    return chosen


def _once(settings: "Settings", engine: "Engine", job: "Job", quiet: bool) -> "Lease":
    """Run the job under a lease; ends the command with 1 and a reason when it did not run or failed."""
    import logging
    from datetime import timedelta

    from diaodu import clock
    from diaodu.storage import ledger
    from flows.cycle import steps
    from flows.desk import Desk
    from flows.wording import called

    def work(lease: "Lease") -> None:
        _walk(steps(Desk(engine, settings, lease, clock.now)), quiet)

    length = timedelta(seconds=settings.lease_seconds)
    try:
        return ledger.once(engine, job, ledger.new_holder(), work, now=clock.now, length=length)
    except ledger.NotRun as refused:
        typer.echo(_("未运行：") + called(refused.why), err=True)
    except Exception as error:
        logging.getLogger(__name__).exception("%s of %s failed", job.name, job.as_of)
        typer.echo(_("失败：{error}；详情见 {log}").format(error=error, log=settings.home / "diaodu.log"), err=True)
    raise typer.Exit(1)


def _walk(steps: "list[tuple[str, Callable[[], None]]]", quiet: bool) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from flows.wording import called

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as progress:
        for name, step in steps:
            shown = progress.add_task(called(name))
            step()
            progress.stop_task(shown)


def _tell(settings: "Settings", engine: "Engine", lease: "Lease") -> None:
    """Say what was done, from the outcomes the run put down, and where its files are."""
    from diaodu.storage.run import items
    from diaodu.storage.session import transaction
    from flows.desk import TALLY, WRITTEN
    from flows.wording import called

    with transaction(engine) as session:
        done = items(session, lease.run_id)
    for step in dict.fromkeys(item.step for item in done):
        mine = [item for item in done if item.step == step]
        tallies = [f"{item.subject} {item.detail}" for item in mine if item.outcome == TALLY]
        counts = Counter(item.outcome for item in mine if item.outcome != TALLY)
        typer.echo(f"{called(step)}：" + "，".join([*tallies, *(f"{called(o)} {n}" for o, n in counts.items())]))
        for item in mine:
            if item.outcome == WRITTEN:
                typer.echo(f"  {settings.home / (item.detail or '')}")
            elif item.outcome in TOLD_OF:
                typer.echo(f"  {item.subject}：{item.detail}")
    again = _("（第 {n} 次运行）").format(n=lease.attempt) if lease.attempt > 1 else ""
    typer.echo(_("完成：{job}，截至 {day}").format(job=called(lease.job), day=lease.as_of) + again)
