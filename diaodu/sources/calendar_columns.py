"""The sheets that say when numbers are asked for: the scheme's calendar, its collections, and days of one unit."""

from diaodu.language import _
from diaodu.rules.briefing import Circulation
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import ShortNotice
from diaodu.rules.level import Issue
from diaodu.rules.ranking import TiePolicy
from diaodu.sources.cell import Choice, code, text, yes_no
from diaodu.sources.day import day
from diaodu.sources.deadline import due_chain, ladder, opening, windows
from diaodu.sources.heading import Column
from diaodu.sources.number import whole
from diaodu.sources.series import series

LONGEST_LEAD = 60
MOST = 1_000_000
USUAL_DUE = "期后5个工作日"
"""The deadline of a calendar that names none."""
EFFECTIVE = Column(
    "effective_from",
    "生效日",
    day,
    ("生效日期", "effective"),
    note=_("从哪一天起按这一行算；首次空着为方案起始日，以后空着为入库当日"),
)
UNIT = Column("unit", "单位", code, ("责任单位", "单位编码", "单位名称"), True, True, _("单位表里的编码或名称"))

REPORT_DUE = Column(
    "report_due",
    "报送时限",
    due_chain,
    ("时限",),
    note=_("如 期后5个工作日、每月25日、每周二前；几级接着写 单位18日→牵头单位20日→考核办25日；空着为期后5个工作日"),
)
CADENCE = Column("cadence", "报送周期", Choice(Cadence), ("周期",), note=_("多久报一次；空着为按月"))
EVERY = Column("every", "间隔天数", whole(1, 366), ("每几天",), note=_("只用于按天数：每几个日历日一期；空着为 1"))
WINDOWS = Column("windows", "窗口", windows, note=_("只用于自定义：每期 起始日..截至日，多期用分号隔开"))
OPENS = Column(
    "opens", "开启", opening, ("开启日", "布置日"), note=_("从上一期期末数起，如 每月20日；空着为本期截至日次日")
)
REST_DAY = Column("rest_day", "遇休息日", Choice(RestDay), ("遇节假日",), note=_("时限落在休息日怎么办；空着为顺延"))

SCHEME = (
    Column("code", "编码", code, ("方案编码",), True, True, _("方案的短名，如 2023")),
    Column("name", "名称", text, ("方案名称",), True, True, _("方案全称")),
    Column("starts", "开始", day, ("起", "起始日", "开始日期"), True, True, _("考核期第一天")),
    Column("ends", "结束", day, ("止", "截止日", "结束日期"), True, True, _("考核期最后一天")),
    CADENCE,
    EVERY,
    WINDOWS,
    OPENS,
    REPORT_DUE,
    REST_DAY,
    Column(
        "reminders",
        "催报",
        ladder,
        ("催报步骤",),
        note=_("哪几天提醒填报人，T 为时限，按工作日数；空着为 T-3, T-1, T, T+1..（此后每个工作日）；不催写 无"),
    ),
    Column(
        "escalations",
        "上报",
        ladder,
        ("上报步骤",),
        note=_("逾期几个工作日告诉谁；空着为 T+3 审核人, T+5 领导, T+8 上级；不上报写 无"),
    ),
    Column(
        "minimum_lead",
        "最短提前量",
        whole(1, LONGEST_LEAD),
        ("提前量",),
        note=_("新的报送要求至少提前几个工作日布置，1 到 60；空着为不限"),
    ),
    Column("short_notice", "提前量不足", Choice(ShortNotice), note=_("布置得太晚怎么办：拒绝 或 提示；空着为提示")),
    Column("most_requests", "每周报数上限", whole(1, MOST), note=_("一周最多向一个单位要几个数；空着为不限")),
    Column("most_messages", "每周消息上限", whole(1, MOST), note=_("一周最多给一个单位发几条消息；空着为不限")),
    Column("ranking_measure", "排名测度", code, ("排名依据",), note=_("按哪个测度排名；空着为完成率 completion")),
    Column("tie", "并列规则", Choice(TiePolicy), ("并列",), note=_("数值相同怎么编号；空着为顺序编号")),
    Column("issuer", "发文机关", text, ("发文单位",), True, True, _("印在文件上的机关名称")),
    Column("masthead", "简报名称", text, ("报头",), note=_("简报红头；空着为“工作简报”")),
    Column(
        "issue",
        "简报印发",
        Choice(Issue),
        ("印发方式",),
        note=_("自动（到时即印发）或 审核后（先拟草稿，经人审核、签发）；空着为自动"),
    ),
    Column(
        "circulation",
        "简报范围",
        Choice(Circulation),
        ("印发范围",),
        note=_("全本能否发给单位：各责任单位 或 内部；空着为各责任单位"),
    ),
    Column(
        "number_prefix",
        "机关代字",
        series,
        ("文号代字",),
        note=_("文号开头，如 浙水考办；编号样子不同的接着写 浙水考办；督办=第十七期；提醒=第5号；空着为“考办”"),
    ),
    EFFECTIVE,
)
COLLECTIONS = (
    Column("code", "编码", code, ("安排编码",), note=_("短名，一经使用不再改；空着就用名称")),
    Column("name", "名称", text, ("报送安排", "安排名称"), True, True, _("这一套报送时间叫什么，如 专项周报")),
    CADENCE,
    EVERY,
    WINDOWS,
    OPENS,
    REPORT_DUE,
    REST_DAY,
    Column("active", "启用", yes_no, ("是否启用",), note=_("是 或 否；停用后不再开新的期次；空着为是")),
    EFFECTIVE,
)
CLOSURES = (
    UNIT,
    Column("day", "日期", day, ("日子",), True, True, _("哪一天与全国安排不同")),
    Column("workday", "上班", yes_no, ("是否上班",), True, True, _("这一天这个单位上不上班：是 或 否")),
    Column("name", "名称", text, ("事由", "原因"), True, True, _("为什么，如 开渔节")),
)
