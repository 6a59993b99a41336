"""`diaodu delivery`: what became of every message, which wait and why, and which reached nobody."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import WrongInput, workspace
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from models.delivery import Delivery

app = typer.Typer(help=_("送达：每条消息的去向、等待的原因、未送达的再发、渠道的试发。"), no_args_is_help=True)
CHANNELS = {
    "mail": _("邮件"),
    "wecom": _("企业微信应用"),
    "wecom_robot": _("企业微信群机器人"),
    "dingtalk_robot": _("钉钉群机器人"),
    "feishu_robot": _("飞书群机器人"),
    "webhook": _("推送"),
    "sms": _("短信"),
    "inbox": _("站内信"),
    "console": _("控制台"),
}
COLUMNS = {
    "id": _("编号"),
    "created": _("写成"),
    "channel_name": _("渠道"),
    "address": _("地址"),
    "subject": _("标题"),
    "state_name": _("状态"),
    "reason_name": _("缘由"),
    "attempts": _("次数"),
    "when": _("送达或再试"),
    "error": _("原因"),
}


@app.command("list")
def list_(
    failed: Annotated[bool, typer.Option("--failed", help=_("只列未送达的。"))] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help=_("只列还在等待的。"))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出消息：走哪个渠道、给谁、到了没有、为什么。"""
    from diaodu.rules.routing import DeliveryState
    from diaodu.storage.delivery_list import FAILED, WAITING, deliveries
    from diaodu.storage.session import transaction

    _settings, engine = workspace()
    chosen = (FAILED if failed else ()) + (WAITING if waiting else ()) or tuple(DeliveryState)
    with transaction(engine) as session:
        rows = [_row(delivery) for delivery in deliveries(session, chosen)]
    show(rows, COLUMNS, form, _("送达"))


@app.command()
def resend(numbers: Annotated[list[int], typer.Argument(metavar=_("编号"), help=_("未送达的消息的编号。"))]) -> None:
    """把无处可达的消息再发一次：先在计划的联系人里改正地址。"""
    from diaodu import clock
    from diaodu.actions.delivery import CannotResend
    from diaodu.actions.delivery import resend as send_again
    from diaodu.storage.session import transaction
    from flows.warn import drain
    from notifications.registry import open_channels

    settings, engine = workspace()
    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    try:
        with transaction(engine) as session:
            again = send_again(session, numbers, ways, settings.actor, clock.now())
    except CannotResend as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    for delivery in again:
        way = CHANNELS.get(delivery.channel, delivery.channel)
        typer.echo(_("消息 {id} 改由{way}发往 {to}").format(id=delivery.instead_of, way=way, to=delivery.address))
    drain(engine, settings, clock.now)


@app.command("try")
def try_(
    channel: Annotated[str, typer.Argument(metavar=_("渠道"), help=_("如 mail、wecom_robot、sms。"))],
    address: Annotated[str, typer.Argument(metavar=_("地址"), help=_("邮箱、机器人的名字、企业微信账号或手机号。"))],
) -> None:
    """经一个渠道试发一条短消息，照原样显示对方的答复；不进送达记录。"""
    from diaodu import clock
    from diaodu.settings import Settings
    from notifications.message import Message, Refused
    from notifications.registry import open_channels

    channels = open_channels(Settings())
    if channel not in channels:
        raise WrongInput(_("没有开通这个渠道；已开通：") + "、".join(channels))
    now = clock.now()
    subject, text = _("调度试发"), _("这是一条试发的消息，收到即说明渠道已通，不必回复。")
    message = Message(f"try-{now.timestamp()}/{channel}", address, subject, text, f"<p>{text}</p>", now)
    for part in channels[channel].parts(message):
        answer = channels[channel].send(part)
        if isinstance(answer, Refused):
            typer.echo(f"{_('未送达')} {answer.code} {answer.detail}", err=True)
            raise typer.Exit(1)
    typer.echo(_("已送达"))


def _row(delivery: "Delivery") -> dict[str, Any]:
    from diaodu.actions.wording import DELIVERIES, DELIVERY_REASONS
    from diaodu.clock import OFFICE_ZONE
    from diaodu.rules.routing import DeliveryState

    times = {DeliveryState.SENT: delivery.sent_at, DeliveryState.PENDING: delivery.not_before}
    when = times.get(delivery.state)
    shown = delivery.model_dump(exclude={"text", "html", "holder", "lease_until"})
    return shown | {
        "created": f"{delivery.created_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
        "channel_name": CHANNELS.get(delivery.channel, delivery.channel),
        "state_name": DELIVERIES[delivery.state],
        "reason_name": None if delivery.reason is None else DELIVERY_REASONS[delivery.reason],
        "when": None if when is None else f"{when.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
    }
