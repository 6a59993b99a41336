"""The passages a briefing is put together from (段落): writers by name, and what each of them tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from diaodu.briefing.highlights import across, along
from diaodu.briefing.obligations import demands, levels
from diaodu.briefing.overview import overview
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
    "across": Passage("横向比较", "同组单位谁居前、谁居后，排名规则", across),
    "along": Passage("纵向比较", "与上期比，谁的位次升降", along),
    "progress_late": Passage("进度滞后", "未达到序时进度的单位和事项，差得多的在前", progress_late),
    "data_late": Passage("数据报送", "逾期未报送、待报送、迟报的单位；未报送不等于零进度", data_late),
    "levels": Passage("等级和预警", "按预警规则各等级有多少项、是谁，未销号预警及本期变动", levels),
    "demands": Passage("下步要求", "按本期情况提出的要求，没有事由的不提", demands),
}
