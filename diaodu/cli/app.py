"""The command line: its groups, and the exit codes a script can rely on (0 ok, 1 failed, 2 wrong input)."""

from typing import Any

import typer
from typer.main import get_command

from diaodu.cli import (
    asking,
    briefing,
    briefing_draft,
    burden,
    calendar,
    chase,
    conference,
    correction,
    delivery,
    demo,
    discrepancy,
    distribution,
    doctor,
    init,
    judgement,
    meeting,
    milestone,
    notice,
    period,
    plan,
    policy,
    report,
    request,
    run,
    schedule,
    serve,
    source,
    template,
    verdict,
    warning,
)
from diaodu.language import _, is_english

app = typer.Typer(
    name="diaodu",
    help=_("调度：指标分解、数据报送、提醒预警、情况通报，一环不落。"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _command in (
    demo.demo,
    init.init,
    run.collect,
    run.check,
    run.warn,
    run.brief,
    run.cycle,
    burden.burden,
    serve.serve,
    doctor.doctor,
):
    app.command()(_command)
app.add_typer(calendar.app, name="calendar")
app.add_typer(source.app, name="source")
app.add_typer(schedule.app, name="schedule")
app.add_typer(plan.app, name="plan")
app.add_typer(report.app, name="report")
app.add_typer(discrepancy.app, name="discrepancy")
request.app.command("ask")(asking.ask)
request.app.command("withdraw")(asking.withdraw)
app.add_typer(request.app, name="request")
app.add_typer(chase.app, name="chase")
app.add_typer(period.app, name="period")
app.add_typer(correction.app, name="correction")
for _name, _step in briefing_draft.STEPS.items():
    briefing.app.command(_name)(_step)
briefing.app.add_typer(distribution.app, name="distribution")
app.add_typer(briefing.app, name="briefing")
app.add_typer(policy.app, name="policy")
app.add_typer(verdict.app, name="verdict")
app.add_typer(warning.app, name="warning")
app.add_typer(notice.app, name="notice")
app.add_typer(template.app, name="template")
app.add_typer(milestone.app, name="milestone")
app.add_typer(meeting.interview, name="interview")
app.add_typer(meeting.visit, name="visit")
app.add_typer(conference.app, name="conference")
app.add_typer(judgement.app, name="judgement")
app.add_typer(delivery.app, name="delivery")


def main() -> None:
    """Run the command line."""
    command = get_command(app)
    if is_english():
        translate(command)
    command()


def translate(command: Any) -> None:
    """Docstrings are the help of commands; the catalogue knows them too."""
    if command.help:
        command.help = _(command.help)
    for below in getattr(command, "commands", {}).values():
        translate(below)
