"""The sheets of a plan and their columns: what the manual, the template and the reader all follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from diaodu.language import _
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.quantity import DECIMALS
from diaodu.rules.ranking import TiePolicy
from diaodu.rules.trajectory import Trajectory
from diaodu.sources.cell import Choice, code, text, yes_no
from diaodu.sources.day import day, moment
from diaodu.sources.heading import Column
from diaodu.sources.number import amount, quantity, quantity_between, whole

HIGHEST_WEIGHT = 1000

EFFECTIVE = Column(
    "effective_from",
    "生效日",
    day,
    ("生效日期", "effective"),
    note=_("从哪一天起按这一行算；首次空着为方案起始日，以后空着为入库当日"),
)
INDICATOR = Column("indicator", "指标", code, ("指标编码", "指标名称"), True, True, _("指标表里的编码或名称"))
UNIT = Column("unit", "单位", code, ("责任单位", "单位编码", "单位名称"), True, True, _("单位表里的编码或名称"))

SCHEME = (
    Column("code", "编码", code, ("方案编码",), True, True, _("方案的短名，如 2023")),
    Column("name", "名称", text, ("方案名称",), True, True, _("方案全称")),
    Column("starts", "开始", day, ("起", "起始日", "开始日期"), True, True, _("考核期第一天")),
    Column("ends", "结束", day, ("止", "截止日", "结束日期"), True, True, _("考核期最后一天")),
    Column("cadence", "报送周期", Choice(Cadence), ("周期",), note=_("多久报一次；空着为按月")),
    Column("report_due", "报送时限", text, (), note=_("如 期后5个工作日、每月25日、每周二前；空着为期后5个工作日")),
    Column("rest_day", "遇休息日", Choice(RestDay), ("遇节假日",), note=_("时限落在休息日怎么办；空着为顺延")),
    Column("ranking_measure", "排名测度", code, ("排名依据",), note=_("按哪个测度排名；空着为完成率 completion")),
    Column("tie", "并列规则", Choice(TiePolicy), ("并列",), note=_("数值相同怎么编号；空着为顺序编号")),
    Column("issuer", "发文机关", text, ("发文单位",), True, True, _("印在文件上的机关名称")),
    Column("masthead", "简报名称", text, ("报头",), note=_("简报红头；空着为“工作简报”")),
    Column("number_prefix", "机关代字", code, ("文号代字",), note=_("文号开头，如 浙水考办；空着为“考办”")),
    EFFECTIVE,
)
UNITS = (
    Column("code", "编码", code, ("单位编码",), note=_("短名，一经使用不再改；空着就用名称")),
    Column("name", "名称", text, ("单位", "单位名称", "责任单位"), True, True, _("单位全称")),
    Column("group", "分组", code, ("组别", "考核组"), note=_("只在组内排名")),
    Column("ranked", "参与排名", yes_no, ("排名", "是否排名"), note=_("是 或 否；合计、市本级填否；空着为是")),
    Column("parent", "上级", code, ("上级单位",), note=_("上级单位的编码或名称")),
    Column("contact", "联系人", text, ("填报人",), note=_("工作联系人")),
    Column("mail", "邮箱", text, ("电子邮箱", "邮件", "email"), note=_("工作邮箱")),
    Column("phone", "电话", text, ("联系电话", "手机"), note=_("工作电话")),
    Column("webhook", "推送地址", text, ("回调地址",), note=_("接收通知的网址")),
    EFFECTIVE,
)
INDICATORS = (
    Column("code", "编码", code, ("指标编码",), note=_("短名，一经使用不再改；空着就用名称")),
    Column("name", "名称", text, ("指标", "指标名称"), True, True, _("指标全称")),
    Column("category", "类别", text, ("分类", "指标类别"), note=_("一级分类")),
    Column("definition", "口径", text, ("指标口径", "解释"), note=_("算什么、怎么算、谁提供")),
    Column("kind", "类型", Choice(Kind), ("指标类型",), True, True, _("数值是什么")),
    Column("direction", "方向", Choice(Direction), ("指标方向",), note=_("空着为正向")),
    Column("roll_up", "汇总方式", Choice(RollUp), ("汇总",), note=_("累计量和个数空着为求和，其余为不汇总")),
    Column("measure_unit", "计量单位", code, ("量纲",), note=_("如 亿元；增速和比率空着为 %")),
    Column("decimals", "小数", whole(0, DECIMALS), ("小数位", "小数位数"), note=_("印出几位小数，0 到 6；空着为 2")),
    Column("weight", "分值", quantity_between(0, HIGHEST_WEIGHT), ("权重", "分数"), note=_("0 到 1000")),
    Column("lead_unit", "牵头单位", code, ("牵头部门",), note=_("单位表里的编码或名称")),
    Column("aligned_to", "对应上级指标", text, ("对应指标",), note=_("服务于哪个上级指标")),
    EFFECTIVE,
)
TARGETS = (
    INDICATOR,
    UNIT,
    Column("target", "目标值", quantity, ("目标", "目标任务"), True, note=_("空着为没有任务（不适用），不是 0")),
    Column("upper", "上限", quantity, ("区间上限",), note=_("只用于区间指标：目标值到上限之间为好")),
    Column("baseline", "基数", quantity, ("起点值",), note=_("起算时的数值；空着为 0")),
    Column(
        "trajectory",
        "序时方式",
        Choice(Trajectory),
        ("序时", "序时进度"),
        note=_("空着：累计量、个数按月均衡，节点成果按节点阶梯，其余全期同标"),
    ),
    Column("start", "起", day, ("开始", "起始日"), note=_("空着为方案开始日")),
    Column("due", "止", day, ("结束", "截止", "时限"), note=_("空着为方案结束日")),
    EFFECTIVE,
)
MILESTONES = (
    INDICATOR,
    UNIT,
    Column("name", "节点", text, ("节点名称", "节点任务"), True, True, _("这一步做什么")),
    Column("due", "时限", day, ("完成时限", "截止日"), True, True, _("哪一天以前")),
    Column("planned", "计划累计值", quantity, ("计划", "计划值"), note=_("到时应累计达到的数；节点成果空着为第几个")),
    Column("deliverable", "成果", text, ("成果形式",), note=_("拿什么证明")),
    Column("owner", "责任人", text, (), note=_("谁负责")),
)
REPORTS = (
    INDICATOR,
    UNIT,
    Column("as_of", "截至日", day, ("截止日", "截至", "数据截至日"), True, True, _("数值说的是哪一天")),
    Column(
        "value",
        "累计完成",
        amount,
        ("累计完成值", "完成值", "数值"),
        True,
        note=_("自起点累计；整行不填表示未报，不是 0"),
    ),
    Column("recorded_at", "入库时间", moment, ("填报时间",), note=_("补录历史数据时写；空着为本次入库时点")),
    Column("note", "进展", text, ("进展情况",), note=_("一句话")),
    Column("blocker", "难题", text, ("困难", "需协调事项"), note=_("需要协调解决的")),
    Column("evidence", "佐证", text, ("佐证材料",), note=_("文件名或网址")),
)
SHOWN_WITH_REPORTS = ("名称", "计量单位", "目标值", "上期累计", "序时目标", "退回原因")
"""Columns our report template shows for reading; they are not read back."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One sheet a plan may have."""

    key: str
    chinese: str
    columns: Sequence[Column]
    also: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    settings: bool = False
    """Each row is a key and its value."""


SHEETS = (
    SheetKind("scheme", "方案", SCHEME, ("考核方案",), settings=True),
    SheetKind("units", "单位", UNITS, ("责任单位", "unit")),
    SheetKind("indicators", "指标", INDICATORS, ("考核指标", "indicator")),
    SheetKind("targets", "目标", TARGETS, ("目标任务", "target")),
    SheetKind("milestones", "节点", MILESTONES, ("节点任务", "milestone")),
    SheetKind("reports", "填报", REPORTS, ("进度", "report"), SHOWN_WITH_REPORTS),
)
NOTES = ("说明", "填表说明", "差错清单", "notes", "readme")
"""Sheets for people's eyes only."""
