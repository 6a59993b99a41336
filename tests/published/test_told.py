"""Three published briefings told again from their figures: the publisher's statement beside our sentence.

Of each pair the same facts must stand in both. A publisher may round further than we do (97% for our 96.8%), or count
in 万; a name may be shorter in a text than in its table.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

import pytest
from sqlmodel import Session

from diaodu.rules.quantity import printed
from tests.published.told import told


@dataclass(frozen=True)
class Pair:
    """What the publisher said, what we say, and the facts: as the publisher has them, and ours where they differ."""

    theirs: str
    ours: str
    facts: tuple[str | tuple[str, str], ...]


@dataclass(frozen=True)
class Publication:
    as_of: str
    known: str
    recorded: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]


ZHEJIANG = Publication(
    "2023-11-30",
    "2023-12-14",
    (("zhejiang-water-2023/2023-10", "2023-11-03"), ("zhejiang-water-2023/2023-11", "2023-12-04")),
    (
        Pair(
            "（截至2023年11月底）总计,708315,199033,695475,98.2%",
            "总计目标708315万元，累计完成695475万元，完成率98.2%，高于序时进度6.5个百分点，较10月31日提高5.5个百分点。",
            ("总计", "708315", "695475", "98.2%"),
        ),
        Pair(
            "中央财政,397315,113233,392853,98.9%",
            "中央财政目标397315万元，累计完成392853万元，完成率98.9%",
            ("中央财政", "397315", "392853", "98.9%"),
        ),
        Pair(  # 大型灌区改造 and 主要江河干堤加固 are in no row that we can see: four of the six
            "山洪防御能力提升、河湖长制激励、大型灌区改造、主要江河干堤加固、中型灌区改造、山洪沟治理等6类已完成年度投资计划",
            "已完成全部目标的有4家：河湖长制激励、山洪沟治理、山洪灾害防御能力提升、中型灌区改造；",
            (("山洪防御能力提升", "山洪灾害防御能力提升"), "河湖长制激励", "中型灌区改造", "山洪沟治理"),
        ),
        Pair(
            "水资源节约与保护,5808,3645,5535,95.3%",
            "进展相对较慢的有水系连通建设县（98.6%）、新建小型水库（96.3%）、水资源节约与保护（95.3%）。",
            ("水资源节约与保护", "95.3%"),
        ),
        Pair(
            "中型灌区改造,41144（10月）；中型灌区改造,40941（11月）",
            "中型灌区改造（由41144万元调整为40941万元）",
            ("中型灌区改造", "41144", "40941"),
        ),
    ),
)
DAZHOU = Publication(
    "2018-07-31",
    "2018-08-30",
    (("dazhou-2018", "2018-08-30"),),
    (
        Pair(
            "达州市,12.9%,527.3,371.5,291.5,78.5%",
            "达州市目标527.3亿元，累计完成291.5亿元，完成率55.3%，节点完成率78.5%",
            ("达州市", "527.3", "291.5", "78.5%"),
        ),
        Pair(
            "达州市,12.9%,527.3,371.5,291.5,78.5%",
            "全社会固定资产投资增速：达州市实际12.9%，未设目标。",
            ("达州市", "12.9%"),
        ),
        Pair(
            "市本级,,209.8,144.8,112.9,78.0%",
            "市本级目标209.8亿元，累计完成112.9亿元，完成率53.8%，节点完成率78.0%",
            ("市本级", "209.8", "112.9", "78.0%"),
        ),
        Pair(
            "达川区,…,90.8%；大竹县,…,84.9%；宣汉县,…,84.0%",
            "进展较快的有达川区（90.8%）、大竹县（84.9%）、宣汉县（84.0%）；",
            ("达川区", "90.8%", "大竹县", "84.9%", "宣汉县", "84.0%"),
        ),
        Pair(
            "开江县,…,77.3%；经开区,…,59.8%；万源市,…,65.1%",
            "进展较慢的有开江县（77.3%）、万源市（65.1%）、经开区（59.8%）。",
            ("开江县", "77.3%", "万源市", "65.1%", "经开区", "59.8%"),
        ),
    ),
)
MOHURD = Publication(
    "2023-09-30",
    "2023-10-27",
    (("mohurd-2023/2023-06", "2023-07-14"), ("mohurd-2023/2023-09", "2023-10-20")),
    (
        Pair(
            "1—9月份,全国新开工改造城镇老旧小区5.13万个,按小区数计开工率97%",
            "合计目标53000个，累计完成51294个，完成率96.8%",
            (("5.13万", "51294"), ("97%", "96.8%")),
        ),
        Pair("...等21个省份全部开工", "已完成全部目标的有21家：上海、江苏、浙江、贵州、福建", ("21",)),
        Pair(
            "22,河南,3349,99.8%；23,辽宁,1393,97.5%；24,广西,1732,95.8%",
            "其余单位中，进展较快的有河南（99.8%）、辽宁（97.5%）、广西（95.8%）；",
            ("河南", "99.8%", "辽宁", "97.5%", "广西", "95.8%"),
        ),
        Pair(
            "30,山西,1543,83.2%；31,天津,200,72.7%；32,西藏,22,62.9%",
            "进展较慢的有山西（83.2%）、天津（72.7%）、西藏（62.9%）。",
            ("山西", "83.2%", "天津", "72.7%", "西藏", "62.9%"),
        ),
        Pair("6月末：19,上海；9月末：1,上海", "位次上升较多的有上海（上升18位）", ("上海",)),
    ),
)
PUBLICATIONS = {"浙江 2023-11": ZHEJIANG, "达州 2018": DAZHOU, "住建部 2023-09": MOHURD}


def _is_same(theirs: str, ours: str) -> bool:
    """The same words, or our figure rounded as far as theirs."""
    number, unit = (re.match(r"([\d.]*)(.*)", theirs) or [""])[1], re.sub(r"^[\d.]*", "", theirs)
    if not number:
        return set(theirs) <= set(ours)
    exact = Fraction(re.sub(r"[^\d.]", "", ours)) / (10_000 if unit == "万" else 1)
    return printed(exact, len(number.partition(".")[2])) == number


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_our_briefing_states_what_the_publisher_stated(session: Session, name: str) -> None:
    publication = PUBLICATIONS[name]
    text, english = told(session, publication.as_of, publication.known, publication.recorded)
    for pair in publication.pairs:
        assert pair.ours in text
        for fact in pair.facts:
            theirs, ours = (fact, fact) if isinstance(fact, str) else fact
            assert theirs in pair.theirs
            assert ours in pair.ours
            assert ours in english
            assert _is_same(theirs, ours)
