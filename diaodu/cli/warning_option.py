"""What a decision on a warning may name on the command line."""

from datetime import datetime
from typing import Annotated

import typer

from diaodu.language import _

By = Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))]
Reason = Annotated[str | None, typer.Option("--reason", help=_("理由，或整改计划、佐证的内容。"))]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        formats=["%Y-%m-%d"],
        help=_("豁免的最后一天（默认到方案结束），整改计划的完成日，或暂缓到哪一天。"),
    ),
]
NewLevel = Annotated[str | None, typer.Option("--level", help=_("改级发出：改为哪个等级（代码或名称）。"))]
Ground = Annotated[
    str | None, typer.Option("--ground", help=_("豁免类型：force_majeure extension other，或 不可抗力 延期 其他。"))
]
Approver = Annotated[str | None, typer.Option("--approver", help=_("豁免的批准人。"))]
To = Annotated[str | None, typer.Option("--to", help=_("移交给谁；签收时写明责任人（默认签收人）。"))]
ToUnit = Annotated[str | None, typer.Option("--to-unit", help=_("移交到哪个单位（编码）；默认不变。"))]
Signer = Annotated[str | None, typer.Option("--signer", help=_("签发人姓名；规则写明签发人的等级必填。"))]
MeetAt = Annotated[
    datetime | None,
    typer.Option(
        "--meet-at", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], help=_("约谈的时间，如 2023-12-20T09:00。")
    ),
]
Place = Annotated[str | None, typer.Option("--place", help=_("约谈的地点。"))]
DecidedAt = Annotated[str | None, typer.Option("--recorded-at", help=_("补录：决定实际作出的时间；默认此刻。"))]
