"""How much a cell looks like a target value rather than an indicator's name."""

from __future__ import annotations

import re

from ingest.values.placeholders import is_placeholder
from ingest.values.printed import plain
from ingest.values.reading import parse_value
from ingest.values.signs import find_symbol, is_operator, sign_before

__all__ = ["is_placeholder", "looks_like_value"]

_NAME_END = re.compile(
    r"(?:率|满意度|[^程限季年月]度|[人次个件户家场期份项天批]数|数量|数|量|情况|时间|时限|及时性|[^可]性|成本|金额|经费|标准|水平|影响|作用"
    r"|能力|覆盖面|比例|效益|质量|时效|支出|费用|资金|工作|建设|培训|指标|满意|人员|补贴|补助|额|值)(?:[（(][^（）()]*[）)])?$"
)
_DATED = re.compile(
    r"^(?:19|20)\d{2}[-./]?\d{1,2}|(?:19|20)\d{2}\s?年|\d{1,2}\s?月|年[底末内前]|月[底末]|[日号]前|季度|^每[年月季周]|全年|常年|长期|当年|年度内|^按(?:时|期|月|季|年)"
)
_BOUND = re.compile(r"不[低高少大小]于|不超过?|高于|低于|优于|控制在|达到")
_QUALITY = re.compile(
    r"^(?:较|很|非常|比较|逐步|不断|持续|进一步|有效|显著|明显|稳步|大幅|基本|全面|切实|严格|良好|优秀|优良?|良|合格|达标|符合|满足|及时|完成"
    r"|是|否|有|无|高|中|低|好|强|零|不适用|定性|长期|可持续|提[高升]|改善|增强|保障|保持|加强|促进|落实|规范|正常|稳定|到位|满意|准确|齐全|安全|足额|应)"
    r"|(?:较高|较好|较强|较大|明显|显著|提[高升]|改善|增强|到位|合格|达标|良好|优良|完成|稳定|及时|规定|执行|有效|充分|满意|高中低|要求|程序)$"
)


def looks_like_value(text: str) -> float:
    """0 … 1: certain of a name … certain of a value; about 0.4 where words leave it open."""
    words = plain(text).strip()
    if not words:
        return 0.0
    value = parse_value(words)
    if value.value is not None:
        return _numeric(words, value.unit)
    if is_placeholder(words) or is_operator(words) or find_symbol(words) == 0:
        return 0.9
    return _worded(words)


def _worded(words: str) -> float:
    if len(words) <= 14 and _DATED.search(words) and not _NAME_END.search(words):
        return 0.8
    if _BOUND.match(words) and not words.endswith(("率", "数")):
        return 0.75
    if _NAME_END.search(words):
        return 0.1
    if _QUALITY.search(words):
        return 0.75 if len(words) <= 12 else 0.5
    return 0.45 if len(words) <= 4 else 0.3


def _numeric(words: str, unit: str | None) -> float:
    if sign_before(words) is not None:
        return 1.0
    if not words[0].isdigit():
        return 0.6 if find_symbol(words) is None else 0.7
    if unit in ("%", "‰", "百分比"):
        return 0.95
    return 0.85 if unit else 0.7
