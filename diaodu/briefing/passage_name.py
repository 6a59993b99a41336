"""The passages a briefing is put together from (段落), by the names that kinds and templates use."""

from collections.abc import Mapping
from dataclasses import dataclass

from diaodu.rules.distribution import Edition


@dataclass(frozen=True, slots=True)
class PassageName:
    """Its Chinese name and what it tells; of one unit only where `edition` says so."""

    name: str
    meaning: str
    edition: Edition = Edition.FULL


PASSAGES: Mapping[str, PassageName] = {
    "overview": PassageName("总体情况", "任务数、报送数、达到和未达到序时的数和占比，本期序时进度怎么算，合计行"),
    "by_category": PassageName("分类情况", "各类别达到和未达到序时的项数和占比，占比高的在前；计划没有分类的不写"),
    "across": PassageName("横向比较", "同组单位谁居前、谁居后，排名规则"),
    "along": PassageName("纵向比较", "与上期比，谁的位次升降"),
    "progress_late": PassageName("进度滞后", "未达到序时进度的单位和事项，差得多的在前"),
    "data_late": PassageName("数据报送", "逾期未报送、待报送、迟报的单位；未报送不等于零进度"),
    "levels": PassageName("等级和预警", "按预警规则各等级有多少项、是谁，未销号预警及本期变动"),
    "demands": PassageName("下步要求", "按本期情况提出的要求，没有事由的不提"),
    "leader_overview": PassageName("专页总体", "一段话：任务数、报送、达序时、等级、未销号预警"),
    "leader_attention": PassageName("专页关注", "差距最大的三项，逾期未报送的单位；名称太长时少列几个，保证一页"),
    "leader_proposal": PassageName("专页建议", "请领导做的事：审定预警、会商、督促；没有事由的不写"),
    "own_standing": PassageName("本单位位次", "任务数和达序时数，各项在同组里的位次和升降", Edition.UNIT),
    "own_gaps": PassageName(
        "本单位缺口", "差距最大的五项，每项补齐序时、到下一节点或期末、完成全部目标各还需多少", Edition.UNIT
    ),
    "own_owing": PassageName("本单位未结事项", "未报送的数据、未销号的预警和期限、未兑现的承诺", Edition.UNIT),
}
