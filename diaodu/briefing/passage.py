"""The passages a briefing is put together from (段落): writers by name, and what each of them tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from diaodu.briefing.category import by_category
from diaodu.briefing.demands import demands
from diaodu.briefing.highlights import across
from diaodu.briefing.leader_page import leader_attention, leader_overview, leader_proposal
from diaodu.briefing.obligations import levels
from diaodu.briefing.overview import overview
from diaodu.briefing.own_owing import own_owing
from diaodu.briefing.own_standing import own_gaps, own_standing
from diaodu.briefing.progression import along
from diaodu.briefing.shortfalls import data_late, progress_late
from diaodu.briefing.wording import Fact, Said
from diaodu.rules.distribution import Edition

Write = Callable[[Fact], list[Said]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Its Chinese name, what it tells, and who writes it; of one unit only where `edition` says so."""

    name: str
    meaning: str
    write: Write
    edition: Edition = Edition.FULL


PASSAGES: Mapping[str, Passage] = {
    "overview": Passage("总体情况", "任务数、报送数、达到和未达到序时的数和占比，本期序时进度怎么算，合计行", overview),
    "by_category": Passage(
        "分类情况", "各类别达到和未达到序时的项数和占比，占比高的在前；计划没有分类的不写", by_category
    ),
    "across": Passage("横向比较", "同组单位谁居前、谁居后，排名规则", across),
    "along": Passage("纵向比较", "与上期比，谁的位次升降", along),
    "progress_late": Passage("进度滞后", "未达到序时进度的单位和事项，差得多的在前", progress_late),
    "data_late": Passage("数据报送", "逾期未报送、待报送、迟报的单位；未报送不等于零进度", data_late),
    "levels": Passage("等级和预警", "按预警规则各等级有多少项、是谁，未销号预警及本期变动", levels),
    "demands": Passage("下步要求", "按本期情况提出的要求，没有事由的不提", demands),
    "leader_overview": Passage("专页总体", "一段话：任务数、报送、达序时、等级、未销号预警", leader_overview),
    "leader_attention": Passage(
        "专页关注", "差距最大的三项，逾期未报送的单位；名称太长时少列几个，保证一页", leader_attention
    ),
    "leader_proposal": Passage("专页建议", "请领导做的事：审定预警、会商、督促；没有事由的不写", leader_proposal),
    "own_standing": Passage("本单位位次", "任务数和达序时数，各项在同组里的位次和升降", own_standing, Edition.UNIT),
    "own_gaps": Passage(
        "本单位缺口", "差距最大的五项，每项补齐序时、到下一节点或期末、完成全部目标各还需多少", own_gaps, Edition.UNIT
    ),
    "own_owing": Passage("本单位未结事项", "未报送的数据、未销号的预警和期限、未兑现的承诺", own_owing, Edition.UNIT),
}
