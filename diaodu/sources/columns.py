"""The sheets of a plan and their columns: what the manual, the template and the reader all follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.quantity import DECIMALS
from diaodu.rules.trajectory import Trajectory
from diaodu.sources.calendar_columns import CLOSURES, COLLECTIONS, EFFECTIVE, SCHEME, UNIT
from diaodu.sources.cell import Choice, code, text, yes_no
from diaodu.sources.day import day, moment
from diaodu.sources.heading import Column
from diaodu.sources.number import amount, quantity, quantity_between, whole

HIGHEST_WEIGHT = 1000
SHARE = quantity_between(0, 100_000)
BELOW = quantity_between(0, 999_999_999_999)

INDICATOR = Column("indicator", "指标", code, ("指标编码", "指标名称"), True, True, _("指标表里的编码或名称"))

UNITS = (
    Column("code", "编码", code, ("单位编码",), note=_("短名，一经使用不再改；空着就用名称")),
    Column("name", "名称", text, ("单位", "单位名称", "责任单位"), True, True, _("单位全称")),
    Column("group", "分组", code, ("组别", "考核组"), note=_("只在组内排名")),
    Column("ranked", "参与排名", yes_no, ("排名", "是否排名"), note=_("是 或 否；合计、市本级填否；空着为是")),
    Column("parent", "上级", code, ("上级单位",), note=_("上级单位的编码或名称")),
    Column("contact", "联系人", text, ("填报人",), note=_("工作联系人")),
    Column("mail", "邮箱", text, ("电子邮箱", "邮件", "email"), note=_("工作邮箱")),
    Column("phone", "电话", text, ("联系电话", "手机"), note=_("工作电话")),
    Column("webhook", "推送地址", text, ("回调地址", "群机器人"), note=_("接收通知的网址，或配置里群机器人的名字")),
    Column("wecom", "企业微信", text, ("企业微信账号",), note=_("企业微信里的账号（userid）")),
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
    Column("collection", "报送安排", code, ("安排",), note=_("按哪一套时间报，报送安排表里的编码或名称；空着按方案")),
    Column("lowest", "最低值", quantity, ("最小值",), note=_("填报的数小于它就是差错；空着为不限")),
    Column("highest", "最高值", quantity, ("最大值",), note=_("填报的数大于它就是差错；空着为不限")),
    Column("most_change", "变幅上限", SHARE, ("变动幅度",), note=_("比上次变动百分之几以上须说明；空着为不问")),
    Column(
        "most_excess", "超额上限", SHARE, ("超额幅度",), note=_("完成率超过 100% 多少个百分点以上须说明；空着为不问")
    ),
    Column("evidence_required", "需佐证", yes_no, ("佐证要求",), note=_("是 或 否：填报时必须附佐证；空着为否")),
    Column("tolerance", "容差", BELOW, ("允许误差",), note=_("两个来源相差多少以内算一致；空着为须相等")),
    EFFECTIVE,
)
CONTACTS = (
    Column("unit", "单位", code, UNIT.also, True, note=_("单位表里的编码或名称；考核办自己的人空着")),
    Column("name", "姓名", text, ("联系人", "名称"), True, True, _("工作联系人")),
    Column(
        "role", "角色", Choice(Role), ("职责",), True, True, _("填报人、审核人、领导、牵头，或考核办、审计、管理员")
    ),
    Column("mail", "邮箱", text, ("电子邮箱", "邮件", "email"), note=_("工作邮箱")),
    Column("phone", "电话", text, ("联系电话", "手机"), note=_("工作电话")),
    Column("webhook", "推送地址", text, ("回调地址", "群机器人"), note=_("接收通知的网址，或配置里群机器人的名字")),
    Column("wecom", "企业微信", text, ("企业微信账号",), note=_("企业微信里的账号（userid）")),
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
    Column("justification", "核实说明", text, ("情况说明",), note=_("数据有疑问而确属实时，写明原因")),
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
    SheetKind("collections", "报送安排", COLLECTIONS, ("collection",)),
    SheetKind("units", "单位", UNITS, ("责任单位", "unit")),
    SheetKind("contacts", "联系人", CONTACTS, ("contact",)),
    SheetKind("closures", "单位日历", CLOSURES, ("closure",)),
    SheetKind("indicators", "指标", INDICATORS, ("考核指标", "indicator")),
    SheetKind("targets", "目标", TARGETS, ("目标任务", "target")),
    SheetKind("milestones", "节点", MILESTONES, ("节点任务", "milestone")),
    SheetKind("reports", "填报", REPORTS, ("进度", "report"), SHOWN_WITH_REPORTS),
)
NOTES = ("说明", "填表说明", "差错清单", "notes", "readme")
"""Sheets for people's eyes only."""
